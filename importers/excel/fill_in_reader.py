"""Reads a filled workbook of 填报模板 back: every field to the letter, wrong entries reported with sheet and cell."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl.utils import get_column_letter

from importers.budget import Budget, check_written
from importers.excel.workbook import ExcelWorkbook
from importers.installed_forms import known_form
from importers.reading.sheet import Sheet
from importers.recognise import Recognition
from importers.report import Kind, Note, Report, shortened
from importers.sources import tables_unit
from importers.zipped import ZIP_FAULTS
from models.document import fieldpath
from models.document.template import Template, TierScheme, load_template
from models.document.tree import GoalDocument, Indicator, Project, Unit
from models.document.values import SIGNS, money, parse_number, percent
from models.errors import UserError
from models.exchange.fill_in_workbook import (
    DEFINED_NAME,
    FORMAT,
    GOAL_LABEL,
    HIDDEN,
    INPUT,
    LABEL,
    TITLE_ROW,
    WITH_FORM,
    columns_of,
)
from models.forms.form_definition import ProjectForm
from models.session.session import new_document

_EXAMPLE = frozenset(("填报说明", "示例"))
_AMOUNTS = frozenset(("budget", "fiscal_funds", "other_funds"))
_GOAL = GOAL_LABEL.partition("{")[0]
_VALUE = ("sign", "number", "unit")


@dataclass(frozen=True, slots=True)
class _Marks:
    """What the program wrote into the hidden column of a sheet."""

    template: str
    scheme: str
    year: str
    unit: Unit
    project: str
    numbering: str
    form: ProjectForm | None = None
    """The form whose columns stand on the sheet."""


def is_fill_in(data: bytes) -> bool:
    """Whether a file is such a workbook, by the defined name it carries."""
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo("xl/workbook.xml")
            return info.file_size < 4_000_000 and DEFINED_NAME.encode() in archive.read(info)
    except (*ZIP_FAULTS, KeyError):
        return False


def read_fill_in(data: bytes, name: str, go_on: Callable[[], bool]) -> Recognition:
    """The projects of a filled workbook, with the ids of those it was made from. UserError as in `read_excel`."""
    workbook = ExcelWorkbook(data, name, go_on)
    reader = _Reader(workbook.budget)
    workbook.each(reader.take)
    if reader.marks is None:
        raise UserError(
            f"文件「{name}」里没有一张可以读回的填报表（每张表里隐藏的标记不见了）。请用原来的填报模板重新填，不要另建工作表。"
        )
    hidden = [note for note in workbook.notes if "是隐藏的" not in note]  # the sheet of lists is the program's own
    return reader.finish(reader.marks, hidden)


@dataclass(slots=True)
class _Reader:
    """Takes the sheets one by one."""

    budget: Budget
    marks: _Marks | None = None
    projects: list[Project] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)

    def take(self, sheet: Sheet) -> None:
        """A sheet with marks is a project; the instructions and the example are nothing, others are kept word for word."""
        marks = _marks(sheet)
        if marks is not None:
            self.marks = self.marks or marks
            page = _Page(sheet, marks, load_template(marks.template), self.budget)
            project = page.project()
            self.unplaced += page.unplaced
            if project is None:
                return
            self.notes += page.notes
            if project.id in {known.id for known in self.projects}:
                self.notes.append(Note(Kind.HINT, f"工作表「{sheet.name}」是另一张项目表的副本，按新项目读入。"))
                project = replace(project, id=f"copy{len(self.projects) + 1}")
            self.projects.append(project)
        elif sheet.name not in _EXAMPLE and sheet.rows:
            lines = ["\t".join(row.values()) for _number, row in sorted(sheet.rows.items())]
            self.unplaced += lines
            self.notes.append(
                Note(Kind.UNPLACED, f"工作表「{sheet.name}」不是填报表，它的 {len(lines)} 行文字已保留。")
            )

    def finish(self, marks: _Marks, more: list[str]) -> Recognition:
        """The document and its report."""
        template = load_template()
        year = int(marks.year) if re.fullmatch("[0-9]{4}", marks.year) else None
        unit = marks.unit if marks.unit != Unit() else tables_unit(self.projects)
        document: GoalDocument = replace(
            new_document(template, year, unit), projects=tuple(self.projects), unplaced=tuple(self.unplaced)
        )
        check_written(document)
        rows = sum(len(project.indicators) for project in self.projects)
        found = Note(Kind.FOUND, f"填报表：{len(self.projects)} 个项目，绩效指标 {rows} 行。")
        hints = (Note(Kind.HINT, sentence) for sentence in more)
        form = marks.form.id if marks.form else ""
        return Recognition(document, Report((found, *self.notes, *hints)), form=form)


def _marks(sheet: Sheet) -> _Marks | None:
    parts = sheet.text(TITLE_ROW, HIDDEN).split("\t")
    form_id = parts.pop(1) if parts[0] == WITH_FORM and len(parts) == 9 else ""
    if len(parts) != 8 or parts[0].partition("/")[0] != FORMAT.partition("/")[0]:
        return None
    if parts[0] not in (FORMAT, WITH_FORM):
        raise UserError(f"工作表「{sheet.name}」由更新版本的程序生成（{parts[0]}），请升级本程序后再读入。")
    _tag, template, scheme, year, code, name, project, numbering = parts
    return _Marks(
        template, scheme, year, Unit(code, name), project, numbering, known_form(form_id) if form_id else None
    )


class _Page:
    """One project's sheet: fields are found by their labels, rows by the header of the table."""

    def __init__(self, sheet: Sheet, marks: _Marks, template: Template, budget: Budget) -> None:
        self._sheet, self._marks, self._template, self._budget = sheet, marks, template, budget
        self._scheme: TierScheme = template.scheme(marks.scheme)
        self._labels: dict[str, int] = {}
        for place, row in sorted(sheet.rows.items()):
            self._labels.setdefault(
                row.get(LABEL, "").strip(), place
            )  # of a label that comes again the first one counts
        self._columns = columns_of(template, marks.form)
        self._places = {content: place for place, (_label, content) in enumerate(self._columns.table, 1)}
        self._own = {label for label, _name in self._columns.lines}
        self._taken: set[tuple[int, int]] = {(row, HIDDEN) for row in sheet.rows}
        self._path = f"projects[{marks.project}]"
        self.notes: list[Note] = []
        self.unplaced: list[str] = []

    def project(self) -> Project | None:
        """The project; None for a sheet nobody wrote on (unit and the amounts' unit stand there from the start)."""
        project = Project(self._marks.project, goals_numbering=self._marks.numbering)
        asked = {name for _label, name in self._columns.lines}
        unit = Unit() if "unit.name" in asked else self._marks.unit
        blank = replace(
            project, unit=unit, amount_unit="" if "amount_unit" in asked else self._template.amount_units[0]
        )
        project = blank
        for label, name in self._columns.lines:
            row = self._labels.get(label)
            if row is None:
                self._tell(f"工作表「{self._sheet.name}」里找不到「{label}」这一行，请核对这一栏。", name)
                continue
            text = self._take(row, INPUT)
            project = fieldpath.replace(project, name, text)
            self._check_field(name, label, text, row, project)
        goals = self._goals() if self._columns.has_goals else ()
        project = replace(project, goals=goals, indicators=self._rows())
        self._keep_the_rest()
        empty = replace(blank, unit=project.unit, amount_unit=project.amount_unit)
        if project == empty:
            self.notes.clear()
            return None
        return project

    def _goals(self) -> tuple[str, ...]:
        goals, number = [], 1
        while (row := self._labels.get(GOAL_LABEL.format(n=number))) is not None:
            goals.append(self._take(row, INPUT))
            number += 1
        return tuple(goal for goal in goals if goal)

    def _rows(self) -> tuple[Indicator, ...]:
        if not self._columns.table:
            return ()
        header = self._labels.get(self._columns.table[0][0])
        if header is None:
            self._tell(f"工作表「{self._sheet.name}」里找不到指标表的表头，指标没有读入。", "indicators")
            return ()
        self._taken |= {(header, column) for column in range(1, len(self._places) + 1)}
        rows: list[Indicator] = []
        seen: set[str] = set()
        for row in sorted(number for number in self._sheet.rows if number > header):
            values: dict[str, Any] = {content: self._take(row, place) for content, place in self._places.items()}
            if not any(values.values()):
                continue
            identity = self._sheet.text(row, HIDDEN)
            known = bool(identity) and identity not in seen
            seen.add(identity)
            if not known:
                identity = f"new{row}"
                self._take_over_tiers(values, rows)
            value = "".join(values.pop(name, "") for name in _VALUE)
            self._check_row(row, values)
            rows.append(Indicator(identity, value=value, **values))
        return tuple(rows)

    def _take_over_tiers(self, values: dict[str, str], rows: list[Indicator]) -> None:
        """In a row somebody added, a tier left blank is the one above, as on paper."""
        if rows and values.get("tier1") == "":
            values["tier1"] = rows[-1].tier1
            if values.get("tier2") == "":
                values["tier2"] = rows[-1].tier2

    def _take(self, row: int, column: int) -> str:
        self._taken.add((row, column))
        text = self._sheet.text(row, column)
        self._budget.take(characters=len(text))
        return text

    # What is wrong, with sheet and cell

    def _check_field(self, name: str, label: str, text: str, row: int, project: Project) -> None:
        if not text.strip():
            return
        if name in _AMOUNTS and money(text, project.amount_unit) is None:
            self._wrong(row, INPUT, f"{label}「{shortened(text)}」不是数字", name)
        elif name == "amount_unit" and text not in self._template.amount_units:
            self._wrong(row, INPUT, f"{label}「{shortened(text)}」不在列表中", name)
        elif name.startswith("spending_plan") and percent(text) is None:
            self._wrong(row, INPUT, f"{label}「{shortened(text)}」不是百分比", name)

    def _check_row(self, row: int, values: Mapping[str, str]) -> None:
        if {"tier1", "tier2"} <= values.keys():
            self._check_tiers(row, values["tier1"], values["tier2"])
        if "number" not in self._places:
            return
        read = {content: self._sheet.text(row, place) for content, place in self._places.items()}
        if read["sign"] and read["sign"] not in (*SIGNS, ">=", "<=", "=", ">", "<"):
            self._wrong(row, self._places["sign"], f"符号「{shortened(read['sign'])}」不在列表中")
        if (read["sign"] or read["unit"]) and parse_number(read["number"]) is None:
            self._wrong(
                row,
                self._places["number"],
                f"指标值「{shortened(read['number'])}」不是数字" if read["number"] else "有符号或单位，没有数字",
            )
        if read["unit"] and read["unit"] not in self._template.known_units and read["unit"] != "百分比":
            self._wrong(row, self._places["unit"], f"计量单位「{shortened(read['unit'])}」不在列表中")

    def _check_tiers(self, row: int, tier1: str, tier2: str) -> None:
        if tier1 not in self._scheme.tiers:
            message = f"一级指标「{shortened(tier1)}」不在指标体系中" if tier1 else "没有填一级指标"
            self._wrong(row, self._places["tier1"], message)
        elif tier2 not in self._scheme.tiers[tier1]:
            parent = self._scheme.parent(tier2)
            why = f"属于「{parent}」，不属于「{tier1}」" if parent else "不在指标体系中"
            message = f"二级指标「{shortened(tier2)}」{why}" if tier2 else "没有填二级指标"
            self._wrong(row, self._places["tier2"], message)

    def _wrong(self, row: int, column: int, what: str, name: str = "indicators") -> None:
        place = f"{get_column_letter(column)}{row}"
        kept = "" if what.startswith(("没有", "有符号")) else "，已按原文保留"
        self._tell(f"工作表「{self._sheet.name}」单元格 {place}：{what}{kept}。", name)

    def _tell(self, sentence: str, name: str) -> None:
        self.notes.append(Note(Kind.HINT, sentence, f"{self._path}.{name}"))

    def _keep_the_rest(self) -> None:
        """Words outside the cells that are filled in are kept; the labels, the title and the hint are the form's own."""
        for row, cells in sorted(self._sheet.rows.items()):
            for column, text in sorted(cells.items()):
                is_own = column == LABEL and (row, column) not in self._taken
                if (row, column) in self._taken or (
                    is_own and (row <= 2 or text.strip() in self._own or text.startswith(_GOAL))
                ):
                    continue
                self.unplaced.append(text)
                place = f"{get_column_letter(column)}{row}"
                label = cells.get(LABEL, "").strip() if column == INPUT else ""
                again = bool(label) and label in self._labels
                why = f"：「{label}」前面已有一处" if again else " 不是填报格"
                message = f"工作表「{self._sheet.name}」单元格 {place}{why}，文字已保留：「{shortened(text)}」"
                self.notes.append(Note(Kind.UNPLACED, message))
