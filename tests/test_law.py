"""The law of the page: what is printed is what is read, for every document and every format that has a reader."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporters.build import build
from exporters.export_files import file_bytes
from exporters.json_writer import write_package
from exporters.package_writer import write_jxmb
from exporters.text_writer import write_text
from exporters.word import write_word
from importers.import_files import read_file
from importers.json_reader import read_package
from importers.package_reader import read_jxmb
from importers.recognise import Recognition, recognise
from importers.text_reader import read_text
from importers.word.word_reader import read_word
from models.document.blocks import strip
from models.document.template import load_template
from models.document.tree import Details, Draft, GoalDocument, Headings, Items, Settings, Unit, without_ids
from models.document.unit_heading import begins_unit
from models.errors import UserError
from tests.normal import RULES, normal
from tests.strategies import documents, drafts

TEMPLATE = load_template()


def said(document: GoalDocument) -> GoalDocument:
    """What two documents are compared by: ids and what an import could not place aside."""
    return replace(without_ids(document), unplaced=())


def has_form(document: GoalDocument) -> bool:
    """Whether any line of the form is printed: a reader refuses a page without one."""
    try:
        recognise(strip(build(document, TEMPLATE)), TEMPLATE)
    except UserError:
        return False
    return True


@given(st.one_of(documents(), documents(wild=True)))
def test_a_page_reads_as_the_document_it_shows(document: GoalDocument) -> None:
    if has_form(document):
        read = recognise(strip(build(document, TEMPLATE)), TEMPLATE)
        assert said(read.document) == said(normal(document))


@given(st.one_of(documents(), documents(wild=True)))
def test_a_text_file_reads_as_the_document_it_shows(document: GoalDocument) -> None:
    if has_form(document):
        read = recognise(read_text(write_text(build(document, TEMPLATE))), TEMPLATE)
        assert said(read.document) == said(normal(document))


@given(st.one_of(documents(), documents(wild=True)))
def test_a_word_file_reads_as_the_document_it_shows(document: GoalDocument) -> None:
    if has_form(document):
        read = read_word(write_word(build(document, TEMPLATE), TEMPLATE), "a.docx")
        assert said(recognise(read.blocks, TEMPLATE).document) == said(normal(document))
        assert (read.extra, read.left_out) == ((), ())


def assert_file_says(document: GoalDocument, suffix: str) -> None:
    """A file reads as the document it shows: what other forms have besides is not in it; unit and year stand on the cover, in
    the properties, or above the lists."""
    if not has_form(document):
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"文本{suffix}"
        path.write_bytes(file_bytes(Draft(document), suffix))
        read = read_file(path).draft.document
    projects = tuple(replace(one, details=Details(), indicators=one.annual_indicators) for one in document.projects)
    expected = normal(replace(document, projects=projects))
    if suffix != ".txt":
        unit = document.unit if document.unit.code.strip() or document.unit.name.strip() else expected.unit
        expected = replace(expected, unit=unit, year=document.year or expected.year)
    assert said(_without_weights(read)) == said(expected)


def _without_weights(document: GoalDocument) -> GoalDocument:
    """Excel's list of indicators shows weights, the page does not."""
    rows = {one.id: tuple(replace(row, weight="") for row in one.indicators) for one in document.projects}
    return replace(document, projects=tuple(replace(one, indicators=rows[one.id]) for one in document.projects))


FILES = pytest.mark.parametrize("suffix", [".txt", ".docx", ".xlsx"])
WITH_OTHER_FORMS = st.one_of(documents(other_forms=True), documents(wild=True, other_forms=True))


@FILES
@settings(max_examples=25)
@given(document=WITH_OTHER_FORMS)
def test_a_file_reads_as_the_document_it_shows(document: GoalDocument, suffix: str) -> None:
    assert_file_says(document, suffix)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
@pytest.mark.parametrize("unit", [Unit("618001"), Unit("618001", "云泽县农业技术推广站"), Unit("", "推广站")])
def test_the_unit_of_a_text_without_projects_comes_back(unit: Unit, suffix: str) -> None:
    assert_file_says(GoalDocument(unit=unit, overall_goal="培训农户。"), suffix)


@FILES
def test_words_of_a_goal_may_look_like_a_contents_list_and_a_title(suffix: str) -> None:
    goal = "三、工作保障措施\n绩效目标：培训农户"
    headings, measures = Headings(sub_goals="二、分项绩效目标"), Items(preface="一、总体绩效目标")
    document = GoalDocument(unit=Unit("618001"), headings=headings, overall_goal=goal, safeguards=measures)
    assert_file_says(document, suffix)


@pytest.mark.soak
@FILES
@settings(max_examples=2000)
@given(document=WITH_OTHER_FORMS)
def test_two_thousand_files_read_as_the_document_they_show(document: GoalDocument, suffix: str) -> None:
    assert_file_says(document, suffix)


HEADED = Settings(cover=False, contents=False, unit_headings=True)
UNITS = (
    Unit("618001", "云泽县农业技术推广站"),
    Unit("", "618001云泽县农业技术推广站"),
    Unit("618002", "云泽县 畜牧水产站"),
    Unit("618", ""),
    Unit("", "云泽县农业农村局（本级）"),
    Unit(),
    Unit("", "　"),
    Unit("", "\t<b>𠮷&站"),
    Unit("", "1.甲绩效目标表"),
)
"""Units of a department, odd ones among them: two that look the same, without words, with the words of a project's title."""


@st.composite
def departments(draw: st.DrawFn) -> GoalDocument:
    """A text of up to six projects of several units, some of which come again later."""
    document = draw(st.one_of(documents(), documents(wild=True)))
    projects = (*document.projects, *(replace(one, id=f"{one.id}x") for one in document.projects))
    named = tuple(replace(one, unit=draw(st.sampled_from(UNITS))) for one in projects)
    return replace(document, projects=named)


def assert_headed(document: GoalDocument, read: Recognition) -> None:
    """It reads as the same page without headings, and is known to have had some."""
    bare = recognise(strip(build(document, TEMPLATE)), TEMPLATE).document
    assert said(read.document) == said(normal(document))
    assert read.document.unplaced == bare.unplaced
    places = range(len(document.projects))
    assert read.unit_headings == any(begins_unit(document.projects, place) for place in places)


@given(departments())
def test_a_page_with_unit_headings_reads_as_the_document_it_shows(document: GoalDocument) -> None:
    if has_form(document):
        assert_headed(document, recognise(strip(build(document, TEMPLATE, HEADED)), TEMPLATE))


@given(departments())
def test_a_text_file_with_unit_headings_reads_as_the_document_it_shows(document: GoalDocument) -> None:
    if has_form(document):
        text = write_text(build(document, TEMPLATE, HEADED))
        assert_headed(document, recognise(read_text(text), TEMPLATE))


@given(departments())
def test_a_word_file_with_unit_headings_reads_as_the_document_it_shows(document: GoalDocument) -> None:
    if has_form(document):
        read = read_word(write_word(build(document, TEMPLATE, HEADED), TEMPLATE), "a.docx")
        assert_headed(document, recognise(read.blocks, TEMPLATE))


@given(drafts())
def test_a_package_holds_the_draft_to_the_letter(draft: Draft) -> None:
    assert read_package(write_package(draft), "a.json") == draft


@given(drafts())
def test_a_package_file_holds_the_draft_to_the_letter(draft: Draft) -> None:
    assert read_jxmb(write_jxmb(draft), "a.jxmb").draft == draft


@given(documents(wild=True))
def test_normal_leaves_what_is_normal(document: GoalDocument) -> None:
    once = normal(document)
    assert said(normal(once)) == said(once)


def test_nine_documents_in_ten_are_normal_already() -> None:
    tally = {True: 0, False: 0}

    @settings(max_examples=300)
    @given(documents())
    def count(document: GoalDocument) -> None:
        tally[said(normal(document)) == said(document)] += 1

    count()
    assert tally[True] >= 0.9 * (tally[True] + tally[False])


def test_the_rules_are_few_and_each_says_what_it_does() -> None:
    assert len(RULES) <= 12
    assert [rule.__name__ for rule in RULES if not rule.__doc__] == []
