"""第三方许可: the parts of the program others made, and the licence of the one chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QListWidget,
    QWidget,
)

from models.help.licences import components, introduction, written
from ui.widgets.parts import let_copy, push_button, roomy_column, sentence, side_by_side, stacked, text_to_read
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.style import characters, labelled


class LicencesDialog(ProgramDialog):
    """The list on the left, the text of the chosen licence on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("第三方许可", parent, help_place="questions")
        self._components = components()
        about = sentence(introduction())
        about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list, self.text = self._list(), text_to_read()
        let_copy(self.text)
        lists = stacked(labelled("组件", self.list), (self.list, 1))
        halves = side_by_side((lists, 2), (stacked(labelled("许可文本", self.text), (self.text, 1)), 3))
        halves.setSpacing(characters(self, 0.75))
        close = push_button("关闭", self.reject)
        close.setAutoDefault(True)
        close.setDefault(True)
        roomy_column(self, about, (halves, 1), side_by_side(1, close))
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self.resize_within_screen(56, 34)

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

    def _show(self, row: int) -> None:
        if row >= 0:
            self.text.setPlainText(written(self._components[row]))
