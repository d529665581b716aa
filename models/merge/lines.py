"""A text of several lines that changed on two sides: both changes together where they do not touch each other."""

from difflib import SequenceMatcher
from typing import NamedTuple


class _Edit(NamedTuple):
    """Lines `start` to `end` of the text before become `lines`."""

    start: int
    end: int
    lines: list[str]


def merged_lines(base: str, theirs: str, ours: str) -> tuple[str, bool]:
    """(the text with the changes of both, True); where they touch each other, (their change instead of ours there, False)."""
    before = _lines(base)
    their_edits, our_edits = _edits(before, _lines(theirs)), _edits(before, _lines(ours))
    kept = [edit for edit in our_edits if edit not in their_edits]
    apart = [edit for edit in kept if not any(_touch(edit, other) for other in their_edits)]
    merged = list(before)
    for edit in sorted([*their_edits, *apart], reverse=True):
        merged[edit.start : edit.end] = edit.lines
    return "\n".join(merged), len(apart) == len(kept)


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _edits(before: list[str], after: list[str]) -> list[_Edit]:
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [_Edit(i1, i2, after[j1:j2]) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _touch(one: _Edit, other: _Edit) -> bool:
    return one.start <= other.end and other.start <= one.end
