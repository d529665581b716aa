"""Values and amounts of several years beside each other: the plan's count, the others are kept."""

from pathlib import Path

import pytest

from importers.import_files import read_file
from models.document.tree import GoalDocument, Project
from models.document.unplaced_words import placed, unplaced_pieces
from tests.importers.word_files import cell, docx, line, row, table

TWO_YEARS = """项目名称,金额（万元）,一级指标,二级指标,三级指标,2025年指标值,2026年指标值
古桥修缮,47.2,产出指标,数量指标,修缮古桥座数,2座,3座
"""


@pytest.mark.parametrize(
    ("above", "value", "kept"),
    [
        ("2026年项目支出绩效目标表\n", "3座", ["2座"]),
        ("2025年度项目绩效目标申报\n", "2座", ["3座"]),
        ("2027年项目支出绩效目标表\n", "", ["2座", "3座"]),
        ("2025年项目支出绩效目标表\n2026年项目支出绩效目标表\n", "", ["2座", "3座"]),
        ("", "", ["2座", "3座"]),
    ],
)
def test_of_values_of_several_years_the_plans_is_taken_and_none_where_nobody_says_which(
    above: str, value: str, kept: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "清单.csv"
    file.write_text(above + TWO_YEARS, encoding="utf-8")
    imported = read_file(file)
    (project,) = imported.draft.document.projects
    assert [(row.name, row.value) for row in project.indicators] == [("修缮古桥座数", value)]
    for words in kept:
        assert any(words in text for text in imported.draft.document.unplaced)
        assert any(words in line and "没有对应的填报项" in line for line in imported.report.lines)


TWO_BUDGETS = """2026年项目支出绩效目标表
项目名称,古桥修缮,,
主管部门,江岸市文物局,实施单位,江岸市古建保护所
{},60,{},66
年度目标,修缮古桥3座,,
一级指标,二级指标,三级指标,指标值
产出指标,数量指标,修缮古桥座数,3座
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2025年预算（万元）", "2026年预算（万元）"),
        ("上年预算（万元）", "本年预算（万元）"),
        ("2025年度预算数", "预算数"),
    ],
)
def test_of_amounts_of_two_years_in_one_row_of_a_form_the_plans_is_taken(
    first: str, second: str, tmp_path: Path
) -> None:
    file = tmp_path / "申报表.csv"
    file.write_text(TWO_BUDGETS.format(first, second), encoding="utf-8")
    document = read_file(file).draft.document
    assert [project.budget for project in document.projects] == ["66"]
    assert any(f"{first}：60" in text for text in document.unplaced)


NO_YEAR = TWO_BUDGETS.removeprefix("2026年")


def read(text: str, tmp_path: Path, name: str = "申报表.csv") -> tuple[Project, str, list[str]]:
    """The one project of a file, the words that found no place, and the lines of the report."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    imported = read_file(file)
    (project,) = imported.draft.document.projects
    return project, "\n".join(imported.draft.document.unplaced), list(imported.report.lines)


def test_of_amounts_of_two_years_in_a_form_of_no_year_none_is_taken_and_both_are_kept(tmp_path: Path) -> None:
    project, kept, lines = read(NO_YEAR.format("2025年预算（万元）", "2026年预算（万元）"), tmp_path)
    assert (project.budget, project.amount_unit) == ("", "万元")
    assert "2025年预算（万元）：60" in kept
    assert "2026年预算（万元）：66" in kept
    assert any("看不出取哪一年的 2 处内容没有对应的填报项" in line and "60" in line for line in lines)
    document = GoalDocument(projects=(project,), unplaced=(kept,))
    _first, second = unplaced_pieces(document)
    assert placed(document, second, f"projects[{project.id}].budget").projects[0].budget == "66"


def test_a_third_year_below_them_is_not_taken_either(tmp_path: Path) -> None:
    text = NO_YEAR.format("2024年预算", "2025年预算").replace("年度目标", "2026年预算,70,,\n年度目标")
    project, kept, _lines = read(text, tmp_path)
    assert project.budget == ""
    assert [words in kept for words in ("2024年预算：60", "2025年预算：66", "2026年预算：70")] == [True] * 3


@pytest.mark.parametrize(
    ("first", "second", "budget"), [("2025年度预算数", "预算数", "66"), ("预算数", "2025年度预算数", "60")]
)
def test_an_amount_that_names_no_year_is_the_forms_own(first: str, second: str, budget: str, tmp_path: Path) -> None:
    project, kept, _lines = read(NO_YEAR.format(first, second), tmp_path)
    assert project.budget == budget
    assert f"2025年度预算数：{126 - int(budget)}" in kept or f"「2025年度预算数」\n第4行：{126 - int(budget)}" in kept


def test_goals_of_two_years_are_kept_with_all_their_lines(tmp_path: Path) -> None:
    goals = "2025年度绩效目标,修缮古桥3座,,\n,完成测绘2处,,\n2026年度绩效目标,修缮古桥4座,,\n,完成测绘5处,,"
    text = NO_YEAR.format("预算数", "其他资金").replace("年度目标,修缮古桥3座,,", goals)
    project, kept, _lines = read(text, tmp_path)
    assert project.goals == ()
    for words in ("修缮古桥3座", "完成测绘2处", "修缮古桥4座", "完成测绘5处"):
        assert words in kept


def test_the_title_of_each_form_says_its_own_year(tmp_path: Path) -> None:
    text = "".join(
        f"{year}{NO_YEAR.format('2025年预算', '2026年预算')}".replace("古桥修缮", name)
        for year, name in (("2025年", "古桥修缮"), ("2026年", "牌坊修缮"))
    )
    file = tmp_path / "申报表.csv"
    file.write_text(text, encoding="utf-8")
    document = read_file(file).draft.document
    assert [(project.name, project.budget) for project in document.projects] == [("古桥修缮", "60"), ("牌坊修缮", "66")]


def test_a_form_in_a_text_follows_the_texts_year(tmp_path: Path) -> None:
    rows = [each.split(",") for each in NO_YEAR.format("2025年预算", "2026年预算").splitlines()[1:]]
    form = table(*(row(*map(cell, each)) for each in rows))
    above = ["2026年部门预算绩效文本", "一、总体绩效目标", "保护好全市的古桥。", "二、分项绩效目标", "三、工作保障措施"]
    file = tmp_path / "绩效文本.docx"
    file.write_bytes(docx(*map(line, above), form))
    document = read_file(file).draft.document
    assert [project.budget for project in document.projects] == ["66"]
    assert any("2025年预算：60" in text for text in document.unplaced)


@pytest.mark.parametrize(
    ("first", "second", "value", "long_term"),
    [("上半年", "全年", "3座", []), ("中期", "年度", "3座", ["2座"]), ("年度", "实施期", "2座", ["3座"])],
)
def test_of_times_below_the_header_of_values_the_years_is_taken(
    first: str, second: str, value: str, long_term: list[str], tmp_path: Path
) -> None:
    text = NO_YEAR.format("预算数", "其他资金").replace("三级指标,指标值", f"三级指标,指标值,\n,,,{first},{second}")
    project, kept, _lines = read(text.replace("修缮古桥座数,3座", "修缮古桥座数,2座,3座"), tmp_path)
    assert [(row.name, row.value) for row in project.annual_indicators] == [("修缮古桥座数", value)]
    assert [row.value for row in project.long_term_indicators] == long_term
    assert long_term or "修缮古桥座数：2座" in kept
