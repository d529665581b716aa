"""A text that was checked, as lists and reports of its problems take it."""

from dataclasses import dataclass
from pathlib import Path

from models.checks.registry import Problem


@dataclass(frozen=True, slots=True)
class CheckedText:
    """`projects`: their (id, name) in order; `unchecked`: the ids of rules that failed, the problems are those of the others;
    `unplaced`: words that found no place in the form."""

    path: Path
    unit: str = ""
    year: int | None = None
    projects: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    unchecked: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
