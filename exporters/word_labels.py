"""Labels of merged cells that are named again where a page ends inside the cell: drawn as the number of a list, not typed.

So whoever reads or copies the text finds each word once, and the list's name tells an import that the cell goes on.
"""

from collections.abc import Sequence

from exporters.looks import WHOLE
from exporters.metrics import EM
from exporters.narrow_characters import condensed, lines_of
from models.document.blocks import Cell


class RepeatedLabels:
    """The lists of one document, one for each line that is named again. `first`: the number of the first one."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._known: dict[tuple[str, int], int] = {}

    @property
    def lists(self) -> list[tuple[int, str, int]]:
        """Of each list its number, its words and the percent of their own width that these are drawn with."""
        return [(number, *line) for line, number in self._known.items()]

    def draw(self, cell: Cell, opening: str, room: float) -> str:
        """The paragraphs of a cell that names the label again, a line each. `opening`: how its paragraphs begin; `room`: of a
        line, in characters."""
        return "".join(self.lines(cell, opening, room))

    def lines(self, cell: Cell, opening: str, room: float) -> list[str]:
        """The same, line by line."""
        parts: list[str] = []
        for paragraph in cell.paragraphs:
            percent = condensed(paragraph.text, int(room * EM))
            parts += [self._line(line, percent, opening) for line in lines_of(paragraph.text, int(room * EM), percent)]
        return parts

    def draw_beside(self, cell: Cell, opening: str, room: float, first: str, counts: Sequence[int]) -> str:
        """The paragraphs of a label in a row of several pages that hold so many lines of it: lines that draw nothing bring it to
        the middle of each page's part. `first`: what is typed there the first time, if anything; a part without room for it is
        left blank."""
        again = self.lines(cell, opening, room)
        blank = self._line("", WHOLE, opening)
        drawn, shown, before = "", first or "".join(again), 0
        for count in counts:
            free = count - len(again)
            if free < 0:
                before += count
                continue
            drawn += blank * (before + free // 2) + shown
            before, shown = free - free // 2, "".join(again)
        return drawn or shown

    def _line(self, words: str, percent: int, opening: str) -> str:
        number = self._known.setdefault((words, percent), self._first + len(self._known))
        listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        before, place, after = opening.partition("<w:spacing" if "<w:spacing" in opening else "</w:pPr>")
        narrow = "" if percent == WHOLE else f'<w:rPr><w:w w:val="{percent}"/></w:rPr>'
        return f"{before}{listed}{place}{after}".replace("</w:pPr>", f"{narrow}</w:pPr>") + "</w:p>"
