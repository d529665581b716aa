"""Reads spreadsheets of LibreOffice and others (.ods): what each cell shows, its merged cells, visible sheets alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from importers.budget import Budget, TooMuchError
from importers.reading.sheet import Area, Sheet, make_sheet
from importers.zipped import BoundedZip, Bounds, FileKind
from models.document.cleaning import clean_text
from models.errors import CancelledError, UserError

_CONTENT = "content.xml"
_KIND = FileKind("OpenDocument 表格", ".xlsx", ".xls", "LibreOffice、Excel 或 WPS")
_BOUNDS = Bounds(unpacked=128 * 1024 * 1024)
MAX_ELEMENTS = 4_000_000
MAX_COLUMNS, MAX_ROWS = 1_024, 200_000
_CHUNK = 1 << 16


@dataclass(slots=True)
class _Table:
    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)


def read_ods(data: bytes, name: str, go_on: Callable[[], bool], budget: Budget) -> list[Sheet]:
    """The sheets of a file. UserError names it where it is damaged, protected or hostile."""
    packed = BoundedZip(data, name, _KIND, _BOUNDS)
    with packed.reading("的内容", expat.ExpatError), packed.open(_CONTENT) as stream:
        reader = _Reader(budget)
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = reader.start
        parser.EndElementHandler = reader.end
        parser.CharacterDataHandler = reader.words
        parser.StartDoctypeDeclHandler = reader.refuse_doctype
        while chunk := stream.read(_CHUNK):
            if not go_on():
                raise CancelledError
            parser.Parse(chunk)
        parser.Parse(b"", True)
        if not reader.is_spreadsheet:
            raise UserError(
                f"文件「{name}」不是 OpenDocument 表格，没有读取。请用 LibreOffice 打开检查，另存为 .xlsx 后再导入。"
            )
        return [make_sheet(table.name, table.rows, table.merges, budget) for table in reader.tables]


class _Reader:
    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.tables: list[_Table] = []
        self.is_spreadsheet = False
        self._elements = self._row = self._column = 0
        self._rows_at_once = self._cells_at_once = 1
        self._text: list[str] | None = None
        self._spans = (1, 1)
        self._silent = 0
        """How deep in a comment or another table's shape the reader is."""
        self._takers = {
            "table:table": self._begin_table,
            "table:table-row": self._begin_row,
            "table:table-cell": self._begin_cell,
            "table:covered-table-cell": self._begin_cell,
            "office:annotation": self._begin_silence,
            "text:p": self._begin_line,
            "text:line-break": self._begin_line,
            "text:s": self._take_space,
            "text:tab": self._take_space,
        }

    def refuse_doctype(self, *_declaration: object) -> None:
        raise TooMuchError("里有文档类型声明（正常的表格没有）")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Takes an element as it begins."""
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise TooMuchError("的内容多得不正常")
        self.is_spreadsheet = self.is_spreadsheet or name == "office:spreadsheet"
        take = self._takers.get(name)
        if take is not None and self.is_spreadsheet:
            take(attributes)

    def end(self, name: str) -> None:
        """Takes an element as it ends."""
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif name == "table:table-row":
            self._end_row()
        elif name == "office:annotation":
            self._silent -= 1

    def words(self, text: str) -> None:
        """Takes the words of a cell."""
        if self._text is not None and not self._silent:
            self._budget.take(characters=len(text))
            self._text.append(text)

    def _begin_table(self, attributes: dict[str, str]) -> None:
        self.tables.append(_Table(clean_text(attributes.get("table:name", ""))[0]))
        self._row = 0

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._rows_at_once = _count(attributes, "table:number-rows-repeated")
        self._row += 1
        self._column = 1

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._cells_at_once = _count(attributes, "table:number-columns-repeated")
        self._spans = (
            _count(attributes, "table:number-rows-spanned"),
            _count(attributes, "table:number-columns-spanned"),
        )
        self._text = []

    def _begin_silence(self, _attributes: dict[str, str]) -> None:
        self._silent += 1

    def _begin_line(self, _attributes: dict[str, str]) -> None:
        if self._text:
            self._text.append("\n")

    def _take_space(self, _attributes: dict[str, str]) -> None:
        self.words(" ")

    def _end_cell(self) -> None:
        text = clean_text("".join(self._text or ()))[0].strip("\n")
        self._text = None
        if self.tables and text.strip() and self._row <= MAX_ROWS:
            table = self.tables[-1]
            for column in range(self._column, min(self._column + self._cells_at_once, MAX_COLUMNS + 1)):
                self._budget.take(cells=1, characters=len(text))
                table.rows.setdefault(self._row, {})[column] = text
        if self.tables and self._spans != (1, 1) and self._column <= MAX_COLUMNS:
            down, across = self._spans
            bottom, right = self._row + down - 1, min(self._column + across - 1, MAX_COLUMNS)
            self._budget.take(places=1)
            self.tables[-1].merges.append(Area(self._row, self._column, bottom, right))
        self._column += self._cells_at_once

    def _end_row(self) -> None:
        """A row that stands several times is read as often where it holds words."""
        if not self.tables:
            return
        rows = self.tables[-1].rows
        own = rows.get(self._row)
        again = self._rows_at_once - 1
        if own and again:
            self._budget.take(cells=again * len(own), lines=again, characters=again * sum(map(len, own.values())))
            rows.update({self._row + place: dict(own) for place in range(1, again + 1)})
        self._row += again


def _count(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "1")
    return max(int(value), 1) if value.isdecimal() and len(value) < 10 else 1
