"""Forms and lists as other places lay them out, with the facts that stand in them: tests/data/other_places/*.txt.

A file holds sheets of lines and tables («| cell | cell {columns x rows} |»), then each project with the facts a reader must
find. ``write`` makes a file of any kind of it. The units and all figures are invented.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docx
from openpyxl import Workbook

from tests.importers import other_kinds

FOLDER = Path(__file__).parents[1] / "data" / "other_places"
KINDS = ("docx", "xlsx")
ALL_KINDS = (*KINDS, "csv", "tsv", "html", "mht", "ods")

_SPAN = re.compile(r"(?P<text>.*?)\s*\{(?P<across>\d+)x(?P<down>\d+)\}")
_FIELDS = (
    "unit",
    "code",
    "budget",
    "fiscal_funds",
    "other_funds",
    "amount_unit",
    "goal",
    "department",
    "implementing_unit",
)

Span = tuple[str, int, int]
Grid = list[list[Span]]


@dataclass(slots=True)
class Expected:
    """What a reader must find of one project: words by field, and each indicator's tiers, name and value."""

    name: str
    fields: dict[str, str] = field(default_factory=dict)
    indicators: list[tuple[str, ...]] = field(default_factory=list)


@dataclass(slots=True)
class Form:
    """`sheets`: by title the lines and tables of each; `part_one`: words that belong to the text's first part."""

    sheets: dict[str, list[str | Grid]] = field(default_factory=dict)
    projects: list[Expected] = field(default_factory=list)
    part_one: list[str] = field(default_factory=list)

    def written(self) -> Iterator[str]:
        """The words of every cell."""
        for content in self.sheets.values():
            for part in content:
                yield from (text for row in part for text, _across, _down in row) if isinstance(part, list) else ()


def names() -> list[str]:
    return sorted(file.stem for file in FOLDER.glob("*.txt"))


def load(name: str) -> Form:
    form = Form()
    form.sheets, facts = read_layout(FOLDER / f"{name}.txt")
    for key, words in facts:
        _take_fact(form, key, words)
    return form


def read_layout(file: Path) -> tuple[dict[str, list[str | Grid]], list[tuple[str, str]]]:
    """(the sheets by title, the facts as (key, words) in their order)."""
    sheets: dict[str, list[str | Grid]] = {}
    facts: list[tuple[str, str]] = []
    content: list[str | Grid] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        key, _colon, words = line.partition(": ")
        if line.startswith("|"):
            if not content or not isinstance(content[-1], list):
                content.append([])
            rows = content[-1]
            assert isinstance(rows, list)
            rows.append([_cell(text) for text in line.removeprefix("|").removesuffix("|").split("|")])
        elif key == "sheet":
            content = sheets[words] = []
        elif key == "line":
            content.append(words)
        elif line == "end of table":
            content.append("")
        elif words:
            facts.append((key, words))
    return sheets, facts


def _take_fact(form: Form, key: str, words: str) -> None:
    if key == "project":
        form.projects.append(Expected(words))
    elif key in _FIELDS:
        form.projects[-1].fields[key] = words
    elif key == "indicator":
        form.projects[-1].indicators.append(tuple(part.strip() for part in words.split("|")))
    elif key == "part one":
        form.part_one.append(words)


def _cell(text: str) -> Span:
    found = _SPAN.fullmatch(text.strip(" "))
    words, across, down = (
        (found["text"], int(found["across"]), int(found["down"])) if found else (text.strip(" "), 1, 1)
    )
    return words.replace("\\n", "\n"), across, down


def places(rows: Grid) -> list[tuple[int, int, str, int, int]]:
    """Every cell as (row, column, text, across, down), each in the first free column of its row."""
    taken: set[tuple[int, int]] = set()
    found = []
    for at, row in enumerate(rows):
        column = 0
        for text, across, down in row:
            while (at, column) in taken:
                column += 1
            taken.update((at + y, column + x) for y in range(down) for x in range(across))
            found.append((at, column, text, across, down))
            column += across
    return found


def write(form: Form, kind: str, path: Path) -> Path:
    if kind == "docx":
        _write_word(form, path)
    elif kind == "xlsx":
        _write_workbook(form, path)
    else:
        path.write_bytes(_WRITERS[kind](form.sheets))
    return path


_WRITERS: dict[str, Callable[[dict[str, list[str | Grid]]], bytes]] = {
    "csv": lambda sheets: other_kinds.marked_text(sheets, places, ","),
    "tsv": lambda sheets: other_kinds.marked_text(sheets, places, "\t"),
    "html": lambda sheets: other_kinds.page(sheets, places).encode(),
    "mht": lambda sheets: other_kinds.web_archive(sheets, places),
    "ods": lambda sheets: other_kinds.open_workbook(sheets, places),
}


def _write_word(form: Form, path: Path) -> None:
    document = docx.Document()
    for content in form.sheets.values():
        for part in content:
            if isinstance(part, str):
                document.add_paragraph(part)
                continue
            width = max(column + across for _row, column, _text, across, _down in places(part))
            cells = [list(row.cells) for row in document.add_table(len(part), width).rows]
            for row, column, text, across, down in places(part):
                cell = cells[row][column]
                if across > 1 or down > 1:
                    cell = cell.merge(cells[row + down - 1][column + across - 1])
                cell.text = text
    document.save(str(path))


def _write_workbook(form: Form, path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, content in form.sheets.items():
        page, at = book.create_sheet(title), 1
        for part in content:
            if isinstance(part, str):
                page.cell(at, 1, part or None)
                at += 1
                continue
            for row, column, text, across, down in places(part):
                cell = page.cell(at + row, column + 1, _as_number(text))
                if text.startswith("="):
                    cell.data_type = "s"
                if across > 1 or down > 1:
                    area = {"end_row": at + row + down - 1, "end_column": column + across}
                    page.merge_cells(start_row=at + row, start_column=column + 1, **area)
            at += len(part)
    book.save(path)


def _as_number(text: str) -> str | float | None:
    """A figure as a cell holds it; one whose zeros would be lost stays words."""
    try:
        number = float(text)
    except ValueError:
        return text or None
    return number if f"{number:g}" == text else text
