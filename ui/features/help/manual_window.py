"""使用手册: contents and search at the left, the text at the right, in a window of its own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from models.help.manual_chapters import Chapter
from models.help.manual_search import Answer, search, words_of
from ui.features.help.manual_reader import ManualReader
from ui.widgets.keys import give_key_on
from ui.widgets.parts import column_of, push_button, roomy_column, sentence, side_by_side
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.style import characters, labelled
from ui.widgets.view_options import tree_item
from ui.widgets.wrapped_lines import WrappedLines, wrap_lines

_SECTION = Qt.ItemDataRole.UserRole


class _Search(QLineEdit):
    """↓ goes on to what was found."""

    def __init__(self, below: QListWidget) -> None:
        super().__init__()
        self._below = below

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self._below.isVisible() and self._below.count():
            self._below.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)


class ManualWindow(ProgramDialog):
    """Stays open beside the window; every chapter can be reached by keyboard."""

    def __init__(self, chapters: tuple[Chapter, ...], parent: QWidget | None = None) -> None:
        super().__init__("使用手册", parent, help_place="keys")
        self._chapters = chapters
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.reader = ManualReader(chapters)
        self.reader.setAccessibleName("手册正文")
        self.reader.setTabChangesFocus(True)
        self.reader.setOpenExternalLinks(False)
        flags = Qt.TextInteractionFlag
        self.reader.setTextInteractionFlags(flags.TextBrowserInteraction | flags.TextSelectableByKeyboard)
        self.reader.sourceChanged.connect(self._shown)
        self.reader.document().setDocumentMargin(characters(self, 0.75))
        self.reader.document().setIndentWidth(characters(self, 1.8))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._left())
        splitter.addWidget(self._right())
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([characters(self, 17), characters(self, 46)])
        roomy_column(self, splitter)
        self._give_keys()
        room = self.screen().availableGeometry()
        self.resize(min(characters(self, 64), room.width() - 40), min(characters(self, 42), room.height() - 60))
        self._marked: tuple[str, ...] = ()
        self._fill()

    # making it

    def _left(self) -> QWidget:
        side = QWidget()
        self.hits = QListWidget()
        self.hits.setAccessibleName("找到的地方")
        wrap_lines(self.hits)
        self.hits.setItemDelegate(WrappedLines(self.hits))
        self.hits.currentItemChanged.connect(lambda item, _before: self._open_item(item))
        self.hits.itemActivated.connect(lambda _item: self.reader.setFocus())
        self.search = _Search(self.hits)
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText("例如：粘贴、备份、打印")
        self._wait = QTimer(self, singleShot=True, interval=120)
        self.search.textChanged.connect(lambda _text: self._wait.start())
        self.search.returnPressed.connect(self._next_from_search)
        self._wait.timeout.connect(self.find_words)
        self.contents = QTreeWidget()
        self.contents.setHeaderHidden(True)
        self.contents.setAccessibleName("目录")
        self.contents.currentItemChanged.connect(lambda item, _before: self._open_item(item))
        self.contents.itemActivated.connect(lambda _item, _column: self.reader.setFocus())
        self._places = QStackedWidget()
        for place in (self.contents, self.hits):
            self._places.addWidget(place)
        self.said = sentence("目录")
        column_of(side, labelled("查找手册", self.search), self.search, self.said, (self._places, 1), gap=0.4)
        side.setMinimumWidth(characters(self, 13))
        return side

    def _right(self) -> QWidget:
        side = QWidget()
        previous, following = partial(self.reader.go_to_mark, -1), partial(self.reader.go_to_mark, 1)
        self.buttons = {
            "back": push_button("后退", self.reader.backward, "回到刚才看的地方（Alt+←）"),
            "previous": push_button("上一处", previous, "上一处找到的地方（Shift+F3）"),
            "next": push_button("下一处", following, "下一处找到的地方（F3）"),
        }
        self.reader.backwardAvailable.connect(self.buttons["back"].setEnabled)
        self.buttons["back"].setEnabled(False)
        close = push_button("关闭", self.close, "关闭手册（Esc）")
        column_of(side, side_by_side(*self.buttons.values(), 1, close), (self.reader, 1), gap=0.4)
        return side

    def _give_keys(self) -> None:
        for keys, done in (
            ("Ctrl+F", self._to_search),
            ("F3", partial(self.reader.go_to_mark, 1)),
            ("Shift+F3", partial(self.reader.go_to_mark, -1)),
            ("Alt+Left", self.reader.backward),
        ):
            give_key_on(self, keys, done)

    def _fill(self) -> None:
        with QSignalBlocker(self.contents):
            for chapter in self._chapters:
                top = QTreeWidgetItem(self.contents, [chapter.title])
                top.setData(0, _SECTION, chapter.sections[0].id)
                for section in chapter.sections[1:]:
                    item = QTreeWidgetItem(top, [section.title])
                    item.setData(0, _SECTION, section.id)
                    item.setToolTip(0, section.title)  # questions are longer than the column is wide
        self._show_state()

    # reading

    def open_at(self, place: str) -> None:
        """Shows the window at that chapter, or at «chapter#section»."""
        self.search.clear()
        self.find_words()
        self.show()
        self.raise_()
        self.activateWindow()
        self.go_to(place)
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, section: str) -> None:
        """Shows that section, by its id; its line in the contents is marked."""
        address = QUrl(f"manual:{section}")
        if address != self.reader.source():
            self.reader.setSource(address)

    @property
    def section(self) -> str:
        """The id of the section gone to last."""
        return _section_of(self.reader.source())

    def _open_item(self, item: QTreeWidgetItem | QListWidgetItem | None) -> None:
        if isinstance(item, QTreeWidgetItem):
            self.go_to(item.data(0, _SECTION))
        elif item is not None:
            self.go_to(item.data(_SECTION))
            self.reader.go_to_first_mark(item.data(_SECTION), self._marked)

    def _shown(self, address: QUrl) -> None:
        wanted = _section_of(address)  # the reader itself still names the one before
        tops = [tree_item(self.contents, place) for place in range(self.contents.topLevelItemCount())]
        for item in (each for top in tops for each in (top, *(top.child(n) for n in range(top.childCount())))):
            if item.data(0, _SECTION) == wanted:
                with QSignalBlocker(self.contents):
                    self.contents.setCurrentItem(item)
                    (item.parent() or item).setExpanded(True)
                self.reader.setAccessibleDescription(item.text(0))
        self._mark()

    # searching

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _next_from_search(self) -> None:
        if self._wait.isActive():
            self.find_words()
        else:
            self.reader.go_to_mark(1)

    def find_words(self) -> None:
        """Lists where the words stand, and shows the first place."""
        self._wait.stop()
        query = self.search.text()
        answer = search(self._chapters, query)
        self._marked = answer.words
        with QSignalBlocker(self.hits):
            self.hits.clear()
            for hit in answer.hits:
                place = hit.chapter_title
                if hit.section_title != hit.chapter_title:
                    place = f"{place} · {hit.section_title}"
                item = QListWidgetItem("\n".join(filter(None, (place, hit.excerpt))))
                item.setData(_SECTION, hit.section)
                self.hits.addItem(item)
        asked = bool(words_of(query))
        self._places.setCurrentWidget(self.hits if asked else self.contents)
        self.said.setText(_count_message(query.strip(), answer) if asked else "目录")
        self._mark()
        self.hits.setCurrentRow(0 if answer.hits else -1)

    def _mark(self) -> None:
        self.reader.mark(self._marked)
        self._show_state()

    def _show_state(self) -> None:
        for name in ("previous", "next"):
            self.buttons[name].setEnabled(bool(self.reader.extraSelections()))


def _count_message(query: str, answer: Answer) -> str:
    count = len(answer.hits)
    if not count:
        return f"手册里没有「{query}」，请换个说法再找。"
    return f"找到 {count} 处，按 ↓ 选择" if answer.exact else f"没有「{query}」这几个字，相近的有 {count} 处，按 ↓ 选择"


def _section_of(address: QUrl) -> str:
    return address.toString().removeprefix("manual:")
