"""检查报告: every problem with its project, severity, place, words and advice, for one text or many."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from exporters.check_report import by_project, report_bytes, reporting_to
from models.checks.catalogue import RULES
from models.checks.checked_text import CheckedText
from models.checks.engine import Checker
from models.checks.example import EXAMPLE
from models.checks.problem_lines import text_lines
from models.checks.vocabulary import load_vocabulary
from models.document import fieldpath
from models.errors import UserError
from tests.test_command_line import run


def checked(name: str = "甲.docx") -> CheckedText:
    document = fieldpath.replace(EXAMPLE, "projects[p1].indicators[cost].value", "≤75万元")
    document = fieldpath.replace(document, "projects[p2].budget", "")
    document = fieldpath.replace(document, "overall_goal", "2026年,推广新技术3000亩 <A&B>。")
    projects = tuple((project.id, project.name) for project in document.projects)
    return CheckedText(Path(name), document.unit.name, document.year, projects, Checker().check(document))


def test_problems_stand_under_their_project() -> None:
    text = checked()
    assert [name for name, _ in by_project(text)] == [
        "部门整体绩效目标",
        "项目 1 农业技术培训项目",
        "项目 2 小麦节水示范田建设项目",
    ]
    assert sum(len(problems) for _, problems in by_project(text)) == len(text.problems)


def test_a_rule_that_failed_is_named_in_the_report() -> None:
    whole, part = checked("甲.docx"), replace(checked("乙.docx"), unchecked=("cost-over-budget",))
    overview = openpyxl.load_workbook(io.BytesIO(report_bytes([whole, part], ".xlsx")))["汇总"]
    assert [row[-1] for row in overview.iter_rows(values_only=True)] == ["没有查的项", None, "成本超过预算数"]
    with zipfile.ZipFile(io.BytesIO(report_bytes([part], ".docx"))) as file:
        assert "检查 「成本超过预算数」 时程序内部出错" in file.read("word/document.xml").decode()


def test_words_without_a_place_are_counted_in_the_report() -> None:
    whole, part = checked("甲.docx"), replace(checked("乙.docx"), unplaced=("联系人", "电话"))
    overview = openpyxl.load_workbook(io.BytesIO(report_bytes([whole, part], ".xlsx")))["汇总"]
    assert [row[-1] for row in overview.iter_rows(values_only=True)] == ["没有归位的文字", "0", "2"]
    with zipfile.ZipFile(io.BytesIO(report_bytes([part], ".docx"))) as file:
        assert "没有归位的文字 2 处" in file.read("word/document.xml").decode()
    with zipfile.ZipFile(io.BytesIO(report_bytes([whole], ".docx"))) as file:
        assert "没有归位" not in file.read("word/document.xml").decode()


def test_the_excel_report_lists_every_problem_of_every_text() -> None:
    texts = [checked("甲.docx"), checked("乙.xlsx")]
    book = openpyxl.load_workbook(io.BytesIO(report_bytes(texts, ".xlsx")))
    assert book.sheetnames == ["问题清单", "自查表", "汇总"]
    rows = [list(row) for row in book["问题清单"].iter_rows(values_only=True)]
    assert len(rows) == 1 + sum(len(text.problems) for text in texts)
    (cost,) = [row for row in rows if row[10] == "甲.docx" and row[8] == "成本超过预算数"]
    assert cost[2:6] == ["项目 1 农业技术培训项目", "错误", "指标 4 · 指标值", "≤75万元"]
    assert cost[7] == "请选择：≤60万元"
    assert cost[9] == "适当性"
    assert [row[2] for row in book["汇总"].iter_rows(values_only=True)] == ["文件", "甲.docx", "乙.xlsx"]


HEADS = ("完整性", "相关性", "适当性", "可行性")


def test_every_rule_belongs_to_one_of_the_four_heads() -> None:
    groups = load_vocabulary().groups("rules.heads")
    assert tuple(groups) == HEADS
    placed = [rule for rules in groups.values() for rule in rules]
    assert len(placed) == len(set(placed))
    assert {rule.id for rule in RULES} <= set(placed)


def test_the_self_check_gives_four_heads_to_each_project_and_counts_every_problem() -> None:
    text = checked()
    book = openpyxl.load_workbook(io.BytesIO(report_bytes([text], ".xlsx")))
    _head, *rows = [list(row) for row in book["自查表"].iter_rows(values_only=True)]
    parts = ["部门整体绩效目标", "项目 1 农业技术培训项目", "项目 2 小麦节水示范田建设项目"]
    assert [(row[2], str(row[3]).split("\n")[0]) for row in rows] == [(part, head) for part in parts for head in HEADS]
    assert sum(int(str(cell)) for row in rows for cell in row[4:7]) == len(text.problems)
    (cost,) = [row for row in rows if "成本超过预算数" in str(row[7])]
    assert cost[2].startswith("项目 1")
    assert "指标 4 · 指标值" in cost[7]
    assert any(row[7] == "没有发现问题" for row in rows)
    with zipfile.ZipFile(io.BytesIO(report_bytes([text], ".docx"))) as archive:
        body = archive.read("word/document.xml").decode()
    assert all(words in body for words in ("绩效目标自查表", *HEADS, "没有发现问题"))


def test_the_word_report_holds_place_words_and_advice() -> None:
    text = checked()
    with zipfile.ZipFile(io.BytesIO(report_bytes([text], ".docx"))) as archive:
        body = archive.read("word/document.xml").decode()
    for words in (
        "绩效文本检查报告",
        "指标 4 · 指标值",
        "≤75万元",
        "≤60万元",
        "错误",
        *(p.message for p in text.problems),
    ):
        assert words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in body


def test_notes_that_say_the_same_stand_in_one_line_of_the_word_report_and_the_terminal() -> None:
    document = EXAMPLE
    for row in ("quantity", "quality", "benefit"):
        name = str(fieldpath.get(document, f"projects[p1].indicators[{row}].name"))
        document = fieldpath.replace(document, f"projects[p1].indicators[{row}].description", name)
    problems = Checker().check(document)
    assert [problem.rule for problem in problems] == ["desc-repeats-name"] * 3
    first, *others = (problem.where for problem in problems)
    words = "同样的还有 2 处：" + "、".join(where.partition(" · ")[2] for where in others)
    lines = text_lines("甲.docx", problems).split("\n")
    assert len(lines) == 2
    assert first in lines[1]
    assert words in lines[1]
    with zipfile.ZipFile(io.BytesIO(report_bytes([replace(checked(), problems=problems)], ".docx"))) as archive:
        body = archive.read("word/document.xml").decode()
    assert body.count(problems[0].message) == 1
    assert words in body


def test_the_same_texts_give_the_same_report() -> None:
    for suffix in (".xlsx", ".docx"):
        assert report_bytes([checked()], suffix) == report_bytes([checked()], suffix)
        assert report_bytes([], suffix)


def test_another_suffix_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="xlsx"), reporting_to(tmp_path / "报告.pdf"):
        raise AssertionError("nothing is checked for a report that cannot be written")


def test_the_command_writes_a_report_of_many_files(tmp_path: Path) -> None:
    from exporters.export_files import write_file
    from models.document.tree import Draft

    folder = tmp_path / "各单位"
    folder.mkdir()
    write_file(Draft(EXAMPLE), folder / "甲.txt")
    write_file(Draft(fieldpath.replace(EXAMPLE, "projects[p2].budget", "")), folder / "乙.json")
    for suffix in (".xlsx", ".docx"):
        report = tmp_path / f"报告{suffix}"
        done = run("check", folder, "--report", report, home=tmp_path)
        assert (done.returncode, done.stderr) == (1, "")
        assert report.stat().st_size > 1000
    rows = openpyxl.load_workbook(tmp_path / "报告.xlsx")["汇总"].iter_rows(values_only=True)
    assert [row[3] for row in rows][1:] == ["1", "0"]
    refused = run("check", folder, "--report", tmp_path / "报告.pdf", home=tmp_path)
    assert refused.returncode == 2
    assert "xlsx" in refused.stderr
