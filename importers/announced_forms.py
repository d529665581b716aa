"""Reads tables of the forms that are installed: each row shows the form's own labels in their places, so nothing is guessed.

What is laid out another way, be it by one column, is left to the reader of tables that nobody announced.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from importers.installed_forms import installed_forms
from importers.laid_out_tables import LaidOut, read_label, read_table, shows_labels, without_lines
from importers.numbered_lines import read_goals, written_lines
from importers.recognise import Recognition
from importers.report import Kind, Note, Report, shortened
from importers.table_grid import GridRow, grid, squeeze
from models.document import fieldpath
from models.document.blocks import Block, Paragraph, Table
from models.document.table_layout import FormTable
from models.document.template import DEFAULT
from models.document.tree import GoalDocument, Indicator, Project
from models.forms.form_definition import SCOPES, ProjectForm


def read_announced(blocks: Sequence[Block]) -> Recognition | None:
    """The document of these blocks where all of their tables are of one of the forms; None where they are not."""
    tables = [block for block in blocks if isinstance(block, Table)]
    if not tables:
        return None
    first = grid(tables[0])  # most files are of none of the forms: one table says so
    forms = [form for form in installed_forms() if _begins(first, form)]
    lines = written_lines([block.text for block in blocks if isinstance(block, Paragraph)]) if forms else []
    grids = [first, *map(grid, tables[1:])] if forms else []
    written = {squeeze(line) for line in lines}
    for form in sorted(forms, key=lambda form: squeeze(form.title) not in written):
        if (found := _read_all(grids, form)) is not None:
            return _document(found, form, lines)
    return None


def may_be_announced(words: Iterable[str]) -> bool:
    """A quick look: whether every plain label of one of the forms is among the words of a sheet."""
    return shows_labels(words, (form.tables for form in installed_forms()))


def sheet_blocks(table: Table) -> tuple[Block, ...]:
    """All rows of a sheet as the lines above a table and the table, which may begin with rows of one cell itself."""
    above = next((at for at, row in enumerate(table.rows) if len(row.cells) > 1), len(table.rows))
    for start in range(above, 0, -1):
        rows = grid(Table(table.rows[start:]))
        if any(_begins(rows, form) for form in installed_forms()):
            lines = (line for row in table.rows[:start] for cell in row.cells for line in cell.paragraphs)
            return (*lines, Table(table.rows[start:]))
    return without_lines(table)


def _begins(first: Sequence[GridRow], form: ProjectForm) -> bool:
    """Whether this is the first table of a project in that form."""
    return any(read_table(first, tables[0], LaidOut()) for tables in form.layouts)


def _read_all(tables: Sequence[Sequence[GridRow]], form: ProjectForm) -> list[LaidOut] | None:
    """What each project's tables say; None where one of them is laid out another way."""
    return next((found for layout in form.layouts if (found := _read_as(tables, layout)) is not None), None)


def _read_as(tables: Sequence[Sequence[GridRow]], layout: Sequence[FormTable]) -> list[LaidOut] | None:
    if len(tables) % len(layout):
        return None
    found: list[LaidOut] = []
    for place, rows in enumerate(tables):
        if place % len(layout) == 0:
            found.append(LaidOut())
        if not read_table(rows, layout[place % len(layout)], found[-1]):
            return None
    return found


def _document(read: Sequence[LaidOut], form: ProjectForm, lines: Sequence[str]) -> Recognition:
    """What the tables and the lines around them say."""
    left: list[str] = []
    stated: dict[str, str] = {}
    for line in lines:
        if squeeze(line) == squeeze(form.title):
            continue
        if found := read_label(form.line, line) if form.line else None:
            stated |= {name: text for name, text in found.items() if text}
        else:
            left.append(line.strip())
    projects = tuple(_project(one, form, number) for number, one in enumerate(read, 1))
    document = GoalDocument(template=DEFAULT, projects=projects, unplaced=tuple(left))
    for name, text in stated.items():
        if name != "year":
            document = fieldpath.replace(document, name, text)
        elif text.isdigit() and len(text) == 4:
            document = replace(document, year=int(text))
    return Recognition(document, Report(tuple(_notes(document, form))), form=form.id)


def _project(read: LaidOut, form: ProjectForm, number: int) -> Project:
    project = Project(f"p{number}", goals_numbering=form.numbering)
    for name, text in read.fields.items():
        if name == "goals":
            numbering, goals = read_goals(text.split("\n") if text else [], form.numbering)
            project = replace(project, goals_numbering=numbering, goals=goals)
        else:
            project = fieldpath.replace(project, name, text)
    rows = []
    for place, (each, values) in enumerate(read.rows, 1):
        scope = SCOPES[each]
        said: dict[str, Any] = {name: text for name, text in values.items() if name in form.scopes[scope]}
        rows.append(Indicator(f"i{place}", scope=scope, **said))
    return replace(project, indicators=tuple(rows))


def _notes(document: GoalDocument, form: ProjectForm) -> Iterator[Note]:
    yield Note(Kind.FOUND, f"表样：{form.name}，按它的栏目读入。")
    if "year" in form.document_fields:
        if document.year is None:
            yield Note(Kind.SOURCE, "预算年度：文中没有写明，请补填。", "year")
        else:
            yield Note(Kind.SOURCE, f"预算年度：{document.year} 年（取自标题下一行）", "year")
    for number, project in enumerate(document.projects, 1):
        words = f"项目 {number}「{project.name}」：预算数 {project.budget or '空'}，指标 {len(project.indicators)} 行"
        yield Note(Kind.FOUND, words, f"projects[{project.id}]")
    for line in document.unplaced:
        yield Note(Kind.UNPLACED, f"未能归位，已保留：「{shortened(line)}」")
