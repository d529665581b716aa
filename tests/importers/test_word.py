"""Word files of this program, as written and after another program saved them again, and the real samples."""

from pathlib import Path

import docx as docx_module
import pytest

from exporters.build import build
from exporters.export_files import write_file
from exporters.word import write_word
from importers.import_files import Imported, read_file
from importers.office import find_office
from importers.word.word_reader import read_word
from models.document.blocks import Paragraph, Table
from models.document.template import load_template
from models.document.tree import Draft, GoalDocument, Project, Settings, Unit, without_ids
from models.errors import CancelledError, UserError
from tests.importers.word_files import cell, converted, docx, line, row, run, table
from tests.shared import SEEDS, SHARED, TEXTS

TEMPLATE = load_template()
SAMPLES = sorted((SHARED / "samples").glob("*.docx"))


def document_of(path: Path) -> GoalDocument:
    return read_file(path).draft.document


def written(path: Path, folder: Path, settings: Settings | None = None) -> Path:
    """The text as a Word file of this program."""
    target = folder / f"{path.stem}.docx"
    target.write_bytes(write_word(build(document_of(path), TEMPLATE, settings), TEMPLATE))
    return target


@pytest.mark.skipif(not SAMPLES, reason="the folder of samples is not beside this checkout")
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:3])
def test_a_sample_reads_as_its_text(path: Path) -> None:
    (text,) = [seed for seed in SEEDS if seed.stem == path.stem]
    assert without_ids(document_of(path)) == without_ids(document_of(text))


@pytest.mark.parametrize("path", TEXTS + SEEDS, ids=lambda path: path.stem[:6])
def test_an_export_reads_as_its_document(path: Path, tmp_path: Path) -> None:
    assert document_of(written(path, tmp_path)) == document_of(path)


@pytest.mark.parametrize("path", TEXTS + SEEDS, ids=lambda path: path.stem[:6])
def test_cover_and_contents_are_no_text(path: Path, tmp_path: Path) -> None:
    """The cover states year and unit, so that they need not be found in the words."""
    assert document_of(written(path, tmp_path, Draft().settings)) == document_of(path)


@pytest.mark.skipif(find_office() is None, reason="no LibreOffice on this machine")
def test_exports_that_another_program_saved_again_read_as_their_documents(tmp_path: Path) -> None:
    """LibreOffice opens and saves all of them in one start: some seconds."""
    files = [written(path, tmp_path, Draft().settings) for path in TEXTS + SEEDS]
    again = converted(files, "docx", tmp_path / "again")
    for path, file in zip(TEXTS + SEEDS, again, strict=True):
        found = read_file(file).draft.document
        assert without_ids(found) == without_ids(document_of(path))


def test_each_kind_of_block_is_read_with_its_spans() -> None:
    body = docx(line("甲"), table(row(cell("一", 2), cell("二\n三"))), line(content=run("乙") + run("丙")))
    before, drawn, after = read_word(body, "a.docx").blocks
    assert isinstance(before, Paragraph)
    assert isinstance(drawn, Table)
    assert isinstance(after, Paragraph)
    assert (before.text, after.text) == ("甲", "乙丙")
    assert [(each.text, each.colspan) for each in drawn.rows[0].cells] == [("一", 2), ("二\n三", 1)]


def test_reading_can_be_stopped() -> None:
    with pytest.raises(CancelledError):
        read_word(docx(line("甲")), "a.docx", lambda: False)


def test_characters_no_file_can_hold_are_taken_out() -> None:
    (found,) = read_word(docx(line("目\u202e标\u2066")), "a.docx").blocks
    assert isinstance(found, Paragraph)
    assert found.text == "目标"


def test_a_folder_named_like_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "文本.docx").mkdir()
    with pytest.raises(UserError, match="文件夹"):
        read_file(tmp_path / "文本.docx")


STATION, FARM = Unit("618001", "云泽县农技推广站"), Unit("618002", "云泽县畜牧水产站")
DEPARTMENT = Unit("618", "云泽县农业农村局")


def of_units(unit: Unit, *units: Unit) -> GoalDocument:
    projects = tuple(Project(f"p{n}", each, name=f"项目{n}", budget="1.00") for n, each in enumerate(units, 1))
    return GoalDocument(year=2026, unit=unit, overall_goal="2026年，办好实事。", projects=projects)


def through_word(document: GoalDocument, folder: Path, *, cover: bool) -> Imported:
    file = folder / f"部门{cover:d}.docx"
    write_file(Draft(document, Settings(cover=cover, contents=cover)), file)
    return read_file(file)


@pytest.mark.parametrize("cover", [True, False])
def test_the_department_of_several_units_comes_back_with_its_own_code_and_name(cover: bool, tmp_path: Path) -> None:
    document = of_units(DEPARTMENT, STATION, FARM, FARM)
    for _ in range(3):
        document = through_word(document, tmp_path, cover=cover).draft.document
        assert (document.unit, document.unplaced) == (DEPARTMENT, ())


@pytest.mark.skipif(find_office() is None, reason="no LibreOffice on this machine")
def test_it_does_so_after_another_program_saved_the_file(tmp_path: Path) -> None:
    write_file(Draft(of_units(DEPARTMENT, STATION, FARM)), tmp_path / "部门.docx")
    (again,) = converted([tmp_path / "部门.docx"], "docx", tmp_path / "again")
    assert read_file(again).draft.document.unit == DEPARTMENT


def test_a_name_changed_on_the_cover_comes_before_what_the_file_still_says_of_itself(tmp_path: Path) -> None:
    found = through_word(of_units(DEPARTMENT, STATION, FARM), tmp_path, cover=True)
    assert found.draft.document.unit == DEPARTMENT
    file = tmp_path / "部门1.docx"
    opened = docx_module.Document(str(file))
    next(each for each in opened.paragraphs if each.text == DEPARTMENT.name).text = "云溪区水务局"
    opened.save(str(file))
    assert read_file(file).draft.document.unit == Unit("", "云溪区水务局")


def test_tables_of_one_unit_come_before_what_the_file_still_says_of_itself(tmp_path: Path) -> None:
    assert through_word(of_units(DEPARTMENT, STATION, STATION), tmp_path, cover=False).draft.document.unit == STATION
