"""审核意见: what the bureau remarked on a returned text, by field, each answered and ticked off where it is read."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from models.checks.page_order import place_in_document
from models.document.tree import Remark
from models.session.review_comments import is_there, without
from models.session.session import Change, Session
from ui.editor.field_places import words_at
from ui.editor.fields import CheckField, TextField
from ui.shell.side_panel import OpenedList, Panel
from ui.widgets.parts import fill, grid_of, push_button, sentence, side_by_side, stacked
from ui.widgets.style import characters, hint, labelled
from ui.widgets.view_options import option_of

UNPLACED, WHOLE, GONE = "未能归位", "对全文的意见", "所在的内容已删除"
_FILTERS = (("还没处理的", False), ("全部", None), ("已处理的", True))
"""Name, and whether the comments shown are done; None for both."""
_ID = Qt.ItemDataRole.UserRole
_EMPTY = (
    "还没有审核意见。收到退回的 Word 文件后，按「读入审核意见…」，文件里的批注会列在这里，放在各自的栏目下；"
    "也可以把光标放到一栏，按「写意见…」自己写。"
)


class _Lines(QStyledItemDelegate):
    """Room for every line: one of another script is higher than Qt counts, and the last would be cut off."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(0, option_of(option).fontMetrics.height() // 2)


class RemarksPanel(Panel):
    """Shows the session's remarks; `go` is the path of the field the user wants to see, `wanted` asks to read a file."""

    go = Signal(str)
    wanted = Signal()
    write_wanted = Signal()
    """A remark shall be written on the field that had the cursor last."""
    message = Signal(str)
    """One line about what was done."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._summary, self._empty = sentence(), hint(_EMPTY)
        self._filter = QComboBox()
        for name, done in _FILTERS:
            self._filter.addItem(name, done)
        self._filter.currentIndexChanged.connect(lambda _place: self._fill())
        self._filter_label = labelled("显示", self._filter)
        self.list = self._make_list()
        self._list_label = labelled("意见列表", self.list)
        self.answer = TextField(session, "", lines=(2, 4))
        self._answer_label = labelled("答复", self.answer)
        self.done = CheckField(session, "", "已处理")
        fill(
            self.scrolling_column(),
            self._summary,
            self._empty,
            side_by_side(self._filter_label, (self._filter, 1)),
            self._list_label,
            (self.list, 1),
            stacked(self._answer_label, self.answer, self.done),
            self._actions(),
            0,
        )
        self.refresh(None)

    # Making it

    def _make_list(self) -> OpenedList:
        shown = OpenedList()
        shown.setItemDelegate(_Lines(shown))
        shown.setMinimumHeight(characters(self, 8))
        shown.opened.connect(self.show_place)
        shown.currentItemChanged.connect(lambda _new, _old: self._show_current())
        return shown

    def _actions(self) -> QGridLayout:
        self._go = push_button("转到", self.show_place, "把光标放到意见所说的栏目（列表中按回车）")
        self._remove = push_button("删除意见", self.remove, "从草稿里去掉这条意见，可撤销")
        self._read = push_button("读入审核意见…", self.wanted.emit, "从退回的 Word 文件里读批注")
        write = "对光标所在的栏目写一条意见（Ctrl+Shift+M）"
        self._write = push_button("写意见…", self.write_wanted.emit, write)
        # With large type only the first two find room beside each other.
        grid = grid_of((self._go, self._remove))
        grid.addWidget(self._read, 1, 0, 1, 2)
        grid.addWidget(self._write, 2, 0, 1, 2)
        return grid

    # Showing

    def refresh(self, change: Change | None) -> None:
        """Shows the remarks as they are; what is typed into the answer is left alone."""
        if change is None or self.isVisible():
            self._fill()
        for field in (self.answer, self.done):
            if change is None or change.origin is not field:
                field.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        remarks = self._session.draft.remarks
        waiting = sum(not remark.done for remark in remarks)
        self._summary.setText(f"共 {len(remarks)} 条，" + (f"还有 {waiting} 条没有处理。" if waiting else "都已处理。"))
        some = bool(remarks)
        for widget in (
            self._summary, self._filter, self._filter_label, self.list, self._list_label, self._answer_label, self.answer,
            self.done, self._go, self._remove,
        ):  # fmt: skip
            widget.setVisible(some)
        self._empty.setVisible(not some)
        self._put(list(self._lines()))

    def _lines(self) -> Iterator[tuple[str, str]]:
        """(words, id) of each line; a heading has no id. What was just ticked off stays while it is marked."""
        done, marked = self._filter.currentData(), self._marked_id()
        groups: dict[str, list[Remark]] = {}
        for remark in self._in_order():
            wanted = done is None or remark.done == done or remark.id == marked
            if wanted:
                groups.setdefault(self._where(remark), []).append(remark)
        for where, remarks in groups.items():
            yield where, ""
            for remark in remarks:
                yield _words(remark), remark.id

    def _in_order(self) -> Sequence[Remark]:
        """In the order of the page; then what has no place (any more)."""
        document, draft = self._session.document, self._session.draft
        there = [remark for remark in draft.remarks if is_there(draft, remark)]
        there.sort(key=lambda remark: place_in_document(document, remark.path))
        return [*there, *(remark for remark in draft.remarks if not is_there(draft, remark))]

    def _where(self, remark: Remark) -> str:
        if not remark.path:
            return UNPLACED if remark.excerpt else WHOLE
        if is_there(self._session.draft, remark):
            return self._session.where(remark.path)
        where = words_at(self._session, remark.path)
        return f"{where}（{GONE}）" if where else GONE

    def _put(self, lines: list[tuple[str, str]]) -> None:
        marked, row = self._marked_id(), self.list.currentRow()
        known = [(self.list.item(at).text(), self.list.item(at).data(_ID)) for at in range(self.list.count())]
        if known != lines:
            with QSignalBlocker(self.list):
                self.list.fill(lines)
                rows = [at for at, (_text, identity) in enumerate(lines) if identity]
                same = [at for at in rows if lines[at][1] == marked]
                after = [at for at in rows if at >= row] or rows[-1:]
                self.list.setCurrentRow((same or after or [-1])[0])
        self._show_current()

    def _marked_id(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_ID) or "") if item else ""

    def _marked(self) -> Remark | None:
        marked = self._marked_id()
        return next((remark for remark in self._session.draft.remarks if remark.id == marked), None)

    def _show_current(self) -> None:
        item = self.list.currentItem()
        if item is not None and not item.data(_ID) and self.list.currentRow() + 1 < self.list.count():
            self.list.setCurrentRow(self.list.currentRow() + 1)  # a heading stands for its first remark
            return
        remark = self._marked()
        path = f"remarks[{remark.id}]" if remark else ""
        self.answer.set_path(f"{path}.answer" if path else "")
        self.done.set_path(f"{path}.done" if path else "")
        self._go.setEnabled(remark is not None and is_there(self._session.draft, remark))
        self._remove.setEnabled(remark is not None)

    def show_path(self, path: str) -> None:
        """Marks the first remark on the field with the cursor, so that it is seen beside it."""
        if not path or ((marked := self._marked()) is not None and marked.path == path):
            return
        by_id = {remark.id: remark for remark in self._session.draft.remarks}
        for row in range(self.list.count()):
            remark = by_id.get(self.list.item(row).data(_ID))
            if remark is not None and remark.path == path:
                self.list.setCurrentRow(row)
                return

    # Doing

    def take_focus(self) -> None:
        """To the list; to the button that reads a file where there is none."""
        wanted = self.list if self._session.draft.remarks else self._read
        wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_place(self) -> None:
        """Asks for the field of the marked remark, or says why there is none."""
        remark = self._marked()
        if remark is None:
            return
        if is_there(self._session.draft, remark):
            self.go.emit(remark.path)
        else:
            why = GONE if remark.path else "没有找到对应的栏目" if remark.excerpt else "说的是全文"
            self.message.emit(f"这条意见{why}，没有可以转到的地方。")

    def remove(self) -> None:
        """Takes the marked remark out of the draft: one step."""
        remark = self._marked()
        if remark is not None:
            self._session.change("删除审核意见", without(self._session.draft, remark.id))
            self.message.emit("已删除这条审核意见，可以撤销。")


def _words(remark: Remark) -> str:
    state = "✓ 已处理" if remark.done else "○ 未处理"
    quoted = f"\n「{remark.excerpt}」" if remark.excerpt else ""
    answer = f"\n答复：{remark.answer}" if remark.answer else ""
    return f"{state}　{remark.author or '未署名'}{quoted}\n{remark.text}{answer}"
