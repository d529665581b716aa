"""From a report to blocks: each project's table as its form lays it out, every word with the field it shows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporters.table_builder import IndicatorRecord, ProjectRecord, Record, drawn
from models.document.blocks import Block, Cell, PageBreak, Paragraph, Role, Row, Table, paragraph
from models.document.template import Page, Template
from models.document.tree import Draft, FundResult, IndicatorResult, Project, ProjectResult, Report
from models.reports.report_form import GRADE, ReportForm, fund_name, grade_of, shown, title_line
from models.reports.report_lines import header, lines_of, sum_line


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
    pairs = list(shown(draft, report))
    blocks: list[Block] = list(_overview(draft, report, form, pairs)) if several else []
    for project, result in pairs:
        if not project_id or project.id == project_id:
            if blocks:
                blocks.append(PageBreak())
            blocks += _page(draft, report, form, project, result)
    return tuple(blocks)


_OVERVIEW = (2600, 4100, 1700, 1700, 1400, 1256)
_OVERVIEW_WITH_GRADE = (2500, 3700, 1600, 1600, 1300, 1156, 900)
"""Widths in twips; as wide as the other tables."""


def _overview(
    draft: Draft, report: Report, form: ReportForm, pairs: Sequence[tuple[Project, ProjectResult]]
) -> Iterator[Block]:
    """The page of all projects; nothing for a single one."""
    found = tuple(lines_of(pairs, report))
    if len(found) < 2:
        return
    yield paragraph(f"{form.kind}总览", Role.PART_NAME)
    if line := title_line(form, report, draft):
        yield paragraph(line, Role.PROJECT_TITLE)
    texts = [header(report), *(line.cells() for line in found), sum_line(found)]
    rows = (
        Row(tuple(Cell((paragraph(text, Role.CELL_VALUE),), role=Role.CELL_VALUE) for text in cells)) for cells in texts
    )
    yield Table(tuple(rows), _OVERVIEW_WITH_GRADE if report.grades else _OVERVIEW, header_rows=1)


def _page(draft: Draft, report: Report, form: ReportForm, project: Project, result: ProjectResult) -> Iterator[Block]:
    """One project's table below its title."""
    yield paragraph(form.title, Role.PART_NAME)
    if line := title_line(form, report, draft):
        yield paragraph(line, Role.PROJECT_TITLE)
    yield drawn(form.table, _PageRecord(report, project, result))


class _PageRecord(Record):
    """A project with what a report says of it."""

    def __init__(self, report: Report, project: Project, result: ProjectResult) -> None:
        self._project, self._result = project, result
        self._goal_side = ProjectRecord(project, f"projects[{project.id}]")
        self._here = f"reports[{report.id}].projects[{project.id}]"
        self._grade = grade_of(report, result)

    def words(self, field: str) -> tuple[str, str]:
        owner, _, name = field.partition(".")
        if owner == "project":
            return self._goal_side.words(name)
        if field == GRADE:
            return self._grade, f"{self._here}.total"
        return getattr(self._result, name), f"{self._here}.{name}"

    def content(self, field: str, role: Role) -> tuple[Paragraph, ...]:
        owner, _, name = field.partition(".")
        return self._goal_side.content(name, role) if owner == "project" else super().content(field, role)

    def parts(self, each: str) -> Sequence[Record]:
        if each == "funds":
            return [
                _FundRecord(fund, place, f"{self._here}.funds[{place}]")
                for place, fund in enumerate(self._result.funds)
            ]
        ones = {one.indicator_id: one for one in self._result.indicators}
        found: list[Record] = []
        for row in self._project.indicators:
            goal_side = IndicatorRecord(row, f"projects[{self._project.id}].indicators[{row.id}]")
            one = ones.get(row.id, IndicatorResult(row.id))
            found.append(_RowRecord(goal_side, one, f"{self._here}.indicators[{row.id}]"))
        return found


class _FundRecord(Record):
    """A row of funds."""

    def __init__(self, fund: FundResult, place: int, path: str) -> None:
        self._fund, self._place, self._path = fund, place, path

    def words(self, field: str) -> tuple[str, str]:
        name = field.partition(".")[2]
        text = fund_name(self._fund.name, self._place) if name == "name" else getattr(self._fund, name)
        return text, f"{self._path}.{name}"


class _RowRecord(Record):
    """A target and what was reached of it."""

    def __init__(self, goal_side: IndicatorRecord, one: IndicatorResult, path: str) -> None:
        self._goal_side, self._one, self._path = goal_side, one, path

    def words(self, field: str) -> tuple[str, str]:
        if field.startswith("row."):
            return self._goal_side.words(field[4:])
        name = field[4:]  # behind «one.»
        return getattr(self._one, name), f"{self._path}.{name}"
