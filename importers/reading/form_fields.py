"""The fields of a form: the project or the department being read, and what each label's value becomes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from importers.reading.front_lines import AMOUNT_UNIT
from importers.reading.listed import (
    ListedDepartment,
    ListedProject,
    Listing,
    read_unit,
    set_field,
    sheet_name,
    split_name,
)
from importers.reading.reading_labels import DEPARTMENT, DETAIL, PROJECT, Label
from importers.reading.year_columns import year_in
from importers.table_grid import squeeze
from models.document import fieldpath
from models.document.template import Template
from models.document.tree import Unit

_WHOLE = {"budget": "whole_total", "fiscal_funds": "whole_fiscal", "other_funds": "whole_other"}
_YEARLY = frozenset(f"{PROJECT}{name}" for name in ("budget", "fiscal_funds", "other_funds", "goals"))
_UNIT = f"{PROJECT}unit"
_AMOUNT_WITH_UNIT = re.compile(r"\s*(?P<number>[\d,，]+(?:\.\d+)?)\s*(?P<unit>亿元|万元|千元|元)\s*")
_NUMBERS = frozenset("0123456789一二三四五六七八九十")
_UNITS = ("unit", "implementing_unit", "department")
_SEVERAL_YEARS = "并列几个年度、看不出取哪一年"
WHOLE_FORM = "整体"
"""What titles of a whole department's forms say."""


class FormCell(NamedTuple):
    """A cell that begins in a row: where, its words, and how far it reaches."""

    column: int
    text: str
    right: int
    bottom: int


class Named(NamedTuple):
    """A label that waits for its value."""

    label: Label
    cell: FormCell


@dataclass(slots=True)
class _OfYear:
    """What a label that names a year says of a field, and whether the field has it."""

    year: str
    label: str
    words: str
    row: int
    is_taken: bool = True


class FormFields:
    """The project a form's labels belong to, or the department. `front`: what lines around the table say, by field."""

    def __init__(self, sheet: str, template: Template, listing: Listing) -> None:
        self._sheet, self._template, self._listing = sheet, template, listing
        self.front: dict[str, str] = {}
        self.front_rows: dict[str, int] = {}
        """Where each of them stands."""
        self._is_front_used = False
        self.title = ""
        self.amount_unit = ""
        self.department: ListedDepartment | None = None
        self._current: ListedProject | None = None
        self._totals: dict[int, str] = {}
        """By column the last total of money: whether it was the year's or the whole period's."""
        self._of_years: dict[str, _OfYear] = {}
        """By field the first label that named a year."""

    @property
    def has_project(self) -> bool:
        return self._current is not None

    def finish_project(self) -> None:
        listed, self._current = self._current, None
        self.department = None
        if listed is not None:
            self._is_front_used = True
            for name, words in _settle(listed, self.front, self._template):
                self.leave(self.front_rows.get(name, 1), "表上面的文字", words)

    def forget_front(self) -> None:
        """What lines above said holds no more; it is kept where there was no project it could be of."""
        for name, words in () if self._is_front_used else self.front.items():
            self.leave(self.front_rows.get(name, 1), "表头以外", words)
        self.front, self.front_rows, self._is_front_used = {}, {}, False

    def open_department(self) -> ListedDepartment:
        if self.department is None:
            self.department = ListedDepartment()
            self._listing.departments.append(self.department)
        return self.department

    def project(self) -> ListedProject | None:
        """The project of the form, begun where it is needed; None in a form of a whole department."""
        if self.department is not None:
            return None
        if self._current is None:
            self._current = self._listing.add(self._template)
            self._current.has_form = True
            self._totals, self._of_years, self.amount_unit = {}, {}, ""
        return self._current

    def forget_totals(self) -> None:
        """A group begins: its amounts are parts of the totals in it."""
        self._totals = {}

    def note_total(self, named: Named) -> str:
        """The name of the amount a label asks for: part of the year's or of the whole period's money, whichever its total is."""
        field = named.label.field.rpartition(".")[2]
        column = named.cell.column
        if field in ("budget", "whole_total"):
            self._totals[column] = field
        elif field in _WHOLE:
            above = max((each for each in self._totals if each <= column), default=None)
            if above is not None and self._totals[above] == "whole_total":
                return _WHOLE[field]
        return field

    def take(self, named: Named, cell: FormCell, number: int) -> bool:
        """Takes the value of a label; False where it is kept aside."""
        label = named.label
        name = self.note_total(named)
        if label.field.startswith(DEPARTMENT) or (self.department is not None and "goals" in name):
            self._take_department(name, cell.text, self._where(named, number))
            return True
        if "." not in label.field or self._is_of_another_year(named):  # a group's words with a value beside them
            self.leave(number, "没有对应栏目的内容", f"{named.cell.text}：{cell.text}")
            return False
        if self.department is None and label.field == f"{DETAIL}department" and WHOLE_FORM in self.title:
            self.open_department()
        listed = self.project()
        if listed is None:
            self._take_of_department(name, named, cell.text, number)
        elif f"{PROJECT}{name}" in _YEARLY and self._is_of_no_known_year(listed, name, named, cell, number):
            self.leave(number, _SEVERAL_YEARS, f"{named.cell.text}：{cell.text}")
        elif not self._set(listed, label, name, cell.text) and not self._is_one_more_goal(named, cell.text):
            self.leave(number, f"又一处「{squeeze(named.cell.text)}」", cell.text)
        else:
            listed.origins.setdefault(name, self._where(named, number))
            return True
        return False

    def _is_of_another_year(self, named: Named) -> bool:
        """Whether a label names another year than the one the form is of."""
        year, plan = year_in(named.cell.text), self._plan_year()
        return named.label.field in _YEARLY and "" not in (year, plan) and year != plan

    def _plan_year(self) -> str:
        """The year of the form: the one its title says, else that of all lines around tables, of the text or of the sheet's name;
        "" where none does."""
        years, text = self._listing.front_years, self._listing.text_year
        titled = year_in(self.title)
        if titled or len(years) > 1:
            return titled
        return str(next(iter(years), text or "")) or year_in(self._sheet)

    def _is_of_no_known_year(self, listed: ListedProject, name: str, named: Named, cell: FormCell, number: int) -> bool:
        """Whether labels of several years ask for one field, and this is one of them: nobody knows which of them counts. What was
        taken from the first is taken back; a label that names no year is the form's own."""
        year, first = year_in(named.cell.text), self._of_years.get(name)
        if first is None:
            if year and not fieldpath.get(listed.project, name):
                self._of_years[name] = _OfYear(year, named.cell.text, cell.text, number)
            return False
        if first.year == year:
            return not first.is_taken
        if first.is_taken:
            first.is_taken = False
            words = "\n".join(listed.project.goals) if name == "goals" else first.words
            listed.project = fieldpath.replace(listed.project, name, () if name == "goals" else "")
            listed.origins.pop(name, None)
            self.leave(first.row, _SEVERAL_YEARS, f"{first.label}：{words}")
        return year != ""

    def _is_one_more_goal(self, named: Named, text: str) -> bool:
        """Takes the text of «年度绩效目标2»; whether it is one."""
        return named.label.is_goal and squeeze(named.cell.text)[-1:] in _NUMBERS and self.go_on(named.label, text)

    def _where(self, named: Named, number: int) -> str:
        return f"{sheet_name(self._sheet)}第{number}行「{squeeze(named.cell.text)}」"

    def _take_department(self, name: str, text: str, where: str) -> None:
        department = self.open_department()
        if name in ("task", "content"):
            department.tasks.append((text, "") if name == "task" else ("", text))
            department.origins["任务"].append(where)
        else:
            department.goals.append(text)
            department.origins["总体目标"].append(where)

    def take_task(self, task: str, content: str, number: int) -> None:
        """Takes a row of the department's tasks."""
        department = self.open_department()
        department.tasks.append((task, content))
        department.origins["任务"].append(f"{sheet_name(self._sheet)}第{number}行")

    def _take_of_department(self, name: str, named: Named, text: str, number: int) -> None:
        """A field of the form of a whole department: it is asked for its unit alone."""
        department = self.open_department()
        if name in _UNITS and department.unit == Unit():
            department.unit = read_unit(Unit(), "unit", text)
            department.origins["单位"].append(self._where(named, number))
        else:
            self.leave(number, "部门整体绩效目标表中没有对应栏目的内容", f"{named.cell.text}：{text}")

    def _set(self, listed: ListedProject, label: Label, name: str, text: str) -> bool:
        if label.is_amount:
            unit = label.amount_unit or self.amount_unit or self.front.get(AMOUNT_UNIT, "")
            written = _AMOUNT_WITH_UNIT.fullmatch(text)
            if written and written["unit"] == (unit or written["unit"]):
                text, unit = written["number"], written["unit"]
            listed.take_amount_unit(unit)
        if name == "year":
            return self._listing.take_year(text)
        if name in ("project", "name"):
            code, text = split_name(text)
            name = "name"
            if code and not listed.project.code:
                set_field(listed, "code", code, self._template)
        if label.scope == "annual":
            self._make_room(listed, name)
        if label.field.startswith(DETAIL) or name in _WHOLE.values() or name == "overall_goals":
            return listed.details.setdefault(name, text) == text
        return set_field(listed, name, text, self._template)

    @staticmethod
    def _make_room(listed: ListedProject, name: str) -> None:
        """«资金总额» is that of the whole period where «其中：2026年金额» is a part of it."""
        whole = _WHOLE.get(name)
        if name == "budget" and whole is not None and whole not in listed.details and listed.project.budget:
            listed.details[whole] = listed.project.budget
            listed.origins[whole] = listed.origins.pop(name, "")
            listed.project = replace(listed.project, budget="")

    def go_on(self, label: Label, text: str) -> bool:
        """Takes further paragraphs of a goal or another text; whether the field is one."""
        name = label.field.rpartition(".")[2]
        if self._current is None:
            return False
        if (
            name in ("long_term_goal", "overall_goals", "summary", "basis_for_setting")
            and name in self._current.details
        ):
            self._current.details[name] += f"\n{text}"
        elif name == "goals":
            goals = (*self._current.project.goals, *text.split("\n"))
            self._current.project = replace(self._current.project, goals=goals)
        elif name == "fund_use":
            project = self._current.project
            self._current.project = replace(project, fund_use=f"{project.fund_use}\n{text}")
        else:
            return False
        return True

    def leave(self, number: int, place: str, words: str) -> None:
        """Keeps words no field takes."""
        self._listing.leave(self._sheet, place, number, words)


def _settle(listed: ListedProject, front: Mapping[str, str], template: Template) -> Iterator[tuple[str, str]]:
    """What only the whole form says: the unit, and whether a goal or an amount that names no period is the year's. Yields what
    lines above say otherwise than the form, with its field."""
    details, project, unit = listed.details, listed.project, listed.project.unit
    goals, where = details.pop("overall_goals", ""), listed.origins.pop("overall_goals", "")
    if goals and not project.goals:
        set_field(listed, "goals", goals, template)
        listed.origins["goals"] = where
    elif goals:
        own = details.get("long_term_goal", "")
        details["long_term_goal"] = f"{own}\n{goals}" if own and own != goals else goals
        listed.origins.setdefault("long_term_goal", where)
    for name, whole in _WHOLE.items():
        if not project.budget and details.get(whole):
            set_field(listed, name, details.pop(whole), template)
            listed.origins[name] = listed.origins.pop(whole, "")
    yield from _take_lines_above(listed, front, template)
    above = next((words for words in (front.get(_UNIT), *map(details.get, _UNITS[1:])) if words), "")
    if not unit.name and above:
        listed.project = replace(listed.project, unit=replace(read_unit(unit, "unit", above), code=unit.code))
    listed.take_amount_unit(front.get(AMOUNT_UNIT, ""))


def _take_lines_above(listed: ListedProject, front: Mapping[str, str], template: Template) -> Iterator[tuple[str, str]]:
    """Takes what lines above a form say of its project; yields what the form itself says otherwise."""
    for name in ("name", "code"):
        words = front.get(PROJECT + name, "")
        if words and not set_field(listed, name, words, template):
            yield PROJECT + name, words
    for field, words in front.items():
        name = field.removeprefix(DETAIL)
        if field.startswith(DETAIL) and squeeze(listed.details.setdefault(name, words)) != squeeze(words):
            yield field, words
    unit, above = listed.project.unit, front.get(_UNIT, "")
    if unit.name and above and squeeze(unit.name) not in squeeze(above):
        yield _UNIT, above
