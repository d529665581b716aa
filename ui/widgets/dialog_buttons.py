"""The foot of a dialog: what is to be said of what was chosen, and the two buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton

from ui.widgets.keys import is_enter
from ui.widgets.parts import fill, sentence


class _Cancel(QPushButton):
    """Enter presses it while it has the focus, and never after: as Qt's automatic default it would stay the one that Enter
    in a field presses while the other cannot be pressed, and all that was typed would be gone."""

    def __init__(self) -> None:
        super().__init__("取消")
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)


class AnswerButtons(QDialogButtonBox):
    """`accept`: the button with a dialog's own words, which accepts it, or begins what it is for; the other one rejects it."""

    def __init__(self, dialog: QDialog, accept: str = "确定", begin: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.accept = self.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept.setDefault(True)
        self.addButton(_Cancel(), QDialogButtonBox.ButtonRole.RejectRole)
        for button in self.buttons():
            button.setAccessibleName(button.text())
        self.accepted.connect(begin or dialog.accept)
        self.rejected.connect(dialog.reject)


class Foot(QHBoxLayout):
    """What is to be said of what was chosen, and the two buttons, `accept` the first of them."""

    def __init__(self, dialog: QDialog, accept: str) -> None:
        super().__init__()
        self.said, box = sentence(), AnswerButtons(dialog, accept)
        self.accept = box.accept
        fill(self, (self.said, 1), (box, 0, Qt.AlignmentFlag.AlignBottom))
