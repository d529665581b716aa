"""Which page shows a field is known without looking through all lines, and pages that stayed are not looked through again."""

from exporters.page_maker import PageMaker
from exporters.sparse_pages import sparse_pages
from models.document import fieldpath
from models.document.template import load_template
from models.document.tree import Settings
from tests.benchmarks.large import large_draft
from ui.features.preview.page_index import PageIndex

DRAFT = large_draft(6, 12)
PATHS = (
    "overall_goal",
    "sub_goals[s7].goal",
    "projects[p3]",
    "projects[p3].budget",
    "projects[p4].indicators[i4x9].name",
    "projects[p4].indicators[i4x9].weight",  # printed nowhere: its row is
    "projects[p5].indicators[i5x2].tier1",  # one merged cell with the row above
)


def test_a_field_is_found_where_its_words_stand_first() -> None:
    pages = PageMaker().pages(DRAFT.document, load_template(), Settings())
    index = PageIndex(pages)
    for path in PATHS:
        found = index.find(path)
        assert found is not None, path
        place, line = found
        assert line in pages[place].lines
        start = path if any(_shows(page, path) for page in pages) else path.rpartition(".")[0]
        assert place == next(at for at, page in enumerate(pages) if _shows(page, start)), path
    assert index.find("projects[p99].budget") is None
    assert index.sparse == sparse_pages(pages)


def test_after_an_edit_only_the_pages_that_changed_are_looked_through() -> None:
    maker, template = PageMaker(), load_template()
    before = PageIndex(maker.pages(DRAFT.document, template, Settings()))
    document = fieldpath.replace(DRAFT.document, "projects[p4].name", "园区第4期维护")
    after = PageIndex(maker.pages(document, template, Settings()), before)
    kept = {id(known) for known in before.known}
    new = [place for place, known in enumerate(after.known) if id(known) not in kept]
    found = after.find("projects[p4].name")
    assert found is not None
    assert found[0] in new
    assert len(new) < len(after.known) / 2
    assert "园区第4期维护" in "".join(run.text for run in found[1].runs)


def _shows(page: object, path: str) -> bool:
    lines = page.lines  # type: ignore[attr-defined]  # a Page
    paths = [line.path for line in lines] + [run.path for line in lines for run in line.runs]
    return any(one is not None and (one + ".").startswith((path + ".", path + "[")) for one in paths)
