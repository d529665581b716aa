"""The tables of a report page as cells: what stands there, what is proposed and not taken yet, and where typing goes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.document.fieldnames import PART_LABELS
from models.document.tree import Draft, FundResult, IndicatorResult, Project, ProjectResult, Report
from models.document.values import parse_number
from models.reports import results, scoring
from models.reports.report_form import ReportForm, fund_name, shown_funds
from models.reports.scoring import load_scoring, written


@dataclass(frozen=True, slots=True)
class Column:
    """`field`: of a fund or a row's result, «target.…» of the target. `choices`: where it is chosen, not typed."""

    header: str
    field: str
    choices: tuple[str, ...] = ()

    @property
    def is_locked(self) -> bool:
        return self.field.startswith("target.") or self.field in ("name", "rate")


@dataclass(frozen=True, slots=True)
class ResultCell:
    """`proposal`: grey until it is taken; only where nothing was typed. `path`: "" where nothing can be typed."""

    text: str
    proposal: str = ""
    path: str = ""


Row = tuple[ResultCell, ...]
TAKE_ALL = "采用全部建议"
"""What the command is called that takes every proposal."""

_TARGET = (
    Column("一级指标", "target.tier1"),
    Column("二级指标", "target.tier2"),
    Column("三级指标", "target.name"),
    Column("年度指标值", "target.value"),
)


def fund_columns(report: Report, form: ReportForm | None = None) -> tuple[Column, ...]:
    """Of the table of funds; more where the form it is printed in shows more."""
    usual = _fund_columns(report)
    return (*usual, *_others(usual, FundResult, form.fields("fund") if form else ()))


def _others(usual: tuple[Column, ...], kind: type, printed: Sequence[str]) -> Iterator[Column]:
    """A column for each further field that is printed."""
    known, there = load_scoring(), {column.field for column in usual}
    choices = {"causes": ("", *known.causes), "likelihood": ("", *known.likelihood)}
    for name in printed:
        if name not in there:
            yield Column(PART_LABELS[kind][name], name, choices.get(name, ()))


def _fund_columns(report: Report) -> tuple[Column, ...]:
    if report.kind == "监控":
        named = (("名称", "name"), ("全年预算数", "full_year"), ("执行数", "executed"), ("执行率", "rate"))
        return tuple(Column(*one) for one in (*named, ("全年预计执行数", "expected")))
    named = (("资金", "name"), ("年初预算数", "year_start"), ("全年预算数", "full_year"), ("全年执行数", "executed"))
    return tuple(Column(*one) for one in (*named, ("分值", "weight"), ("执行率", "rate"), ("得分", "score")))


def indicator_columns(report: Report, form: ReportForm | None = None) -> tuple[Column, ...]:
    """Of the table of targets and what was reached; more where the form it is printed in shows more."""
    usual = _indicator_columns(report)
    return (*usual, *_others(usual, IndicatorResult, form.fields("one") if form else ()))


def _indicator_columns(report: Report) -> tuple[Column, ...]:
    if report.kind == "监控":
        known = load_scoring()
        return (
            *_TARGET,
            Column("完成情况", "actual"),
            Column("全年预计完成情况", "expected"),
            Column("偏差原因", "causes", ("", *known.causes)),
            Column("原因说明", "reason"),
            Column("完成目标可能性", "likelihood", ("", *known.likelihood)),
            Column("备注", "remark"),
        )
    more = (("实际完成值", "actual"), ("分值", "weight"), ("得分", "score"), ("偏差原因分析及改进措施", "reason"))
    return (*_TARGET, *(Column(*one) for one in more))


def fund_rows(
    project: Project, result: ProjectResult, report: Report, form: ReportForm | None = None
) -> tuple[Row, ...]:
    """The rows of funds, the total first."""
    here = f"reports[{report.id}].projects[{project.id}].funds"
    found = []
    columns = fund_columns(report, form)
    typed = result.funds or tuple(map(FundResult, results.FUND_NAMES))
    for place, (fund, shown) in enumerate(zip(typed, shown_funds(project, result), strict=True)):
        proposed = _proposed_fund(project, shown, report.weights) if not place and report.kind == "自评" else {}
        proposed |= {"full_year": shown.year_start, "year_start": shown.year_start}
        cells = []
        for column in columns:
            text = fund_name(fund.name, place) if column.field == "name" else getattr(fund, column.field)
            text = shown.rate if column.field == "rate" else text
            path = "" if column.is_locked else f"{here}[{place}].{column.field}"
            cells.append(ResultCell(text, "" if text else proposed.get(column.field, ""), path))
        found.append(tuple(cells))
    return tuple(found)


def _proposed_fund(project: Project, shown: FundResult, weights_id: str) -> dict[str, str]:
    """The budget row's points, and what of them was reached."""
    weight = parse_number(shown.weight)
    if weight is None:
        weight = scoring.chosen_weights(weights_id).budget
    score = scoring.proposed_fund_score(shown, project.amount_unit, weight)
    return {"weight": written(weight), "score": "" if score is None else written(score)}


def indicator_rows(
    project: Project, result: ProjectResult, report: Report, form: ReportForm | None = None
) -> tuple[Row, ...]:
    """The rows of targets, those that are gone behind the others. `project`: as the report shows it."""
    here = f"reports[{report.id}].projects[{project.id}].indicators"
    ones = results.results_by_id(result)
    weights = scoring.proposed_weights(project.indicators, scoring.chosen_weights(report.weights))
    columns = indicator_columns(report, form)
    found = []
    for row in project.indicators:
        one = ones.get(row.id, IndicatorResult(row.id))
        proposed: dict[str, str] = {}
        if report.kind == "自评":
            usual = weights.get(row.id)
            weight = row.weight or ("" if usual is None else written(usual))
            points = parse_number(one.weight or weight)
            score = None if points is None else scoring.proposed_score(row.value, one.actual, points)
            proposed = {"weight": weight, "score": "" if score is None else written(score)}
        cells = []
        for column in columns:
            owner, _, name = column.field.partition(".")
            if owner == "target":
                cells.append(ResultCell(getattr(row, name)))
            else:
                text = getattr(one, owner)
                proposal = "" if text else proposed.get(owner, "")
                cells.append(ResultCell(text, proposal, f"{here}[{row.id}].{owner}"))
        found.append(tuple(cells))
    return tuple(found)


def with_proposals(draft: Draft, report: Report, project_id: str = "") -> tuple[Draft, int]:
    """(the draft with every proposal taken, how many there were); of one project where its id is given.

    What is only the amount at the start of the year stays a matter of the text.
    """
    taken: dict[str, str] = {}
    for project, result in results.shown_projects(draft.document, report):
        if project_id in ("", project.id):
            taken |= dict(_proposals(project, result, report))
    return results.filled(draft, taken), len(taken)


def untaken(draft: Draft, report: Report) -> dict[str, int]:
    """How many proposals of a report are not taken yet and so not printed, by the words over their column."""
    headings = {one.field: one.header for one in (*fund_columns(report), *indicator_columns(report))}
    proposals = (_proposals(*pair, report) for pair in results.shown_projects(draft.document, report))
    return dict(Counter(headings[path.rpartition(".")[2]] for found in proposals for path, _proposal in found))


def _proposals(project: Project, result: ProjectResult, report: Report) -> Iterator[tuple[str, str]]:
    rows = indicator_rows(project, result, report)
    if not results.says_something(result):
        return
    for row in (*fund_rows(project, result, report), *rows):
        for cell in row:
            if cell.path and cell.proposal and not cell.path.endswith(".year_start"):
                yield cell.path, cell.proposal


def points_parts(project: Project, result: ProjectResult, report: Report) -> tuple[str, ...]:
    """«预算执行 9.78/10», «产出指标 39.8/50», «总分 49.58/60», then what was proposed and is not counted yet, and how many
    have no score; with 等级 where all is scored and grades are chosen. Before anything counts there are no tiers to tell."""
    points = scoring.points_of(project, result)
    tiers = [("预算执行", points.budget), *((tier or "（未分类）", both) for tier, both in points.tiers.items())]
    counted = [f"{name} {_reached(reached, worth)}" for name, (worth, reached) in tiers]
    if not points.typed and not points.worth:
        counted = []
    stated = parse_number(result.total)
    total = None if points.missing else points.total
    decisive = stated if stated is not None else total
    grade = "" if decisive is None else scoring.grade(decisive, report.grades)
    parts = [*counted, f"总分 {_reached(points.total, points.worth)}{f'　等级 {grade}' if grade else ''}"]
    proposed = [text for path, text in _proposals(project, result, report) if path.endswith(".score")]
    if proposed:
        more = sum((parse_number(text) or Decimal(0) for text in proposed), Decimal(0))
        parts.append(f"灰色的 {written(more)} 分是建议，还没有计入")
        parts += [f"按「{TAKE_ALL}」计入"] if report.state != "定稿" else []
    missing = points.missing - len(proposed)
    return (*parts, *([f"还有 {missing} 处没有得分"] if missing else []))


def _reached(reached: Decimal, worth: Decimal) -> str:
    return f"{written(reached)}/{written(worth)}" if worth else written(reached)


def pasted(draft: Draft, rows: tuple[Row, ...], block: list[list[str]], top: int, left: int) -> tuple[Draft, int]:
    """(the draft with a block of texts from that cell on, how many cells were filled). Locked cells are passed over as
    they stand; what goes beyond the table is left out."""
    typed: dict[str, str] = {}
    for at, line in enumerate(block):
        for over, text in enumerate(line):
            if (
                top + at < len(rows)
                and left + over < len(rows[top + at])
                and (path := rows[top + at][left + over].path)
            ):
                typed[path] = text
    return results.filled(draft, typed), len(typed)


def cleared(draft: Draft, paths: list[str]) -> Draft:
    """The draft without what was typed in these cells."""
    there = {path: "" for path in paths if path and results.has_place(draft, path)}
    return results.filled(draft, there)


def with_new_report(draft: Draft, report: Report) -> Draft:
    """The draft with one report more."""
    return replace(draft, reports=(*draft.reports, report))
