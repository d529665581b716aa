"""关于: the versions, where drafts, log and backups lie, and what is new."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, qVersion
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.document.template import load_template
from models.help.version_changes import written
from ui.app import faults
from ui.editor.steps.form_layout import page
from ui.features.help.diagnostics import program_version
from ui.widgets.parts import column_of, fill, let_copy, push_button, sentence, side_by_side, stacked, text_to_read
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.style import characters, hint, labelled, roomy


class AboutDialog(ProgramDialog):
    """`home`: the folder of drafts and log; `changes`: the cursor begins in the list of what is new."""

    def __init__(self, home: Path, backups: Path, changes: bool = False, parent: QWidget | None = None) -> None:
        help_place = "questions#news" if changes else "questions#data"
        super().__init__("更新记录" if changes else "关于", parent, help_place=help_place)
        self._home, self._begin_with_changes = home, changes
        self.changes = text_to_read(written())
        let_copy(self.changes)
        self.changes.setMinimumHeight(characters(self, 9))
        inside = QWidget()
        fill(
            page(inside, "绩效目标填报"),  # scrolls where large type leaves no room
            hint("起草、检查并导出部门预算绩效文本。不联网，写下的内容只在本机。"),
            self._facts(backups),
            labelled("更新记录", self.changes),
            (self.changes, 1),
        )
        column_of(self, (inside, 1), self._below())
        self.resize_within_screen(44, 46)
        if changes:
            self.changes.setFocus()
        else:
            self._close.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        area = self.findChild(QScrollArea)
        if self._begin_with_changes and area is not None:
            QTimer.singleShot(0, self, partial(area.ensureWidgetVisible, self.changes))

    def _facts(self, backups: Path) -> QFormLayout:
        from platform import python_version

        grid = QFormLayout()
        grid.setHorizontalSpacing(characters(self, 0.75))
        for name, text in (
            ("程序版本", program_version()),
            ("表样", load_template().name),
            ("运行环境", f"Python {python_version()}，Qt {qVersion()}"),
            ("草稿和日志", str(self._home)),
            ("日志文件", f"{self._home / faults.LOG_NAME}（不含草稿的文字）"),
            ("备份", str(backups)),
        ):
            # A line to copy from: a label would make the window as wide as a long path.
            shown = QLineEdit(text)
            shown.setReadOnly(True)
            shown.setCursorPosition(0)
            shown.setToolTip(text)
            grid.addRow(labelled(name, shown), shown)
        return grid

    def _below(self) -> QVBoxLayout:
        self.said = sentence()
        self.said.hide()
        folder, licences = (
            push_button("打开数据文件夹", self.open_folder),
            push_button("第三方许可", self.show_licences),
        )
        self._close = push_button("关闭", self.reject)
        for button in (folder, licences, self._close):
            button.setAutoDefault(True)
        self._close.setDefault(True)
        column = stacked(self.said, side_by_side(folder, licences, 1, self._close))
        roomy(column, self)
        return column

    def show_licences(self) -> None:
        """Whose work is in the program, and under which licences."""
        from ui.features.help.licences_dialog import LicencesDialog

        LicencesDialog(self).exec()

    def open_folder(self) -> None:
        """Shows the folder in the system's file manager, or says where it is."""
        from ui.widgets.file_dialogs import open_with_system

        if not open_with_system(self._home):
            self.said.show()
            self.said.setText(f"系统没有能打开文件夹的程序，请自己打开：{self._home}")
