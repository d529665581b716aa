"""Hints of the project form while one types: the wrong place of a code, the amount that follows from two others."""

import re
from decimal import Decimal

from models.document.fieldnames import PART_LABELS
from models.document.project_code import (
    FORM_WORDS,
    LENGTH,
    check_character,
    has_known_form,
    is_meant_as_one,
    wrong_place,
)
from models.document.tree import Project
from models.document.values import money, parse_number

_HEAD = 9
"""Region, year and P."""
_ODD_COMMAS = re.compile(r"[,，](?!\d{3}(?!\d))")
"""A comma that does not stand before three digits: a slip for a point, or a digit that was lost."""
_ROUNDING = Decimal("0.01")
"""万元: a smaller difference is rounding."""


def code_hint(code: str) -> str:
    """What is wrong with a 项目编码, in one sentence; empty where nothing is, or where it is a code of another kind.

    Codes of other kinds begin with a letter; one that begins with a digit is meant as the budget system's.
    """
    strange = next((at for at, char in enumerate(code) if not char.isascii() or char.isspace()), None)
    if strange is not None:
        name = "空格" if code[strange].isspace() else f"「{code[strange]}」"
        return f"第 {strange + 1} 位是{name}，编码里只有数字和字母"
    if not (is_meant_as_one(code) or code[:1].isdigit()):
        return ""
    place = wrong_place(code)
    if place is None:
        return _check_hint(code)
    if place >= LENGTH:
        return f"多出 {len(code) - LENGTH} 位，编码{FORM_WORDS}"
    if place >= len(code):
        return missing_hint(code)
    wanted = "数字" if place < _HEAD - 1 else "字母 P" if place == _HEAD - 1 else "数字或大写字母"
    return f"第 {place + 1} 位「{code[place]}」应为{wanted}；编码{FORM_WORDS}"


def missing_hint(code: str) -> str:
    """How much of a code is still to come."""
    return f"还差 {LENGTH - len(code)} 位，编码共 {LENGTH} 位"


def _check_hint(code: str) -> str:
    right = check_character(code[:-1])
    if right is None or right == code[-1]:
        return ""
    return f"第 {LENGTH} 位「{code[-1]}」与前 {LENGTH - 1} 位不符（应为 {right}），请逐位核对"


def is_right_code(code: str) -> bool:
    """Whether form and check character are those of the budget system."""
    return has_known_form(code) and check_character(code[:-1]) == code[-1]


def missing_amount(project: Project) -> tuple[str, str] | None:
    """(field, amount) of the one amount that is empty while the two others give it; None where there is none such."""
    names = ("budget", "fiscal_funds", "other_funds")
    empty = [name for name in names if not getattr(project, name).strip()]
    budget, fiscal, other = (parse_number(getattr(project, name)) for name in names)
    known = [amount for amount in (budget, fiscal, other) if amount is not None]
    if len(empty) != 1 or len(known) != 2:
        return None
    computed = {
        "budget": _sum(fiscal, other),
        "fiscal_funds": _sum(budget, other, -1),
        "other_funds": _sum(budget, fiscal, -1),
    }[empty[0]]
    if computed is None or computed < 0:
        return None
    # «0.0» is how nobody writes that there is none.
    return empty[0], "0.00" if not computed and computed.as_tuple().exponent else f"{computed:f}"


def _sum(one: Decimal | None, two: Decimal | None, sign: int = 1) -> Decimal | None:
    return None if one is None or two is None else one + sign * two


def amount_line(project: Project) -> str:
    """Whether the parts make the budget, with the difference, and the budget in the other unit; "" where nothing is known."""
    unit = project.amount_unit
    for name in ("budget", "fiscal_funds", "other_funds"):
        typed = getattr(project, name).strip()
        if typed and (money(typed, unit) is None or _ODD_COMMAS.search(typed)):
            return f"⚠ {PART_LABELS[Project][name]}「{typed}」不像一个金额，请写成 1204.50 或 1,204.50 这样的数字"
    budget = money(project.budget, unit)
    return "　".join(filter(None, (_parts_line(project, budget, unit), _other_unit(budget, unit))))


def _parts_line(project: Project, budget: Decimal | None, unit: str) -> str:
    typed = (project.fiscal_funds.strip(), project.other_funds.strip())
    parts = [money(text, unit) if text else Decimal(0) for text in typed]
    if budget is None or not any(typed) or None in parts:
        return ""
    total = sum((part for part in parts if part is not None), Decimal(0))
    difference = (total - budget) / (money("1", unit) or 1)
    if abs(total - budget) < _ROUNDING:
        return "✓ 财政资金 + 其他资金 = 预算数"
    word = "多" if difference > 0 else "少"
    return f"⚠ 财政资金 + 其他资金 ≠ 预算数，{word} {abs(difference):,.2f} {unit}"


def _other_unit(budget: Decimal | None, unit: str) -> str:
    """The budget in 元, or in 万元 where it counts 元: three zeros too many are seen there."""
    if not budget or unit not in {"万元", "元"}:
        return ""
    if unit == "元":
        return f"预算数合 {budget:,.2f} 万元"
    return f"预算数合 {budget * 10_000:,.2f} 元".replace(".00 元", " 元")
