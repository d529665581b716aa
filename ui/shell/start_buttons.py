"""The ways to begin: the column of buttons beside the drafts, and the page of the very first start."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.icons import ICON_NAME, give_icon
from ui.widgets.keys import give_key
from ui.widgets.parts import fill, push_button, roomy_column, sentence
from ui.widgets.style import characters, hint, title
from ui.widgets.view_options import layout_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Way = tuple[str, str, str, Callable[[], object]]
    """Id, text, keys and what is done."""

_WELCOME = (
    "这里写部门预算绩效文本：按步骤填，边填边检查，最后导出 Word、Excel 或 PDF。",
    "写下的内容会自动保存在本机，不会上传。",
    "从下面四种办法里选一种开始；文件也可以直接拖到窗口里。",
)
_WAYS = (
    ("drafts.new", "新建", "从一份空白的绩效文本开始。"),
    ("imports.file", "导入文件", "读入去年的或别人发来的 Word、Excel、文本文件或数据包。"),
    ("sample", "打开示例", "看一份写好的文本，可以随便改。"),
    ("backup.restore", "恢复备份", "换了电脑或重装以后，取回原来的草稿。"),
)
"""Id, text and explanation."""

ICONS = {
    "drafts.new": "new",
    "years.from_last_year": "next-year",
    "imports.file": "import",
    "units.merge": "merge",
    "imports.package": "package",
    "sample": "sample",
    "backup.restore": "backup",
    "delete": "trash",
}
"""By the ids of the buttons; what is not here has its id for a name."""


_LEAST_FOR_TWO, _MOST = 48, 76
"""Characters: how wide the page of the first start is for two cards a row, and how wide it becomes."""


def make_primary(button: QPushButton, is_primary: bool) -> None:
    """The main button of its page, or one of the others."""
    if bool(button.property("primary")) == is_primary:
        return
    button.setProperty("primary", "true" if is_primary else None)
    button.style().unpolish(button)
    button.style().polish(button)
    if button.property(ICON_NAME):
        give_icon(button, str(button.property(ICON_NAME)))


class ActionColumn(QScrollArea):
    """The buttons in one column, or in two where the window is low; what belongs to a draft stands apart."""

    def __init__(self, general: tuple[Way, ...], of_draft: tuple[Way, ...]) -> None:
        super().__init__()
        self.of_draft = frozenset(name for name, _text, _keys, _done in of_draft)
        """The ids of the buttons that need a draft."""
        self.buttons: dict[str, QPushButton] = {}
        """By their ids."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for name, text, keys, done in (*general, *of_draft):
            button = self.buttons[name] = push_button(text, done, keys)
            if keys:
                give_key(button, keys)
            button.setEnabled(False)
            give_icon(button, ICONS.get(name, name))
            self._grid.addWidget(button, len(self.buttons), 0)
        self.setWidget(inside)

    def emphasize(self, name: str) -> None:
        """The button with that id is the main one of the page; "": none of them is."""
        for id_, button in self.buttons.items():
            make_primary(button, id_ == name)

    def arrange(self) -> None:
        """As many columns as it takes, and as wide as they are."""
        shown = {name: button for name, button in self.buttons.items() if not button.isHidden()}
        gap = characters(self, 0.4)
        high = max((button.sizeHint().height() for button in shown.values()), default=0)
        wide = max((button.sizeHint().width() for button in shown.values()), default=0)
        room = max(self.height(), 1)
        own = [button for name, button in shown.items() if name in self.of_draft]
        across = 1 if (len(shown) + 1) * (high + gap) <= room else 2
        for row in range(self._grid.rowCount()):
            self._grid.setRowMinimumHeight(row, 0)
            self._grid.setRowStretch(row, 0)
        general = [button for name, button in shown.items() if name not in self.of_draft]
        rows = -(-len(general) // across)
        for place, button in enumerate(general):
            self._grid.addWidget(button, place // across, place % across)
        self._grid.setRowMinimumHeight(rows, high // 2)
        for place, button in enumerate(own):
            self._grid.addWidget(button, rows + 1 + place // across, place % across)
        last = rows + 1 + -(-len(own) // across)
        self._grid.setRowStretch(last, 1)
        self._grid.setSpacing(gap)
        needed = (last + 1) * (high + gap)
        bar = self.verticalScrollBar().sizeHint().width() if needed > room else 0
        self.setFixedWidth(across * wide + (across - 1) * gap + bar)


class Welcome(QScrollArea):
    """Three sentences and the four ways to begin, side by side where there is room."""

    begun = Signal(str)
    """The id of the way that was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.buttons: dict[str, QPushButton] = {}
        inside = QWidget()
        self._column = roomy_column(inside, 1, title("开始填写绩效文本"), *map(sentence, _WELCOME))
        self._grid = QGridLayout()
        self._cards = [self._card(*way) for way in _WAYS]
        make_primary(self.buttons["drafts.new"], True)
        self._column.addSpacing(characters(self, 1))
        fill(self._column, self._grid, 2)
        self.setWidget(inside)
        self._arrange()

    def _card(self, name: str, text: str, explanation: str) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        button = self.buttons[name] = push_button(text, partial(self.begun.emit, name))
        button.setAccessibleDescription(explanation)
        button.setProperty("way", "true")
        give_icon(button, ICONS[name])
        words = hint(explanation)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)  # beside a card of more lines
        fill(QVBoxLayout(card), (button, 0, Qt.AlignmentFlag.AlignLeft), (words, 1))
        return card

    def _arrange(self) -> None:
        """Two cards a row, one in large type; the page is as wide as is good to read, in the middle of a large screen."""
        across = 2 if self.width() >= characters(self, _LEAST_FOR_TWO) else 1
        gap = characters(self, 0.75)
        self._grid.setSpacing(gap)
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < across))
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // across, place % across)
            layout_of(card).setContentsMargins(gap, gap, gap, gap)
        aside = max(gap, (self.width() - characters(self, _MOST)) // 2)
        self._column.setContentsMargins(aside, gap, aside, gap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
