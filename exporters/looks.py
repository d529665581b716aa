"""How a paragraph of each role looks on paper; the Word file's styles say the same (domain: GB/T 9704-2012)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from exporters.placed_pages import FontRole
from models.document.blocks import Role
from models.document.template import Page

TITLE_SIZE = 22.0
NUMBER_SIZE = 14.0
"""Type sizes in points: 2号 for titles, 4号 for page numbers."""

COVER_TOP, COVER_PITCH, COVER_GAP, COVER_FOOT = 120.0, 36.0, 28.0, 190.0
"""Points above the first line of the cover, of one line of it, after each of its paragraphs, and above its date."""

CONTENTS_TITLE_GAP = 14.0
TAIL_HEIGHT = 1.0
"""Points after the title of the contents, and of the paragraph that only holds a break."""

NUMBER_GAP = 7.0
"""Millimetres from the type area down to the dashes of the page number."""


CLOSER = 0.3
"""Points that lines may stand closer (GB/T 9704-2012: 22 lines a page «as a rule»): a line more on each page."""

WHOLE = 100
"""Percent: characters as wide as they are."""


@dataclass(frozen=True, slots=True)
class Look:
    """Points, except `first_indent`: characters. `left`: from the edge of the type area; `percent`: of their own width that
    characters are drawn with."""

    size: float
    pitch: float
    font: FontRole = "body"
    align: Literal["left", "center", "both"] = "both"
    first_indent: int = 0
    left: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    keep_lines: bool = False
    percent: int = WHOLE


@cache
def looks(page: Page) -> Mapping[Role, Look]:
    """The look of every role."""
    body = Look(page.body_size, page.line_pitch, first_indent=page.indent_characters)
    line = replace(body, first_indent=0)
    centred = replace(line, align="center", keep_next=True)
    cell = Look(page.table_size, page.table_pitch, align="center")
    return {
        Role.BODY: body,
        Role.BLANK: line,
        Role.COVER: Look(TITLE_SIZE, COVER_PITCH, "title", "center", after=COVER_GAP),
        # Of the space after a paragraph and that before the next one Word keeps the larger.
        Role.COVER_DATE: replace(line, align="center", before=COVER_FOOT - COVER_GAP),
        Role.TITLE: replace(centred, font="title", size=TITLE_SIZE, after=page.line_pitch, keep_lines=True),
        Role.PART: replace(centred, font="heading"),
        Role.PART_NAME: replace(centred, font="title", size=TITLE_SIZE, after=page.line_pitch),
        Role.SECTION: replace(body, font="heading", keep_next=True),
        Role.ITEM: replace(body, font="subheading", keep_next=True),
        Role.UNIT: replace(body, font="heading", keep_next=True, keep_lines=True),
        Role.PROJECT_TITLE: replace(centred, font="heading", keep_lines=True),
        Role.CELL: cell,
        Role.CELL_LABEL: cell,
        Role.CELL_VALUE: cell,
        Role.CELL_TEXT: replace(cell, align="left"),
    }


@cache
def closer(page: Page) -> Page:
    """The same page with lines that stand a little closer: to pull a last page in that would hold next to nothing."""
    return replace(page, line_pitch=page.line_pitch - CLOSER, table_pitch=page.table_pitch - CLOSER)


@cache
def closer_looks(page: Page) -> Mapping[Role, Look]:
    """The look of every role there; the space around paragraphs stays."""
    return {role: replace(look, pitch=look.pitch - CLOSER) for role, look in looks(page).items()}


@cache
def contents_title(page: Page) -> Look:
    """The look of the line above the contents."""
    title = Look(TITLE_SIZE, page.line_pitch, "title", "center")
    return replace(title, after=CONTENTS_TITLE_GAP, keep_next=True)


@cache
def contents_entry(page: Page, level: int) -> Look:
    """The look of an entry of the contents; each level stands one character further in."""
    return Look(page.body_size, page.line_pitch, align="left", left=(level - 1) * page.body_size)


def twips(millimetres: float) -> int:
    """1/1440 inch, as Word counts; the page is the same size here and there to the last of them."""
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True, slots=True)
class Area:
    """The type area in points, and the paper around it."""

    left: float
    top: float
    width: float
    height: float
    paper_width: float
    paper_height: float


@cache
def type_area(page: Page) -> Area:
    """Where the text stands on the paper."""
    width, height = twips(page.width), twips(page.height)
    left, top = twips(page.margin_left), twips(page.margin_top)
    return Area(
        left / 20,
        top / 20,
        (width - left - twips(page.margin_right)) / 20,
        (height - top - twips(page.margin_bottom)) / 20,
        width / 20,
        height / 20,
    )


def footer_distance(page: Page) -> int:
    """Twips from the paper's lower edge to the foot of the page number."""
    return twips(page.margin_bottom - NUMBER_GAP - NUMBER_SIZE / 72 * 25.4 / 2)
