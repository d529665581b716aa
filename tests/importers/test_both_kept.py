"""What a file says twice and otherwise: what was taken first stays, the other words are kept aside and reported."""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pytest

from exporters.export_files import file_bytes
from importers.import_files import Imported, read_file
from importers.report import Kind
from models.document.tree import Draft, GoalDocument, Project, Unit
from tests.exporters.test_fill_in import cell_of, filled
from tests.importers.commented_files import full_document
from tests.importers.variants import told
from tests.importers.word_files import cell, docx, line, row, table
from tests.importers.workbooks import book, imported

Rows = Sequence[Sequence[str]]
HEAD, TITLE = "一、总体绩效目标", "1.河道保洁绩效目标表"
TWICE: Rows = (
    ("901002云泽县河道管理所", "单位：万元"),
    ("项目编码", "A1", "项目名称", "河道保洁"),
    ("预算规模及资金用途", "预算数", "60", "其中：财政资金", "60", "其他资金", ""),
    ("项目编码", "A1", "项目名称", "河道清淤"),
    ("预算规模及资金用途", "预算数", "75", "其中：财政资金", "60", "其他资金", "15"),
    ("901003云泽县水库管理所", "单位：元"),
    ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"),
    ("产出指标", "数量指标", "保洁河段", "", "≥6段", ""),
)
KEPT = {"单位：901003云泽县水库管理所", "金额单位：元", "项目名称：河道清淤", "预算数：75"}


def as_text(rows: Rows) -> bytes:
    cells = "\n\n".join("\n".join(f"\t{each}" for each in row) for row in rows)
    return f"{HEAD}\n目标\n{TITLE}\n{cells}\n\n".encode()


def as_html(rows: Rows) -> bytes:
    cells = "".join(f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in row)}</tr>" for row in rows)
    return f"<html><p>{HEAD}</p><p>目标</p><p>{TITLE}</p><table>{cells}</table></html>".encode()


def as_word(rows: Rows) -> bytes:
    return docx(line(HEAD), line("目标"), line(TITLE), table(*(row(*map(cell, each)) for each in rows)))


def as_workbook(rows: Rows) -> bytes:
    return book({"文本": [[HEAD], ["目标"], [TITLE], *rows]})


FORMS: dict[str, Callable[[Rows], bytes]] = {
    ".txt": as_text,
    ".html": as_html,
    ".doc": as_html,
    ".docx": as_word,
    ".xlsx": as_workbook,
}


def read(folder: Path, data: bytes, suffix: str) -> Imported:
    path = folder / f"河道{suffix}"
    path.write_bytes(data)
    return read_file(path)


@pytest.mark.parametrize("suffix", FORMS)
def test_a_label_that_comes_again_overwrites_nothing(suffix: str, tmp_path: Path) -> None:
    found = read(tmp_path, FORMS[suffix](TWICE), suffix)
    (project,) = found.draft.document.projects
    assert (project.unit, project.amount_unit) == (Unit("901002", "云泽县河道管理所"), "万元")
    assert (project.name, project.budget, project.fiscal_funds) == ("河道保洁", "60", "60")
    assert project.other_funds == "15"  # what the first place leaves blank the second one fills
    assert set(found.draft.document.unplaced) == KEPT
    for words in ("河道清淤", "75", "云泽县水库管理所"):
        assert words in told(found, Kind.UNPLACED)
    assert "「预算数」" in told(found, Kind.UNPLACED)


@pytest.mark.parametrize("suffix", FORMS)
def test_a_label_that_repeats_its_words_says_nothing(suffix: str, tmp_path: Path) -> None:
    found = read(tmp_path, FORMS[suffix]((*TWICE[:3], *TWICE[:3], *TWICE[-2:])), suffix)
    assert len(found.draft.document.projects) == 1
    assert found.draft.document.unplaced == ()


def test_plan_cells_that_come_again_are_kept_with_their_month(tmp_path: Path) -> None:
    labels = ("资金支出计划（%）", "3月底", "6月底", "10月底", "12月底")
    rows = (*TWICE[:2], labels, ("", "10%", "", "60%", "100%"), labels, ("", "20%", "30%", "", "100%"))
    found = read(tmp_path, as_text(rows), ".txt")
    assert found.draft.document.projects[0].spending_plan == ("10%", "30%", "60%", "100%")
    assert found.draft.document.unplaced == ("资金支出计划 3月底：20%",)


def test_a_second_year_on_the_cover_is_kept(tmp_path: Path) -> None:
    cover = "2026年度\n云泽县河道管理所\n2027年度\n部门预算绩效文本\n"
    found = read(tmp_path, (cover + HEAD + "\n目标\n").encode(), ".txt")
    assert found.draft.document.year == 2026
    assert found.draft.document.unplaced == ("2027年度",)


# lists


HEADER = ["单位名称", "项目名称", "预算数（万元）", "一级指标", "二级指标", "三级指标", "指标值"]
INDICATOR = ["产出指标", "数量指标", "保洁河段", "≥6段"]


def listed(folder: Path, *rows: Sequence[Any], header: Sequence[str] = HEADER) -> Imported:
    return imported(folder, book({"清单": [header, *rows]}))


def both_kept(found: Imported) -> list[tuple[str, str, str, int]]:
    return [
        (project.unit.name, project.name, project.budget, len(project.indicators))
        for project in found.draft.document.projects
    ]


def test_projects_of_one_name_and_two_units_are_two(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        ["河道所", "公用经费", 12, *INDICATOR],
        ["水库所", "公用经费", 30, *INDICATOR],
        ["河道所", "公用经费", 12, *INDICATOR],
    )
    assert both_kept(found) == [("河道所", "公用经费", "12", 2), ("水库所", "公用经费", "30", 1)]
    assert found.draft.document.unplaced == ()


def test_rows_that_leave_the_unit_out_belong_to_the_project_above(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        ["河道所", "公用经费", 12, *INDICATOR],
        ["", "公用经费", "", *INDICATOR],
        ["水库所", "公用经费", 30, *INDICATOR],
        ["", "公用经费", "", *INDICATOR],
        ["", "", "", *INDICATOR],
    )
    assert both_kept(found) == [("河道所", "公用经费", "12", 2), ("水库所", "公用经费", "30", 3)]


def test_another_unit_begins_a_project_though_its_name_is_left_out(tmp_path: Path) -> None:
    found = listed(tmp_path, ["河道所", "公用经费", 12, *INDICATOR], ["水库所", "", 30, *INDICATOR])
    assert both_kept(found) == [("河道所", "公用经费", "12", 1), ("水库所", "公用经费", "30", 1)]


def test_units_are_told_apart_by_their_codes_too(tmp_path: Path) -> None:
    header = ["单位编码", *HEADER[1:]]
    found = listed(
        tmp_path, ["901002", "公用经费", 12, *INDICATOR], ["901003", "公用经费", 30, *INDICATOR], header=header
    )
    assert [(project.unit.code, project.budget) for project in found.draft.document.projects] == [
        ("901002", "12"),
        ("901003", "30"),
    ]


def test_the_same_projects_on_two_sheets_are_joined_unit_by_unit(tmp_path: Path) -> None:
    rows = [["河道所", "公用经费", 12, *INDICATOR], ["水库所", "公用经费", 30, *INDICATOR]]
    found = imported(tmp_path, book({"产出": [HEADER, *rows], "效益": [HEADER, *rows]}))
    assert both_kept(found) == [("河道所", "公用经费", "12", 2), ("水库所", "公用经费", "30", 2)]


def test_many_units_with_one_project_each_are_told_apart(tmp_path: Path) -> None:
    rows = [[f"第{at}中学", "公用经费", at, *INDICATOR] for at in range(1, 301)]
    found = listed(tmp_path, *rows, *rows)
    assert both_kept(found) == [(f"第{at}中学", "公用经费", str(at), 2) for at in range(1, 301)]


def test_one_code_with_two_names_keeps_the_other_name(tmp_path: Path) -> None:
    header = ["项目编码", *HEADER[1:]]
    code = "13020925P000653100010"
    found = listed(tmp_path, [code, "河道保洁", 12, *INDICATOR], [code, "河道清淤", 12, *INDICATOR], header=header)
    (project,) = found.draft.document.projects
    assert (project.name, len(project.indicators)) == ("河道保洁", 2)
    assert "河道清淤" in "".join(found.draft.document.unplaced)
    assert "河道清淤" in told(found, Kind.UNPLACED)


def test_one_short_code_with_two_names_is_two_projects(tmp_path: Path) -> None:
    header = ["项目编码", *HEADER[1:]]
    found = listed(tmp_path, ["1", "河道保洁", 12, *INDICATOR], ["1", "河道清淤", 12, *INDICATOR], header=header)
    assert [project.name for project in found.draft.document.projects] == ["河道保洁", "河道清淤"]


def test_a_project_s_other_amount_is_kept(tmp_path: Path) -> None:
    found = listed(tmp_path, ["河道所", "公用经费", 12, *INDICATOR], ["河道所", "公用经费", 30, *INDICATOR])
    assert both_kept(found) == [("河道所", "公用经费", "12", 2)]
    assert "30" in "".join(found.draft.document.unplaced)


def test_lines_above_the_headers_that_come_again_are_kept(tmp_path: Path) -> None:
    lines = [["填报单位：河道所"], ["项目名称：河道保洁"], ["填报单位：水库所"], ["项目名称：河道清淤"]]
    rows = [["一级指标", "二级指标", "三级指标", "指标值", "权重"], [*INDICATOR, 10]]
    found = imported(tmp_path, book({"清单": [*lines, *rows]}))
    assert [(project.unit.name, project.name) for project in found.draft.document.projects] == [("河道所", "河道保洁")]
    kept = "".join(found.draft.document.unplaced)
    assert "水库所" in kept
    assert "河道清淤" in kept


def test_several_years_of_a_list_are_kept(tmp_path: Path) -> None:
    header = ["年度", *HEADER]
    rows = [[year, "河道所", "公用经费", 12, *INDICATOR] for year in (2026, 2027)]
    found = listed(tmp_path, *rows, header=header)
    assert found.draft.document.year is None
    assert "2026年、2027年" in found.draft.document.unplaced
    assert "2026年、2027年" in told(found, Kind.UNPLACED)


# a list beside the form's own sheets


FORM_SHEET = [
    [HEAD],
    ["目标"],
    [TITLE],
    ["901002河道所", "单位：万元"],
    ["项目编码", "A1", "项目名称", "河道保洁"],
    ["预算规模及资金用途", "预算数", "60", "其中：财政资金", "", "其他资金", ""],
    ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
    ["产出指标", "数量指标", "保洁河段", "", "≥6段", ""],
]
BESIDE = ["预算单位", "项目名称", "预算数", "财政资金", "一级指标", "二级指标", "三级指标", "指标值", "权重"]


def beside(folder: Path, *rows: Sequence[Any]) -> Imported:
    return imported(folder, book({"文本": FORM_SHEET, "清单": [BESIDE, *rows]}))


def test_what_a_list_says_of_a_project_is_taken_where_the_form_is_blank_and_kept_where_it_differs(
    tmp_path: Path,
) -> None:
    found = beside(tmp_path, ["河道所", "河道保洁", 75, 50, *INDICATOR, 10])
    (project,) = found.draft.document.projects
    assert (project.budget, project.fiscal_funds, project.indicators[0].weight) == ("60", "50", "10")
    assert found.draft.document.unplaced == ("项目「河道保洁」预算数：75",)
    assert "75" in told(found, Kind.UNPLACED)


def test_another_unit_s_project_of_that_name_is_added(tmp_path: Path) -> None:
    found = beside(tmp_path, ["水库所", "河道保洁", 75, 50, *INDICATOR, 10])
    assert [(project.unit.name, project.budget) for project in found.draft.document.projects] == [
        ("河道所", "60"),
        ("水库所", "75"),
    ]


def test_a_row_with_two_weights_keeps_both(tmp_path: Path) -> None:
    found = beside(
        tmp_path, ["河道所", "河道保洁", 60, "", *INDICATOR, 10], ["河道所", "河道保洁", 60, "", *INDICATOR, 20]
    )
    assert [row.weight for row in found.draft.document.projects[0].indicators] == ["10"]
    assert "20" in "".join(found.draft.document.unplaced)


# the others


def test_a_label_that_comes_again_in_a_filled_workbook_overwrites_nothing(tmp_path: Path) -> None:
    draft = Draft(full_document())
    place = cell_of(draft, "预算数")
    below = cell_of(draft, "绩效目标 9")
    found = filled(draft, tmp_path, {place: "60", f"A{below[1:]}": "预算数", below: "75"})
    assert found.draft.document.projects[0].budget == "60"
    assert found.draft.document.unplaced == ("75",)
    assert f"单元格 {below}：「预算数」前面已有一处" in told(found, Kind.UNPLACED)


@pytest.mark.parametrize("suffix", [".json", ".jxmb", ".docx", ".xlsx", ".txt"])
def test_two_units_projects_of_one_name_come_back_as_two(suffix: str, tmp_path: Path) -> None:
    units = Unit("901002", "河道所"), Unit("901003", "水库所")
    projects = tuple(Project(f"p{at}", unit, name="公用经费", budget=str(at)) for at, unit in enumerate(units))
    document = GoalDocument(projects=projects, overall_goal="目标")
    found = read(tmp_path, file_bytes(Draft(document), suffix), suffix)
    assert [(project.unit, project.name, project.budget) for project in found.draft.document.projects] == [
        (units[0], "公用经费", "0"),
        (units[1], "公用经费", "1"),
    ]
    assert found.draft.document.unplaced == ()
