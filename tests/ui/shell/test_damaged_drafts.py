"""A damaged store in the window: always the page with the ways on, never an error of the program; and what they lead to."""

import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models.document.tree import Draft
from models.store import open_store
from models.store.backup import backups_of
from models.store.revisions import Revisions
from tests.models.store.damage import DAMAGES, make_journals, make_store
from tests.models.store.stores import connection_of, with_goal
from tests.ui.conftest import small_draft
from ui.app import faults
from ui.app.application import make_window
from ui.shell.main_window import MainWindow
from ui.shell.store_fault_page import StoreFaultPage
from ui.widgets import questions


def offered(page: StoreFaultPage) -> list[str]:
    return [button.text() for button in page.findChildren(QPushButton) if button.isVisible()]


SQL = {
    "garbage in the schema": (
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE (' WHERE name = 'items'",
    ),
    "a table is gone": ("PRAGMA foreign_keys = OFF", "DROP TABLE remembered"),
    "a column is gone": ("ALTER TABLE drafts DROP COLUMN modified",),
    "a number where a name belongs": ("UPDATE drafts SET unit_name = x'ff'",),
    "letters that are none": ("UPDATE drafts SET unit_name = CAST(x'ff' AS TEXT)",),
    "a date that is none": ("UPDATE drafts SET modified = 'yesterday'",),
    "a state nobody knows": ("UPDATE drafts SET state = ''",),
    "an amount that is no text": ("UPDATE projects SET budget = x'00'",),
    "rows of a draft that is gone": ("PRAGMA foreign_keys = OFF", "DELETE FROM drafts"),
}


@pytest.mark.parametrize("sql", SQL.values(), ids=SQL)
def test_whatever_is_wrong_the_page_offers_backups_salvage_and_another_try(
    opened: MainWindow, sql: tuple[str, ...]
) -> None:
    backups_of(opened.home).make(opened.store_path)
    opened.go_home()
    opened.close_store()
    with closing(open_store(opened.store_path)) as store:
        for statement in sql:
            connection_of(store).execute(statement)
    damaged = opened.store_path.read_bytes()
    opened.open_store()
    page = opened.fault_page
    assert page.isVisible()
    assert str(opened.store_path) in page.reason.text()
    assert offered(page) == ["重试", "恢复备份…", "移开损坏的文件，取回能读出的内容", "退出程序"]
    assert opened.store is None
    page.retry.emit()
    assert page.isVisible()
    assert opened.store_path.read_bytes() == damaged
    page.salvage.emit()
    assert opened.start_page.isVisible()
    (line,) = opened.store.list()
    assert opened.store.load(line.id).document.projects == small_draft().document.projects
    assert str(opened.home / "goalform.damaged-1.db") in opened.start_page.noticed
    assert (opened.home / "goalform.damaged-1.db").read_bytes() == damaged


def test_what_the_code_stumbled_over_is_in_the_log_without_the_words(opened: MainWindow) -> None:
    opened.go_home()
    opened.close_store()
    with closing(open_store(opened.store_path)) as store:
        connection_of(store).execute("UPDATE projects SET budget = CAST('机密' AS BLOB)")
    opened.open_store()
    log = (opened.home / faults.LOG_NAME).read_text(encoding="utf-8")
    assert "models/store/drafts.py" in log
    assert "机密" not in log


def test_a_journal_put_beside_the_store_while_somebody_types_is_told_and_saving_goes_on(
    opened: MainWindow, qtbot: QtBot
) -> None:
    journal = opened.home / "goalform.db-journal"
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\x00\x00\x04\x00" * 900)
    opened.editor.session.edit("overall_goal", "还在写")
    assert opened.editor.save_now()
    assert "goalform.db-journal.old" in opened.statusBar().currentMessage()
    draft_id = opened.editor.session.draft_id
    opened.go_home()
    assert "goalform.db-journal.old" in opened.start_page.noticed
    assert opened.store.load(draft_id).document.overall_goal == "还在写"


def test_where_nothing_could_be_salvaged_it_is_said_on_the_page_and_may_be_tried_again(opened: MainWindow) -> None:
    opened.go_home()
    opened.close_store()
    damaged = bytes(4096) + opened.store_path.read_bytes()[4096:]
    opened.store_path.write_bytes(damaged)
    (opened.home / "goalform.db.salvaged").mkdir()
    opened.open_store()
    opened.fault_page.salvage.emit()
    assert opened.fault_page.isVisible()
    assert opened.fault_page.reason.text().startswith("没有取回：")
    assert "移开损坏的文件，取回能读出的内容" in offered(opened.fault_page)
    assert opened.store_path.read_bytes() == damaged
    (opened.home / "goalform.db.salvaged").rmdir()
    opened.fault_page.salvage.emit()
    assert len(opened.store.list()) == 1


def test_what_only_a_backup_has_is_named(opened: MainWindow) -> None:
    backups_of(opened.home).make(opened.store_path)
    opened.go_home()
    opened.close_store()
    opened.store_path.write_bytes(b"nothing at all")
    opened.open_store()
    opened.fault_page.salvage.emit()
    assert opened.store.list() == ()
    assert "的备份里还有：2026 云泽县农业技术推广站。" in opened.start_page.noticed


def test_a_draft_that_cannot_be_read_in_its_place_is_opened_as_another_one(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = opened.editor.session.draft_id
    opened.go_home()
    connection_of(opened.store).execute("UPDATE projects SET goals = '[', fund_use = x'00'")
    connection_of(opened.store).execute("UPDATE places SET step = 'x'")
    monkeypatch.setattr(questions, "ask_about_altered", lambda _parent, _why: questions.ANYWAY)
    opened.open_draft(draft_id)
    assert opened.editor.session.draft_id != draft_id
    document = opened.editor.session.document
    assert document.sub_goals == small_draft().document.sub_goals
    assert "原来的那份没有改动" in opened.statusBar().currentMessage()
    assert len(opened.store.list()) == 2


def test_a_bad_draft_leaves_none_of_the_later_ones_unchecked(qtbot: QtBot, tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "goalform.db")) as store:
        ids = [store.create(with_goal(small_draft(), f"第{number}份")) for number in range(5)]
        Revisions(store).keep(ids[4], Draft(), "named", "送审稿")
        connection = connection_of(store)
        connection.execute("UPDATE drafts SET overall_goal = 'x' WHERE id = 5")
        connection.execute("UPDATE projects SET goals = '[' WHERE draft_id = 3")
        connection.execute("UPDATE items SET heading = x'00' WHERE draft_id = 2")
        connection.execute("UPDATE revisions SET content = x'00'")
    window = make_window(tmp_path)
    window.show()
    qtbot.waitUntil(lambda: window.store is not None)
    qtbot.waitUntil(lambda: "3 份草稿" in window.start_page.noticed)
    assert "打开它时会说明怎样取回" in window.start_page.noticed
    assert "「2026 云泽县农业技术推广站」的 1 个" in window.start_page.noticed
    window.close()
    window.deleteLater()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store, and beside it journals of others."""
    path = tmp_path_factory.mktemp("sound") / "sound.db"
    make_store(path)
    make_journals(path, path.with_name("journals"))
    return path


SEEDS = [*range(len(DAMAGES)), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(len(DAMAGES), 120))]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_damage_is_an_error_of_the_program(
    sound: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """The window is opened, looks through all drafts, opens each of them, and salvages where it offers that."""
    monkeypatch.setattr(questions, "ask_about_altered", lambda _parent, _why: questions.ANYWAY)
    path = Path(shutil.copy(sound, tmp_path / "goalform.db"))
    DAMAGES[seed % len(DAMAGES)](random.Random(seed), path, sound.with_name("journals"))
    window = make_window(tmp_path)
    window.show()
    qtbot.waitUntil(lambda: window.store is not None or window.findChild(StoreFaultPage) is not None)
    if window.store is None:
        assert "移开损坏的文件，取回能读出的内容" in offered(window.fault_page)
        window.fault_page.salvage.emit()
    assert window.store is not None
    for line in window.store.list():
        window.open_draft(line.id)
        if window.editor is not None:
            for step in range(1, 7):
                window.editor.show_step(step)
            window.go_home()
    assert window.close()
    window.deleteLater()
