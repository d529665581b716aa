"""Computed views of what was typed: indicator values, amounts, percents. Nothing here ever alters the text."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

SIGNS = ("≥", "≤", "＝", "＞", "＜")
"""Signs the picker offers; no sign reads as ＝ (domain.md §3)."""

_SIGN = r"(?P<sign>>=|<=|＞＝|＜＝|[=＝≥≤≧≦⩾⩽>＞<＜])?"
_NUMBER = r"(?P<number>[-－]?\d[\d,，]*(?:[.．]\d+)?)"
_UNIT = r"(?P<unit>[^\d\s*×~～\-—至到,，.。;；:：≥≤<>＜＞=＝][^\d\s*×~～\-—至到,，。;；:：≥≤<>＜＞=＝]{0,11})?"
# Possessive: white space without an end would else be dealt out between its neighbours in every way there is.
_VALUE = re.compile(rf"\s*+{_SIGN}\s*+{_NUMBER}\s*+{_UNIT}\s*+\Z")
_SIGN_ALONE = re.compile(rf"\s*+{_SIGN}\s*+(?P<rest>\S*+)\s*+\Z")

_CANONICAL_SIGN = {
    ">=": "≥", "＞＝": "≥", "≧": "≥", "⩾": "≥", "<=": "≤", "＜＝": "≤", "≦": "≤", "⩽": "≤", "=": "＝", ">": "＞", "<": "＜",
}  # fmt: skip
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，－＋％", "0123456789.,-+%")
_SAME_UNIT = {"百分比": "%", "％": "%", "次数": "次"}


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """The parts of a 指标值 as typed: sign, number and unit, or words (then the other three are empty)."""

    sign: str = ""
    number: str = ""
    unit: str = ""
    words: str = ""

    @property
    def amount(self) -> Decimal | None:
        """The number as a Decimal; None where the value is words."""
        return parse_number(self.number)

    @property
    def meaning(self) -> str:
        """The sign as the form writes it: none and «=» are ＝, «>=» is ≥; empty where there is no number."""
        return _CANONICAL_SIGN.get(self.sign, self.sign or "＝") if self.number else ""

    @property
    def measure(self) -> str:
        """The unit with its one name: 百分比 is %, 次数 is 次."""
        return _SAME_UNIT.get(self.unit, self.unit)


def parse_value(text: str, known_units: Collection[str] = ()) -> IndicatorValue:
    """The parts of a value. `known_units` lets a sign or a unit that still waits for its number be read as such."""
    found = _VALUE.match(text)
    if found:
        return IndicatorValue(found["sign"] or "", found["number"], found["unit"] or "")
    alone = _SIGN_ALONE.match(text)
    if alone and (alone["sign"] or alone["rest"]) and (not alone["rest"] or alone["rest"] in known_units):
        return IndicatorValue(alone["sign"] or "", "", alone["rest"])
    return IndicatorValue(words=text)


def compose_value(sign: str, number: str, unit: str) -> str:
    """The text of a value from its parts, nothing between them; but a unit of digits stays apart from the number: 20 and 88
    are not 2088."""
    apart = " " if _ENDS_IN_A_DIGIT.search(number) and _BEGINS_WITH_A_DIGIT.match(unit) else ""
    return f"{sign}{number}{apart}{unit}"


_ENDS_IN_A_DIGIT, _BEGINS_WITH_A_DIGIT = re.compile(r"[\d.,]\Z"), re.compile(r"[.,]?\d")


_LONGEST_NUMBER = 40
"""Characters of a number. What is pasted by accident may be so long that arithmetic with it overflows."""


def parse_number(text: str) -> Decimal | None:
    """«4,204.68» or «１２» as a Decimal; None where it is no plain number."""
    plain = text.translate(_HALF_WIDTH).strip().replace(",", "")
    if len(plain) > _LONGEST_NUMBER or not re.fullmatch(r"[-+]?\d+(\.\d+)?|[-+]?\.\d+", plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


_TEN_THOUSAND_YUAN = {
    "元": Decimal("0.0001"),
    "千元": Decimal("0.1"),
    "万元": Decimal(1),
    "亿元": Decimal(10_000),
    "万": Decimal(1),
    "亿": Decimal(10_000),
}


def money(text: str, unit: str = "万元") -> Decimal | None:
    """An amount in 万元. `text` is a plain number counted in `unit` (元, 万元 …) or carries its own unit («165万元»).

    None where it is empty, no number, or the unit is not one of Chinese money.
    """
    found = re.fullmatch(r"\s*+([-+－]?[\d,，.．]++)\s*+(亿元|万元|千元|元|亿|万)?\s*+", text.translate(_HALF_WIDTH))
    if not found:
        return None
    number, factor = parse_number(found[1]), _TEN_THOUSAND_YUAN.get(found[2] or unit)
    return None if number is None or factor is None else number * factor


def in_unit(text: str, unit: str, wanted: str) -> str:
    """An amount counted in `unit`, counted in `wanted`: «352000» in 元 is «35.2» in 万元. As it is where it is no amount."""
    amount, factor = money(text, unit), _TEN_THOUSAND_YUAN.get(wanted)
    if amount is None or factor is None or unit == wanted or parse_number(text) is None:
        return text
    return plain_number(amount / factor)


def plain_number(number: Decimal) -> str:
    """The number without an exponent and without zeros that say nothing: 150.00 → 150."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(text: str) -> Decimal | None:
    """«25%», «25百分比» or «25» as Decimal(25); None for anything else."""
    found = re.fullmatch(r"\s*+([-－]?[\d.]++)\s*+(%|百分比)?\s*+", text.translate(_HALF_WIDTH))
    return parse_number(found[1]) if found else None
