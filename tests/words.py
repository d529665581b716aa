"""The words of a source text and of the files made from it, read without the program's own readers, to compare them."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import openpyxl

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIRST = "一、总体绩效目标"
PART_LINES = {"第一部分", "第二部分", "部门整体绩效目标", "预算项目绩效目标"}

Item = str | tuple[str, ...]
"""A paragraph, or the written cells of a table's row; without white space."""


def bare(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"\[bookmark: [^\]]*\]", "", text))


def of_text(text: str) -> list[Item]:
    """From the first section on. Rows end at empty lines; a tab more continues a cell."""
    items: list[Item] = []
    for chunk in re.split(r"\n(?!\t)", text.replace("\n\n", "\n\0")):
        head, *cells = re.split(r"(?:^|\n)\t(?!\t)", chunk.replace("\0", ""))
        if bare(head):
            items.append(bare(head))
        if cells:
            items.append(tuple(filter(None, map(bare, cells))))
    return _from_first(items)


def of_word(data: bytes) -> list[Item]:
    """The paragraphs and rows of a Word file's body in order; covered cells hold none."""
    body = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")).find(f"{W}body")
    assert body is not None
    return _from_first(list(_walk(body)))


def _walk(body: ElementTree.Element) -> Iterator[Item]:
    for node in body:
        if node.tag == f"{W}tbl":
            for row in node.iter(f"{W}tr"):
                yield tuple(filter(None, (bare(_text(cell)) for cell in row.iter(f"{W}tc") if not _covered(cell))))
        elif node.tag == f"{W}sdt":
            for content in node.findall(f"{W}sdtContent"):
                yield from _walk(content)
        elif bare(_text(node)):
            yield bare(_text(node))


def _text(node: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in node.iter(f"{W}t"))


def _covered(cell: ElementTree.Element) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"


def _from_first(items: list[Item]) -> list[Item]:
    start = max(place for place, item in enumerate(items) if item == FIRST)
    return [item for item in items[start:] if item and item not in PART_LINES]


def lost_in_excel(source: list[Item], data: bytes) -> list[Item]:
    """The paragraphs that do not stand in order on one sheet and the rows that do not follow each other on one."""
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    sheets = [
        [
            tuple(bare(_shown(cell)) for cell in row if cell.value is not None and bare(_shown(cell)))
            for row in sheet.iter_rows()
        ]
        for sheet in workbook.worksheets
        if sheet.sheet_state == "visible"
    ]
    sheets = [[row for row in rows if row] for rows in sheets]
    paragraphs = [item for item in source if isinstance(item, str) and not item.endswith("绩效目标表")]
    cells = [cell for row in sheets[0] for cell in row]
    lost: list[Item] = list(_missing_in_order(paragraphs, cells))
    for table in _tables(source):
        if not any(_holds(rows, table) for rows in sheets):
            lost += table
    return lost


def _shown(cell: object) -> str:
    value, number_format = cell.value, cell.number_format
    if isinstance(value, int | float):
        return f"{value:.{len(number_format.partition('.')[2])}f}"
    return str(value)


def _missing_in_order(wanted: list[str], cells: list[str]) -> Iterator[str]:
    place = 0
    for words in wanted:
        if words in cells[place:]:
            place = cells.index(words, place) + 1
        else:
            yield words


def _tables(source: list[Item]) -> Iterator[list[Item]]:
    table: list[Item] = []
    for item in [*source, ""]:
        if isinstance(item, tuple):
            table.append(item)
        elif table:
            yield table
            table = []


def _holds(rows: list[tuple[str, ...]], table: list[Item]) -> bool:
    return any(rows[start : start + len(table)] == table for start in range(len(rows)))
