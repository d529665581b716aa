"""Reads numbered lines: the items of a section and the goals of a project."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.document.numbering import Marker, draw, most_common_pattern, read_marker

LONGEST_RUN_IN = 60
"""Characters a run-in heading has at most; a longer first sentence is text."""

_OPENING, _CLOSING = "“‘（(《〈「『〔【[", "”’）)》〉」』〕】]"


def written_lines(texts: Sequence[str]) -> list[str]:
    """The lines that hold words, without the tabs some texts indent with."""
    lines = (line.lstrip("\t") for text in texts for line in text.split("\n"))
    return [line for line in lines if line.strip()]


def split_run_in(text: str) -> tuple[str, bool, str]:
    """(heading, run_in, first line of the text) of an item's line, its number taken off.

    A heading ends with the first 。 ： or : outside brackets and quotes (a : between digits is none); it is run in where
    words follow.
    """
    depth = 0
    for place, char in enumerate(text):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and char in "。：:" and not _between_digits(text, place):
            heading, rest = text[: place + 1], text[place + 1 :]
            if not rest.strip():
                return text, False, ""
            return (heading, True, rest) if len(heading) <= LONGEST_RUN_IN else ("", True, text)
    return text, False, ""


def _between_digits(text: str, place: int) -> bool:
    return text[place] == ":" and bool(re.match(r"\d:\d", text[max(0, place - 1) : place + 2]))


@dataclass(slots=True)
class ReadItem:
    """An item as its lines say: its marker, the words after it on the same line, the lines that follow."""

    marker: Marker
    first: str
    lines: list[str] = field(default_factory=list)


def read_items(lines: Sequence[str], default_pattern: str) -> tuple[str, str, list[ReadItem]]:
    """(preface, the section's pattern, items) of a section's lines.

    The first numbered line sets the kind of numbers; a later line begins an item when it carries the next number of that
    kind, or, in the same pattern, a number that repeats or skips. Numbers that start again are the text's own.
    """
    preface: list[str] = []
    items: list[ReadItem] = []
    for line in lines:
        marker = indented_marker(line)
        if marker and _begins_item(marker, items[-1].marker if items else None):
            items.append(ReadItem(marker, line[len(marker.text) :]))
        elif items:
            items[-1].lines.append(line)
        else:
            preface.append(line)
    pattern = most_common_pattern([item.marker for item in items], default_pattern)
    return "\n".join(preface), pattern, items


def indented_marker(line: str) -> Marker | None:
    """The marker a line begins with, blanks in front of it aside; they are a part of the marker as typed."""
    words = line.lstrip()
    marker = read_marker(words)
    blanks = line[: len(line) - len(words)]
    if marker is None or not blanks:
        return marker
    return Marker(blanks + marker.text, blanks + marker.pattern, marker.number)


def _begins_item(marker: Marker, last: Marker | None) -> bool:
    if last is None:
        return "{circled}" not in marker.pattern
    if marker.family != last.family:
        return False
    return marker.number == last.number + 1 or (marker.pattern == last.pattern and marker.number >= last.number)


def typed_number(marker: Marker, pattern: str, place: int) -> str | None:
    """The marker's words where the pattern would draw others at that place (from 0); else None."""
    return None if marker.text == draw(pattern, place + 1) else marker.text


def read_goals(lines: Sequence[str], default_pattern: str) -> tuple[str, tuple[str, ...]]:
    """(goals_numbering, goals) of the 绩效目标 cell: numbered from 1, or one goal a line where the first has no number."""
    if not lines:
        return default_pattern, ()
    first = read_marker(lines[0])
    if first is None or first.number != 1:
        return "", tuple(lines)
    goals: list[list[str]] = []
    for line in lines:
        marker = draw(first.pattern, len(goals) + 1)
        if line.startswith(marker):
            goals.append([line[len(marker) :]])
        else:
            goals[-1].append(line)
    return first.pattern, tuple(map("\n".join, goals))
