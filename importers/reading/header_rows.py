"""Rows below the headers of a list or of a form's indicators: what each place says, and what no column takes."""

import re
from collections.abc import Iterable, Iterator, Mapping

from importers.form_tables import known_tiers
from importers.numbered_lines import written_lines
from importers.reading.headers import Header, Headers
from importers.reading.indicator_rows import read_long_term
from importers.reading.listed import ListedProject, ListedRow, Listing
from importers.reading.sheet import Sheet
from importers.table_grid import squeeze
from models.document.template import Template
from models.document.tree import Indicator

_COUNT = re.compile(r"[\d.．、，,()（）\s一二三四五六七八九十百]*")
_COUNTED, _LONGEST_COUNT = 4, 9
_OPEN = frozenset(("备注", "说明"))
"""Headers that every table may have, with nothing below them."""
NO_HEADER = Header(0, 0)


class HeaderRows:
    """`header`: the one that holds for the rows below, `NO_HEADER` while there is none. `rows`: the words of the sheet's rows."""

    def __init__(
        self,
        sheet: Sheet,
        rows: Mapping[int, Mapping[int, str]],
        headers: Headers,
        template: Template,
        listing: Listing,
    ) -> None:
        self._sheet, self._rows, self._headers, self._listing = sheet, rows, headers, listing
        self._vocabulary, self._tiers = headers.vocabulary, known_tiers(template)
        self._used: list[Header] = []
        self.header = NO_HEADER

    def use(self, header: Header, columns: Mapping[int, str]) -> None:
        """The headers that hold for the rows below. `columns`: the fields that are read of each, "" for one to pass over."""
        self.header, self._columns = header, columns
        self._used.append(header)
        self._named_columns = [(column, field) for column, field in columns.items() if field]
        more = (column for each in header.more for column in each.fields)
        self._taken = {*(column for column, _field in self._named_columns), *header.long_term, *more}

    def _value(self, number: int, column: int, field: str) -> str:
        """The words of a place; those of a merged cell count for each of its rows, but a weight only once."""
        owner = self._sheet.covered.get(number, {}).get(column)
        if owner is None:
            text = self._rows.get(number, {}).get(column, "")
        elif field == "weight" or owner[1] != column or owner[0] <= self.header.row:
            text = ""
        else:
            text = self._sheet.text(number, column)
            self._listing.budget.take(characters=len(text))
        return "\n".join(written_lines([text])) if text else ""

    def _column(self, field: str) -> str:
        """How sentences name the column of a field."""
        labels = (self.header.labels[column] for column, each in self._columns.items() if each == field)
        return f"「{next(labels, '')}」列"

    def _unknown(self, number: int, cells: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
        """(column, how sentences name it, words) of the cells no field takes; a number that only counts the rows is none."""
        for column, text in cells:
            is_count = self._columns.get(column) == "" and _only_counts(text, number)
            if text.strip() and not is_count and column not in self._taken:
                label = self.header.labels.get(column, "")
                yield column, f"「{label}」列" if label else "没有表头的列", text

    def _add_long_term(self, listed: ListedProject, number: int, values: Mapping[str, str], annual: Indicator) -> None:
        """Adds what the columns of a whole period's goals say; what they leave blank is the year's."""
        own = {name: self._value(number, column, name) for column, name in self.header.long_term.items()}
        read = read_long_term(values, own, annual, self._vocabulary, self._tiers)
        if read is not None:
            self._listing.add_row(listed, ListedRow(self._sheet.name, number, read))

    def _leave_headers(self) -> None:
        """Keeps the words of headers nobody knows, once each, but for those whose columns are told."""
        sheet, vocabulary = self._sheet, self._vocabulary
        seen: set[str] = set()
        for header in self._used:
            for number in range(header.first, header.row + 1):
                for text in sheet.rows.get(number, {}).values():
                    key = squeeze(text)
                    if key in seen or key in _OPEN or (sheet.name, f"「{key}」列") in self._listing.loose:
                        continue
                    seen.add(key)
                    if vocabulary.label(text) is None and not vocabulary.scope(text) and not self._headers.tier(key):
                        self._listing.leave(sheet.name, "表头里没有用到的文字", number, text)


def _only_counts(text: str, row: int) -> bool:
    """Whether a cell of a column of row numbers holds nothing else; a long one counts no further than its row."""
    digits = text.strip()
    return _COUNT.fullmatch(text) is not None and not (
        len(digits) > _COUNTED and digits.isdecimal() and int(digits[:_LONGEST_COUNT]) > row
    )
