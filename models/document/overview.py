"""A text at a glance: the list of its projects with their sums, and what charts of it show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from models.document.spending import read_plan
from models.document.template import TierScheme
from models.document.tree import GoalDocument, Indicator, Project
from models.document.values import money, parse_number

COLUMNS = ("序号", "项目编码", "项目名称", "预算单位", "预算数", "财政资金", "其他资金", "指标数")
UNIT = 3
AMOUNTS = (4, 5, 6)
"""Places among COLUMNS: of the unit, and of the columns of money; the headers of these name the unit in brackets."""

TOTAL, SUBTOTAL = "合计", "小计"
NO_UNIT = "（没有写明单位）"

_FIELDS = ("budget", "fiscal_funds", "other_funds")
_DECIMALS = 2
_NAMED = 20
_DIGITS = 80  # of a sum: no amount that is read as a number has as many


@dataclass(frozen=True, slots=True)
class Overview:
    """`lines`: one for each project; `subtotals`: the sums of each unit, where there are several, in the order in which
    they first come; `total`: the sums of all; `note`: which amounts these leave out, "" for none."""

    amount_unit: str
    header: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    subtotals: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    note: str


def overview(document: GoalDocument) -> Overview:
    """The list of the projects, amounts in the unit most of them have.

    An amount shows the digits typed (165.5 stays 165.5, 165.50 stays 165.50); one of another unit is converted, and words
    that are no amount stand as typed. A sum has two decimals, more where an amount has more.
    """
    units = Counter(project.amount_unit for project in document.projects)
    unit = units.most_common(1)[0][0] if units else ""
    lines: list[tuple[str, ...]] = []
    groups: dict[str, list[_Amounts]] = {}
    left_out: list[str] = []
    for number, project in enumerate(document.projects, 1):
        amounts = tuple(_amount(getattr(project, field), project, unit) for field in _FIELDS)
        shown = []
        for place, amount in enumerate(amounts):
            text = getattr(project, _FIELDS[place])
            shown.append(text if amount is None else f"{amount:f}")
            if amount is None and text.strip():
                left_out.append(f"{number} {project.name}的{COLUMNS[AMOUNTS[place]]}「{text}」")
        words, count = project.unit.code + project.unit.name, len(project.annual_indicators)
        lines.append((str(number), project.code, project.name, words, *shown, str(count)))
        groups.setdefault(words, []).append((*amounts, Decimal(count)))
    header = tuple(f"{label}（{unit}）" if unit and at in AMOUNTS else label for at, label in enumerate(COLUMNS))
    subtotals = [(SUBTOTAL, "", "", words or NO_UNIT, *_sums(group)) for words, group in groups.items()]
    total = (TOTAL, "", "", "", *_sums([amounts for group in groups.values() for amounts in group]))
    several = tuple(subtotals) if len(groups) > 1 else ()
    return Overview(unit, header, tuple(lines), several, total, _note(left_out))


_Amounts = tuple[Decimal | None, ...]
"""What a project adds to each sum: its amounts, and the number of its indicators."""


def _sums(group: Sequence[_Amounts]) -> tuple[str, ...]:
    *money_columns, counts = zip(*group, strict=True) if group else [()] * (len(_FIELDS) + 1)
    sums = [_sum([amount for amount in column if amount is not None]) for column in money_columns]
    return (*sums, str(sum(int(count or 0) for count in counts)))


def _amount(text: str, project: Project, unit: str) -> Decimal | None:
    """The amount counted in `unit`; None where the words are no amount of money."""
    number = parse_number(text) if project.amount_unit == unit else None
    if number is not None:
        return number
    found, one = money(text, project.amount_unit), money("1", unit)
    if found is None or one is None:
        return None
    with localcontext() as context:
        context.prec = _DIGITS
        converted = found / one
        plain = converted.quantize(Decimal("0.01"))
        return plain if plain == converted else converted.normalize()


def _sum(amounts: Sequence[Decimal]) -> str:
    if not amounts:
        return ""
    with localcontext() as context:
        context.prec = _DIGITS
        total = sum(amounts, Decimal(0))
    exponent = total.as_tuple().exponent
    return f"{total:.{max(_DECIMALS, -exponent if isinstance(exponent, int) else 0)}f}"


def _note(left_out: Sequence[str]) -> str:
    if not left_out:
        return ""
    more = f"等 {len(left_out)} 处" if len(left_out) > _NAMED else ""
    return f"注：以下金额不是数字，没有计入合计：{'；'.join(left_out[:_NAMED])}{more}。"


# What the charts show


@dataclass(frozen=True, slots=True)
class Budget:
    """A project's place in the text, from 1, and its budget in 万元."""

    place: int
    project_id: str
    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Budgets:
    """`largest`: the largest first; `rest`: how many others there are and their sum; all in 万元.

    `unclear`: the places, from 1, of the projects whose budget is empty or no amount, and so in no sum.
    """

    largest: tuple[Budget, ...]
    rest: tuple[int, Decimal]
    total: Decimal
    unclear: tuple[int, ...]


def budgets(projects: Sequence[Project], most: int = 12) -> Budgets:
    """The budgets, up to `most` of them one by one; a single project more is named, too, and not «the rest»."""
    read = [
        (Budget(place, project.id, project.name, amount or Decimal(0)), amount is not None)
        for place, project in enumerate(projects, 1)
        for amount in [money(project.budget, project.amount_unit)]
    ]
    known = sorted((budget for budget, clear in read if clear), key=lambda budget: (-budget.amount, budget.place))
    shown = known if len(known) <= most + 1 else known[:most]
    others = known[len(shown) :]
    return Budgets(
        tuple(shown),
        (len(others), sum((budget.amount for budget in others), Decimal(0))),
        sum((budget.amount for budget in known), Decimal(0)),
        tuple(budget.place for budget, clear in read if not clear),
    )


@dataclass(frozen=True, slots=True)
class SpendingCurve:
    """`percents`: at each checkpoint Σ budget × percent / Σ budget; empty where no project has both.

    `counted`: how many projects it is made of; `left_out`: the place, from 1, of every other project and why it is not.
    """

    percents: tuple[Decimal, ...]
    counted: int
    left_out: tuple[tuple[int, str], ...]


def spending_curve(projects: Sequence[Project]) -> SpendingCurve:
    """The cumulative spending of all projects, weighted by their budgets. Plans with a cell that is no number are left out."""
    sums: list[Decimal] = []
    total, counted, left_out = Decimal(0), 0, list[tuple[int, str]]()
    for place, project in enumerate(projects, 1):
        budget = money(project.budget, project.amount_unit)
        percents = [cell.percent for cell in read_plan(project)]
        known = [percent for percent in percents if percent is not None]
        if budget is None or budget <= 0:
            left_out.append((place, "没有预算数"))
        elif not known or len(known) < len(percents):
            left_out.append((place, "支出计划没有填全" if known else "没有支出计划"))
        else:
            sums = [
                one + budget * percent for one, percent in zip(sums or [Decimal(0)] * len(known), known, strict=True)
            ]
            total, counted = total + budget, counted + 1
    return SpendingCurve(tuple(one / total for one in sums), counted, tuple(left_out))


@dataclass(frozen=True, slots=True)
class Coverage:
    """`tiers`: the scheme's (一级, 二级) in its order; `lines`: for each project its id and how many rows each tier has."""

    tiers: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, tuple[int, ...]], ...]


def coverage(projects: Sequence[Project], scheme: TierScheme) -> Coverage:
    """Which second tiers each project has rows of; rows that only fill up their tier («无») count as none."""
    tiers = tiers_of(scheme)
    lines = [(project.id, tier_counts(project.annual_indicators)) for project in projects]
    return Coverage(
        tiers, tuple((project_id, tuple(counts[tier2] for _, tier2 in tiers)) for project_id, counts in lines)
    )


def tiers_of(scheme: TierScheme) -> tuple[tuple[str, str], ...]:
    """All (一级, 二级) in the scheme's order."""
    return tuple((tier1, tier2) for tier1, below in scheme.tiers.items() for tier2 in below)


def tier_counts(rows: Sequence[Indicator]) -> Counter[str]:
    """How many rows each second tier has, the scheme's and others; rows of «无» count as none."""
    return Counter(row.tier2.strip() for row in rows if row.tier2.strip() and not _fills_up(row))


def rows_of(rows: Sequence[Indicator], tier2: str) -> tuple[Indicator, ...]:
    """The rows of a second tier, those that only fill it up behind the others."""
    found = [row for row in rows if row.tier2.strip() == tier2]
    return tuple(sorted(found, key=_fills_up))


def place_for(rows: Sequence[Indicator], scheme: TierScheme, tier2: str) -> int:
    """Where a row of that second tier belongs: behind the last row of the tiers up to it, in the scheme's order."""
    order = {name: place for place, (_, name) in enumerate(tiers_of(scheme))}
    wanted = order.get(tier2, len(order))
    places = [(place, order[row.tier2.strip()]) for place, row in enumerate(rows) if row.tier2.strip() in order]
    before = [place for place, tier in places if tier <= wanted]
    if before:
        return before[-1] + 1
    return min((place for place, tier in places if tier > wanted), default=len(rows))


def _fills_up(row: Indicator) -> bool:
    # The lists of words load only where somebody looks at charts.
    from models.checks.kinds import is_filled_up
    from models.checks.vocabulary import load_vocabulary

    return is_filled_up(row, load_vocabulary())
