"""The cells of a sheet as openpyxl parses them, row by row, without the objects it makes of what only says how they look."""

from collections.abc import Generator, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl.worksheet._reader import INLINE_STRING, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

_RUN, _WORDS, _MERGED = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("r", "t", "mergeCell"))


class SheetRows(WorkSheetParser):
    """Gives (number, cells) of each row that is written: `parse`."""

    def parse(self) -> Generator[tuple[int, list[dict[str, Any]]]]:
        for _event, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield self.parse_row(element)
                element.clear()
            elif element.tag == _MERGED:
                element.clear()

    def parse_cell(self, element: Element) -> dict[str, Any]:
        inline = element.find(INLINE_STRING) if element.get("t") == "inlineStr" else None
        if inline is None:
            return super().parse_cell(element)
        element.remove(inline)
        return super().parse_cell(element) | {"value": "".join(_words(inline)), "data_type": "s"}


def _words(text: Element) -> Iterator[str]:
    """The words of a text and of its stretches; how they are pronounced is none of them."""
    for child in text:
        if child.tag == _WORDS:
            yield child.text or ""
        elif child.tag == _RUN:
            yield child.findtext(_WORDS) or ""
