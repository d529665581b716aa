"""The sheet of all projects of a report: budget, executed, 执行率 and score."""

from exporters.list_sheets import list_sheet
from exporters.sheets import Sheet, Slot
from models.document.blocks import Role
from models.document.list_head import OVERVIEW_SHEET
from models.document.tree import Draft, Report
from models.reports.report_lines import HEADER, lines, sum_line

_WIDTHS = (150.0, 180.0, 80.0, 80.0, 60.0, 50.0)
_NUMBERS = (2, 3, 5)


def overview_sheet(draft: Draft, report: Report) -> Sheet:
    """One row a project, amounts and scores as numbers, their sums below."""
    found = tuple(lines(draft, report))
    sheet = list_sheet(OVERVIEW_SHEET, (HEADER, *(line.cells() for line in found), sum_line(found)), _WIDTHS)
    sheet.filtered = (1, len(found) + 1)  # sorting would take the sums for a project
    for number, (height, row) in enumerate(sheet.rows[1:], 1):
        slots = [
            slot if slot is None or place not in _NUMBERS else Slot(slot.text, Role.CELL_VALUE, "typed")
            for place, slot in enumerate(row)
        ]
        sheet.rows[number] = (height, slots)
    return sheet
