"""设置: each setting does what it says, also after the next start; Esc leaves everything as it was."""

from collections.abc import Iterator
from dataclasses import fields, replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from models.document.template import load_template
from models.document.tree import Settings
from models.preferences import EARLY, LOOK_FILE, Preferences, read_look, recall, remember, with_texts, write_look
from models.store.backup import backups_of
from tests.ui.conftest import settle
from tests.ui.shell.test_window import unnamed
from ui.features.drafts.new_draft_dialog import NewDraftDialog
from ui.features.settings.settings_controller import SettingsController
from ui.features.settings.settings_dialog import SettingsDialog
from ui.shell.main_window import MainWindow
from ui.widgets.style import characters
from ui.widgets.theme import apply_look

CHOSEN = Preferences("Noto Sans CJK SC", 14, "dark", "2021", "windows", False, False, False, True, "李科长")


@pytest.fixture(autouse=True)
def _usual_look(qapp: QApplication) -> Iterator[None]:
    yield
    apply_look(qapp, Preferences())


def desk_of(window: MainWindow) -> SettingsController:
    return window.controller(SettingsController)


def test_every_setting_differs_in_the_example_and_comes_back_after_a_restart(tmp_path: Path) -> None:
    kept: dict[str, str] = {}
    remember(CHOSEN, kept.__setitem__)
    write_look(tmp_path, CHOSEN)
    assert recall(read_look(tmp_path), lambda key: kept.get(key, "")) == CHOSEN
    usual = Preferences()
    assert all(getattr(CHOSEN, one.name) != getattr(usual, one.name) for one in fields(Preferences))


def test_usual_settings_are_those_of_a_new_draft() -> None:
    assert Preferences().settings() == Settings()


@pytest.mark.parametrize(
    "text", ["", "size=99\ntheme=pink\n", "size=x", "\x00\xff", "author=someone\n", "size=8\n", "theme"]
)
def test_a_file_nobody_could_have_chosen_gives_the_usual_look(tmp_path: Path, text: str) -> None:
    (tmp_path / LOOK_FILE).write_text(text, encoding="utf-8")
    assert read_look(tmp_path) == Preferences()


def test_a_file_that_is_no_text_gives_the_usual_look(tmp_path: Path) -> None:
    (tmp_path / LOOK_FILE).write_bytes(b"\xff\xfe\x00")
    assert read_look(tmp_path) == Preferences()
    assert with_texts(Preferences(), {"cover": "perhaps"}) == Preferences()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_is_seen_at_once_and_the_system_s_comes_back(qapp: QApplication, theme: str) -> None:
    apply_look(qapp, Preferences())
    before = qapp.palette().color(QPalette.ColorRole.Window)
    apply_look(qapp, Preferences(theme=theme))
    window, ink = (qapp.palette().color(role) for role in (QPalette.ColorRole.Window, QPalette.ColorRole.WindowText))
    assert (window.lightness() < ink.lightness()) == (theme == "dark")
    apply_look(qapp, Preferences())
    assert qapp.palette().color(QPalette.ColorRole.Window) == before


def test_without_a_choice_the_colours_are_the_program_s_own(qapp: QApplication) -> None:
    apply_look(qapp, Preferences(theme="light"))
    light = qapp.palette().color(QPalette.ColorRole.Highlight)
    apply_look(qapp, Preferences(theme="dark"))
    dark = qapp.palette().color(QPalette.ColorRole.Highlight)
    apply_look(qapp, Preferences())
    is_dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert qapp.palette().color(QPalette.ColorRole.Highlight) == (dark if is_dark else light)


def test_font_and_size_are_put_on_everywhere(qapp: QApplication, window: MainWindow) -> None:
    apply_look(qapp, Preferences(size=16, font="Serif"))
    assert window.start_page.search.font().pointSize() == 16
    assert window.start_page.search.font().family() == "Serif"
    apply_look(qapp, Preferences())
    assert window.start_page.search.font().pointSize() >= 11


def test_esc_restores_the_look_and_keeps_nothing(qapp: QApplication, window: MainWindow, qtbot: QtBot) -> None:
    dialog = SettingsDialog(
        Preferences(), load_template(), window.home / "b", window.home / "b", partial(apply_look, qapp), window
    )
    dialog.show()
    before = qapp.font().pointSize()
    size = dialog._choices["size"]
    size.setCurrentIndex(size.findData(18))
    size.activated.emit(size.currentIndex())
    assert qapp.font().pointSize() == 18
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert qapp.font().pointSize() == before
    assert window.settings == Preferences()


def test_the_dialog_is_labelled_on_every_page(window: MainWindow) -> None:
    dialog = SettingsDialog(CHOSEN, load_template(), window.home, window.home, lambda _look: None, window)
    dialog.show()
    for page in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(page)
        assert unnamed(dialog.tabs.widget(page)) == []
    assert dialog.preferences == CHOSEN
    dialog.reject()


def test_settings_that_are_accepted_hold_for_new_drafts_and_for_backups(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = window.home / "elsewhere"

    def answered(dialog: SettingsDialog) -> int:
        dialog.preferences = replace(CHOSEN, font="", size=0, theme="system")
        dialog.set_folder(folder)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(SettingsDialog, "exec", answered)
    desk_of(window).ask()
    assert backups_of(window.home).folder == folder
    assert window.settings.author == "李科长"
    monkeypatch.setattr(NewDraftDialog, "exec", lambda _dialog: QDialog.DialogCode.Accepted)
    window.run_action("drafts.new")
    assert window.editor.session.draft.settings == CHOSEN.settings()


def test_another_size_lays_the_open_draft_out_anew_and_keeps_its_place(qapp: QApplication, opened: MainWindow) -> None:
    opened.editor.show_place("sub_goals[s2].heading")
    session, before = opened.editor.session, opened.editor.current
    apply_look(qapp, Preferences(size=15))
    desk_of(opened).keep(Preferences(), Preferences(size=15))
    assert opened.editor.session is session
    assert opened.editor.current is not before
    assert opened.editor.path == "sub_goals[s2].heading"
    assert read_look(opened.home).size == 15


def test_a_folder_that_cannot_be_written_is_told(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "write_text", refuse)
    desk_of(window).keep(Preferences(), Preferences(theme="dark"))
    assert "没有记住" in window.statusBar().currentMessage()


def test_only_what_the_first_paint_needs_is_in_the_file(tmp_path: Path) -> None:
    write_look(tmp_path, CHOSEN)
    lines = (tmp_path / LOOK_FILE).read_text(encoding="utf-8").splitlines()
    assert {line.partition("=")[0] for line in lines} == set(EARLY) == {"font", "size", "theme"}


def test_a_sentence_below_the_fields_is_as_wide_as_they_are(window: MainWindow, qtbot: QtBot) -> None:
    """Of itself one that wraps takes a narrow column, and the page beside it stays empty."""
    dialog = SettingsDialog(Preferences(), load_template(), window.home, window.home, lambda _look: None, window)
    qtbot.addWidget(dialog)
    dialog.show()
    settle(dialog)
    page = dialog.tabs.widget(0)
    sample = next(field for field in page.findChildren(QLineEdit) if field.isReadOnly())
    sentence = next(label for label in page.findChildren(QLabel) if "选了就能看到" in label.text())
    assert abs(sentence.width() - sample.width()) <= 4
    assert sentence.height() == sentence.heightForWidth(sentence.width())
    wished = sentence.sizeHint()
    assert wished.width() == characters(sentence, 24)
    assert wished.height() == sentence.heightForWidth(wished.width())
