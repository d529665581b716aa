"""Reads filled tables of the forms of 自评 and 监控 by their layout, so that a row may be called as a label is; what is laid out
another way is left to the reader of tables that nobody announced."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from importers.installed_forms import report_forms
from importers.laid_out_tables import LaidOut, Values, pattern, plain_labels, read_table
from importers.numbered_lines import read_goals, written_lines
from importers.read_reports import ReadReport, ReadReports, is_overview
from importers.report_labels import fund_words, without_points
from importers.table_grid import GridRow, grid, squeeze
from models.document.blocks import Block, Paragraph, Table
from models.document.tree import FundResult, Indicator, IndicatorResult
from models.reports.report_form import GRADE, ReportForm

_PROJECT, _RESULT, _ROW, _ONE, _FUND = "project.", "result.", "row.", "one.", "fund."
_AMOUNT_UNIT, _GOALS = f"{_PROJECT}amount_unit", f"{_PROJECT}goals"
_TEXTS = {
    f"{_PROJECT}name": "name",
    f"{_PROJECT}code": "code",
    f"{_PROJECT}unit.name": "implementing_unit",
    f"{_PROJECT}details.implementing_unit": "implementing_unit",
}
"""Fields that are read as every table's are."""
_NUMBERING = "{n}."


def may_be_announced_report(words: Iterable[str]) -> bool:
    """A quick look: whether every plain label of one of the forms is among the words of a sheet."""
    written = {squeeze(text) for text in words}
    return any(_heads(form) <= written for form in report_forms())


@cache
def _heads(form: ReportForm) -> frozenset[str]:
    """The labels above the last rows that repeat: those below them may stand far down."""
    rows = form.table.rows
    last = max((at for at, row in enumerate(rows) if row.each), default=len(rows))
    return plain_labels((replace(form.table, rows=rows[:last]),))


def read_announced_reports(blocks: Sequence[Block]) -> tuple[ReportForm, ReadReports] | None:
    """(the form, what its tables say) where all tables among these blocks are of one of the forms; None where they are not."""
    grids = (_without_lines(grid(block)) for block in blocks if isinstance(block, Table))
    projects = (rows for rows in grids if rows and not is_overview(rows))
    first = next(projects, None)  # most files are of none of the forms: one table says so
    forms = [form for form in report_forms() if first and read_table(first, form.table, LaidOut())]
    if first is None or not forms:
        return None
    tables = [first, *projects]
    lines = written_lines([block.text for block in blocks if isinstance(block, Paragraph)])
    written = {squeeze(line) for line in lines}
    for form in sorted(forms, key=lambda form: squeeze(form.title) not in written):
        read = [LaidOut() for _ in tables]
        if all(read_table(rows, form.table, found) for rows, found in zip(tables, read, strict=True)):
            return form, ReadReports([_report(found, form) for found in read], lines=lines)
    return None


def is_own_line(line: str, form: ReportForm) -> bool:
    """Whether a line above a table is one the form prints there itself."""
    words = squeeze(line)
    own = form.line and pattern(form.line.replace("[", "").replace("]", "")).fullmatch(words)
    return words == squeeze(form.title) or bool(own)


def _without_lines(rows: Sequence[GridRow]) -> Sequence[GridRow]:
    """A sheet's rows but for the lines below the table, such as the hint of a workbook to fill in."""
    end = len(rows)
    while end and len(rows[end - 1]) == 1:
        end -= 1
    return rows[:end]


def _report(read: LaidOut, form: ReportForm) -> ReadReport:
    found = ReadReport(is_monitoring=form.kind == "监控")
    for name, text in read.fields.items():
        if name == GRADE or name.startswith(_RESULT):
            found.texts[name.removeprefix(_RESULT)] = text
        elif name == _AMOUNT_UNIT:
            found.amount_unit = text
        elif name == _GOALS:
            found.goals_numbering, found.goals = read_goals(text.split("\n") if text else [], _NUMBERING)
        elif name in _TEXTS:
            found.texts[_TEXTS[name]] = text
        else:
            found.fields[name.removeprefix(_PROJECT)] = text
    for each, values in read.rows:
        if each == "funds":
            fund: dict[str, Any] = _of(values, _FUND)
            found.funds.append(replace(FundResult(**fund), name=fund_words(fund.get("name", ""))))
        else:
            number = f"i{len(found.rows) + 1}"
            row: dict[str, Any] = _of(values, _ROW)
            row |= {tier: without_points(row[tier]) for tier in ("tier1", "tier2") if tier in row}
            one: dict[str, Any] = _of(values, _ONE)
            found.rows.append((Indicator(number, **row), IndicatorResult(number, **one)))
    return found


def _of(values: Values, owner: str) -> dict[str, str]:
    return {name.removeprefix(owner): text for name, text in values.items() if name.startswith(owner)}
