"""监控 and 自评 as files: the layouts label by label, and the law: what is read back is what the form shows."""

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given, settings

from exporters.reports.build_report import build_report
from exporters.reports.report_files import report_bytes, report_for, report_pages, write_report
from importers.import_files import read_file
from models.document import fieldpath
from models.document.blocks import Paragraph, Table
from models.document.table_layout import field_names
from models.document.tree import Draft, FundResult, GoalDocument, ProjectResult, Report
from models.errors import UserError
from models.reports.report_form import FORMS, GRADE, ReportForm, form_ids, grade_of, load_form, shown
from models.reports.report_lines import lines, sum_line
from tests.models.checks.test_report_rules import RUNNING, SELF
from tests.models.reports.drafts_with_reports import BOOKS, DRAFT
from tests.strategies import drafts

SELF_LAYOUT = (
    ("项目名称", "农业技术培训项目"),
    ("主管部门", "", "实施单位", "云泽县农业技术推广中心"),
    ("项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    ("年度资金总额", "60.00", "60.00", "58.50", "10", "97.5%", "9.75"),
    ("其中：当年财政拨款", "50.00", "50.00", "48.50", "", "97%", ""),
    ("上年结转资金", "", "", "", "", "", ""),
    ("其他资金", "10.00", "10.00", "10.00", "", "100%", ""),
    ("年度总体目标", "预期目标", "实际完成情况"),
    None,
    ("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
    ("产出指标", "数量指标", "培训农户人次", "≥1200人次", "1260人次", "20", "20", ""),
)  # fmt: skip
RUNNING_HEADERS = (
    ("项目资金（万元）", "名称", "全年预算数", "执行数", "执行率", "全年预计执行数"),
    ("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "完成情况", "全年预计完成情况", "偏差原因", "原因说明", "完成目标可能性", "备注"),
)  # fmt: skip


def report_of(draft: Draft, form_id: str) -> Report:
    return report_for(draft, load_form(form_id))


def rows_of(draft: Draft, form_id: str) -> list[tuple[str, ...]]:
    (table,) = [
        block
        for block in build_report(draft, report_of(draft, form_id), load_form(form_id), "p1")
        if isinstance(block, Table)
    ]
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def test_a_self_evaluation_is_laid_out_as_published() -> None:
    rows = rows_of(SELF, "self-evaluation")
    for wanted, row in zip(SELF_LAYOUT, rows, strict=False):
        assert wanted is None or row == wanted
    assert rows[-1] == ("总分", "100", "96.75", "")
    titles = [
        b.text
        for b in build_report(SELF, SELF.reports[0], load_form("self-evaluation"), "p1")
        if isinstance(b, Paragraph)
    ]
    assert titles == ["项目支出绩效自评表", "（2026年度）"]


def test_a_monitoring_has_the_columns_of_the_system() -> None:
    rows = rows_of(RUNNING, "monitoring")
    assert [row for row in rows if row in RUNNING_HEADERS] == list(RUNNING_HEADERS)
    title = build_report(RUNNING, RUNNING.reports[0], load_form("monitoring"))[1]
    assert isinstance(title, Paragraph)
    assert title.text == "（2026年度，截至2026年7月）"


def test_conclusion_problems_and_measures_are_printed_where_they_are_written() -> None:
    assert [row[0] for row in rows_of(SELF, "self-evaluation")][-1] == "总分"
    result = replace(SELF.reports[0].projects[0], conclusion="完成年初目标。", improvements="提前招标。\n按月调度。")
    report = replace(SELF.reports[0], projects=(result, *SELF.reports[0].projects[1:]))
    rows = rows_of(replace(SELF, reports=(report,)), "self-evaluation")
    after = [row[0] for row in rows].index("总分") + 1
    assert rows[after:] == [("自评结论", "完成年初目标。"), ("改进措施", "提前招标。\n按月调度。")]


def test_a_broken_form_is_named_by_key_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (FORMS / "monitoring.toml").read_text(encoding="utf-8")
    wrong = text.replace("one.likelihood", "one.likely")
    (tmp_path / "wrong.toml").write_text(wrong.replace('"monitoring"', '"wrong"'), encoding="utf-8")
    monkeypatch.setattr("models.reports.report_form.FORMS", tmp_path)
    with pytest.raises(UserError, match=r"wrong\.toml 第 \d+ 行的「.*field」指向不存在的栏目「one\.likely」"):
        load_form("wrong")


def test_the_unit_of_amounts_is_the_projects_own() -> None:
    yuan = replace(DRAFT, document=replace(DRAFT.document, projects=(replace(BOOKS, amount_unit="元"),)))
    assert "项目资金（元）" in [row[0] for row in rows_of(yuan, "self-evaluation")]


def test_the_words_of_the_layout_stand_in_word_and_excel() -> None:
    form = load_form("self-evaluation")
    word = docx.Document(io.BytesIO(report_bytes(SELF, SELF.reports[0], form, ".docx", "p1")))
    cells = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert [dict.fromkeys(row) for row in cells[:1]] == [dict.fromkeys(("项目名称", "农业技术培训项目"))]
    assert cells[9] == list(SELF_LAYOUT[9] or ())
    section = word.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width > section.page_height
    book = openpyxl.load_workbook(io.BytesIO(report_bytes(SELF, SELF.reports[0], form, ".xlsx", "p1")))
    sheet = book.worksheets[0]
    written = [[cell.value for cell in row if cell.value] for row in sheet.iter_rows()]
    assert list(SELF_LAYOUT[9] or ()) in written
    assert sheet.page_setup.orientation == "landscape"
    numbers = {
        cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "n" and cell.value is not None
    }
    assert {60, 58.5} <= numbers


def test_every_project_has_a_page_and_one_can_be_printed_alone() -> None:
    form = load_form("self-evaluation")
    first = report_pages(SELF, SELF.reports[0], form)[0]
    assert first.width > first.height
    both = report_pages(SELF, SELF.reports[0], form)
    alone = report_pages(SELF, SELF.reports[0], form, "p2")
    assert 0 < len(alone) < len(both)


def test_a_workbook_of_a_department_begins_with_its_overview(tmp_path: Path) -> None:
    write_report(SELF, "self-evaluation", tmp_path / "自评.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "自评.xlsx").worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["单位", "项目名称", "全年预算数（万元）", "全年执行数（万元）", "执行率", "得分"]
    assert rows[1][2:] == [60, 58.5, "97.5%", 96.75]
    assert rows[-1][:2] == ["合计", "2 个项目"]


def test_the_sums_of_an_overview_leave_out_what_is_no_amount() -> None:
    found = tuple(lines(SELF, SELF.reports[0]))
    assert sum_line(found)[2:5] == ("96.5", "58.5", "97.5%")


def test_a_report_nobody_has_begun_prints_as_a_form_to_fill_in() -> None:
    rows = rows_of(replace(SELF, reports=()), "self-evaluation")
    assert rows[10] == ("产出指标", "数量指标", "培训农户人次", "≥1200人次", "", "", "", "")
    assert rows[-1] == ("总分", "100", "", "")


def test_an_unknown_form_and_an_unknown_kind_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"没有名为「selfevaluation」的表式.*monitoring、self-evaluation"):
        write_report(SELF, "selfevaluation", tmp_path / "自评.docx")
    with pytest.raises(UserError, match=r"「项目支出绩效自评表」不能导出为「自评\.json」这种类型"):
        write_report(SELF, "self-evaluation", tmp_path / "自评.json")
    assert list(tmp_path.iterdir()) == []


def test_every_form_is_whole() -> None:
    assert form_ids() == ("monitoring", "self-evaluation")
    assert {load_form(form).kind for form in form_ids()} == {"自评", "监控"}
    assert FORMS.is_dir()


# the law


def printed(draft: Draft, report: Report, form_id: str) -> list[object]:
    """What the form prints of a draft, by the fields that it names itself."""
    return printed_in(load_form(form_id), draft, report)


def printed_in(form: ReportForm, draft: Draft, report: Report) -> list[object]:
    found: list[object] = []
    for project, result in shown(draft, report):
        ones = {one.indicator_id: one for one in result.indicators}
        own = [fieldpath.get(project, name) for name in form.fields("project")]
        own.append(grade_of(report, result) if GRADE in field_names((form.table,)) else "")
        names = form.fields("fund")
        funds = [tuple(getattr(fund, name) for name in names) for fund in result.funds] if names else []
        rows = [
            (
                *(getattr(row, name) for name in form.fields("row")),
                *(getattr(ones[row.id], name) for name in form.fields("one")),
            )
            for row in project.indicators
        ]
        found.append((own, [getattr(result, name) for name in form.fields("result")], funds, rows))
    return found


def tidy(value: object) -> object:
    """White space at the ends of lines and cells, and empty lines, no reader can tell."""
    if isinstance(value, str):
        return "\n".join(line.strip() for line in value.split("\n") if line.strip())
    if isinstance(value, Sequence):
        return [tidy(part) for part in value]
    return value


def comes_back(draft: Draft, report: Report, form_id: str, suffix: str, folder: Path) -> None:
    path = folder / f"报告{suffix}"
    path.write_bytes(report_bytes(draft, report, load_form(form_id), suffix))
    found = read_file(path)
    assert found.is_report
    (read,) = found.draft.reports
    assert (read.kind, read.year or report.year, read.form) == (report.kind, report.year, form_id)
    assert tidy(printed(found.draft, read, form_id)) == tidy(printed(draft, report, form_id))
    assert found.draft.document.unplaced == ()


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
@pytest.mark.parametrize(("draft", "form_id"), [(SELF, "self-evaluation"), (RUNNING, "monitoring")])
def test_what_was_written_is_read_back(draft: Draft, form_id: str, suffix: str, tmp_path: Path) -> None:
    comes_back(draft, draft.reports[0], form_id, suffix, tmp_path)
    read = read_file(tmp_path / f"报告{suffix}").draft.reports[0]
    assert read.as_of == draft.reports[0].as_of


def told(draft: Draft) -> Draft:
    """Documents of this unit with projects and rows that have names: what a clerk writes a report of."""
    projects = tuple(
        replace(
            project,
            name=project.name.strip() or f"项目{place}",
            goals_numbering="{n}.",
            indicators=tuple(
                replace(row, tier1=row.tier1 or "产出指标", name=f"指标{at}")
                for at, row in enumerate(project.indicators)
            ),
        )
        for place, project in enumerate(draft.document.projects, 1)
    )
    return replace(draft, document=replace(draft.document, projects=projects))


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
@pytest.mark.parametrize("form_id", form_ids())
@settings(max_examples=25, deadline=None)
@given(drawn=drafts())
def test_the_law_holds_for_any_draft(
    form_id: str, suffix: str, tmp_path_factory: pytest.TempPathFactory, drawn: Draft
) -> None:
    draft = told(drawn)
    kind = load_form(form_id).kind
    if not any(project.indicators for project in draft.document.projects):
        return
    found = next((report for report in draft.reports if report.kind == kind), Report("r9", kind, 2025))
    results = tuple(clean(result) for result in found.projects)
    report = replace(found, year=found.year or 2025, state="草稿", projects=results)
    rows = tuple(project for project in draft.document.projects if project.indicators)
    draft = replace(draft, document=replace(draft.document, projects=rows))
    kept = {project.id for project in rows}
    report = replace(report, projects=tuple(result for result in report.projects if result.project_id in kept))
    comes_back(draft, report, form_id, suffix, tmp_path_factory.mktemp("law"))


def clean(result: ProjectResult) -> ProjectResult:
    """Funds as the window makes them: the four rows under their own names; rows that are there."""
    from models.reports.results import FUND_NAMES

    funds = tuple(replace(fund, name=name) for fund, name in zip(result.funds, FUND_NAMES, strict=False))
    funds = funds if len(funds) == len(FUND_NAMES) else ()
    return replace(
        result, funds=funds, indicators=tuple(one for one in result.indicators if one.indicator_id != "gone")
    )


def test_a_document_without_projects_makes_an_empty_report() -> None:
    draft = Draft(GoalDocument(year=2025))
    assert build_report(draft, report_of(draft, "self-evaluation"), load_form("self-evaluation")) == ()
    assert FundResult().name == ""


def test_several_projects_begin_with_a_page_of_them_all(tmp_path: Path) -> None:
    form = load_form("self-evaluation")
    word = docx.Document(io.BytesIO(report_bytes(SELF, SELF.reports[0], form, ".docx")))
    assert word.paragraphs[0].text == "自评总览"
    first = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert first[1] == ["云泽县农业技术推广中心", "农业技术培训项目", "60", "58.5", "97.5%", "96.75"]
    assert first[-1][0] == "合计"
    assert len(report_bytes(SELF, SELF.reports[0], form, ".docx", "p1")) > 0
    alone = docx.Document(io.BytesIO(report_bytes(SELF, SELF.reports[0], form, ".docx", "p1")))
    assert alone.paragraphs[0].text == form.title


def test_the_sums_of_a_workbook_are_formulas_that_carry_their_results() -> None:
    data = report_bytes(SELF, SELF.reports[0], load_form("self-evaluation"), ".xlsx")
    shown, made = (openpyxl.load_workbook(io.BytesIO(data), data_only=only)["项目总览"] for only in (True, False))
    last = shown.max_row
    amounts = [[shown.cell(row, column).value or 0 for row in range(2, last)] for column in (3, 4)]
    assert [made.cell(last, column).value for column in (3, 4)] == [
        f"=SUM({letter}2:{letter}{last - 1})" for letter in "CD"
    ]
    assert [shown.cell(last, column).value for column in (3, 4)] == [pytest.approx(sum(each)) for each in amounts]
    assert {shown.cell(2, column).number_format for column in (3, 4)} == {"#,##0.00"}
    assert shown.cell(2, 3).alignment.horizontal == "right"
