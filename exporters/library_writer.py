"""Writes the user's own library of indicators as a workbook that can be filled in and imported again."""

from collections.abc import Iterable
from pathlib import Path

from models.document.template import load_template
from models.indicators.indicator_library import Entry
from models.indicators.own_library import COLUMNS, SHEET

_WIDTHS = {
    "tier1": 70.0,
    "tier2": 90.0,
    "name": 140.0,
    "description": 200.0,
    "basis": 110.0,
    "value": 90.0,
    "source": 90.0,
}
_OTHER = 50.0


def own_library_bytes(entries: Iterable[Entry]) -> bytes:
    """The .xlsx: one sheet, one row an indicator, everything as text."""
    from exporters.excel import write_sheets
    from exporters.list_sheets import list_sheet

    lines = [tuple(COLUMNS.values()), *(_line(entry) for entry in entries)]
    sheet = list_sheet(SHEET, lines, tuple(_WIDTHS.get(name, _OTHER) for name in COLUMNS))
    return write_sheets([sheet], load_template(), title=SHEET)


def _line(entry: Entry) -> tuple[str, ...]:
    texts = {**{name: str(getattr(entry, name)) for name in COLUMNS}, "year": str(entry.year or "")}
    return tuple(texts.values())


def write_own_library(entries: Iterable[Entry], path: Path) -> None:
    """Writes the workbook. UserError, naming the file, where it cannot be written."""
    from exporters.atomic import write_made

    write_made(path, lambda: own_library_bytes(entries))
