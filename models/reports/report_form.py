"""The layout of a report as data (`resources/results/forms/`), and what of a draft it prints."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from models.document.tree import Draft, FundResult, IndicatorResult, Project, ProjectResult, Report, ReportKind
from models.errors import UserError
from models.reports import scoring
from models.reports.results import FUND_NAMES, results_by_id, shown_projects
from resources import ROOT

FORMS = ROOT / "results" / "forms"
USUAL: Mapping[ReportKind, str] = {"自评": "self-evaluation", "监控": "monitoring"}
"""The form each kind of report is printed in."""

_OF_WHICH = "其中："


@dataclass(frozen=True, slots=True)
class ReportCell:
    """A label, or a field below `project`, `result`, `fund`, `row` or `one`. `merge`: equal neighbours below are one cell."""

    label: str | None
    field: str
    columns: int
    align: str
    merge: bool


Cells = tuple[ReportCell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of labels and fields; or a `group` on the left over a header and a row for `each` fund or indicator, or for one."""

    rows: tuple[Cells, ...]
    group: str
    each: str
    header: Cells
    row: Cells


@dataclass(frozen=True, slots=True)
class ReportForm:
    """`columns`: widths in twips. `line`: the second line of the title."""

    id: str
    name: str
    kind: ReportKind
    title: str
    line: str
    columns: tuple[int, ...]
    sections: tuple[Section, ...]

    def fields(self, owner: str) -> tuple[str, ...]:
        """The fields of `project`, `result`, `fund`, `row` or `one` it prints."""
        cells = (cell for section in self.sections for row in (*section.rows, section.row) for cell in row)
        return tuple(cell.field.partition(".")[2] for cell in cells if cell.field.startswith(f"{owner}."))


@cache
def load_form(form_id: str) -> ReportForm:
    """The form of that id. UserError where there is none, or its file cannot be used: file, key and what is wrong."""
    if form_id not in form_ids():
        raise UserError(f"没有名为「{form_id[:60]}」的表式，已安装的有：{'、'.join(form_ids())}。")
    file = FORMS / f"{form_id}.toml"
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        form = ReportForm(
            *(values["id"], values["name"], values["kind"], values["title"], values["line"]),
            tuple(values["columns"]),
            tuple(map(_section, values["sections"])),
        )
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"表式文件 {file} 不是正确的 TOML：{error}") from None
    except KeyError as error:
        raise UserError(f"表式文件 {file} 的「{error.args[0]}」缺失，请改正后重新打开程序。") from None
    _check(form, file)
    return form


@cache
def form_ids() -> tuple[str, ...]:
    """The ids of all forms of reports, sorted."""
    return tuple(sorted(file.stem for file in FORMS.glob("*.toml")))


def _section(value: dict[str, Any]) -> Section:
    rows = tuple(tuple(map(_cell, row)) for row in value.get("rows", ()))
    header, row = (tuple(map(_cell, value.get(name, ()))) for name in ("header", "row"))
    return Section(rows, value.get("group", ""), value.get("each", ""), header, row)


def _cell(value: dict[str, Any]) -> ReportCell:
    align = value.get("align", "value" if "field" in value else "label")
    return ReportCell(
        value.get("label"), value.get("field", ""), value.get("columns", 1), align, value.get("merge", False)
    )


def _check(form: ReportForm, file: Path) -> None:
    """Every row fills the grid exactly."""
    for place, section in enumerate(form.sections):
        grid = len(form.columns) - bool(section.group)
        for row in (*section.rows, section.header, section.row):
            width = sum(cell.columns for cell in row)
            if row and width != grid:
                raise UserError(f"表式文件 {file} 的「sections[{place}]」合计 {width} 列，应为 {grid} 列。")


def shown(draft: Draft, report: Report) -> Iterator[tuple[Project, ProjectResult]]:
    """Every project with what a report prints of it: what was typed, the rates and the total that follow from it, and the
    first amounts of the year, which are the project's own."""
    for project, result in shown_projects(draft.document, report):
        results = results_by_id(result)
        rows = tuple(results.get(row.id, IndicatorResult(row.id)) for row in project.indicators)
        weighed = (
            replace(one, weight=one.weight or row.weight) for one, row in zip(rows, project.indicators, strict=True)
        )
        funds = tuple(shown_funds(project, result))
        total = result.total or _sum(project, result)
        yield project, replace(result, funds=funds, total=total, indicators=tuple(weighed))


def shown_funds(project: Project, result: ProjectResult) -> Iterator[FundResult]:
    """The rows of funds with what follows: the budget at the start of the year from the project, the rate from the amounts."""
    own = (project.budget, project.fiscal_funds, getattr(_details(project), "carry_over", ""), project.other_funds)
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


def _details(project: Project) -> Any:
    """主管部门 and the like, which few forms have."""
    return getattr(project, "details", None)


def project_text(project: Project, field: str) -> str:
    """What stands in a cell of the project's own."""
    if field == "department":
        return str(getattr(_details(project), "department", ""))
    if field == "implementing_unit":
        return str(getattr(_details(project), "implementing_unit", "")) or project.unit.name
    return "\n".join(project.goals) if field == "goals" else str(getattr(project, field))


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
    """«2025-07» as «2025年7月»; anything else as it is."""
    year, _, month = as_of.partition("-")
    return f"{year}年{int(month)}月" if year.isdigit() and month.isdigit() else as_of
