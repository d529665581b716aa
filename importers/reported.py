"""A draft from a filled 自评表 or 监控表: the targets become its goal side, the results a report of their own."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from importers.announced_reports import is_own_line
from importers.read_reports import ReadReport, ReadReports
from importers.recognise import Recognition
from importers.report import Kind, Note, Report, shortened
from importers.report_labels import DETAILS, load_labels
from importers.report_tables import read_reports
from importers.table_grid import squeeze
from importers.whole_department import with_whole, words_of_whole
from models.document import fieldpath
from models.document.blocks import Block
from models.document.template import Template
from models.document.tree import NO_DETAILS, Details, Draft, GoalDocument, Project, ProjectResult, ReportKind, Unit
from models.document.tree import Report as YearReport
from models.reports import scoring
from models.reports.report_form import USUAL, ReportForm, grade_of, shown

_YEAR = re.compile(r"(20\d{2})\s*年")
_AS_OF = re.compile(r"(?:截至|截止|至)\s*(?:(20\d{2})\s*年)?\s*(\d{1,2})\s*月")
_FISCAL = ("财政", "公共预算", "拨款")
_AMOUNT_UNIT_LINE = re.compile(r"(?:金额)?单位\s*[：:]\s*(亿元|万元|千元|元)")


def reported(
    blocks: Sequence[Block], template: Template, announced: tuple[ReportForm, ReadReports] | None = None
) -> tuple[Recognition, YearReport]:
    """(the goal side and the notes on it, the report). Its ids are those of the goal side's parts. `announced`: what was read by
    the layout of a form of the user's own."""
    form, found = announced or (None, read_reports(blocks))
    title = " ".join(found.lines)
    year = next((int(year[1]) for year in _YEAR.finditer(title)), None)
    monitoring = any(project.is_monitoring for project in found.projects)
    monitoring |= form is None and any(word in title for word in load_labels().monitoring)
    amount_unit = next((unit[1] for unit in _AMOUNT_UNIT_LINE.finditer(title)), "")
    whole_year = form is None or "year_start" not in form.fields("fund")
    projects, results = [], []
    for place, read in enumerate(found.projects, 1):
        projects.append(_project(read, f"p{place}", amount_unit or template.amount_units[0], whole_year))
        results.append(_result(read, f"p{place}"))
    kind: ReportKind = "监控" if monitoring else "自评"
    report = YearReport(
        *("r1", kind, year, _as_of(title, year, found.month if monitoring else 0), form.id if form else USUAL[kind]),
        projects=tuple(results),
    )
    if form is not None:
        found.lines = [line for line in found.lines if not is_own_line(line, form)]
    unplaced = (*_unplaced(found), *(words for read in found.wholes for words in words_of_whole(read, kind)))
    document = GoalDocument(template.id, year, _unit(projects), projects=tuple(projects), unplaced=unplaced)
    document = with_whole(document, found.wholes, template)
    stated = {f"p{place}": grade for place, read in enumerate(found.projects, 1) if (grade := _grade(read))}
    document, report, graded_notes = _graded(document, report, stated)
    return Recognition(document, Report((*_notes(found, kind, year, document), *graded_notes))), report


def _as_of(title: str, year: int | None, month: int) -> str:
    """«2025-07» of «截至2025年7月», else of the month in the headers («1-7月执行数»)."""
    found = _AS_OF.search(title)
    if found is not None and 1 <= int(found[2]) <= 12:
        month, year = int(found[2]), int(found[1]) if found[1] else year
    if not month:
        return ""
    return f"{year}-{month:02}" if year else f"{month}月"


def _project(read: ReadReport, project_id: str, amount_unit: str, whole_year: bool) -> Project:
    """`whole_year`: the budget of the whole year stands for that of its start where none is written."""
    texts, funds = read.texts, {fund.name: fund for fund in read.funds}
    total = read.funds[0] if read.funds else None
    fiscal = next((fund for fund in read.funds[1:] if any(word in fund.name for word in _FISCAL)), None)
    other = funds.get("其他资金")
    amounts: dict[str, Any] = {
        name: (fund.year_start or (fund.full_year if whole_year else "")) if fund else ""
        for name, fund in (("budget", total), ("fiscal_funds", fiscal), ("other_funds", other))
    }
    project = Project(
        project_id,
        unit=Unit("", texts.get("implementing_unit", "")),
        amount_unit=read.amount_unit or amount_unit,
        code=texts.get("code", ""),
        name=texts.get("name", ""),
        **amounts,
        goals_numbering=read.goals_numbering,
        goals=read.goals,
        indicators=tuple(row for row, _result in read.rows),
        details=_details(texts),
    )
    for path, text in read.fields.items():
        project = fieldpath.replace(project, path, text)
    return project


def _details(texts: dict[str, str]) -> Details:
    """The columns of a project that stand above its results."""
    said = {name: texts[name] for name in DETAILS if texts.get(name)}
    department = texts.get("department") or texts.get("whole", "")
    return Details(department=department, **said) if department or said else NO_DETAILS


def _grade(read: ReadReport) -> str:
    """«优» of «优秀»; "" for words that are no grade."""
    return load_labels().grades.get(squeeze(read.texts.get("grade", "")), "")


def _result(read: ReadReport, project_id: str) -> ProjectResult:
    texts: dict[str, Any] = {
        name: read.texts.get(name, "") for name in ("actual_goals", "reason", "conclusion", "problems", "improvements")
    }
    if not _grade(read):
        texts["conclusion"] = "\n".join(filter(None, (texts["conclusion"], read.texts.get("grade", ""))))
    rows = tuple(result for _row, result in read.rows)
    total = read.total or read.texts.get("total", "")
    return ProjectResult(project_id, tuple(read.funds), total=total, indicators=rows, **texts)


def _unit(projects: Sequence[Project]) -> Unit:
    named = {project.unit for project in projects if project.unit != Unit()}
    return named.pop() if len(named) == 1 else Unit()


def _unplaced(found: ReadReports) -> Iterator[str]:
    titles = load_labels().titles
    for line in found.lines:
        is_title = any(word in line for word in titles) or _YEAR.search(line) or _AMOUNT_UNIT_LINE.search(line)
        if not (is_title and len(line) < 40):
            yield line
    for read in found.projects:
        yield from read.stray
    for read in found.projects:
        whole, total = read.texts.get("whole"), read.texts.get("total")
        if whole and read.texts.get("department", whole) != whole:
            yield f"部门名称：{whole}"
        if total and read.total and total != read.total:
            yield f"自评总分：{total}"


def _notes(found: ReadReports, kind: str, year: int | None, document: GoalDocument) -> Iterator[Note]:
    rows = sum(len(read.rows) for read in found.projects)
    actual = sum(bool(result.actual.strip()) for read in found.projects for _row, result in read.rows)
    if found.projects:
        yield Note(Kind.FOUND, f"{kind}表：{len(found.projects)} 个项目，{rows} 行指标，其中 {actual} 行填了完成情况。")
    for whole in found.wholes:
        words = f"部门整体支出{kind}表：目标和 {len(whole.tasks)} 项任务放进第一部分，{len(whole.rows)} 行指标和资金没有对应栏目，已保留。"
        yield Note(Kind.FOUND, words, "overall_goal")
    yield Note(Kind.SOURCE, f"年度：{year} 年，在表的标题里。" if year else "年度：表里没有写明，请核对。")
    for words in document.unplaced:
        yield Note(Kind.UNPLACED, f"没有归位的文字，已保留：「{shortened(words)}」")


def _graded(
    document: GoalDocument, report: YearReport, stated: Mapping[str, str]
) -> tuple[GoalDocument, YearReport, list[Note]]:
    """(the document, the report with the standard by which all of its totals have the grades that are `stated` by the ids of
    projects, notes). Where none is such a standard the grades are kept among the words without a place."""
    if not stated:
        return document, report, []
    fitting = [one for one in scoring.load_scoring().grades if not list(_differing(document, report, stated, one.id))]
    if fitting:
        others = "；也与另外的标准一致，可以在自评页改" if len(fitting) > 1 else ""
        words = f"表里的等级与「{fitting[0].name}」一致，已按它评等级{others}。"
        return document, replace(report, grades=fitting[0].id), [Note(Kind.HINT, words, f"reports[{report.id}].grades")]
    names = {project.id: project.name or "（未命名）" for project in document.projects}
    kept = tuple(f"项目「{names[project_id]}」的等级：{grade}" for project_id, grade in stated.items())
    notes = [Note(Kind.HINT, "；".join(_differing(document, report, stated, "")), f"reports[{report.id}].grades")]
    return replace(document, unplaced=(*document.unplaced, *kept)), report, notes


def _differing(document: GoalDocument, report: YearReport, stated: Mapping[str, str], grades_id: str) -> Iterator[str]:
    """A sentence for each project whose total has another grade by that standard; by "" for each."""
    by = replace(report, grades=grades_id)
    for project, result in shown(Draft(document, reports=(by,)), by):
        wanted = stated.get(project.id)
        if wanted and grade_of(by, result) != wanted:
            total = f"总分 {result.total}" if result.total else "没有总分"
            yield f"「{project.name or '（未命名）'}」{total}，表里的等级「{wanted}」与已知的等级标准都对不上，已保留，请核对"
