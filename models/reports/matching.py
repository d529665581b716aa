"""The results of a filled 自评表 or 监控表 brought to the draft whose targets it speaks of: matched by tier, name and place."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, TypeVar

from models.document.fieldnames import PART_LABELS
from models.document.tree import (
    Draft,
    FundResult,
    GoalDocument,
    Indicator,
    IndicatorResult,
    Project,
    ProjectResult,
    Report,
    new_id,
)
from models.document.values import in_unit, parse_number
from models.reports import results
from models.reports.report_form import grade_of, shown
from resources import ROOT

PartT = TypeVar("PartT", Project, Indicator)
_OWN = ("actual_goals", "reason", "conclusion", "problems", "improvements", "total")


@dataclass(frozen=True, slots=True)
class Filled:
    """The draft with the results, and what the user shall look at before they are taken: sentences."""

    draft: Draft
    lines: tuple[str, ...]
    unmatched: int = 0


def fill(draft: Draft, read: Draft) -> Filled | None:
    """`read`: what a filled table was read as. None where none of its projects is one of the draft's.

    A cell the table leaves empty changes nothing; one that says otherwise than the draft is named. Rows without a target of
    their own in the draft are kept with the table's words, and named: nobody guesses.
    """
    lines: list[str] = []
    unmatched = found = 0
    for report in read.reports:
        open_report = _same(draft, report)
        if open_report is not None and open_report.state == "定稿":
            lines.append(f"草稿里的{report.kind}已定稿，表里的结果没有采用。")
            continue
        mine = open_report or replace(report, id=new_id("r"), projects=(), year=report.year or draft.document.year)
        pairs = _projects(draft.document.projects, read.document.projects)
        for theirs, ours in pairs:
            result = next(one for one in report.projects if one.project_id == theirs.id)
            name = theirs.name or "（未命名）"
            if ours is None:
                unmatched += 1
                lines.append(f"项目「{name}」在草稿里没有找到，它的结果没有采用。")
                continue
            found += 1
            mine, missing = _with_result(mine, ours, theirs, result, lines)
            unmatched += missing
        mine = _with_grades(draft, mine, read, report, pairs, lines)
        draft = results.with_report(draft, mine)
    if not found:
        return None
    return Filled(_with_rest(draft, read.document, lines), tuple(lines), unmatched)


def brought(draft: Draft, read: Draft, became: Sequence[Project]) -> Draft:
    """The draft with the results of `read`, whose projects are now these of the draft, in their order."""
    pairs = list(zip(read.document.projects, became, strict=True))
    ids = {theirs.id: ours.id for theirs, ours in pairs}
    rows = {
        theirs.id: {one.id: other.id for one, other in zip(theirs.indicators, ours.indicators, strict=True)}
        for theirs, ours in pairs
    }
    for report in read.reports:
        moved = tuple(_renamed(result, ids, rows) for result in report.projects if result.project_id in ids)
        mine = _same(draft, report)
        if mine is None or mine.state == "定稿":
            mine = replace(report, id=new_id("r"), projects=(), year=report.year or draft.document.year)
        draft = results.with_report(draft, replace(mine, projects=(*mine.projects, *moved)))
    return draft


def with_known_ids(draft: Draft, read: Draft) -> Draft:
    """`read` with the ids of those parts of the draft that its own are, and fresh ids for all others: where it takes the place of
    the draft's text, results stay with their targets and go to no other."""
    paths: dict[str, str] = {}
    projects = []
    rows_of: dict[str, dict[str, str]] = {}
    for theirs, ours in _projects(draft.document.projects, read.document.projects):
        project_id = ours.id if ours else new_id("p")
        known = _rows(ours.indicators, theirs.indicators) if ours else {}
        ids = rows_of[theirs.id] = {row.id: known.get(row.id) or new_id("i") for row in theirs.indicators}
        rows = tuple(replace(row, id=ids[row.id]) for row in theirs.indicators)
        projects.append(replace(theirs, id=project_id, indicators=rows))
        old, new = f"projects[{theirs.id}]", f"projects[{project_id}]"
        paths |= {f"{old}.indicators[{before}]": f"{new}.indicators[{now}]" for before, now in ids.items()}
        paths[old] = new
    document = replace(read.document, projects=tuple(projects))
    remarks = tuple(replace(remark, path=_moved(remark.path, paths)) for remark in read.remarks)
    names = {theirs.id: project.id for theirs, project in zip(read.document.projects, projects, strict=True)}
    reports = tuple(
        replace(report, projects=tuple(_renamed(result, names, rows_of) for result in report.projects))
        for report in read.reports
    )
    return replace(read, document=document, remarks=remarks, reports=reports)


def _renamed(result: ProjectResult, names: Mapping[str, str], rows: Mapping[str, Mapping[str, str]]) -> ProjectResult:
    ids = rows.get(result.project_id, {})
    ones = tuple(replace(one, indicator_id=ids.get(one.indicator_id, one.indicator_id)) for one in result.indicators)
    return replace(result, project_id=names.get(result.project_id, result.project_id), indicators=ones)


def _moved(path: str, paths: Mapping[str, str]) -> str:
    """The path below the longest of those that were given other ids."""
    old = max((known for known in paths if path.startswith(known)), key=len, default="")
    return paths[old] + path[len(old) :] if old else path


def _with_rest(draft: Draft, read: GoalDocument, lines: list[str]) -> Draft:
    """The draft with what the table says besides its results and the draft does not: among the words without a place."""
    document = draft.document
    there = _squeezed("\n".join((document.overall_goal, *document.unplaced)))
    tasks = {_squeezed(item.heading) for item in document.sub_goals.items}
    said = [f"年度总体目标：{read.overall_goal}"] if _squeezed(read.overall_goal) not in there else []
    said += [
        f"任务「{item.heading}」：{item.text}" for item in read.sub_goals.items if _squeezed(item.heading) not in tasks
    ]
    rest = tuple(words for words in (*said, *read.unplaced) if _squeezed(words) not in there)
    if not rest:
        return draft
    if draft.state == "定稿":
        lines.append(f"文本已定稿，表里 {len(rest)} 段没有归位的文字没有放进去，请在下面核对。")
        return draft
    lines.append(f"表里 {len(rest)} 段没有归位的文字放进了「没有归位的文字」。")
    return replace(draft, document=replace(document, unplaced=(*document.unplaced, *rest)))


def _with_grades(
    draft: Draft,
    mine: Report,
    read: Draft,
    report: Report,
    pairs: Sequence[tuple[Project, Project | None]],
    lines: list[str],
) -> Report:
    """The report with the table's standard of grades where it has none; grades that differ by its own are named."""
    if not report.grades:
        return mine
    mine = mine if mine.grades else replace(mine, grades=report.grades)
    theirs = {project.id: grade_of(report, result) for project, result in shown(read, report)}
    ours = {project.id: grade_of(mine, result) for project, result in shown(draft, mine)}
    for project, own in pairs:
        if own is not None and theirs[project.id] != ours[own.id]:
            now = ours[own.id] or "没有等级"
            lines.append(f"「{own.name}」：表里的等级是「{theirs[project.id]}」，按草稿的等级标准是「{now}」，请核对。")
    return mine


def _same(draft: Draft, report: Report) -> Report | None:
    """The draft's report of that kind, year and month."""

    def is_same(one: Report) -> bool:
        years = {one.year or draft.document.year, report.year or draft.document.year}
        return one.kind == report.kind and len(years) == 1 and (one.as_of == report.as_of or not one.as_of)

    return next((one for one in reversed(draft.reports) if is_same(one)), None)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _projects(ours: Sequence[Project], theirs: Sequence[Project]) -> list[tuple[Project, Project | None]]:
    """Each project of the table with the draft's: by code, by name and unit, by name."""
    keys: tuple[Callable[[Project], str], ...] = (
        lambda project: _squeezed(project.code),
        lambda project: f"{_squeezed(project.name)}\t{_squeezed(project.unit.name)}" if project.name.strip() else "",
        lambda project: _squeezed(project.name),
    )
    matched = _matched(ours, theirs, keys)
    return [(project, matched.get(project.id)) for project in theirs]


def _rows(ours: Sequence[Indicator], theirs: Sequence[Indicator]) -> dict[str, str]:
    """The table's rows → the draft's: by tiers and name, by name, by tiers and value."""
    keys: tuple[Callable[[Indicator], str], ...] = (
        lambda row: "\t".join(map(_squeezed, (row.tier1, row.tier2, row.name))) if row.name.strip() else "",
        lambda row: _squeezed(row.name),
        lambda row: "\t".join(map(_squeezed, (row.tier1, row.tier2, row.value))) if row.value.strip() else "",
    )
    return {theirs_id: row.id for theirs_id, row in _matched(ours, theirs, keys).items()}


def _matched(
    ours: Sequence[PartT], theirs: Sequence[PartT], keys: Sequence[Callable[[PartT], str]]
) -> dict[str, PartT]:
    """For the ids of theirs the part of ours that alone is known by the same words, the surest of the keys first."""
    matched: dict[str, PartT] = {}
    for key in keys:
        taken = {part.id for part in matched.values()}
        known = _alone([part for part in ours if part.id not in taken], key)
        wanted = _alone([part for part in theirs if part.id not in matched], key)
        matched |= {wanted[words].id: known[words] for words in wanted.keys() & known.keys()}
    return matched


def _alone(parts: Sequence[PartT], key: Callable[[PartT], str]) -> dict[str, PartT]:
    """Who is known by which words, where nobody else is."""
    found: dict[str, PartT | None] = {}
    for part in parts:
        words = key(part)
        if words:
            found[words] = part if words not in found else None
    return {words: part for words, part in found.items() if part is not None}


def _with_result(
    report: Report, ours: Project, theirs: Project, read: ProjectResult, lines: list[str]
) -> tuple[Report, int]:
    """(the report with a project's results, how many rows found no target)."""
    before = results.result_of(report, ours.id)
    name = ours.name or "（未命名）"
    rows = _rows(ours.indicators, theirs.indicators)
    known = results.results_by_id(before)
    targets = {row.id: row for row in theirs.indicators}
    changed, missing, filled = [0], 0, 0
    for one in read.indicators:
        row = rows.get(one.indicator_id)
        if row is None:
            missing += 1
            gone = new_id("i")
            known[gone] = replace(one, indicator_id=gone, target=replace(targets[one.indicator_id], id=gone))
            lines.append(
                f"「{name}」的指标「{targets[one.indicator_id].name}」在草稿里没有找到，结果列在最后，请核对。"
            )
            continue
        filled += 1
        known[row] = _merged(known.get(row, IndicatorResult(row)), one, changed, ("indicator_id", "target"))
    texts = {field: getattr(read, field) or getattr(before, field) for field in _OWN}
    funds = _funds(before.funds, _counted_as(ours, theirs, read.funds, lines), changed)
    result = replace(before, funds=funds, indicators=tuple(known.values()), **texts)
    others = f"，其中 {changed[0]} 格与草稿里已填的不同，用表里的" if changed[0] else ""
    lines.append(f"「{name}」：{filled} 行指标的结果对上了{others}。")
    kept = tuple(result if one.project_id == ours.id else one for one in report.projects)
    there = any(one.project_id == ours.id for one in report.projects)
    return replace(report, projects=kept if there else (*kept, result)), missing


def _merged(
    old: IndicatorResult, new: IndicatorResult, changed: list[int], without: tuple[str, ...]
) -> IndicatorResult:
    """The old cells, those the table fills in replaced."""
    values: dict[str, Any] = {}
    for field in fields(old):
        if field.name not in without and (text := getattr(new, field.name)):
            was = getattr(old, field.name)
            changed[0] += bool(was) and was != text
            values[field.name] = text
    return replace(old, **values)


_AMOUNTS = ("year_start", "full_year", "executed", "expected")


def _counted_as(
    ours: Project, theirs: Project, funds: tuple[FundResult, ...], lines: list[str]
) -> tuple[FundResult, ...]:
    """The funds in the unit of money of our project; as they are where the table's budget is ours to the letter."""
    unit, wanted = theirs.amount_unit, ours.amount_unit
    same = parse_number(theirs.budget) is not None and parse_number(theirs.budget) == parse_number(ours.budget)
    if unit == wanted or same or not funds:
        return funds
    lines.append(f"「{ours.name or '（未命名）'}」：表里的金额以{unit}计，已折合成{wanted}，请核对。")
    return tuple(
        replace(fund, **{name: in_unit(getattr(fund, name), unit, wanted) for name in _AMOUNTS}) for fund in funds
    )


def _funds(old: tuple[FundResult, ...], new: tuple[FundResult, ...], changed: list[int]) -> tuple[FundResult, ...]:
    if not new:
        return old
    old = old or tuple(map(FundResult, results.FUND_NAMES))
    names = [name for name in PART_LABELS[FundResult] if name != "name"]
    found = {fund.name: fund for fund in old}
    known = _fund_names()
    for fund in new:
        name = known.get(fund.name, fund.name)
        was = found.get(name, FundResult(fund.name))
        values = {name: getattr(fund, name) for name in names if getattr(fund, name)}
        changed[0] += sum(bool(getattr(was, name)) and getattr(was, name) != text for name, text in values.items())
        found[was.name] = replace(was, **values)
    return tuple(found.values())


@cache
def _fund_names() -> Mapping[str, str]:
    """What a row of funds is called elsewhere → here."""
    content = tomllib.loads((ROOT / "results" / "reading.toml").read_text(encoding="utf-8"))
    return {word: name for name, words in content["fund_names"].items() for word in words}
