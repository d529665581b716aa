"""The words a problem is about, where they stand: found in their field, and underlined in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from models.comparing.diff import changed_middle
from ui.widgets.text_units import plain_text, utf16_units
from ui.widgets.view_options import mark_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.checks.registry import Fix, Problem

_LONGEST_FIX = 40
_MOST = 100
"""Of a field's problems so many are underlined: who has more reads the list."""


def words_of(text: str, problem: Problem, others: Sequence[Problem] = ()) -> tuple[int, int] | None:
    """From which character to which its words stand in the text; None where they do not. `others`: all problems of the field,
    of which several may be about the same words, each about the next place of them."""
    words = problem.excerpt
    if not words:
        return None
    alike = [other for other in others if other.excerpt == words]
    turn = alike.index(problem) if problem in alike else 0
    first = found = text.find(words)
    for _place in range(turn):
        found = text.find(words, found + len(words)) if found >= 0 else found
    found = found if found >= 0 else first
    return (found, found + len(words)) if found >= 0 else None


def paths_at(path: str) -> tuple[str, ...]:
    """Whose problems stand at that field or cell: a row's own stand at its name."""
    row, _, field = path.rpartition(".")
    return (row, path) if field == "name" and ".indicators[" in row else (path,)


def is_wanted(problem: Problem, chosen: str) -> bool:
    """Whether a problem passes the filter: "" for all, a severity, or what can be corrected at once."""
    return not chosen or (problem.fix is not None if chosen == "correctable" else problem.severity == chosen)


def offer_words(problem: Problem) -> str:
    """What the program offers to do about it, a line of its own; "" for nothing."""
    if problem.fix is not None:
        return f"\n可改正：{fix_words(problem.fix)}"
    return f"\n可选择：{'；'.join(map(fix_words, problem.choices))}" if problem.choices else ""


def fix_words(fix: Fix) -> str:
    """What a correction does, and the text it leaves, where that is short."""
    if fix.text is None or len(fix.text) > _LONGEST_FIX or fix.text in fix.label:
        return fix.label
    return f"{fix.label} → {fix.text}"


def changed_words(before: str, after: str) -> tuple[int, int]:
    """From which character to which a text differs from what it was; of what was taken out the character before it is left."""
    start, _old_end, end = changed_middle(before, after)
    return (start, end) if end > start else (max(start - 1, 0), end)


def underline(field: QPlainTextEdit, problems: Sequence[Problem]) -> None:
    """A wavy line below the words of these problems and no others."""
    if not problems and not field.extraSelections():
        return
    text, marks = plain_text(field), []
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    look.setUnderlineColor(QColor(field.palette().color(QPalette.ColorRole.Link)))
    for problem in problems[:_MOST]:
        place = words_of(text, problem, problems)
        if place is None:
            continue
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(field.document())
        cursor.setPosition(utf16_units(text[: place[0]]))
        cursor.setPosition(utf16_units(text[: place[1]]), QTextCursor.MoveMode.KeepAnchor)
        mark_of(mark).cursor, mark_of(mark).format = cursor, look
        marks.append(mark)
    field.setExtraSelections(marks)
