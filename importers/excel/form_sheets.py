"""From a sheet in the form's geometry to blocks: lines over the whole width are paragraphs, the rest are tables with spans."""

from collections.abc import Iterator, Sequence

from importers.budget import Budget
from importers.form_tables import TableReader
from importers.reading.sheet import FULL, Place, Sheet
from importers.table_grid import grid
from models.document.blocks import Block, Cell, Row, Table, paragraphs


class SheetPage:
    """A sheet as a page. TooMuchError where it is too wide for its height."""

    def __init__(self, sheet: Sheet, tables: TableReader, budget: Budget) -> None:
        self._sheet, self._tables, self._budget = sheet, tables, budget
        self._owners: dict[int, dict[int, Place]] = {row: dict(places) for row, places in sheet.covered.items()}
        self._texts: dict[Place, str] = {}
        self._ends: dict[Place, Place] = {place: (area.bottom, area.right) for place, area in sheet.anchors.items()}
        self._starts = self._find_starts()

    def blocks(self) -> Iterator[Block]:
        """Its lines and tables, top to bottom."""
        table: list[int] = []
        last = 0
        for row in sorted(self._starts):
            line = self._line(row, bool(table), gap=row > last + 1)
            if line is not None or (table and row > last + 1 and self._begins_table(row)):
                yield from self._table(table)
                table = []
            if line is None:
                table.append(row)
            else:
                yield from paragraphs(line)
            last = max(self._ends.get((row, column), (row, 0))[0] for column in self._starts[row])
        yield from self._table(table)

    def whole_table(self) -> Iterator[Table]:
        """All its rows as one table, lines over its whole width among them; none of an empty sheet."""
        yield from self._table(sorted(self._starts))

    def _find_starts(self) -> dict[int, list[int]]:
        """For each row the columns where a cell begins; words that go on below are joined to their first part."""
        columns: dict[int, set[int]] = {row: set(words) for row, words in self._sheet.rows.items()}
        for row, column in self._sheet.anchors:
            columns.setdefault(row, set()).add(column)
        starts = {}
        for row in sorted(columns):
            taken = self._owners.get(row, {})
            begun = sorted(column for column in columns[row] if column not in taken)
            for column in begun:
                self._texts[row, column] = self._words(row, column)
            if begun:
                starts[row] = begun
        return starts

    def _words(self, row: int, column: int) -> str:
        text = portion = self._sheet.rows.get(row, {}).get(column, "")
        bottom, right = self._ends.get((row, column), (row, column))
        while len(portion) in FULL:
            portion = self._sheet.rows.get(bottom + 1, {}).get(column, "")
            below = self._ends.get((bottom + 1, column), (bottom + 1, column))[0]
            if not portion:
                break
            text += portion
            for covered in range(bottom + 1, below + 1):
                self._owners.setdefault(covered, {}).update(dict.fromkeys(range(column, right + 1), (row, column)))
            bottom = below
            self._ends[row, column] = (bottom, right)
        return text

    def _line(self, row: int, in_table: bool, gap: bool) -> str | None:
        """The words of a row that is one line of text; None for a row of a table."""
        written = [column for column in self._starts[row] if self._texts[row, column]]
        if len(written) != 1 or any(owner[0] < row for owner in self._owners.get(row, {}).values()):
            return None
        (column,) = written
        right = self._ends.get((row, column), (row, column))[1]
        over_all = column == 1 and right >= self._sheet.width
        alone = gap and column == 1 and self._starts[row] == written
        if over_all or (alone if in_table else not self._begins_table(row)):
            return self._texts[row, column]
        return None

    def _begins_table(self, row: int) -> bool:
        rows = grid(Table((self._row(row, {row: 0}),)))
        return self._tables.is_form(rows) or self._tables.begins_project(rows)

    def _table(self, rows: Sequence[int]) -> Iterator[Table]:
        order = {row: place for place, row in enumerate(rows)}
        if any(self._texts[row, column] for row in rows for column in self._starts[row]):
            yield Table(tuple(self._row(row, order) for row in rows))

    def _row(self, row: int, order: dict[int, int]) -> Row:
        """The cells that begin in a row. Rows in which none begins are not in `order`: spans do not count them."""
        self._budget.take(places=self._sheet.width)
        owners, starts = self._owners.get(row, {}), set(self._starts[row])
        cells: list[Cell] = []
        column = 1
        while column <= self._sheet.width:
            width = 1
            if column in starts:
                bottom, right = self._ends.get((row, column), (row, column))
                width = right - column + 1
                height = sum(below in order for below in range(row, bottom + 1)) if bottom > row else 1
                text = self._texts[row, column]
                cells.append(Cell(paragraphs(text) if text else (), width, height))
            elif column not in owners or owners[column][0] not in order:
                cells.append(Cell())
            column += width
        return Row(tuple(cells))
