"""One indicator of the own library: added, or changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from models.document.cleaning import clean_line
from models.document.template import TierScheme
from models.document.values import SIGNS
from models.indicators.indicator_library import Entry
from ui.widgets.dialog_buttons import AnswerButtons
from ui.widgets.parts import fill, roomy_column
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.style import characters, hint, labelled

_DARK = 128
"""Of 255: a window below is a dark one."""


class OwnEntryDialog(ProgramDialog):
    """Enter takes it, once a name stands there."""

    def __init__(
        self,
        scheme: TierScheme,
        units: Sequence[str],
        phrases: Sequence[str],
        entry: Entry | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`units`, `phrases`: what 单位 and 指标值确定依据 offer; another one may be typed."""
        super().__init__("修改指标" if entry else "添加指标", parent, help_place="table#own_library")
        self._scheme, self._before = scheme, entry or Entry("", "", "")
        self.tier1, self.tier2, self.sign = QComboBox(), QComboBox(), QComboBox()
        self.name, self.description = QLineEdit(), QLineEdit()
        self.unit, self.basis = QComboBox(), QComboBox()
        column = roomy_column(self)
        if entry:
            column.addWidget(hint("只改指标库里的这一条，已经写好的绩效文本不变。"))
        self._message, box = QLabel(), AnswerButtons(self, "保存")
        self._accept = box.accept
        fill(column, self._grid(), self._message, box)
        self._fill(units, phrases)
        self.name.textChanged.connect(lambda _text: self._check())
        self.setMinimumWidth(characters(self, 34))
        self._check()
        self.name.setFocus()

    def entry(self) -> Entry:
        """As it stands in the form; what the form has no field for stays."""
        return replace(
            self._before,
            tier1=self.tier1.currentText(),
            tier2=self.tier2.currentText(),
            name=_clean(self.name.text()),
            description=_clean(self.description.text()),
            sign=str(self.sign.currentData() or ""),
            unit=_clean(self.unit.currentText()),
            basis=_clean(self.basis.currentText()),
        )

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        rows: tuple[tuple[str, QWidget], ...] = (
            ("一级指标", self.tier1),
            ("二级指标", self.tier2),
            ("三级指标", self.name),
            ("绩效指标描述", self.description),
            ("符号", self.sign),
            ("单位", self.unit),
            ("指标值确定依据", self.basis),
        )
        for place, (text, field) in enumerate(rows):
            grid.addWidget(labelled(text, field), place, 0)
            grid.addWidget(field, place, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _fill(self, units: Sequence[str], phrases: Sequence[str]) -> None:
        before = self._before
        self.tier1.addItems(_with(self._scheme.tiers, before.tier1))
        self.tier1.currentTextChanged.connect(self._show_tiers)
        self.tier1.setCurrentText(before.tier1 or next(iter(self._scheme.tiers)))
        self._show_tiers(self.tier1.currentText())
        self.tier2.setCurrentText(before.tier2 or self.tier2.currentText())
        for sign in ("", *SIGNS):
            self.sign.addItem(sign or "（无）", sign)
        self.sign.setCurrentIndex(max(self.sign.findData(before.sign), 0))
        for field, offered, text in ((self.unit, units, before.unit), (self.basis, phrases, before.basis)):
            field.setEditable(True)
            field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            _show_edge(field)
            field.addItems(["", *offered])
            field.setEditText(text)
        self.name.setText(before.name)
        self.description.setText(before.description)

    def _show_tiers(self, tier1: str) -> None:
        self.tier2.clear()
        own = self._before.tier2 if tier1 == self._before.tier1 else ""
        self.tier2.addItems(_with(self._scheme.tiers.get(tier1, ()), own))

    def _check(self) -> None:
        named = bool(_clean(self.name.text()))
        self._accept.setEnabled(named)
        self._message.setText("" if named else "请写三级指标的名称。")


def _show_edge(field: QComboBox) -> None:
    """The style draws the edge of such a box in a darker shade of the window's colour, which is not seen in the dark."""
    colors = field.palette()
    if colors.color(QPalette.ColorRole.Window).lightness() < _DARK:
        colors.setColor(QPalette.ColorRole.Window, colors.color(QPalette.ColorRole.PlaceholderText))
        field.setPalette(colors)


def _clean(text: str) -> str:
    return clean_line(text)[0].strip()


def _with(offered: Iterable[str], own: str) -> list[str]:
    """The offered ones; one from elsewhere is kept."""
    found = list(offered)
    return [*found, own] if own and own not in found else found
