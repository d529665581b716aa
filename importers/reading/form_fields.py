"""The fields of a form: the project or the department being read, and what each label's value becomes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
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
from models.document.template import Template
from models.document.tree import Unit

_WHOLE = {"budget": "whole_total", "fiscal_funds": "whole_fiscal", "other_funds": "whole_other"}
_YEARLY = frozenset(f"{PROJECT}{name}" for name in ("budget", "fiscal_funds", "other_funds", "goals"))
_UNIT = f"{PROJECT}unit"
_AMOUNT_WITH_UNIT = re.compile(r"\s*(?P<number>[\d,，]+(?:\.\d+)?)\s*(?P<unit>亿元|万元|千元|元)\s*")
_NUMBERS = frozenset("0123456789一二三四五六七八九十")
_UNITS = ("unit", "implementing_unit", "department")
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
            self._totals, self.amount_unit = {}, ""
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

    def take(self, named: Named, cell: FormCell, number: int) -> None:
        label = named.label
        name = self.note_total(named)
        if label.field.startswith(DEPARTMENT) or (self.department is not None and "goals" in name):
            self._take_department(name, cell.text)
            return
        if "." not in label.field or self._is_of_another_year(named):  # a group's words with a value beside them
            self.leave(number, "没有对应栏目的内容", f"{named.cell.text}：{cell.text}")
            return
        if self.department is None and label.field == f"{DETAIL}department" and WHOLE_FORM in self.title:
            self.open_department()
        listed = self.project()
        if listed is None:
            self._take_of_department(name, named.cell.text, cell.text, number)
        elif not self._set(listed, label, name, cell.text) and not self._is_one_more_goal(named, cell.text):
            self.leave(number, f"又一处「{squeeze(named.cell.text)}」", cell.text)
        else:
            where = f"{sheet_name(self._sheet)}第{number}行「{squeeze(named.cell.text)}」"
            listed.origins.setdefault(name, where)

    def _is_of_another_year(self, named: Named) -> bool:
        """Whether a label names another year than the one the form is of."""
        year, plans = year_in(named.cell.text), self._listing.front_years
        is_yearly = named.label.field in _YEARLY and len(plans) == 1
        return is_yearly and year != "" and int(year) not in plans

    def _is_one_more_goal(self, named: Named, text: str) -> bool:
        """Takes the text of «年度绩效目标2»; whether it is one."""
        return named.label.is_goal and squeeze(named.cell.text)[-1:] in _NUMBERS and self.go_on(named.label, text)

    def _take_department(self, name: str, text: str) -> None:
        department = self.open_department()
        if name in ("task", "content"):
            department.tasks.append((text, "") if name == "task" else ("", text))
        else:
            department.goals.append(text)

    def _take_of_department(self, name: str, label: str, text: str, number: int) -> None:
        """A field of the form of a whole department: it is asked for its unit alone."""
        department = self.open_department()
        if name in _UNITS and department.unit == Unit():
            department.unit = read_unit(Unit(), "unit", text)
        else:
            self.leave(number, "部门整体绩效目标表中没有对应栏目的内容", f"{label}：{text}")

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
