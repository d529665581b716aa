"""Reads the plain text form: a line that begins with a tab is a cell, an empty line ends the row, two tabs continue the cell."""

import codecs
import re
from collections.abc import Sequence

from importers.budget import Budget
from models.document.blocks import Block, Cell, Paragraph, Row, Table, paragraph
from models.document.cleaning import clean_text
from models.errors import UserError

MAX_BYTES = 64 * 1024 * 1024

_BOOKMARK = re.compile(r"\[bookmark: [^\]\n]{0,200}\]")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 (with its mark) or GB18030. UserError names the file where it is none of these."""
    if len(data) > MAX_BYTES:
        raise UserError(
            f"文件「{name}」超过 {MAX_BYTES // 1024 // 1024} MB，不像一份绩效文本，没有读取。请检查是否选错了文件。"
        )
    if not data.strip():
        raise UserError(f"文件「{name}」是空的，没有可以读取的内容。请检查是否选错了文件。")
    encodings = [encoding for mark, encoding in _MARKS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UserError(
        f"文件「{name}」不是文本文件（或编码不是 UTF-8、UTF-16、GB18030），没有读取。请另存为文本文件（UTF-8）后再导入。"
    )


def read_text(text: str) -> tuple[Block, ...]:
    """The blocks of a text in its tab-indented form; bookmarks that an extraction left in the words are taken out.
    TooMuchError where it holds more than any text does."""
    reader = _Reader(text)
    for line in reader.lines:
        reader.take(line)
    return reader.finish()


def read_columns(text: str) -> tuple[Block, ...]:
    """The blocks of a text whose tables have a row a line, with tabs, upright strokes or wide gaps between the cells; () where no
    line has any. TooMuchError where it holds more than any text does."""
    reader = _Reader(text)
    lines = [line.strip("| \u3000") for line in reader.lines]
    mark = next((mark for mark in _MARKS_BETWEEN if any(map(mark.search, lines))), None)
    if mark is None:
        return ()
    for line in reader.lines:
        reader.take_row(_cells_of(line, mark))
    return reader.finish()


def read_plain(text: str) -> tuple[Block, ...]:
    """The blocks of copied words: lines with tabs between words are rows of a table; else the text form of this program.
    TooMuchError where it holds more than any text does."""
    lines = clean_text(text)[0].lstrip("\ufeff").split("\n")
    if not any("\t" in line.strip("\t") for line in lines):
        return read_text(text)
    reader = _Reader(text)
    place = 0
    while place < len(lines):
        line, place = _whole_row(lines, place)
        reader.take_copied(line)
    return reader.finish()


_LONGEST_CELL = 200
"""Lines a quoted cell may have; a longer one only begins with a quotation mark."""


def _whole_row(lines: list[str], place: int) -> tuple[str, int]:
    """The row that begins at that line, and the place after it: a quoted cell goes on until its closing mark."""
    begun, last = "\t" in lines[place], lines[place].rpartition("\t")[2]
    is_open = begun and last.startswith('"') and last.count('"') % 2 == 1
    end = place + 1
    while is_open and end < min(place + _LONGEST_CELL, len(lines)):
        _before, tab, last = lines[end].rpartition("\t")
        marks = last.count('"') % 2 == 1
        is_open = last.startswith('"') and marks if tab else not marks
        end += 1
    return (lines[place], place + 1) if is_open else ("\n".join(lines[place:end]), end)


def _unquoted(cell: str) -> str:
    """A cell as Excel quotes it where it holds line breaks or quotation marks."""
    quoted = len(cell) > 1 and cell.startswith('"') and cell.endswith('"') and ("\n" in cell or '""' in cell)
    return cell[1:-1].replace('""', '"') if quoted else cell


_MARKS_BETWEEN = tuple(map(re.compile, (r"\t", r"[ \u3000]*\|[ \u3000]*", r"[ \u3000]{2,}")))
_RULE = re.compile(r"[-=+:|─━┄┼├┤│ ]+")


def _cells_of(line: str, mark: re.Pattern[str]) -> list[str]:
    """The cells of a line; none of a rule between rows, one of a line of plain text."""
    if "|" in mark.pattern:
        line = line.strip().removeprefix("|").removesuffix("|")
    if _RULE.fullmatch(line):
        return []
    return [cell.strip() for cell in mark.split(line)]


class _Reader:
    def __init__(self, text: str) -> None:
        self._budget = Budget()
        self._budget.take(characters=len(text))
        self.lines = _BOOKMARK.sub("", clean_text(text)[0].lstrip("\ufeff")).split("\n")
        self._blocks: list[Block] = []
        self._rows: list[Row] = []
        self._cells: list[list[str]] = []
        self._known: dict[str, Paragraph] = {}

    def take(self, line: str) -> None:
        self._budget.take(cells=line[:1] == "\t", lines=line[:1] not in ("", "\t"))
        if line.startswith("\t\t") and self._cells:
            self._cells[-1].append(line[2:])
        elif line.startswith("\t"):
            self._cells.append([line[1:]])
        elif line == "":
            self._end_row()
        else:
            self._end_table()
            self._blocks.append(self._paragraph(line))

    def take_row(self, cells: Sequence[str]) -> None:
        """Takes a line that is a whole row, or one of plain text where it has one cell."""
        written = [cell for cell in cells if cell]
        self._budget.take(cells=len(cells), places=len(cells), lines=1)
        if len(cells) > 1 and written:
            self._rows.append(Row(tuple(Cell((self._paragraph(cell),) if cell else ()) for cell in cells)))
        elif written:
            self._end_table()
            self._blocks.append(self._paragraph(written[0]))

    def take_copied(self, line: str) -> None:
        """Takes a row as Excel copies it, or a line without tabs."""
        self._budget.take(cells=line.count("\t"), lines=1)
        if "\t" in line:
            self._cells = [_unquoted(cell).split("\n") for cell in line.split("\t")]
            self._end_row()
        else:
            self._end_table()
            self._blocks.append(self._paragraph(line))

    def finish(self) -> tuple[Block, ...]:
        self._end_table()
        return tuple(self._blocks)

    def _paragraph(self, line: str) -> Paragraph:
        """Labels and values repeat in every table: those that say the same are one."""
        found = self._known.get(line)
        if found is None:
            self._budget.take(texts=1)
            found = self._known[line] = paragraph(line)
        return found

    def _end_row(self) -> None:
        if self._cells:
            self._rows.append(Row(tuple(Cell(tuple(map(self._paragraph, lines))) for lines in self._cells)))
            self._cells = []

    def _end_table(self) -> None:
        self._end_row()
        if self._rows:
            self._blocks.append(Table(tuple(self._rows)))
            self._rows = []
