"""第三方许可: the parts of the program others made, and the licence of the one chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.help.licences import components, introduction, written
from ui.widgets.style import characters, labelled, roomy


class LicencesDialog(QDialog):
    """The list on the left, the text of the chosen licence on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("第三方许可")
        self.setProperty("help", "questions")
        self._components = components()
        column = QVBoxLayout(self)
        roomy(column, self)
        column.addWidget(self._introduction())
        row = QHBoxLayout()
        row.setSpacing(characters(self, 0.75))
        self.list, self.text = self._list(), self._text()
        for name, widget, share in (("组件", self.list, 2), ("许可文本", self.text, 3)):
            side = QVBoxLayout()
            side.addWidget(labelled(name, widget))
            side.addWidget(widget, 1)
            row.addLayout(side, share)
        column.addLayout(row, 1)
        column.addLayout(self._buttons())
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        room = self.screen().availableSize() * 0.92
        self.resize(min(characters(self, 56), room.width()), min(characters(self, 34), room.height()))

    def _introduction(self) -> QLabel:
        label = QLabel(introduction())
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _list(self) -> QListWidget:
        shown = QListWidget(self)
        shown.ensurePolished()  # the rows measure themselves when they come, and the look gives them room
        for component in self._components:
            shown.addItem(f"{component.name} {component.version}（{component.licence}）")
        for row in range(shown.count()):
            shown.item(row).setToolTip(shown.item(row).text())
        shown.setTextElideMode(Qt.TextElideMode.ElideRight)
        shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return shown

    def _text(self) -> QPlainTextEdit:
        shown = QPlainTextEdit()
        shown.setReadOnly(True)
        shown.setTabChangesFocus(True)
        flags = Qt.TextInteractionFlag
        shown.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        return shown

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        close = QPushButton("关闭")
        close.setAccessibleName(close.text())
        close.setDefault(True)
        close.clicked.connect(lambda _checked=False: self.reject())
        row.addStretch(1)
        row.addWidget(close)
        return row

    def _show(self, row: int) -> None:
        if row >= 0:
            self.text.setPlainText(written(self._components[row]))
