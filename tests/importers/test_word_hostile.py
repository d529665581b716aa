"""Hostile Word files: each is read right or refused in one Chinese sentence that names it, in bounded time and memory.

Run as a module it prints what each costs: python -m tests.importers.test_word_hostile
"""

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from importers.files import read_file
from models.errors import UserError
from tests.importers import hostile_files
from tests.importers.hostile_files import MEGABYTE
from tests.shared import CHECKOUT
from tests.waiting import PATIENCE

MEMORY = 500 * MEGABYTE
SECONDS = 20
"""Of the processor's time, which does not pass while other programs have it; a process that takes more is ended."""

NAME = "可疑文件.docx"
READ = "读出"
KINDS: dict[Callable[[], bytes], str] = {
    hostile_files.entity_bomb: "文档类型",
    hostile_files.external_entity: "文档类型",
    hostile_files.external_type: "文档类型",
    hostile_files.remote_template: READ,
    hostile_files.zip_bomb: "大得不正常",
    hostile_files.bomb_beside_the_text: "大得不正常",
    hostile_files.empty_paragraphs: "大得不正常",
    hostile_files.empty_paragraphs_unpacked: "多得不正常",
    hostile_files.empty_runs: "多得不正常",
    hostile_files.just_bearable_runs: READ,
    hostile_files.just_bearable_cells: READ,
    hostile_files.attributes: "多得不正常",
    hostile_files.empty_cells: "多得不正常",
    hostile_files.one_long_row: "表格大得",
    hostile_files.too_many_cells: "表格大得",
    hostile_files.much_text: READ,
    hostile_files.one_huge_paragraph: "已损坏",
    hostile_files.long_paragraph: READ,
    hostile_files.many_tables: READ,
    hostile_files.nested_tables: "已损坏",
    hostile_files.nested_frames: "嵌套",
    hostile_files.nested_grids: "嵌套",
    hostile_files.nested_controls: "已损坏",
    hostile_files.controls_in_a_row: READ,
    hostile_files.nested_words: READ,
    hostile_files.wide_cells: READ,
    hostile_files.merge_chains: READ,
    hostile_files.orphan_merges: READ,
    hostile_files.endless_numbers: READ,
    hostile_files.circular_styles: READ,
    hostile_files.open_fields: READ,
    hostile_files.broken_xml: "已损坏",
    hostile_files.wrong_encoding: READ,
    hostile_files.no_body: "没有正文",
    hostile_files.no_document: "缺少",
    hostile_files.truncated: "不是完整",
    hostile_files.flipped: "已损坏",
    hostile_files.workbook: "不是 Word 文档",
    hostile_files.protected: "密码",
    hostile_files.duplicate_names: READ,
    hostile_files.paths_outside: READ,
    hostile_files.many_parts: "过多",
    hostile_files.lying_size: "已损坏",
    hostile_files.odd_compression: READ,
    hostile_files.encrypted_part: "密码",
    hostile_files.nothing: "不是完整",
}
"""Each kind, and words of the sentence that refuses it."""


def outcome(path: Path) -> dict[str, object]:
    """Reads the file in this process and says what came of it, how long it took and how much memory was in use at the most."""
    start = time.process_time()
    try:
        document = read_file(path).draft.document
        said = f"{READ}：{len(document.overall_goal)} 字，{len(document.unplaced)} 处未归位"
    except UserError as error:
        said = str(error)
    # getrusage would tell the parent's peak too, which is inherited.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    return {"said": said, "seconds": time.process_time() - start, "megabytes": int(peak[1]) / 1024 if peak else 0}


def outcomes(folder: Path, kinds: list[Callable[[], bytes]]) -> dict[str, dict[str, object]]:
    """Each in a process of its own with a bounded address space and processor time."""
    found = {}
    for kind in kinds:
        path = folder / NAME
        path.write_bytes(kind())
        done = subprocess.run(
            [sys.executable, "-m", __spec__.name, str(path)],
            capture_output=True,
            text=True,
            check=False,
            cwd=CHECKOUT,
            timeout=PATIENCE,
        )
        found[kind.__name__] = (
            json.loads(done.stdout)
            if done.returncode == 0
            else {"said": f"exit {done.returncode}: {done.stderr[-2000:]}"}
        )
    return found


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_hostile_file_is_read_or_refused_within_bounds(kind: Callable[[], bytes], tmp_path: Path) -> None:
    found = outcomes(tmp_path, [kind])[kind.__name__]
    said = str(found["said"])
    assert KINDS[kind] in said
    assert said.startswith(READ) or (NAME in said and "\n" not in said and said.endswith("。"))
    assert float(str(found["megabytes"])) * MEGABYTE < MEMORY
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def main() -> None:
    if len(sys.argv) > 1:
        resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY, 2 * MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        print(json.dumps(outcome(Path(sys.argv[1]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            found = outcomes(Path(folder), [kind])[kind.__name__]
            print(
                f"{kind.__name__:<24} {found.get('seconds', 0):6.2f} s {found.get('megabytes', 0):6.0f} MB  {found['said']}"
            )


if __name__ == "__main__":
    main()
