"""A draft names its form by the id of an installed one: any other name, a path above all, is refused by that name wherever
the draft comes from."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from exporters.export_files import write_file, write_versions
from exporters.fill_in_writer import fill_in_bytes
from exporters.json_writer import write_package
from exporters.package_writer import write_jxmb
from importers.import_files import read_file
from models.document.template import load_template, template_ids
from models.document.tree import Draft
from models.errors import UserError
from models.exchange.fill_in_workbook import HIDDEN, TITLE_ROW
from models.exchange.package_contents import NamedVersion
from models.store import open_store
from models.store.revisions import Revisions
from tests.exporters.samples import document
from ui.shell.main_window import MainWindow

NAMES = [
    *(
        "/no/such/form",
        "../../../etc/passwd",
        "hebei-2022/../hebei-2022",
        "hebei-2022/",
        ".",
        "",
        "x" * 5000,
        "hebei\x002022",
    ),
    *("\\\\server\\share\\form", "C:\\form", "河北", "HEBEI-2022"),
]


def draft(name: str) -> Draft:
    return Draft(replace(document(), template=name))


def refused(error: BaseException, name: str) -> None:
    said = str(error)
    assert "没有名为「" in said
    assert f"「{name[:60]}" in said.replace("\\u0000", "\x00")
    assert len(said) < 400
    assert "template.toml" not in said  # nothing was looked for at its place


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_template_is_an_installed_id(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load_template(name)
    refused(caught.value, name)


def test_an_installed_template_is_found_by_its_id() -> None:
    assert [load_template(name).id for name in template_ids()] == list(template_ids())


@pytest.mark.parametrize("name", NAMES, ids=ascii)
@pytest.mark.parametrize("kind", [".json", ".jxmb", "version.jxmb"])
def test_a_file_that_names_another_form_is_refused(kind: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / f"草稿{kind}"
    if kind == ".json":
        path.write_bytes(write_package(draft(name)))
    elif kind == ".jxmb":
        path.write_bytes(write_jxmb(draft(name)))
    else:
        write_versions(draft(template_ids()[0]), [NamedVersion("", "送审稿", draft(name))], path)
    with pytest.raises(UserError) as caught:
        read_file(path)
    cleaned = "".join(char for char in name if char != "\x00")  # what no file can hold went at entry
    refused(caught.value, cleaned)
    assert path.name in str(caught.value)


def test_a_filled_workbook_of_another_form_is_refused(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(fill_in_bytes(Draft(document()))))
    for sheet in book:
        marks = sheet.cell(TITLE_ROW, HIDDEN)
        if isinstance(marks.value, str):
            marks.value = marks.value.replace(template_ids()[0], "../form")
    path = tmp_path / "填报.xlsx"
    book.save(path)
    with pytest.raises(UserError, match=r"没有名为「\.\./form」"):
        read_file(path)


def test_a_stored_draft_of_another_form_stays_and_is_refused_by_name(window: MainWindow, qtbot: QtBot) -> None:
    store = window.store
    assert store is not None
    foreign = store.create(draft("../form"))
    kept = store.create(Draft(document()))
    window.open_draft(foreign)
    assert "没有名为「../form」" in window.statusBar().currentMessage()
    assert window.editor is None
    assert store.load(foreign) == draft("../form")
    window.open_draft(kept)
    assert window.editor is not None


def test_a_stored_version_of_another_form_is_refused_by_name(tmp_path: Path) -> None:
    store = open_store(tmp_path / "goalform.db")
    draft_id = store.create(Draft(document()))
    versions = Revisions(store)
    versions.keep(draft_id, draft("/no/such/form"), "named", "送审稿")
    versions.keep(draft_id, Draft(document(1)), "named", "定稿前")
    newest, oldest = versions.list(draft_id)
    assert versions.load(newest.sequence) == Draft(document(1))
    with pytest.raises(UserError, match="没有名为「/no/such/form」"):
        versions.load(oldest.sequence)
    store.close()


def test_nothing_is_written_of_a_draft_of_another_form(tmp_path: Path) -> None:
    target = tmp_path / "旧的.docx"
    target.write_bytes(b"old")
    with pytest.raises(UserError, match=r"没有名为「\.\./form」"):
        write_file(draft("../form"), target)
    assert target.read_bytes() == b"old"
