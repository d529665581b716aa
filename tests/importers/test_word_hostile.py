"""Hostile Word files: each is read right or refused in one Chinese sentence that names it, in bounded time and memory.

Run as a module it prints what each costs: python -m tests.importers.test_word_hostile
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importers import hostile_files
from tests.importers.bounded import READ, read_bounded

MEMORY, SECONDS = 500, 20
"""Megabytes and seconds for what is read."""
REFUSED_MEMORY, REFUSED_SECONDS = 300, 10
NAME = "可疑文件.docx"
KINDS: dict[Callable[[], bytes], str] = {
    hostile_files.entity_bomb: "文档类型",
    hostile_files.wide_entity_bomb: "文档类型",
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


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_hostile_file_is_read_or_refused_within_bounds(kind: Callable[[], bytes], tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(kind())
    found = read_bounded(path)
    assert KINDS[kind] in found.said
    assert found.is_read or (NAME in found.said and "\n" not in found.said and found.said.endswith("。"))
    assert found.seconds < (SECONDS if found.is_read else REFUSED_SECONDS)
    assert found.megabytes < (MEMORY if found.is_read else REFUSED_MEMORY)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, NAME)
        for kind in KINDS:
            path.write_bytes(kind())
            found = read_bounded(path)
            print(f"{kind.__name__:<24} {found.seconds:6.2f} s {found.megabytes:6.0f} MB  {found.said}")


if __name__ == "__main__":
    main()
