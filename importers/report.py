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

    @property
    def left_out(self) -> tuple[str, ...]:
        """What of the file was not read at all, such as pictures and hidden text."""
        return tuple(note.text for note in self.notes if note.kind is Kind.HINT and note.path is None)

    def of(self, kind: Kind) -> tuple[Note, ...]:
        """The notes of one kind."""
        return tuple(note for note in self.notes if note.kind is kind)


def shortened(words: str, longest: int = 40) -> str:
    """Words as a sentence of a report quotes them: one line, cut after `longest` characters."""
    line = " ".join(words.split("\n"))
    return line if len(line) <= longest else line[:longest] + "…"


def removed_message(count: int) -> tuple[str, ...]:
    """The sentence on characters that no file can hold and that were taken out; none where there were none."""
    return (f"去掉了 {count} 个文件里存不下的字符（不可见的控制字符）。",) if count else ()
