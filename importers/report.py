"""What an import found, where it put it, and what it could not place, in the user's words."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    FOUND = "found"
    SOURCE = "source"
    HINT = "hint"
    UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence of a report. `path`: the field it speaks of, where there is one."""

    kind: Kind
    text: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The notes of one import, in the order of the text."""

    notes: tuple[Note, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(note.text for note in self.notes)

    def of(self, kind: Kind) -> tuple[Note, ...]:
        """The notes of one kind."""
        return tuple(note for note in self.notes if note.kind is kind)


def shortened(words: str, longest: int = 40) -> str:
    """Words as a sentence of a report quotes them: one line, cut after `longest` characters."""
    line = " ".join(words.split("\n"))
    return line if len(line) <= longest else line[:longest] + "…"
