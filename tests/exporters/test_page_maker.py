"""Pages made anew after an edit are those of the whole text, and what was not touched is not laid out again."""

from dataclasses import replace

import pytest
from hypothesis import given

from exporters.build import build
from exporters.made import made_now
from exporters.page_maker import PageMaker
from exporters.paginate import paginate
from exporters.placed_pages import Page
from importers.import_files import read_file
from models.document.tree import GoalDocument, Settings
from tests import strategies
from tests.exporters.samples import TEMPLATE, document, project
from tests.shared import SEEDS, TEXTS

SETTINGS = (
    Settings(),
    Settings(cover=False),
    Settings(cover=False, contents=False),
    Settings(new_page_per_project=False),
    Settings(unit_headings=True),
)


def without_blocks(pages: tuple[Page, ...]) -> list[Page]:
    return [
        replace(
            page,
            lines=tuple(line._replace(block=0) for line in page.lines),
            cells=tuple(cell._replace(block=0) for cell in page.cells),
        )
        for page in pages
    ]


def whole(text: GoalDocument, settings: Settings) -> list[Page]:
    return without_blocks(paginate(build(text, TEMPLATE, settings, made=made_now()), TEMPLATE))


@pytest.mark.parametrize("settings", SETTINGS)
def test_the_pages_are_those_of_the_whole_text(settings: Settings) -> None:
    for source in (*TEXTS, *SEEDS):
        text = read_file(source).draft.document
        assert without_blocks(PageMaker().pages(text, TEMPLATE, settings)) == whole(text, settings)


@given(strategies.documents())
def test_the_pages_of_any_text_are_those_of_the_whole(text: GoalDocument) -> None:
    assert without_blocks(PageMaker().pages(text, TEMPLATE, Settings())) == whole(text, Settings())


def edits() -> list[GoalDocument]:
    """One after the other: words, a project longer, one more, one less, another order, none."""
    first = document(4)
    one, two, three, four = first.projects
    longer = replace(two, fund_use="用于农技培训。" * 600)
    return [
        first,
        replace(first, overall_goal="新的目标。" * 300),
        replace(first, projects=(one, longer, three, four)),
        replace(first, projects=(one, two, three, four, project(5))),
        replace(first, projects=(one, three, four)),
        replace(first, projects=(four, two, one)),
        replace(first, projects=()),
        first,
    ]


@pytest.mark.parametrize("settings", SETTINGS)
def test_after_each_edit_the_pages_are_right(settings: Settings) -> None:
    maker = PageMaker()
    for text in edits():
        assert without_blocks(maker.pages(text, TEMPLATE, settings)) == whole(text, settings)


def test_pages_of_untouched_projects_are_the_very_same() -> None:
    maker, text = PageMaker(), document(4)
    before = maker.pages(text, TEMPLATE, Settings())
    changed = replace(text.projects[2], budget="1.00")
    after = maker.pages(replace(text, projects=(*text.projects[:2], changed, text.projects[3])), TEMPLATE, Settings())
    same = [page for page in after if any(page is old for old in before)]
    shown = {line.path.split(".")[0] for page in same for line in page.lines if line.path and "projects" in line.path}
    assert {"projects[p1]", "projects[p2]"} <= shown
    assert "projects[p3]" not in shown
