"""The years found in a text, one a line with its context, to be ticked or left: used wherever a text moves to another year."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from models.document import fieldpath
from models.document.places import place_words
from models.document.tree import GoalDocument
from models.years.rollover import Mention, around
from models.years.year_mentions import REASONS
from ui.widgets.parts import column_of, push_button, sentence, side_by_side, text_to_read
from ui.widgets.shared_table import SharedColumns, show_tree_of_lines
from ui.widgets.style import characters, hint, labelled
from ui.widgets.text_differences import mark_places
from ui.widgets.view_options import tree_item

_COLUMNS = ("顺延", "位置", "原文", "改为", "是什么")
TICK, PLACE, WORDS, NEW, KIND = range(5)


class _Lines(SharedColumns, QTreeWidget):
    """Space ticks and goes on to the next line, so that one key leads through all."""

    shares = (7, 24, 44, 13, 12)

    def __init__(self) -> None:
        super().__init__()
        show_tree_of_lines(self)
        self.setHeaderLabels(_COLUMNS)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the columns share the width there is
        self.header().setSectionsMovable(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Space and item is not None:
            ticked = item.checkState(TICK) == Qt.CheckState.Checked
            item.setCheckState(TICK, Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)
        else:
            super().keyPressEvent(event)


class MentionList(QWidget):
    """`changed`: something was ticked or shown again."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = GoalDocument()
        self._mentions: tuple[Mention, ...] = ()
        self.lines = _Lines()
        self.lines.setMinimumHeight(characters(self, 5))
        self.lines.itemChanged.connect(lambda _item, _column: self._tell())
        self.lines.currentItemChanged.connect(lambda _now, _before: self._show_text())
        self.text = text_to_read()
        self.text.setMinimumHeight(characters(self, 4.2))  # two lines stand in it whole
        self._reason = hint("")
        self.message = sentence()
        """What is ticked, in a sentence; whoever shows the list puts it where it likes."""
        column_of(
            self,
            side_by_side(
                labelled("逐处确认（空格键勾选或取消）", self.lines),
                1,
                push_button("按建议勾选", partial(self.tick, None), "只勾选说的是计划年度的"),
                push_button("全部勾选", partial(self.tick, True), "全部顺延"),
                push_button("全部不勾", partial(self.tick, False), "全部保留原文"),
            ),
            (self.lines, 3),
            side_by_side(labelled("这一处的全文", self.text), (self._reason, 1)),
            (self.text, 1),
            gap=0.3,
        )

    def show_mentions(self, document: GoalDocument, found: Sequence[Mention]) -> None:
        """Those of a document; ticked as proposed."""
        self._document, self._mentions = document, tuple(found)
        self.lines.blockSignals(True)
        self.lines.clear()
        items, words_of = [], place_words(document)
        for mention in self._mentions:
            before, after = around(document, mention)
            place = words_of(mention.path)
            words = f"{before}【{mention.old_words}】{after}"
            item = QTreeWidgetItem(["", place, words, mention.new_words, mention.kind.value])
            for column, tip in ((PLACE, place), (WORDS, words), (KIND, REASONS[mention.kind])):
                item.setToolTip(column, tip)
            item.setData(
                TICK, Qt.ItemDataRole.AccessibleTextRole, f"{mention.old_words} 改为 {mention.new_words}，{place}"
            )
            item.setCheckState(TICK, Qt.CheckState.Checked if mention.accepted else Qt.CheckState.Unchecked)
            items.append(item)
        self.lines.addTopLevelItems(items)
        self.lines.blockSignals(False)
        if items:
            self.lines.setCurrentItem(items[0])
        self._show_text()
        self._tell()

    def say(self, text: str) -> None:
        """No list yet: why."""
        self.show_mentions(GoalDocument(), ())
        self.message.setText(text)

    def accepted(self) -> tuple[Mention, ...]:
        """The ticked ones, in order."""
        return tuple(one for at, one in enumerate(self._mentions) if self._is_ticked(at))

    def tick(self, wanted: bool | None) -> None:
        """All, none, or (None) those that are proposed."""
        self.lines.blockSignals(True)
        for at, mention in enumerate(self._mentions):
            ticked = mention.accepted if wanted is None else wanted
            state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            tree_item(self.lines, at).setCheckState(TICK, state)
        self.lines.blockSignals(False)
        self.lines.viewport().update()
        self._tell()

    def _is_ticked(self, at: int) -> bool:
        return tree_item(self.lines, at).checkState(TICK) == Qt.CheckState.Checked

    def _tell(self) -> None:
        self.message.setText(summary(self._mentions, self.accepted()))
        self.changed.emit()

    def _show_text(self) -> None:
        at = self.lines.indexOfTopLevelItem(self.lines.currentItem()) if self.lines.currentItem() else -1
        if not 0 <= at < len(self._mentions):
            self.text.clear()
            self._reason.clear()
            return
        mention = self._mentions[at]
        self.text.setPlainText(str(fieldpath.get(self._document, mention.path)))
        mark_places(self.text, [(mention.start, mention.end)])
        cursor = self.text.textCursor()
        cursor.setPosition(min(mention.start, len(self.text.toPlainText())))
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()
        self._reason.setText(f"{mention.kind.value}：{REASONS[mention.kind]}。")


def summary(found: Sequence[Mention], accepted: Iterable[Mention]) -> str:
    """«共 18 处年份：17 处顺延，1 处保留（旧年份 1）。»"""
    if not found:
        return "文本里没有要顺延的年份；文号、编码和数量里的数字不会动。"
    ticked = frozenset(accepted)
    left = Counter(one.kind.value for one in found if one not in ticked)
    kept = "、".join(f"{kind} {count}" for kind, count in left.items())
    count = left.total()
    return f"共 {len(found)} 处年份：{len(found) - count} 处顺延，{count} 处保留{f'（{kept}）' if kept else ''}。"
