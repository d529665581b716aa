"""设置: how the program looks, what new drafts begin with, who signs remarks, where the backups lie."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QTabWidget,
    QWidget,
)

from models.document.fieldnames import PRINT_CHOICES
from models.document.template import Template
from models.preferences import LEAST_POINTS, MOST_POINTS, Preferences
from ui.editor.steps.form_layout import add_hint, add_row, page, titled_form
from ui.widgets.dialog_buttons import AnswerButtons
from ui.widgets.help_places import helped_by
from ui.widgets.parts import column_of, fill, push_button, sentence, side_by_side
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.style import LEAST_POINTS as USUAL_POINTS
from ui.widgets.style import SYSTEM_FONT, characters

THEMES = (("system", "跟随系统"), ("light", "浅色"), ("dark", "深色"))


class SettingsDialog(ProgramDialog):
    """What is changed of the look is shown at once by `apply_look`; left with Esc, everything is as it was.

    Accepted, `preferences` and `backup_folder` are the answer.
    """

    def __init__(
        self,
        present: Preferences,
        template: Template,
        backup_folder: Path,
        usual_folder: Path,
        apply_look: Callable[[Preferences], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("设置", parent, help_place="settings")
        self.preferences, self._before = present, present
        self.backup_folder, self._usual_folder = backup_folder, usual_folder
        self._apply_look, self._template = apply_look, template
        self._choices: dict[str, QComboBox] = {}
        self._boxes: dict[str, QCheckBox] = {}
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("设置的页")
        for text, groups in (
            ("外观", (self._look_group(),)),
            ("新建的草稿", (self._draft_group(),)),
            ("审核和备份", (self._remark_group(), self._backup_group())),
        ):
            inside = QWidget()
            fill(page(inside, ""), *groups, 1)
            self.tabs.addTab(inside, text)
        column_of(self, (self.tabs, 1), self._below())
        self._show(present)
        self._fit()

    def _fit(self) -> None:
        room = self.screen().availableSize()
        wide, high = characters(self, 40), characters(self, 28)
        self.resize(min(wide, round(room.width() * 0.9)), min(high, round(room.height() * 0.88)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "tabs"):
            for box in self._choices.values():
                box.setMaximumWidth(characters(self, 28))
            self._fit()

    # Making it

    def _choice(self, grid: QFormLayout, name: str, text: str, choices: list[tuple[object, str]]) -> None:
        box = QComboBox()
        box.setMaximumWidth(characters(self, 28))
        for value, words in choices:
            box.addItem(words, value)
        box.activated.connect(lambda _row: self._changed(name, box.currentData()))
        add_row(grid, text, box)
        self._choices[name] = box

    def _look_group(self) -> QGroupBox:
        box, grid = titled_form(self, "屏幕上的样子")
        self._choice(grid, "theme", "颜色", list(THEMES))
        families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
        self._choice(grid, "font", "界面字体", [("", "跟随系统"), *((name, name) for name in families)])
        app = QApplication.instance()
        font = app.property(SYSTEM_FONT) if app else None
        usual = max(font.pointSize() if font else 0, USUAL_POINTS)
        sizes: list[tuple[object, str]] = [(size, f"{size} 磅") for size in range(LEAST_POINTS, MOST_POINTS + 1)]
        self._choice(grid, "size", "字号", [(0, f"跟随系统（{usual} 磅）"), *sizes])
        sample = QLineEdit("2026年 预算数 165.00万元 ≥95%")
        sample.setReadOnly(True)
        add_row(grid, "示例", sample)
        add_hint(grid, "选了就能看到；按「取消」或 Esc 恢复原来的样子。打印和导出的文件不受影响。")
        return box

    def _draft_group(self) -> QGroupBox:
        box, grid = titled_form(self, "新草稿从这里开始")
        self._choice(grid, "tier_scheme", "指标体系", [(s.id, s.name) for s in self._template.schemes])
        self._choice(grid, "font_scheme", "字体方案", [(s.id, s.name) for s in self._template.fonts])
        for name, text in PRINT_CHOICES.items():
            tick = QCheckBox(text)
            tick.setAccessibleName(text)
            tick.toggled.connect(lambda on, name=name: self._changed(name, on))
            grid.addRow("", tick)
            self._boxes[name] = tick
        add_hint(grid, "已有的草稿不变；每份草稿可以在「基本信息」里单独修改。")
        return box

    def _remark_group(self) -> QGroupBox:
        box, grid = titled_form(self, "审核意见")
        self.author = QLineEdit()
        self.author.setPlaceholderText("例如：李科长；可以不填")
        self.author.textEdited.connect(lambda text: self._changed("author", text.strip()))
        add_row(grid, "署名", self.author)
        return box

    def _backup_group(self) -> QGroupBox:
        box, grid = titled_form(self, "备份")
        self.folder = QLineEdit()
        self.folder.setReadOnly(True)
        add_row(grid, "备份文件夹", self.folder)
        usual = push_button("用默认位置", lambda: self.set_folder(self._usual_folder))
        grid.addRow("", side_by_side(push_button("更改…", self._choose_folder), usual, 1))
        self.fault = sentence()
        grid.addRow("", self.fault)
        return box

    def _below(self) -> QHBoxLayout:
        row = side_by_side(push_button("全部恢复默认", self._back_to_usual), 1, AnswerButtons(self))
        gap = characters(self, 0.75)
        row.setContentsMargins(gap, gap, gap, gap)
        return row

    # Using it

    def _show(self, shown: Preferences) -> None:
        for name, box in self._choices.items():
            value = getattr(shown, name)
            if box.findData(value) < 0:  # a font of another machine, a scheme of a later form: kept, not changed
                box.addItem(str(value), value)
            box.setCurrentIndex(box.findData(value))
        for name, tick in self._boxes.items():
            tick.setChecked(getattr(shown, name))
        self.author.setText(shown.author)
        self.set_folder(self.backup_folder)

    def _changed(self, name: str, value: object) -> None:
        before, self.preferences = self.preferences, replace(self.preferences, **{name: value})  # type: ignore[arg-type]
        if before != self.preferences and name in {"font", "size", "theme"}:
            self._apply_look(self.preferences)

    def _back_to_usual(self) -> None:
        self.preferences = Preferences(author=self.preferences.author)
        self.backup_folder = self._usual_folder
        self._show(self.preferences)
        self._apply_look(self.preferences)

    def _choose_folder(self) -> None:
        with helped_by("backup"):
            name = QFileDialog.getExistingDirectory(self, "备份文件夹", str(self.backup_folder))
        if name:
            self.set_folder(Path(name))

    def set_folder(self, folder: Path) -> None:
        """Backups shall go there; one that cannot be written is said at once."""
        self.backup_folder = folder
        self.folder.setText(str(folder))
        fit = os.access(folder, os.W_OK) or not folder.exists()
        self.fault.setText("" if fit else "这个文件夹不能写入，请另选一个，否则不能备份。")

    def reject(self) -> None:
        self._apply_look(self._before)
        super().reject()
