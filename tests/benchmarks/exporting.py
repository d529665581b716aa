"""Exports of a large text against plain strings and zip of the same content, and against the usual way with a cell API."""

import io
import os
import pickle
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
from docx.document import Document
from docx.oxml.parser import parse_xml
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from exporters.build import build
from exporters.export_files import file_bytes, write_file
from exporters.list_sheets import details, projects_list
from exporters.sheets import Sheet, Slot, lay_out
from exporters.word_base import base_file
from models.document.blocks import Block, Paragraph, Role, Table
from models.document.template import load_template
from tests.benchmarks.large import FEW, MANY, large_draft
from tests.benchmarks.measure import in_turn, show

TEMPLATE = load_template()
MAIN = Path(__file__).parents[2] / "main.py"


def word() -> None:
    """200 × 20: draft to bytes, against strings and zip and against python-docx; 5 × 20 against python-docx's own cells."""
    draft, blocks = large_draft(), build(large_draft().document, TEMPLATE)
    text = zipfile.ZipFile(io.BytesIO(file_bytes(draft, ".docx"))).read("word/document.xml")
    timing, plain, parsed = in_turn(
        lambda: file_bytes(draft, ".docx"), lambda: plain_word(blocks), lambda: opened_and_saved(text)
    )
    show("Word, 200 projects × 20", timing, "plain strings + zip of the same content", plain, "≤ 10")
    show("Word, 200 projects × 20", timing, "base opened, same XML parsed, saved", parsed, "≤ 2")

    small, small_blocks = large_draft(5), build(large_draft(5).document, TEMPLATE)
    timing, naive = in_turn(lambda: file_bytes(small, ".docx"), lambda: naive_word(small_blocks))
    show("Word, 5 projects × 20", timing, "python-docx, table.cell() for each cell", naive)


def excel() -> None:
    """200 × 20: draft to bytes, against openpyxl's write-only mode with the same cells, styled and plain; ten times as much."""
    draft, blocks = large_draft(), build(large_draft().document, TEMPLATE)
    sheets = [projects_list(draft.document), *lay_out(blocks, TEMPLATE), details(draft.document, TEMPLATE)]
    timing, styled, plain = in_turn(
        lambda: file_bytes(draft, ".xlsx"), lambda: styled_excel(sheets), lambda: plain_excel(blocks)
    )
    show("Excel, 200 projects × 20", timing, "openpyxl write_only, same cells and styles", styled, "≤ 1.5")
    show("Excel, 200 projects × 20", timing, "openpyxl write_only, no styles, one sheet", plain)
    tenfold, once = large_draft(MANY), large_draft(FEW)
    many, few = in_turn(lambda: file_bytes(tenfold, ".xlsx"), lambda: file_bytes(once, ".xlsx"))
    show(f"Excel, {MANY} projects × 20", many, f"the same of {FEW} projects", few, "≤ 11")


def converting() -> None:
    """The whole program, 200 × 20: package to Word, against a process that writes the same words as strings and zip."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_file(large_draft(), folder / "large.json")
        blocks = build(large_draft().document, TEMPLATE)
        (folder / "large.pickle").write_bytes(pickle.dumps(_words(blocks)))
        ours = [sys.executable, str(MAIN), "convert", str(folder / "large.json"), str(folder / "large.docx")]
        plain = [sys.executable, "-c", _PLAIN_PROCESS, str(folder / "large.pickle"), str(folder / "plain.docx")]
        timing, floor = in_turn(lambda: _run(ours), lambda: _run(plain))
        show(
            "convert large.json large.docx, whole process",
            timing,
            "a process of strings + zip, same words",
            floor,
            "≤ 10",
        )
        write_file(large_draft(5), folder / "five.json")
        five = [sys.executable, str(MAIN), "convert", str(folder / "five.json"), str(folder / "five.docx")]
        base = [sys.executable, "-c", _BASE_PROCESS, str(base_file(TEMPLATE.id)), str(folder / "base.docx")]
        timing, floor = in_turn(lambda: _run(five), lambda: _run(base))
        show(
            "convert five.json five.docx, whole process",
            timing,
            "a process that opens and saves the base",
            floor,
            "≤ 2.5",
        )


def _run(command: list[str]) -> None:
    """Runs it as installed: where the environment keeps Python from storing what it compiled, only our modules would suffer."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, capture_output=True, env=environment)


_BASE_PROCESS = "import sys, docx; docx.Document(sys.argv[1]).save(sys.argv[2])"
_PLAIN_PROCESS = """
import pickle, sys, zipfile
words = pickle.load(open(sys.argv[1], "rb"))
parts = []
for block in words:
    if isinstance(block, str):
        parts.append(f"<w:p><w:r><w:t>{block}</w:t></w:r></w:p>")
    else:
        rows = ("".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in row) for row in block)
        parts.append("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("word/document.xml", "".join(parts))
"""


def _words(blocks: tuple[Block, ...]) -> list[str | list[list[str]]]:
    """A line for each paragraph, rows of cells for each table."""
    words: list[str | list[list[str]]] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            words.append(block.text)
        elif isinstance(block, Table):
            words.append([[cell.text for cell in row.cells] for row in block.rows])
    return words


def opened_and_saved(text: bytes) -> bytes:
    """The base with that document part, parsed by python-docx and saved by it."""
    document = docx.Document(str(base_file(TEMPLATE.id)))
    document.part._element = parse_xml(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


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


def styled_excel(sheets: Sequence[Sheet]) -> bytes:
    """The same cells on the same sheets through openpyxl's streaming mode, each in the look of its role."""
    workbook = openpyxl.Workbook(write_only=True)
    looks: dict[Role, StyleArray] = {}
    for each in sheets:
        sheet = workbook.create_sheet(each.name)
        for number, width in enumerate(each.columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width / 5.25
        for _height, slots in each.rows:
            sheet.append([None if slot is None else _styled(sheet, slot, looks) for slot in slots])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _styled(sheet: WriteOnlyWorksheet, slot: Slot, looks: dict[Role, StyleArray]) -> Cell:
    """A cell in its look. The look is made once: to set fonts and borders cell by cell would take several times as long."""
    text, role = slot[:2]
    cell = WriteOnlyCell(sheet, text)
    if role not in looks:
        line = Side(style="thin")
        cell.font, cell.border = Font(name="仿宋", size=10.5), Border(left=line, right=line, top=line, bottom=line)
        cell.alignment, cell.number_format = Alignment(horizontal="center", vertical="center", wrap_text=True), "@"
        looks[role] = cell._style
    cell._style = looks[role]
    return cell


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
