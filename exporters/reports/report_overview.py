"""The sheet of all projects of a report: budget, executed, 执行率 and score."""

from exporters.list_sheets import is_kept, list_sheet
from exporters.sheets import Number, Sheet, Slot
from models.document.blocks import Role
from models.document.list_head import OVERVIEW_SHEET
from models.document.tree import Draft, Report
from models.reports.report_lines import header, lines, sum_line

_WIDTHS = (150.0, 180.0, 110.0, 110.0, 60.0, 50.0, 50.0)
_LOOKS: dict[int, Number] = {2: "money", 3: "money", 5: "typed"}
_SUMMED = {2: "C", 3: "D"}


def overview_sheet(draft: Draft, report: Report) -> Sheet:
    """One row a project, amounts and scores as numbers, the sums of the amounts below as formulas with their results."""
    found = tuple(lines(draft, report))
    cells = [line.cells() for line in found]
    heads = header(report)
    sheet = list_sheet(OVERVIEW_SHEET, (heads, *cells, sum_line(found)), _WIDTHS[: len(heads)])
    sheet.filtered = (1, len(found) + 1)  # sorting would take the sums for a project
    sums = {
        place: f"SUM({letter}2:{letter}{len(found) + 1})"
        for place, letter in _SUMMED.items()
        if len(sheet.rows) == len(found) + 2 and all(not line[place] or is_kept(line[place]) for line in cells)
    }
    for number, (height, row) in enumerate(sheet.rows[1:], 1):
        formulas = sums if number == len(sheet.rows) - 1 else {}
        slots = [
            slot
            if slot is None or place not in _LOOKS
            else Slot(slot.text, Role.CELL_VALUE, _LOOKS[place], formulas.get(place, ""))
            for place, slot in enumerate(row)
        ]
        sheet.rows[number] = (height, slots)
    return sheet
