"""Writes the draft's indicators as the workbook, or the table, that goes into the bureau's online system."""

import csv
import io
from pathlib import Path

from exporters.atomic import write_made
from exporters.excel import write_sheets
from exporters.list_sheets import list_sheet
from models.document.template import load_template
from models.document.tree import Draft, GoalDocument, Report
from models.errors import UserError
from models.exchange.bureau_results import result_rows, result_tables
from models.exchange.bureau_system import BureauSystem, header, project_rows

_WIDTH = 90.0
"""Points of a column of results."""


def bureau_bytes(document: GoalDocument, system: BureauSystem) -> bytes:
    """The .xlsx: one sheet, the system's columns, one row an indicator, everything as text."""
    lines = [header(system), *(row for project in document.projects for row in project_rows(project, system))]
    sheet = list_sheet(system.sheet, lines, tuple(column.width for column in system.columns))
    return write_sheets([sheet], load_template(document.template), title=f"{system.name}{system.sheet}")


def write_bureau_results(draft: Draft, report: Report, path: Path) -> int:
    """Writes what a report says of every target in the system's columns, as .xlsx or .csv; returns the number of rows.
    UserError, naming the file, where it cannot be written."""
    rows = list(result_rows(draft, report))
    if not rows:
        raise UserError("还没有绩效指标，没有可以导出的行。请先在「⑤ 预算项目绩效目标」里填写指标。")
    table = result_tables()[report.kind]
    lines = [tuple(label for label, _field in table.columns), *rows]
    is_csv = path.suffix.lower() == ".csv"
    write_made(path, lambda: _csv(lines) if is_csv else _list(draft, table.sheet, lines))
    return len(rows)


def _csv(lines: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8-sig")  # by the mark at its beginning Excel knows the encoding


def _list(draft: Draft, name: str, lines: list[tuple[str, ...]]) -> bytes:
    sheet = list_sheet(name, lines, (_WIDTH,) * len(lines[0]))
    return write_sheets([sheet], load_template(draft.document.template), title=name)


def write_bureau(document: GoalDocument, system: BureauSystem, path: Path) -> int:
    """Writes the workbook and returns its number of rows. UserError, naming the file, where it cannot be written."""
    rows = sum(len(project.annual_indicators) for project in document.projects)
    if not rows:
        raise UserError("还没有绩效指标，没有可以导出的行。请先在「⑤ 预算项目绩效目标」里填写指标。")
    write_made(path, lambda: bureau_bytes(document, system))
    return rows
