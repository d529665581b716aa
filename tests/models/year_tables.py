"""The tables of expected year mentions in `tests/data/years`, and places counted from 0 instead of ids."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from models.document import fieldpath
from models.document.tree import GoalDocument, Items
from tests.shared import CHECKOUT

FOLDER = CHECKOUT / "tests" / "data" / "years"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the words `words`, for the `nth` time in the field at `place` (lines `lines` of the text), become `new`;
    "": they are never proposed."""

    lines: tuple[int, ...]
    place: str
    words: str
    nth: int
    new: str
    kind: str
    reason: str


def table(name: str) -> tuple[Row, ...]:
    """The rows of `<name>.tsv`."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        Row(
            tuple(map(int, row["line"].split(","))),
            *(row["place"], row["words"], int(row["nth"]), row["new"], row["kind"], row["reason"]),
        )
        for row in rows
    )


def name_of(text: Path) -> str:
    """`001_….txt` among the real texts: `seed-001`; `001.txt` among ours: `twin-001`."""
    return f"seed-{text.name[:3]}" if "_" in text.name else f"twin-{text.name[:3]}"


def by_ids(document: GoalDocument, place: str) -> str:
    """The field path of a place: `projects[0].name` → `projects[p1].name`."""
    path = ""
    for step in fieldpath.parse(place):
        if step.key:
            parts = fieldpath.get(document, path)
            parts = parts.items if isinstance(parts, Items) else parts
            path += f"[{getattr(parts[int(step.key)], 'id', step.key)}]"
        else:
            path += f".{step.name}" if path else step.name
    return path


def by_place(document: GoalDocument, path: str) -> str:
    """The place of a field path: `projects[p1].name` → `projects[0].name`."""

    def numbered(found: re.Match[str]) -> str:
        return f"[{fieldpath.index_of(document, path[: found.end()])}]"

    return re.sub(r"\[[^\]]*\]", numbered, path)
