"""Reading a large text, against splitting it into lines, and large Word and Excel files, against walking through them."""

import io
import zipfile

from lxml import etree
from openpyxl import load_workbook

from exporters.build import build
from exporters.export_files import file_bytes
from exporters.text_writer import write_text
from exporters.word import write_word
from importers.excel.excel_reader import join, read_excel
from importers.reading.reader import understand
from importers.text_reader import decode, read_text
from importers.word.word_reader import read_word
from models.bulk import making_many
from models.document.template import load_template
from tests.benchmarks.large import FEW, MANY, large_draft
from tests.benchmarks.measure import in_turn, show

TEMPLATE = load_template()


def text() -> None:
    """200 × 20, bytes to document, against decoding and cutting the same bytes into lines and cells."""
    data = _text_file(200)

    def floor() -> list[list[str]]:
        return [line.split("\t") for line in data.decode().split("\n")]

    timing, base = in_turn(lambda: _read_text(data), floor)
    show("text import, 200 projects × 20", timing, "decode and split the same bytes", base)
    tenfold, once = _text_file(MANY), _text_file(FEW)
    many, few = in_turn(lambda: _read_text(tenfold), lambda: _read_text(once))
    show(f"text import, {MANY} projects × 20", many, f"the same of {FEW} projects", few, "10, linear")


def word() -> None:
    """200 × 20, bytes to document, against opening the file and looking at each element's name and words once."""
    data = _word_file(200)

    def floor() -> int:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("word/document.xml") as part:
            return sum(len(node.tag) + len(node.text or "") for node in etree.parse(part).getroot().iter())

    timing, base = in_turn(lambda: _read_word(data), floor)
    show("Word import, 200 projects × 20", timing, "open, parse and walk the same file with lxml", base, "≤ 2")
    tenfold, once = _word_file(MANY), _word_file(FEW)
    many, few = in_turn(lambda: _read_word(tenfold), lambda: _read_word(once))
    show(f"Word import, {MANY} projects × 20", many, f"the same of {FEW} projects", few, "10, linear")


def excel() -> None:
    """100 × 20, bytes to document, against openpyxl's read-only pass over the same cells, and against a tenth of it."""
    data, tenth = _excel_file(100), _excel_file(10)
    timing, base, once = in_turn(lambda: _read_excel(data), lambda: _walk_excel(data), lambda: _read_excel(tenth))
    show("Excel import, 100 projects × 20", timing, "openpyxl read_only, each cell's value once", base)
    show("Excel import, 100 projects × 20", timing, "the same of 10 projects", once, "10, linear")


def _text_file(projects: int) -> bytes:
    return write_text(build(large_draft(projects).document, TEMPLATE)).encode()


def _read_text(data: bytes) -> object:
    with making_many():
        return understand(read_text(decode(data, "large.txt")), TEMPLATE).document


def _excel_file(projects: int) -> bytes:
    return file_bytes(large_draft(projects), ".xlsx")


def _read_excel(data: bytes) -> object:
    with making_many():
        return join(read_excel(data, "large.xlsx"), TEMPLATE).document


def _walk_excel(data: bytes) -> int:
    book = load_workbook(io.BytesIO(data), read_only=True)
    return sum(value is not None for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)


def _word_file(projects: int) -> bytes:
    return write_word(build(large_draft(projects).document, TEMPLATE), TEMPLATE)


def _read_word(data: bytes) -> object:
    with making_many():
        return understand(read_word(data, "large.docx").blocks, TEMPLATE).document
