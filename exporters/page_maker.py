"""The pages of a text that is being edited: only what changed since the last time is laid out again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from exporters.block_order import headings, marked
from exporters.build import build, project_blocks, unit_heading
from exporters.made import made_now
from exporters.paginate import paginate, paginate_front, renumbered
from exporters.placed_pages import Page, page_numbers
from models.document.blocks import Block, PageBreak, Paragraph, Role, paragraph
from models.document.template import Template
from models.document.tree import GoalDocument, Project, Settings
from models.document.unit_heading import begins_unit

_MORE = (PageBreak(), paragraph("…"))
"""Put after a part that others follow, and its page taken off again: only the last table of a text is followed by a line."""


_Around = tuple[int, str, tuple[Paragraph, ...], bool, Template, bool]
"""A project's place, its bookmark, its unit's heading if there is one, whether one stands before it, the form, whether
others follow."""


@dataclass(slots=True)
class _Part:
    """What stands on pages of its own. `source`: all it was made from; equal ones make equal pages.

    `pages` bear the numbers they had in the text last time.
    """

    source: tuple[object, ...]
    headings: tuple[Paragraph, ...]
    pages: tuple[Page, ...]


class PageMaker:
    """Makes the pages `paginate(build(…))` makes, `PlacedLine.block` aside. Not for two threads at once."""

    def __init__(self) -> None:
        self._parts: dict[str, _Part] = {}

    def pages(self, document: GoalDocument, template: Template, settings: Settings) -> tuple[Page, ...]:
        """All pages, cover and contents as the settings want them."""
        if not settings.new_page_per_project:
            self._parts.clear()
            return paginate(build(document, template, settings, made=made_now()), template)
        parts = list(self._made(document, template, settings.unit_headings))
        pages: list[Page] = []
        for part in parts:
            part.pages = tuple(renumbered(page, at, template) for at, page in enumerate(part.pages, len(pages) + 1))
            pages += part.pages
        own = GoalDocument(document.template, document.year, document.unit)
        front = build(own, template, settings, made=made_now())
        if not front:
            return tuple(pages)
        found = [heading for part in parts for heading in part.headings]
        return (*paginate_front((*front, *(found or [_MORE[1]])), page_numbers(pages), template), *pages)

    def _made(self, document: GoalDocument, template: Template, unit_headings: bool) -> Iterator[_Part]:
        """The text up to its first project, then the other projects one by one."""
        kept, self._parts = self._parts, {}
        last = len(document.projects) - 1
        head = replace(document, projects=document.projects[:1], unplaced=())
        source: tuple[object, ...] = (head, template, unit_headings, last > 0)
        part = kept.get("")
        if part is None or part.source != source:
            wanted = Settings(cover=False, contents=False, unit_headings=unit_headings)
            part = _laid_out(source, build(head, template, wanted), template, more=last > 0)
        self._parts[""] = part
        yield part
        units = [heading for heading in part.headings if heading.role is Role.UNIT]
        numbered = [heading for heading in part.headings if heading.role in (Role.SECTION, Role.PROJECT_TITLE)]
        marks, unit_marks = count(len(numbered) + 1), count(len(units) + 1)
        below_unit = bool(units)
        for place, project in enumerate(document.projects[1:], 1):
            above: tuple[Paragraph, ...] = ()
            if unit_headings and begins_unit(document.projects, place):
                above = (unit_heading(project, next(unit_marks), template),)
            bookmark = template.bookmarks.project.format(n=next(marks))
            below_unit = below_unit or bool(above)
            around = (place, bookmark, above, below_unit, template, place < last)
            part = self._project(kept.get(project.id), project, around)
            self._parts[project.id] = part
            yield part

    def _project(self, kept: _Part | None, project: Project, around: _Around) -> _Part:
        # The same object first: an untouched project is the very one of the document before.
        if kept is not None and (kept.source[0] is project or kept.source[0] == project) and kept.source[1:] == around:
            return kept
        place, bookmark, above, below_unit, template, more = around
        blocks = (*above, *project_blocks(project, place + 1, template, bookmark))
        return _laid_out((project, *around), blocks, template, more=more, below_unit=below_unit)


def _laid_out(
    source: tuple[object, ...], blocks: Sequence[Block], template: Template, *, more: bool, below_unit: bool = False
) -> _Part:
    pages = paginate((*blocks, *_MORE) if more else blocks, template, below_unit=below_unit)
    return _Part(source, tuple(headings(marked(blocks))), pages[:-1] if more else pages)
