"""The few questions that need an answer before the program can go on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialogButtonBox, QPushButton


class _Cancel(QPushButton):
    """Enter presses it while it has the focus, and never after: as Qt's automatic default it would stay the one that Enter
    in a field presses while the other cannot be pressed, and all that was typed would be gone."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


def buttons(accept: str = "确定", cancel: str = "取消") -> QDialogButtonBox:
    """The two buttons of a dialog, with words of their own."""
    box = QDialogButtonBox()
    box.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
    box.addButton(_Cancel(cancel), QDialogButtonBox.ButtonRole.RejectRole)
    for button in box.buttons():
        button.setAccessibleName(button.text())
    return box
