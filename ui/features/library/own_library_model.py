"""The own library as a table model: one indicator a row, which of them are hidden, and where each comes from."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt

from models.indicators.indicator_library import Entry
from models.indicators.own_library import OWN_SOURCE, OwnLibrary, key_of
from ui.widgets.lines_model import Index, LinesModel

HEADERS = ("二级指标", "三级指标", "绩效指标描述", "符号单位", "用过", "来源")
SHARES = (10, 16, 16, 5, 5, 9)


class Shown(Enum):
    """Which indicators are shown, in the words of the window."""

    MINE = "我的（用过和添加的）"
    OWN = "自己添加的"
    USED = "历年文本用过的"
    PROGRAM = "程序自带的"
    ALL = "全部"
    HIDDEN = "已隐藏的"


def belongs_to(entry: Entry, wanted: Shown, own: OwnLibrary) -> bool:
    """Whether an entry is one of those; what is hidden is shown only where it is asked for."""
    hidden = key_of(entry) in own.hidden
    if wanted is Shown.HIDDEN or hidden:
        return wanted is Shown.HIDDEN and hidden
    own_one, used = entry.source == OWN_SOURCE, entry.uses > 0
    return {
        Shown.MINE: own_one or used,
        Shown.OWN: own_one,
        Shown.USED: used,
        Shown.PROGRAM: not (own_one or used),
        Shown.ALL: True,
    }[wanted]


class OwnLibraryModel(LinesModel):
    """The entries that are shown, in their order. `own`: whose they are."""

    lines: Sequence[Entry]
    own = OwnLibrary()

    def __init__(self) -> None:
        super().__init__(HEADERS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(self._texts(entry)[index.column()].split("\n"))
        if role == Qt.ItemDataRole.ToolTipRole:
            texts = zip(HEADERS, self._texts(entry), strict=True)
            return "\n".join(f"{head}：{text}" for head, text in texts if text)
        return None

    def _texts(self, entry: Entry) -> tuple[str, ...]:
        source = f"{entry.source}（已隐藏）" if key_of(entry) in self.own.hidden else entry.source
        uses = f"{entry.uses} 次" if entry.uses else ""
        unit = f"{entry.sign}{entry.unit}"
        return entry.tier2, entry.name, entry.description, unit, uses, source
