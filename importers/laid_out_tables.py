"""Reads a table by the layout of a form: each row shows the form's own labels in their places, so nothing is guessed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from importers.table_grid import GridRow, squeeze
from models.document.blocks import Block, Table
from models.document.table_layout import FormCell, FormRow, FormTable, braces, stretches

Values = dict[str, str]
"""Words by the fields of a row."""
_Places = Sequence[FormCell | None]


@dataclass(slots=True)
class LaidOut:
    """What the tables of one record say: of itself, and of its parts, each with what its row is repeated for."""

    fields: Values = field(default_factory=dict)
    rows: list[tuple[str, Values]] = field(default_factory=list)


def read_table(rows: Sequence[GridRow], table: FormTable, found: LaidOut) -> bool:
    """Takes a table into what was read; False where its rows are not those of the layout."""
    waiting = [row for row in rows if row]
    places = table.places()
    for number, row in enumerate(table.rows):
        if row.each:
            own, waiting = _own_rows(waiting, table, number)
            above: Values = {}
            for one in own:
                values = _take_row(one, places[number], above)
                if values is None:
                    return False
                if values:
                    above = values
                    found.rows.append((row.each, values))
        elif _may_lack(row) and _is_left_out(number, table, waiting):
            continue
        elif not waiting or not _take(waiting.pop(0), places[number], found.fields):
            return False
    return not waiting


@cache
def plain_labels(tables: tuple[FormTable, ...]) -> frozenset[str]:
    """The labels that every table of the layout shows word by word."""
    rows = (row for table in tables for row in table.rows if not row.each and not row.optional)
    return frozenset(squeeze(cell.label) for row in rows for cell in row.cells if cell.label and not cell.fields)


def shows_labels(words: Iterable[str], layouts: Iterable[tuple[FormTable, ...]]) -> bool:
    """A quick look: whether every plain label of one of the layouts is among the words of a sheet."""
    written = {squeeze(text) for text in words}
    return any(plain_labels(tables) <= written for tables in layouts)


def without_lines(table: Table) -> tuple[Block, ...]:
    """A table of all rows of a sheet, the lines above it as the lines they are."""
    rows = list(table.rows)
    lines: list[Block] = []
    while rows and len(rows[0].cells) == 1:
        lines += rows.pop(0).cells[0].paragraphs
    return (*lines, Table(tuple(rows))) if rows else tuple(lines)


def read_label(label: str, text: str) -> Mapping[str, str] | None:
    """The fields in a text that shows the label, as they were written; None where it shows another."""
    found = pattern(label).fullmatch(squeeze(text))
    if found is None:
        return None
    found = (pattern(label, spaced=True).fullmatch(text) if found.groups() else None) or found
    names = [name for _, name in braces(label) if name]
    return {name: words.strip() for name, words in zip(names, found.groups(), strict=True) if words is not None}


@cache
def pattern(label: str, spaced: bool = False) -> re.Pattern[str]:
    """What the squeezed words of a label look like, its fields as groups; `spaced`: its words with white space anywhere."""
    gap = r"\s*" if spaced else ""
    parts = [gap]
    for part, may_lack in stretches(label):
        words = "".join(
            "".join(re.escape(sign) + gap for sign in squeeze(words)) + (f"(.*){gap}" if name else "")
            for words, name in braces(part)
        )
        parts.append(f"(?:{words})?" if may_lack else words)
    return re.compile("".join(parts), re.DOTALL)


def _own_rows(waiting: list[GridRow], table: FormTable, number: int) -> tuple[list[GridRow], list[GridRow]]:
    """The rows a repeated row was drawn as, and those that follow: all but as many as are left, or up to the labels that come
    before further repeated ones."""
    places, below = table.places()[number + 1 :], table.rows[number + 1 :]
    if any(row.each for row in below):
        heads = places[: next(place for place, row in enumerate(below, 1) if not row.optional)]
        found = (place for place, row in enumerate(waiting) if any(_take(row, head, {}) for head in heads))
        end = next(found, len(waiting))
    else:
        needed = sum(not _may_lack(row) for row in below)
        ends = range(len(waiting) - len(below), len(waiting) - needed + 1)
        end = next((end for end in ends if end >= 0 and _follow(waiting[end:], below, places)), 0)
    return waiting[:end], waiting[end:]


def _may_lack(row: FormRow) -> bool:
    """Whether a row without words is not there: an optional one, or, in a workbook, one of fields alone."""
    return row.optional or not any(cell.label for cell in row.cells)


def _is_left_out(number: int, table: FormTable, waiting: Sequence[GridRow]) -> bool:
    """Whether a row that may lack does; one of fields alone where there are too few rows, and those below it follow at once."""
    places = table.places()
    if table.rows[number].optional:
        return not (waiting and _take(waiting[0], places[number], {}))
    needed = sum(not row.each and not row.optional for row in table.rows[number:])
    follows = not waiting or (number + 1 < len(places) and _take(waiting[0], places[number + 1], {}))
    return len(waiting) < needed and follows


def _follow(rows: Sequence[GridRow], layout: Sequence[FormRow], places: Sequence[_Places]) -> bool:
    """Whether these rows are the last ones of the layout."""
    at = 0
    for row, own in zip(layout, places, strict=True):
        fits = at < len(rows) and _take(rows[at], own, {})
        if not fits and not _may_lack(row):
            return False
        at += fits
    return at == len(rows)


def _take(row: GridRow, places: _Places, values: Values) -> bool:
    """Takes the words of a row to the fields of its places; False where the places or the labels are others."""
    if len(row) != len(places):
        return False
    for cell, place in zip(row, places, strict=True):
        if place is None:
            if cell.text:
                return False
        elif place.field is not None:
            values[place.field] = cell.text
        else:
            labelled = read_label(place.label or "", cell.text)
            if labelled is None:
                return False
            values |= {name: text for name, text in labelled.items() if name not in values}
    return True


def _take_row(row: GridRow, places: _Places, above: Mapping[str, str]) -> Values | None:
    """A repeated row: a place of a cell that merges may be covered from above, or blank, and says what stands above. None where
    it is laid out another way; nothing of a row without a word of its own."""
    values: Values = {}
    if not _take(row, places, values):
        return None
    if not any(values.values()):
        return {}
    for cell, place in zip(row, places, strict=True):
        if place is not None and place.field is not None and cell.covered:
            values[place.field] = above.get(place.field, "")
    tier1, tier2 = (next((name for name in values if name.endswith(tier)), tier) for tier in ("tier1", "tier2"))
    if not values.get(tier1):
        values[tier1] = above.get(tier1, "")
    if not values.get(tier2) and values[tier1] == above.get(tier1):
        values[tier2] = above.get(tier2, "")
    return values
