"""剪切, 复制, 粘贴, 全选: the menu's way to what the field with the keyboard does by its own keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ui.shell.workbench import Controller


class EditingController(Controller):
    """Presses the keys for the clerk: a field, an open cell and the table each know what they mean."""

    def cut(self) -> None:
        self._press(Qt.Key.Key_X)

    def copy(self) -> None:
        self._press(Qt.Key.Key_C)

    def paste(self) -> None:
        self._press(Qt.Key.Key_V)

    def select_all(self) -> None:
        self._press(Qt.Key.Key_A)

    def _press(self, key: Qt.Key) -> None:
        field = QApplication.focusWidget()
        if field is None or not self._workbench.widget.isAncestorOf(field):
            self._workbench.status("请先把光标放到一栏或一格里。")
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.ControlModifier))
