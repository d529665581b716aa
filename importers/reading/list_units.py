"""The units of a list's projects: each row's own, the one a row above its projects names, the one above the headers."""

from collections.abc import Mapping
from dataclasses import replace

from importers.reading.listed import Listing, read_unit
from importers.reading.reading_labels import DETAIL, PROJECT
from models.document.tree import Unit

UNIT, UNIT_CODE = f"{PROJECT}unit", f"{PROJECT}unit_code"
IMPLEMENTING = f"{DETAIL}implementing_unit"
_DEPARTMENT = f"{DETAIL}department"
_NAMES = (UNIT, IMPLEMENTING, _DEPARTMENT)


class ListUnits:
    """`goes_on`: whether a blank cell means the unit of the row above; `front`: what lines above the headers say, by field."""

    def __init__(self, sheet: str, front: Mapping[str, str], listing: Listing) -> None:
        self._sheet, self._front, self._listing = sheet, front, listing
        self.goes_on = False
        self._above = ""
        self._department = ""
        self._row: Unit | None = None
        self._number, self._is_used = 0, False

    def begin(self, number: int, name: str, code: str) -> None:
        """A row names the unit of the projects below it."""
        self.finish()
        unit = Unit(code.strip(), name.strip()) if code.strip().isdecimal() else read_unit(Unit(), "unit", name.strip())
        self._row, self._number, self._is_used = unit, number, False

    def finish(self) -> None:
        """Keeps the unit of a row that no project took."""
        if self._row is not None and not self._is_used:
            words = f"{self._row.code}{self._row.name}"
            self._listing.leave(self._sheet, "没有项目的单位一行", self._number, words)
        self._row = None

    def filled(self, values: Mapping[str, str]) -> Mapping[str, str]:
        """The same, with the department of the row above where a blank cell means that."""
        if not self.goes_on or _DEPARTMENT not in values:
            return values
        self._department = values[_DEPARTMENT] or self._department
        return {**values, _DEPARTMENT: self._department}

    def note(self, unit: Unit) -> None:
        """The unit a project was given: whether it is the one of the row above."""
        row = self._row
        if row is not None and (row.name == unit.name if row.name else row.code == unit.code):
            self._is_used = True

    def of(self, values: Mapping[str, str]) -> Unit:
        """The unit of a row: the one it names, else the one above."""
        unit = Unit()
        named = next((values[field] for field in _NAMES if values.get(field)), "")
        if self.goes_on:
            named = self._above = named or self._above
        if named:
            unit = read_unit(unit, "unit", named)
        if values.get(UNIT_CODE):
            unit = read_unit(unit, "unit_code", values[UNIT_CODE].strip())
        if unit.name:
            return unit
        if self._row is not None:
            return replace(self._row, code=unit.code or self._row.code)
        above = self._front.get(UNIT, "") or self._front.get(IMPLEMENTING, "")
        return read_unit(unit, "unit", above) if above else unit
