"""Finished pages: every line broken and placed, for painters (PDF, print, preview) that only draw.

All lengths are points (1/72 inch). The origin is the paper's upper left corner, y grows downwards.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

FontRole = Literal["body", "heading", "subheading", "title", "number", "latin"]
"""A field of `models.document.template.FontScheme`: the scheme says which family it is."""


class Run(NamedTuple):
    """Words in one font. `x`: where the first character begins. `spacing`: added after every character of the run, as
    justified lines need it. `width`: of the whole run, spacing included. `path`: the field the words belong to. `narrow`: how
    many times as wide as they are characters are drawn."""

    x: float
    text: str
    font: FontRole
    size: float
    spacing: float
    width: float
    path: str | None
    narrow: float = 1.0


class PlacedLine(NamedTuple):
    """One line of text, or the empty place of one. `left` … `right`: the room it was broken for.

    `path`: the field of the line's first word, also where there are no words. `block`: which of the blocks given to
    `paginate` it belongs to; -1 for a page number. `again`: words of a merged cell that stood on the page before and are
    repeated where it goes on.
    """

    left: float
    top: float
    right: float
    height: float
    baseline: float
    runs: tuple[Run, ...]
    path: str | None
    block: int
    again: bool = False


class Box(NamedTuple):
    """A rectangle: filled with black for a border, else an area."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.left <= x < self.left + self.width and self.top <= y < self.top + self.height


class CellArea(NamedTuple):
    """The room of a table cell on this page and the field it shows."""

    box: Box
    path: str
    block: int


class Link(NamedTuple):
    """An entry of the contents: a click leads to the place of that name."""

    box: Box
    bookmark: str


class Heading(NamedTuple):
    """A bookmarked line that begins on this page: an entry of a PDF's outline. `level` counts from 1."""

    bookmark: str
    title: str
    level: int
    top: float


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of paper. `number`: as counted from the first body page; None on cover and contents, which show none.
    `is_close`: its lines stand a little closer, so that there is a page less."""

    width: float
    height: float
    number: int | None
    lines: tuple[PlacedLine, ...]
    rules: tuple[Box, ...] = ()
    cells: tuple[CellArea, ...] = ()
    links: tuple[Link, ...] = ()
    headings: tuple[Heading, ...] = ()
    is_close: bool = False

    @property
    def label(self) -> str | None:
        """The page number as printed, «— 1 —»; None where none is. It is among the lines already."""
        return None if self.number is None else number_label(self.number)

    def hit(self, x: float, y: float) -> str | None:
        """The field path at a point: of the nearest words of the line there, else of the table cell."""
        for line in self.lines:
            if line.top <= y < line.top + line.height and line.left <= x < line.right:
                found = _nearest(line, x)
                if found is not None:
                    return found
        return next((cell.path for cell in self.cells if cell.box.holds(x, y)), None)

    def link_at(self, x: float, y: float) -> str | None:
        """The bookmark a click at that point leads to."""
        return next((link.bookmark for link in self.links if link.box.holds(x, y)), None)


def _nearest(line: PlacedLine, x: float) -> str | None:
    named = [run for run in line.runs if run.path is not None]
    if not named:
        return line.path
    return min(named, key=lambda run: max(run.x - x, x - run.x - run.width, 0.0)).path


def number_label(number: int) -> str:
    """«— 1 —» (GB/T 9704-2012, 7.5)."""
    return f"— {number} —"


def page_numbers(pages: Iterable[Page]) -> Mapping[str, int]:
    """The printed number of the page each bookmark stands on."""
    return {heading.bookmark: page.number for page in pages if page.number is not None for heading in page.headings}


def places(pages: Iterable[Page]) -> Mapping[str, int]:
    """For each field path the index of the first page that shows it."""
    found: dict[str, int] = {}
    for index, page in enumerate(pages):
        for line in page.lines:
            for path in (line.path, *(run.path for run in line.runs)):
                if path is not None:
                    found.setdefault(path, index)
        for cell in page.cells:
            found.setdefault(cell.path, index)
    return found
