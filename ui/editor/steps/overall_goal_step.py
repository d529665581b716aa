"""② 总体绩效目标: the section's heading, one large text, and below it what reviewers look for and what the text names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from models.session.session import Change, Session
from ui.editor.fields import TextField
from ui.editor.steps import Step
from ui.editor.steps.form_layout import OptionalLineField, add_row, form, page
from ui.widgets.parts import fill
from ui.widgets.style import characters, hint, labelled
from ui.widgets.text_units import utf16_units

# Read for its numbers when the page is first seen: the first paint does not wait for the lists of words.
if TYPE_CHECKING:
    from models.document.figures import Chip

PATH = "overall_goal"
_PAUSE = 400
"""Milliseconds after a key until the text is read for its years and numbers."""
_MOST = 24
"""Chips; a text with more numbers names the first."""
_CHIP = 1.87
"""Characters a row of chips is high."""
_LOOKED_FOR = (
    "· 开头点明年度，写全年要达到的结果，不抄单位职责。",
    "· 有能核对的数量、比例或时间，并且同分项目标、项目指标里的数字一致。",
    "· 年份都是预算年度；说到往年的情况，写明是往年。",
)


class _LargeText(TextField):
    """Takes all the height there is, and where there is little not so much that nothing else is seen."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())


class OverallStep(Step):
    """The overall goal; a new line begins a new paragraph."""

    title = "总体绩效目标"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        from models.document.figures import Elsewhere
        from ui.widgets.charts.chip_row import ChipBar

        grid = form(self)
        heading = self.bind(OptionalLineField(session, "headings.overall_goal"))
        heading.setPlaceholderText("不打印标题行")
        add_row(grid, "本节标题行", heading)
        self._goal = goal = self.bind(_LargeText(session, PATH, lines=None))
        goal.setMinimumHeight(characters(self, 8))
        self.chips = ChipBar()
        self.chips.setMinimumHeight(characters(self, _CHIP))  # the text keeps its height when the first one comes
        self.chips_line = labelled("文中的年份和数字", self.chips)
        fill(
            page(self, self.title),
            grid,
            labelled(self.title, goal),
            (goal, 1),
            hint("每行是一个自然段，首行缩进由程序处理。"),
            self.chips_line,
            self.chips,
            hint("审核时看：\n" + "\n".join(_LOOKED_FOR)),
        )
        self._places: dict[str, tuple[int, int]] = {}
        self._elsewhere = Elsewhere()
        self._read: tuple[object, ...] = ()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.show_chips)
        self.chips.picked.connect(self._select)

    def refresh(self, change: Change | None) -> None:
        super().refresh(change)
        year = self.session.document.year
        example = (
            "推广农业新技术12项，建设示范基地6个，培训农民3200人次，农业技术覆盖率达到92%，服务对象满意度达到95%以上。"
        )
        self._goal.setPlaceholderText(f"例如：{f'{year}年，' if year else '全年'}{example}")
        if self.isVisible():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_chips()

    def show_chips(self) -> None:
        """Echoes what the text names, unless a word is just being composed: then after it."""
        from models.document.figures import chips

        document = self.session.document
        wanted = (document.overall_goal, document.year, document.sub_goals, document.projects)
        if self._goal.is_composing:
            self._timer.start()
            return
        if all(one is other for one, other in zip(wanted, self._read, strict=False)) and self._read:
            return
        self._read = wanted
        names = tuple(project.name for project in document.projects)
        found = chips(document.overall_goal, document.year, self._elsewhere.of(document), names)
        self._show(found)

    def _show(self, found: list[Chip]) -> None:
        from ui.widgets.charts.chip_row import ChipText

        self._places = {_key(chip): (chip.start, chip.end) for chip in found}
        shown = [ChipText(_shown(chip), _tip(chip), _key(chip)) for chip in found[:_MOST]]
        self.chips.show_chips(shown)
        more = len(found) - len(shown)
        line = "文中的年份和数字" if found else "文中的年份和数字：还没有。写下后会列在这里，便于核对。"
        self.chips_line.setText(f"{line}（另有 {more} 个没有列出）" if more else line)

    def _select(self, key: str) -> None:
        """Selects the chip's words in the text; the text may have moved on since: then what is there now."""
        self.show_chips()
        if key not in self._places:
            return
        start, end = self._places[key]
        text = self.session.document.overall_goal
        cursor = self._goal.textCursor()
        cursor.setPosition(utf16_units(text[:start]))
        cursor.setPosition(utf16_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        self._goal.setTextCursor(cursor)
        self._goal.setFocus(Qt.FocusReason.OtherFocusReason)
        self._goal.ensureCursorVisible()

    def focus_first(self) -> bool:
        self._goal.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


def _key(chip: Chip) -> str:
    """How the chip is known again when the text before it has changed."""
    return f"{chip.words}{'!' if chip.doubtful else ''}"


def _shown(chip: Chip) -> str:
    """«2025年 ⚠ 与预算年度 2026 不同», «24场 ×2 · 分项目标有»."""
    times = f" ×{chip.times}" if chip.times > 1 else ""
    note = f" ⚠ {chip.note}" if chip.doubtful else f" · {chip.note}" if chip.note else ""
    return f"{chip.words}{times}{note}"


def _tip(chip: Chip) -> str:
    often = f"，文中共 {chip.times} 处" if chip.times > 1 else ""
    return f"选中文中的「{chip.words}」{often}"
