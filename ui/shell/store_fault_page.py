"""The page shown when the drafts cannot be opened: why, and what can be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.flow import flow
from ui.widgets.parts import push_button, roomy_column, sentence
from ui.widgets.style import characters, hint, title

_WAYS = (
    "「恢复备份…」换成一份完好的备份。「移开损坏的文件，取回能读出的内容」把还读得出的草稿、历史版本、设置放进新的数据文件，"
    "一份一份地取，取不回的会点名。两种办法都不删除现在的文件：它改个名字，留在原处。"
)


class StoreFaultPage(QWidget):
    """A sentence and the ways on."""

    retry = Signal()
    backups = Signal()
    salvage = Signal()
    leave = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = sentence()
        self.reason.setMaximumWidth(characters(self, 44))
        self._ways = hint(_WAYS)
        self._ways.setMaximumWidth(self.reason.maximumWidth())
        self._retry = push_button("重试", self.retry.emit)
        self._backups = push_button("恢复备份…", self.backups.emit)
        self._salvage = push_button("移开损坏的文件，取回能读出的内容", self.salvage.emit)
        leave = push_button("退出程序", self.leave.emit)
        buttons = flow(self, self._retry, self._backups, self._salvage, leave)
        roomy_column(self, 1, title("草稿没有能打开"), self.reason, self._ways, buttons, 2)

    def show_reason(self, reason: str, fault: str = "") -> None:
        """Why, and what can be done about such a fault (a StoreError's)."""
        self.reason.setText(reason)
        damaged = fault in {"damaged", "altered"}
        self._backups.setVisible(damaged or fault == "newer")
        self._salvage.setVisible(damaged)
        self._ways.setVisible(damaged)
        (self._backups if damaged else self._retry).setFocus()

    def add(self, sentence: str) -> None:
        """What came of one of the ways."""
        self.reason.setText(f"{sentence}\n\n{self.reason.text()}")
