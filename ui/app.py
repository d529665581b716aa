"""Starts the window: application, Chinese words for Qt's own dialogs, look, faults, store."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from models.errors import UserError
from ui.faults import catch_faults
from ui.main_window import PROGRAM, MainWindow
from ui.style import apply_style

if TYPE_CHECKING:
    from models.store import Store

STORE_NAME = "goalform.db"


def speak_chinese(app: QApplication) -> None:
    """Qt's own words (buttons of dialogs, context menus, the file dialog) in Chinese, whatever the system speaks."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def reach_input_methods() -> None:
    """Lets Chinese be typed under fcitx on Linux: Qt's wheels bring no plugin for it, but fcitx 5 also answers as ibus.

    To be called before the application is made. What the user set by QT_IM_MODULES stays.
    """
    if os.environ.get("QT_IM_MODULE") in {"fcitx", "fcitx5"}:
        os.environ.setdefault("QT_IM_MODULES", "fcitx;ibus")


def make_window(home: Path) -> MainWindow:
    """The window over the store in that folder, which is made when it is not there."""

    def store() -> "Store":
        from models.store import open_store

        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"数据文件夹「{home}」无法建立（{error.strerror}），请检查磁盘和权限后重试。") from None
        return open_store(home / STORE_NAME)

    return MainWindow(home, store)


def run(home: Path) -> int:
    """Shows the window until it is closed; the exit code."""
    reach_input_methods()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("goalform")
    app.setApplicationDisplayName(PROGRAM)
    speak_chinese(app)
    apply_style(app)
    window = make_window(home)
    catch_faults(home, window.tell)
    # Small screens are the rule where this is used: there the window takes all of it.
    small = window.screen().availableGeometry().width() < 1.4 * window.width()
    (window.showMaximized if small else window.show)()
    return app.exec()
