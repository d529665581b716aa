"""What a file says about itself; made now, or at the moment that SOURCE_DATE_EPOCH pins, as reproducible runs have it."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime

PINNED = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True, slots=True)
class Properties:
    """What Word and a PDF show of a file besides its pages. `keywords`: in a Word file alone; `made`: when; with None a Word
    file bears one fixed day, so that the same text gives the same file, and a PDF says nothing of it."""

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: str = ""
    made: datetime | None = None


def made_now() -> datetime:
    """The moment to write into a file, in whole seconds, with its zone."""
    pinned = os.environ.get(PINNED, "")
    if pinned.isdecimal():
        return datetime.fromtimestamp(int(pinned), UTC)
    return datetime.now().astimezone().replace(microsecond=0)


def titled(year: int | None, name: str) -> str:
    """The title of a file: its year, where there is one, and what it is."""
    return name if year is None else f"{year}年{name}"
