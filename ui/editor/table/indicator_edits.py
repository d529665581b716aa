"""What editing does to rows of indicators: pure functions from values to values, without Qt."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from models.document.template import TierScheme
from models.document.tree import Indicator, new_id
from models.document.values import SIGNS, IndicatorValue, compose_value, parse_value
from models.session.session import cleaned

TIER1, TIER2, NAME, DESCRIPTION, SIGN, NUMBER, UNIT, BASIS = range(8)
COLUMN_COUNT = 8
FIELDS = ("tier1", "tier2", "name", "description", "value", "value", "value", "basis")
PARTS = frozenset({SIGN, NUMBER, UNIT})
WITH_LIST = frozenset({TIER1, TIER2, NAME, SIGN, UNIT, BASIS})
"""The columns whose cells have a list."""
PRINTED_COLUMNS = (TIER1, TIER2, NAME, DESCRIPTION, NUMBER, BASIS)
"""The six columns of the printed table, whose 指标值 is one cell."""

HEADERS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "符号", "指标值", "单位", "指标值确定依据")
_HEADS = frozenset((*HEADERS, "计量单位", "指标符号"))

Rows = tuple[Indicator, ...]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the rows are read with: the draft's tier scheme and the units known to it."""

    scheme: TierScheme
    units: frozenset[str]


@lru_cache(maxsize=4096)
def value_parts(text: str, units: frozenset[str]) -> IndicatorValue:
    """`parse_value`, remembered: a table asks for the same values at every paint."""
    return parse_value(text, units)


@lru_cache(maxsize=64)
def units_in(values: tuple[str, ...], units: frozenset[str]) -> frozenset[str]:
    """The units in those values, remembered: keys struck beside them change none."""
    return frozenset(value_parts(value, units).unit for value in values) - {""}


def cell_text(row: Indicator, column: int, units: frozenset[str]) -> str:
    """What the cell shows; the three parts of the value, or its words in the column of the number."""
    if column not in PARTS:
        text: str = getattr(row, FIELDS[column])
        return text
    parts = value_parts(row.value, units)
    if column == NUMBER:
        return parts.number or parts.words
    return parts.sign if column == SIGN else parts.unit


def with_cell(row: Indicator, column: int, text: str, vocabulary: Vocabulary) -> Indicator:
    """The row with that text typed into the cell. A tier's only second tier comes with it."""
    if column in PARTS:
        return replace(row, value=with_parts(row.value, {column: text}, vocabulary.units))
    changed: dict[str, Any] = {FIELDS[column]: text}
    row = replace(row, **changed)
    return _with_fitting_tier2(row, vocabulary.scheme) if column == TIER1 else row


def with_parts(value: str, typed: Mapping[int, str], units: frozenset[str]) -> str:
    """The value with some of its parts retyped; `typed` is by column."""
    if typed.keys() >= PARTS:
        return compose_value(typed[SIGN], typed[NUMBER], typed[UNIT])
    if NUMBER in typed:
        value = _with_number(value, typed[NUMBER], units)
    if typed.keys() & {SIGN, UNIT}:
        parts = value_parts(value, units)
        value = compose_value(typed.get(SIGN, parts.sign), parts.number or parts.words, typed.get(UNIT, parts.unit))
    return value


def _with_number(value: str, text: str, units: frozenset[str]) -> str:
    """A number takes the place of the old one, words that of the whole; what came with the number is taken, too."""
    old, typed = value_parts(value, units), value_parts(text, units)
    if not text:
        return compose_value(old.sign, "", old.unit)
    if typed.words:
        return text
    sign, unit = typed.sign or old.sign, typed.unit or old.unit
    if (sign, unit) == (typed.sign, typed.unit):
        return text
    return compose_value(sign, typed.number, unit)


def _with_fitting_tier2(row: Indicator, scheme: TierScheme) -> Indicator:
    below = scheme.tiers.get(row.tier1, ())
    return replace(row, tier2=below[0]) if len(below) == 1 else row


def tier_fault(row: Indicator, column: int, scheme: TierScheme) -> str:
    """Why the tier in that cell does not fit the scheme, in the user's words; empty when it does."""
    if column == TIER1 and row.tier1 and row.tier1 not in scheme.tiers:
        return f"「{scheme.name}」中没有一级指标「{row.tier1}」"
    if column != TIER2 or not row.tier2 or row.tier2 in scheme.tiers.get(row.tier1, ()):
        return ""
    if row.tier1 in scheme.tiers:
        return f"「{row.tier2}」不属于「{row.tier1}」"
    return "" if scheme.parent(row.tier2) else f"「{scheme.name}」中没有二级指标「{row.tier2}」"


def choices(row: Indicator, column: int, scheme: TierScheme) -> list[str]:
    """What the dropdown of that cell offers; a value from elsewhere is kept and offered, too."""
    if column == SIGN:
        offered = ["", *SIGNS]
    elif column == TIER1:
        offered = list(scheme.tiers)
    else:
        offered = list(
            scheme.tiers.get(row.tier1) or dict.fromkeys(t for below in scheme.tiers.values() for t in below)
        )
    own = getattr(row, FIELDS[column]) if column not in PARTS else ""
    return offered if own in offered or not own else [*offered, own]


def merges_above(rows: Sequence[Indicator], row: int, column: int) -> bool:
    """Whether the form prints this tier cell as one with the cell above it."""
    if row <= 0 or row >= len(rows) or column not in {TIER1, TIER2}:
        return False
    here, above = rows[row], rows[row - 1]
    same = bool(here.tier1) and here.tier1 == above.tier1
    return same if column == TIER1 else same and bool(here.tier2) and here.tier2 == above.tier2


def sorted_rows(rows: Rows, scheme: TierScheme) -> Rows:
    """合理排序: in the order of the tiers, what the scheme does not know behind; else as they stood."""
    order = {tier1: at for at, tier1 in enumerate(scheme.tiers)}
    below = {(t1, t2): at for t1, tiers in scheme.tiers.items() for at, t2 in enumerate(tiers)}
    last = len(order) + len(below)

    def place(row: Indicator) -> tuple[int, int]:
        return order.get(row.tier1, last), below.get((row.tier1, row.tier2), last)

    return tuple(sorted(rows, key=place))


def moved_rows(rows: Rows, places: Collection[int], before: int) -> Rows:
    """The rows at those places together before the row that stands at `before`; the number of rows = the end."""
    moving = [row for at, row in enumerate(rows) if at in places]
    head = [row for at, row in enumerate(rows[:before]) if at not in places]
    tail = [row for at, row in enumerate(rows[before:], before) if at not in places]
    return (*head, *moving, *tail)


def filled(rows: Rows, cells: Iterable[Place], text: str, vocabulary: Vocabulary) -> Rows:
    """The same text in all of those cells."""
    return _typed(rows, dict.fromkeys(cells, text), vocabulary)


def new_row(like: Indicator | None = None) -> Indicator:
    """An empty row under the same tiers as `like`."""
    return Indicator(new_id("i"), like.tier1, like.tier2) if like else Indicator(new_id("i"))


def same_order(one: Sequence[Indicator], other: Sequence[Indicator]) -> bool:
    """Whether they are the same rows in the same order, whatever stands in them."""
    return len(one) == len(other) and all(row.id == same.id for row, same in zip(one, other, strict=True))


def is_untouched(row: Indicator) -> bool:
    """Whether nothing stands in the row but its tiers."""
    return not (row.name or row.description or row.value or row.basis or row.weight)


def cleared(rows: Rows, cells: Iterable[Place], vocabulary: Vocabulary) -> Rows:
    """The rows with those cells empty."""
    return _typed(rows, dict.fromkeys(cells, ""), vocabulary)


def filled_down(rows: Rows, cells: Collection[Place], vocabulary: Vocabulary) -> Rows:
    """Each selected column takes its topmost selected cell; a selection of one row takes the row above it."""
    if not cells:
        return rows
    top, bottom = min(row for row, _ in cells), max(row for row, _ in cells)
    source = rows[top - 1 if top == bottom and top else top]
    typed = {
        (row, column): cell_text(source, column, vocabulary.units)
        for row, column in cells
        if row > top or top == bottom
    }
    done = _typed(rows, typed, vocabulary)
    whole = {row for row, column in typed if all((row, part) in typed for part in PARTS)}
    return tuple(replace(r, value=source.value) if place in whole else r for place, r in enumerate(done))


def filled_on(rows: Rows, area: tuple[int, int, int, int], until: int, vocabulary: Vocabulary) -> Rows:
    """The cells of the area (top, left, bottom, right) again and again below it, down to that row."""
    top, left, bottom, right = area
    height = bottom - top + 1
    source = {place: rows[top + (place - top) % height] for place in range(bottom + 1, until + 1)}
    typed = {
        (place, column): cell_text(row, column, vocabulary.units)
        for place, row in source.items()
        for column in range(left, right + 1)
    }
    done = _typed(rows, typed, vocabulary)
    if not left <= SIGN <= UNIT <= right:
        return done
    # The whole value goes on to the letter, however it is written.
    return tuple(replace(row, value=source[at].value) if at in source else row for at, row in enumerate(done))


def pasted(rows: Rows, block: Sequence[Sequence[str]], cells: Collection[Place], vocabulary: Vocabulary) -> Rows:
    """The block's cells from the first selected cell on, with rows added as needed. One value fills the selection."""
    if len(block) == 1 and len(block[0]) == 1 and len(cells) > 1:
        return _typed(rows, dict.fromkeys(cells, block[0][0]), vocabulary)
    top = min((r for r, _ in cells), default=len(rows))
    bottom = max((r for r, _ in cells), default=top)
    lines = [*block] * (bottom - top + 1) if len(block) == 1 else [*block]
    columns = target_columns(lines, cells, vocabulary.scheme)
    rows = _with_rows(rows, top + len(lines))
    for place, line in enumerate(lines, top):
        typed = {(place, column): text for column, text in zip(columns, line, strict=False)}
        rows = _typed(rows, _tiers_from_above(rows, place, typed), vocabulary, whole_values=True)
    return rows


def without_header(block: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """A table copied with its head: the head is no row."""
    head = {"".join(text.split()) for text in block[0] if text.strip()} if block else set()
    return block[1:] if len(head) > 1 and head <= _HEADS else block


def target_columns(block: Sequence[Sequence[str]], cells: Collection[Place], scheme: TierScheme) -> Sequence[int]:
    """The table's columns the block's columns go to. Whole rows go to the first, wherever in the row the cursor stands."""
    width = max(len(line) for line in block)
    left = TIER1 if _begins_with_tiers(block, scheme) else min((column for _, column in cells), default=TIER1)
    if left == TIER1 and width == len(PRINTED_COLUMNS):
        return PRINTED_COLUMNS
    return range(left, min(left + width, COLUMN_COUNT))


def _begins_with_tiers(block: Sequence[Sequence[str]], scheme: TierScheme) -> bool:
    """Whether rows were copied from 一级指标 on; below the first row of a merged cell there is nothing."""
    first = {"".join(line[0].split()) for line in block if line}
    return min(map(len, block)) > TIER2 and bool(first - {""}) and first - {""} <= scheme.tiers.keys()


def _with_rows(rows: Rows, count: int) -> Rows:
    added = list(rows)
    while len(added) < count:
        added.append(new_row(added[-1] if added else None))
    return tuple(added)


def _tiers_from_above(rows: Rows, place: int, typed: dict[Place, str]) -> dict[Place, str]:
    """A blank tier beside other pasted cells is a merged one: it means the tier above."""
    if place == 0 or len(typed) < 2:
        return typed
    above = {TIER1: rows[place - 1].tier1, TIER2: rows[place - 1].tier2}
    return {
        (row, column): above[column] if column in above and not text.strip() else text
        for (row, column), text in typed.items()
    }


def _typed(rows: Rows, typed: Mapping[Place, str], vocabulary: Vocabulary, whole_values: bool = False) -> Rows:
    """The rows with many cells typed at once. `whole_values`: «90%» in a number's cell leaves no old sign before it."""
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in typed.items():
        by_row.setdefault(row, {})[column] = clean_cell(column, text)
    new = list(rows)
    for place, cells in by_row.items():
        changed = new[place]
        for column in sorted(cells.keys() - PARTS):
            changed = with_cell(changed, column, cells[column], vocabulary)
        parts = {column: cells[column] for column in cells.keys() & PARTS}
        if parts:
            changed = replace(changed, value=_value_of(changed.value, parts, vocabulary.units, whole_values))
        new[place] = changed if changed != new[place] else new[place]
    return tuple(new)


def _value_of(value: str, parts: Mapping[int, str], units: frozenset[str], whole: bool) -> str:
    alone = parts.get(NUMBER, "") if parts.keys() == {NUMBER} else ""
    read = value_parts(alone, units)
    return alone if whole and (read.sign or read.unit) else with_parts(value, parts, units)


def clean_cell(column: int, text: str) -> str:
    """The text as a field of that column can hold it."""
    return cleaned(f"projects[p].indicators[i].{FIELDS[column]}", text)[0]


def row_number(place: int, *, is_long_term: bool) -> str:
    """What stands at the left of a row: its number, and 期 for one of the whole term of the project."""
    return f"{place + 1} 期" if is_long_term else str(place + 1)
