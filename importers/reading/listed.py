"""Projects as the rows of indicator lists tell them, over all sheets of a file."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from importers.budget import Budget
from importers.numbered_lines import read_goals
from importers.reading.reading_labels import PROJECT
from importers.reading.sheet import Sheet
from importers.report import Kind, Note, shortened
from importers.table_grid import squeeze
from models.document import fieldpath
from models.document.list_head import Stated
from models.document.project_code import has_known_form
from models.document.template import Template
from models.document.tree import Indicator, Project, Unit

PROJECT_NAMES = frozenset(f"{PROJECT}{name}" for name in ("project", "code", "name", "unit_or_name", "unit_or_code"))
"""The fields of columns that name a project."""

_CODE_AND_NAME = re.compile(r"(?P<code>\d{8}P[0-9A-Z]{12}|[A-Z]?\d{12,20})[\s\-—_:：/]*(?P<name>\D.*)?", re.DOTALL)
_CODE_BEFORE_NAME = re.compile(r"\s*(?P<code>\d{8}[A-Z][0-9A-Z]{12})[\s\-—_:：/]+(?P<name>\D.*)", re.DOTALL)
_NUMBERING = re.compile(
    r"\s*(?:三级)?指标\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[①-⑳])\s*(?:[：:、]|[.．](?!\d))\s*"
)
_YEAR_DIGITS = 4
_MOST_LIKELY = 100
"""Projects of one code or name that are looked at where a row names none of them whole."""
_BETWEEN = re.compile(r"[\s\-—_]")
_UNIT_AND_NAME = re.compile(r"(\d{3,})?[\s\-—_]*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ListedRow:
    """An indicator with the sheet and the row it stands in; its id is empty."""

    sheet: str
    row: int
    indicator: Indicator


@dataclass(slots=True)
class ListedProject:
    """A project of a list; its id and its indicators are empty, the rows stand for them."""

    project: Project
    rows: list[ListedRow] = field(default_factory=list)
    has_form: bool = False
    has_amount_unit: bool = False
    is_repeated: bool = False
    """Whether the file's own form tells the same project: then it is compared, and is none of its own."""
    details: dict[str, str] = field(default_factory=dict)
    """Fields this program's own form has not, by their names."""
    origins: dict[str, str] = field(default_factory=dict)
    """Where the words of each field stand."""

    def take_amount_unit(self, unit: str) -> None:
        """Takes the unit its amounts are counted in; the first one that is named holds."""
        if unit and not self.has_amount_unit:
            self.has_amount_unit = True
            self.project = replace(self.project, amount_unit=unit)


@dataclass(slots=True)
class ListedDepartment:
    """What a form of a whole department says of its goals. `tasks`: each with what belongs to it."""

    unit: Unit = field(default_factory=Unit)
    goals: list[str] = field(default_factory=list)
    tasks: list[tuple[str, str]] = field(default_factory=list)
    origins: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Where unit, goals and tasks stand."""


@dataclass(slots=True)
class Listing:
    """What the lists of a file say. `loose`: words no field took, by sheet and column or place, each with its row."""

    projects: list[ListedProject] = field(default_factory=list)
    years: set[int] = field(default_factory=set)
    front_years: set[int] = field(default_factory=set)
    """Those that lines around the tables say."""
    text_year: int | None = None
    """The year of the text among whose tables they stand."""
    titles: dict[str, None] = field(default_factory=dict)
    """The names of the tables, each once."""
    led: list[str] = field(default_factory=list)
    """Where a sign was made of words such as 正向."""
    loose: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    numbered: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Labels in front of indicators' names, by sheet."""
    notes: list[Note] = field(default_factory=list)
    budget: Budget = field(default_factory=Budget)
    stated: Stated | None = None
    """What the first of this program's own lists says of the whole text, above its headers."""
    departments: list[ListedDepartment] = field(default_factory=list)
    _whole: dict[tuple[str, ...], ListedProject] = field(default_factory=dict)
    """By code, name and unit as a row named them, the unit among them."""
    _named: dict[tuple[str, str], list[ListedProject]] = field(default_factory=lambda: defaultdict(list))
    """By code alone and by name alone, each project once."""

    def add_row(self, listed: ListedProject, row: ListedRow) -> None:
        """Adds a row of another place's table: «指标1：» in front of its name is a label there, and is told."""
        found = _NUMBERING.match(row.indicator.name)
        if found:
            self.numbered[row.sheet].append(found[0].strip())
            name = row.indicator.name[found.end() :]
            if not name and not row.indicator.value:
                return
            row = replace(row, indicator=replace(row.indicator, name=name))
        listed.rows.append(row)

    def leave(self, sheet: str, place: str, row: int, text: str) -> None:
        """Keeps words that no field takes."""
        self.loose[sheet, place].append(f"第{row}行：{text}")

    def state(self, stated: Stated | None, sheet: Sheet) -> None:
        """Takes what the lines above a list say; where two lists differ, the first one holds and the other is kept."""
        if stated is None:
            return
        if self.stated is None:
            self.stated = stated
        elif (stated.unit, stated.year) != (self.stated.unit, self.stated.year):
            for number in sorted(stated.rows):
                self.leave(sheet.name, "表头以外", number, next(iter(sheet.rows[number].values())))

    def take_year(self, words: str) -> bool:
        """Takes the year that a line around a table says; whether it is one."""
        digits = squeeze(words).rstrip("年度")
        if not (digits.isdecimal() and len(digits) == _YEAR_DIGITS):
            return False
        self.front_years.add(int(digits))
        return True

    def add(self, template: Template) -> ListedProject:
        """A project of a form of its own, which is none of those before."""
        self.budget.take(lines=1)
        fresh = Project("", amount_unit=template.amount_units[0], goals_numbering=template.numbering.goals)
        self.projects.append(ListedProject(fresh))
        return self.projects[-1]

    def unplaced(self) -> tuple[str, ...]:
        """The loose words, all of one column together."""
        return tuple(f"{sheet_name(sheet)}{place}\n" + "\n".join(lines) for (sheet, place), lines in self.loose.items())

    def loose_notes(self) -> tuple[Note, ...]:
        """A sentence on each kind of loose words."""
        return tuple(
            Note(
                Kind.UNPLACED,
                f"{sheet_name(sheet)}{place}的 {len(lines)} 处内容没有对应的填报项，已保留：「{shortened(lines[0])}」",
            )
            for (sheet, place), lines in self.loose.items()
        )

    def project(
        self, code: str, name: str, unit: Unit, template: Template, current: ListedProject | None = None
    ) -> ListedProject:
        """The project a row names: `current` where it may be that, else the one of that code, or of that name where one of both
        has no code; a new one where there is none, or no telling which. Projects of one name and two units are two."""
        found = self._whole.get(_whole(code, name, unit)) if unit != Unit() else None
        if found is None and current is not None and is_same(current.project, code, name, unit):
            found = current
        if found is None:
            same = [each for each in self._likely(code, name) if is_same(each.project, code, name, unit)]
            found = same[0] if same and (len(same) == 1 or unit != Unit() or has_known_form(code)) else None
        return self._take(found, code, name, unit, template)

    def named_whole(self, code: str, name: str, unit: Unit, template: Template) -> ListedProject:
        """The project of exactly that code, name and unit, as this program's own lists name it in every row."""
        return self._take(self._whole.get(_whole(code, name, unit)), code, name, unit, template)

    def _take(self, found: ListedProject | None, code: str, name: str, unit: Unit, template: Template) -> ListedProject:
        """The project found, or a new one, with what the row says of it."""
        if found is None:
            found = self.add(template)
        own = found.project
        units = Unit(own.unit.code or unit.code, own.unit.name or unit.name)
        found.project = replace(own, code=own.code or code, name=own.name or name, unit=units)
        self._whole[_whole(code, name, unit)] = found
        for key in self._keys(code, name):
            if not any(each is found for each in islice(reversed(self._named[key]), _MOST_LIKELY)):
                self._named[key].append(found)
        return found

    def _likely(self, code: str, name: str) -> Iterator[ListedProject]:
        """Those of that code and those of that name, each once, the last first."""
        seen: set[int] = set()
        for key in self._keys(code, name):
            for each in islice(reversed(self._named[key]), _MOST_LIKELY):
                if id(each) not in seen:
                    seen.add(id(each))
                    yield each

    @staticmethod
    def _keys(code: str, name: str) -> list[tuple[str, str]]:
        return [(kind, words) for kind, words in (("code", squeeze(code)), ("name", squeeze(name))) if words]


def _whole(code: str, name: str, unit: Unit) -> tuple[str, ...]:
    return tuple(map(squeeze, (code, name, unit.code, unit.name)))


def last_of(listed: ListedProject, scope: str) -> Indicator:
    """The last row of that scope; an empty one where there is none."""
    rows = (row.indicator for row in reversed(listed.rows) if row.indicator.scope == scope)
    return next(rows, Indicator(""))


def sheet_name(sheet: str) -> str:
    """How sentences name a sheet; tables of a text have no name."""
    return f"工作表「{sheet}」" if sheet else "表格中"


def is_same(project: Project, code: str, name: str, unit: Unit) -> bool:
    """Whether these name the project: a code of the budget system by itself, anything else where nothing of it differs."""
    if code and has_known_form(code) and squeeze(project.code) == squeeze(code):
        return True
    pairs = [(project.code, code), (project.name, name)]
    met = [squeeze(own) == squeeze(other) for own, other in pairs if own and other]
    return any(met) and all(met) and may_be_one(project.unit, unit)


def may_be_one(unit: Unit, other: Unit) -> bool:
    """Whether two units may be the same: nothing that both of them say differs, or both are the same words in one."""
    pairs = ((unit.code, other.code), (unit.name, other.name))
    return all(squeeze(own) == squeeze(words) for own, words in pairs if own and words) or _joined(unit) == _joined(
        other
    )


def _joined(unit: Unit) -> str:
    return _BETWEEN.sub("", unit.code + unit.name)


def code_and_name(values: Mapping[str, str]) -> tuple[str, str]:
    """The project a row names: in columns of their own, or both in one."""
    code, name = values.get("code", ""), values.get("name", "")
    both = values.get("project", "")
    found = _CODE_AND_NAME.fullmatch(both)
    if found:
        return code or found["code"], name or found["name"] or ""
    if name and not code:
        return split_name(name)
    return code, name or both


def named_project(values: Mapping[str, str]) -> tuple[str, str]:
    """(code, name) of the project in these columns."""
    prefix = len(PROJECT)
    named = {field[prefix:]: " ".join(values[field].split("\n")) for field in PROJECT_NAMES & values.keys()}
    for name, both in (("name", "unit_or_name"), ("code", "unit_or_code")):
        if named.get(both) and not named.get(name):
            named[name] = named[both].strip()
    return code_and_name(named)


def split_name(text: str) -> tuple[str, str]:
    """The code of the budget system in front of a project's name, and the name; no code where none stands there."""
    found = _CODE_BEFORE_NAME.fullmatch(text)
    return (found["code"], found["name"]) if found else ("", text)


def set_field(listed: ListedProject, name: str, text: str, template: Template) -> bool:
    """Takes a value of the project; False where the project already has another."""
    project = listed.project
    if name == "goals":
        numbering, goals = read_goals(text.split("\n"), template.numbering.goals)
        changed = replace(project, goals_numbering=numbering, goals=goals)
        free = not project.goals
    elif name in ("unit", "unit_code"):
        changed = replace(project, unit=read_unit(project.unit, name, text))
        free = not (project.unit.name if name == "unit" else project.unit.code)
    else:
        changed = fieldpath.replace(project, name, text)
        free = not fieldpath.get(project, name)
    if free:
        listed.project = changed
        listed.has_form = listed.has_form or name not in ("unit", "unit_code")
    return free or changed == project


def read_unit(old: Unit, name: str, text: str) -> Unit:
    """The unit with what a column of units or of their codes says of it."""
    if name == "unit_code":
        return Unit(text, old.name)
    found = _UNIT_AND_NAME.fullmatch(text)
    assert found is not None  # the pattern takes any text
    return Unit(old.code or found[1] or "", found[2])
