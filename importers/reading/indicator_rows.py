"""One row of indicators from its columns: tiers filled down, sign, direction, number and unit joined to a value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from importers.form_tables import tier_name
from importers.reading.reading_labels import Vocabulary
from importers.table_grid import squeeze
from models.document.tree import Indicator
from models.document.values import SIGNS, compose_value, parse_value

SIGN_FIELDS = ("sign", "direction", "nature")
_POINTS = re.compile(r"(?P<tier>.+?)(?:[（(]\d{1,3}(?:\.\d)?分?[）)]|\d{1,3}(?:\.\d)?分)")
_MEASURES = (*SIGN_FIELDS, "unit")
_RANGE = re.compile(r"\d[\d.,]*\s*[-~～—至]\s*\d[\d.,]*")
_PLAIN = ("name", "description", "basis", "weight")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """An indicator without an id. `left`: words no field takes, with the field of their column; `led`: the word its sign
    was made from, where none was written; `odd`: words of a sign's column that are none."""

    indicator: Indicator
    left: tuple[tuple[str, str], ...] = ()
    led: str = ""
    odd: str = ""


def read_row(
    values: Mapping[str, str],
    above: Indicator,
    vocabulary: Vocabulary,
    tiers: Mapping[str, str],
    tier1: str = "",
    is_own: bool = False,
) -> ReadRow:
    """The indicator of these columns. A tier left blank is the one `above`; `tier1`: the one the header names for the row;
    `is_own`: this program wrote the list, so that every tier is as it was typed."""
    known = {} if is_own else tiers
    tier, points = _without_points(values.get("tier1", ""), known)
    lower, lower_points = _without_points(values.get("tier2", ""), known)
    first = tier1 or tier_name(tier, tiers) or above.tier1
    second = tier_name(lower, tiers) or (above.tier2 if first == above.tier1 and not tier1 else "")
    plain: dict[str, Any] = {name: values.get(name, "") for name in _PLAIN}
    fresh = (
        ("tier1", points, first != above.tier1),
        ("tier2", lower_points, (first, second) != (above.tier1, above.tier2)),
    )
    kept = tuple((name, words) for name, words, is_fresh in fresh if words and is_fresh)
    if not any(map(values.get, _MEASURES)):
        return ReadRow(Indicator("", first, second, value=values.get("value", ""), **plain), kept)
    found = _sign(values, vocabulary)
    value, left_sign, left_unit = _composed(found.words, found.sign, values.get("value", ""), values.get("unit", ""))
    left = [*kept, *found.others]
    left += [(field, words) for field, words in ((found.field, left_sign), ("unit", left_unit)) if words]
    odd = found.others[0][1] if found.others and not found.sign else ""
    led = found.words if found.is_led and not left_sign else ""
    return ReadRow(Indicator("", first, second, value=value, **plain), tuple(left), led, odd)


def _without_points(words: str, tiers: Mapping[str, str]) -> tuple[str, str]:
    """(«产出指标», «产出指标（50分）») where points follow a known tier; else the words, and ""."""
    found = _POINTS.fullmatch(squeeze(words))
    return (found["tier"], words) if found and found["tier"] in tiers else (words, "")


def read_long_term(
    values: Mapping[str, str],
    long_term: Mapping[str, str],
    annual: Indicator,
    vocabulary: Vocabulary,
    tiers: Mapping[str, str],
) -> Indicator | None:
    """The indicator of a whole period's columns; what they leave blank is the year's. None where they hold none."""
    if not (long_term.get("value") or long_term.get("name")):
        return None
    measures = {name: values.get(name, "") for name in (*SIGN_FIELDS, "unit")}
    own = {name: words for name, words in long_term.items() if words}
    read = read_row({"name": annual.name, **measures, "value": "", **own}, annual, vocabulary, tiers)
    return replace(read.indicator, scope="long_term")


class _Sign(NamedTuple):
    """`sign`: the one the words of that field mean; `is_led`: they only lead to it; `others`: what else stands in such columns."""

    field: str = "sign"
    words: str = ""
    sign: str = ""
    is_led: bool = False
    others: tuple[tuple[str, str], ...] = ()


def _sign(values: Mapping[str, str], vocabulary: Vocabulary) -> _Sign:
    words = {name: word for name in SIGN_FIELDS if (word := squeeze(values.get(name, "")))}
    written = next((name for name, word in words.items() if vocabulary.sign(word)), None)
    if written is not None:
        others = tuple((name, word) for name, word in words.items() if name != written and word != words[written])
        return _Sign(written, words[written], vocabulary.sign(words[written]) or "", False, others)
    number = parse_value(values.get("value", ""))
    is_words = any(word in vocabulary.words["qualitative"] for word in words.values())
    led = next((name for name, word in words.items() if word in vocabulary.directions), None)
    if led is None or is_words or not number.number or number.sign:
        return _Sign(others=tuple(words.items()))
    others = tuple((name, word) for name, word in words.items() if name != led)
    return _Sign(led, words[led], vocabulary.directions[words[led]], True, others)


def _composed(sign: str, literal: str | None, number: str, unit: str) -> tuple[str, str, str]:
    """(the value of a row, what of its sign and what of its unit it could not take in). `literal`: the sign the words of the sign's
    column mean, None for other words.

    A value that has its own sign keeps it; a unit follows a bare number or range; words take neither ＝ nor a unit.
    """
    parts = parse_value(number)
    left_sign = sign if literal is None else ""
    is_number = bool(parts.number) or bool(_RANGE.fullmatch(number))
    if parts.sign or not number:
        left_sign, literal = left_sign or (sign if literal not in (parts.sign, parts.meaning) else ""), ""
    elif literal is not None and not is_number and literal in ("=", SIGNS[2]):
        literal = ""
    bare = bool(is_number and not parts.unit)
    takes_unit = bare or not unit or (parts.unit != "" and parts.measure == parse_value(f"1{unit}").measure)
    return compose_value(literal or "", number, unit if bare else ""), left_sign, "" if takes_unit else unit
