"""查找: words looked for in the whole draft, the list of hits, and replacing them, one or all in one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from models.document.cleaning import clean_line
from models.document.tree import Draft
from models.session.finding import Finder, Hit, Query, replaced_in_draft
from models.session.session import Change, Session
from ui.app import background
from ui.features.find.hit_list import HitList, HitModel
from ui.shell.side_panel import Panel
from ui.widgets.flow import flow
from ui.widgets.parts import fill, grid_of, push_button, rename, sentence
from ui.widgets.style import characters, labelled

_FEW_ROWS = 400
"""Indicators up to which a search takes less than a key's time; more are searched in a worker."""
_AFTER_EDIT = 150
"""Milliseconds after an edit in the form until the hits are looked for again."""
_LONGEST_NAME = 12

_EMPTY = "输入要查找的文字，程序在整份文本的每个字段里查找。"
_LOCKED = "这份文本已定稿，可以查找，不能替换；重新打开成草稿后再替换。"


class FindPanel(Panel):
    """`settle` takes over what is still being typed in the form, before anything is replaced."""

    shown = Signal(object, bool)
    """A hit to be shown in the form; whether the keyboard goes there."""
    message = Signal(str)
    left = Signal()
    """Esc: back to where the user came from."""
    closed = Signal()
    faulted = Signal(object)

    def __init__(self, session: Session, settle: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settle = session, settle
        self._finder = Finder()
        self._found: tuple[Draft, Query] | None = None
        self._running = False
        self._just_replaced = False
        """Nothing was typed into the boxes since words were replaced."""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._search)
        self.model = HitModel(session.where, session.locks, self)
        self.list = HitList(self.model)
        self.list.opened.connect(partial(self.show_marked, True))
        self.list.setMinimumHeight(characters(self, 7))
        self.list.moved.connect(self._show_state)
        self.model.ticked.connect(self._show_state)
        self._status = sentence()
        fill(
            self.scrolling_column(),
            self._boxes(),
            self._options(),
            self._actions(),
            self._status,
            labelled("命中列表", self.list),
            (self.list, 1),
            self._ticks(),
        )
        self._show_state()

    # Making it

    def _boxes(self) -> QGridLayout:
        self.words, self.new_words = QLineEdit(), QLineEdit()
        for box in (self.words, self.new_words):
            box.installEventFilter(self)
            box.textEdited.connect(self._typed)
        self.words.textChanged.connect(self._asked)
        self.new_words.setPlaceholderText("留空就是删去")
        return grid_of((labelled("查找", self.words), self.words), (labelled("替换为", self.new_words), self.new_words))

    def _options(self) -> QWidget:
        self._case, self._width = QCheckBox("区分大小写"), QCheckBox("全半角不分")
        self._width.setChecked(True)
        self._width.setToolTip("（ 与 (、％ 与 % 、Ａ 与 A 算作一样")
        for box in (self._case, self._width):
            box.setAccessibleName(box.text())
            box.toggled.connect(self._asked)
        return flow(self, self._case, self._width)

    def _actions(self) -> QGridLayout:
        self._back = push_button("上一处", partial(self.go, -1), "转到上一处（Shift+F3）")
        self._next = push_button("下一处", partial(self.go, 1), "转到下一处（F3；在查找框里按回车）")
        one = "替换所选的这一处，再转到下一处（在替换框里按回车）"
        self._replace = push_button("替换", self.replace_one, one)
        self._replace_all = push_button("全部替换", self.replace_all, "替换所有勾选的地方，一步可撤销")
        return grid_of((self._back, self._next), (self._replace, self._replace_all))

    def _ticks(self) -> QWidget:
        self._tick_all = push_button("全勾选", partial(self.model.tick_all, True), "勾选每一处")
        none = "一处也不勾选，再用空格逐处勾选"
        self._tick_none = push_button("全不勾选", partial(self.model.tick_all, False), none)
        close = push_button("关闭", self.closed.emit, "收起查找")
        return flow(self, self._tick_all, self._tick_none, close)

    # Searching

    def _typed(self, _text: str) -> None:
        self._just_replaced = False

    @property
    def query(self) -> Query:
        return Query(self.words.text(), self._case.isChecked(), self._width.isChecked())

    def begin(self, words: str, replacing: bool) -> None:
        """Puts the cursor into a box, with the words that were selected in the form, or those looked for last."""
        if words:
            self.words.setText(words)
        box = self.new_words if replacing and self.words.text() and self.new_words.isEnabled() else self.words
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.selectAll()

    def refresh(self, change: Change | None) -> None:
        """The draft changed: what is shown is looked for again, after a pause in typing."""
        self._show_state()
        if self.isVisible() and self._is_stale():
            self._timer.start(_AFTER_EDIT if change and change.path else 0)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._is_stale():
            self._timer.start(0)

    def _asked(self) -> None:
        """Other words or another way to look: at once where that is quick."""
        self.model.tick_all(True)
        if self._is_large():
            self._timer.start(_AFTER_EDIT)
        else:
            self.search_now()

    def _is_large(self) -> bool:
        return sum(len(project.indicators) for project in self._session.document.projects) > _FEW_ROWS

    def _is_stale(self) -> bool:
        """Whether what is shown was found in another state of the text, or for other words."""
        found = self._found
        return found is None or found[0] is not self._session.draft or found[1] != self.query

    def _search(self) -> None:
        if not self._is_large():
            self.search_now()
            return
        if self._running:
            return
        self._running = True
        draft, query = self._session.draft, self.query
        background.run(
            self, partial(self._finder.find, draft, query), partial(self._searched, draft, query), self._failed
        )

    def _searched(self, draft: Draft, query: Query, hits: tuple[Hit, ...]) -> None:
        self._running = False
        if query == self.query:
            self._put(draft, query, hits)
        if self._is_stale() and self.isVisible():
            self._timer.start(0)

    def _failed(self, error: Exception) -> None:
        self._running = False
        self._status.setText("查找时程序内部出错，详情已记入日志；可以继续填写。")
        self.faulted.emit(error)

    def search_now(self) -> None:
        """Looks for the words in the text as it stands this moment."""
        if self._is_stale():
            self._timer.stop()
            draft, query = self._session.draft, self.query
            # A worker may be reading with the other one.
            finder = Finder() if self._running else self._finder
            self._put(draft, query, finder.find(draft, query))

    def _put(self, draft: Draft, query: Query, hits: tuple[Hit, ...]) -> None:
        """The hit that was marked stays so while the words are the same; the list stays where it was scrolled to."""
        same_words = self._found is not None and self._found[1] == query
        marked, scrolled = self.marked(), self.list.verticalScrollBar().value()
        self._found = draft, query
        self.model.show(draft, hits)
        if same_words and marked is not None:
            self.list.mark(hits.index(marked) if marked in hits else -1)
            self.list.verticalScrollBar().setValue(scrolled)
        self._show_state()

    def _show_state(self) -> None:
        hits, chosen, replaceable = self.model.hits, len(self.model.chosen()), len(self.model.open_hits())
        is_closed = self._session.is_locked and not replaceable
        self._status.setText("\n".join(filter(None, (self._count(), _LOCKED if is_closed else ""))))
        buttons = (self._back, self._next, self._replace, self._replace_all, self._tick_all, self._tick_none)
        had_focus = any(button.hasFocus() for button in buttons)
        for button in (self._back, self._next):
            button.setEnabled(bool(hits))
        for button in (self._replace, self._tick_all, self._tick_none):
            button.setEnabled(replaceable > 0)
        self.new_words.setEnabled(not is_closed)
        self._replace_all.setEnabled(chosen > 0)
        rename(self._replace_all, "全部替换" if chosen in {0, replaceable} else f"替换勾选的 {chosen} 处")
        if had_focus and not any(button.hasFocus() for button in buttons):
            # Nothing is left for the button that was pressed: one goes on with other words.
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self) -> str:
        hits = self.model.hits
        if not self.words.text():
            return _EMPTY
        if not hits:
            return f"没有找到「{_name(self.words.text())}」。"
        fixed = sum(not hit.is_replaceable for hit in hits)
        note = f"；其中 {fixed} 处（预算年度、未能归位的文字）只能查看" if fixed else ""
        final = len(hits) - fixed - len(self.model.open_hits())
        if final and len(hits) > fixed + final:
            note += f"；{final} 处在定稿的内容里，只能查看"
        return f"共 {len(hits)} 处，在 {self.model.field_count} 个字段{note}"

    # Going from hit to hit

    def marked(self) -> Hit | None:
        """The marked hit."""
        place = self.list.place
        return self.model.hits[place] if place >= 0 else None

    def show_marked(self, follow: bool = False) -> None:
        hit = self.marked()
        if hit is not None:
            self.shown.emit(hit, follow)

    def go(self, by: int, follow: bool = False) -> None:
        """To the next hit, or the one before; from the last on to the first. `follow`: the keyboard goes there."""
        self._settle()
        self.search_now()
        count, place = len(self.model.hits), self.list.place
        if not count:
            self.message.emit(self._count())
            return
        to = place + by if place >= 0 else (0 if by > 0 else count - 1)
        if not 0 <= to < count:
            self.message.emit("已经是最后一处，从第一处接着查。" if by > 0 else "已经是第一处，从最后一处接着查。")
        self.list.mark(to % count)
        self.show_marked(follow)

    # Replacing

    def replace_one(self) -> None:
        """The marked hit, then on to the next; where none is marked, the first one is shown and nothing replaced."""
        self._settle()
        self.search_now()
        hit = self.marked()
        if hit is None or not self.model.is_open(hit):
            self.go(1)
            return
        before = next(at for at, each in enumerate(self.model.hits) if each.path == hit.path)
        self._replace_hits([hit])
        end = hit.start + len(clean_line(self.new_words.text())[0])
        passed = sum(each.path == hit.path and each.start < end for each in self.model.hits)
        if self.model.hits:
            self.list.mark((before + passed) % len(self.model.hits))
            self.show_marked()

    def replace_all(self) -> None:
        """All ticked hits in one step."""
        self._settle()
        self.search_now()
        chosen = self.model.chosen()
        if chosen:
            fields = len({hit.path for hit in chosen})
            self._replace_hits(chosen)
            self.message.emit(f"已替换 {len(chosen)} 处，在 {fields} 个字段，可以一步撤销。")

    def _replace_hits(self, hits: list[Hit]) -> None:
        after, removed = replaced_in_draft(self._session.draft, hits, self.new_words.text())
        label = f"把「{_name(self.words.text())}」替换为「{_name(self.new_words.text())}」（{len(hits)} 处）"
        self._session.leave_field()
        self._session.change(label, after)
        self._just_replaced = True
        if removed:
            self.message.emit(f"替换为的文字里有 {removed} 个文件里存不下的字符，已去掉。")
        self.search_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Right after a replacement Ctrl+Z takes that back, not the words looked for: the box leaves the key to the window."""
        if self._just_replaced and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keys = QKeySequence.StandardKey
            if any(event.matches(key) for key in (keys.Undo, keys.Redo)):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif enter and self.words.hasFocus():
            self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif enter and self.new_words.hasFocus():
            self.replace_one()
        else:
            super().keyPressEvent(event)


def _name(words: str) -> str:
    return words if len(words) <= _LONGEST_NAME else f"{words[:_LONGEST_NAME]}…"
