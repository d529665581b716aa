"""Blanks in front of headings, items and labels, contents lists typed by hand, signatures below tables."""

from dataclasses import replace
from pathlib import Path

import pytest

from exporters.export_files import file_bytes
from importers.import_files import read_file
from importers.reading.reader import understand
from importers.text_reader import read_text
from models.document.template import load_template
from models.document.tree import GoalDocument
from tests.importers.workbooks import book, imported
from tests.shared import TEXTS

LINES = """第一部分
部门整体绩效目标
一、总体绩效目标
全年演出三十场。
二、分项绩效目标
（一）送戏下乡
绩效目标：送戏到村。
绩效指标：演出≥30场。
（二）书屋管理
绩效目标：书屋常开。
绩效指标：开放≥300天。
三、工作保障措施
（一）加强领导。专人负责。
（二）严格资金。专款专用。"""


def read(text: str) -> GoalDocument:
    return understand(read_text(text), load_template()).document


@pytest.mark.parametrize("blanks", [" ", "\u3000\u3000", "\xa0", " \u3000\xa0 "])
def test_blanks_in_front_of_lines_hide_no_heading_no_item_and_no_label(blanks: str) -> None:
    plain, indented = read(LINES), read("\n".join(blanks + line for line in LINES.split("\n")))
    assert indented.headings == plain.headings
    assert [item.heading for item in indented.sub_goals.items] == ["送戏下乡", "书屋管理"]
    assert [(item.goal, item.indicator) for item in indented.sub_goals.items] == [
        (item.goal, item.indicator) for item in plain.sub_goals.items
    ]
    assert [item.heading for item in indented.safeguards.items] == ["加强领导。", "严格资金。"]


def test_blanks_in_front_of_one_item_are_a_part_of_its_number() -> None:
    items = read(LINES.replace("（二）书屋", "　（二）书屋")).sub_goals.items
    assert [item.number for item in items] == [None, "　（二）"]
    assert items[0].indicator == "演出≥30场。"


CONTENTS = """目　录
第一部分 部门整体绩效目标
一、总体绩效目标 1
二、分项绩效目标 2
三、工作保障措施 3
第二部分 预算项目绩效目标
1.送戏下乡绩效目标表 12
"""


def test_a_contents_list_typed_by_hand_is_no_text() -> None:
    document = read(CONTENTS + LINES)
    assert replace(document, title=None) == replace(read(LINES), title=None)
    assert document.title is None
    assert document.headings.part_one == "第一部分"


def test_signatures_below_a_list_are_no_project_and_no_indicator(tmp_path: Path) -> None:
    rows = [["项目名称", "一级指标", "三级指标", "指标值"], ["送戏下乡", "产出指标", "场次", "≥30场"]]
    for last in (["填报人：王某", "", "联系电话：0000-123456"], ["", "审核人：李某", "填报日期：2026年1月8日", ""]):
        document = imported(tmp_path, book({"清单": [*rows, last]})).draft.document
        assert [project.name for project in document.projects] == ["送戏下乡"]
        assert len(document.projects[0].indicators) == 1
        assert all(words in "".join(document.unplaced) for words in last)


def test_signatures_below_the_forms_own_table_are_kept_aside(tmp_path: Path) -> None:
    draft = read_file(TEXTS[1]).draft
    text = file_bytes(draft, ".txt").decode().rstrip("\n")
    path = tmp_path / "文本.txt"
    path.write_text(f"{text}\n\n\t审核人：李某\n\t填报人：王某\n\n", encoding="utf-8")
    document = read_file(path).draft.document
    assert document.projects == draft.document.projects
    assert document.unplaced == (*draft.document.unplaced, "审核人：李某\t填报人：王某")
