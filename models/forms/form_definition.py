"""A form with one table for each project, as data: a folder of `resources/forms/` or of the user's own data folder."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, get_type_hints

from models.document.table_layout import (
    ANNUAL,
    LONG_TERM,
    FormCell,
    FormRow,
    FormTable,
    braces,
    field_names,
    read_tables,
)
from models.document.template import FORM_FILE, FORMS, TierScheme, form_kinds, load_template
from models.document.toml_values import TomlValues, is_field, read_toml_values
from models.document.tree import PLAN_LENGTH, GoalDocument, Indicator, Project, Scope
from resources import ROOT

PROJECT = "project"
USER_FOLDER = "forms"
"""Where the user's own forms lie, in the data folder."""
_KEYS = ("id", "name", "kind", "document_name", "title", "line", "tiers", "landscape", "numbering", "checks", "tables")
SCOPES: Mapping[str, Scope] = {ANNUAL: "annual", LONG_TERM: "long_term"}
_LISTS = frozenset({"goals", *(f"spending_plan[{place}]" for place in range(PLAN_LENGTH))})
"""What a cell shows of a project besides its words: all goals, each part of the plan."""
_RULES = ROOT / "checks" / "rules.toml"


@dataclass(frozen=True, slots=True)
class Checks:
    """Which checks speak for a form: those of these groups, single ones of them left out. None is all groups."""

    groups: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectForm:
    """`title`, `line`: the lines above each table, the second with fields of the document in braces, left out where all of
    them are empty. `scheme`: the tiers the form knows; `numbering`: of goals; `folder`: where its files lie."""

    id: str
    name: str
    document_name: str
    title: str
    line: str
    scheme: TierScheme
    landscape: bool
    numbering: str
    tables: tuple[FormTable, ...]
    folder: Path
    checks: Checks = Checks()

    @property
    def layouts(self) -> tuple[tuple[FormTable, ...], ...]:
        """The tables of a project as they stand on a page, and as a sheet of a workbook has them, all in one."""
        if len(self.tables) == 1:
            return (self.tables,)
        widest = max((table.columns for table in self.tables), key=len)
        rows = tuple(_widened(row, len(widest) - len(table.columns)) for table in self.tables for row in table.rows)
        return self.tables, (FormTable(widest, rows),)

    @property
    def columns(self) -> tuple[int, ...]:
        """The widths of the first table's grid."""
        return self.tables[0].columns

    @property
    def document_fields(self) -> tuple[str, ...]:
        """What it shows of the document outside the projects."""
        return tuple(name for _, name in braces(self.line) if name)

    @property
    def fields(self) -> tuple[str, ...]:
        """What it shows of a project."""
        return field_names(self.tables)

    @property
    def row_fields(self) -> tuple[str, ...]:
        """What it shows of an indicator."""
        return field_names(self.tables, ANNUAL)

    @property
    def scopes(self) -> Mapping[Scope, tuple[str, ...]]:
        """What it shows of the indicators of each scope that it has rows for, in the order of its rows."""
        rows = (row for table in self.tables for row in table.rows if row.each)
        return {SCOPES[row.each]: field_names(self.tables, row.each) for row in rows}


def _widened(row: FormRow, columns: int) -> FormRow:
    """A row with so many blank cells at its end."""
    return replace(row, cells=(*row.cells, *(FormCell("", None),) * columns))


@dataclass(frozen=True, slots=True)
class FormName:
    """A form in a list: its id, its name, and where it lies."""

    id: str
    name: str
    is_text: bool


def user_forms(data_folder: Path) -> Path:
    """The folder of the user's own forms."""
    return data_folder / USER_FOLDER


def list_forms(own: Path | None = None) -> tuple[FormName, ...]:
    """All forms: the texts, then those of one table a project, the shipped ones first. UserError for a broken file."""
    texts = [FormName(form_id, load_template(form_id).name, True) for form_id, kind in form_kinds() if kind != PROJECT]
    return (*texts, *(FormName(form.id, form.name, False) for form in load_project_forms(own)))


def load_project_forms(own: Path | None = None) -> tuple[ProjectForm, ...]:
    """Every form of one table a project: the shipped ones, then those in the user's folder. UserError for a broken file."""
    return tuple(_load(folder, form_id) for folder, form_id in _places(own))


def load_form(form_id: str, own: Path | None = None) -> ProjectForm | None:
    """The form of that id; None for a text, which is built from its template. UserError where no such form is installed.

    An id is the name of an installed form and nothing else: it never leads to a file by a path.
    """
    for folder, known in _places(own):
        if known == form_id:
            return _load(folder, known)
    load_template(form_id)
    return None


def _places(own: Path | None) -> list[tuple[Path, str]]:
    folders = (FORMS, own) if own is not None and own.is_dir() else (FORMS,)
    found: dict[str, Path] = {}
    for folder in folders:
        for form_id, kind in form_kinds(folder):
            if kind == PROJECT:
                found.setdefault(form_id, folder)
    return [(folder, form_id) for form_id, folder in found.items()]


def _load(folder: Path, form_id: str) -> ProjectForm:
    file = folder / form_id / FORM_FILE
    return _read(file, file.stat().st_mtime_ns)


@cache
def _read(file: Path, _changed: int) -> ProjectForm:
    values = read_toml_values(file)
    values.refuse_unknown(_KEYS)
    if values.text("id") != file.parent.name:
        raise values.fault("id", f"应与文件夹的名称「{file.parent.name}」相同")
    template = load_template()
    scheme = values.text("tiers", template.default_scheme)
    if scheme not in {known.id for known in template.schemes}:
        raise values.fault("tiers", f"指向不存在的体系「{scheme}」")
    form = ProjectForm(
        values.text("id"),
        values.text("name"),
        values.text("document_name"),
        values.text("title"),
        values.text("line", ""),
        template.scheme(scheme),
        values.take("landscape", bool, False),
        values.text("numbering", template.numbering.goals),
        read_tables(values),
        file.parent,
        _read_checks(values.table("checks")) if values.has("checks") else Checks(),
    )
    _check(form, values)
    return form


def _read_checks(values: TomlValues) -> Checks:
    values.refuse_unknown(("groups", "without"))
    known = tomllib.loads(_RULES.read_text(encoding="utf-8"))
    for key, names in (("groups", known["groups"]), ("without", known["names"])):
        for name in values.list_of(key, str) if values.has(key) else ():
            if name not in names:
                raise values.fault(key, f"指向不存在的检查「{name}」")
    groups = values.list_of("groups", str) if values.has("groups") else None
    return Checks(groups, values.list_of("without", str) if values.has("without") else ())


def _check(form: ProjectForm, values: TomlValues) -> None:
    _check_line(form, values)
    for table, entry in zip(form.tables, values.tables("tables"), strict=True):
        fixed = [row for row in table.rows if not (row.optional or row.each)]
        if not fixed:
            raise entry.fault("rows", "里没有一行总是印出来，这个表可能一行也没有")
        if all(len(row.cells) < 2 for row in fixed):
            raise entry.fault(
                "rows", "里总是印出来的行都只有一格，至少要有一行是并排的几格：没有，读回来时认不出是表格"
            )
        for row, row_entry in zip(table.rows, entry.tables("rows"), strict=True):
            for cell, cell_entry in zip(row.cells, row_entry.tables("cells"), strict=True):
                _check_cell(cell, row.each, cell_entry)
    if "name" not in form.fields:
        raise values.fault("tables", "里没有项目名称（name）：没有它，读回来时不知道是哪个项目")
    for each in SCOPES:
        if sum(row.each == each for table in form.tables for row in table.rows) > 1:
            raise values.fault("tables", f'里有两处 each = "{each}"，只能有一处')
    if any(one.each and other.each for one, other in pairwise(row for table in form.tables for row in table.rows)):
        raise values.fault("tables", "里有两行 each 紧挨着，中间要有一行标签：没有它，读回来时分不开")


def _check_line(form: ProjectForm, values: TomlValues) -> None:
    known = (_word_fields(GoalDocument) | {"year"}) - {"template"}
    for name in form.document_fields:
        if not is_field(GoalDocument, name):
            raise values.fault("line", f"指向不存在的栏目「{name}」")
        if name not in known:
            raise values.fault("line", _no_words(name, known))
    _check_apart(form.line, "line", values)


def _check_cell(cell: FormCell, each: str, values: TomlValues) -> None:
    key, known = "field" if cell.field else "label", _word_fields(Indicator if each else Project)
    if cell.field and not each:
        known = known | _LISTS
    for name in cell.fields:
        if name not in known:
            raise values.fault(key, _no_words(name, known))
    _check_apart(cell.label or "", key, values)


def _check_apart(text: str, key: str, values: TomlValues) -> None:
    """Between two fields in one text stands something to tell them apart by."""
    if any(name and not words.strip() for words, name in islice(braces(text), 1, None)):
        raise values.fault(key, f"「{text}」里有两个栏目紧挨着，中间要有字：没有字，读回来时分不开")


def _no_words(name: str, known: Iterable[str]) -> str:
    own = next((field for field in sorted(known) if field.startswith((f"{name}.", f"{name}["))), "")
    return f"里的「{name}」不是一栏文字{f'，请写明是哪一栏，例如「{own}」' if own else '，这里不能用'}"


@cache
def _word_fields(part: type[Any]) -> frozenset[str]:
    """The fields of a part that are words, and those of the parts in it."""
    kinds = get_type_hints(part)
    own = {field.name: kinds[field.name] for field in fields(part) if field.name != "id"}
    below = (f"{name}.{leaf}" for name, kind in own.items() if is_dataclass(kind) for leaf in _word_fields(kind))  # type: ignore[arg-type]
    return frozenset((*(name for name, kind in own.items() if kind in (str, str | None)), *below))
