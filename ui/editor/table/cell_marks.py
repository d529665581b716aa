"""What is marked at the cells of the indicator table: problems, 沿用上年, review remarks. By field path, as the steps have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from ui.editor.table.indicator_edits import NAME, NUMBER, PARTS

if TYPE_CHECKING:
    from models.checks.registry import Problem
    from models.document.tree import Remark

_T = TypeVar("_T")


class CellMarks:
    """Of a value's three cells the number bears the marks; a row's own problems stand at its name."""

    def __init__(self) -> None:
        self._problems: Mapping[str, Sequence[Problem]] = {}
        self._carried: frozenset[str] = frozenset()
        self._remarked: Mapping[str, Sequence[Remark]] = {}

    def take_problems(self, problems: Mapping[str, Sequence[Problem]]) -> bool:
        """Whether those of the table's cells are others now: keys struck in one cell must not redraw all others."""
        before, self._problems = self._problems, _of_cells(problems)
        return before != self._problems

    def take_carried_over(self, paths: tuple[str, ...]) -> bool:
        """Whether other values than before are 沿用上年."""
        before, self._carried = self._carried, frozenset(path for path in paths if ".indicators[" in path)
        return before != self._carried

    def take_remarks(self, remarks: Mapping[str, Sequence[Remark]]) -> bool:
        """Whether other remarks than before are open on the table's cells."""
        before, self._remarked = self._remarked, _of_cells(remarks)
        return before != self._remarked

    def kind(self, row_path: str, path: str, column: int) -> str:
        """Which is the most severe mark of a cell: a severity, «carried», «remark», or "" where it has none."""
        from ui.editor.marks import most_severe

        if self._remarks_on(path, column):
            return "remark"
        found = self._found(row_path, path, column)
        return most_severe(found).severity.value if found else "carried" if self._is_carried_over(path, column) else ""

    def words(self, row_path: str, path: str, column: int) -> tuple[str, ...]:
        """What the marks of a cell mean, in the user's words."""
        from ui.editor.marks import CARRIED_OVER_WORDS, remark_sentences, sentences

        carried_over = CARRIED_OVER_WORDS if self._is_carried_over(path, column) else ""
        marks = (
            sentences(self._found(row_path, path, column)),
            carried_over,
            remark_sentences(self._remarks_on(path, column)),
        )
        return tuple(filter(None, marks))

    def _remarks_on(self, path: str, column: int) -> Sequence[Remark]:
        return () if _is_side(column) else self._remarked.get(path, ())

    def _is_carried_over(self, path: str, column: int) -> bool:
        return column == NUMBER and path in self._carried

    def _found(self, row_path: str, path: str, column: int) -> Sequence[Problem]:
        if not self._problems or _is_side(column):
            return ()
        found = self._problems.get(path, ())
        return (*self._problems.get(row_path, ()), *found) if column == NAME else found


def mark_symbol(kind: str) -> str:
    """What stands for a mark of that kind; "" for none."""
    from ui.editor.marks import CARRIED_OVER_SYMBOL, REMARKED_SYMBOL, SYMBOLS

    return {"": "", "carried": CARRIED_OVER_SYMBOL, "remark": REMARKED_SYMBOL}.get(kind) or SYMBOLS.get(kind, "")


def _is_side(column: int) -> bool:
    """Whether it is a part of the value beside its number."""
    return column in PARTS and column != NUMBER


def _of_cells(found: Mapping[str, _T]) -> Mapping[str, _T]:
    return {path: value for path, value in found.items() if ".indicators[" in path}
