"""The few questions that need an answer before the program can go on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPushButton


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


class Foot(QHBoxLayout):
    """The foot of a dialog: what is to be said of what was chosen, and the two buttons, `accept` the first of them."""

    def __init__(self, dialog: QDialog, accept: str) -> None:
        super().__init__()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.addWidget(self.said, 1)
        box = buttons(accept)
        box.accepted.connect(dialog.accept)
        box.rejected.connect(dialog.reject)
        role = QDialogButtonBox.ButtonRole.AcceptRole
        self.accept = next(button for button in box.buttons() if box.buttonRole(button) == role)
        self.addWidget(box, 0, Qt.AlignmentFlag.AlignBottom)
