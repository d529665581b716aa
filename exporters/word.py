"""Draws blocks as a Word file: the form's base document, its body written as WordprocessingML text.

The body is put together as strings and parsed once, which is many times faster than python-docx's own cells for tables of
thousands of rows.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path

from exporters.block_order import (
    Entry,
    contents_entries,
    entries_by_bookmark,
    front_length,
    marked,
    needs_line_before,
    without_blank_ends,
)
from exporters.looks import COVER_FOOT, COVER_TOP, TAIL_HEIGHT, closer, closer_looks, type_area
from exporters.made import Properties
from exporters.opc import xml_attribute
from exporters.paginate import PageEnds, has_odd_front, page_ends
from exporters.word_base import WordBase, base_file
from exporters.word_cells import CellDrawing, draw_run, draw_runs
from exporters.word_labels import RepeatedLabels
from models.document.blocks import Block, Contents, PageBreak, Paragraph, Role, Table
from models.document.template import Page, Template

STYLES = {
    Role.BODY: "Normal",
    Role.BLANK: "Blank",
    Role.COVER: "Cover",
    Role.COVER_DATE: "CoverDate",
    Role.TITLE: "Title",
    Role.PART: "Heading1",
    Role.PART_NAME: "PartName",
    Role.SECTION: "Heading2",
    Role.ITEM: "Heading3",
    Role.UNIT: "UnitHeading",
    Role.PROJECT_TITLE: "ProjectTitle",
    Role.CELL: "TableCell",
    Role.CELL_LABEL: "TableLabel",
    Role.CELL_VALUE: "TableValue",
    Role.CELL_TEXT: "TableText",
}
"""The id of the style that draws each role."""

_LEVELS = {Role.PART: 1, Role.SECTION: 2, Role.UNIT: 2, Role.PROJECT_TITLE: 2, Role.ITEM: 3}
"""The levels of the outline that the styles have."""


def write_word(
    blocks: tuple[Block, ...],
    template: Template,
    *,
    font_scheme: str = "gb",
    properties: Properties | None = None,
    page_numbers: Mapping[str, int] | None = None,
    ends: PageEnds | None = None,
    base: Path | None = None,
) -> bytes:
    """The .docx of the blocks; the same blocks give the same bytes.

    `page_numbers`: the page each bookmark stands on, for the contents; an entry without one shows none until Word
    updates the field. `ends`: where pages end, if that is known already. `base`: the Word file whose styles it has, by
    default the template's own. UserError where that one cannot be used.
    """
    opened = WordBase(base or base_file(template.id))
    opened.set_up(template, font_scheme)
    opened.describe(properties or Properties())
    section = opened.section
    ending = _on_a_right_hand_page(section) if has_odd_front(blocks, template) else section
    ends = ends or page_ends(blocks, template)
    if not opened.has_pitch(template.page):
        ends = ends._replace(close=(), thin=())  # who chose another pitch decides on it alone
    labels = RepeatedLabels(opened.next_list)
    body = _Body(template.page, _front_section(section), page_numbers or {}, ends, labels)
    content = [*body.draw(blocks), ending]
    opened.add_lists(labels.lists)
    return opened.saved(content)


def _front_section(ending: str) -> str:
    """The section of cover and contents: as the one at the end of the document, but without page numbers."""
    return re.sub(r"\s*<w:(?:footer|header)Reference\b[^>]*/>", "", ending)


def _on_a_right_hand_page(ending: str) -> str:
    """The same ending with the text's section beginning on a right-hand page: an empty one comes before it.

    Only where there is need of one: LibreOffice, saving such a file, parts the paragraph that runs from page 1 to page 2.
    """
    return ending.replace("<w:pgSz", '<w:type w:val="oddPage"/><w:pgSz', 1)


def _field(mark: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>'


def _instruction(code: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'


class _Body:
    """Writes the blocks of one document, front pages (cover, contents) in a section without page numbers."""

    def __init__(
        self,
        page: Page,
        front_section: str,
        page_numbers: Mapping[str, int],
        ends: PageEnds,
        labels: RepeatedLabels,
    ) -> None:
        self._page, self._front_section, self._page_numbers = page, front_section, page_numbers
        self._ends, self._labels = ends, labels
        self._pitches = {role: look.pitch for role, look in closer_looks(page).items()}
        self._parts: list[str] = []
        self._bookmarks: dict[str, int] = {}
        self._entries: Mapping[str, Entry] = {}
        self._new_page = False
        self._heading = ""
        self._cells: dict[tuple[int, ...], CellDrawing] = {}

    def draw(self, blocks: Sequence[Block]) -> Iterator[str]:
        """The content of `w:body`, its last section aside, table by table."""
        kept = without_blank_ends(marked(blocks))
        drawn = [block for _, block in kept]
        self._entries = entries_by_bookmark(drawn)
        front = front_length(drawn)
        for place, block in enumerate(drawn):
            if front and place == front:
                self._tail(self._front_section)
                if isinstance(block, PageBreak):
                    continue  # the section begins a page
            if isinstance(block, PageBreak):
                self._new_page = True
            elif isinstance(block, Paragraph):
                self._paragraph(block, self._pitch(kept[place][0], block.role), drawn[place + 1 : place + 2])
            elif isinstance(block, Contents):
                self._contents(block, drawn[place + 1 :])
            else:
                if needs_line_before(place, drawn, self._new_page):
                    self._tail()
                self._table(block, kept[place][0])
                yield self._drawn()
        if not drawn or isinstance(drawn[-1], Table):
            self._tail()
        yield self._drawn()

    def _drawn(self) -> str:
        markup = "".join(self._parts)
        self._parts.clear()
        return markup

    def _tail(self, section: str = "", content: str = "") -> None:
        """A paragraph that takes no room, for what only a paragraph can hold."""
        self._parts.append(f'<w:p><w:pPr><w:pStyle w:val="Tail"/>{self._break()}{section}</w:pPr>{content}</w:p>')

    def _break(self) -> str:
        new_page, self._new_page = self._new_page, False
        return "<w:pageBreakBefore/>" if new_page else ""

    def _pitch(self, block: int, role: Role) -> float:
        """Points that the lines of the paragraph at that place stand apart; 0 where its style says it."""
        return TAIL_HEIGHT if block in self._ends.thin else self._pitches[role] if block in self._ends.close else 0.0

    def _paragraph(self, block: Paragraph, pitch: float, following: Sequence[Block]) -> None:
        look = "" if block.role is Role.BODY else f'<w:pStyle w:val="{STYLES[block.role]}"/>'
        if pitch == TAIL_HEIGHT and any(isinstance(each, Table) for each in following):
            look += "<w:keepNext/>"  # LibreOffice loses its way where nothing but the table's header has room
        look += self._break()
        if block.role is Role.COVER and not self._parts:
            look += f'<w:spacing w:before="{round(COVER_TOP * 20)}"/>'
        elif block.role is Role.COVER_DATE:
            look += f'<w:spacing w:before="{round(COVER_FOOT * 20)}"/>'
        elif pitch:
            look += _spacing(pitch)
        content = draw_runs(block.spans)
        if block.role is Role.PROJECT_TITLE:
            self._heading = " ".join(block.text.split())
        if block.bookmark and block.bookmark not in self._bookmarks:
            number = self._bookmarks.setdefault(block.bookmark, len(self._bookmarks) + 1)
            start = f'<w:bookmarkStart w:id="{number}" w:name="{xml_attribute(block.bookmark)}"/>'
            content = f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'
            look += self._outline(block.role, self._entries[block.bookmark])
        self._parts.append(f"<w:p><w:pPr>{look}</w:pPr>{content}</w:p>" if look else f"<w:p>{content}</w:p>")

    @staticmethod
    def _outline(role: Role, entry: Entry) -> str:
        """Its level in the outline, where that is not the one of its style."""
        return "" if _LEVELS.get(role) == entry.level else f'<w:outlineLvl w:val="{entry.level - 1}"/>'

    def _contents(self, block: Contents, following: Sequence[Block]) -> None:
        self._parts.append(
            f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/>{self._break()}</w:pPr>{draw_run(block.title)}</w:p>'
        )
        entries = contents_entries(following)
        opening = _field("begin") + _instruction('TOC \\o "1-3" \\h \\z \\u') + _field("separate")
        for entry in entries:
            self._parts.append(self._entry(entry, opening))
            opening = ""
        if entries:
            self._tail(content=_field("end"))

    def _entry(self, entry: Entry, opening: str) -> str:
        place = xml_attribute(entry.bookmark)
        number = self._page_numbers.get(entry.bookmark)
        reference = (
            _field("begin"),
            _instruction(f"PAGEREF {place} \\h"),
            _field("separate"),
            "" if number is None else draw_run(str(number)),
            _field("end"),
        )
        return (
            f'<w:p><w:pPr><w:pStyle w:val="TOC{entry.level}"/></w:pPr>{opening}'
            f'<w:hyperlink w:anchor="{place}" w:history="1">{draw_run(entry.text)}<w:r><w:tab/></w:r>{"".join(reference)}'
            "</w:hyperlink></w:p>"
        )

    def _table(self, table: Table, block: int) -> None:
        """`block`: its place among the blocks, by which it is known where pages end."""
        parted, tall = self._ends.parted.get(block, ()), self._ends.tall.get(block, {})
        pushed = self._ends.pushed.get(block, {})
        is_close = block in self._ends.close
        columns = table.columns or self._even_columns(table)
        self._parts.append(self._table_head(table, columns))
        cells = self._cells.setdefault(columns, CellDrawing(columns, self._page, self._labels))
        for number, places in enumerate(table.places()):
            header = number < table.header_rows
            openings = _HEADER_CELL_PARAGRAPHS if header else _CELL_PARAGRAPHS
            self._parts.append(_HEADER_ROW if header else _ROW)
            if number in pushed:
                self._parts[-1] = _PUSHED_ROW.format(height=round(pushed[number] * 20))
            if number in tall:
                openings, self._parts[-1] = _TALL_CELL_PARAGRAPHS, _TALL_ROW
            if is_close:
                openings = _closer(openings, closer(self._page))
            if number in tall:
                self._parts.extend([cells.draw_beside(*place, openings, tall[number]) for place in places])
            elif number in parted:
                self._parts.extend([cells.draw_at_head(*place, openings) for place in places])
            else:
                self._parts.extend([cells.draw(*place, openings) for place in places])
            self._parts.append("</w:tr>")
        self._parts.append("</w:tbl>")

    def _even_columns(self, table: Table) -> tuple[int, ...]:
        count = max((row[-1].column + row[-1].cell.colspan for row in table.placed() if row), default=1)
        return (round(type_area(self._page).width * 20) // count,) * count

    def _table_head(self, table: Table, columns: Sequence[int]) -> str:
        margin = self._page.cell_margin
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="GoalTable"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{margin}" w:type="dxa"/>'
            f'<w:right w:w="{margin}" w:type="dxa"/></w:tblCellMar>{_LOOK}{self._described(table)}</w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>"
        )

    def _described(self, table: Table) -> str:
        """What is read to who cannot see the table: the heading it stands under, and its labels."""
        cells = (cell for row in table.rows for cell in row.cells if cell.role is Role.CELL_LABEL)
        labels = (text for cell in cells if (text := cell.text))
        read_out = _read_out(tuple(islice(labels, _NAMED_LABELS)))
        words = (("tblCaption", self._heading), ("tblDescription", read_out))
        return "".join(f'<w:{name} w:val="{xml_attribute(text)}"/>' for name, text in words if text)


@lru_cache(maxsize=1000)
def _read_out(labels: tuple[str, ...]) -> str:
    return "、".join(dict.fromkeys(" ".join(label.split()) for label in labels))


def _spacing(pitch: float) -> str:
    return f'<w:spacing w:line="{round(pitch * 20)}" w:lineRule="exact"/>'


def _closer(openings: Mapping[Role, str], page: Page) -> dict[Role, str]:
    """The same beginnings of paragraphs with lines that stand closer."""
    ending = f"{_spacing(page.table_pitch)}</w:pPr>"
    return {role: opening.replace("</w:pPr>", ending) for role, opening in openings.items()}


_LOOK = '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
_NAMED_LABELS = 12
_ROW = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
_HEADER_ROW = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
_PUSHED_ROW = '<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>'
# A row taller than a page is parted where it stands, between any two lines.
_TALL_ROW = "<w:tr>"
_TALL_CELL_PARAGRAPHS = {
    role: f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:widowControl w:val="0"/></w:pPr>'
    for role, style in STYLES.items()
}
_CELL_PARAGRAPHS = {role: f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>' for role, style in STYLES.items()}
# A header row never stands alone at the foot of a page.
_HEADER_CELL_PARAGRAPHS = {
    role: f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:keepNext/></w:pPr>' for role, style in STYLES.items()
}
