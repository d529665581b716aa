"""Draws the words of a Word file's paragraphs, and the cells of its tables."""

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby

from exporters.looks import WHOLE
from exporters.merged_labels import is_parted
from exporters.metrics import EM, SHARED_SIGNS
from exporters.narrow_characters import condensed
from exporters.opc import xml_text
from exporters.word_labels import RepeatedLabels
from models.document.blocks import Cell, Paragraph, Role, Span, SpanRole
from models.document.template import Page

_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_SHARED_SIGN = re.compile(f"[{SHARED_SIGNS}]")  # the hint makes Word take the Chinese font for these
_UNUSUAL = re.compile(f"[&<>\\s{SHARED_SIGNS}]")
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_RUN_IN = '<w:rStyle w:val="RunInHeading"/>'


def draw_run(text: str, style: str = "", percent: int = WHOLE) -> str:
    """A run of these words. `style`: its markup; `percent`: of their own width that characters are drawn with."""
    if not style and percent == WHOLE and not _UNUSUAL.search(text):
        return f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    look = style + _HINT if _SHARED_SIGN.search(text) else style
    look += f'<w:w w:val="{percent}"/>' if percent != WHOLE else ""
    opening = f"<w:r><w:rPr>{look}</w:rPr>" if look else "<w:r>"
    words = xml_text(text).replace("\t", _TAB)
    return f'{opening}<w:t xml:space="preserve">{words}</w:t></w:r>'


def draw_runs(spans: Sequence[Span], percent: int = WHOLE) -> str:
    """Spans that look the same are one run. `percent`: of their own width that characters are drawn with."""
    if len(spans) == 1 and spans[0].role is not SpanRole.RUN_IN:
        return draw_run(spans[0].text, percent=percent)
    alike = groupby(spans, key=lambda span: span.role is SpanRole.RUN_IN)
    return "".join(
        draw_run("".join(span.text for span in group), _RUN_IN if run_in else "", percent) for run_in, group in alike
    )


_KNOWN, _SHORT = 20_000, 30
"""How many drawn cells are remembered, and of how many characters at most."""


class CellDrawing:
    """Draws the cells of tables with these columns; what cells of one shape share is put together once, and so are labels,
    tiers and covered places, which say the same in every table."""

    def __init__(self, columns: Sequence[int], page: Page, labels: RepeatedLabels) -> None:
        self._page, self._labels = page, labels
        self._starts = (0, *accumulate(columns))
        self._heads: dict[tuple[int, int, bool, bool], tuple[str, float]] = {}
        self._known: dict[tuple[object, ...], str] = {}

    def draw(self, column: int, cell: Cell, covered: bool, openings: Mapping[Role, str]) -> str:
        """`openings`: how a paragraph of each role begins."""
        parts, colspan, rowspan, role = cell
        opening = openings[role]
        text = "" if covered else None
        if not covered and len(parts) == 1:
            spans = parts[0].spans
            text = spans[0].text if len(spans) == 1 else parts[0].text
        if text is None or len(text) > _SHORT:
            return self._drawn((column, colspan, covered, rowspan > 1), cell, opening)
        key = (column, colspan, covered, rowspan > 1, opening, text)
        found = self._known.get(key)
        if found is None:
            found = self._drawn(key[:4], cell, opening)
            if len(self._known) < _KNOWN:
                self._known[key] = found
        return found

    def draw_at_head(self, column: int, cell: Cell, covered: bool, openings: Mapping[Role, str]) -> str:
        """The same for a row that begins a page: a label that goes on is named again."""
        if not covered or not is_parted(cell):
            return self.draw(column, cell, covered, openings)
        again = self._labels.draw(cell, openings[cell.role], self._characters(column, cell.colspan))
        return f"{self._head(column, cell.colspan, False, True)}{again}</w:tc>"

    def draw_beside(
        self, column: int, cell: Cell, covered: bool, openings: Mapping[Role, str], counts: Sequence[int]
    ) -> str:
        """The same for a row of several pages, with so many lines on each: its labels are named on each of them."""
        if not is_parted(cell):
            return self.draw(column, cell, covered, openings)
        opening, room = openings[cell.role], self._characters(column, cell.colspan)
        typed = "" if covered else "".join([f"{opening}{self._words(part, room)}</w:p>" for part in cell.paragraphs])
        head = self._head(column, cell.colspan, False, covered or cell.rowspan > 1, "top")
        return f"{head}{self._labels.draw_beside(cell, opening, room, typed, counts)}</w:tc>"

    def _drawn(self, shape: tuple[int, int, bool, bool], cell: Cell, opening: str) -> str:
        column, _colspan, covered, _merged = shape
        known = self._heads.get(shape)
        if known is None:
            known = self._heads[shape] = (self._head(*shape), self._characters(column, cell.colspan))
        head, room = known
        if covered or not cell.paragraphs:
            return f"{head}{opening}</w:p></w:tc>"
        words = self._words(cell.paragraphs[0], room)
        for part in cell.paragraphs[1:]:
            words += f"</w:p>{opening}{self._words(part, room)}"
        return f"{head}{opening}{words}</w:p></w:tc>"

    @staticmethod
    def _words(part: Paragraph, room: float) -> str:
        text = part.text
        return draw_runs(part.spans) if len(text) <= room else draw_runs(part.spans, condensed(text, int(room * EM)))

    def _characters(self, column: int, colspan: int) -> float:
        """How many of the type size a line of the cell holds."""
        last = len(self._starts) - 1
        width = self._starts[min(column + colspan, last)] - self._starts[min(column, last)]
        return (width - 2 * self._page.cell_margin) / 20 / self._page.table_size

    def _head(self, column: int, colspan: int, covered: bool, merged: bool, align: str = "center") -> str:
        last = len(self._starts) - 1
        width = self._starts[min(column + colspan, last)] - self._starts[min(column, last)]
        span = f'<w:gridSpan w:val="{colspan}"/>' if colspan > 1 else ""
        merge = "<w:vMerge/>" if covered else '<w:vMerge w:val="restart"/>' if merged else ""
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="{align}"/></w:tcPr>'
