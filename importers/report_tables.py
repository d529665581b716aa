"""Reads the tables of a filled 自评表 or 监控表 by their words, whatever geometry a place gives them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from importers.form_tables import GridCell, GridRow, grid
from importers.numbered_lines import read_goals
from importers.report_labels import ReportLabels, fund_words, load_labels, plain_label
from models.document.blocks import Block, PageBreak, Paragraph, Table
from models.document.tree import FundResult, Indicator, IndicatorResult
from models.reports.scoring import load_scoring

_POINTS = re.compile(r"[（(]\s*(?:满分)?(\d+(?:\.\d+)?)\s*分")
_AMOUNT_UNIT = re.compile(r"[（(](?:单位[：:])?(亿元|万元|千元|元)[）)]")
_LEAST_COLUMNS = 3
_TICKS = frozenset(["√", "✓", "✔", "☑", "是", "1", "有", "V", "v"])
_OVERVIEW = {"项目名称", "执行率", "得分"}
_DIGITS = re.compile(r"\d")


@dataclass(slots=True)
class ReadReport:
    """One project of a report, as its table says."""

    texts: dict[str, str] = field(default_factory=dict)
    amount_unit: str = ""
    goals: tuple[str, ...] = ()
    goals_numbering: str = "{n}."
    funds: list[FundResult] = field(default_factory=list)
    rows: list[tuple[Indicator, IndicatorResult]] = field(default_factory=list)
    total: str = ""
    is_monitoring: bool = False
    stray: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.texts or self.funds or self.rows or self.goals)


@dataclass(slots=True)
class ReadReports:
    """What the blocks of a file say: the projects, the lines above the tables, and words no field could take."""

    projects: list[ReadReport] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def is_report(blocks: Sequence[Block]) -> bool:
    """Whether a table among these is one of a 自评 or 监控: its header names targets and what was reached."""
    return any(isinstance(block, Table) and _has_header(block) for block in blocks)


def _has_header(table: Table) -> bool:
    reader = _TableReader(load_labels(), ReadReports())
    return any(reader.indicator_header(row) for row in grid(table))


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


Columns = dict[int, str]
"""Grid column → field."""


class _TableReader:
    def __init__(self, labels: ReportLabels, found: ReadReports) -> None:
        self._labels, self._found = labels, found
        self._current = ReadReport()
        self._columns: Columns = {}
        self._mode = ""
        self._causes: Columns = {}
        self._row: tuple[Indicator, IndicatorResult] | None = None

    def line(self, text: str) -> None:
        """A line outside the tables. One that is a title begins a project."""
        self.end_page()
        self._found.lines.append(text.strip())

    def end_page(self) -> None:
        """What follows is another project where this one has its rows."""
        if self._current.rows:
            self.finish()

    def finish(self) -> None:
        """The project read so far is whole."""
        if not self._current.is_empty:
            self._found.projects.append(self._current)
        elif self._current.stray:
            self._found.lines += self._current.stray
        self._current, self._mode, self._columns = ReadReport(), "", {}

    def table(self, rows: Sequence[GridRow]) -> None:
        if rows and not _OVERVIEW - {plain_label(cell.text) for cell in rows[0]}:
            return  # a list of the projects whose tables follow
        for row in rows:
            cells = [cell for cell in row if cell.text]
            if cells:
                self._take(row, cells)
        self._mode = ""

    # what a row is

    def _take(self, row: GridRow, cells: Sequence[GridCell]) -> None:
        if self._mode == "indicators" and self._is_row_of_causes(cells):
            self._causes = {cell.column: cell.text.strip() for cell in cells}
        elif columns := self.indicator_header(row):
            self._causes = {}
            self._begin("indicators", columns, cells)
            self._current.is_monitoring |= bool({"expected", "likelihood"} & set(columns.values()))
        elif columns := self._fund_header(row):
            self._begin("funds", columns, cells)
        elif columns := self._goals_header(row):
            self._begin("goals", columns, cells)
        elif self._is_total(cells):
            self._take_total(cells)
        elif self._is_pairs(cells):
            self._take_pairs(cells)
        elif self._mode:
            {"indicators": self._indicator, "funds": self._fund, "goals": self._goals}[self._mode](row)
        elif len(cells) == 1 and len(row) <= 2:
            self.line(cells[0].text)
        else:
            self._current.stray.append("\t".join(cell.text for cell in cells))

    def indicator_header(self, row: GridRow) -> Columns:
        """The columns of the header of an indicator table; none where the row is no such header."""
        columns = self._fields(row, self._labels.indicators)
        names = set(columns.values())
        if len(names) < _LEAST_COLUMNS or not names & {"name", "tier1"} or "actual" not in names:
            return {}
        if "causes" in names and "reason" not in names:
            columns = {column: "reason" if name == "causes" else name for column, name in columns.items()}
        return columns

    def _fund_header(self, row: GridRow) -> Columns:
        columns = self._fields(row, self._labels.funds)
        names = set(columns.values())
        is_one = len(names & {"year_start", "full_year", "executed", "rate", "expected"}) >= 2
        return columns if is_one and not any(_is_amount(cell.text) for cell in row) else {}

    def _goals_header(self, row: GridRow) -> Columns:
        own = tuple(cell for cell in row if plain_label(cell.text) not in self._labels.groups)
        columns = self._fields(own, self._labels.goals) if len(own) > 1 else {}
        columns = columns if "goals" in columns.values() else self._fields(row, self._labels.goals)
        return columns if "actual_goals" in columns.values() and "goals" in columns.values() else {}

    @staticmethod
    def _fields(row: GridRow, labels: Any) -> Columns:
        found: Columns = {}
        for cell in row:
            name = labels.get(plain_label(cell.text)) if cell.text else None
            if name and name not in found.values():
                found[cell.column] = name
        return found

    def _is_total(self, cells: Sequence[GridCell]) -> bool:
        return plain_label(cells[0].text) in self._labels.total and self._mode != "funds"

    def _is_pairs(self, cells: Sequence[GridCell]) -> bool:
        return plain_label(cells[0].text) in self._labels.pairs

    # what it holds

    def _begin(self, mode: str, columns: Columns, cells: Sequence[GridCell]) -> None:
        self._mode, self._columns, self._row = mode, columns, None
        for cell in cells:
            if unit := _AMOUNT_UNIT.search(cell.text):
                self._current.amount_unit = unit[1]
            known = cell.column in columns or plain_label(cell.text) in self._labels.groups
            if mode == "funds" and (points := _POINTS.search(cell.text)):
                self._current.texts.setdefault("budget weight", points[1])
            elif not known:
                self._current.stray.append(cell.text)

    def _take_pairs(self, cells: Sequence[GridCell]) -> None:
        """Each label takes what stands between it and the next one."""
        self._mode = ""
        label = ""
        for cell in cells:
            name = self._labels.pairs.get(plain_label(cell.text))
            if name and name != label:
                if name == "name" and self._current.rows:
                    self.finish()
                label = name
                self._current.texts.setdefault(name, "")
            elif label and not self._current.texts[label]:
                self._current.texts[label] = cell.text
            else:
                self._current.stray.append(cell.text)

    def _take_total(self, cells: Sequence[GridCell]) -> None:
        scores = [column for column, name in self._columns.items() if name == "score"]
        at = [cell for cell in cells[1:] if cell.column in scores]
        numbers = [cell for cell in cells[1:] if _DIGITS.search(cell.text)]
        found = at or (numbers[-1:] if len(numbers) > 1 or not scores else [])
        if found:
            self._current.total = found[0].text
        self._mode = ""

    def _is_row_of_causes(self, cells: Sequence[GridCell]) -> bool:
        """A second row of headers: the causes of a deviation, each a column to be ticked."""
        known = load_scoring().causes
        return len(cells) >= _LEAST_COLUMNS and all(cell.text.strip() in known for cell in cells)

    def _ticked(self, row: GridRow) -> str:
        """The causes whose columns say something."""
        told = ((self._causes[cell.column], cell.text.strip()) for cell in row if cell.column in self._causes)
        return "、".join(cause if words in _TICKS else f"{cause}：{words}" for cause, words in told if words)

    def _indicator(self, row: GridRow) -> None:
        values = dict.fromkeys(self._columns.values(), "")
        if self._causes:
            values["causes"] = self._ticked(row)
            row = tuple(cell for cell in row if cell.column not in self._causes)
        for cell in row:
            name = self._columns.get(cell.column)
            if name:
                values[name] = cell.text
            elif cell.text and plain_label(cell.text) not in self._labels.groups:
                self._current.stray.append(cell.text)
        if not any(values.get(name, "").strip() for name in ("name", "value", "actual", "weight", "score", "expected")):
            self._current.stray += filter(None, values.values())
            return
        self._add(values)

    def _add(self, values: dict[str, str]) -> None:
        above = self._current.rows[-1][0] if self._current.rows else Indicator("")
        tier1 = _without_points(values.get("tier1", "")) or above.tier1
        tier2 = _without_points(values.get("tier2", "")) or (above.tier2 if tier1 == above.tier1 else "")
        number = f"i{len(self._current.rows) + 1}"
        unit = values.get("unit", "")
        texts = {name: values.get(name, "") for name in ("value", "actual")}
        if unit:
            texts = {name: f"{text}{unit}" if text[-1:].isdigit() else text for name, text in texts.items()}
        row = Indicator(number, tier1, tier2, values.get("name", ""), value=texts["value"])
        names = ("expected", "likelihood", "causes", "reason", "remark", "weight", "score")
        rest: dict[str, Any] = {name: values.get(name, "") for name in names}
        self._current.rows.append((row, IndicatorResult(number, texts["actual"], **rest)))

    def _fund(self, row: GridRow) -> None:
        first = min(self._columns)
        values = {self._columns[cell.column]: cell.text for cell in row if cell.column in self._columns and cell.text}
        front = [cell for cell in row if cell.text and cell.column < first and cell.column not in self._columns]
        for cell in front:
            if unit := _AMOUNT_UNIT.search(cell.text):
                self._current.amount_unit = self._current.amount_unit or unit[1]
        name = values.pop("name", "") or "".join(cell.text for cell in front[-1:])
        if not name and not values:
            return
        known = {**values, "name": fund_words(name)}
        if not self._current.funds and (points := self._current.texts.get("budget weight")):
            known.setdefault("weight", points)
        self._current.funds.append(FundResult(**known))

    def _goals(self, row: GridRow) -> None:
        for cell in row:
            name = self._columns.get(cell.column)
            if name == "goals":
                self._current.goals_numbering, self._current.goals = (
                    read_goals(cell.text.split("\n"), "{n}.") if cell.text else ("{n}.", ())
                )
            elif name == "actual_goals":
                self._current.texts["actual_goals"] = cell.text
            elif cell.text and plain_label(cell.text) not in self._labels.groups:
                self._current.stray.append(cell.text)
        self._mode = "" if self._current.goals or self._current.texts.get("actual_goals") else self._mode


def _is_amount(text: str) -> bool:
    return bool(re.fullmatch(r"\s*[\d,，.．]+\s*%?\s*", text)) if text else False


def _without_points(tier: str) -> str:
    """«产出指标(50分)» as «产出指标»."""
    return "".join(_POINTS.sub("", tier).rstrip("）)分 ").split()) if _POINTS.search(tier) else tier


def words_of(found: ReadReports) -> Iterator[str]:
    """Everything no field could take."""
    for project in found.projects:
        yield from project.stray
