"""The law of every form and format: what is read from its pages is what the form shows of the draft, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporters.build_form import build_form
from exporters.form_files import form_bytes
from importers.announced_forms import read_announced
from importers.import_files import read_file
from importers.installed_forms import forms_of
from models.document.blocks import strip
from models.document.tree import Draft, GoalDocument, Indicator, Project, without_ids
from models.forms.form_definition import ProjectForm, load_form, load_project_forms, user_forms
from tests.form_strategies import FORM_ID, form_files
from tests.normal import normal_form
from tests.strategies import documents

Reader = Callable[[GoalDocument, ProjectForm], GoalDocument]
TEXTS = st.one_of(documents(other_forms=True), documents(wild=True, other_forms=True))
HOME = Path(__file__).parent / "data"
"""Its `forms` hold one with rows of the whole term."""
FORMS = {form.id: form for form in load_project_forms(user_forms(HOME))}


def from_blocks(document: GoalDocument, form: ProjectForm) -> GoalDocument:
    with forms_of(None, [form]):
        read = read_announced(strip(build_form(document, form)))
    assert read is not None
    return read.document


def from_file(suffix: str, home: Path = HOME) -> Reader:
    def read(document: GoalDocument, form: ProjectForm) -> GoalDocument:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"表{suffix}"
            path.write_bytes(form_bytes(Draft(document), form, suffix))
            found = read_file(path, home=home)
        assert found.form == form.id
        return found.draft.document

    return read


READERS: dict[str, Reader] = {
    "blocks": from_blocks,
    **{suffix: from_file(suffix) for suffix in (".docx", ".xlsx", ".txt")},
}


def assert_lawful(document: GoalDocument, form_id: str, kind: str) -> None:
    form = FORMS[form_id]
    if document.projects:
        read = READERS[kind](document, form)
        assert without_ids(read) == without_ids(normal_form(document, form))


EVERY = pytest.mark.parametrize(("form_id", "kind"), [(form, kind) for form in FORMS for kind in READERS])


@EVERY
@settings(max_examples=25)  # a workbook takes a tenth of a second
@given(document=TEXTS)
def test_a_page_reads_as_what_its_form_shows(document: GoalDocument, form_id: str, kind: str) -> None:
    assert_lawful(document, form_id, kind)


@pytest.mark.soak
@EVERY
@settings(max_examples=2000)
@given(document=TEXTS)
def test_two_thousand_pages_read_as_what_their_form_shows(document: GoalDocument, form_id: str, kind: str) -> None:
    assert_lawful(document, form_id, kind)


def assert_own_form_lawful(document: GoalDocument, text: str, kind: str) -> None:
    """Written and read in a form of the user's own, which lies in the data folder."""
    with TemporaryDirectory() as home:
        own = user_forms(Path(home))
        (own / FORM_ID).mkdir(parents=True)
        (own / FORM_ID / "form.toml").write_text(text, encoding="utf-8")
        form = load_form(FORM_ID, own)
        assert form is not None
        read = from_file(kind, Path(home)) if kind.startswith(".") else from_blocks
        if document.projects:
            assert without_ids(read(document, form)) == without_ids(normal_form(document, form))


ANY_FORM = pytest.mark.parametrize("kind", READERS)


@ANY_FORM
@settings(max_examples=25)
@given(document=TEXTS, text=form_files())
def test_a_page_of_any_form_reads_as_what_it_shows(document: GoalDocument, text: str, kind: str) -> None:
    assert_own_form_lawful(document, text, kind)


@pytest.mark.soak
@ANY_FORM
@settings(max_examples=2000)
@given(document=TEXTS, text=form_files())
def test_two_thousand_pages_of_any_form_read_as_what_it_shows(document: GoalDocument, text: str, kind: str) -> None:
    assert_own_form_lawful(document, text, kind)


@pytest.mark.parametrize("form_id", FORMS)
@given(document=TEXTS)
def test_what_is_normal_stays_so(document: GoalDocument, form_id: str) -> None:
    once = normal_form(document, FORMS[form_id])
    assert normal_form(once, FORMS[form_id]) == once


@pytest.mark.parametrize("form_id", FORMS)
def test_what_the_form_does_not_show_is_nowhere_on_its_pages(form_id: str) -> None:
    form = FORMS[form_id]
    document = GoalDocument(overall_goal="总目标", unplaced=("附注",))
    assert build_form(replace(document, projects=()), form) == ()


@EVERY
def test_a_row_of_which_the_form_shows_no_word_is_no_row(form_id: str, kind: str) -> None:
    rows = (
        Indicator("i1", "产出指标", "数量指标", "演出场次"),
        Indicator("i2", weight="10"),
        Indicator("i3", "产出指标", "数量指标", description="全年场次"),
        Indicator("i4", "产出指标", "", "观众人次"),
    )
    assert_lawful(GoalDocument(projects=(Project("p1", name="公益演出", indicators=rows),)), form_id, kind)
