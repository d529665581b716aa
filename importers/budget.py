"""What one file may hold once it is read: every reader takes from one budget, so that nothing small grows into something huge."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from models.errors import UserError

MAX_CHARACTERS = 20_000_000
"""Characters of all words, those that a format lets one place lend to many counted each time; a text of 2,000 projects × 20
indicators has 3 million."""
MAX_WRITTEN = 40_000_000
"""Characters of all fields of the document that was read."""
MAX_CELLS = 600_000
"""Cells of tables that begin in a place of their own; the same text has 300,000."""
MAX_PLACES = 2_000_000
"""Places on the grid of all tables, the empty ones and those that a merged cell covers included; the same text has 700,000."""
MAX_TEXTS = 400_000
"""Paragraphs and cells whose words are kept apart from all others; those that say the same share theirs."""
MAX_LINES = 250_000
"""Lines outside of tables."""

MUCH, WIDE = "的内容多得不正常", "的表格大得不正常"


class TooMuchError(UserError):
    """A file holds more than any real one does, or what none does; the words say which, to stand behind the file's name."""


@dataclass(slots=True)
class Budget:
    """What is left for one file. TooMuchError from `take` once it is used up."""

    characters: int = MAX_CHARACTERS
    cells: int = MAX_CELLS
    places: int = MAX_PLACES
    lines: int = MAX_LINES
    texts: int = MAX_TEXTS

    def take(self, characters: int = 0, cells: int = 0, places: int = 0, lines: int = 0, texts: int = 0) -> None:
        """Counts what was read."""
        self.characters -= characters
        self.cells -= cells
        self.places -= places
        self.lines -= lines
        self.texts -= texts
        if self.characters < 0 or self.lines < 0 or self.texts < 0:
            raise TooMuchError(MUCH)
        if self.cells < 0 or self.places < 0:
            raise TooMuchError(WIDE)


def check_written(part: Any) -> None:
    """TooMuchError where what was read holds more words than any text does: asked before anything is made of them."""
    Budget(characters=MAX_WRITTEN).take(characters(part))


def characters(part: Any) -> int:
    """Characters of all texts in a document, a part or a list of parts, those that several fields share counted each time: so many
    will stand in whatever is made of it."""
    total, waiting = 0, [part]
    while waiting:
        each = waiting.pop()
        kind: Any = type(each)
        if kind is str:
            total += len(each)
        elif kind is tuple or kind is list:
            waiting += each
        elif (fields_of := _fields(kind)) is not None:
            for value in fields_of(each):
                if type(value) is str:
                    total += len(value)
                else:
                    waiting.append(value)
    return total


@cache
def _fields(kind: Any) -> Callable[[Any], tuple[Any, ...]] | None:
    """Gives the fields of a record; None for anything else."""
    names = [field.name for field in fields(kind)] if is_dataclass(kind) else []
    if len(names) > 1:
        return attrgetter(*names)
    return (lambda record: (getattr(record, names[0]),)) if names else None
