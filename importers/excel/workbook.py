"""Opens an Excel file with bounds and gives its visible sheets, one at a time."""

import io
import warnings
from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol, cast
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import INLINE_STRING, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from importers.budget import MUCH, Budget, TooMuchError
from importers.excel import scan
from importers.excel.shown import CHINESE_BUILTIN, shown, shown_text
from importers.reading.sheet import Sheet, make_sheet
from importers.report import removed_message
from importers.zipped import ZIP_FAULTS, BoundedZip, Bounds, FileKind
from models.errors import CancelledError, UserError

BOUNDS = Bounds(unpacked=128 * 1024 * 1024, small=4 * 1024 * 1024)
"""A workbook of 2,000 projects has about 40 million bytes in its largest part."""
MAX_UNPACKED = 256 * 1024 * 1024
"""Bytes of all parts together."""
MAX_PLACES = 8_000_000
"""Places openpyxl fills in, the empty ones before a row's last cell included."""

MAX_ROWS = 300_000
"""Written rows of all sheets; a workbook of 2,000 projects × 20 indicators has about 110,000."""
MAX_CELLS = 800_000
"""Written cells of all sheets; the same workbook has 570,000."""
MAX_CHARACTERS = 40_000_000
"""Characters shown in all cells: one long text of the file may be named by many cells. The same workbook shows 20 million."""

_TYPES, _BOOK, _STYLES = "[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml"
_KIND = FileKind("Excel", ".xlsx", ".xls", "Excel 或 WPS")
_ASK_EVERY = 5_000
_RUN, _WORDS, _MERGED = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("r", "t", "mergeCell"))
_CHUNK, _BEGINNING = 1 << 16, 16
"""Bytes read at once; those among which something written in XML has its first tag."""

# What openpyxl raises on parts that are not as they should be; entities and the like are ValueErrors of defusedxml.
_DAMAGE = (
    ParseError,
    expat.ExpatError,
    InvalidFileException,
    LookupError,
    TypeError,
    AttributeError,
    SyntaxError,
    ArithmeticError,
    AssertionError,
)


class _ReadOnlySheet(Protocol):
    """What openpyxl's read-only sheets have. It has no public words for what their cells are read with."""

    title: str
    sheet_state: str
    parent: Any
    _worksheet_path: str
    _shared_strings: Any


class ExcelWorkbook:
    """An opened Excel file. `notes`: sentences on what of it is not read."""

    def __init__(self, data: bytes, name: str, go_on: Callable[[], bool]) -> None:
        self._data, self._go_on = data, go_on
        self._zip = BoundedZip(data, name, _KIND, BOUNDS)
        self._marks: dict[str, scan.Marks] = {}
        self._places = self._elements = self._merges = 0
        self.budget = Budget(characters=MAX_CHARACTERS, cells=MAX_CELLS, lines=MAX_ROWS)
        self._text = lru_cache(maxsize=4096)(shown_text)  # one text stands in many cells
        self.notes: list[str] = []
        self.removed = 0
        if "word/document.xml" in self._zip.names:
            raise UserError(f"文件「{name}」其实是 Word 文档，后缀却是 .xlsx。请把后缀改成 .docx 后再导入。")
        if sum(map(self._zip.check, self._zip.names)) > MAX_UNPACKED:
            raise self._zip.broken("展开后大得不正常")
        self._whole = {_TYPES, _BOOK}
        if _TYPES in self._zip.names:
            self._whole.update(self._scan(_TYPES, f"的内部文件 {_TYPES} ").main_parts)
        for part in sorted(self._zip.names):
            # Other programs' own data is nobody's business here, sound or not.
            if part.endswith((".xml", ".rels")) and not part.startswith(("customXml/", "docProps/")):
                self._scan(part, f"的内部文件 {part} ")
            else:
                self._count(part)

    def sheets(self) -> Iterator[Sheet]:
        """The visible sheets in their order. UserError where the file is damaged or holds too much."""
        # Extensions openpyxl does not know are no matter for the user, nor for a log.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                # keep_links: nothing outside of the file is ever followed. data_only: a formula is its last result.
                book = load_workbook(io.BytesIO(self._data), read_only=True, data_only=True, keep_links=False)
            except (*ZIP_FAULTS, *_DAMAGE):
                raise self._zip.broken("不是完整的 Excel 文件") from None
            for sheet in cast(list[_ReadOnlySheet], book.worksheets):
                if sheet.sheet_state != "visible":
                    self.notes.append(f"工作表「{sheet.title}」是隐藏的，没有读入。")
                    continue
                yield self._read(sheet)
            self.notes += removed_message(self.removed)

    def _read(self, sheet: _ReadOnlySheet) -> Sheet:
        what = f"的工作表「{sheet.title}」"
        marks = self._scan(sheet._worksheet_path, what)
        with self._zip.reading(what, *_DAMAGE):
            found = make_sheet(sheet.title, self._rows(sheet), marks.merges, self.budget)
        if not self._go_on():
            raise CancelledError
        if marks.unknown_formulas:
            more = f" 等 {marks.unknown_formulas} 处" if marks.unknown_formulas > 1 else ""
            self.notes.append(
                f"工作表「{sheet.title}」的 {marks.first_unknown}{more}是没有结果的公式，读作空格。"
                "请用 Excel 或 WPS 打开该文件，保存一次再导入。"
            )
        return found

    def _rows(self, sheet: _ReadOnlySheet) -> dict[int, dict[int, str]]:
        rows: dict[int, dict[int, str]] = {}
        last, book = 0, sheet.parent
        with self._zip.open(sheet._worksheet_path) as source:
            # What openpyxl itself reads the sheet with, but for the size the sheet says it has, which may be anything.
            parser = _SheetRows(
                source,
                sheet._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for count, (number, cells) in enumerate(parser.parse(), 1):
                if not count % _ASK_EVERY and not self._go_on():
                    raise CancelledError
                if number <= last:  # of two rows of one number Excel itself knows the first
                    continue
                width = cells[-1]["column"] if cells else 0
                self._places += number - last + width
                last = number
                if self._places > MAX_PLACES:
                    raise TooMuchError("的单元格分布得太散，不像一份正常的表格")
                words = self._words(sheet, {cell["column"]: cell for cell in cells if cell["column"] <= width})
                if words:
                    self.budget.take(cells=len(words), lines=1)
                    rows[number] = words
        return rows

    def _words(self, sheet: _ReadOnlySheet, cells: dict[int, dict[str, Any]]) -> dict[int, str]:
        """What the cells of a row show, by column."""
        found = {
            column: text
            for column, cell in cells.items()
            if cell["value"] is not None and (text := self._shown(sheet, cell))
        }
        return found if list(found) == sorted(found) else dict(sorted(found.items()))

    def _shown(self, sheet: _ReadOnlySheet, cell: dict[str, Any]) -> str:
        value = cell["value"]
        if isinstance(
            value, str
        ):  # one long text of the file may be named by many cells: it is counted before it is looked at
            self.budget.take(characters=len(value))
            text, removed = self._text(value)
            self.removed += removed
            return text
        text = _shown(ReadOnlyCell(cast(Any, sheet), **cell), sheet.parent.epoch)
        self.budget.take(characters=len(text))  # a number format has words of its own
        return text

    def each(self, take: Callable[[Sheet], None]) -> None:
        """Hands over every visible sheet; what is too much while one is understood is reported as a fault of the file."""
        for sheet in self.sheets():
            with self._zip.reading(f"的工作表「{sheet.name}」"):
                take(sheet)

    def _count(self, part: str) -> None:
        """A part that is none of the workbook's by its name; the file itself may say otherwise, and openpyxl believes it."""
        with self._zip.reading(f"的内部文件 {part} "), self._zip.open(part) as stream:
            chunk, tags = stream.read(_CHUNK), 0
            if b"<" not in chunk[:_BEGINNING]:
                return
            while chunk:
                tags += chunk.count(b"<")
                if tags > scan.MAX_OBJECTS:
                    raise TooMuchError(MUCH)
                chunk = stream.read(_CHUNK)

    def _scan(self, part: str, what: str) -> scan.Marks:
        if part not in self._marks:
            most = scan.MAX_ELEMENTS - self._elements
            if part == _STYLES:
                most = min(most, scan.MAX_STYLES)
            elif part in self._whole or part.endswith(".rels"):
                most = min(most, scan.MAX_OBJECTS)
            with self._zip.reading(what, *_DAMAGE), self._zip.open(part) as stream:
                self._marks[part] = scan.scan(stream, self._go_on, most)
            self._elements += self._marks[part].elements
            self._merges += len(self._marks[part].merges)
            if self._merges > scan.MAX_MERGES:
                raise self._zip.broken(f"{what}的合并单元格多得不正常")
        return self._marks[part]


class _SheetRows(WorkSheetParser):
    """The cells of a sheet as openpyxl parses them, row by row, without the objects it makes of what only says how they look."""

    def parse(self) -> Generator[tuple[int, list[dict[str, Any]]]]:
        for _event, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()
            elif element.tag == _MERGED:
                element.clear()

    def parse_cell(self, element: Element) -> dict[str, Any]:
        inline = element.find(INLINE_STRING) if element.get("t") == "inlineStr" else None
        if inline is None:
            return super().parse_cell(element)
        element.remove(inline)
        return super().parse_cell(element) | {"value": "".join(_inline_words(inline)), "data_type": "s"}


def _inline_words(text: Element) -> Iterator[str]:
    """The words of a text and of its stretches; how they are pronounced is none of them."""
    for child in text:
        if child.tag == _WORDS:
            yield child.text or ""
        elif child.tag == _RUN:
            yield child.findtext(_WORDS) or ""


def _shown(cell: ReadOnlyCell, epoch: datetime) -> str:
    value, number_format = cell.value, cell.number_format
    if isinstance(value, int | float) and not isinstance(value, bool):
        chinese = CHINESE_BUILTIN.get(cell.style_array.numFmtId)
        if chinese is not None and number_format == "General":
            return shown(from_excel(value, epoch), chinese)
    return shown(value, number_format)
