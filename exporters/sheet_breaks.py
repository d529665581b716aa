"""Where a sheet's printed pages must end so that no heading stands alone at the foot of one. Knows no Excel."""

from collections.abc import Iterator

from exporters.looks import type_area
from exporters.sheets import Sheet
from models.document.blocks import Role
from models.document.template import Page

_HEADINGS = {Role.TITLE, Role.PART, Role.PART_NAME, Role.SECTION, Role.ITEM, Role.UNIT, Role.PROJECT_TITLE}
_CERTAIN = 0.97  # of a page: what stands further down another program may put on the next one


def heading_breaks(sheet: Sheet, page: Page) -> list[int]:
    """The rows after which a page must end; rows count from 1. Lists have none: their header stays with them."""
    if sheet.is_list:
        return []
    area = type_area(page)
    whole = area.height / min(1.0, area.width / sum(sheet.columns))
    first, last = sheet.header or (0, 0)
    header = sum(height for height, _ in sheet.rows[first - 1 : last]) if first else 0.0
    breaks: list[int] = []
    used, room = 0.0, whole
    for start, end in _together(sheet):
        need = sum(height for height, _ in sheet.rows[start - 1 : end])
        if end > start and used and used + need > room * _CERTAIN and need <= whole - header:
            breaks.append(start - 1)
            used, room = 0.0, whole - (header if start > last else 0.0)
        for height, _ in sheet.rows[start - 1 : end]:
            if used and used + height > room:
                used, room = 0.0, whole - (header if start > last else 0.0)
            used += height
    return breaks


def _together(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """First and last row of what must not part: headings, or a table's header, with the row that follows."""
    start = 1
    for number in range(1, len(sheet.rows) + 1):
        if number == len(sheet.rows) or not _stays(sheet, number):
            yield start, number
            start = number + 1


def _stays(sheet: Sheet, number: int) -> bool:
    """Whether the row stays with the next one."""
    first, last = sheet.header or (0, 0)
    slots = sheet.rows[number - 1][1]
    return first <= number <= last or any(slot is not None and slot.role in _HEADINGS for slot in slots[:1])
