"""The spending plan of a project as numbers: what each cell means in percent and in money, and where the plan breaks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from models.document.template import Template
from models.document.tree import Project
from models.document.values import money, percent

_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class PlanCell:
    """A cell as typed, its cumulative percent, and its amount in the project's unit; None where it cannot be computed.

    `in_money`: the cell counts money and not percent.
    """

    text: str
    percent: Decimal | None = None
    amount: Decimal | None = None
    in_money: bool = False


def numbers(project: Project) -> list[Decimal | None]:
    """The plan's cells as numbers, whatever they count; None for an empty cell or words."""
    return [percent(cell) if money(cell) is None else money(cell) for cell in project.spending_plan]


def is_percent(cell: str) -> bool:
    """Whether the cell says itself that it counts percent."""
    return bool(re.search(r"[%％]|百分比", cell))


def percent_sign(template: Template, project: Project) -> str:
    """What a percent of the plan is written with: the sign where the cells filled so far have it, nothing where the form's
    heading has it already."""
    counted = [cell for cell in project.spending_plan if percent(cell) is not None]
    if any(map(is_percent, counted)):
        return "%"
    rows = template.project_rows
    for above, row in zip(((), *rows), rows, strict=False):
        if any((cell.field or "").startswith("spending_plan") for cell in row):
            return "" if any(is_percent(cell.label or "") for cell in (*above, *row)) else "%"
    return "%"


def holds_amounts(project: Project) -> bool:
    """Whether the plan counts money: no %, and its end (or its sum) is the budget, which is not 100 by chance."""
    cells = [cell for cell in project.spending_plan if cell.strip()]
    budget = money(project.budget, project.amount_unit)
    if len(cells) < 2 or budget is None or any(is_percent(cell) for cell in cells):
        return False
    values = [money(cell, project.amount_unit) for cell in project.spending_plan if cell.strip()]
    if None in values:
        return False
    known = [value for value in values if value is not None]
    if all(cell.strip().endswith("元") for cell in cells):
        return True
    typed = money(project.budget)
    return typed != _WHOLE and budget > 0 and budget in (known[-1], sum(known))


def running(values: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Parts of a total as cumulative values; empty ones stay empty."""
    total, so_far = Decimal(0), list[Decimal | None]()
    for value in values:
        total += value or 0
        so_far.append(None if value is None else total)
    return so_far


def read_plan(project: Project) -> tuple[PlanCell, ...]:
    """What each cell of the plan means. Cells typed as money are read as such; nothing is ever altered."""
    unit = project.amount_unit
    factor, budget = money("1", unit) or Decimal(1), money(project.budget, unit)
    if holds_amounts(project):
        values = [money(cell, unit) for cell in project.spending_plan]
        if values[-1] != budget:
            values = running(values)
        return tuple(
            _money_cell(cell, value, budget, factor) for cell, value in zip(project.spending_plan, values, strict=True)
        )
    return tuple(_cell(cell, unit, budget, factor) for cell in project.spending_plan)


def _cell(cell: str, unit: str, budget: Decimal | None, factor: Decimal) -> PlanCell:
    share = percent(cell)
    if share is not None:
        return PlanCell(cell, share, None if budget is None else budget * share / _WHOLE / factor)
    return _money_cell(cell, money(cell, unit), budget, factor)


def _money_cell(cell: str, value: Decimal | None, budget: Decimal | None, factor: Decimal) -> PlanCell:
    if value is None:
        return PlanCell(cell)
    return PlanCell(cell, value * _WHOLE / budget if budget else None, value / factor, in_money=True)


def shown_amount(value: Decimal) -> str:
    """«1,204.13»: two decimals, half a cent up, as money is rounded (Python would round 30.125 down)."""
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


def shown_percent(value: Decimal) -> str:
    """«30%», «41.67%»: at most two decimals."""
    text = f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP)}".rstrip("0").rstrip(".")
    return f"{'0' if text == '-0' else text}%"


def meaning(cell: PlanCell, unit: str) -> str:
    """What stands beside a cell: the money of a percent, the percent of money; "" where nothing follows from it."""
    if not cell.text.strip():
        return ""
    if cell.percent is None and cell.amount is None:
        return "⚠ 不是数字"
    if cell.in_money:
        return "按金额读" if cell.percent is None else f"= {shown_percent(cell.percent)}"
    return "" if cell.amount is None else f"= {shown_amount(cell.amount)} {unit}"


def breaks(cells: Sequence[PlanCell], labels: Sequence[str]) -> tuple[str, ...]:
    """Where the cumulative plan falls, passes 100 % or does not end there, each in words."""
    found = []
    before: tuple[str, Decimal] | None = None
    for label, cell in zip(labels, cells, strict=False):
        if cell.percent is None:
            continue
        if before and cell.percent < before[1]:
            found.append(f"{label} {shown_percent(cell.percent)} 小于{before[0]} {shown_percent(before[1])}")
        if cell.percent > _WHOLE:
            found.append(f"{label} {shown_percent(cell.percent)} 超过 100%")
        before = label, cell.percent
    last = cells[-1].percent if cells else None
    if last is not None and last < _WHOLE:
        found.append(f"{labels[-1]} {shown_percent(last)}，没有到 100%")
    return tuple(found)
