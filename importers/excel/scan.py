"""A first pass over a part of an Excel file that keeps nothing but what openpyxl does not report, and stops at what is too much."""

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import IO
from xml.parsers import expat

from importers.budget import MUCH, TooMuchError
from importers.reading.sheet import Area
from models.errors import CancelledError

MAX_ELEMENTS = 4_000_000
"""Elements of one file; a workbook of 2,000 projects × 20 indicators has 2 million."""
MAX_STRINGS = 500_000
"""Texts of a part of their own."""
MAX_STYLES, MAX_OBJECTS = 400_000, 100_000
"""Elements of the parts openpyxl makes objects of, one by one: styles, and the workbook's own. The formats a file gathers in
years of copying are some ten thousand, of several elements each."""
MAX_SHEETS = 4_000
LONGEST_FORMAT = 255
"""Characters of a number format; Excel's own limit."""
MAX_MERGES = 300_000
"""Of one file; the same workbook has 80,000."""
MAX_COLUMNS = 16_384
MAX_ROW = 1_048_576
"""Excel's own limits."""

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6}):\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_ASK_EVERY = 20_000


@lru_cache(maxsize=MAX_COLUMNS)
def column_number(letters: str) -> int:
    """«A» is 1, «AA» 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class Marks:
    """What a part holds. `unknown_formulas`: how many formulas came without their last result; `first_unknown`: the address of
    the first; `main_parts`: the parts that this one says are the workbook."""

    def __init__(self, parser: expat.XMLParserType, go_on: Callable[[], bool], most: int) -> None:
        self.parser, self._go_on, self._most = parser, go_on, most
        self.elements = self._cells_of_row = self.unknown_formulas = 0
        self._counted: Counter[str] = Counter()
        self.first_unknown = ""
        self._formula: str | None = None
        self._cell, self._is_text = "", False
        self._takers = {
            "c": self._take_cell,
            "row": self._take_row,
            "f": self._take_formula,
            "v": self._take_value,
            "mergeCell": self._take_merge,
            "numFmt": self._take_format,
            "sheet": lambda _attributes: self._count("sheet", MAX_SHEETS, "的工作表多得不正常"),
            "si": lambda _attributes: self._count("si", MAX_STRINGS, MUCH),
            "Override": self._take_type,
        }
        self.merges: list[Area] = []
        self.main_parts: list[str] = []

    def refuse_doctype(self, *_declaration: object) -> None:
        raise TooMuchError("里有文档类型声明（正常的表格没有）")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Takes an element as it begins."""
        self.elements += 1
        if self.elements > self._most:
            raise TooMuchError(MUCH)
        if not self.elements % _ASK_EVERY and not self._go_on():
            raise CancelledError
        take = self._takers.get(name) or (self._takers.get(name.rpartition(":")[2]) if ":" in name else None)
        if take is not None:
            take(attributes)

    def _take_cell(self, attributes: dict[str, str]) -> None:
        if self._formula is not None:
            self.end_cell()
        self._cell = attributes.get("r", "")
        self._is_text = attributes.get("t") == "str"
        self._cells_of_row += 1
        if self._cells_of_row > MAX_COLUMNS:
            raise TooMuchError("有一行的单元格多得不正常")

    def _take_formula(self, _attributes: dict[str, str]) -> None:
        self._formula = self._cell

    def _take_value(self, _attributes: dict[str, str]) -> None:
        if self._formula is None:
            return
        if self._is_text:  # an empty text is a result, too
            self._formula = None
        else:
            self.parser.CharacterDataHandler = self._take_result

    def _take_result(self, words: str) -> None:
        if words.strip():
            self._formula = None
            self.parser.CharacterDataHandler = None

    def end_cell(self) -> None:
        """A formula whose cell ended without a value is one of the unknown ones."""
        if self._formula is not None:
            self.first_unknown = self.first_unknown or self._formula
            self.unknown_formulas += 1
            self._formula = None
            self.parser.CharacterDataHandler = None

    def _take_row(self, attributes: dict[str, str]) -> None:
        self._cells_of_row = 0
        number = attributes.get("r", "1")
        if number.isdecimal() and (len(number) > 7 or int(number) > MAX_ROW):
            raise TooMuchError("的行号大得不正常")

    def _take_merge(self, attributes: dict[str, str]) -> None:
        found = _REFERENCE.fullmatch(attributes.get("ref", ""))
        if found is None:
            return
        if len(self.merges) >= MAX_MERGES:
            raise TooMuchError("的合并单元格多得不正常")
        left, right = column_number(found[1]), column_number(found[3])
        self.merges.append(Area(int(found[2]), left, int(found[4]), right))

    def _take_format(self, attributes: dict[str, str]) -> None:
        if len(attributes.get("formatCode", "")) > LONGEST_FORMAT:
            raise TooMuchError("里有长得不正常的数字格式")

    def _take_type(self, attributes: dict[str, str]) -> None:
        if "main+xml" in attributes.get("ContentType", ""):
            self.main_parts.append(attributes.get("PartName", "").lstrip("/"))

    def _count(self, name: str, most: int, fault: str) -> None:
        self._counted[name] += 1
        if self._counted[name] > most:
            raise TooMuchError(fault)


def scan(stream: IO[bytes], go_on: Callable[[], bool], most: int) -> Marks:
    """Reads a part once. TooMuchError beyond the limits, `most` for its elements; expat.ExpatError where it is no XML,
    CancelledError when stopped."""
    parser = expat.ParserCreate()
    marks = Marks(parser, go_on, most)
    parser.StartElementHandler = marks.start
    parser.StartDoctypeDeclHandler = marks.refuse_doctype
    parser.ParseFile(stream)
    marks.end_cell()
    del marks.parser  # what was read stays, how it was read does not
    return marks
