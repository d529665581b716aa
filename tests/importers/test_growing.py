"""Small files that grow while they are read, and files without an end: refused within 10 seconds and 300 MB, or read right.

Run as a module it prints what each costs: python -m tests.importers.test_growing
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from importers.import_files import read_file
from models.errors import UserError
from tests.importers import growing_files
from tests.importers.bounded import Outcome, read_bounded
from tests.importers.growing_files import KINDS
from tests.shared import SHARED

MEMORY, SECONDS = 300, 10
READ = {
    growing_files.boxes_in_boxes,
    growing_files.long_field_code,
    growing_files.paragraphs_without_end,
    growing_files.spaces_before_a_table,
    growing_files.odd_levels,
    growing_files.long_level,
    growing_files.odd_symbols,
    growing_files.many_bookmarks,
}
"""Those whose words are no more than they seem."""
ALL = [(suffix, kind) for suffix, kinds in KINDS.items() for kind in kinds]
HOSTILE = sorted((SHARED / "cases" / "hostile").glob("*"))

needs_cases = pytest.mark.skipif(not HOSTILE, reason="the folder of hostile files is not beside this checkout")
needs_devices = pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices on this system")


def bounded(found: Outcome, name: str) -> None:
    assert found.seconds < SECONDS
    assert found.megabytes < MEMORY
    assert found.is_read or (name in found.said and "\n" not in found.said and found.said.endswith("。"))


@pytest.mark.parametrize(("suffix", "kind"), ALL, ids=[kind.__name__ for _suffix, kind in ALL])
def test_a_file_that_grows_is_bounded(suffix: str, kind: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / f"会长大{suffix}"
    path.write_bytes(kind())
    found = read_bounded(path)
    bounded(found, "会长大")
    assert found.is_read == (kind in READ), found.said


@needs_cases
@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.name)
def test_a_file_made_to_hurt_is_bounded(path: Path) -> None:
    bounded(read_bounded(path), path.name)


def test_a_list_whose_level_is_no_number_is_read(tmp_path: Path) -> None:
    for kind in (growing_files.odd_levels, growing_files.long_level, growing_files.odd_symbols):
        path = tmp_path / "级别.docx"
        path.write_bytes(kind())
        assert read_file(path).draft.document.overall_goal.startswith("目标")


@needs_devices
@pytest.mark.parametrize("suffix", [".docx", ".txt", ".json", ""])
def test_a_device_and_a_pipe_are_not_opened(suffix: str, tmp_path: Path) -> None:
    device, pipe = tmp_path / f"无尽{suffix}", tmp_path / f"管道{suffix}"
    device.symlink_to("/dev/zero")
    os.mkfifo(pipe)
    for path in (device, pipe):
        found = read_bounded(path)
        assert "不是普通文件" in found.said
        assert path.name in found.said
        assert found.megabytes < 100


def test_a_file_that_says_it_has_50_gb_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "稀疏.docx"
    with path.open("wb") as file:
        file.truncate(50 * 1024**3)
    found = read_bounded(path)
    assert "51,200 MB" in found.said
    assert found.megabytes < 100


@needs_devices
def test_a_file_that_has_no_size_is_read_no_further_than_a_megabyte(tmp_path: Path) -> None:
    endless = tmp_path / "内核.txt"
    endless.symlink_to("/proc/self/pagemap")
    with pytest.raises(UserError, match=r"内核\.txt"):
        read_file(endless)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for suffix, kind in ALL:
            path = Path(folder, f"会长大{suffix}")
            path.write_bytes(kind())
            size = path.stat().st_size
            try:
                found = read_bounded(path)
            except RuntimeError as error:
                print(f"{kind.__name__:<32} {size:>10}  {error}")
                continue
            print(f"{kind.__name__:<32} {size:>10} {found.seconds:6.2f} s {found.megabytes:5.0f} MB  {found.said}")


if __name__ == "__main__":
    main()
