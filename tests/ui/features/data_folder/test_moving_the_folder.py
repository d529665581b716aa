"""移动数据文件夹 in the window, the question when the folder is gone, and where the program looks for its data."""

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from models.preferences import LOOK_FILE, Preferences, write_look
from models.store import moving
from models.store.backup import Backups
from models.store.data_folder import LOCAL, NOTE, OURS, STORE_NAME, FolderGoneError, followed, settle
from tests.opening import open_store
from tests.shared import CHECKOUT
from tests.ui.conftest import small_draft
from tests.waiting import PATIENCE
from ui.app import startup as opening
from ui.app.application import AGAIN, make_window
from ui.app.faults import log_fault
from ui.app.single_instance import CALLS, LOCK_NAME, Instance
from ui.features.data_folder import data_folder_dialog as dialogs
from ui.features.data_folder.data_folder_controller import DataFolderController
from ui.features.data_folder.data_folder_dialog import DataFolderDialog
from ui.shell.main_window import MainWindow
from ui.shell.window_size import SIZE_FILE

NAME = "云泽县农业技术推广站"


def desk_of(window: MainWindow) -> DataFolderController:
    return window.controller(DataFolderController)


def answer(qtbot: QtBot, act: object) -> None:
    """Does it with the dialog as soon as it is there."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, DataFolderDialog):
            try:
                act(dialog)  # type: ignore[operator]
            except BaseException:
                dialog.reject()  # the test shall fail, not wait
                raise
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)


def test_by_keyboard_alone_the_drafts_move_and_the_window_starts_anew(
    opened: MainWindow, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    start_folder, target, app = opened.home, tmp_path_factory.mktemp("D") / "绩效", QApplication.instance()

    def type_it(dialog: DataFolderDialog) -> None:
        qtbot.waitUntil(dialog.place.hasFocus)
        assert not dialog.begin.isEnabled()
        assert not dialog.usual.isVisibleTo(dialog)
        QTest.keyClicks(QApplication.focusWidget(), str(target.parent / "x"))
        dialog.place.setText(str(target))  # keyClicks speaks no Chinese
        assert dialog.said.text() == f"数据会放在：{target}"
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    opened.editor.show_place("overall_goal")
    opened.editor.session.edit("overall_goal", "移动前写的最后一句")
    answer(qtbot, type_it)
    desk_of(opened).ask()
    assert not opened.isVisible()
    assert app.property(AGAIN)
    app.setProperty(AGAIN, None)
    assert followed(start_folder) == target
    window = make_window(target, start_folder)
    window.show()
    qtbot.waitUntil(lambda: window.store is not None)
    qtbot.waitUntil(lambda: f"已移到「{target}」" in window.start_page._offer_text.text())
    (line,) = window.store.list()
    assert line.unit_name == NAME
    assert window.store.load(line.id).document.overall_goal == "移动前写的最后一句"
    (aside,) = start_folder.glob("old-*")
    assert (aside / STORE_NAME).exists()
    assert not (start_folder / STORE_NAME).exists()

    def go_home(dialog: DataFolderDialog) -> None:
        assert dialog.usual.isVisibleTo(dialog)
        qtbot.waitUntil(dialog.isActiveWindow)
        dialog.usual.click()
        assert dialog.begin.hasFocus()
        dialog.begin.click()

    answer(qtbot, go_home)
    desk_of(window).ask()
    app.setProperty(AGAIN, None)
    assert followed(start_folder) == start_folder
    assert (start_folder / STORE_NAME).exists()
    window.deleteLater()


def test_a_move_that_fails_says_why_and_the_drafts_are_there_as_before(
    opened: MainWindow, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, said = tmp_path_factory.mktemp("D") / "new", []

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(moving, "copy_store", full)

    def fail(dialog: DataFolderDialog) -> None:
        dialog.place.setText(str(target))
        dialog.begin.click()
        assert not dialog.begin.isEnabled()
        qtbot.waitUntil(lambda: dialog.said.text().startswith("没有移动"))
        said.append((dialog.said.text(), dialog.place.hasFocus(), dialog.begin.isEnabled()))
        dialog.reject()

    answer(qtbot, fail)
    desk_of(opened).ask()
    assert said == [(f"没有移动到「{target}」：磁盘空间不足。原来的数据都还在，一切照旧。", True, True)]
    assert not QApplication.instance().property(AGAIN)
    assert [line.unit_name for line in opened.store.list()] == [NAME]
    assert not (opened.home / NOTE).exists()
    assert not target.exists()


def test_esc_stops_a_move_under_way(
    opened: MainWindow, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, said = tmp_path_factory.mktemp("D") / "new", []

    def slow(_source: Path, _target: Path, _start_folder: Path, go_on: object) -> None:
        while go_on():  # type: ignore[operator]
            time.sleep(0.005)
        raise moving.StoppedError("已停止，没有移动；一切照旧。")

    monkeypatch.setattr(dialogs, "move", slow)

    def stop(dialog: DataFolderDialog) -> None:
        dialog.place.setText(str(target))
        dialog.begin.click()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        qtbot.waitUntil(lambda: "已停止" in dialog.said.text())
        said.append(dialog.said.text())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    answer(qtbot, stop)
    desk_of(opened).ask()
    assert said
    assert opened.store is not None


def test_words_that_cannot_be_saved_stop_it_before_anything_is_copied(
    opened: MainWindow, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "leave_draft", lambda: False)
    monkeypatch.setattr(dialogs, "move", lambda *_arguments: pytest.fail("copied"))
    said = []

    def begin(dialog: DataFolderDialog) -> None:
        dialog.place.setText(str(tmp_path_factory.mktemp("D")))
        dialog.begin.click()
        said.append(dialog.said.text())
        dialog.reject()

    answer(qtbot, begin)
    desk_of(opened).ask()
    assert said == ["草稿里有没能保存的修改，没有移动；一切照旧。"]
    monkeypatch.undo()
    assert opened.store is not None
    assert opened.editor is not None


def test_a_place_that_will_not_do_is_said_while_it_is_written(window: MainWindow, qtbot: QtBot) -> None:
    seen = []

    def look(dialog: DataFolderDialog) -> None:
        for text in ("", "relative", str(window.home), str(window.home / "sub")):
            dialog.place.setText(text)
            seen.append((dialog.said.text(), dialog.begin.isEnabled()))
        dialog.reject()

    answer(qtbot, look)
    desk_of(window).ask()
    assert [
        word for (said, on), word in zip(seen, ("请选", "完整", "现在就在", "里面"), strict=True) if word in said
    ] == [*("请选", "完整", "现在就在", "里面")]
    assert not any(on for _said, on in seen)


def test_all_the_program_writes_is_among_what_is_moved(opened: MainWindow, qtbot: QtBot) -> None:
    home = opened.home
    instance = Instance(home)
    assert instance.take()
    write_look(home, Preferences(theme="dark"))
    log_fault(home, ValueError())
    opened.use_backup_folder(home / "backups")
    opened.editor.save_now()
    Backups(home / "backups").make(opened.store_path)
    taken = {path.name for pattern in OURS for path in home.glob(pattern)}
    assert {path.name for path in home.iterdir()} - taken == {CALLS}
    assert LOOK_FILE in taken
    assert LOCK_NAME in taken
    instance.release()


# a folder that is gone


@pytest.fixture
def gone(tmp_path: Path) -> Path:
    """The door to a folder on a stick that was pulled out after it had been opened."""
    start_folder, target = tmp_path / "door", tmp_path / "stick"
    with closing(open_store(start_folder / STORE_NAME)) as store:
        store.create(small_draft())
    moving.move(start_folder, target, start_folder)
    settle(start_folder, target)
    target.rename(tmp_path / "pulled out")
    return start_folder


def press(text: str) -> None:
    """Presses the button of the question when it is there."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            next(button for button in box.buttons() if button.text() == text).click()
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)


def ask(start_folder: Path) -> Path | None:
    with pytest.raises(FolderGoneError) as raised:
        followed(start_folder)
    return dialogs.ask_for_home(start_folder, raised.value)


def test_again_once_the_stick_is_in(gone: Path, qtbot: QtBot) -> None:
    (gone.parent / "pulled out").rename(gone.parent / "stick")
    error = FolderGoneError("weg")
    press("重试")
    assert dialogs.ask_for_home(gone, error) == gone.parent / "stick"


def test_leaving_changes_nothing(gone: Path, qtbot: QtBot) -> None:
    press("退出程序")
    assert ask(gone) is None
    assert not (gone / STORE_NAME).exists()
    assert not (gone / LOCAL).exists()


def test_what_is_written_in_the_empty_folder_is_taken_in_when_the_other_is_back(gone: Path, qtbot: QtBot) -> None:
    press("用本机的空白数据文件夹")
    home = ask(gone)
    assert home == gone / LOCAL
    window = make_window(home, gone)
    window.show()
    qtbot.waitUntil(lambda: window.store is not None)
    qtbot.waitUntil(lambda: window.store is not None)
    qtbot.waitUntil(lambda: "空白数据文件夹" in window.start_page._offer_text.text())
    assert str(gone.parent / "stick") in window.start_page._offer_text.text()
    assert window.store.list() == ()
    desk_of(window).ask()
    assert "不能移动" in window.statusBar().currentMessage()
    window.store.create(small_draft())
    window.close()
    window.deleteLater()
    (gone.parent / "pulled out").rename(gone.parent / "stick")
    window = make_window(followed(gone), gone)
    window.show()
    qtbot.waitUntil(lambda: window.store is not None)
    qtbot.waitUntil(lambda: window.store is not None)
    qtbot.waitUntil(lambda: "1 份草稿已并入" in window.start_page._offer_text.text())
    assert [line.unit_name for line in window.store.list()] == [NAME] * 2
    assert not (gone / LOCAL).exists()
    window.start_page._offer_button.click()
    assert not window.start_page._offer.isVisible()
    window.close()
    window.deleteLater()


def test_before_the_new_folder_was_opened_the_old_one_is_offered(tmp_path: Path, qtbot: QtBot) -> None:
    start_folder, target = tmp_path / "door", tmp_path / "stick"
    with closing(open_store(start_folder / STORE_NAME)) as store:
        store.create(small_draft())
    moving.move(start_folder, target, start_folder)
    target.rename(tmp_path / "pulled out")
    press("用移动以前的文件夹")
    assert ask(start_folder) == start_folder
    assert followed(start_folder) == start_folder


# where the program looks


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOALFORM_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert opening.usual_home() == tmp_path


@pytest.mark.parametrize("sign", ["portable.txt", "data", "nothing"])
def test_a_portable_program_keeps_its_data_beside_itself(
    sign: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GOALFORM_HOME", raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "goalform.exe"))
    if sign == "data":
        (tmp_path / "data").mkdir()
    elif sign == "portable.txt":
        (tmp_path / "portable.txt").write_text("", encoding="utf-8")
    assert opening.usual_home() != tmp_path / "data"  # from a checkout, whatever lies beside Python
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert (opening.usual_home() == tmp_path / "data") == (sign != "nothing")


MOVED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tests.ui.conftest import small_draft
from ui.app import application as app

door, target = Path(sys.argv[1]), Path(sys.argv[2])
homes, made = [], app.make_window

def make(home, door):
    window = made(home, door)
    homes.append(home)
    QTimer.singleShot(10, window, lambda: look(window))
    return window

def look(window):
    if window.store is None:
        QTimer.singleShot(10, window, lambda: look(window))
    elif len(homes) == 2:
        print(homes == [door, target], len(window.store.list()))
        window.close()
    else:
        window.take_draft(small_draft())
        QTimer.singleShot(10, begin)
        window.menus.actions["data_folder.move"].trigger()

def begin():
    dialog = QApplication.activeModalWidget()
    if dialog is None:
        QTimer.singleShot(10, begin)
    else:
        dialog.place.setText(str(target))
        dialog.start()

app.make_window = make
sys.exit(app.run(door))
"""


def test_the_program_goes_on_over_the_new_folder_by_itself(tmp_path: Path) -> None:
    """A process of its own, since the application's loop is run twice: takes a second."""
    start_folder, target = tmp_path / "door", tmp_path / "new"
    done = subprocess.run(
        [sys.executable, "-c", MOVED, str(start_folder), str(target)],
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stdout) == (0, "True 1\n"), done.stderr
    assert sorted(path.name[:4] for path in start_folder.iterdir()) == ["call", NOTE[:4], "old-", SIZE_FILE[:4]]
