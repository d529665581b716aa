"""剪切, 复制, 粘贴, 全选, 添加一项: the menu's way to what the field with the keyboard, or the page, does by its own keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication

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

    def add(self) -> None:
        """An item in the list of the page that is shown."""
        self._press_button("Ctrl+N", "这一页没有可以添加的列表。")

    def fold(self) -> None:
        """Code, budget, plan and goals of the project that is shown."""
        self._press_button("Ctrl+T", "请先到第 ⑤ 步选一个项目。")

    def _press_button(self, keys: str, otherwise: str) -> None:
        for shortcut in self._workbench.widget.findChildren(QShortcut):
            button = shortcut.parent()
            if shortcut.key() != QKeySequence(keys) or not isinstance(button, QAbstractButton):
                continue
            if button.isVisible() and button.isEnabled():
                button.click()
                return
        self._workbench.status(otherwise)

    def _press(self, key: Qt.Key) -> None:
        field = QApplication.focusWidget()
        if field is None or not self._workbench.widget.isAncestorOf(field):
            self._workbench.status("请先把光标放到一栏或一格里。")
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.ControlModifier))
