"""Where a sheet's printed pages must end: so that no heading stands alone at the foot of one, and no label of a merged cell
is torn: it is parted there and named on both. Knows no Excel."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from exporters.sheets import CERTAIN, SIZES, Area, Sheet, Slot, height_needed, printed_height
from models.document.blocks import REPEATED_IN_SHEET, Role
from models.document.template import Page

_HEADINGS = {Role.TITLE, Role.PART, Role.PART_NAME, Role.SECTION, Role.ITEM, Role.UNIT, Role.PROJECT_TITLE}

_LEAST_SCALE = 0.85
"""Of its size, what a sheet is printed with at least to save a page that would hold a few rows."""


def page_breaks(sheet: Sheet, page: Page) -> list[int]:
    """The rows after which a page must end; rows count from 1. Lists have none: their header stays with them."""
    if sheet.is_list:
        return []
    whole = printed_height(sheet.columns, page)
    first, last = sheet.header or (0, 0)
    header = sum(height for height, _ in sheet.rows[first - 1 : last]) if first else 0.0
    breaks: list[int] = []
    used, room, certain = 0.0, whole, 0  # `certain`: the row after which the page ends at the latest, once it is found

    def begin(row: int, height: float, *, must: bool) -> None:
        """A page begins with that row, and so much of it is used by what stands above the next row."""
        nonlocal used, room, certain
        if must:
            breaks.append(row - 1)
        used, room, certain = height, whole - (header if row > last else 0.0), 0

    for start, end in _together(sheet):
        need = sum(height for height, _ in sheet.rows[start - 1 : end])
        if end > start and used and used + need > room * CERTAIN and need <= whole - header:
            begin(start, 0.0, must=True)
        for number in range(start, end + 1):
            height = sheet.rows[number - 1][0]
            if used and not certain and used + height > room * CERTAIN:
                certain = number - 1
            # A label that stands above and below the end of the row before would be torn.
            if certain and any(top < number <= bottom for top, _, bottom, _ in sheet.labels):
                begin(certain + 1, sum(each for each, _ in sheet.rows[certain : number - 1]), must=True)
            elif used and used + height > room:
                begin(number, 0.0, must=False)
            used += height
    return breaks


def is_pulled_in(sheet: Sheet, page: Page) -> bool:
    """Whether the sheet is so little more than a page that it is printed on one, a little smaller."""
    taken = sum(height for height, _ in sheet.rows) / printed_height(sheet.columns, page)
    return not sheet.is_list and 1 < taken <= 1 / _LEAST_SCALE


def part_labels(sheet: Sheet, breaks: Sequence[int]) -> None:
    """Parts the labels over these ends of pages, each part with its words; those of the first one alone are typed."""
    for area in sheet.labels:
        top, left, bottom, right = area
        ends = [row for row in breaks if top <= row < bottom]
        slot = sheet.rows[top - 1][1][left]
        if not ends or slot is None:
            continue
        sheet.merged.remove(area)
        for start, end in pairwise((top - 1, *ends, bottom)):
            place = (start + 1, left, end, right)
            if (end - start, right) != (1, left):
                sheet.merged.append(place)
            shown = slot if start < top else slot._replace(text=REPEATED_IN_SHEET, drawn=slot.text)
            shown = shown._replace(shrinks=not _has_room(sheet, place, slot))
            height, slots = sheet.rows[start]
            sheet.rows[start] = (height, [*slots[:left], shown, *slots[left + 1 :]])


def _has_room(sheet: Sheet, area: Area, slot: Slot) -> bool:
    top, left, bottom, right = area
    width, height = sum(sheet.columns[left : right + 1]), sum(each for each, _ in sheet.rows[top - 1 : bottom])
    return not slot.shrinks and height_needed(slot.text, width, SIZES[slot.role]) <= height


def _together(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """First and last row of what must not part: headings, or a table's header, with the row that follows; what one cell holds."""
    start = 1
    for number in range(1, len(sheet.rows) + 1):
        if number == len(sheet.rows) or not _stays(sheet, number):
            yield start, number
            start = number + 1


def _stays(sheet: Sheet, number: int) -> bool:
    """Whether the row stays with the next one."""
    if number in sheet.undivided:
        return True
    first, last = sheet.header or (0, 0)
    slots = sheet.rows[number - 1][1]
    return first <= number <= last or any(slot is not None and slot.role in _HEADINGS for slot in slots[:1])
