"""The page shown when the drafts cannot be opened: why, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui.flow import flow
from ui.style import characters, roomy, title


class StoreFaultPage(QWidget):
    """A sentence and the ways on."""

    retry = Signal()
    backups = Signal()
    salvage = Signal()
    leave = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = QLabel()
        self.reason.setWordWrap(True)
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setMaximumWidth(characters(self, 44))
        self._retry, leave = QPushButton("重试"), QPushButton("退出程序")
        self._backups, self._salvage = QPushButton("恢复备份…"), QPushButton("移开损坏的文件，取回能读出的内容")
        ways = (
            (self._retry, self.retry),
            (self._backups, self.backups),
            (self._salvage, self.salvage),
            (leave, self.leave),
        )
        for button, signal in ways:
            button.setAccessibleName(button.text())
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
        column = QVBoxLayout(self)
        roomy(column, self)
        column.addStretch(1)
        column.addWidget(title("草稿没有能打开"))
        column.addWidget(self.reason)
        column.addWidget(flow(self, self._retry, self._backups, self._salvage, leave))
        column.addStretch(2)

    def tell(self, reason: str, fault: str = "") -> None:
        """Why, and what can be done about such a fault (a StoreError's)."""
        self.reason.setText(reason)
        damaged = fault in {"damaged", "altered"}
        for button in (self._backups, self._salvage):
            button.setVisible(damaged)
        (self._backups if damaged else self._retry).setFocus()
