"""From a report to blocks: each project's table as its form lays it out, every word with the field it shows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from models.document.blocks import (
    Block,
    Cell,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Span,
    SpanRole,
    Table,
    paragraph,
    paragraphs,
)
from models.document.numbering import draw
from models.document.template import Page, Template
from models.document.tree import Draft, FundResult, Indicator, IndicatorResult, Project, ProjectResult, Report
from models.reports.report_form import (
    Cells,
    ReportCell,
    ReportForm,
    Section,
    fund_name,
    project_text,
    shown,
    title_line,
)
from models.reports.report_lines import HEADER, lines, sum_line

_ROLES = {"label": Role.CELL_LABEL, "value": Role.CELL_VALUE, "text": Role.CELL_TEXT}
_Fill = Callable[[ReportCell], tuple[Paragraph, ...]]


def landscape(template: Template) -> Template:
    """The same form on a page turned by a quarter."""
    page = template.page
    turned: Page = replace(
        page,
        width=page.height,
        height=page.width,
        margin_top=page.margin_left,
        margin_bottom=page.margin_right,
        margin_left=page.margin_top,
        margin_right=page.margin_bottom,
    )
    return replace(template, page=turned)


def build_report(
    draft: Draft, report: Report, form: ReportForm, project_id: str = "", *, with_overview: bool = False
) -> tuple[Block, ...]:
    """The blocks of a report, each project on a page of its own; of one project alone where its id is given.

    `with_overview`: before several projects a page with a line for each.
    """
    several = with_overview and not project_id
    blocks: list[Block] = list(_overview(draft, report, form)) if several else []
    for project, result in shown(draft, report):
        if not project_id or project.id == project_id:
            if blocks:
                blocks.append(PageBreak())
            blocks += _Page(draft, report, form, project, result).blocks()
    return tuple(blocks)


_OVERVIEW = (2600, 4100, 1700, 1700, 1400, 1256)
"""Widths in twips; as wide as the other tables."""


def _overview(draft: Draft, report: Report, form: ReportForm) -> Iterator[Block]:
    """The page of all projects; nothing for a single one."""
    found = tuple(lines(draft, report))
    if len(found) < 2:
        return
    yield paragraph(f"{form.kind}总览", Role.PART_NAME)
    if line := title_line(form, report, draft):
        yield paragraph(line, Role.PROJECT_TITLE)
    texts = [HEADER, *(line.cells() for line in found), sum_line(found)]
    rows = (
        Row(tuple(Cell((paragraph(text, Role.CELL_VALUE),), role=Role.CELL_VALUE) for text in cells)) for cells in texts
    )
    yield Table(tuple(rows), _OVERVIEW, header_rows=1)


class _Page:
    """One project's table."""

    def __init__(self, draft: Draft, report: Report, form: ReportForm, project: Project, result: ProjectResult) -> None:
        self._draft, self._report, self._form = draft, report, form
        self._project, self._result = project, result
        self._here = f"reports[{report.id}].projects[{project.id}]"
        self._ones = {one.indicator_id: one for one in result.indicators}

    def blocks(self) -> Iterator[Block]:
        yield paragraph(self._form.title, Role.PART_NAME)
        if line := title_line(self._form, self._report, self._draft):
            yield paragraph(line, Role.PROJECT_TITLE)
        yield Table(tuple(self._rows()), self._form.columns)

    def _rows(self) -> Iterator[Row]:
        for section in self._form.sections:
            if section.group:
                yield from self._group(section)
            else:
                yield from (Row(tuple(self._cells(row, self._own))) for row in section.rows)

    def _group(self, section: Section) -> Iterator[Row]:
        body = list(self._body(section))
        label = section.group.format(amount_unit=self._project.amount_unit)
        group = Cell((paragraph(label, Role.CELL_LABEL),), 1, len(body) + 1, Role.CELL_LABEL)
        yield Row((group, *self._cells(section.header, self._own)))
        yield from (Row(tuple(cells)) for cells in body)

    def _body(self, section: Section) -> Iterator[list[Cell]]:
        if section.each == "funds":
            for place, fund in enumerate(self._result.funds):
                yield self._cells(section.row, lambda cell, at=place, one=fund: self._fund(cell, at, one))  # type: ignore[misc]
        elif section.each == "indicators":
            yield from self._indicators(section.row, self._project.indicators)
        else:
            yield self._cells(section.row, self._own)

    def _indicators(self, cells: Cells, rows: Sequence[Indicator]) -> Iterator[list[Cell]]:
        tiers: dict[str, Sequence[object]] = {
            "row.tier1": [row.tier1 for row in rows],
            "row.tier2": [(row.tier1, row.tier2) for row in rows],
        }
        for place, row in enumerate(rows):
            found = []
            for cell in cells:
                spans = _span(tiers[cell.field], place) if cell.merge else 1
                if spans:
                    found.append(_made(cell, self._indicator(cell, row), spans))
            yield found

    def _cells(self, cells: Cells, fill: _Fill) -> list[Cell]:
        return [_made(cell, fill(cell)) for cell in cells]

    def _own(self, cell: ReportCell) -> tuple[Paragraph, ...]:
        """A label, or what is the project's or its result's own."""
        role = _ROLES[cell.align]
        if cell.label is not None:
            return (paragraph(cell.label, role),)
        owner, _, name = cell.field.partition(".")
        if owner == "result":
            return paragraphs(getattr(self._result, name), role, f"{self._here}.{name}")
        if name == "goals":
            return tuple(self._goals(role)) or (paragraph("", role),)
        return paragraphs(project_text(self._project, name), role, self._path_of_project(name))

    def _path_of_project(self, name: str) -> str:
        here = f"projects[{self._project.id}]"
        if hasattr(self._project, "details") and name in ("department", "implementing_unit"):
            return f"{here}.details.{name}"
        return {"implementing_unit": f"{here}.unit.name", "department": here}.get(name, f"{here}.{name}")

    def _goals(self, role: Role) -> Iterator[Paragraph]:
        for place, goal in enumerate(self._project.goals):
            path = f"projects[{self._project.id}].goals[{place}]"
            first, *rest = goal.split("\n")
            marker = Span(draw(self._project.goals_numbering, place + 1), None, SpanRole.NUMBER)
            yield Paragraph((marker, Span(first, path)), role)
            yield from (paragraph(line, role, path) for line in rest)

    def _fund(self, cell: ReportCell, place: int, fund: FundResult) -> tuple[Paragraph, ...]:
        name = cell.field.partition(".")[2]
        text = fund_name(fund.name, place) if name == "name" else getattr(fund, name)
        return paragraphs(text, _ROLES[cell.align], f"{self._here}.funds[{place}].{name}")

    def _indicator(self, cell: ReportCell, row: Indicator) -> tuple[Paragraph, ...]:
        owner, _, name = cell.field.partition(".")
        role = _ROLES[cell.align]
        if owner == "row":
            return paragraphs(getattr(row, name), role, f"projects[{self._project.id}].indicators[{row.id}].{name}")
        one = self._ones.get(row.id, IndicatorResult(row.id))
        return paragraphs(getattr(one, name), role, f"{self._here}.indicators[{row.id}].{name}")


def _made(cell: ReportCell, content: tuple[Paragraph, ...], rows: int = 1) -> Cell:
    return Cell(content, cell.columns, rows, _ROLES[cell.align])


def _span(values: Sequence[object], place: int) -> int:
    """How many rows from that one on are equal; 0 inside a run."""
    if place and values[place] == values[place - 1]:
        return 0
    return next((at for at in range(place, len(values)) if values[at] != values[place]), len(values)) - place
