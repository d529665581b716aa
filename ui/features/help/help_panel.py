"""填报说明: what belongs into the field with the focus, with a good and a bad example, and the keys useful there."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QTextBrowser,
    QWidget,
)

from models.document.fieldnames import CHECKPOINTS
from models.help import help_texts as texts
from ui.shell.side_panel import Panel
from ui.widgets.parts import column_of, let_copy, push_button, side_by_side
from ui.widgets.style import characters, title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.help.help_texts import FieldHelp, KeyPlace, StepHelp

NAME, FOLD = "填报说明", "按键"
GOOD, BAD, WHY = "✓ 这样写", "✗ 不要这样写", "为什么"
_PARTS = ("sign", "number", "unit")


class HelpPanel(Panel):
    """Follows the focus. `places`: the keys of each place of the window. While it is folded away it only remembers where the focus is."""

    manual = Signal(str)
    """The user wants to read more: the id of the manual's chapter."""

    def __init__(self, places: Mapping[str, KeyPlace], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = places
        self._path, self._part, self._step = "", "", 1
        self._shown: object = None
        self.heading = title("")
        self.heading.setWordWrap(True)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.text = _reader()
        self.heading.setBuddy(self.text)
        self.text.setAccessibleName(NAME)
        gap = characters(self, 0.4)
        column = column_of(self, self.heading, (self.text, 1), self._buttons())
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(gap)
        self.setMinimumWidth(characters(self, 15))

    def _buttons(self) -> QHBoxLayout:
        self.fold = QPushButton(f"▸ {FOLD}")
        self.fold.setToolTip("展开或收起这里可用的按键")
        self.fold.toggled.connect(self._fold)
        self.whole_step = QPushButton("本步说明")
        self.whole_step.setToolTip("看这一步先做什么、后做什么；再按一次回到当前一栏")
        self.whole_step.toggled.connect(lambda _on: self._show())
        tip = "打开使用手册中讲这里的一章（Ctrl+F1）"
        self.more = push_button("使用手册", lambda: self.manual.emit(self.chapter), tip)
        for button in (self.fold, self.whole_step, self.more):
            button.setAccessibleName(button.text().removeprefix("▸ "))
            button.setCheckable(button is not self.more)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in its field
        row = side_by_side(self.fold, self.whole_step, self.more, 1)
        row.setSpacing(characters(self, 0.3))
        return row

    @property
    def chapter(self) -> str:
        """The manual's chapter about the table, or the step that is shown."""
        in_table = self._path.startswith("projects[") and ".indicators[" in self._path
        return "table" if in_table else texts.steps()[self._step].chapter

    # following the focus

    def show_step(self, number: int) -> None:
        """That step is shown from now on, counted from 1; no field of it has the focus yet."""
        self._step, self._path = max(number, 1), ""
        self._show()

    def show_path(self, path: str) -> None:
        self._path, self._part = path, _part_of_value() if path.endswith("].value") else ""
        if path:
            self.whole_step.setChecked(False)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange} and hasattr(self, "more"):
            self._shown = None
            self._show()

    # showing

    def _show(self) -> None:
        if not self.isVisible():
            return
        field = texts.field_help(self._path, self._part) if self._path else None
        subject = texts.steps()[self._step] if field is None or self.whole_step.isChecked() else field
        places = texts.keys_for(self._path, self._step, self._places) if self.fold.isChecked() else ()
        name = self._name(subject)
        if (subject, name, places) == self._shown:
            return
        self._shown = subject, name, places
        self.heading.setText(name)
        words = _of_field(subject, _line(self)) if isinstance(subject, texts.FieldHelp) else _of_step(subject)
        self.text.setHtml(words + "".join(map(_of_keys, places)))
        self.text.setAccessibleDescription(name)
        self.whole_step.setEnabled(field is not None)

    def _name(self, subject: FieldHelp | StepHelp) -> str:
        if _is_step(subject):
            return f"{chr(ord('①') + self._step - 1)} {subject.title}"
        place = self._path.partition(".spending_plan[")[2].removesuffix("]")
        checkpoint = CHECKPOINTS[int(place)] if place.isdigit() and int(place) < len(CHECKPOINTS) else ""
        return f"{subject.title} {checkpoint}".strip()

    def _fold(self, opened: bool) -> None:
        self.fold.setText(f"{'▾' if opened else '▸'} {FOLD}")
        self.fold.setAccessibleDescription("已展开" if opened else "已收起")
        self._show()
        if opened:
            self._bring_keys_into_view()

    def _bring_keys_into_view(self) -> None:
        """The first place's keys at the top, as far as the text reaches."""
        place = self.text.document().find(texts.keys_for(self._path, self._step, self._places)[0].title + "\u200b")
        self.text.verticalScrollBar().setValue(
            self.text.verticalScrollBar().value() + self.text.cursorRect(place).top()
        )


def _is_step(subject: FieldHelp | StepHelp) -> bool:
    return isinstance(subject, texts.StepHelp)


def _part_of_value() -> str:
    """Which of the three columns of a value the cursor is in: they are one field."""
    # Loaded already where such a cell has the focus.
    from ui.editor.table import indicator_edits as edits
    from ui.editor.table.indicator_view import IndicatorView

    widget = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, IndicatorView):
        widget = widget.parentWidget()
    column = widget.currentIndex().column() if widget is not None else -1
    return _PARTS[column - edits.SIGN] if column in edits.PARTS else ""


def _reader() -> QTextBrowser:
    """A text to read and to copy from, also by keyboard."""
    reader = QTextBrowser()
    reader.setOpenLinks(False)
    reader.setTabChangesFocus(True)
    reader.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    let_copy(reader)
    reader.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    reader.document().setIndentWidth(characters(reader, 1.6))
    reader.setMinimumHeight(characters(reader, 5))
    return reader


def _line(widget: QWidget) -> str:
    """The colour of the frames: between text and ground, light or dark."""
    palette = widget.palette()
    return palette.color(QPalette.ColorRole.PlaceholderText).name()


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())


def _of_field(field: FieldHelp, line: str) -> str:
    written = _paragraphs(field.text)
    examples = [(GOOD, field.good, ""), (BAD, field.bad, field.why)]
    for name, words, why in examples:
        if words:
            reason = f"<br><b>{WHY}：</b>{html.escape(why)}" if why else ""
            written += (
                f'<table width="100%" cellpadding="5" cellspacing="0" border="1"'
                f' style="border-collapse:collapse; border-style:solid; border-color:{line}; margin-top:8px">'
                f"<tr><td><b>{name}</b><br>{html.escape(words)}{reason}</td></tr></table>"
            )
    return written


def _of_step(step: StepHelp) -> str:
    order = "".join(f"<li>{html.escape(line)}</li>" for line in step.order)
    return f"{_paragraphs(step.text)}<p><b>先后顺序</b></p><ol style='margin-left:0; -qt-list-indent:1'>{order}</ol>"


def _of_keys(place: KeyPlace) -> str:
    rows = "".join(
        f'<tr><td width="38%"><b>{html.escape(pressed)}</b></td><td>{html.escape(what)}</td></tr>'
        for pressed, what in place.keys
    )
    # What cannot be seen marks the line: the same words may stand in the text above.
    return f'<p><b>{html.escape(place.title)}\u200b</b></p><table width="100%" cellpadding="2">{rows}</table>'
