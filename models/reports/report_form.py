"""The layout of a report as data (`resources/results/forms/`), and what of a draft it prints."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from models.document.table_layout import FormTable, Records, field_names, read_tables
from models.document.template import FORM_FILE, form_kinds
from models.document.toml_values import read_toml_values
from models.document.tree import (
    Draft,
    FundResult,
    Indicator,
    IndicatorResult,
    Project,
    ProjectResult,
    Report,
    ReportKind,
)
from models.document.values import parse_number
from models.errors import UserError
from models.reports import scoring
from models.reports.results import FUND_NAMES, results_by_id, shown_projects
from resources import ROOT

FORMS = ROOT / "results" / "forms"
USUAL: Mapping[ReportKind, str] = {"自评": "self-evaluation", "监控": "monitoring"}
"""The form each kind of report is printed in."""

GRADE = "grade"
"""The field that no record holds: 等级."""
_OF_WHICH = "其中："
_KEYS = ("id", "name", "kind", "title", "line", "tables")


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """What the rows of a report's table show of a project. `grade`: 等级, which follows from the total."""

    project: Project
    result: ProjectResult
    grade: str = ""


@dataclass(frozen=True, slots=True)
class FundRow:
    """What a row for each fund shows."""

    fund: FundResult


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """What a row for each target shows: the target, and the one result of it."""

    row: Indicator
    one: IndicatorResult


RECORDS: Records = {"": ProjectPage, "funds": FundRow, "indicators": IndicatorRow}
_EACH = {"project": "", "result": "", "fund": "funds", "row": "indicators", "one": "indicators"}


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A layout of the forms' engine over what a report says of one project. `line`: the second line of the title; `folder`:
    where the files of a user's own form lie."""

    id: str
    name: str
    kind: ReportKind
    title: str
    line: str
    table: FormTable
    folder: Path | None = None

    def fields(self, owner: str) -> tuple[str, ...]:
        """The fields of `project`, `result`, `fund`, `row` or `one` it prints."""
        names = field_names((self.table,), _EACH[owner])
        return tuple(name.partition(".")[2] for name in names if name.startswith(f"{owner}."))


def load_form(form_id: str, own: Path | None = None) -> ReportForm:
    """The form of that id, a shipped one or one in the user's folder. UserError where there is none, or its file cannot be
    used: file, key, line and what is wrong."""
    places = _places(own)
    if form_id not in places:
        raise UserError(f"没有名为「{form_id[:60]}」的表式，已安装的有：{'、'.join(sorted(places))}。")
    file = places[form_id]
    return _read(file, form_id, file.stat().st_mtime_ns)


def form_of(report: Report, own: Path | None = None) -> ReportForm:
    """The form a report is printed in: the one that was chosen for it, else the usual one of its kind."""
    return load_form(report.form or USUAL[report.kind], own)


def load_own_forms(own: Path | None) -> tuple[ReportForm, ...]:
    """Those in the user's folder. UserError for a broken file."""
    places = _places(own)
    return tuple(load_form(form_id, own) for form_id in sorted(places) if places[form_id].name == FORM_FILE)


def _places(own: Path | None) -> dict[str, Path]:
    """The file of each form; a shipped one is not replaced."""
    found = {file.stem: file for file in FORMS.glob("*.toml")}
    for form_id, kind in form_kinds(own) if own is not None and own.is_dir() else ():
        if kind in USUAL:
            found.setdefault(form_id, own / form_id / FORM_FILE)  # type: ignore[operator]  # there is one
    return found


@cache
def _read(file: Path, form_id: str, _changed: int) -> ReportForm:
    values = read_toml_values(file)
    values.refuse_unknown(_KEYS)
    if values.text("id") != form_id:
        raise values.fault("id", f"应与文件夹的名称「{form_id}」相同")
    kind = values.text("kind")
    if kind not in USUAL:
        raise values.fault("kind", f"不能是「{kind}」，应为 {'、'.join(USUAL)}")
    tables = read_tables(values, RECORDS)
    if len(tables) != 1:
        raise values.fault("tables", "只能有一张表")
    texts = {name: values.text(name) for name in _KEYS[:-1]}
    folder = file.parent if file.name == FORM_FILE else None
    return ReportForm(**texts, table=tables[0], folder=folder)  # type: ignore[arg-type]  # the kind is one of USUAL


def form_ids(own: Path | None = None) -> tuple[str, ...]:
    """The ids of all forms of reports, sorted; `own`: the user's folder of forms."""
    return tuple(sorted(_places(own)))


def shown(draft: Draft, report: Report) -> Iterator[tuple[Project, ProjectResult]]:
    """Every project with what a report prints of it: what was typed, the rates and the total that follow from it, and the
    first amounts of the year, which are the project's own."""
    for project, result in shown_projects(draft.document, report):
        results = results_by_id(result)
        rows = tuple(results.get(row.id, IndicatorResult(row.id)) for row in project.indicators)
        weighed = (
            one if one.weight or not row.weight else replace(one, weight=row.weight)
            for one, row in zip(rows, project.indicators, strict=True)
        )
        funds = tuple(shown_funds(project, result))
        total = result.total or _sum(project, result)
        yield _with_unit(project), replace(result, funds=funds, total=total, indicators=tuple(weighed))


def _with_unit(project: Project) -> Project:
    """The project with its unit as 实施单位 where no other is named."""
    if project.details.implementing_unit or not project.unit.name:
        return project
    return replace(project, details=replace(project.details, implementing_unit=project.unit.name))


def report_title(report: Report) -> str:
    """«自评（2025年度）», «监控（截至2025年7月）», «…，已定稿»."""
    of = f"截至{month_words(report.as_of)}" if report.as_of else f"{report.year}年度" if report.year else "未写年度"
    return f"{report.kind}（{of}）{'，已定稿' if report.state == '定稿' else ''}"


def shown_funds(project: Project, result: ProjectResult) -> Iterator[FundResult]:
    """The rows of funds with what follows: the budget at the start of the year from the project, the rate from the amounts."""
    own = (project.budget, project.fiscal_funds, project.details.carry_over, project.other_funds)
    for place, fund in enumerate(result.funds or tuple(map(FundResult, FUND_NAMES))):
        is_ours = place < len(own) and fund.name == FUND_NAMES[place]
        year_start = fund.year_start or (own[place] if is_ours else "")
        rate = scoring.rate(replace(fund, year_start=year_start), project.amount_unit)
        yield replace(
            fund, year_start=year_start, rate=fund.rate or ("" if rate is None else f"{scoring.written(rate)}%")
        )


def _sum(project: Project, result: ProjectResult) -> str:
    points = scoring.points_of(project, result)
    return scoring.written(points.total) if points.typed and not points.missing else ""


def grade_of(report: Report, result: ProjectResult) -> str:
    """等级 of a project's total as the report shows it; "" where no grades are chosen, or the total is none."""
    total = parse_number(result.total)
    return "" if total is None else scoring.grade(total, report.grades)


def fund_name(name: str, place: int) -> str:
    """As printed: the first part of the total says that it is one."""
    return f"{_OF_WHICH}{name}" if place == 1 and not name.startswith(_OF_WHICH) else name


def title_line(form: ReportForm, report: Report, draft: Draft) -> str:
    """The second line of the title; without what nobody filled in."""
    year = report.year or draft.document.year
    if form.kind == "监控" and not report.as_of:
        return f"（{year or ''}年度）" if year else ""
    return form.line.format(year=year or "", as_of=month_words(report.as_of)) if year or report.as_of else ""


def month_words(as_of: str) -> str:
    """«2025-07» as «2025年7月», «7» as «7月»; anything else as it is."""
    year, _, month = as_of.partition("-")
    if year.isdecimal() and year.isascii() and not month and 1 <= int(year) <= 12:
        return f"{int(year)}月"
    return f"{year}年{int(month)}月" if year.isdigit() and month.isdigit() else as_of
