"""What the table gives to the clipboard and takes from it: tab-separated text and HTML, merged cells included."""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from models.errors import UserError
from ui.widgets.tsv import read_table, write_table

if TYPE_CHECKING:
    from models.document.blocks import Table

Block = list[list[str]]
_CELL = "mso-number-format:'\\@'; border:.5pt solid windowtext; vertical-align:middle"
"""Spreadsheets take the cells for text: «=1» is no formula, «001» keeps its noughts."""


def to_mime(rows: Sequence[Sequence[str]]) -> QMimeData:
    """Both kinds at once: spreadsheets and Word take the HTML, everything else the text."""
    mime = QMimeData()
    mime.setText(write_table(rows))
    lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    mime.setHtml(f'<meta charset="utf-8"><table style="border-collapse:collapse">{lines}</table>')
    return mime


def _cell(text: str) -> str:
    inside = escape(text, quote=False).replace("\n", '<br style="mso-data-placement:same-cell">')
    return f'<td style="{_CELL}">{inside}</td>'


def from_mime(mime: QMimeData) -> Block:
    """The cells of what was copied: of the HTML's largest table, else of the text. Nothing of use gives no row."""
    html = mime.html() if mime.hasHtml() else ""
    if "<t" in html.lower():
        block = _largest_table(html)
        if block:
            return block
    return read_table(mime.text())


def _largest_table(html: str) -> Block:
    # Readers of whole texts are not needed by who never pastes.
    from importers.html import read_html
    from models.document.blocks import Table

    try:
        tables = [block for block in read_html(html).blocks if isinstance(block, Table)]
    except UserError:
        return []  # too large for a table of indicators: its text is taken as it is
    blocks = [_grid(table) for table in tables]
    return max(blocks, key=lambda block: sum(map(len, block)), default=[])


def _grid(table: "Table") -> Block:
    """The table's texts; what is merged over several rows stands in each of them.

    Columns where no cell begins are none: Word counts every vertical line of the page's tables.
    """
    rows = [list(row) for row in table.placed()]
    columns = sorted({placed.column for row in rows for placed in row})
    place = {column: at for at, column in enumerate(columns)}
    block: Block = []
    for row in rows:
        line = [""] * len(columns)
        for placed in row:
            line[place[placed.column]] = placed.cell.text
        if any(text.strip() for text in line):
            block.append(line)
    return _trimmed(block)


def _trimmed(block: Block) -> Block:
    """Without columns at the right that are empty throughout."""
    width = max((at + 1 for line in block for at, text in enumerate(line) if text.strip()), default=0)
    return [line[:width] for line in block]
