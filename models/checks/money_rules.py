"""Rules on amounts and the spending plan."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from models.checks.prose import amounts
from models.checks.registry import PROJECT, Context, Edit, Finding, Fix, Severity, project_rule, replacing
from models.checks.stated import stated_amounts
from models.document.spending import holds_amounts, numbers, percent_sign, running
from models.document.tree import Indicator, Project
from models.document.values import money, parse_value, plain_number

_FORM = "河北省部门预算绩效文本·预算规模及资金用途"
_PLAN = "河北省部门预算绩效文本·资金支出计划（%）"

ROUNDING = Decimal("0.01")
"""万元: amounts are printed with two decimals, so a smaller difference is rounding."""

_TEN_THOUSANDS = {"元": Decimal("0.0001"), "千元": Decimal("0.1"), "万元": Decimal(1), "亿元": Decimal(10_000)}
"""How many 万元 one of the unit is."""


def budget_of(project: Project) -> Decimal | None:
    """预算数 in 万元."""
    return money(project.budget, project.amount_unit)


def _in_unit(amount: Decimal, unit: str) -> str:
    """An amount of 万元 as the form prints it in that unit, two decimals."""
    factor = _TEN_THOUSANDS.get(unit, Decimal(1))
    return f"{amount / factor:.2f}"


@project_rule(
    "budget-missing",
    Severity.ERROR,
    source=_FORM,
    wrong={f"{PROJECT}.budget": ""},
    right={f"{PROJECT}.budget": "60.00"},
)
def budget_missing(project: Project, context: Context) -> Iterator[Finding]:
    """预算数 is empty or no amount."""
    if budget_of(project) is not None:
        return
    typed = project.budget.strip()
    message = f"预算数「{typed}」不是金额，请填写数字。" if typed else "没有填写预算数，请补填。"
    yield Finding("budget", typed[:60], message, _budget_from_parts(project, context))


def _budget_from_parts(project: Project, context: Context) -> Fix | None:
    """预算数 as the sum of the two kinds of funds, where nothing in the project speaks against it."""
    parts = [money(text, project.amount_unit) for text in (project.fiscal_funds, project.other_funds) if text.strip()]
    if not parts or None in parts:
        return None
    total = _in_unit(sum((part for part in parts if part is not None), Decimal(0)), project.amount_unit)
    summed = replace(project, budget=total)
    checks = (amount_mismatch, cost_over_budget, plan_not_percent)
    if any(True for rule in checks for _ in rule.check(summed, context)):
        return None
    return replacing(f"预算数填 {total}", "budget", total)


@project_rule(
    "budget-sum",
    Severity.ERROR,
    source=_FORM,
    wrong={f"{PROJECT}.other_funds": "1.00"},
    right={f"{PROJECT}.other_funds": "10.00"},
)
def budget_sum(project: Project, _context: Context) -> Iterator[Finding]:
    """财政资金 + 其他资金 is not 预算数, or one of them no amount; an empty part counts 0, a difference under 0.01 is rounding."""
    for name, label in (("fiscal_funds", "财政资金"), ("other_funds", "其他资金")):
        typed = getattr(project, name).strip()
        if _part(typed, project.amount_unit) is None:
            yield Finding(name, typed[:60], f"{label}「{typed[:30]}」不是金额，请填写数字。")
    budget = budget_of(project)
    fiscal = _part(project.fiscal_funds, project.amount_unit)
    other = _part(project.other_funds, project.amount_unit)
    if budget is None or fiscal is None or other is None or abs(fiscal + other - budget) < ROUNDING:
        return
    unit = project.amount_unit
    if not project.fiscal_funds.strip() and not project.other_funds.strip():
        yield Finding("fiscal_funds", "", f"预算数是 {project.budget.strip()}，财政资金和其他资金却都空着，请补填。")
        return
    message = (
        f"财政资金 {_in_unit(fiscal, unit)} 加其他资金 {_in_unit(other, unit)} 等于 {_in_unit(fiscal + other, unit)}，"
        f"与预算数 {_in_unit(budget, unit)} 不符，请核对三个数。"
    )
    choices = _any_of_three(budget, fiscal, other, unit)
    places = ("fiscal_funds", "other_funds")
    yield Finding("budget", project.budget.strip(), message, choices=choices, places=places)


def _any_of_three(budget: Decimal, fiscal: Decimal, other: Decimal, unit: str) -> tuple[Fix, ...]:
    """Any of the three may be wrong; an empty one counts 0, which is often meant."""
    answers = [("其他资金", "other_funds", budget - fiscal), ("预算数", "budget", fiscal + other)]
    answers.append(("财政资金", "fiscal_funds", budget - other))
    texts = [(label, path, _in_unit(amount, unit)) for label, path, amount in answers if amount >= 0]
    return tuple(replacing(f"{label}改为 {text}", path, text) for label, path, text in texts)


def _part(text: str, unit: str) -> Decimal | None:
    return money(text, unit) if text.strip() else Decimal(0)


# the spending plan


@project_rule(
    "plan-not-percent",
    Severity.ERROR,
    source=_PLAN,
    wrong={f"{PROJECT}.spending_plan": ("15.00", "25.00", "40.00", "60.00")},
    right={f"{PROJECT}.spending_plan": ("25", "41.67", "66.67", "100")},
)
def plan_not_percent(project: Project, context: Context) -> Iterator[Finding]:
    """The plan's cells are amounts. One problem at the first of them: they are corrected together."""
    if not holds_amounts(project):
        return
    place = next(place for place, cell in enumerate(project.spending_plan) if cell.strip())
    cells = "、".join(cell.strip() or "空" for cell in project.spending_plan)
    message = f"支出计划填的是金额（{cells}），应填累计支出占预算数的百分比，12月底为 100%。"
    better = _as_percent(project, percent_sign(context.template, project))
    yield Finding(f"spending_plan[{place}]", project.spending_plan[place].strip(), message, better)


def _as_percent(project: Project, sign: str) -> Fix | None:
    budget = budget_of(project)
    if not budget:
        return None
    values = [money(cell, project.amount_unit) if cell.strip() else None for cell in project.spending_plan]
    if values[-1] is None:
        return None
    if values[-1] != budget:
        values = running(values)
    cells = [
        cell if value is None else f"{plain_number(round(value * 100 / budget, 2))}{sign}"
        for cell, value in zip(project.spending_plan, values, strict=True)
    ]
    known = [value for value in values if value is not None]
    if values[-1] != budget or known != sorted(known):
        return None
    return _plan_fix(cells)


def _plan_fix(cells: list[str]) -> Fix:
    edits = tuple(Edit("replace", f"spending_plan[{place}]", cell) for place, cell in enumerate(cells))
    return Fix(f"改为 {'、'.join(cell.strip() or '空' for cell in cells)}", None, edits)


@project_rule(
    "plan-decreasing",
    Severity.ERROR,
    source=_PLAN,
    wrong={f"{PROJECT}.spending_plan": ("20%", "80%", "45%", "100%")},
    right={f"{PROJECT}.spending_plan": ("20%", "45%", "80%", "100%")},
)
def plan_decreasing(project: Project, context: Context) -> Iterator[Finding]:
    """A cell is below the last filled cell before it."""
    labels = context.template.checkpoints.labels
    before: tuple[Decimal, int] | None = None
    for place, value in enumerate(numbers(project)):
        if value is None:
            continue
        if before and value < before[0] and not _parts_of_hundred(project):
            cell = project.spending_plan[place].strip()
            message = (
                f"{labels[place]}的 {cell} 小于{labels[before[1]]}的 {project.spending_plan[before[1]].strip()}，"
                "支出计划是累计数，只增不减，请核对。"
            )
            yield Finding(f"spending_plan[{place}]", cell, message)
        before = (value, place)


def _parts_of_hundred(project: Project) -> bool:
    """Whether the cells are shares of each period, which together make 100."""
    known = [value for value in numbers(project) if value is not None]
    return len(known) > 1 and sum(known) == 100 and known[-1] < 100


@project_rule(
    "plan-not-100",
    Severity.ERROR,
    source=_PLAN,
    wrong={f"{PROJECT}.spending_plan": ("20%", "45%", "80%", "95%")},
    right={f"{PROJECT}.spending_plan": ("", "45%", "80%", "100%")},
)
def plan_not_100(project: Project, context: Context) -> Iterator[Finding]:
    """The last cell is empty or another number than 100."""
    if holds_amounts(project) or not project.spending_plan:
        return
    last = len(project.spending_plan) - 1
    cell = project.spending_plan[last].strip()
    value = numbers(project)[last]
    if value == 100 or (value is None and cell):
        return
    empty = not any(text.strip() for text in project.spending_plan)
    message = (
        "没有填写资金支出计划，请补填到各时点的累计百分比，12月底为 100%。"
        if empty
        else f"12月底{f'填的是 {cell}' if cell else '空着'}，全年资金应支出完毕，应为 100%。"
    )
    better = _to_hundred(project, last, percent_sign(context.template, project))
    # The form fills an empty cell; shares of each period add up to it. Another number may be meant.
    if better and cell and not _parts_of_hundred(project):
        yield Finding(f"spending_plan[{last}]", cell, message, choices=(better,))
    else:
        yield Finding(f"spending_plan[{last}]", cell, message, better)


def _to_hundred(project: Project, last: int, sign: str) -> Fix | None:
    values = numbers(project)
    if any(value is None and cell.strip() for value, cell in zip(values, project.spending_plan, strict=True)):
        return None
    if _parts_of_hundred(project):
        return _plan_fix(["" if value is None else f"{plain_number(value)}{sign}" for value in running(values)])
    if any(value is not None and value > 100 for value in values[:last]):
        return None
    return replacing(f"12月底改为 100{sign}", f"spending_plan[{last}]", f"100{sign}")


# amounts elsewhere in the project

_LARGER_THAN_THE_YEAR = re.compile(
    r"总投资|概算|估算|全周期|分年|跨年|合同总|框架合同|签订合同|累计|三年|两年|五年|人均|社会|节约|节省|收益"
)


def _is_cost(row: Indicator) -> bool:
    return "成本" in row.tier2 or "成本" in row.tier1


@project_rule(
    "cost-over-budget",
    Severity.ERROR,
    source="财预〔2015〕88号·成本指标不超过预算",
    wrong={f"{PROJECT}.indicators[cost].value": "≤75万元"},
    right={f"{PROJECT}.indicators[cost].value": "≤600000元"},
)
def cost_over_budget(project: Project, _context: Context) -> Iterator[Finding]:
    """A cost indicator's amount is above 预算数. What counts more than this year's project is left alone."""
    budget = budget_of(project)
    if not budget:
        return
    for row in project.indicators:
        if not _is_cost(row) or _LARGER_THAN_THE_YEAR.search(row.name + row.description):
            continue
        value = parse_value(row.value)
        cost = money(value.number + value.unit) if value.unit in {*_TEN_THOUSANDS, "万", "亿"} else None
        if cost is None or cost - budget < ROUNDING:
            continue
        message = f"成本「{row.value.strip()}」超过了预算数 {project.budget.strip()}{project.amount_unit}，请核对。"
        path = f"indicators[{row.id}].value"
        choices: tuple[Fix, ...] = ()
        if value.unit in _TEN_THOUSANDS:
            ceiling = f"{value.sign}{plain_number(budget / _TEN_THOUSANDS[value.unit])}{value.unit}"
            choices = (replacing(f"改为 {ceiling}", path, ceiling),)
        yield Finding(path, row.value.strip()[:60], message, choices=choices, places=("budget",))


@project_rule(
    "amount-mismatch",
    Severity.ERROR,
    source=_FORM,
    wrong={f"{PROJECT}.fund_use": "用于聘请授课专家、编印培训教材、租用教学场地等支出，项目预算数为80万元。"},
    right={f"{PROJECT}.fund_use": "项目预算数为600000元，其中聘请授课专家25万元，编印培训教材35万元。"},
)
def amount_mismatch(project: Project, context: Context) -> Iterator[Finding]:
    """An amount that the text gives for the whole project is not 预算数 (nor, where it says so, one of its two parts)."""
    budget = budget_of(project)
    if budget is None:
        return
    texts = [("fund_use", project.fund_use), *((f"goals[{place}]", goal) for place, goal in enumerate(project.goals))]
    for path, text in texts:
        if "元" not in text:
            continue
        for stated in stated_amounts(text, context.year):
            allowed = [budget, *(_parts(project) if stated.of_a_part else ())]
            if any(abs(stated.amount.value - amount) < ROUNDING for amount in allowed):
                continue
            amount = stated.amount
            right = f"{plain_number(budget / _TEN_THOUSANDS[amount.unit])}{amount.unit}"
            corrected = text[: amount.start] + right + text[amount.end :]
            message = (
                f"这里说全部资金是 {text[amount.start : amount.end]}，"
                f"预算数却是 {project.budget.strip()}{project.amount_unit}，请改成一致。"
            )
            # Where the parts make up what is said, the budget is as likely to be the wrong one.
            adds_up = sum(part.value for part in amounts(text[: stated.start])) == amount.value
            choices = () if adds_up else (replacing(f"改为 {right}", path, corrected),)
            yield Finding(path, text[stated.start : amount.end][-60:], message, choices=choices, places=("budget",))


def _parts(project: Project) -> list[Decimal]:
    parts = (money(text, project.amount_unit) for text in (project.fiscal_funds, project.other_funds))
    return [part for part in parts if part is not None]
