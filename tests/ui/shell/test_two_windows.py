"""Two windows over one folder, and a data file that a sync tool replaces: what the user sees and chooses."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from models.session.session import Session
from models.store import open_store
from models.store.backup import backups_of
from tests.ui.conftest import banner
from tests.ui.editor.test_typing import field
from ui.app.application import make_window
from ui.shell import two_texts_dialog as two_texts
from ui.shell.main_window import MainWindow
from ui.shell.two_texts_dialog import TwoTextsDialog


@pytest.fixture
def other(opened: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """A second window over the same folder with the same draft open, as when the lock was deleted."""
    window = make_window(opened.home)
    window.show()
    qtbot.waitUntil(lambda: window.store is not None)
    window.open_draft(opened.editor.session.draft_id)
    yield window
    window.close()
    window.deleteLater()


def press(window: MainWindow, text: str) -> None:
    next(b for b in window.editor.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def goals(window: MainWindow) -> list[str]:
    lines = [line for line in window.store.list() if not line.deleted]
    return sorted(window.store.load(line.id).document.overall_goal for line in lines)


def choose(monkeypatch: pytest.MonkeyPatch, answer: str) -> list[TwoTextsDialog]:
    """Whoever is shown the two texts presses the button of that answer."""
    shown: list[TwoTextsDialog] = []

    def exec_(dialog: TwoTextsDialog) -> int:
        shown.append(dialog)
        dialog.choose(answer)
        return dialog.result()

    monkeypatch.setattr(TwoTextsDialog, "exec", exec_)
    return shown


def both_typed(opened: MainWindow, other: MainWindow) -> None:
    QTest.keyClicks(field(other, "overall_goal"), "typed in the other")
    assert other.editor.save_now()
    QTest.keyClicks(field(opened, "overall_goal"), "typed in this one")
    assert opened.editor.save_now()


def test_two_windows_that_type_into_one_draft_keep_both_texts_and_say_so(opened: MainWindow, other: MainWindow) -> None:
    both_typed(opened, other)
    assert goals(opened) == ["typed in the other", "typed in this one"]
    assert "在别处也改过" in banner(opened)
    assert banner(other) == ""
    QTest.keyClicks(field(opened, "overall_goal"), ", and on")
    QTest.keyClicks(field(other, "overall_goal"), ", and on")
    assert opened.editor.save_now()
    assert other.editor.save_now()
    assert goals(opened) == ["typed in the other, and on", "typed in this one, and on"]


def test_both_texts_stand_side_by_side_and_enter_chooses_nothing(
    opened: MainWindow, other: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_typed(opened, other)
    shown = choose(monkeypatch, "")
    press(opened, "比较并选择…")
    dialog = shown[0]
    assert [text.toPlainText() for text in dialog.texts] == ["typed in this one", "typed in the other"]
    assert [dialog.lines.item(0, column).text() for column in (1, 2)] == ["typed in this one", "typed in the other"]
    assert not any(button.isDefault() or button.autoDefault() for button in dialog.findChildren(QPushButton))
    assert "在别处也改过" in banner(opened), "the user chooses later"
    assert len(goals(opened)) == 2


def test_the_text_of_the_window_may_be_chosen(
    opened: MainWindow, other: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_typed(opened, other)
    choose(monkeypatch, two_texts.MINE)
    press(opened, "比较并选择…")
    assert goals(opened) == ["typed in this one"]
    assert banner(opened) == ""
    assert len(opened.store.list()) == 2, "the other one is in the trash"


def test_the_other_text_may_be_chosen(opened: MainWindow, other: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    both_typed(opened, other)
    choose(monkeypatch, two_texts.OTHER)
    press(opened, "比较并选择…")
    assert goals(opened) == ["typed in the other"]
    assert opened.editor.session.document.overall_goal == "typed in the other"
    assert banner(opened) == ""
    trash = [line.id for line in opened.store.list() if line.deleted]
    assert [opened.store.load(draft_id).document.overall_goal for draft_id in trash] == ["typed in this one"]


def test_both_may_stay_and_nobody_asks_again(
    opened: MainWindow, other: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_typed(opened, other)
    choose(monkeypatch, two_texts.BOTH)
    press(opened, "比较并选择…")
    mine = opened.editor.session.draft_id
    opened.go_home()
    opened.open_draft(mine)
    assert banner(opened) == ""
    assert len(goals(opened)) == 2


def test_who_has_not_chosen_is_asked_when_either_draft_is_opened_again(opened: MainWindow, other: MainWindow) -> None:
    both_typed(opened, other)
    ids = [line.id for line in opened.store.list()]
    for draft_id in ids:
        opened.go_home()
        opened.open_draft(draft_id)
        assert "还没有选用哪一份" in banner(opened)


def test_a_draft_deleted_for_good_elsewhere_is_made_again_and_it_is_said(opened: MainWindow, other: MainWindow) -> None:
    other.store.delete(opened.editor.session.draft_id)
    QTest.keyClicks(field(opened, "overall_goal"), "still typing")
    assert opened.editor.save_now()
    assert goals(opened) == ["still typing"]
    assert "彻底删除" in banner(opened)
    press(opened, "知道了")
    assert banner(opened) == ""


# a file that is replaced


def replaced(window: MainWindow, change: Callable[[Session], object] | None) -> None:
    """A sync tool puts another file of that name there: the same content, or as another computer changed it."""
    copy = window.home / "incoming.tmp"
    shutil.copy(window.store_path, copy)
    if change is not None:
        with closing(open_store(copy)) as store:
            draft_id = window.editor.session.draft_id
            session = Session(store.load(draft_id), store, draft_id)
            change(session)
            session.save()
    copy.replace(window.store_path)


def test_a_file_replaced_by_the_same_is_told_once_and_saving_goes_on(opened: MainWindow, qtbot: QtBot) -> None:
    replaced(opened, None)
    QTest.keyClicks(field(opened, "overall_goal"), "typed on")
    assert opened.editor.save_now()
    qtbot.waitUntil(lambda: "换过" in opened.statusBar().currentMessage())
    assert "只读" not in opened.statusBar().currentMessage()
    assert banner(opened) == ""
    with closing(open_store(opened.store_path)) as store:
        assert store.load(opened.editor.session.draft_id).document.overall_goal == "typed on"


def test_a_file_replaced_by_another_text_offers_both(opened: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    replaced(opened, lambda session: session.edit("overall_goal", "written at home"))
    QTest.keyClicks(field(opened, "overall_goal"), "typed here")
    assert opened.editor.save_now()
    assert goals(opened) == ["typed here", "written at home"]
    assert "网盘同步" in banner(opened)
    assert [backup.kind for backup in backups_of(opened.home).list()] == ["replaced"]
    shown = choose(monkeypatch, two_texts.MINE)
    press(opened, "比较并选择…")
    assert [text.toPlainText() for text in shown[0].texts] == ["typed here", "written at home"]
    assert goals(opened) == ["typed here"]


def test_a_file_replaced_while_nothing_is_typed_is_noticed_all_the_same(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = opened.store_path.read_bytes()
    QTest.keyClicks(field(opened, "overall_goal"), "typed and saved")
    assert opened.editor.save_now()
    incoming = opened.home / "incoming.tmp"
    incoming.write_bytes(before)
    incoming.replace(opened.store_path)
    qtbot.waitUntil(lambda: "网盘同步" in banner(opened))
    assert goals(opened) == ["", "typed and saved"]


def test_a_file_emptied_while_nothing_is_typed_is_told_and_forgotten_when_it_is_back(
    opened: MainWindow, qtbot: QtBot
) -> None:
    content = opened.store_path.read_bytes()
    opened.store_path.write_bytes(b"")
    qtbot.waitUntil(lambda: "0 字节" in banner(opened))
    opened.store_path.write_bytes(content)
    qtbot.waitUntil(lambda: banner(opened) == "")
    assert opened.store_path.read_bytes() == content
