"""Workbooks made for tests, and what an import gives of them."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from importers.import_files import Imported, read_file

Sheets = dict[str, Sequence[Sequence[Any]]]


def book(sheets: Sheets, change: Callable[[Workbook], object] = lambda _book: None) -> bytes:
    """The .xlsx of these rows, changed before it is saved."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    change(made)
    return saved(made)


def saved(made: Workbook) -> bytes:
    """The bytes of a workbook."""
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def imported(folder: Path, data: bytes, name: str = "指标.xlsx") -> Imported:
    """What the program reads from a file of these bytes."""
    path = folder / name
    path.write_bytes(data)
    return read_file(path)


def rows_of(found: Imported, project: int = 0) -> list[tuple[str, ...]]:
    """Tiers, name and value of a project's rows."""
    return [(row.tier1, row.tier2, row.name, row.value) for row in found.draft.document.projects[project].indicators]


def patched(change: Callable[[str], str], part: str, data: bytes) -> bytes:
    """The file with the XML of one part changed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content.decode()).encode() if name == part else content)
    return packed.getvalue()


def with_shared_strings(data: bytes, change: Callable[[str], str] = lambda xml: xml) -> bytes:
    """The workbook of one sheet with its words in a part of their own, as Excel and WPS write them."""
    words: list[str] = []

    def share(found: re.Match[str]) -> str:
        words.append(found[2])
        return f'<c {found[1]} t="s"><v>{len(words) - 1}</v></c>'

    inline = re.compile(r'<c ([^>]*?) ?t="inlineStr"><is><t[^>]*>(.*?)</t></is></c>', re.DOTALL)
    data = patched(lambda xml: inline.sub(share, xml), "xl/worksheets/sheet1.xml", data)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    data = patched(lambda xml: xml.replace("</Types>", override), "[Content_Types].xml", data)
    packed = io.BytesIO(data)
    items = "".join(f"<si><t>{text}</t></si>" for text in words)
    xml = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{items}</sst>'
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/sharedStrings.xml", change(xml))
    return packed.getvalue()
