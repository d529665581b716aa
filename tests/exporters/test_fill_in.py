"""填报模板: a workbook for colleagues, read back to the letter, wrong entries reported with sheet and cell."""

import io
import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.cell import coordinate_from_string

from exporters.fill_in_writer import fill_in_bytes, write_fill_in
from importers.import_files import Imported, read_file
from importers.report import Kind
from models.checks.example import EXAMPLE
from models.document.template import load_template
from models.document.tree import Details, Draft, GoalDocument, Indicator, Project, without_ids
from models.document.values import parse_value
from models.errors import UserError
from models.exchange.fill_in_workbook import matching, updated
from models.forms.form_definition import load_form
from tests.exporters.libreoffice_macro import typed_into
from tests.importers.commented_files import full_document
from tests.importers.word_files import converted
from tests.models.forms.county_form import COUNTY
from tests.strategies import drafts


def book_of(draft: Draft) -> Workbook:
    return load_workbook(io.BytesIO(fill_in_bytes(draft)))


def read(data: bytes, folder: Path) -> Imported:
    (folder / "填报.xlsx").write_bytes(data)
    return read_file(folder / "填报.xlsx")


def filled(draft: Draft, folder: Path, cells: Mapping[str, object], sheet: str = "项目1") -> Imported:
    """The workbook of a draft with these cells typed into one sheet, read back."""
    book = book_of(draft)
    for place, value in cells.items():
        book[sheet][place] = value
    book.save(folder / "填报.xlsx")
    return read_file(folder / "填报.xlsx")


@cache
def labels(draft: Draft) -> dict[tuple[str, str], int]:
    """The row of each label, by sheet."""
    return {
        (sheet.title, row[0].value): row[0].row for sheet in book_of(draft) for row in sheet.iter_rows() if row[0].value
    }


def cell_of(draft: Draft, label: str, sheet: str = "项目1") -> str:
    """The input cell of a line, by its label."""
    return f"B{labels(draft)[sheet, label]}"


def first_row(draft: Draft, sheet: str = "项目1") -> int:
    """The first row of indicators."""
    return labels(draft)[sheet, "一级指标"] + 1


def hints(found: Imported) -> list[str]:
    return [note.text for note in found.report.of(Kind.HINT)]


def test_what_was_not_touched_comes_back_as_it_was(tmp_path: Path) -> None:
    for document in (EXAMPLE, full_document()):
        found = read(fill_in_bytes(Draft(document)), tmp_path)
        assert found.draft.document.projects == document.projects
        assert (found.draft.document.year, found.draft.document.unit) == (document.year, document.unit)
        assert hints(found) == []
        assert found.draft.document.unplaced == ()
        assert found.is_filled_in


def kept(project: Project) -> Project:
    """What a sheet can say: lines and rows without a word are none, columns of other forms are not on it."""
    rows = tuple(row for row in project.annual_indicators if replace(row, id="") != Indicator(""))
    return replace(project, goals=tuple(filter(None, project.goals)), indicators=rows, details=Details())


@given(drafts())
@settings(max_examples=12, deadline=None)
def test_any_text_comes_back_to_the_letter(tmp_path_factory: pytest.TempPathFactory, draft: Draft) -> None:
    """Each example draws and reads a workbook, which takes a tenth of a second."""
    folder = tmp_path_factory.mktemp("fill")
    wanted = tuple(map(kept, draft.document.projects))
    blank = [
        replace(p, amount_unit="", goals_numbering="", unit=wanted[0].unit)
        == Project(p.id, wanted[0].unit, "", goals_numbering="")
        for p in wanted
    ]
    if not wanted or any(blank):
        return
    assert read(fill_in_bytes(draft), folder).draft.document.projects == wanted


def test_a_draft_without_projects_gives_empty_sheets_and_only_filled_ones_come_back(tmp_path: Path) -> None:
    draft = Draft(GoalDocument(year=2026))
    assert write_fill_in(draft, tmp_path / "模板.xlsx") == 3
    assert [sheet for sheet in load_workbook(tmp_path / "模板.xlsx").sheetnames if sheet.startswith("项目")] == [
        "项目1",
        "项目2",
        "项目3",
    ]
    first = first_row(draft)
    typed = {cell_of(draft, "项目名称"): "管网改造", cell_of(draft, "预算数"): 128, f"A{first}": "产出指标", f"B{first}": "数量指标",
             f"C{first}": "改造长度", f"E{first}": "≥", f"F{first}": 6, f"G{first}": "公里",
             f"B{first + 1}": "质量指标", f"C{first + 1}": "合格率", f"F{first + 1}": "100", f"G{first + 1}": "%"}  # fmt: skip
    (project,) = filled(draft, tmp_path, typed, "项目2").draft.document.projects
    assert (project.name, project.budget) == ("管网改造", "128")
    assert [(row.tier1, row.tier2, row.name, row.value) for row in project.indicators] == [
        ("产出指标", "数量指标", "改造长度", "≥6公里"),
        ("产出指标", "质量指标", "合格率", "100%"),
    ]


def test_wrong_entries_are_kept_to_the_letter_and_reported_with_sheet_and_cell(tmp_path: Path) -> None:
    draft = Draft(EXAMPLE)
    row, budget, plan = first_row(draft), cell_of(draft, "预算数"), cell_of(draft, "支出计划 6月底")
    typed = {budget: "六十", plan: "一半", f"B{row}": "数量", f"A{row + 1}": "效果指标", f"B{row + 2}": "质量指标2",
             f"F{row + 3}": "许多", f"G{row + 4}": "畦", f"E{row + 5}": "大于", "K5": "顺便说一句"}  # fmt: skip
    found = filled(draft, tmp_path, typed)
    assert hints(found) == [
        f"工作表「项目1」单元格 {budget}：预算数「六十」不是数字，已按原文保留。",
        f"工作表「项目1」单元格 {plan}：支出计划 6月底「一半」不是百分比，已按原文保留。",
        f"工作表「项目1」单元格 B{row}：二级指标「数量」不在指标体系中，已按原文保留。",
        f"工作表「项目1」单元格 A{row + 1}：一级指标「效果指标」不在指标体系中，已按原文保留。",
        f"工作表「项目1」单元格 B{row + 2}：二级指标「质量指标2」不在指标体系中，已按原文保留。",
        f"工作表「项目1」单元格 F{row + 3}：指标值「许多」不是数字，已按原文保留。",
        f"工作表「项目1」单元格 G{row + 4}：计量单位「畦」不在列表中，已按原文保留。",
        f"工作表「项目1」单元格 E{row + 5}：符号「大于」不在列表中，已按原文保留。",
    ]
    project = found.draft.document.projects[0]
    assert (project.budget, project.spending_plan[1], project.indicators[0].tier2) == ("六十", "一半", "数量")
    assert [project.indicators[at].value for at in (3, 4, 5)] == ["≤许多万元", "≥3000畦", "大于92%"]
    assert found.draft.document.unplaced == ("顺便说一句",)
    assert "单元格 K5 不是填报格" in found.report.of(Kind.UNPLACED)[0].text


def test_only_the_cells_to_fill_in_are_open_and_lists_are_offered() -> None:
    draft = Draft(EXAMPLE)
    book = book_of(draft)
    assert book.sheetnames[:3] == ["填报说明", "示例", "项目1"]
    assert book["列表"].sheet_state == "hidden"
    sheet, first = book["项目1"], first_row(draft)
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    open_cells = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert {f"B{first}", cell_of(draft, "资金用途")} <= open_cells
    assert not {"A3", f"A{first - 1}", "A1", "J1"} & open_cells
    shown = {place for place in open_cells if not isinstance(sheet[place], MergedCell)}
    assert {sheet[place].number_format for place in shown} == {"@"}
    lists = {str(each.sqref).split(":")[0]: each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists[f"A{first}"] == "一级指标列表"
    assert lists[f"B{first}"] == f"INDIRECT($A{first})"
    assert lists[f"G{first}"] == "计量单位列表"
    column, row = coordinate_from_string(
        book.defined_names["产出指标"].attr_text.split("!")[1].split(":")[0].replace("$", "")
    )
    assert [book["列表"][f"{column}{row + at}"].value for at in range(4)] == [
        "数量指标",
        "质量指标",
        "时效指标",
        "成本指标",
    ]


def test_what_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    project = replace(EXAMPLE.projects[0], fund_use="=1+1\n第二段", name="'撇号")
    found = read(fill_in_bytes(Draft(replace(EXAMPLE, projects=(project,)))), tmp_path)
    assert found.draft.document.projects == (project,)


def test_a_row_that_was_emptied_is_gone_and_a_copied_sheet_is_a_project_of_its_own(tmp_path: Path) -> None:
    draft = Draft(EXAMPLE)
    book, row = book_of(draft), first_row(draft)
    for column in "ABCDEFGHI":
        book["项目1"][f"{column}{row + 1}"] = None
    copied = book.copy_worksheet(book["项目2"])
    copied.title = "副本"
    book.save(tmp_path / "填报.xlsx")
    found = read_file(tmp_path / "填报.xlsx")
    first, second, third = found.draft.document.projects
    assert [each.id for each in first.indicators] == ["quantity", "time", "cost", "benefit", "satisfaction"]
    assert (second.id, third.name) == ("p2", second.name)
    assert third.id not in {"p1", "p2"}
    assert hints(found) == ["工作表「副本」是另一张项目表的副本，按新项目读入。"]


def test_the_filled_workbook_updates_the_projects_it_was_made_from_and_tells_each_change(tmp_path: Path) -> None:
    draft = Draft(EXAMPLE)
    row = first_row(draft, "项目2")
    typed = {
        cell_of(draft, "预算数", "项目2"): "40.00",
        f"F{row}": "8",
        f"C{row + 6}": "滴灌管长度",
        f"B{row + 6}": "数量指标",
        f"A{row + 6}": "产出指标",
    }
    found = filled(draft, tmp_path, typed, "项目2").draft.document
    mine = replace(EXAMPLE, projects=(EXAMPLE.projects[1], Project("p9", name="别的")), overall_goal="改过了")
    assert matching(mine, found) == 1
    result = updated(mine, found)
    assert result.document.overall_goal == "改过了"
    assert [project.name for project in result.document.projects] == [
        "小麦节水示范田建设项目",
        "别的",
        "农业技术培训项目",
    ]
    assert result.document.projects[0].budget == "40.00"
    assert result.lines == (
        "项目 1：预算数 「36.50」 → 「40.00」",
        "项目 1：指标 1 指标值 「6处」 → 「8处」",
        "项目 1：新增指标 7「滴灌管长度」",
        "新增项目 3「农业技术培训项目」，指标 6 行",
    )
    assert updated(EXAMPLE, read(fill_in_bytes(draft), tmp_path).draft.document).document == EXAMPLE


def test_a_workbook_without_its_marks_is_told(tmp_path: Path) -> None:
    book = book_of(Draft(EXAMPLE))
    for name in ("项目1", "项目2"):
        book[name]["J1"] = None
    book.save(tmp_path / "填报.xlsx")
    with pytest.raises(UserError, match="没有一张可以读回的填报表"):
        read_file(tmp_path / "填报.xlsx")


def test_a_text_too_long_for_a_cell_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    project = replace(EXAMPLE.projects[0], fund_use="字" * 40_000)
    with pytest.raises(UserError, match="放不下"):
        write_fill_in(Draft(replace(EXAMPLE, projects=(project,))), tmp_path / "模板.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_saved_by_libreoffice_gives_the_same_projects(tmp_path: Path) -> None:
    """Filled in, opened and saved by LibreOffice, whose start takes some seconds."""
    draft = Draft(EXAMPLE)
    book, row = book_of(draft), first_row(draft)
    book["项目1"][cell_of(draft, "资金用途")] = "第一段\n第二段"
    book["项目1"][f"F{row}"] = "1300"
    (tmp_path / "in").mkdir()
    book.save(tmp_path / "in" / "填报.xlsx")
    before = read_file(tmp_path / "in" / "填报.xlsx").draft.document
    (saved,) = converted([tmp_path / "in" / "填报.xlsx"], "xlsx", tmp_path)
    found = read_file(saved)
    assert found.draft.document == before
    assert before.projects[0].indicators[0].value == "≥1300人次"
    assert hints(found) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_typed_into_by_libreoffice_gives_the_same_document(tmp_path: Path) -> None:
    """The empty workbook is filled in by a macro, cell by cell, and read back. LibreOffice takes some seconds."""
    source, wanted = Draft(replace(EXAMPLE, projects=())), EXAMPLE.projects[1]
    write_fill_in(source, tmp_path / "模板.xlsx")
    full = load_workbook(io.BytesIO(fill_in_bytes(Draft(replace(EXAMPLE, projects=(wanted,))))))["项目1"]
    cells = {
        cell.coordinate: str(cell.value)
        for row in full.iter_rows()
        for cell in row
        if cell.value and not isinstance(cell, MergedCell) and not cell.protection.locked
    }
    found = read_file(typed_into(tmp_path / "模板.xlsx", "项目1", cells, tmp_path))
    assert hints(found) == []
    assert without_ids(found.draft.document).projects == without_ids(replace(EXAMPLE, projects=(wanted,))).projects


@pytest.mark.parametrize("text", ["长" * 32_767, "𠮷" * 16_383])
def test_a_text_as_long_as_a_cell_comes_back_and_one_more_character_is_refused(text: str, tmp_path: Path) -> None:
    def with_goal(words: str) -> Draft:
        return Draft(GoalDocument(projects=(Project("p1", name="甲", goals=(words,)),)))

    found = read(fill_in_bytes(with_goal(text)), tmp_path)
    assert [project.goals for project in found.draft.document.projects] == [(text,)]
    with pytest.raises(UserError, match="工作表「项目1」放不下"):
        fill_in_bytes(with_goal(text + "𠮷"))


def test_a_colleague_can_read_print_and_enlarge_what_is_locked() -> None:
    book = book_of(Draft(EXAMPLE))
    told = book["填报说明"]
    assert (told["A1"].value, told["A1"].font.bold, told["A2"].font.bold) == ("填报说明", True, False)
    for name, title in (("示例", "填好的例子"), ("项目1", "项目绩效目标填报表"), ("项目2", "项目绩效目标填报表")):
        sheet = book[name]
        assert sheet["A1"].value == title
        assert sheet.protection.sheet
        assert (sheet.protection.formatRows, sheet.protection.formatColumns) == (False, False)  # these are not locked
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)  # one page wide, many high
    assert [column[0].value for column in book["列表"].iter_cols()][:2] == ["产出指标", "数量指标"]


def test_a_workbook_of_another_form_has_its_columns_names_it_and_brings_them_back(tmp_path: Path) -> None:
    form = load_form("project-2015")
    assert form is not None
    details = Details(department="青禾县文化局", lead="张三")
    project = Project("p1", name="公益演出", budget="12.00", details=details)
    draft = Draft(GoalDocument(year=2026, projects=(project,)))
    path = tmp_path / "模板.xlsx"
    path.write_bytes(fill_in_bytes(draft, form))
    found = read_file(path)
    assert (found.is_filled_in, found.form) == (True, "project-2015")
    (filled,) = found.draft.document.projects
    assert filled.details == Details(department="青禾县文化局")  # 负责人 is no column of that form
    changed = replace(filled, details=Details(department="青禾县文化和旅游局"))
    after = updated(draft.document, replace(draft.document, projects=(changed,)), form)
    assert after.document.projects[0].details == replace(details, department="青禾县文化和旅游局")
    assert after.lines == ("项目 1：主管部门 「青禾县文化局」 → 「青禾县文化和旅游局」",)


def shown_on(data: bytes, sheet: str) -> list[str]:
    """The labels of a sheet: its first column, and the header of its table."""
    rows = list(load_workbook(io.BytesIO(data))[sheet].iter_rows(min_row=3, values_only=True))
    header = next(row for row in rows if "指标值" in row)
    lines = rows[: rows.index(header)]
    return [str(row[0]) for row in lines if row[0] and "绩效目标 " not in row[0]] + [
        str(cell) for cell in header if cell
    ]


def test_a_workbook_of_another_form_has_the_columns_of_that_form_alone() -> None:
    form = load_form("project-2015")
    assert form is not None
    data = fill_in_bytes(Draft(GoalDocument(projects=(Project("p1", name="公益演出"),))), form)
    assert shown_on(data, "项目1") == [
        *("项目名称", "主管部门", "实施单位", "金额单位", "预算数", "财政资金", "上年结转", "其他资金"),
        *("一级指标", "二级指标", "三级指标", "符号", "指标值", "计量单位"),
    ]
    assert shown_on(data, "示例") == shown_on(data, "项目1")
    told = "".join(str(row[0]) for row in load_workbook(io.BytesIO(data))["填报说明"].iter_rows(values_only=True))
    assert form.name in told
    assert "支出计划" not in told  # that form has none


def test_what_a_workbook_of_a_form_has_no_place_for_stays(tmp_path: Path) -> None:
    (tmp_path / "forms" / "county-2026").mkdir(parents=True)
    (tmp_path / "forms" / "county-2026" / "form.toml").write_text(COUNTY, encoding="utf-8")
    form = load_form("county-2026", tmp_path / "forms")
    assert form is not None
    full = full_document()
    draft = Draft(replace(full, projects=tuple(replace(one, details=Details(lead="张三")) for one in full.projects)))
    path = tmp_path / "填报.xlsx"
    path.write_bytes(fill_in_bytes(draft, form))
    found = read_file(path, home=tmp_path)
    assert found.draft.document.unplaced == ()
    assert updated(draft.document, found.draft.document, form).document == draft.document
    book = load_workbook(path)
    header = next(row[0].row for row in book["项目1"].iter_rows() if row[0].value == "三级指标")
    book["项目1"][f"C{header + 1}"] = "36"
    book.save(path)
    project = updated(draft.document, read_file(path, home=tmp_path).draft.document, form).document.projects[0]
    before = draft.document.projects[0]
    assert parse_value(project.indicators[0].value, load_template().known_units).number == "36"
    assert replace(project, indicators=()) == replace(before, indicators=())
    assert [replace(row, value="") for row in project.indicators] == [
        replace(row, value="") for row in before.indicators
    ]


def test_a_workbook_of_a_form_that_is_not_installed_is_refused_by_name(tmp_path: Path) -> None:
    form = load_form("project-2015")
    assert form is not None
    path = tmp_path / "模板.xlsx"
    path.write_bytes(fill_in_bytes(Draft(GoalDocument()), replace(form, id="county-2026")))
    with pytest.raises(UserError, match="没有名为「county-2026」的表样"):
        read_file(path)
