"""Whether the text is a 草稿 or a 定稿, and the button that makes it the other."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.session.session import Session
from ui.widgets.icons import give_icon
from ui.widgets.parts import push_button, rename, row_of, sentence

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
        self.state, self.button = sentence(), push_button("", self.wanted.emit)
        give_icon(self.button, "final")
        row_of(self, self.button, (self.state, 1))
        self.refresh()

    def refresh(self) -> None:
        """Shows the state the text is in."""
        message, verb = _STATES[self._session.is_locked]
        self.state.setText(message)
        rename(self.button, verb)
