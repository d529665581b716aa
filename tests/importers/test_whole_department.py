"""The self-evaluation of a whole department: in the text's first part what has a field there, the rest kept under its name, and
never a project; fictional units."""

from pathlib import Path

import pytest

from importers.import_files import Imported, read_file
from models.document.tree import Draft, GoalDocument, Indicator, Project
from models.reports.matching import fill
from tests.importers import other_places

FOLDER = Path(__file__).parents[1] / "data" / "other_results" / "whole_department"
BLANKS = ("", "100")


def read(name: str, kind: str, folder: Path) -> Imported:
    sheets, _facts = other_places.read_layout(FOLDER / f"{name}.txt")
    return read_file(other_places.write(other_places.Form(sheets), kind, folder / f"{name}.{kind}"))


@pytest.mark.parametrize("kind", other_places.KINDS)
def test_its_goals_and_tasks_go_to_the_first_part(kind: str, tmp_path: Path) -> None:
    document = read("titled", kind, tmp_path).draft.document
    assert (document.unit.name, document.year) == ("云屏县林业局", 2025)
    assert document.overall_goal == "完成营造林3.2万亩，森林火灾受害率低于0.5‰。"
    assert [(item.heading, item.text) for item in document.sub_goals.items] == [
        ("国土绿化", "荒山造林1.8万亩，退化林修复1.4万亩"),
        ("森林防火", "新建瞭望塔3座，组建半专业队伍2支"),
    ]


@pytest.mark.parametrize("kind", other_places.KINDS)
def test_it_is_no_project_and_the_projects_beside_it_are(kind: str, tmp_path: Path) -> None:
    imported = read("titled", kind, tmp_path)
    assert [project.name for project in imported.draft.document.projects] == ["瞭望塔建设"]
    (report,) = imported.draft.reports
    (result,) = report.projects
    assert [one.actual for one in result.indicators] == ["3座", "86%"]
    assert any(line.startswith("部门整体支出自评表：") for line in imported.report.lines)


@pytest.mark.parametrize("kind", other_places.KINDS)
def test_what_has_no_field_is_kept_under_its_name(kind: str, tmp_path: Path) -> None:
    unplaced = read("titled", kind, tmp_path).draft.document.unplaced
    for words in (
        "部门整体自评 · 社会效应 · 生态效益 · 森林覆盖率：年度指标值 ≥46.2%，实际完成值 46.1%，分值 40，得分 39.91",
        "部门整体自评 · 资金（万元） · 基本支出：年初预算数 1,180.00，全年预算数 1,190.00，全年执行数 1,188.40，执行率 99.87%",
        "部门整体自评 · 任务 · 国土绿化：预算数 760.00，执行数 752.60，完成情况 超额完成0.15万亩",
        "部门整体自评 · 年度总体目标实际完成情况：完成营造林3.35万亩，全年未发生较大森林火灾。",
        "部门整体自评 · 总分：99.81",
    ):
        assert words in unplaced


@pytest.mark.parametrize("kind", other_places.KINDS)
def test_a_label_alone_tells_a_whole_department(kind: str, tmp_path: Path) -> None:
    imported = read("labelled", kind, tmp_path)
    document = imported.draft.document
    assert imported.is_report
    assert (document.unit.name, document.projects, imported.draft.reports) == ("石桥区医疗保障局", (), ())
    assert "部门整体自评 · 等级：优秀" in document.unplaced


@pytest.mark.parametrize("kind", other_places.KINDS)
@pytest.mark.parametrize("name", ["titled", "labelled"])
def test_no_figure_of_it_is_gone(name: str, kind: str, tmp_path: Path) -> None:
    """Figures are no labels: each stands somewhere in what was read."""
    imported = read(name, kind, tmp_path)
    kept = repr(imported.draft)
    sheets, _facts = other_places.read_layout(FOLDER / f"{name}.txt")
    for text in other_places.Form(sheets).written():
        if any(map(str.isdigit, text)) and text not in BLANKS:
            assert text in kept, text


def test_a_file_with_its_projects_fills_those_of_the_draft_and_keeps_the_rest(tmp_path: Path) -> None:
    rows = (Indicator("i1", "产出指标", "数量指标", "新建瞭望塔数量", value="3座"),)
    draft = Draft(GoalDocument(year=2025, projects=(Project("p1", name="瞭望塔建设", indicators=rows),)))
    filled = fill(draft, read("titled", "docx", tmp_path).draft)
    assert filled is not None
    assert filled.draft.reports[0].projects[0].indicators[0].actual == "3座"
    kept = filled.draft.document.unplaced
    assert "部门整体自评 · 总分：99.81" in kept
    assert "年度总体目标：完成营造林3.2万亩，森林火灾受害率低于0.5‰。" in kept
    assert "任务「森林防火」：新建瞭望塔3座，组建半专业队伍2支" in kept
    assert any("没有归位的文字" in line for line in filled.lines)
    again = fill(filled.draft, read("titled", "docx", tmp_path).draft)
    assert again is not None
    assert again.draft.document.unplaced == kept


def test_a_final_text_takes_the_results_alone(tmp_path: Path) -> None:
    rows = (Indicator("i1", "产出指标", "数量指标", "新建瞭望塔数量", value="3座"),)
    document = GoalDocument(year=2025, projects=(Project("p1", name="瞭望塔建设", indicators=rows),))
    filled = fill(Draft(document, state="定稿"), read("titled", "docx", tmp_path).draft)
    assert filled is not None
    assert filled.draft.document is document
    assert filled.draft.reports[0].projects[0].indicators[0].actual == "3座"
    assert any("已定稿" in line and "没有归位的文字" in line for line in filled.lines)
