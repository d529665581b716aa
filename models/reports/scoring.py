"""Scores of a 自评 as the bureau's system computes them by default, 执行率, points and grades: offered, never taken over in silence."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from models.document.tree import FundResult, Indicator, IndicatorResult, Project, ProjectResult
from models.document.values import IndicatorValue, money, parse_number, parse_value, plain_number
from models.grouping import grouped
from models.reports.results import results_by_id
from resources import ROOT

_CENT = Decimal("0.01")
_AT_LEAST, _AT_MOST, _EQUAL = ("≥", "＞"), ("≤", "＜"), "＝"
_TIMES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1000)}


@dataclass(frozen=True, slots=True)
class Weights:
    """How the 100 points are dealt out: to the budget row, and to each 一级指标. `source`: where a place says so."""

    id: str
    name: str
    source: str
    budget: Decimal
    tiers: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a target in words: what is written for it, and the part of the points it gives, from – to."""

    words: tuple[str, ...]
    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Grades:
    """等级 by total score, the best first."""

    id: str
    name: str
    source: str
    steps: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on a word is wanted: a target surpassed so far, spending so far behind the calendar."""

    id: str
    name: str
    source: str
    bounds: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Scoring:
    """All of `resources/results/scoring.toml`; the first of several is what is used unless another is chosen."""

    weights: tuple[Weights, ...]
    levels: tuple[Level, ...]
    grades: tuple[Grades, ...]
    thresholds: tuple[Thresholds, ...]
    causes: tuple[str, ...]
    likelihood: tuple[str, ...]


@cache
def load_scoring() -> Scoring:
    content = tomllib.loads((ROOT / "results" / "scoring.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    return Scoring(
        tuple(
            Weights(
                *(one["id"], one["name"], one["source"], Decimal(one["budget"])),
                {tier: Decimal(points) for tier, points in one["tiers"].items()},
            )
            for one in content["weights"]
        ),
        tuple(Level(tuple(one["words"]), Decimal(one["from"]), Decimal(one["to"])) for one in content["levels"]),
        tuple(
            Grades(one["id"], one["name"], one["source"], tuple((name, Decimal(least)) for name, least in one["steps"]))
            for one in content["grades"]
        ),
        tuple(
            Thresholds(
                *(one["id"], one["name"], one["source"]),
                {name: Decimal(value) for name, value in one.items() if name not in ("id", "name", "source")},
            )
            for one in content["thresholds"]
        ),
        tuple(content["choices"]["causes"]),
        tuple(content["choices"]["likelihood"]),
    )


def chosen_weights(weights_id: str = "") -> Weights:
    """Those of that id, else the usual ones."""
    known = load_scoring().weights
    return next((one for one in known if one.id == weights_id), known[0])


def chosen_bounds(thresholds_id: str = "") -> Mapping[str, Decimal]:
    """Those of that id, else the usual ones."""
    known = load_scoring().thresholds
    return next((one.bounds for one in known if one.id == thresholds_id), known[0].bounds)


def written(number: Decimal) -> str:
    """«8.62», «10»: at most two places, no needless zeros."""
    return plain_number(number.quantize(_CENT, ROUND_HALF_UP))


# Values


def compared(target: str, actual: str) -> tuple[IndicatorValue, Decimal, Decimal] | None:
    """(the target's parts, its number, the number reached, in the same unit); None where the two cannot be compared."""
    wanted, reached = parse_value(target), parse_value(actual)
    first, second = wanted.amount, reached.amount
    if first is None or second is None:
        return None
    if not reached.unit or wanted.measure == reached.measure:
        return wanted, first, second
    (factor, unit), (other, same) = _factor(wanted.measure), _factor(reached.measure)
    return (wanted, first, second * other / factor) if unit == same else None


def _factor(unit: str) -> tuple[Decimal, str]:
    """«万元» is 10,000 元, «万人次» 10,000 人次, % a hundredth of nothing else."""
    if unit[:1] in _TIMES and len(unit) > 1:
        return _TIMES[unit[0]], unit[1:]
    return Decimal(1), unit


def proposed_score(target: str, actual: str, weight: Decimal) -> Decimal | None:
    """The points for what was reached, to two places; None where nobody could compute them (no number, another unit)."""
    found = compared(target, actual)
    if found is None:
        return _score_of_words(target, actual, weight)
    wanted, goal, reached = found
    if goal < 0:
        return None
    if wanted.meaning in _AT_MOST:
        return _rounded(_of_at_most(goal, reached) * weight)
    if wanted.meaning == _EQUAL and not goal:
        return weight if reached <= 0 else Decimal(0)
    if reached >= goal:
        return weight
    return _rounded(max(reached, Decimal(0)) / goal * weight) if goal else Decimal(0)


def _of_at_most(goal: Decimal, reached: Decimal) -> Decimal:
    if reached <= goal:
        return Decimal(1)
    return Decimal(0) if reached >= 2 * goal else 1 - (reached - goal) / goal


def _score_of_words(target: str, actual: str, weight: Decimal) -> Decimal | None:
    """Full points where the words of the target, or those of its best level, were reached; below that a person decides."""
    words = actual.strip()
    if not words or parse_value(target).number:
        return None
    best = load_scoring().levels[0]
    return weight if words == target.strip() or words in best.words else None


def score_range(target: str, actual: str, weight: Decimal) -> tuple[Decimal, Decimal] | None:
    """(least, most) points for a level of a target in words; None where the words name no level."""
    if parse_value(target).number:
        return None
    level = next((one for one in load_scoring().levels if actual.strip() in one.words), None)
    return (_rounded(level.least * weight), _rounded(level.most * weight)) if level else None


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(_CENT, ROUND_HALF_UP)


# Funds


def rate(fund: FundResult, amount_unit: str) -> Decimal | None:
    """执行率 in percent, to two places: 全年执行数 of 全年预算数, of 年初预算数 where that one is empty."""
    planned = money(fund.full_year, amount_unit) if fund.full_year.strip() else money(fund.year_start, amount_unit)
    executed = money(fund.executed, amount_unit)
    if planned is None or executed is None or planned <= 0:
        return None
    return _rounded(executed / planned * 100)


def proposed_fund_score(fund: FundResult, amount_unit: str, weight: Decimal) -> Decimal | None:
    """The budget row's points: its part of `weight`, and no more than that."""
    planned = money(fund.full_year, amount_unit) if fund.full_year.strip() else money(fund.year_start, amount_unit)
    executed = money(fund.executed, amount_unit)
    if planned is None or executed is None or planned <= 0 or executed < 0:
        return None
    return _rounded(min(executed / planned, Decimal(1)) * weight)


# Points


def proposed_weights(rows: Iterable[Indicator], weights: Weights) -> dict[str, Decimal]:
    """Points for every row, by id: those of its 一级指标 dealt out in whole points, the first rows getting what is over."""
    by_tier = grouped((row.tier1.strip(), row.id) for row in rows)
    found: dict[str, Decimal] = {}
    for tier, ids in by_tier.items():
        points = weights.tiers.get(tier, Decimal(0))
        if points:
            step = Decimal(1) if points >= len(ids) else _CENT
            each, over = divmod(points / step, len(ids))
            found |= {id_: (each + (place < over)) * step for place, id_ in enumerate(ids)}
    return found


def weight_of(row: Indicator, one: IndicatorResult) -> Decimal | None:
    """The points a row is worth, as typed in the report, else in the text."""
    return parse_number(one.weight or row.weight)


@dataclass(slots=True)
class Points:
    """Points by 一级指标 in the order of the rows: (worth, reached); those of the budget row; what is still without a score."""

    tiers: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    budget: tuple[Decimal, Decimal] = (Decimal(0), Decimal(0))
    missing: int = 0
    typed: bool = False

    @property
    def worth(self) -> Decimal:
        return self.budget[0] + sum((worth for worth, _reached in self.tiers.values()), Decimal(0))

    @property
    def total(self) -> Decimal:
        return self.budget[1] + sum((reached for _worth, reached in self.tiers.values()), Decimal(0))


def points_of(project: Project, result: ProjectResult) -> Points:
    """What was typed, added up; `project`: as the report shows it."""
    points, results = Points(), results_by_id(result)
    for row in project.indicators:
        one = results.get(row.id, IndicatorResult(row.id))
        worth, score = weight_of(row, one), parse_number(one.score)
        before = points.tiers.get(row.tier1, (Decimal(0), Decimal(0)))
        points.tiers[row.tier1] = before[0] + (worth or 0), before[1] + (score or 0)
        points.missing += score is None
        points.typed |= score is not None
    if result.funds:
        total = result.funds[0]
        points.budget = parse_number(total.weight) or Decimal(0), parse_number(total.score) or Decimal(0)
        points.missing += not total.score.strip()
        points.typed |= bool(total.score.strip())
    else:
        points.missing += 1
    return points


def grade(total: Decimal, grades_id: str) -> str:
    """优, 良, 中 or 差; "" where no grades of that id are known: they differ by place, and are off unless chosen."""
    known = next((one for one in load_scoring().grades if one.id == grades_id), None)
    return next((name for name, least in known.steps if total >= least), "") if known else ""
