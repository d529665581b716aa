"""Reads tables of the forms that are installed: each row shows the form's own labels in their places, so nothing is guessed.

What is laid out another way, be it by one column, is left to the reader of tables that nobody announced.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from importers.form_tables import GridCell, GridRow, grid, squeeze
from importers.installed_forms import installed_forms
from importers.numbered_lines import read_goals, written_lines
from importers.recognise import Recognition
from importers.report import Kind, Note, Report, shortened
from models.document import fieldpath
from models.document.blocks import Block, Paragraph, Table
from models.document.table_layout import FormCell, FormTable, braces, stretches
from models.document.template import DEFAULT
from models.document.tree import GoalDocument, Indicator, Project
from models.forms.form_definition import SCOPES, ProjectForm

_TIERS = ("tier1", "tier2")


@dataclass(slots=True)
class _Run:
    """Rows drawn one below the other for indicators of one scope. `above`: what the last one says; `rows`: all of the project's."""

    scope: str
    rows: list[dict[str, str]]
    above: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Read:
    """What the tables of one project say."""

    fields: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)


def read_announced(blocks: Sequence[Block]) -> Recognition | None:
    """The document of these blocks where all of their tables are of one of the forms; None where they are not."""
    tables = [grid(block) for block in blocks if isinstance(block, Table)]
    if not tables:
        return None
    lines = written_lines([block.text for block in blocks if isinstance(block, Paragraph)])
    for form in _likely(installed_forms(), lines):
        if (found := _read_all(tables, form)) is not None:
            return _Document(form, lines).made(found)
    return None


def may_be_announced(words: Iterable[str]) -> bool:
    """A quick look: whether every plain label of one of the forms is among the words of a sheet."""
    written = {squeeze(text) for text in words}
    return any(_plain_labels(form.tables) <= written for form in installed_forms())


@cache
def _plain_labels(tables: tuple[FormTable, ...]) -> frozenset[str]:
    cells = (cell for table in tables for row in table.rows for cell in row.cells if not row.each)
    return frozenset(squeeze(cell.label) for cell in cells if cell.label and not cell.fields)


def without_lines(table: Table) -> tuple[Block, ...]:
    """A table of all rows of a sheet, the lines above it as the lines they are."""
    rows = list(table.rows)
    lines: list[Block] = []
    while rows and len(rows[0].cells) == 1:
        lines += rows.pop(0).cells[0].paragraphs
    return (*lines, Table(tuple(rows))) if rows else tuple(lines)


def _likely(forms: Sequence[ProjectForm], lines: Sequence[str]) -> list[ProjectForm]:
    """The forms, those whose title stands there first."""
    written = {squeeze(line) for line in lines}
    return sorted(forms, key=lambda form: squeeze(form.title) not in written)


def _read_all(tables: Sequence[Sequence[GridRow]], form: ProjectForm) -> list[_Read] | None:
    """What each project's tables say; None where one of them is laid out another way."""
    if len(tables) % len(form.tables):
        return None
    found: list[_Read] = []
    for place, rows in enumerate(tables):
        if place % len(form.tables) == 0:
            found.append(_Read())
        if not _read_table(rows, form.tables[place % len(form.tables)], found[-1]):
            return None
    return found


def _read_table(rows: Sequence[GridRow], table: FormTable, found: _Read) -> bool:
    """Takes a table into what was read; False where its rows are not those of the layout."""
    waiting = [row for row in rows if row]
    for number, places in enumerate(table.places()):
        if table.rows[number].each:
            own, waiting = _own_rows(waiting, table, number)
            run = _Run(SCOPES[table.rows[number].each], found.rows)
            if not all(_take_row(row, places, run) for row in own):
                return False
        elif table.rows[number].optional and not (waiting and _take(waiting[0], places, {})):
            continue
        elif not waiting or not _take(waiting.pop(0), places, found.fields):
            return False
    return not waiting


def _own_rows(waiting: list[GridRow], table: FormTable, number: int) -> tuple[list[GridRow], list[GridRow]]:
    """The rows a repeated row was drawn as, and those that follow: all but as many as are left, or up to the labels that come
    before further repeated ones."""
    after = len(table.rows) - number - 1
    if not any(row.each for row in table.rows[number + 1 :]):
        end = len(waiting) - after
    else:
        labels = table.places()[number + 1]
        end = next((place for place, row in enumerate(waiting) if _take(row, labels, {})), len(waiting))
    return waiting[: max(end, 0)], waiting[max(end, 0) :]


def _take(row: GridRow, places: Sequence[FormCell | None], values: dict[str, str]) -> bool:
    """Takes the words of a row to the fields of its places; False where the places or the labels are others."""
    if len(row) != len(places):
        return False
    for cell, place in zip(row, places, strict=True):
        if place is None:
            if cell.text:
                return False
        elif place.field is not None:
            values[place.field] = cell.text
        else:
            labelled = _read_label(place.label or "", cell)
            if labelled is None:
                return False
            values |= {name: text for name, text in labelled.items() if name not in values}
    return True


def _take_row(row: GridRow, places: Sequence[FormCell | None], run: "_Run") -> bool:
    """A repeated row: a place of a cell that merges may be covered from above, or blank, and says what stands above."""
    values: dict[str, str] = {}
    if not _take(row, places, values):
        return False
    if not any(values.values()):
        return True  # a row without a word of its own is none
    above = run.above
    for cell, place in zip(row, places, strict=True):
        if place is not None and place.field is not None and cell.covered:
            values[place.field] = above.get(place.field, "")
    if not values.get("tier1"):
        values["tier1"] = above.get("tier1", "")
    if not values.get("tier2") and values["tier1"] == above.get("tier1"):
        values["tier2"] = above.get("tier2", "")
    run.above = values
    run.rows.append({**values, "scope": run.scope})
    return True


def _read_label(label: str, cell: GridCell) -> Mapping[str, str] | None:
    """The fields in a label; None where the words are others."""
    found = _pattern(label).fullmatch(squeeze(cell.text))
    if found is None:
        return None
    names = [name for _, name in braces(label) if name]
    return {name: text for name, text in zip(names, found.groups(), strict=True) if text is not None}


@cache
def _pattern(label: str) -> re.Pattern[str]:
    parts = []
    for part, may_lack in stretches(label):
        words = "".join(re.escape(squeeze(words)) + ("(.*)" if name else "") for words, name in braces(part))
        parts.append(f"(?:{words})?" if may_lack else words)
    return re.compile("".join(parts), re.DOTALL)


class _Document:
    """Makes the document of what the tables and the lines around them say."""

    def __init__(self, form: ProjectForm, lines: Sequence[str]) -> None:
        self._form = form
        self._left: list[str] = []
        self._stated: dict[str, str] = {}
        for line in lines:
            self._take_line(line)

    def _take_line(self, line: str) -> None:
        if squeeze(line) == squeeze(self._form.title):
            return
        found = _pattern(self._form.line).fullmatch(squeeze(line)) if self._form.line else None
        if found is None or not found.groups():
            self._left.append(line.strip())
        else:
            self._stated |= dict(zip(self._form.document_fields, found.groups(), strict=True))

    def made(self, read: Sequence[_Read]) -> Recognition:
        projects = tuple(self._project(one, number) for number, one in enumerate(read, 1))
        document = GoalDocument(template=DEFAULT, projects=projects, unplaced=tuple(self._left))
        for name, text in self._stated.items():
            if name != "year":
                document = fieldpath.replace(document, name, text)
            elif text.isdigit() and len(text) == 4:
                document = replace(document, year=int(text))
        return Recognition(document, Report(tuple(self._notes(document))), form=self._form.id)

    def _project(self, read: _Read, number: int) -> Project:
        project = Project(f"p{number}", goals_numbering=self._form.numbering)
        for name, text in read.fields.items():
            if name == "goals":
                numbering, goals = read_goals(text.split("\n") if text else [], self._form.numbering)
                project = replace(project, goals_numbering=numbering, goals=goals)
            else:
                project = fieldpath.replace(project, name, text)
        rows = []
        for place, values in enumerate(read.rows, 1):
            printed = self._form.scopes["long_term" if values["scope"] == "long_term" else "annual"]
            said: dict[str, Any] = {name: text for name, text in values.items() if name in (*printed, "scope")}
            rows.append(Indicator(f"i{place}", **said))
        return replace(project, indicators=tuple(rows))

    def _notes(self, document: GoalDocument) -> Iterator[Note]:
        yield Note(Kind.FOUND, f"表样：{self._form.name}，按它的栏目读入。")
        if "year" in self._form.document_fields:
            if document.year is None:
                yield Note(Kind.SOURCE, "预算年度：文中没有写明，请补填。", "year")
            else:
                yield Note(Kind.SOURCE, f"预算年度：{document.year} 年（取自标题下一行）", "year")
        for number, project in enumerate(document.projects, 1):
            words = (
                f"项目 {number}「{project.name}」：预算数 {project.budget or '空'}，指标 {len(project.indicators)} 行"
            )
            yield Note(Kind.FOUND, words, f"projects[{project.id}]")
        for line in self._left:
            yield Note(Kind.UNPLACED, f"未能归位，已保留：「{shortened(line)}」")
