"""Starts the window: application, Chinese words for Qt's own dialogs, look, faults, store."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import ref

from PySide6 import QtGui, QtWidgets  # their classes when they are asked for: the first paint needs few
from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from models.disk import other_owner, why
from models.errors import UserError
from models.preferences import read_look
from models.store.data_folder import LOCAL, STORE_NAME, FolderGoneError, followed, settle
from resources import ROOT
from ui.app.faults import catch_faults, watch_crashes
from ui.app.garbage_collection import Collector
from ui.app.shutdown import OrderlyEnd
from ui.app.single_instance import LOCK_NAME, Instance
from ui.shell.draft_window import PROGRAM
from ui.shell.main_window import AGAIN, MainWindow
from ui.shell.window_size import show_as_left
from ui.widgets.reading_aloud import read_current_lines
from ui.widgets.style import apply_style, watch_fields
from ui.widgets.theme import apply_look

if TYPE_CHECKING:
    from models.store import Store


def speak_chinese(app: QApplication) -> None:
    """Qt's own words (buttons of dialogs, context menus, the file dialog) in Chinese, whatever the system speaks."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def reach_input_methods() -> None:
    """Lets Chinese be typed under fcitx on Linux: Qt's wheels bring no plugin for it, but fcitx 5 also answers as ibus.

    To be called before the application is made. What the user set by QT_IM_MODULES stays. Newer desktops name the input
    method to X alone.
    """
    named = os.environ.get("QT_IM_MODULE") or os.environ.get("XMODIFIERS", "").partition("@im=")[2]
    if named in {"fcitx", "fcitx5"}:
        os.environ.setdefault("QT_IM_MODULES", "fcitx;ibus")
        # Otherwise Qt looks for the program ibus-daemon first, which is not there where fcitx answers in its place.
        os.environ.setdefault("IBUS_USE_PORTAL", "1")
    elif named == "ibus":
        os.environ.setdefault("QT_IM_MODULES", "ibus")


def make_window(home: Path, start_folder: Path | None = None) -> MainWindow:
    """The window over the store in that folder, which is made when it is not there. `start_folder`: the folder that led there."""
    start_folder = start_folder or home

    def store() -> "Store":
        from models.store import open_store

        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"数据文件夹「{home}」无法建立（{why(error)}），请检查磁盘和权限后重试。") from None
        opened = open_store(home / STORE_NAME)
        _after_a_move(window, opened, start_folder)
        return opened

    window = MainWindow(home, store, start_folder)
    if app := QApplication.instance():
        for collector in app.findChildren(Collector):
            collector.is_typing = partial(_is_typing, ref(window))
    return window


def _is_typing(known: "ref[MainWindow]") -> bool:
    """Whether keys have just come: what they wrote is not saved yet. Of a window that is gone nobody waits for any."""
    window = known()
    session = window.session if window else None
    return session is not None and not session.is_saved


def _after_a_move(window: MainWindow, store: "Store", start_folder: Path) -> None:
    first, local = settle(start_folder, window.home), start_folder / LOCAL
    if first or window.home == local or (local / STORE_NAME).exists():
        from ui.features.data_folder.data_folder_dialog import say_after_a_move

        said = say_after_a_move(store, window.home, start_folder, first)
        # When the list is shown: the window forgets such a line when it opens the store.
        QTimer.singleShot(0, window, lambda: window.start_page.offer(said, "知道了", key=False))


def run(start_folder: Path, files: tuple[Path, ...] = ()) -> int:
    """Shows the window until it is closed; the exit code. The files are read as by 导入文件.

    `start_folder`: the data folder, or the one whose note leads there. Where a window is open over the same folder already, that
    one comes forward and takes the files.
    """
    reach_input_methods()
    app = QApplication(sys.argv[:1])
    Collector(app)
    app.setApplicationName("goalform")
    app.setApplicationDisplayName(PROGRAM)
    speak_chinese(app)
    apply_style(app, watched=False)
    # Before any window is shown: who has drawn a title bar may not look at its icon again.
    app.setWindowIcon(QtGui.QIcon(str(ROOT / "icons" / "goalform.svg")))
    OrderlyEnd(app)
    read_current_lines(app)
    code = _show(app, start_folder, files)
    while app.property(AGAIN):
        app.setProperty(AGAIN, None)
        code = _show(app, start_folder, ())
    # A worker that speaks after the interpreter is gone speaks to nobody, and says so on the terminal.
    from ui.app.background import wait_for_all

    wait_for_all()
    return code


def _home(start_folder: Path) -> Path | None:
    """Where the drafts are; None: they are out of reach, and the user leaves it at that."""
    try:
        return followed(start_folder)
    except FolderGoneError as error:
        from ui.features.data_folder.data_folder_dialog import ask_for_home

        watch_fields()
        return ask_for_home(start_folder, error)


def _show(app: QApplication, start_folder: Path, files: tuple[Path, ...]) -> int:
    home = _home(start_folder)
    if home is None:
        return 2
    apply_look(app, read_look(home))
    instance = Instance(home, app)
    if not instance.take():
        if instance.call(list(files)):
            return 0
        if not instance.take_over():
            return _say_who_holds_it(home)
    window = make_window(home, start_folder)
    watch_crashes(home)
    catch_faults(home, window.status)
    window.open_files(list(files))
    instance.called.connect(lambda named: _called(window, named))
    show_as_left(window, home)
    QTimer.singleShot(0, instance, instance.listen)
    try:
        return app.exec()
    finally:
        instance.release()
        instance.deleteLater()
        window.deleteLater()


def _called(window: MainWindow, named: list[str]) -> None:
    window.bring_forward()
    window.open_files([Path(name) for name in named])


def _say_who_holds_it(home: Path) -> int:
    said = "程序已经打开，但那个窗口没有响应。请等它完成手头的工作，或结束它以后再打开。"
    if owner := other_owner(home / LOCK_NAME):
        said = (
            f"另一个账户（{owner}）正在使用数据文件夹「{home}」，同一时间只能由一个人打开。请等对方关闭程序以后再打开；"
            f"如果对方并没有开着程序，请他打开再关闭一次，或请管理员删除其中的 {LOCK_NAME}。"
        )
    watch_fields()
    QtWidgets.QMessageBox.warning(None, PROGRAM, said)
    return 2
