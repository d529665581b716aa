"""Rules on amounts that ought to make up the budget, and on weights that ought to make up 100."""

import re
from collections.abc import Iterator
from decimal import Decimal

from models.checks.money_rules import ROUNDING, budget_of
from models.checks.prose import amounts, clauses
from models.checks.registry import PROJECT, Context, Finding, Severity, project_rule, replacing
from models.document.tree import Project
from models.document.values import parse_number, plain_number

_NEARLY, _HALF = Decimal("0.9"), Decimal("0.5")
_MANY = 3
_OPEN = re.compile(
    "其中|等(?![级候待])|主要|包括|部分|左右|余|约|上年|去年|每|标准|人均|不超过|以内|以上|合计|共计|总计|预算数|总额|结转|分年|累计"
)
_SCALE = 10_000


_JOINED = re.compile(r"(?<=元)(?:和|及|以及|与|并)(?=[\u4e00-\u9fff])")


def priced_parts(text: str) -> list[Decimal]:
    """The amounts of a text that prices each of its pieces and nothing else; none of any other text."""
    if "元" not in text or _OPEN.search(text):
        return []
    text = _JOINED.sub("、", text)
    pieces = [piece.text for piece in clauses(text.replace("、", "，"))]
    priced = [[amount.value for amount in amounts(piece)] for piece in pieces]
    if len(pieces) < 2 or any(len(found) > 1 for found in priced):
        return []
    # «水电费、维修费504万元» prices the pieces between pause marks together.
    groups = [[amount.value for amount in amounts(piece.text)] for piece in clauses(text)]
    if len([found for found in priced if found]) < 2 or not priced[-1]:
        return []
    if any(not found for found in groups) and "、" not in text:
        return []
    return [value for found in priced for value in found]


@project_rule(
    "quantity-price",
    Severity.ERROR,
    source="资金用途各项之和应等于预算数",
    wrong={f"{PROJECT}.fund_use": "聘请授课专家费25万元，编印培训教材费34万元。"},
    right={f"{PROJECT}.fund_use": "聘请授课专家费25万元，编印培训教材费35万元。"},
)
def quantity_price(project: Project, _context: Context) -> Iterator[Finding]:
    """Every piece of 资金用途 has its price, and together they are nearly, but not quite, 预算数 (or more than it)."""
    budget, parts = budget_of(project), priced_parts(project.fund_use)
    added = sum(parts, Decimal(0))
    if not budget or not parts or any(abs(amount - budget) < ROUNDING for amount in (added, *parts)):
        return  # an amount that is the budget is the total
    if added > 10 * budget or added < (_HALF if len(parts) >= _MANY else _NEARLY) * budget:
        return
    message = (
        f"资金用途各项相加 {' + '.join(map(plain_number, parts))} = {plain_number(added)} 万元，"
        f"同预算数 {project.budget.strip()}{project.amount_unit} 不符，请核对。"
    )
    excerpt = project.fund_use.strip().split("\n")[0][:60].strip()
    severity = Severity.WARN if added < _NEARLY * budget else None  # some use may have been left out
    yield Finding("fund_use", excerpt, message, severity=severity, places=("budget",))


@project_rule(
    "amount-scale",
    Severity.WARN,
    source="金额的单位应前后一致",
    wrong={
        f"{PROJECT}.budget": "600000",
        f"{PROJECT}.fiscal_funds": "600000",
        f"{PROJECT}.other_funds": "",
        f"{PROJECT}.fund_use": "聘请授课专家费25万元，编印培训教材费35万元。",
    },
    right={f"{PROJECT}.fund_use": "聘请授课专家费25万元，编印培训教材费35万元。"},
)
def amount_scale(project: Project, _context: Context) -> Iterator[Finding]:
    """预算数 is ten thousand times what 资金用途 adds up to: 元 in the place of 万元. Or it is 0 though money is used."""
    budget, parts = budget_of(project), priced_parts(project.fund_use)
    added = sum(parts, Decimal(0))
    if budget is None or not added:
        return
    typed = project.budget.strip()
    if budget == 0:
        message = f"预算数是 {typed}，资金用途却写了 {plain_number(added)} 万元，请核对。"
        yield Finding("budget", typed, message, places=("fund_use",))
    elif abs(budget - added * _SCALE) < ROUNDING * _SCALE:
        message = f"预算数 {typed}{project.amount_unit} 是资金用途合计 {plain_number(added)} 万元的一万倍，像是把元填成了万元，请核对。"
        right = f"{added:.2f}"
        choices = (replacing(f"预算数改为 {right}", "budget", right),) if project.amount_unit == "万元" else ()
        yield Finding("budget", typed, message, choices=choices, places=("fund_use",))


_USUAL_SUMS = frozenset({80, 90, 100})
"""Forms that keep 10 or 20 points for the use of funds say 90 or 80."""


@project_rule(
    "weight-sum",
    Severity.WARN,
    source="各项指标权重之和为 100",
    wrong={
        f"{PROJECT}.indicators[quantity].weight": "40",
        f"{PROJECT}.indicators[quality].weight": "30",
        f"{PROJECT}.indicators[benefit].weight": "40",
    },
    right={
        f"{PROJECT}.indicators[quantity].weight": "40",
        f"{PROJECT}.indicators[quality].weight": "30",
        f"{PROJECT}.indicators[benefit].weight": "30",
    },
)
def weight_sum(project: Project, _context: Context) -> Iterator[Finding]:
    """The rows' weights do not add up to 100."""
    weighted = [
        (row, parse_number(row.weight.strip().rstrip("%％分"))) for row in project.indicators if row.weight.strip()
    ]
    weights = [weight for _row, weight in weighted if weight is not None]
    if len(weights) < 2 or len(weights) < len(weighted):
        return
    total = sum(weights, Decimal(0))
    if total not in _USUAL_SUMS and total != 1:
        row = weighted[-1][0]
        message = f"各行权重相加是 {plain_number(total)}，一般应为 100，请核对。"
        yield Finding(f"indicators[{row.id}].weight", row.weight.strip(), message)
