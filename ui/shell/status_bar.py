"""The status bar: a message for a while, the place in the form, what is wrong there, how long it is, whether all is saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6 import QtCore  # not Qt by its name: see ui/widgets/theme.py
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QStatusBar, QWidget

from models.printable import printable
from ui.widgets.one_line import OneLine
from ui.widgets.parts import push_button
from ui.widgets.reading_aloud import speak
from ui.widgets.style import characters

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.editor.draft_editor import Editor

_SHOWN_FOR = 8000
"""Milliseconds a message stays at least; then it goes with the next key or click, so that nobody misses it who looked away."""
_PAUSE = 100
"""Milliseconds after a key until the length of its field follows: the whole bar is laid out for it."""
_GOES_ON = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.InputMethod})


class StatusBar(QStatusBar):
    """Follows the draft that is open."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.place, self.count, self.saved = QLabel(), QLabel(), QLabel()
        self.setSizeGripEnabled(False)
        gap = characters(self, 0.5)
        self.setContentsMargins(gap, 0, gap, 0)
        # A bar that becomes taller shows its widgets again, over the message that hid them.
        self.place.setMinimumHeight(QLabel("① 字 123").sizeHint().height() + 2)  # a button's frame
        self.addWidget(self.place)
        self.problem = OneLine()
        self.problem.setAccessibleName("这一栏的问题")
        self.addWidget(self.problem, 1)
        self.undo_button = push_button("撤销", lambda: self._undo(), "撤销刚才这一步（Ctrl+Z）")
        self.undo_button.setProperty("bar", "true")  # no higher than the bar
        self.undo_button.hide()
        self.messageChanged.connect(lambda _text: self.undo_button.hide())
        self.addPermanentWidget(self.undo_button)
        self.addPermanentWidget(self.count)
        self.addPermanentWidget(self.saved)
        self._undo: Callable[[], None] = lambda: None
        self._read = QTimer(self, singleShot=True, interval=_SHOWN_FOR)
        self._read.timeout.connect(self._go_with_next_input)
        self._editor: Editor | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._show_count)

    def announce(self, text: str) -> None:
        """One line, for a while; "" clears it."""
        if text:
            self._keep()
            self.showMessage(printable(text))
            self._read.start()
            speak(self, printable(text))
        else:
            self.clearMessage()

    def offer(self, undo: Callable[[], None]) -> None:
        """A button for the mouse beside the message, until that goes or something else is changed."""
        self._undo = undo
        self.undo_button.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)  # the keyboard stays where it is; it has Ctrl+Z
        self.undo_button.show()

    def _keep(self) -> None:
        self._read.stop()
        if application := QApplication.instance():
            application.removeEventFilter(self)

    def _go_with_next_input(self) -> None:
        if application := QApplication.instance():
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The window itself hears of a press before the button does.
        if event.type() in _GOES_ON and isinstance(watched, QWidget) and watched is not self.undo_button:
            self._keep()
            self.clearMessage()
        return False

    def follow(self, editor: Editor, read_only: bool) -> None:
        """Shows the place in that editor, and what its saver says."""
        saver, self._editor = editor.saver, editor
        saver.saving.connect(lambda: self.saved.setText("正在保存…"))
        saver.saved.connect(lambda clock: self.saved.setText(f"已保存 {clock}"))
        saver.failed.connect(lambda _why: self.saved.setText("未能保存"))
        show = partial(self._show_place, editor)
        editor.focused.connect(show)
        editor.renumbered.connect(show)
        editor.problems.described.connect(self.problem.show_words)
        editor.session.subscribe(lambda _change: self._pause.start())
        editor.session.subscribe(lambda _change: self.undo_button.hide())
        self.saved.setText("数据文件只读，修改不能保存" if read_only else "修改会自动保存")

    def clear(self) -> None:
        """No draft is open any more."""
        self._pause.stop()
        self._editor = None
        for label in (self.saved, self.place, self.count):
            label.clear()
        self.problem.show_words("")
        self.clearMessage()  # it spoke of that draft

    def _show_place(self, editor: Editor, path: str) -> None:
        from ui.editor.field_places import words_at

        where = words_at(editor.session, path)
        step, title = editor.step_title, editor.step_title.partition(" ")[2]
        # A step of one field would say its name twice.
        self.place.setText(f"{step} · {where}" if where and where != title else step)
        self._show_count()

    def _show_count(self) -> None:
        from ui.editor.field_places import value_at

        self._pause.stop()
        editor, text = self._editor, None
        path = editor.path if editor is not None else ""
        if editor is not None and path and not path.startswith("settings.") and not path.endswith("numbering"):
            text = value_at(editor.session, path)
        self.count.setText(f"{len(text.replace(chr(10), ''))} 字" if isinstance(text, str) else "")
