"""Puts the pieces of a numbered text into a section as items of their own, and renumbers items: no letter is lost."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from models.document.numbering import CIRCLED, draw, from_chinese, read_marker
from models.document.template import Labels
from models.document.tree import Items, ItemT, Measure, SubGoal, new_id

Item = SubGoal | Measure

_SPACES = " \t\u3000"
_CHINESE = "[一二三四五六七八九十]{1,3}"
_OTHER_KINDS = tuple(
    re.compile(pattern)
    for pattern in (
        f"(?P<circled>[{CIRCLED}])[、.．]?",
        f"第(?P<cn>{_CHINESE})[，、,：:]",
        f"(?P<cn>{_CHINESE})是",
        r"(?P<n>[0-9０-９]{1,2})[)）]",
        r"(?P<letter>[a-zA-Z])[)）.．、]",
        r"[(（](?P<letter>[a-zA-Z])[)）]",
    )
)
"""Ways to number that the form's items never have, but texts written elsewhere do."""


@dataclass(slots=True)
class Piece:
    """What becomes an item: its marker as typed, the words after it on that line, the lines that follow."""

    marker: str
    first: str
    lines: list[str] = field(default_factory=list)

    def written(self) -> list[str]:
        """Its lines, those that are empty at the end left out."""
        lines = [f"{self.marker}{self.first}", *self.lines]
        while len(lines) > 1 and not lines[-1].strip():
            del lines[-1]
        return lines


def tidy(text: str, pattern: str) -> list[str]:
    """The lines of a text; those that begin with a number lose indents and gaps around it, unless the pattern has them."""
    lines = []
    for line in text.split("\n"):
        bare = line.lstrip(_SPACES)
        marker = read_marker(bare)
        if marker is not None:
            rest = bare[len(marker.text) :].lstrip(_SPACES)
            line = (marker.text if marker.pattern == pattern else marker.text.rstrip(_SPACES)) + rest
        elif any(kind.match(bare) for kind in _OTHER_KINDS):
            line = bare
        lines.append(line)
    return lines


def other_pieces(lines: Sequence[str]) -> tuple[list[str], list[Piece]]:
    """(lines before the first, pieces) of a text numbered ①, 第一，, 一是, 1), a) …, from 1 on without a gap; else no pieces."""
    best: tuple[int, list[Piece]] = (len(lines), [])
    for kind in _OTHER_KINDS:
        start, pieces = _of_kind(lines, kind)
        if len(pieces) > 1 and start < best[0]:
            best = start, pieces
    start, pieces = best
    return (list(lines[:start]), pieces) if pieces else (list(lines), [])


def _of_kind(lines: Sequence[str], kind: re.Pattern[str]) -> tuple[int, list[Piece]]:
    start, pieces = 0, list[Piece]()
    for at, line in enumerate(lines):
        found = kind.match(line)
        if found and _value(found) == len(pieces) + 1:
            start = start if pieces else at
            pieces.append(Piece(found[0], line[found.end() :]))
        elif pieces:
            pieces[-1].lines.append(line)
    return start, pieces


def _value(found: re.Match[str]) -> int | None:
    groups = found.groupdict()
    if groups.get("circled"):
        return CIRCLED.index(groups["circled"]) + 1
    if groups.get("cn"):
        return from_chinese(groups["cn"])
    if groups.get("letter"):
        return ord(groups["letter"].lower()) - ord("a") + 1
    return int(groups["n"])


def own_lines(item: Item, labels: Labels) -> list[tuple[str, str]]:
    """(field, line) of what is printed of an item, its number aside; a label without words is not among them."""
    text = item.text.split("\n") if item.text else []
    lines: list[tuple[str, str]] = []
    if item.heading or (item.run_in and text):
        lines.append(("heading", item.heading + (text.pop(0) if item.run_in and text else "")))
    lines += [("text", line) for line in text]
    for field_name, value in labelled(item).items():
        if value:
            first, *rest = value.split("\n")
            lines.append((field_name, getattr(labels, field_name) + first))
            lines += [(field_name, line) for line in rest]
    return lines


def labelled(item: Item) -> Mapping[str, str | None]:
    """The texts of an item that stand behind a label of their own."""
    return {"goal": item.goal, "indicator": item.indicator} if isinstance(item, SubGoal) else {}


def shortened(item: ItemT, count: int, labels: Labels) -> ItemT:
    """The item with the first so many of its own lines; what stood behind a label that goes is no longer there."""
    kept = [name for name, _line in own_lines(item, labels)[:count]]
    text = item.text.split("\n") if item.text else []
    has_heading = "heading" in kept
    count_kept = kept.count("text") + (item.run_in and bool(text) and has_heading)
    behind: dict[str, Any] = {
        name: value if not value else _first_lines(value, kept.count(name)) for name, value in labelled(item).items()
    }
    return replace(item, heading=item.heading if has_heading else "", text="\n".join(text[:count_kept]), **behind)


def _first_lines(text: str, count: int) -> str | None:
    return "\n".join(text.split("\n")[:count]) if count else None


def is_blank(item: Item) -> bool:
    """Whether nothing is written in an item, labels without words aside."""
    return not (item.number or item.heading or item.text or any(labelled(item).values()))


def placed(
    section: Items[Any], item_id: str, left: Item | None, new: Iterable[tuple[str, Item]], pattern: str
) -> Items[Any]:
    """The section with `new` (marker as typed, item) behind what is left of an item, or in its place where nothing is.

    A marker the section's pattern would draw at that place is drawn from now on; every other one is kept as typed. A
    section that had no other item takes the `pattern` of the new ones. An `item_id` the section does not know: before all.
    """
    at = next((place for place, item in enumerate(section.items) if item.id == item_id), -1)
    before: tuple[Item, ...] = section.items[: max(at, 0)]
    after: tuple[Item, ...] = section.items[at + 1 :]
    preface = section.preface
    if left is not None and not before and not after and _is_only_text(left):
        # Words before the first number of a section are its preface.
        preface, left = "\n".join(filter(None, (preface, left.text))), None
    kept = before if left is None or is_blank(left) else (*before, left)
    numbering = section.numbering if kept or after else pattern
    items: list[Item] = []
    for marker, item in new:
        own_id = (
            item_id if at >= 0 and kept == before and not items else new_id("s" if isinstance(item, SubGoal) else "m")
        )
        drawn = draw(numbering, len(kept) + len(items) + 1)
        items.append(replace(item, id=own_id, number=None if drawn == marker else marker))
    return Items(preface, numbering, (*kept, *items, *after))


def _is_only_text(item: Item) -> bool:
    return bool(item.text) and not (item.number or item.heading or any(labelled(item).values()))


def differing(section: Items[ItemT]) -> dict[int, str]:
    """The typed numbers that are not what the pattern draws, by place from 1."""
    return {
        place: item.number
        for place, item in enumerate(section.items, 1)
        if item.number is not None and item.number != draw(section.numbering, place)
    }


def renumbered(section: Items[ItemT]) -> Items[ItemT]:
    """The section with every number drawn from its pattern."""
    return replace(section, items=tuple(replace(item, number=None) for item in section.items))
