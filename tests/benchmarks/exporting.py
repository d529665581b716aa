"""Exports of a large text against plain strings and zip of the same content, and against the usual way with a cell API."""

import io
import zipfile

import docx
import openpyxl
from docx.document import Document

from exporters.build import build
from exporters.files import file_bytes
from models.blocks import Block, Paragraph, Table
from models.template import load_template
from tests.benchmarks.large import large_draft
from tests.benchmarks.measure import in_turn, show

TEMPLATE = load_template()


def word() -> None:
    """200 × 20: draft to bytes, against strings and zip; 5 × 20 against python-docx's own cells."""
    draft, blocks = large_draft(), build(large_draft().document, TEMPLATE)
    timing, floor = in_turn(lambda: file_bytes(draft, ".docx"), lambda: plain_word(blocks))
    show("Word, 200 projects × 20", timing, "plain strings + zip of the same content", floor, "≤ 10")

    small, small_blocks = large_draft(5), build(large_draft(5).document, TEMPLATE)
    timing, naive = in_turn(lambda: file_bytes(small, ".docx"), lambda: naive_word(small_blocks), runs=5)
    show("Word, 5 projects × 20", timing, "python-docx, table.cell() for each cell", naive)


def excel() -> None:
    """200 × 20: draft to bytes, against openpyxl's write-only mode with the same cells and no styles."""
    draft, blocks = large_draft(), build(large_draft().document, TEMPLATE)
    timing, floor = in_turn(lambda: file_bytes(draft, ".xlsx"), lambda: plain_excel(blocks), runs=5)
    show("Excel, 200 projects × 20", timing, "openpyxl write_only, same cells, no styles", floor, "≤ 1.5")


def plain_word(blocks: tuple[Block, ...]) -> bytes:
    """The same words as the barest WordprocessingML, joined and zipped."""
    parts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            parts.append(f"<w:p><w:r><w:t>{block.text}</w:t></w:r></w:p>")
        elif isinstance(block, Table):
            parts.append("<w:tbl>")
            for row in block.rows:
                cells = "".join(f"<w:tc><w:p><w:r><w:t>{cell.text}</w:t></w:r></w:p></w:tc>" for cell in row.cells)
                parts.append(f"<w:tr>{cells}</w:tr>")
            parts.append("</w:tbl>")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "".join(parts))
    return buffer.getvalue()


def naive_word(blocks: tuple[Block, ...]) -> bytes:
    """The same words through python-docx's public cells."""
    document: Document = docx.Document()
    for block in blocks:
        if isinstance(block, Paragraph):
            document.add_paragraph(block.text)
        elif isinstance(block, Table):
            table = document.add_table(len(block.rows), len(block.columns))
            for place, row in enumerate(block.placed()):
                for cell in row:
                    if not cell.covered:
                        table.cell(place, cell.column).text = cell.cell.text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def plain_excel(blocks: tuple[Block, ...]) -> bytes:
    """The same cells on one sheet through openpyxl's streaming mode."""
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for block in blocks:
        if isinstance(block, Paragraph):
            sheet.append([block.text])
        elif isinstance(block, Table):
            for row in block.rows:
                sheet.append([cell.text for cell in row.cells])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()
