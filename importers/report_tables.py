"""Reads the tables of a filled 自评表 or 监控表 by their words, whatever geometry a place gives them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from importers.numbered_lines import read_goals
from importers.read_reports import ReadReport, ReadReports, is_overview
from importers.reading.indicator_rows import read_row
from importers.reading.reading_labels import load_vocabulary
from importers.report_headers import (
    Columns,
    TickedColumns,
    columns_of,
    fund_header,
    goals_header,
    indicator_header,
    is_amount,
    second_header,
)
from importers.report_labels import POINTS, ReportLabels, fund_words, load_labels, month_in, plain_label, without_points
from importers.table_grid import GridCell, GridRow, grid
from importers.whole_department import is_title, task_header
from models.document.blocks import Block, PageBreak, Paragraph, Table
from models.document.tree import FundResult, Indicator, IndicatorResult
from models.reports.results import FUND_NAMES

_AMOUNT_UNIT = re.compile(r"[（(](?:单位[：:])?(亿元|万元|千元|元)[）)]")
_DIGITS = re.compile(r"\d")
_TWO_PAIRS = 4
"""Cells of a row of two labels, each with what stands right of it."""


def is_report(blocks: Sequence[Block]) -> bool:
    """Whether a table among these is one of a 自评 or 监控: its header names targets and what was reached."""
    rows = (row for block in blocks if isinstance(block, Table) for row in grid(block))
    return any(indicator_header(row, load_labels()) for row in rows)


def read_reports(blocks: Sequence[Block]) -> ReadReports:
    """The projects of all tables, in their order."""
    found = ReadReports()
    reader = _TableReader(load_labels(), found)
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text.strip():
                reader.line(block.text)
        elif isinstance(block, Table):
            reader.table(grid(block))
        elif isinstance(block, PageBreak):
            reader.end_page()
    reader.finish()
    return found


class _TableReader:
    def __init__(self, labels: ReportLabels, found: ReadReports) -> None:
        self._labels, self._found = labels, found
        self._current = ReadReport()
        self._columns: Columns = {}
        self._listed: Columns = {}
        self._passed_over: set[int] = set()
        self._heads: dict[int, str] = {}
        self._mode = ""
        self._ticks = TickedColumns({})
        self._vocabulary = load_vocabulary(())

    def line(self, text: str) -> None:
        """A line outside the tables. One that is a title begins a project."""
        self.end_page()
        self._found.lines.append(text.strip())
        if is_title(text, self._labels) or any(word in text for word in self._labels.titles):
            self._current.is_whole = is_title(text, self._labels)

    def end_page(self) -> None:
        """What follows is another project where this one has its rows."""
        if self._current.rows:
            self.finish()

    def finish(self) -> None:
        """The project read so far is whole."""
        self._close()
        self._mode, self._columns, self._listed = "", {}, {}

    def _close(self) -> None:
        current = self._current
        name = current.texts.get("name", "")
        for head, lines in current.beside.items():
            current.stray.append("\n".join((f"项目「{name}」的「{head}」列没有对应栏目", *lines)) if lines else head)
        if current.is_empty:
            self._found.lines += current.stray
        else:
            (self._found.wholes if current.speaks_of_whole else self._found.projects).append(current)
        self._current = ReadReport()

    def table(self, rows: Sequence[GridRow]) -> None:
        if is_overview(rows):
            return
        for row in rows:
            cells = [cell for cell in row if cell.text]
            if cells:
                self._take(row, cells)
        self._mode = ""

    # what a row is

    def _take(self, row: GridRow, cells: Sequence[GridCell]) -> None:
        if self._is_row_below_its_tier(row, cells):
            self._indicator(row)
            return
        if self._take_header(row, cells):
            return
        if plain_label(cells[0].text) in self._labels.total and self._mode != "funds":
            self._take_total(row, cells)
        elif self._is_pair(cells[0]) and self._is_in_front(row, cells):
            self._take_pairs(cells)
        elif not self._mode and len(cells) == _TWO_PAIRS and self._is_pair(cells[2]) and not self._is_pair(cells[1]):
            self._current.stray.append(f"{cells[0].text}：{cells[1].text}")
            self._take_pairs(cells[2:])
        elif self._take_goals_beside(row, cells) or self._take_funds_beside(cells):
            self._mode = ""
        elif self._mode:
            below = {
                "indicators": self._below_indicators,
                "funds": self._fund,
                "goals": self._goals,
                "tasks": self._task,
            }
            below[self._mode](row)
        elif len(cells) == 1 and not any(cell.covered for cell in row):
            self.line(cells[0].text)
        else:
            self._current.stray.append("\t".join(cell.text for cell in cells))

    def _is_row_below_its_tier(self, row: GridRow, cells: Sequence[GridCell]) -> bool:
        """Whether the first words are the name of a target whose tiers stand above: it may be called as a label is. Sums of
        points have neither a target nor what was reached."""
        if self._mode != "indicators" or self._columns.get(cells[0].column) != "name":
            return False
        above = [not cell.text for cell in row if self._columns.get(cell.column) in ("tier1", "tier2")]
        says = any(self._columns.get(cell.column) in ("value", "actual") for cell in cells)
        return says and bool(above) and all(above) and not second_header(cells, self._columns, self._labels)

    def _take_header(self, row: GridRow, cells: Sequence[GridCell]) -> bool:
        """Whether the row heads others: targets, tasks, funds or goals."""
        if columns := indicator_header(row, self._labels):
            self._begin_indicators(columns, cells)
        elif self._current.speaks_of_whole and (columns := task_header(row)):
            self._begin("tasks", columns, cells)
        elif columns := fund_header(row, self._labels):
            self._begin("funds", columns, cells)
        elif columns := goals_header(row, self._labels):
            self._begin("goals", columns, cells)
        return bool(columns)

    def _is_group(self, cell: GridCell) -> bool:
        return plain_label(cell.text) in self._labels.groups

    def _is_pair(self, cell: GridCell) -> bool:
        return bool(self._labels.field("pairs", cell.text))

    def _is_in_front(self, row: GridRow, cells: Sequence[GridCell]) -> bool:
        """Whether the first words stand where labels do: known as they are, or at the left edge with nothing above them."""
        exact = plain_label(cells[0].text) in self._labels.fields["pairs"]
        return exact or (not self._listed and cells[0].column == row[0].column and len(cells) % 2 == 0)

    # what it holds

    def _begin(self, mode: str, columns: Columns, cells: Sequence[GridCell]) -> None:
        self._mode, self._columns, self._listed, self._ticks = mode, columns, {}, TickedColumns({})
        for cell in cells:
            self._found.month = self._found.month or month_in(cell.text)
            if unit := _AMOUNT_UNIT.search(cell.text):
                self._current.amount_unit = unit[1]
            known = cell.column in columns or plain_label(cell.text) in self._labels.groups
            if mode == "funds" and (points := POINTS.search(cell.text)):
                self._current.texts.setdefault("budget weight", points[1])
            elif mode in ("funds", "goals") and not known:
                self._current.beside.setdefault(cell.text, [])
        self._heads = {cell.column: cell.text for cell in cells if cell.text in self._current.beside}

    def _begin_indicators(self, columns: Columns, cells: Sequence[GridCell]) -> None:
        """A header of targets and results. One with 项目名称 among its columns heads a list of several projects."""
        self._begin("indicators", columns, cells)
        self._passed_over = {cell.column for cell in cells if self._labels.is_passed_over(cell.text)}
        others = tuple(cell for cell in cells if cell.column not in columns)
        listed = columns_of(others, self._labels, "pairs")
        if "name" in listed.values():
            money = columns_of(others, self._labels, "funds")
            self._listed = {**{column: f"fund.{name}" for column, name in money.items()}, **listed}
        for cell in others:
            is_known = cell.column in self._passed_over or cell.column in self._listed
            if not is_known and not self._is_group(cell):
                self._current.beside.setdefault(cell.text, [])
        self._heads = {cell.column: cell.text for cell in others if cell.text in self._current.beside}
        self._current.is_monitoring |= bool({"expected", "likelihood"} & set(columns.values()))

    def _take_pairs(self, cells: Sequence[GridCell]) -> None:
        """Each label takes what stands between it and the next one."""
        self._mode = ""
        label = ""
        for cell in cells:
            name = self._labels.field("pairs", cell.text)
            if name and name != label:
                if name == "name" and self._current.rows:
                    self.finish()
                label = name
                self._current.texts.setdefault(name, "")
            elif label and not self._current.texts[label]:
                self._current.texts[label] = cell.text
            else:
                self._current.stray.append(cell.text)

    def _take_goals_beside(self, row: GridRow, cells: Sequence[GridCell]) -> bool:
        """Goals, or what was reached of them, right of their label."""
        *labels, text = (cell.text for cell in cells)
        names = [self._labels.field("goals", label) for label in labels]
        is_one = bool(names) and all(names) and not self._labels.field("goals", text) and not is_amount(text)
        if not is_one or len(labels) > 2 or (self._mode == "indicators" and cells[0].column != row[0].column):
            return False
        self._take_goals(names[-1], text)
        return True

    def _take_funds_beside(self, cells: Sequence[GridCell]) -> bool:
        """Amounts of the whole project, each right of its label."""
        while cells and plain_label(cells[0].text) in self._labels.groups:
            cells = cells[1:]
        names = [self._labels.field("funds", cell.text) for cell in cells[::2]]
        amounts = [cell.text for cell in cells[1::2]]
        if not amounts or len(names) != len(amounts) or not all(names) or not all(map(is_amount, amounts)):
            return False
        for cell in cells[::2]:
            if unit := _AMOUNT_UNIT.search(cell.text):
                self._current.amount_unit = unit[1]
        self._add_to_total(dict(zip(names, amounts, strict=True)))
        return True

    def _add_to_total(self, values: Mapping[str, str]) -> None:
        if not self._current.funds:
            self._current.funds.append(FundResult(FUND_NAMES[0]))
        self._current.funds[0] = replace(self._current.funds[0], **values)

    def _take_total(self, row: GridRow, cells: Sequence[GridCell]) -> None:
        at_name = next((cell for cell in row if self._listed.get(cell.column) == "name"), None)
        if self._listed and (at_name is None or not at_name.covered):
            self._current.stray.append("\t".join(cell.text for cell in cells))  # the sum of all projects of a list
            return
        scores = [column for column, name in self._columns.items() if name == "score"]
        at = [cell for cell in cells[1:] if cell.column in scores]
        numbers = [cell for cell in cells[1:] if _DIGITS.search(cell.text)]
        found = at or (numbers[-1:] if len(numbers) > 1 or not scores else [])
        if found:
            if self._current.total not in ("", found[0].text):
                self._current.stray.append(f"总分：{self._current.total}")
            self._current.total = found[0].text
        self._current.stray += [cell.text for cell in cells[1:] if cell not in found and not is_amount(cell.text)]
        self._mode = self._mode if self._listed else ""

    def _take_listed(self, row: GridRow) -> None:
        """What a row of a list says of its project; another project begins where another name stands."""
        texts = {self._listed[cell.column]: cell.text for cell in row if cell.column in self._listed and cell.text}
        own = {name: text for name, text in texts.items() if not name.startswith("fund.")}
        known = self._current.texts
        if any(known.get(name, text) != text for name, text in own.items()) and self._current.rows:
            self._close()
        for name, text in own.items():
            self._current.texts.setdefault(name, text)
        amounts = {name.removeprefix("fund."): text for name, text in texts.items() if name.startswith("fund.")}
        if amounts and not self._current.funds:
            self._add_to_total(amounts)

    def _below_indicators(self, row: GridRow) -> None:
        cells = [cell for cell in row if cell.text]
        if not self._ticks.words and (second := second_header(cells, self._columns, self._labels)):
            self._ticks, self._columns = second
        elif plain_label(cells[0].text) in self._labels.subtotal:
            self._current.stray.append("\t".join(cell.text for cell in cells))
        else:
            self._indicator(row)

    def _indicator(self, row: GridRow) -> None:
        values = dict.fromkeys(self._columns.values(), "")
        beside: list[GridCell] = []
        if self._listed:
            self._take_listed(row)
        for name in self._ticks.names:
            values[name] = self._ticks.text(row, name)
        for cell in row:
            if name := self._columns.get(cell.column, ""):
                values[name] = "\n".join(filter(None, (values[name], cell.text)))
            elif cell.column in self._ticks.words or cell.column in self._listed or cell.column in self._passed_over:
                continue
            elif cell.text and not self._is_group(cell):
                beside.append(cell)
        for cell in beside:
            self._keep_beside(cell, values.get("name", ""))
        if not any(values.get(name, "").strip() for name in ("name", "value", "actual", "weight", "score", "expected")):
            self._current.stray += filter(None, values.values())
            return
        self._add(values)

    def _keep_beside(self, cell: GridCell, name: str) -> None:
        """Words in a column that no field knows, told with its header and the row's name."""
        head = self._heads.get(cell.column)
        if head is None:
            self._current.stray.append(cell.text)
        else:
            self._current.beside[head].append(f"{name}：{cell.text}" if name else cell.text)

    def _task(self, row: GridRow) -> None:
        """A line of a department's tasks."""
        said = {self._columns[cell.column]: cell.text for cell in row if cell.column in self._columns and cell.text}
        if said:
            self._current.tasks.append(said)

    def _add(self, values: dict[str, str]) -> None:
        above = self._current.rows[-1][0] if self._current.rows else Indicator("")
        tiers = {name: without_points(values.get(name, "")) for name in ("tier1", "tier2")}
        number = f"i{len(self._current.rows) + 1}"
        read = read_row({**values, **tiers, "weight": ""}, above, self._vocabulary, {})
        row = replace(read.indicator, id=number)
        actual, unit = values.get("actual", ""), values.get("unit", "")
        if unit and actual[-1:].isdigit():
            actual = f"{actual}{unit}"
        self._current.stray += [text for _field, text in read.left]
        names = ("expected", "likelihood", "causes", "reason", "remark", "weight", "score")
        rest: dict[str, Any] = {name: values.get(name, "") for name in names}
        self._current.rows.append((row, IndicatorResult(number, actual, **rest)))

    def _fund(self, row: GridRow) -> None:
        first = min(self._columns)
        values = {self._columns[cell.column]: cell.text for cell in row if cell.column in self._columns and cell.text}
        front = [cell for cell in row if cell.text and cell.column < first and cell.column not in self._columns]
        for cell in front:
            if unit := _AMOUNT_UNIT.search(cell.text):
                self._current.amount_unit = self._current.amount_unit or unit[1]
        named = values.pop("name", "")
        used = [] if named else front[-1:]
        name = named or "".join(cell.text for cell in used)
        for cell in row:
            if cell.text and cell.column not in self._columns and cell not in used and not self._is_group(cell):
                self._keep_beside(cell, fund_words(name))
        if not name and not values:
            return
        known = {**values, "name": fund_words(name)}
        if not self._current.funds and (points := self._current.texts.get("budget weight")):
            known.setdefault("weight", points)
        self._current.funds.append(FundResult(**known))

    def _goals(self, row: GridRow) -> None:
        for cell in row:
            if name := self._columns.get(cell.column):
                self._take_goals(name, cell.text)
            elif cell.text and not self._is_group(cell):
                self._keep_beside(cell, "")
        self._mode = "" if self._current.goals or self._current.texts.get("actual_goals") else self._mode

    def _take_goals(self, name: str, text: str) -> None:
        if not text:
            return
        if name == "actual_goals" and not self._current.texts.get(name):
            self._current.texts[name] = text
        elif name == "goals" and not self._current.goals:
            self._current.texts["goals text"] = text
            self._current.goals_numbering, self._current.goals = read_goals(text.split("\n"), "{n}.")
        else:
            self._current.stray.append(text)
