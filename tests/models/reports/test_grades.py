"""等级: computed from the total by the standard that is chosen, printed where one is, and held against what a table says."""

import io
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from exporters.reports.build_report import build_report
from exporters.reports.report_files import report_bytes, write_report
from importers.import_files import read_file
from models.document.blocks import Table
from models.document.tree import Draft, Report
from models.reports.matching import fill
from models.reports.report_cells import points_parts
from models.reports.report_form import grade_of, load_form, shown
from models.reports.scoring import load_scoring
from tests.models.checks.test_report_rules import SELF

FORM = load_form("self-evaluation")


def by(grades: str, total: str = "") -> Draft:
    """The report by these grades; the first project's total as typed, where one is given."""
    first, *rest = SELF.reports[0].projects
    projects = (replace(first, total=total or first.total), *rest)
    return replace(SELF, reports=(replace(SELF.reports[0], grades=grades, projects=projects),))


def table(draft: Draft, project_id: str = "p1") -> list[tuple[str, ...]]:
    blocks = build_report(draft, draft.reports[0], FORM, project_id)
    (found,) = [block for block in blocks if isinstance(block, Table)]
    return [tuple(cell.text for cell in row.cells) for row in found.rows]


def grades(draft: Draft, report: Report) -> list[str]:
    return [grade_of(report, result) for _project, result in shown(draft, report)]


@pytest.mark.parametrize(
    ("grades_id", "total", "grade"),
    [
        *(("system", "80", "优"), ("system", "79.99", "良"), ("system", "60", "中"), ("system", "59.9", "差")),
        *(("2020", "90", "优"), ("2020", "89.5", "良"), ("2020", "60", "中"), ("2020", "0", "差")),
        *(("", "95", ""), ("system", "待定", ""), ("elsewhere", "95", "")),
    ],
)
def test_a_grade_follows_from_the_total_and_the_standard(grades_id: str, total: str, grade: str) -> None:
    draft = by(grades_id, total)
    assert grades(draft, draft.reports[0])[0] == grade


def test_every_standard_names_where_it_is_laid_down() -> None:
    assert all(one.source and one.steps for one in load_scoring().grades)


def test_the_form_prints_it_below_the_total_and_not_at_all_without_a_standard() -> None:
    rows = table(by("system"))
    at = [row[0] for row in rows].index("总分")
    assert rows[at : at + 2] == [("总分", "100", "96.75", ""), ("等级", "优")]
    assert "等级" not in [row[0] for row in table(by(""))]


def test_a_project_without_a_total_has_no_grade() -> None:
    draft = by("system")
    assert "等级" not in [row[0] for row in table(draft, "p2")]
    assert grades(draft, draft.reports[0]) == ["优", ""]


def test_the_overview_of_a_department_has_a_column_of_it(tmp_path: Path) -> None:
    write_report(by("system"), "self-evaluation", tmp_path / "自评.xlsx")
    rows = [
        list(row) for row in openpyxl.load_workbook(tmp_path / "自评.xlsx").worksheets[0].iter_rows(values_only=True)
    ]
    assert rows[0] == ["单位", "项目名称", "全年预算数（万元）", "全年执行数（万元）", "执行率", "得分", "等级"]
    assert [row[-1] for row in rows[1:]] == ["优", None, None]
    word = docx.Document(io.BytesIO(report_bytes(by("system"), by("system").reports[0], FORM, ".docx")))
    page = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert [row[-1] for row in page] == ["等级", "优", "", ""]


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
@pytest.mark.parametrize(("grades_id", "total"), [("2020", "85"), ("system", "96.75"), ("system", "75")])
def test_read_back_it_is_the_standard_and_no_words(suffix: str, grades_id: str, total: str, tmp_path: Path) -> None:
    draft = by(grades_id, total)
    write_report(draft, "self-evaluation", tmp_path / f"自评{suffix}")
    imported = read_file(tmp_path / f"自评{suffix}")
    (report,) = imported.draft.reports
    assert grades(imported.draft, report) == grades(draft, draft.reports[0])
    assert imported.draft.document.unplaced == ()
    assert report.projects[0].conclusion == ""
    assert any("等级" in line and "一致" in line for line in imported.report.lines)


def changed(folder: Path, grade: str) -> Path:
    """A filled table in which a hand wrote another grade."""
    write_report(by("2020", "96.75"), "self-evaluation", folder / "自评.docx")
    word = docx.Document(str(folder / "自评.docx"))
    (row,) = [row for table in word.tables for row in table.rows if row.cells[0].text == "等级"]
    row.cells[1].text = grade
    word.save(str(folder / "改过.docx"))
    return folder / "改过.docx"


def test_one_no_standard_gives_is_kept_and_named(tmp_path: Path) -> None:
    imported = read_file(changed(tmp_path, "良"))
    assert imported.draft.reports[0].grades == ""
    assert imported.draft.document.unplaced == ("项目「农业技术培训项目」的等级：良",)
    assert any("总分 96.75，表里的等级「良」" in line for line in imported.report.lines)


def test_words_that_are_no_grade_are_a_conclusion(tmp_path: Path) -> None:
    imported = read_file(changed(tmp_path, "完成较好，继续执行"))
    assert imported.draft.reports[0].projects[0].conclusion == "完成较好，继续执行"


def test_a_draft_with_a_standard_of_its_own_keeps_it_and_the_difference_is_named(tmp_path: Path) -> None:
    write_report(by("2020", "85"), "self-evaluation", tmp_path / "自评.docx")
    read = read_file(tmp_path / "自评.docx").draft
    filled = fill(by("system", "85"), read)
    assert filled is not None
    assert filled.draft.reports[0].grades == "system"
    assert "「农业技术培训项目」：表里的等级是「良」，按草稿的等级标准是「优」，请核对。" in filled.lines


def test_the_window_grades_the_total_that_is_printed() -> None:
    draft = by("system", "75")
    project, result = next(shown(draft, draft.reports[0]))
    assert any("等级 良" in part for part in points_parts(project, result, draft.reports[0]))
