"""Recognises the form's tables by the words of their labels, whatever spans or padding cells they came with."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from importers.numbered_lines import read_goals
from importers.table_grid import GridRow, label_key, squeeze
from models.document import fieldpath
from models.document.template import Labels, Template
from models.document.tree import Indicator, Project, Unit

_WEIGHTS = dict.fromkeys(("权重", "分值", "权重（%）", "指标权重", "分值权重", "权重分值"), "weight")
"""Columns other forms have and this one does not print."""
_TIER_FIELDS = ("tier1", "tier2")
_UNIT = re.compile(r"(\d{3,})?(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Header:
    """The header row of an indicator table: the field of each place, "" where the form has no such column."""

    columns: dict[int, str]
    names: tuple[str, ...]

    def fields(self, row: GridRow) -> Sequence[str | None]:
        """The field of each place of a row below: by its column on the grid, or, where a hand has moved the lines, by its order."""
        columns = self.columns
        names = [columns.get(column) for column, _text, _key, _covered in row]
        if None not in names:
            return names
        moved = any(name is None and cell.text for name, cell in zip(names, row, strict=True))
        return self.names if moved and len(row) == len(self.names) else [name or "" for name in names]


_NO_HEADER = _Header({}, ())


@dataclass(slots=True)
class TableReading:
    """What a run of tables said of one project. `stray`: words no field could take."""

    project: Project
    """As it is where the tables say nothing."""
    stray: list[str] = field(default_factory=list)
    title: re.Match[str] | None = None
    has_form: bool = False
    has_indicators: bool = False
    """Whether an indicator table was met, be it without rows."""
    has_amount_unit: bool = False
    header: _Header = _NO_HEADER
    """Of the last indicator table."""
    indicators: list[Indicator] = field(default_factory=list)
    label_columns: dict[int, int] = field(default_factory=dict)
    """Of the last row of labels: the grid column of each label after the first, and which one it is."""
    taken: dict[str, str] = field(default_factory=dict)
    """The words each field of the project was given."""
    values: dict[str, object] = field(default_factory=dict)
    """What becomes of them, by path: the project is made of all at once."""
    repeated: list[tuple[str, str]] = field(default_factory=list)
    """Fields whose label came again, each with the other words that stood there."""
    at: tuple[int, int] = (0, 0)
    """The table and the row being read, from 1."""
    origins: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The table and the row each field was taken from."""
    rows_at: list[tuple[int, int]] = field(default_factory=list)
    """The same of each indicator."""

    def takes(self, name: str, text: str) -> bool:
        """Whether the field is to have these words; those of a label that comes again, and says otherwise, are kept aside."""
        if not text:
            return False
        known = self.taken.setdefault(name, text)
        if known is text:
            self.origins[name] = self.at
            return True
        if squeeze(known) != squeeze(text):
            self.repeated.append((name, text))
        return False

    @property
    def unit(self) -> Unit:
        """The unit that is named so far."""
        unit = self.values.get("unit", self.project.unit)
        assert isinstance(unit, Unit)
        return unit

    def finished(self) -> Project:
        """The project with its rows."""
        return fieldpath.replace_all(self.project, {**self.values, "indicators": tuple(self.indicators)})


class TableReader:
    """Reads tables into projects, row by row."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._rows = template.project_rows
        self._labels = [[label_key(cell.label) for cell in row if cell.label] for row in self._rows]
        self._columns = {label_key(column.label): column.field for column in template.indicator_columns}
        self._tiers = known_tiers(template)
        self._places: dict[str, list[int]] = {}
        for place, labels in enumerate(self._labels):
            if labels:
                self._places.setdefault(labels[0], []).append(place)
        self._amount_word = label_key(template.labels.amount_unit)
        self._amount_unit = re.compile(
            rf"\s*(?P<bracket>[（(])?(?:金额)?{re.escape(self._amount_word)}[:：](?P<unit>.*)", re.DOTALL
        )

    def is_form(self, rows: Sequence[GridRow]) -> bool:
        """Whether these rows are a table of this form at all: a header, or rows that show several of its labels."""
        return any(self._is_header(row) or self._labels_shown(row) > 1 for row in rows)

    def begins_project(self, rows: Sequence[GridRow]) -> bool:
        """Whether these rows hold the head of a project (unit, code, name), not only what follows it."""
        return any(self._form_row(row) in {0, 1} and not self._is_header(row) for row in rows)

    def unit_in(self, rows: Sequence[GridRow]) -> Unit:
        """The unit the first project in these rows names; an empty one where they name none."""
        found = TableReading(Project(""))
        self.read(list(itertools.takewhile(lambda row: not self._is_header(row), rows)), found)
        return found.unit

    def continues(self, rows: Sequence[GridRow], reading: TableReading) -> bool:
        """Whether rows without a header go on with the reading's indicator table: its columns, and tiers or blanks in front."""
        header = reading.header
        if not reading.has_indicators or not all(len(row) == len(header.names) for row in rows):
            return False
        fronts = [cell for row in rows for cell, name in zip(row, header.names, strict=True) if name in _TIER_FIELDS]
        return any(cell.key in self._tiers for cell in fronts) or not any(cell.text for cell in fronts)

    def heads(self, rows: Sequence[GridRow]) -> list[int]:
        """Where in one table a further project begins: its first row of unit, code or name after an indicator table."""
        places, below_header = [], False
        for place, row in enumerate(rows):
            if self._is_header(row):
                below_header = True
            elif below_header and self._is_head(row):
                places.append(place)
                below_header = False
        return places

    def read(
        self, rows: Sequence[GridRow], reading: TableReading, header: bool = False, at: tuple[int, int] = (1, 1)
    ) -> None:
        """Takes the rows into the reading. `header`: the reading's header holds for the first row already; `at`: the table and
        the row the first of them is."""
        below_header = header
        last: int | None = None
        table, first = at
        for number, row in enumerate(rows, first):
            if not row:
                continue
            reading.at = (table, number)
            if self._is_header(row):
                self._read_header(row, reading)
                below_header = True
            elif below_header and not self._ends_indicators(row):
                self._read_indicator(row, reading)
            else:
                below_header = False
                last = self._read_form_row(row, last, reading)

    def _ends_indicators(self, row: GridRow) -> bool:
        """Whether a row below a header is one of the project's own."""
        place = self._form_row(row)
        return self._is_head(row) if place == 0 else place is not None and bool(row[0].text)

    def _is_head(self, row: GridRow) -> bool:
        """Whether a row below indicators is the first of a further project; a row of indicators may hold «单位：…» too."""
        place = self._form_row(row)
        if place == 0:
            words = self._words(row)
            return len(words) <= 2 and words[0] not in self._tiers
        return place == 1

    def _words(self, row: GridRow) -> list[str]:
        return [cell.key for cell in row if cell.text]

    def _is_header(self, row: GridRow) -> bool:
        """A row of the columns' labels. One that is mostly other words is a row of values which happen to read like labels."""
        if not (row and row[0].text):
            return False
        columns = self._columns
        labels = len([key for _column, _text, key, _covered in row if key in columns])
        return labels >= 3 and labels > 0.5 * len(self._words(row))

    def _labels_shown(self, row: GridRow) -> int:
        place = self._form_row(row)
        return len(set(self._words(row)) & set(self._labels[place])) if place else 0

    def _read_header(self, row: GridRow, reading: TableReading) -> None:
        reading.has_indicators = True
        names = tuple(self._columns.get(cell.key) or _WEIGHTS.get(cell.key, "") for cell in row)
        if reading.header.names != names:
            reading.stray += [cell.text for cell, name in zip(row, names, strict=True) if cell.text and not name]
        reading.header = _Header({cell.column: name for cell, name in zip(row, names, strict=True)}, names)

    def _form_row(self, row: GridRow) -> int | None:
        """The template's row whose labels this one shows, the first of them in front; 0 for the row of the unit."""
        fitting: Sequence[int] = ()
        for cell in row:
            if cell.text:
                fitting = self._places.get(cell.key, ())
                break
        if not fitting:
            word = self._amount_word
            for cell in row:
                if word in cell.key and self._amount_unit.match(cell.text):
                    return 0
            return None
        if len(fitting) == 1:
            return fitting[0]
        words = set(self._words(row))
        return max(fitting, key=lambda place: len(words & set(self._labels[place])))

    def _read_form_row(self, row: GridRow, last: int | None, reading: TableReading) -> int | None:
        below = None if last is None else last + 1
        place = self._form_row(row)
        if below is not None and below < len(self._labels) and not self._labels[below]:
            first = row[0]
            repeated = place == last and self._labels_shown(row) == 1
            if first.covered or not first.text or repeated:
                self._read_unlabelled(row, below, reading)
                return below
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
        named = False
        for text in (cell.text for cell in row if cell.text):
            amount = self._amount_unit.fullmatch(text)
            if amount:
                unit = amount["unit"].rstrip(" ）)") if amount["bracket"] else amount["unit"]
                if reading.takes("amount_unit", unit):
                    reading.values["amount_unit"] = unit
                reading.has_amount_unit = True
            elif named:
                reading.stray.append(text)
            else:
                named = True
                if reading.takes("unit", text):
                    found = _UNIT.fullmatch(text)
                    assert found is not None  # the pattern takes any text
                    reading.values["unit"] = Unit(found[1] or "", found[2])

    def _read_labelled(self, row: GridRow, place: int, reading: TableReading) -> None:
        """Each field takes what stands between its label and the next."""
        cells = self._rows[place]
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
        found = []
        for before, after in itertools.pairwise(cells):
            if before.label and after.field:
                values = taken.pop(label_key(before.label), [])
                if values:
                    found.append((after.field, values[0]))
                    reading.stray += values[1:]
        self._set(found, reading)
        reading.stray += [text for texts in taken.values() for text in texts]

    def _read_unlabelled(self, row: GridRow, place: int, reading: TableReading) -> None:
        """Values below a row of labels: one field takes all, several stand in their order on the grid."""
        names = [cell.field for cell in self._rows[place] if cell.field]
        cells = [cell for cell in row[1:] if not cell.covered]
        if len(names) == 1:
            texts = [cell.text for cell in cells if cell.text]
            if texts:
                self._set([(names[0], texts[0])], reading)
                reading.stray += texts[1:]
            return
        found = []
        for cell in cells:
            index = reading.label_columns.get(cell.column)
            if index is not None and index < len(names):
                found.append((names[index], cell.text))
            elif cell.text:
                reading.stray.append(cell.text)
        self._set(found, reading)

    def _set(self, found: Iterable[tuple[str, str]], reading: TableReading) -> None:
        """Gives fields their words."""
        for name, text in found:
            if not reading.takes(name, text):
                continue
            if name == "goals":
                numbering, goals = read_goals(text.split("\n"), self._template.numbering.goals)
                reading.values |= {"goals_numbering": numbering, "goals": goals}
            else:
                reading.values[name] = text

    def _read_indicator(self, row: GridRow, reading: TableReading) -> None:
        """A row; a tier left blank is the one above, and so is every word of a cell that reaches down from above."""
        above = reading.indicators[-1] if reading.indicators else Indicator("")
        values: dict[str, Any] = {}
        covered: list[str] = []
        for (_column, text, _key, is_covered), name in zip(row, reading.header.fields(row), strict=True):
            if is_covered:
                if name and name not in _TIER_FIELDS:
                    covered.append(name)
            elif name and not values.get(name):
                values[name] = text
            elif text:
                reading.stray.append(text)
        if not any(values.values()):
            return
        for name in covered:
            values[name] = getattr(above, name)
        self._complete_tiers(values, above)
        reading.indicators.append(Indicator(f"i{len(reading.indicators) + 1}", **values))
        reading.rows_at.append(reading.at)

    def _complete_tiers(self, values: dict[str, Any], above: Indicator) -> None:
        """Tiers as the scheme writes them; those left blank are the ones above."""
        for name in _TIER_FIELDS:
            if values.get(name):
                values[name] = tier_name(values[name], self._tiers)
        if not values.get("tier1"):
            values["tier1"] = above.tier1
        if not values.get("tier2") and values["tier1"] == above.tier1:
            values["tier2"] = above.tier2


def tier_name(text: str, tiers: Mapping[str, str]) -> str:
    """A tier as the scheme writes it, be it spread over lines or, where cells were merged, written several times."""
    if text in tiers:
        return text
    lines = {squeeze(line) for line in text.split("\n") if line.strip()}
    once = lines.pop() if len(lines) == 1 else squeeze(text)
    return tiers.get(once, text)


def known_tiers(template: Template) -> dict[str, str]:
    """The tiers of all schemes by their words without white space."""
    return {
        squeeze(name): name
        for scheme in template.schemes
        for tier1, tier2 in scheme.tiers.items()
        for name in (tier1, *tier2)
    }


def empty_project(number: int, template: Template) -> Project:
    """A project before its tables are read; `number` from 1 makes its id."""
    return Project(f"p{number}", amount_unit=template.amount_units[0], goals_numbering=template.numbering.goals)


@lru_cache
def title_pattern(labels: Labels) -> re.Pattern[str]:
    """What the title of a project looks like, with or without a number; its `name` may be blank."""
    before, after = labels.project_title.split("{name}")
    # Possessive: white space without an end would else be dealt out between its neighbours in every way there is.
    number = re.escape(before).replace(re.escape("{n}."), r"(?:\d++\s*+[.．、]\s*+)?")
    return re.compile(rf"\s*+{number}(?P<name>.*){re.escape(after)}\s*+", re.DOTALL)
