"""From a document to blocks: what the official text prints, in its order, each word with the field it shows."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count

from exporters.table_builder import ProjectRecord, drawn
from models.document.blocks import (
    Block,
    Contents,
    PageBreak,
    Paragraph,
    Role,
    Span,
    SpanRole,
    Table,
    paragraph,
    paragraphs,
)
from models.document.numbering import draw
from models.document.template import Template
from models.document.tree import GoalDocument, Indicator, Items, ItemT, Measure, Project, Settings, SubGoal
from models.document.unit_heading import begins_unit

BLANK = Paragraph(role=Role.BLANK)


def build(
    document: GoalDocument,
    template: Template,
    settings: Settings | None = None,
    *,
    first_project: int = 1,
    made: date | None = None,
) -> tuple[Block, ...]:
    """The blocks of a text. With `settings`, the cover and the contents before it and the headings of units, as far as they
    are switched on. `first_project`: the number drawn in the title of the first one; `made`: the day whose month the cover
    bears.
    """
    numbers = count(1)
    return (
        *(_front(document, template, settings, made) if settings else ()),
        *_part_one(document, template, numbers),
        *_part_two(document, template, numbers, settings or Settings(), first_project),
    )


def unit_heading(project: Project, number: int, template: Template) -> Paragraph:
    """The line above a project that is the first of its unit. `number`: of the headings, counted from 1."""
    path = f"projects[{project.id}].unit"
    parts = ((project.unit.code, "code"), (project.unit.name, "name"))
    spans = tuple(Span(text.replace("\n", " "), f"{path}.{name}") for text, name in parts)
    return Paragraph(spans, Role.UNIT, template.bookmarks.unit.format(n=number))


def project_blocks(project: Project, number: int, template: Template, bookmark: str | None = None) -> tuple[Block, ...]:
    """One project's title and tables. `number` is drawn in the title, counted from 1."""
    path = f"projects[{project.id}]"
    own, indicators = template.tables
    record = ProjectRecord(project, path, template.labels.amount_unit)
    return (
        _project_title(project, number, template, path, bookmark),
        drawn(own, record),
        BLANK,
        drawn(indicators, record),
        BLANK,
    )


def _front(document: GoalDocument, template: Template, settings: Settings, made: date | None) -> Iterator[Block]:
    if settings.cover:
        if document.unit.name:
            yield paragraph(document.unit.name, Role.COVER, "unit.name")
        if document.year is not None:
            yield Paragraph((Span(str(document.year), "year"), Span("年")), Role.COVER)
        yield paragraph(template.document_name, Role.COVER)
        if made is not None:
            yield paragraph(f"{made.year}年{made.month}月", Role.COVER_DATE)
        yield PageBreak()
    if settings.contents:
        yield Contents(template.labels.contents)
        yield PageBreak()


def _part_one(document: GoalDocument, template: Template, numbers: Iterator[int]) -> Iterator[Block]:
    headings = document.headings
    lines = (
        (document.title, Role.TITLE, "title"),
        (headings.part_one, Role.PART, "headings.part_one"),
        (headings.part_one_name, Role.PART_NAME, "headings.part_one_name"),
    )
    yield from (paragraph(text, role, path) for text, role, path in lines if text is not None)
    sections: tuple[tuple[str, tuple[Paragraph, ...]], ...] = (
        ("overall_goal", _text(document.overall_goal, "overall_goal")),
        ("sub_goals", tuple(_items(document.sub_goals, "sub_goals", template))),
        ("safeguards", tuple(_items(document.safeguards, "safeguards", template))),
    )
    for name, content in sections:
        heading: str | None = getattr(headings, name)
        if heading is None and content:
            heading = getattr(template.labels, name)
        if heading is not None:
            bookmark = template.bookmarks.section.format(n=next(numbers))
            yield Paragraph((Span(heading, f"headings.{name}"),), Role.SECTION, bookmark)
        yield from content


def _part_two(
    document: GoalDocument, template: Template, numbers: Iterator[int], settings: Settings, first_project: int
) -> Iterator[Block]:
    headings = document.headings
    lines = (
        (headings.part_two, Role.PART, "headings.part_two"),
        (headings.part_two_name, Role.PART_NAME, "headings.part_two_name"),
    )
    present = [paragraph(text, role, path) for text, role, path in lines if text is not None]
    if present:
        yield PageBreak()
        yield from present
    units = count(1)
    for place, project in enumerate(document.projects):
        if (place and settings.new_page_per_project) or (not place and not present):
            yield PageBreak()
        if settings.unit_headings and begins_unit(document.projects, place):
            yield unit_heading(project, next(units), template)
        bookmark = template.bookmarks.project.format(n=next(numbers))
        yield from project_blocks(project, place + first_project, template, bookmark)


def _text(text: str, path: str) -> tuple[Paragraph, ...]:
    return paragraphs(text, path=path) if text else ()


def _items(items: Items[ItemT], path: str, template: Template) -> Iterator[Paragraph]:
    yield from _text(items.preface, f"{path}.preface")
    for place, item in enumerate(items.items):
        yield from _item(item, f"{path}[{item.id}]", item.number or draw(items.numbering, place + 1), template)


def _item(item: SubGoal | Measure, path: str, marker: str, template: Template) -> Iterator[Paragraph]:
    lines = item.text.split("\n") if item.text else []
    spans = [Span(marker, f"{path}.number", SpanRole.NUMBER), Span(item.heading, f"{path}.heading")]
    if item.run_in and lines:
        spans = [Span(span.text, span.path, SpanRole.RUN_IN) for span in spans]
        spans.append(Span(lines.pop(0), f"{path}.text"))
        yield Paragraph(tuple(spans), Role.BODY)
    else:
        yield Paragraph(tuple(spans), Role.ITEM)
    yield from (paragraph(line, path=f"{path}.text") for line in lines)
    if isinstance(item, SubGoal):
        for label, name, text in (
            (template.labels.goal, "goal", item.goal),
            (template.labels.indicator, "indicator", item.indicator),
        ):
            if text is not None:
                yield from _labelled(label, text, f"{path}.{name}")


def _labelled(label: str, text: str, path: str) -> Iterator[Paragraph]:
    first, *rest = text.split("\n")
    yield Paragraph((Span(label, path, SpanRole.LABEL), Span(first, path)))
    yield from (paragraph(line, path=path) for line in rest)


def _project_title(project: Project, number: int, template: Template, path: str, bookmark: str | None) -> Paragraph:
    before, after = template.labels.project_title.split("{name}")
    spans = (Span(before.format(n=number)), Span(project.name.replace("\n", " "), f"{path}.name"), Span(after))
    return Paragraph(spans, Role.PROJECT_TITLE, bookmark)


def indicator_table(indicators: Sequence[Indicator], template: Template, path: str) -> Table:
    """The table of these rows alone."""
    return drawn(template.tables[1], ProjectRecord(Project("", indicators=tuple(indicators)), path))
