"""From a document to the blocks of a form with one table for each project."""

from collections.abc import Iterator
from itertools import count

from exporters.table_builder import ProjectRecord, drawn, label_spans
from models.document import fieldpath
from models.document.blocks import Block, PageBreak, Paragraph, Role, Span, paragraph
from models.document.table_layout import braces
from models.document.tree import GoalDocument, Project
from models.forms.form_definition import ProjectForm

_BOOKMARK = "_Toc_4_4_{n:010d}"


def build_form(document: GoalDocument, form: ProjectForm) -> tuple[Block, ...]:
    """The blocks of a document in that form, each project on a page of its own."""
    blocks: list[Block] = []
    numbers = count(1)
    for project in document.projects:
        if blocks:
            blocks.append(PageBreak())
        blocks += form_page(project, document, form, _BOOKMARK.format(n=next(numbers)))
    return tuple(blocks)


def form_page(project: Project, document: GoalDocument, form: ProjectForm, bookmark: str | None = None) -> list[Block]:
    """The lines and tables of one project."""
    line = tuple(_line(form.line, document))
    blocks: list[Block] = [paragraph(form.title, Role.PART_NAME)] if line else []
    title = Paragraph(line or (Span(form.title),), Role.PROJECT_TITLE, bookmark)
    record = ProjectRecord(project, f"projects[{project.id}]")
    return [*blocks, title, *(drawn(table, record) for table in form.tables)]


def _line(line: str, document: GoalDocument) -> Iterator[Span]:
    """The second line; nothing where all of its fields are empty."""
    shown = _Shown(document)
    if any(shown.words(field)[0].strip() for _, field in braces(line) if field):
        yield from label_spans(line, shown)


class _Shown:
    """What the line shows of a document."""

    def __init__(self, document: GoalDocument) -> None:
        self._document = document

    def words(self, field: str) -> tuple[str, str]:
        value = fieldpath.get(self._document, field)
        return "" if value is None else str(value), field
