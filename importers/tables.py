"""Recognises the form's tables by the words of their labels, whatever spans or padding cells they came with."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from importers.lines import read_goals, written_lines
from models import fieldpath
from models.blocks import PlacedCell, Table
from models.document import Indicator, Project, Unit
from models.template import Template

_LONGEST_LABEL = 60
_ONE_WIDTH = str.maketrans("():％", "（）：%")
_UNIT = re.compile(r"(\d{3,})?(.*)", re.DOTALL)


def squeeze(text: str) -> str:
    """The words without any white space: what labels are compared by."""
    return "".join(text.split())


@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    """A label's words, white space and a closing colon aside, brackets, colons and percent signs in one width."""
    return squeeze(text).translate(_ONE_WIDTH).rstrip("：")


class GridCell(NamedTuple):
    """A place of a table's row: its column on the grid, its words (lines without white-only ones), those words as a label
    would be compared, covered from above or not."""

    column: int
    text: str
    key: str
    covered: bool = False


GridRow = tuple[GridCell, ...]


def grid(table: Table) -> list[GridRow]:
    """The rows of a table with what is written in each place."""
    return [tuple([_grid_cell(place) for place in row]) for row in table.placed()]


def _grid_cell(place: PlacedCell) -> GridCell:
    text = "" if place.covered else "\n".join(written_lines([part.text for part in place.cell.paragraphs]))
    return GridCell(place.column, text, label_key(text) if len(text) <= _LONGEST_LABEL else "", place.covered)


@dataclass(slots=True)
class TableReading:
    """What a run of tables said of one project. `stray`: words no field could take."""

    project: Project
    stray: list[str] = field(default_factory=list)
    title: str | None = None
    has_form: bool = False
    has_indicators: bool = False
    has_amount_unit: bool = False
    label_columns: dict[int, int] = field(default_factory=dict)
    """Of the last row of labels: the grid column of each label after the first, and which one it is."""


class TableReader:
    """Reads tables into projects, row by row."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._labels = [[label_key(cell.label) for cell in row if cell.label] for row in template.project_rows]
        self._columns = {label_key(column.label): column.field for column in template.indicator_columns}
        self._amount_unit = squeeze(template.labels.amount_unit).rstrip("：:")

    def is_form(self, rows: Sequence[GridRow]) -> bool:
        """Whether these rows are a table of this form at all."""
        return any(self._is_header(row) or len(set(self._words(row)) & set(self._labels[1])) > 1 for row in rows)

    def begins_project(self, rows: Sequence[GridRow]) -> bool:
        """Whether these rows hold the head of a project (unit, code, name), not only what follows it."""
        return any(not self._is_header(row) and self._form_row(row) in {0, 1} for row in rows)

    def read(self, rows: Sequence[GridRow], reading: TableReading) -> None:
        """Takes the rows into the reading."""
        columns: dict[int, str] | None = None
        last: int | None = None
        for row in filter(None, rows):
            if self._is_header(row):
                columns = self._header_columns(row)
                reading.has_indicators = True
            elif columns is not None and (not row[0].text or self._form_row(row) is None):
                self._read_indicator(row, columns, reading)
            else:
                columns = None
                last = self._read_form_row(row, last, reading)

    def _words(self, row: GridRow) -> list[str]:
        return [cell.key for cell in row if cell.text]

    def _is_header(self, row: GridRow) -> bool:
        return sum(word in self._columns for word in self._words(row)) >= 3

    def _header_columns(self, row: GridRow) -> dict[int, str]:
        return {cell.column: self._columns[cell.key] for cell in row if cell.key in self._columns}

    def _form_row(self, row: GridRow) -> int | None:
        """The template's row whose labels this one shows, the first of them in front."""
        words = self._words(row)
        if not words:
            return None
        if any(word.startswith((self._amount_unit + "：", self._amount_unit + ":")) for word in words):
            return 0
        fitting = [place for place, labels in enumerate(self._labels) if labels and labels[0] == words[0]]
        return max(fitting, key=lambda place: len(set(words) & set(self._labels[place])), default=None)

    def _read_form_row(self, row: GridRow, last: int | None, reading: TableReading) -> int | None:
        below = None if last is None else last + 1
        continues = below is not None and below < len(self._labels) and not self._labels[below]
        if continues and (not row or row[0].covered or not row[0].text):
            assert below is not None
            self._read_unlabelled(row, below, reading)
            return below
        place = self._form_row(row)
        if place is None:
            reading.stray += [cell.text for cell in row if cell.text]
            return None
        reading.has_form = True
        if place == 0:
            self._read_unit_row(row, reading)
        else:
            self._read_labelled(row, place, reading)
        return place

    def _read_unit_row(self, row: GridRow, reading: TableReading) -> None:
        for text in (cell.text for cell in row if cell.text):
            head, colon, rest = text.replace("：", ":", 1).partition(":")
            if colon and squeeze(head) == self._amount_unit:
                reading.project = replace(reading.project, amount_unit=rest)
                reading.has_amount_unit = True
            elif reading.project.unit == Unit():
                found = _UNIT.fullmatch(text)
                assert found is not None  # the pattern takes any text
                reading.project = replace(reading.project, unit=Unit(found[1] or "", found[2]))
            else:
                reading.stray.append(text)

    def _read_labelled(self, row: GridRow, place: int, reading: TableReading) -> None:
        """Each field takes what stands between its label and the next."""
        cells = self._template.project_rows[place]
        own = self._labels[place]
        label = ""
        reading.label_columns = {cell.column: own.index(cell.key, 1) - 1 for cell in row if cell.key in own[1:]}
        taken: dict[str, list[str]] = {}
        for cell in row:
            key = cell.key
            if cell.text and key in own and key not in taken:
                label = key
                taken[label] = []
            elif cell.text and label:
                taken[label].append(cell.text)
            elif cell.text:
                reading.stray.append(cell.text)
        for before, after in itertools.pairwise(cells):
            if before.label and after.field:
                values = taken.pop(label_key(before.label), [])
                if values:
                    self._set(after.field, values[0], reading)
                    reading.stray += values[1:]
        reading.stray += [text for texts in taken.values() for text in texts]

    def _read_unlabelled(self, row: GridRow, place: int, reading: TableReading) -> None:
        """Values below a row of labels: one field takes all, several stand in their order on the grid."""
        names = [cell.field for cell in self._template.project_rows[place] if cell.field]
        cells = [cell for cell in row[1:] if not cell.covered]
        if len(names) == 1:
            texts = [cell.text for cell in cells if cell.text]
            if texts:
                self._set(names[0], texts[0], reading)
                reading.stray += texts[1:]
            return
        for cell in cells:
            index = reading.label_columns.get(cell.column)
            if index is not None and index < len(names):
                self._set(names[index], cell.text, reading)
            elif cell.text:
                reading.stray.append(cell.text)

    def _set(self, name: str, text: str, reading: TableReading) -> None:
        project = reading.project
        if name == "goals":
            numbering, goals = read_goals(text.split("\n") if text else [], self._template.numbering.goals)
            reading.project = replace(project, goals_numbering=numbering, goals=goals)
        else:
            reading.project = fieldpath.replace(project, name, text)

    def _read_indicator(self, row: GridRow, columns: dict[int, str], reading: TableReading) -> None:
        values: dict[str, str] = {}
        for cell in row:
            name = columns.get(cell.column)
            if name and not cell.covered:
                values[name] = cell.text
            elif cell.text:
                reading.stray.append(cell.text)
        if not any(values.values()):
            return
        above = reading.project.indicators[-1] if reading.project.indicators else Indicator("")
        if not values.get("tier1"):
            values["tier1"] = above.tier1
        if not values.get("tier2") and values["tier1"] == above.tier1:
            values["tier2"] = above.tier2
        indicator = Indicator(f"i{len(reading.project.indicators) + 1}", **values)
        reading.project = replace(reading.project, indicators=(*reading.project.indicators, indicator))


def empty_project(number: int, template: Template) -> Project:
    """A project before its tables are read; `number` from 1 makes its id."""
    return Project(f"p{number}", amount_unit=template.amount_units[0], goals_numbering=template.numbering.goals)
