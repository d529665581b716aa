"""The results of a report beside the targets they speak of: found, made where one types, kept where a target goes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace

from models.document import fieldpath
from models.document.tree import (
    Draft,
    FundResult,
    GoalDocument,
    Indicator,
    IndicatorResult,
    Project,
    ProjectResult,
    Report,
    ReportKind,
    new_id,
)

FUND_NAMES = ("年度资金总额", "当年财政拨款", "上年结转资金", "其他资金")
"""The rows of a project's funds, the total first."""


def new_report(document: GoalDocument, kind: ReportKind, as_of: str = "") -> Report:
    """An empty report of the document's year."""
    return Report(new_id("r"), kind, document.year, as_of)


def report_of(draft: Draft, kind: ReportKind) -> Report | None:
    """The draft's latest report of that kind."""
    return next((report for report in reversed(draft.reports) if report.kind == kind), None)


def result_of(report: Report, project_id: str) -> ProjectResult:
    """What the report says of a project; an empty result where it says nothing yet."""
    return next((one for one in report.projects if one.project_id == project_id), ProjectResult(project_id))


def results_by_id(result: ProjectResult) -> dict[str, IndicatorResult]:
    """The results of a project's rows, by the ids of their indicators."""
    return {one.indicator_id: one for one in result.indicators}


def shown_projects(document: GoalDocument, report: Report) -> Iterator[tuple[Project, ProjectResult]]:
    """Every project with its results, targets as the report shows them: a final one those it was closed with, a draft today's.

    Projects and rows that are gone follow those that are there, where something was written of them.
    """
    known = {one.project_id: one for one in report.projects}
    there = set()
    for project in document.projects:
        there.add(project.id)
        result = known.get(project.id, ProjectResult(project.id))
        yield shown_project(project, result, report), result
    for result in report.projects:
        if result.project_id not in there and (result.target or says_something(result)):
            yield shown_project(None, result, report), result


def shown_project(project: Project | None, result: ProjectResult, report: Report) -> Project:
    """The project as the report shows it, with the rows that are gone behind the others."""
    closed = report.state == "定稿"
    own = (closed and result.target) or project or result.target or Project(result.project_id)
    rows = {row.id: row for row in project.indicators} if project else {}
    found: list[Indicator] = []
    if closed and result.target:
        found += [one.target or rows[one.indicator_id] for one in result.indicators if one.target or one.id in rows]
    else:
        found += rows.values()
        gone = (one for one in result.indicators if one.indicator_id not in rows)
        found += [one.target or Indicator(one.indicator_id) for one in gone if one.target or one_says_something(one)]
    return own if own.indicators == tuple(found) else replace(own, indicators=tuple(found))


def gone_rows(document: GoalDocument, report: Report) -> Iterator[tuple[str, str]]:
    """(path, name) of every result whose target is no longer in the text."""
    projects = {project.id: {row.id for row in project.indicators} for project in document.projects}
    for result in report.projects:
        here = f"reports[{report.id}].projects[{result.project_id}]"
        if result.project_id not in projects:
            if result.target or says_something(result):
                yield here, result.target.name if result.target else ""
            continue
        for one in result.indicators:
            if one.indicator_id not in projects[result.project_id] and (one.target or one_says_something(one)):
                yield f"{here}.indicators[{one.indicator_id}]", one.target.name if one.target else ""


def one_says_something(one: IndicatorResult) -> bool:
    """Whether anything was written of the row."""
    return any(getattr(one, field.name) for field in fields(one) if field.name not in ("indicator_id", "target"))


def says_something(result: ProjectResult) -> bool:
    """Whether anything was written of the project."""
    own = any(
        getattr(result, name) for name in ("actual_goals", "reason", "conclusion", "problems", "improvements", "total")
    )
    return own or any(map(one_says_something, result.indicators)) or any(_fund_says(fund) for fund in result.funds)


def _fund_says(fund: FundResult) -> bool:
    """The first amount of the year aside, which is the target's."""
    return any(getattr(fund, field.name) for field in fields(fund) if field.name not in ("name", "year_start"))


def has_place(draft: Draft, path: str) -> bool:
    """Whether something can be typed at the path: it leads to a field, also of a result nobody has written yet."""
    try:
        fieldpath.get(ensured(draft, path), path)
    except fieldpath.PathError:
        return False
    return True


def ensured(draft: Draft, path: str) -> Draft:
    """The draft with the result a path leads into, made where nothing was written of its target yet."""
    steps = fieldpath.parse(path)
    if steps[0].name != "reports" or len(steps) < 4 or steps[2].name != "projects":
        return draft
    report_id, project_id = steps[1].key, steps[3].key
    place = f"reports[{report_id}]"
    report: Report = fieldpath.get(draft, place)
    here = f"{place}.projects[{project_id}]"
    if all(one.project_id != project_id for one in report.projects):
        draft = fieldpath.replace(draft, f"{place}.projects", (*report.projects, ProjectResult(project_id)))
    result: ProjectResult = fieldpath.get(draft, here)
    if len(steps) < 6:
        return draft
    name, key = steps[4].name, steps[5].key
    if name == "funds" and not result.funds and key.isdigit() and int(key) < len(FUND_NAMES):
        return fieldpath.replace(draft, f"{here}.funds", tuple(map(FundResult, FUND_NAMES)))
    if name == "indicators" and all(one.indicator_id != key for one in result.indicators):
        return fieldpath.replace(draft, f"{here}.indicators", (*result.indicators, IndicatorResult(key)))
    return draft


def filled(draft: Draft, texts: Mapping[str, str]) -> Draft:
    """The draft with these texts at paths of its reports, results made where there are none yet."""
    for path in texts:
        draft = ensured(draft, path)
    return fieldpath.replace_all(draft, texts)


def closed(draft: Draft, report: Report) -> Report:
    """The report as 定稿: every target as it is now stands beside its result, whatever happens to the text later."""
    projects = []
    for project, result in shown_projects(draft.document, report):
        results = results_by_id(result)
        rows = (replace(results.get(row.id, IndicatorResult(row.id)), target=row) for row in project.indicators)
        projects.append(replace(result, indicators=tuple(rows), target=replace(project, indicators=())))
    return replace(report, state="定稿", projects=tuple(projects))


def reopened(draft: Draft, report: Report) -> Report:
    """The report as 草稿: it shows the targets of today again; those that are gone keep what is known of them."""
    there = {project.id: {row.id for row in project.indicators} for project in draft.document.projects}

    def open_result(result: ProjectResult) -> ProjectResult:
        rows = there.get(result.project_id, set())
        indicators = tuple(replace(one, target=None) if one.indicator_id in rows else one for one in result.indicators)
        is_there = result.project_id in there
        return replace(result, indicators=indicators, target=None if is_there else result.target)

    return replace(report, state="草稿", projects=tuple(map(open_result, report.projects)))


def with_report(draft: Draft, report: Report) -> Draft:
    """The draft with that report in the place of the one of its id, else behind the others."""
    if any(one.id == report.id for one in draft.reports):
        return replace(draft, reports=tuple(report if one.id == report.id else one for one in draft.reports))
    return replace(draft, reports=(*draft.reports, report))


def is_in_final_report(reports: tuple[Report, ...], path: str) -> bool:
    """Whether that path of a draft leads into a report that was closed."""
    return path.startswith(tuple(f"reports[{report.id}]" for report in reports if report.state == "定稿"))


def changes_a_final_report(before: tuple[Report, ...], after: tuple[Report, ...]) -> bool:
    """Whether a step from `before` to `after` would change or remove a final report; to reopen it is allowed."""
    if before is after:
        return False
    new = {report.id: report for report in after}
    for old in before:
        now = new.get(old.id)
        if old.state == "定稿" and now is not old and (now is None or (now != old and now.state == "定稿")):
            return True
    return False


def keeping_lost_targets(before: Draft, after: Draft) -> Draft:
    """`after` with the words of each target that went since `before` at its result, so that it stays known what it was."""
    old, new = before.document.projects, after.document.projects
    if not after.reports or old is new:
        return after
    there = {project.id: project for project in new}
    lost_rows: dict[str, dict[str, Indicator]] = {}
    lost: dict[str, Project] = {}
    for project in old:
        now = there.get(project.id)
        if now is project:
            continue
        rows = {row.id for row in now.indicators} if now else set()
        gone = {row.id: row for row in project.indicators if row.id not in rows}
        if gone:
            lost_rows[project.id] = gone
        if now is None:
            lost[project.id] = project
    if not lost_rows and not lost:
        return after
    return replace(after, reports=tuple(_with_lost(report, lost_rows, lost) for report in after.reports))


def _with_lost(report: Report, lost_rows: dict[str, dict[str, Indicator]], lost: dict[str, Project]) -> Report:
    def marked(result: ProjectResult) -> ProjectResult:
        rows, project = lost_rows.get(result.project_id, {}), lost.get(result.project_id)
        if not rows and project is None:
            return result
        indicators = tuple(_with_target(one, rows) for one in result.indicators)
        target = result.target or (replace(project, indicators=()) if project else None)
        return replace(result, indicators=indicators, target=target)

    return replace(report, projects=tuple(map(marked, report.projects)))


def _with_target(one: IndicatorResult, rows: dict[str, Indicator]) -> IndicatorResult:
    row = rows.get(one.indicator_id)
    return one if row is None or one.target is not None else replace(one, target=row)


def texts(draft: Draft) -> Iterator[tuple[str, str]]:
    """(path, text) of everything one can type into a report, in the order of the records."""
    for report in draft.reports:
        for result in report.projects:
            here = f"reports[{report.id}].projects[{result.project_id}]"
            for place, fund in enumerate(result.funds):
                yield from _typed(f"{here}.funds[{place}]", fund, ())
            yield from _typed(here, result, ("project_id",))
            for one in result.indicators:
                yield from _typed(f"{here}.indicators[{one.indicator_id}]", one, ("indicator_id",))


def _typed(
    path: str, part: FundResult | ProjectResult | IndicatorResult, without: Iterable[str]
) -> Iterator[tuple[str, str]]:
    for field in fields(part):
        value = getattr(part, field.name)
        if isinstance(value, str) and field.name not in without:
            yield f"{path}.{field.name}", value
