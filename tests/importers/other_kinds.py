"""The sheets of tests/data/other_places as lists with marks, pages and open documents: csv, tsv, html, mht, ods."""

from __future__ import annotations

import csv
import io
import quopri
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.importers.other_places import Grid

Sheets = dict[str, "list[str | Grid]"]
Places = Callable[["Grid"], list[tuple[int, int, str, int, int]]]

_BOUNDARY = "----=_NextPart_01DC0001.9A2B3C40"
_SPACES = "office", "table", "text"
_NAMES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in _SPACES)


def rows_of(sheets: Sheets, places: Places) -> Iterator[list[str]]:
    """Every line and every row of all sheets; the cells a merged one covers are empty."""
    for content in sheets.values():
        for part in content:
            if isinstance(part, str):
                yield [part]
                continue
            cells = places(part)
            width = max((column + across for _row, column, _text, across, _down in cells), default=0)
            rows = [[""] * width for _ in part]
            for row, column, text, _across, _down in cells:
                rows[row][column] = text
            yield from rows


def marked_text(sheets: Sheets, places: Places, mark: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows_of(sheets, places))
    return out.getvalue().encode("utf-8-sig" if mark == "," else "gb18030")


def page(sheets: Sheets, places: Places) -> str:
    """A page as a system's export or a browser holds it."""
    parts = []
    for content in sheets.values():
        for part in content:
            parts.append(f"<p>{_page_words(part)}</p>" if isinstance(part, str) else _page_table(part, places))
    body = "\n".join(parts)
    return f'<html><head><meta charset="utf-8"><title>导出</title></head><body>\n{body}\n</body></html>'


def _page_table(rows: Grid, places: Places) -> str:
    lines: list[list[str]] = [[] for _ in rows]
    for row, _column, text, across, down in places(rows):
        lines[row].append(f'<td colspan="{across}" rowspan="{down}">{_page_words(text)}</td>')
    return "<table>" + "".join(f"<tr>{''.join(line)}</tr>" for line in lines) + "</table>"


def _page_words(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def web_archive(sheets: Sheets, places: Places) -> bytes:
    """«单个文件网页» as Word saves it: one quoted-printable part in the code page of the system."""
    html = page(sheets, places).replace("utf-8", "gb2312")
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="{_BOUNDARY}"\r\n\r\n'
    part = (
        f"--{_BOUNDARY}\r\nContent-Location: file:///C:/form.htm\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        'Content-Type: text/html; charset="gb2312"\r\n\r\n'
    )
    body = quopri.encodestring(html.encode("gb18030"))
    return f"{head}{part}".encode() + body + f"\r\n--{_BOUNDARY}--\r\n".encode()


def open_workbook(sheets: Sheets, places: Places) -> bytes:
    """A spreadsheet as LibreOffice keeps it: a table a sheet, covered cells named, figures with their shown words."""
    tables = "".join(
        f'<table:table table:name="{escape(title)}">{_open_rows(content, places)}</table:table>'
        for title, content in sheets.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _open_rows(content: list[str | Grid], places: Places) -> str:
    rows = []
    for part in content:
        if isinstance(part, str):
            rows.append(_open_cell(part, 1, 1))
            continue
        cells = places(part)
        width = max((column + across for _row, column, _text, across, _down in cells), default=1)
        lines = [["<table:covered-table-cell/>"] * width for _ in part]
        taken = {
            (row + y, column + x) for row, column, _t, across, down in cells for y in range(down) for x in range(across)
        }
        for row, line in enumerate(lines):
            for column in range(width):
                if (row, column) not in taken:
                    line[column] = "<table:table-cell/>"
        for row, column, text, across, down in cells:
            lines[row][column] = _open_cell(text, across, down)
        rows += ["".join(line) for line in lines]
    return "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)


def _open_cell(text: str, across: int, down: int) -> str:
    spans = f' table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"'
    words = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n") if line)
    return f"<table:table-cell{spans if across > 1 or down > 1 else ''}>{words}</table:table-cell>"
