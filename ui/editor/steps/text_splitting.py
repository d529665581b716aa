"""What a numbered text becomes as items of a section or goals of a project, read by the rules of an import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from importers.numbered_lines import ReadItem, read_items
from importers.sections import read_measures, read_sub_goals
from models.document.numbering import draw, read_marker
from models.document.splitting import Piece, is_blank, labelled, other_pieces, own_lines, placed, shortened, tidy
from models.document.template import Template
from models.document.tree import Items, Measure, SubGoal

Item = SubGoal | Measure
_PLACEHOLDERS = ("（一）", "一、", "1、", "（1）")
"""Numbers an import knows, one of each family."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a section of that kind of items is read."""

    kind: type[Item]
    template: Template

    def read(self, lines: Sequence[str]) -> Items[Any]:
        return (read_sub_goals if self.kind is SubGoal else read_measures)(lines, self.template)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A paste into a field: what stood before the cursor, what came, what stands behind it."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Split:
    """How many items a text makes, and the section with them."""

    count: int
    section: Items[Any]


def split_item(section: Items[Any], item: Item, form: Form) -> Split | None:
    """The numbered lines within an item as items of their own; None where it has none.

    Numbers that go on from the item's own are taken first; else those that start again within its text.
    """
    lines = own_lines(item, form.template.labels)
    place = section.items.index(item)
    own = item.number if item.number is not None else draw(section.numbering, place + 1)
    texts = tidy("\n".join(line for _name, line in lines), section.numbering)
    if lines and read_marker(texts[0]) is None:
        before, _pattern, read = read_items([own + texts[0], *texts[1:]], section.numbering)
        if len(read) > 1 and not before:
            left = shortened(item, 1 + len(read[0].lines), form.template.labels)
            split = _split(section, item, left, _pieces(read[1:]), form)
            return Split(len(read), split.section)
    return split_pasted(section, item, "text", Pasted("", item.text, ""), form)


def split_pasted(
    section: Items[Any], item: Item | None, name: str, pasted: Pasted, form: Form, least: int = 2
) -> Split | None:
    """The items in what was pasted into a field of an item, or (`item` None) into the section's preface.

    Words before the first number stay in the field; words behind the cursor go on behind the last item. None where the
    text has fewer than `least` numbered parts.
    """
    preface, pieces = _read(tidy(pasted.text, section.numbering), section.numbering)
    if len(pieces) < least:
        return None
    pieces[-1].lines += pasted.after.split("\n") if pasted.after.strip() else []
    if item is None:
        whole = replace(section, preface=_joined([pasted.before, *preface]))
        return _split(whole, None, None, pieces, form)
    left = _left(item, name, pasted.before, preface)
    if not (left.number or left.heading or left.text):
        # Only what stands behind labels is left: as it is printed behind the pieces, it goes with the last one.
        pieces[-1].lines += [line for field, line in own_lines(left, form.template.labels) if field in labelled(left)]
        empty: dict[str, Any] = dict.fromkeys(labelled(left))
        left = replace(left, **empty)
    return _split(section, item, left, pieces, form)


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of a project with those that were pasted. `renumbers`: some number will be another than was pasted."""

    count: int
    goals: tuple[str, ...]
    numbering: str
    renumbers: bool


def split_goals(goals: Sequence[str], numbering: str, place: int, pasted: Pasted) -> Goals | None:
    """The numbered parts of what was pasted into the goal at `place` as goals of their own; None where it has fewer than two.

    A project without other goals takes the numbers as they came; one whose goals have none keeps them as words; else its
    own numbers go on.
    """
    preface, pieces = _read(tidy(pasted.text, numbering), numbering)
    if len(pieces) < 2:
        return None
    pieces[-1].lines += pasted.after.split("\n") if pasted.after.strip() else []
    left = _joined([pasted.before, *preface])
    before = (*goals[:place], left) if left else tuple(goals[:place])
    after = goals[place + 1 :]
    first = read_marker(pieces[0].marker)
    pattern = first.pattern if first else ""
    if not before and not after and _are_drawn(pieces, pattern, 0):
        numbering = pattern
    keeps = not numbering
    new = ["\n".join(piece.written()) if keeps else "\n".join(piece.written())[len(piece.marker) :] for piece in pieces]
    renumbers = not keeps and not _are_drawn(pieces, numbering, len(before))
    return Goals(len(pieces), (*before, *new, *after), numbering, renumbers)


def _are_drawn(pieces: Sequence[Piece], pattern: str, start: int) -> bool:
    """Whether the pattern draws their markers, `start` numbers before them."""
    return bool(pattern) and all(draw(pattern, n) == piece.marker for n, piece in enumerate(pieces, start + 1))


def _left(item: Item, name: str, before: str, preface: Sequence[str]) -> Item:
    if name != "heading":
        changed: dict[str, Any] = {name: _joined([before, *preface])}
        return replace(item, **changed)
    heading, *text = [before, *preface] if before.strip() else [*preface, ""]
    return replace(item, heading=heading, text=_joined([*text, item.text]))


def _joined(lines: Sequence[str]) -> str:
    """One a line; what is empty makes no line."""
    return "\n".join(line.removesuffix("\n") for line in lines if line.strip())


def _read(lines: list[str], pattern: str) -> tuple[list[str], list[Piece]]:
    """(lines before the first number, pieces): the form's own numbers, or others where those begin first."""
    preface, _pattern, read = read_items(lines, pattern)
    before = preface.split("\n") if preface else []
    other_before, other = other_pieces(lines)
    if other and (len(read) < 2 or len(other_before) < len(before)):
        return other_before, other
    return before, _pieces(read)


def _pieces(read: Sequence[ReadItem]) -> list[Piece]:
    return [Piece(item.marker.text, item.first, list(item.lines)) for item in read]


def _split(section: Items[Any], item: Item | None, left: Item | None, pieces: list[Piece], form: Form) -> Split:
    pattern, new = _items(pieces, form) or (section.numbering, [_alone(piece, form) for piece in pieces])
    blank = left is None or is_blank(left)
    marked = [(piece.marker, each) for piece, each in zip(pieces, new, strict=True)]
    after = placed(section, item.id if item else "", None if blank else left, marked, pattern)
    return Split(len(pieces), after)


def _items(pieces: Sequence[Piece], form: Form) -> tuple[str, list[Item]] | None:
    """(the pattern of most markers, items) where an import reads the pieces as just these; else None."""
    read = form.read([line for piece in pieces for line in piece.written()])
    markers = [draw(read.numbering, n) if item.number is None else item.number for n, item in enumerate(read.items, 1)]
    if read.preface or markers != [piece.marker for piece in pieces]:
        return None
    return read.numbering, list(read.items)


def _alone(piece: Piece, form: Form) -> Item:
    """The item of a piece whose own marker no import knows, or whose lines look like the next item."""
    first, *rest = piece.written()
    first = first[len(piece.marker) :]
    families = {marker.family for line in rest if (marker := read_marker(line))}
    for placeholder in _PLACEHOLDERS:
        marker = read_marker(placeholder + first)
        if marker and marker.text == placeholder and marker.family not in families:
            item: Item = form.read([placeholder + first, *rest]).items[0]
            return item
    return form.kind("", heading=first, text="\n".join(rest))
