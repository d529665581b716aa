"""Values and amounts of several years beside each other: the plan's count, the others are kept."""

from pathlib import Path

import pytest

from importers.import_files import read_file

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
