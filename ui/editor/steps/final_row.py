"""Whether the text is a 草稿 or a 定稿, and the button that makes it the other."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from models.session.session import Session
from ui.widgets.icons import give_icon

FINAL, REOPEN = "定稿", "重新打开修改"
_STATES = {
    False: ("状态：草稿。写完以后可以定稿：内容锁定，留下一个版本，随时可以重新打开。", FINAL),
    True: ("状态：定稿。内容已锁定，可以导出和打印。", REOPEN),
}


class FinalRow(QWidget):
    """One line and one button; the window does what is wanted."""

    wanted = Signal()
    """The button was pressed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.state, self.button = QLabel(), QPushButton()
        give_icon(self.button, "final")
        self.button.clicked.connect(lambda _checked=False: self.wanted.emit())
        self.state.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addWidget(self.state, 1)
        self.refresh()

    def refresh(self) -> None:
        """Shows the state the text is in."""
        message, verb = _STATES[self._session.is_locked]
        self.state.setText(message)
        self.button.setText(verb)
        self.button.setAccessibleName(verb)
