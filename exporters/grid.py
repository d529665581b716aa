"""Measures a table and draws the part of it that stands on one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from exporters.line_breaking import BrokenLine, count_lines
from exporters.looks import WHOLE, Area, Look
from exporters.merged_labels import is_named_again, is_parted, path_of, with_labels_parted
from exporters.metrics import EM
from exporters.narrow_characters import condensed, room_at
from exporters.placed_pages import Box, CellArea, PlacedLine
from exporters.placing import broken, fitted, place_line, rooms
from models.document.blocks import Cell, Paragraph, Role, Table
from models.document.template import Page

CellLine = tuple[BrokenLine, Paragraph, Look, bool]
"""A line of a cell, its paragraph with its look, and whether it is the last one of it."""

_MOST_BACK = 4

Shape = tuple[tuple[float, float, bool], ...]
"""A row's cells: left and right edge, and whether the place is covered from above."""


class Slice(NamedTuple):
    """A row, or a part of one that is taller than a page. `height` in points; `more`: parts of it follow; `first`: of its
    lines, the one this part begins with."""

    row: int
    height: float
    more: bool = False
    first: int = 0


@dataclass(slots=True)
class _Measured:
    """A cell at its upper left corner. `drawn`: how many of its lines stand on pages already; `again`: it names a label that
    stands above it already."""

    row: int
    last_row: int
    left: float
    right: float
    lines: list[CellLine]
    cell: Cell
    drawn: int = 0
    again: bool = False


@dataclass(slots=True)
class _Label:
    """A merged cell that is named again on each page. `needed`: points its words take, the border counted in."""

    first: int
    last: int
    needed: float


class Drawn(NamedTuple):
    """What stands on one page."""

    lines: list[PlacedLine]
    rules: list[Box]
    cells: list[CellArea]


class Grid:
    """A table measured. `heights`: of each row in points, its border counted in; what is drawn is made when it is asked for."""

    def __init__(self, table: Table, page: Page, roles: Mapping[Role, Look], area: Area, block: int) -> None:
        self.header_rows = min(table.header_rows, len(table.rows))
        self.border = page.table_border
        self._page, self._looks, self._area = page, roles, area
        self._table = table
        self._edges = self._columns(table)
        self._rooms = _rooms_found(self._edges, page)
        self._open: list[_Measured] = []  # cells that go on on the next page
        self.block = block
        self.parted: set[int] = set()
        """The rows before which labels of merged cells are parted: a page ends there, or a row of several pages does or begins."""
        self.parts: dict[int, list[int]] = {}
        """Of each row taller than a page the lines that stand on its pages, found while pages are filled."""
        self.pushed: dict[int, float] = {}
        """The rows that are made taller than their words, so many points, to stand on the next page."""
        self._labels: list[_Label] = []
        self._again: frozenset[tuple[int, int]] = frozenset()
        self.heights = self._measure()
        if tall := self._tall_rows(area.height):
            self._table, self._again = with_labels_parted(table, {place for row in tall for place in (row, row + 1)})
            self.parted = {row for row, _ in self._again}
            self._labels.clear()
            self.heights = self._measure()

    def part(self, number: int, first: int, room: float, page: float) -> Slice | None:
        """The row whole, or the part of it that begins with that line, in so much room; None where it does not fit.

        Only a row taller than `page`, the room under the header, is parted, between its lines and where it stands.
        """
        height, pitch, border = self.heights[number], self._page.table_pitch, self._page.table_border
        if height <= page:
            return Slice(number, height) if height <= room else None
        left, fit = round((height - border) / pitch) - first, int((room - border) / pitch)
        return Slice(number, min(fit, left) * pitch + border, fit < left, first) if fit >= 1 else None

    def forced_part(self, number: int, first: int, page: float) -> Slice:
        """The same on a page that has no more room for it than any other."""
        return self.part(number, first, max(page, self.least_part), page) or Slice(number, self.heights[number])

    def _tall_rows(self, height: float) -> frozenset[int]:
        """The rows that are taller than a page of that height under the table's header, and so are parted."""
        room = height - sum(self.heights[: self.header_rows]) - self.border
        return frozenset(number for number in range(self.header_rows, len(self.heights)) if self.heights[number] > room)

    def take(self, part: Slice) -> int:
        """Notes that the part stands on a page; how many lines of its row it holds."""
        count = round((part.height - self.border) / self._page.table_pitch)
        if part.first or part.more:
            self.parts.setdefault(part.row, []).append(count)
        return count

    @property
    def least_part(self) -> float:
        """Points that the first line of a tall row takes."""
        return self._page.table_pitch + self._page.table_border

    def part_labels(self, rows: list[Slice], following: int, room: float) -> float:
        """Parts the merged labels that `rows`, the last on their page, share with the following row, as Word's file does: both
        parts have room for the words. The points the last row grew by; where `room` is less, all stays as it is.
        """
        parted = self._parted(rows, following)
        grown = self._lack(parted, following)
        if not parted or grown > room:
            return 0.0
        self.heights[following - 1] += grown
        rows[-1] = rows[-1]._replace(height=rows[-1].height + grown)
        for label in parted:
            label.first = following
            self.heights[label.last] += max(label.needed - sum(self.heights[following : label.last + 1]), 0.0)
        self.parted.add(following)
        return grown

    def taken_back(self, rows: Sequence[Slice], following: int, room: float) -> int:
        """How many of `rows`, the body's on a page, go to the next one, so that a label which the page's end parts has room on
        this one: the first of them grows, as in Word's file, so that it does not fit here. 0 also where that does not help."""
        for back in range(min(len(rows), _MOST_BACK + 1)):
            kept, taken = rows[: len(rows) - back], rows[len(rows) - back :]
            left = room + sum(part.height for part in taken)
            if any(part.first or part.more for part in taken):
                break
            if self._lack(self._parted(kept, following - back), following - back) <= left:
                if back:
                    self._push(following - back, left)
                return back
        return 0

    def _push(self, row: int, room: float) -> None:
        """Makes the row as tall as no longer fits in so much room."""
        count = int((room - self.border) / self._page.table_pitch) + 1
        self.pushed[row] = count * self._page.table_pitch
        self.heights[row] = max(self.heights[row], self.pushed[row] + self.border)

    def _parted(self, rows: Sequence[Slice], following: int) -> list[_Label]:
        """The labels parted by the end of a page with these rows."""
        if rows[-1].row != following - 1:
            return []
        return [label for label in self._labels if label.first < following <= label.last]

    def _lack(self, parted: Sequence[_Label], following: int) -> float:
        """Points that the last row above must grow by."""
        grown = 0.0
        for label in parted:
            grown += max(label.needed - sum(self.heights[label.first : following]) - grown, 0.0)
        return grown

    def draw(self, slices: Sequence[Slice], top: float, drawn: Drawn) -> None:
        """Adds these rows, one under the other from `top` on: the header's, then those that follow the last ones drawn."""
        tops = list(accumulate((part.height for part in slices), initial=top))
        body = sum(part.row < self.header_rows for part in slices)
        continued, self._open = self._open, []
        for place, part in enumerate(slices):
            if place == body:
                for cell in continued:
                    self._draw_cell(cell, slices, tops, body, drawn)
            for cell in self._rows[part.row]:
                if part.row < self.header_rows:
                    cell.drawn = 0
                if place != body or cell not in continued:
                    self._draw_cell(cell, slices, tops, place, drawn)
        self._draw_horizontals(slices, tops, body, drawn.rules)
        self._draw_verticals(slices, tops, drawn.rules)

    def _columns(self, table: Table) -> tuple[float, ...]:
        """Where each column begins and the last one ends, in points from the paper's edge."""
        widths = [width / 20 for width in table.columns]
        if not widths:
            count = max((sum(cell.colspan for cell in row.cells) for row in table.rows), default=1)
            widths = [self._area.width / count] * count
        return tuple(accumulate(widths, initial=self._area.left))

    def _measure(self) -> list[float]:
        pitch, border = self._page.table_pitch, self._page.table_border
        heights: list[float] = []
        known = self._rooms
        merged: list[tuple[int, int, int, bool]] = []  # first row, last row, lines, whether it is named again
        for number, places in enumerate(self._table.places()):
            most = 1
            for column, cell, covered in places:
                if covered:
                    continue
                paragraphs, colspan, rowspan, role = cell
                first, rest = known.get((column, colspan, role)) or self._room(column, cell)
                if len(paragraphs) == 1:
                    spans = paragraphs[0].spans
                    text = spans[0].text if len(spans) == 1 else paragraphs[0].text
                    count = 1 if len(text) * EM <= first else _count_lines(text, first, rest)
                else:
                    count = sum([_count_lines(paragraph.text, first, rest) for paragraph in paragraphs])
                if rowspan > 1 and (last := self._last_row(number, cell)) > number:
                    merged.append((number, last, count, is_parted(cell)))
                elif count > most:
                    most = count
            heights.append(most * pitch + border)
        for first, last, count, named_again in merged:
            needed = count * pitch + border
            heights[last] += max(needed - sum(heights[first : last + 1]), 0.0)
            if named_again:
                self._labels.append(_Label(first, last, needed))
        return heights

    def _room(self, column: int, cell: Cell) -> tuple[int, int]:
        """The room of the cell's first line and of its others."""
        left, right = self._sides(column, cell)
        room = rooms(self._looks[cell.role], self._inner(right - left))
        self._rooms[column, cell.colspan, cell.role] = room
        return room

    def _last_row(self, number: int, cell: Cell) -> int:
        """The last row a cell that begins in that row reaches; one of the header stays in it."""
        bottom = self.header_rows if number < self.header_rows else len(self._table.rows)
        return min(number + cell.rowspan, bottom) - 1

    def _sides(self, column: int, cell: Cell) -> tuple[float, float]:
        last = len(self._edges) - 1
        return self._edges[min(column, last)], self._edges[min(column + cell.colspan, last)]

    @cached_property
    def _rows(self) -> list[list[_Measured]]:
        """The cells that begin in each row."""
        return [
            [
                _Measured(
                    number,
                    self._last_row(number, cell),
                    *self._sides(column, cell),
                    self._break(column, cell),
                    cell,
                    again=(number, column) in self._again,
                )
                for column, cell, covered in places
                if not covered
            ]
            for number, places in enumerate(self._table.places())
        ]

    @cached_property
    def _shapes(self) -> list[Shape]:
        return [
            tuple([(*self._sides(column, cell), covered) for column, cell, covered in places])
            for places in self._table.places()
        ]

    def _inner(self, width: float) -> float:
        return width - self._page.cell_margin / 10  # left and right

    def _break(self, column: int, cell: Cell) -> list[CellLine]:
        left, right = self._sides(column, cell)
        lines: list[CellLine] = []
        for paragraph in cell.paragraphs:
            look = fitted(paragraph, self._looks[cell.role], self._inner(right - left))
            found = broken(paragraph, look, self._inner(right - left))
            lines.extend([(line, paragraph, look, line is found[-1]) for line in found])
        return lines

    def _draw_cell(
        self, cell: _Measured, slices: Sequence[Slice], tops: Sequence[float], place: int, drawn: Drawn
    ) -> None:
        end = min(place + cell.last_row - slices[place].row, len(slices) - 1)
        goes_on = slices[end].row < cell.last_row or slices[end].more
        top, height, pitch = tops[place], tops[end + 1] - tops[place], self._page.table_pitch
        lines = cell.lines[cell.drawn :] if cell.drawn else cell.lines
        again = not lines and is_named_again(cell.cell)
        fit = max(int(height / pitch), 1)
        if again:
            lines = cell.lines if goes_on or fit >= len(cell.lines) else []
        if goes_on:
            # Of a label that has no room here nothing stands here: Word does not leave its first line alone either.
            lines = [] if is_parted(cell.cell) and fit < len(lines) else lines[:fit]
            self._open.append(cell)
        if not again:
            cell.drawn += len(lines)
        path = path_of(cell.cell)
        if path is not None:
            box = Box(cell.left, top, cell.right - cell.left, height)
            drawn.cells.append(CellArea(box, path, self.block))
        margin = self._page.cell_margin / 20
        left, right = cell.left + margin, cell.right - margin
        top += (height - len(lines) * pitch) / 2
        for line, paragraph, look, last in lines:
            placed = place_line(line, paragraph, look, left, right, top, self.block, last=last)
            drawn.lines.append(placed._replace(again=True) if again or cell.again else placed)
            top += pitch

    def _draw_horizontals(self, slices: Sequence[Slice], tops: Sequence[float], body: int, rules: list[Box]) -> None:
        for place, part in enumerate(slices):
            begun: float | None = None
            right = 0.0
            for left, following, covered in self._shapes[part.row]:
                if covered and place not in (0, body):
                    if begun is not None:
                        rules.append(self._rule(begun, tops[place], left, tops[place]))
                        begun = None
                elif begun is None:
                    begun = left
                right = following
            if begun is not None:
                rules.append(self._rule(begun, tops[place], right, tops[place]))
        shape = self._shapes[slices[-1].row]
        if shape:
            rules.append(self._rule(shape[0][0], tops[-1], shape[-1][1], tops[-1]))

    def _draw_verticals(self, slices: Sequence[Slice], tops: Sequence[float], rules: list[Box]) -> None:
        """One stroke as long as the rows one under the other have an edge there."""
        begun: dict[float, float] = {}
        before: Shape | None = None
        for place, part in enumerate(slices):
            shape = self._shapes[part.row]
            if before is not None and [cell[:2] for cell in before] == [cell[:2] for cell in shape]:
                continue
            edges = {edge for left, right, _ in shape for edge in (left, right)}
            for edge in [edge for edge in begun if edge not in edges]:
                rules.append(self._rule(edge, begun.pop(edge), edge, tops[place]))
            for edge in edges:
                begun.setdefault(edge, tops[place])
            before = shape
        rules.extend([self._rule(edge, top, edge, tops[-1]) for edge, top in sorted(begun.items())])

    def _rule(self, left: float, top: float, right: float, bottom: float) -> Box:
        """The stroke between two points, its middle on the line between them."""
        width = self._page.table_border
        return Box(left - width / 2, top - width / 2, right - left + width, bottom - top + width)


@lru_cache(maxsize=100)
def _rooms_found(_edges: tuple[float, ...], _page: Page) -> dict[tuple[int, int, Role], tuple[int, int]]:
    """For tables of one grid: the room found so far, by column, columns covered and role."""
    return {}


@lru_cache(maxsize=50_000)
def _count_lines(text: str, first: int, rest: int) -> int:
    """How many lines a paragraph of a cell takes."""
    percent = condensed(text, rest)
    if percent == WHOLE:
        return count_lines(text, first, rest)
    return count_lines(text, room_at(first, percent), room_at(rest, percent))
