"""Readers of other makes open what the program writes, and find every word and every number in it."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import mammoth
import openpyxl
import pytest
from docx2python import docx2python
from python_calamine import CalamineWorkbook

from exporters.build import build
from exporters.export_files import write_file
from models.document.blocks import Paragraph, Table
from models.document.list_head import DETAIL_SHEET, OVERVIEW_SHEET
from models.document.tree import Draft, GoalDocument, Settings
from tests.exporters.libreoffice import convert, needs_libreoffice
from tests.exporters.samples import TEMPLATE, document, project
from tests.exporters.test_tall_rows import many_rows

NOTO = Settings(font_scheme="noto")
TEXTS = (document(3), replace(document(1), projects=(replace(project(), indicators=many_rows(70)),)))
"""One with tables of a page, one whose labels are named again on the pages that follow."""


def by_python_docx(file: Path) -> str:
    opened = docx.Document(str(file))
    rows = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in opened.paragraphs), *rows])


def by_docx2python(file: Path) -> str:
    with docx2python(file) as opened:
        return str(opened.text)


def by_mammoth(file: Path) -> str:
    with file.open("rb") as opened:
        found = mammoth.convert_to_html(opened)
    assert [message for message in found.messages if message.type == "error"] == []
    return re.sub(r"<[^>]*>", "", found.value)


def by_pandoc(file: Path) -> str:
    done = subprocess.run(["pandoc", "-t", "plain", "--wrap=none", str(file)], capture_output=True, check=True)
    assert done.stderr == b""
    return done.stdout.decode()


needs_pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="not installed: pandoc")


def squeezed(text: str) -> str:
    return re.sub(r"[\s\-|+=:]", "", text)


def written(given: GoalDocument) -> list[str]:
    """Every paragraph, those of cells too, as the file should show it."""
    found = []
    for block in build(given, TEMPLATE, NOTO):
        if isinstance(block, Paragraph):
            found.append(block.text)
        elif isinstance(block, Table):
            found += [part.text for row in block.rows for cell in row.cells for part in cell.paragraphs]
    return [squeezed(text) for text in found if squeezed(text)]


@pytest.mark.parametrize(
    "reader", [by_python_docx, by_docx2python, by_mammoth, pytest.param(by_pandoc, marks=needs_pandoc)]
)
def test_every_word_of_a_word_file_is_found(reader: Callable[[Path], str], tmp_path: Path) -> None:
    for place, text in enumerate(TEXTS):
        file = tmp_path / f"文本{place}.docx"
        write_file(Draft(text, NOTO), file)
        shown = squeezed(reader(file))
        assert [words for words in written(text) if words not in shown] == []


@needs_libreoffice
def test_libreoffice_finds_them_too(tmp_path: Path) -> None:
    files = [tmp_path / f"文本{place}.docx" for place in range(len(TEXTS))]
    for file, text in zip(files, TEXTS, strict=True):
        write_file(Draft(text, NOTO), file)
    for plain, text in zip(convert(files, tmp_path / "out", "txt"), TEXTS, strict=True):
        shown = squeezed(plain.read_text(encoding="utf-8"))
        assert [words for words in written(text) if words not in shown] == []


def test_calamine_reads_the_same_cells_as_openpyxl_sums_among_them(tmp_path: Path) -> None:
    file = tmp_path / "文本.xlsx"
    write_file(Draft(document(3), NOTO), file)
    opened = CalamineWorkbook.from_path(str(file))
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()), data_only=True)
    assert opened.sheet_names == book.sheetnames
    for name in book.sheetnames:
        theirs = [[value for value in row if value != ""] for row in opened.get_sheet_by_name(name).to_python()]
        ours = [[value for value in row if value is not None] for row in book[name].values]
        assert [row for row in theirs if row] == [row for row in ours if row], name
    sums = opened.get_sheet_by_name(OVERVIEW_SHEET).to_python()[-1]
    assert sums[:1] + sums[4:] == ["合计", 495.0, 495.0, "", 12.0]
    assert len(opened.get_sheet_by_name(DETAIL_SHEET).to_python()) == 3 + 12
