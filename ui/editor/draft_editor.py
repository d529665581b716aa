"""The page on which one draft is edited: the six steps, the way from one to the next, and the banner of the saver."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QWidget,
)
from shiboken6 import isValid

from models.document.fieldpath import PathError
from models.session.session import Change, Session
from ui.editor.editor_keys import EditorKeys
from ui.editor.editor_steps import MARKS, PAGES, REPORTS, STEPS, short_name
from ui.editor.field_places import changed_place, step_of
from ui.editor.problems.editor_problems import EditorProblems
from ui.editor.saver import Saver
from ui.editor.steps import Step, is_typing
from ui.editor.steps.export_step import ExportStep
from ui.features.exports.export_bar import WayOut
from ui.shell.side_panel import SidePanel, beside
from ui.widgets.icons import fold_icon, give_icon
from ui.widgets.keys import give_key
from ui.widgets.parts import Banner, column_of, fill, push_button, sentence, side_by_side
from ui.widgets.style import characters

_NOWHERE = ("state", "ignored", "remarks", "provenance")
"""What belongs to the draft as a whole: there is no field to go to."""
_LOW = 30
"""Characters: a window less high than this gives up names in the bar of steps before rows of the form."""


class Editor(EditorKeys):
    """One open draft. Steps are made when first seen; every change is shown and saved."""

    focused = Signal(str)
    """The path of the field with the focus, "" for none."""
    renumbered = Signal(str)
    """Parts may have come, gone or been moved: the place with that path may have another name now."""
    stepped = Signal(int)
    """The number of the step shown, from 1."""
    made = Signal(object)
    """A step that was just made."""
    elsewhere = Signal()
    """The user wants to keep the draft in another place, since it cannot be saved."""
    faulted = Signal(object)
    """An exception of our own in a panel."""
    action_wanted = Signal(str)
    """The user wants what the menu entry with that id does."""

    def __init__(self, session: Session, saver: Saver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.saver = session, saver
        self.path = ""
        self._made: dict[int, Step] = {}
        self._last: dict[int, str] = {}
        self.step = 0
        self._bar = self._step_bar()
        self._banner_text = sentence()
        again, elsewhere = push_button("重试保存", saver.flush), push_button("另存到别处…", self.elsewhere.emit)
        self._banner = Banner(self._banner_text, again, elsewhere)
        self._pages = QStackedWidget()
        self.side = SidePanel()
        self.side.left.connect(self.focus_page)
        self._column = column_of(self, self._bar, self._banner, (beside(self._pages, self.side), 1), gap=0)
        self.problems = EditorProblems(self, tuple(f"{MARKS[at]} {title}" for at, (title, _) in enumerate(PAGES)))
        self._column.addLayout(self._below())
        self._unsubscribe = session.subscribe(self._changed)
        saver.failed.connect(self._show_failure)
        saver.saved.connect(self._banner.hide)

    def _step_bar(self) -> QGridLayout:
        bar = QGridLayout()
        bar.setSpacing(0)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for place, (title, _make) in enumerate(PAGES):
            show = partial(self._go_to_step, place + 1)
            button = push_button(f"{MARKS[place]} {title}", show, f"{title}（Alt+{place + 1}）")
            button.setParent(self)
            button.setCheckable(True)
            button.setAutoExclusive(True)  # a screen reader says «one of six», not «ticked»
            button.setProperty("step", "true")
            give_key(button, f"Alt+{place + 1}")
            self._group.addButton(button, place + 1)
        self._group.button(REPORTS).setVisible(bool(self.session.draft.reports))
        return bar

    def _go_to_step(self, step: int) -> None:
        self.show_step(step)
        self._focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange_bar()

    def arrange_bar(self) -> None:
        """Six in a row; where large type leaves no room three, or, in a low window, six of which only the chosen one has its
        whole name: nothing is cut off, and the form keeps its room."""
        count = len(PAGES) if self.session.draft.reports or self.step == REPORTS else len(STEPS)
        buttons = [self._group.button(number) for number in range(1, count + 1)]
        self._group.button(REPORTS).setVisible(count == REPORTS)
        for button in buttons:
            if button.text() != button.accessibleName():
                button.setText(button.accessibleName())
        # Bold, as the chosen one is, is wider.
        wanted = sum(button.sizeHint().width() for button in buttons) + characters(self, 2)
        across = count
        if wanted > self.width():
            if self.height() < characters(self, _LOW):
                for button in buttons:
                    if not button.isChecked():
                        button.setText(short_name(button.accessibleName()))
            else:
                across = (count + 1) // 2
        for place, button in enumerate(buttons):
            self._bar.addWidget(button, place // across, place % across)
        self._arrange_below()

    def _arrange_below(self) -> None:
        """Where the panels' buttons need the room, an arrow stands for 上一步 and 下一步; then they do without their icons."""
        ways = ((self._back, "‹"), (self._next, "›"))
        panels = self.side.buttons.findChildren(QPushButton)
        for button, _arrow in ways:
            button.setText(button.accessibleName())
            fold_icon(button, is_folded=False)
        for button in panels:
            fold_icon(button, is_folded=False)
        if self._is_tight_below():
            for button, arrow in ways:
                button.setText(arrow)
                fold_icon(button, is_folded=True)
        if self._is_tight_below():
            for button in panels:
                fold_icon(button, is_folded=True)

    def _is_tight_below(self) -> bool:
        return sum(part.sizeHint().width() for part in self.below) + characters(self, 4) > self.width()

    def rebuild_pages(self) -> None:
        """Makes the pages again, with the cursor where it was: what they measured was measured in another font."""
        self.commit_pending()
        number, path = self.step, self.path
        for place, step in list(self._made.items()):
            if not isinstance(step, ExportStep):  # it may be writing a file
                del self._made[place]
                self._pages.removeWidget(step)
                step.deleteLater()
        self.step = 0
        self.show_place(path, number)
        self.arrange_bar()

    def add_banner(self, banner: QFrame) -> None:
        """A line above the steps, shown and hidden by who made it."""
        self._column.insertWidget(1, banner)

    def _below(self) -> QHBoxLayout:
        self._back = push_button("上一步", partial(self._by, -1), "上一步（Ctrl+PgUp）")
        self._next = push_button("下一步", partial(self._by, 1), "下一步（Ctrl+PgDown）")
        self._next.setProperty("primary", "true")
        for button, icon, keys in ((self._back, "back", "Ctrl+PgUp"), (self._next, "next", "Ctrl+PgDown")):
            give_key(button, keys)
            give_icon(button, icon)
        gap = characters(self, 0.5)
        row = side_by_side(self._back)
        row.setContentsMargins(gap, gap // 2, gap, gap // 2)
        row.addSpacing(gap)
        # Large type on a small screen: they wrap, and the bar is no wider than the window.
        fill(row, 1, self.side.buttons)
        row.addSpacing(gap)
        row.addWidget(self._next)
        self.below = (self._back, self.side.buttons, self._next)
        return row

    def _by(self, steps: int) -> None:
        self.show_step(min(max(self.step + steps, 1), len(STEPS)))

    def step_button(self, number: int) -> QAbstractButton:
        """The button of a step, counted from 1."""
        return self._group.button(number)

    def steps_made(self) -> tuple[Step, ...]:
        """The steps seen so far."""
        return tuple(self._made.values())

    @property
    def current(self) -> Step | None:
        return self._made.get(self.step)

    @property
    def step_title(self) -> str:
        """«③ 分项绩效目标»: number and name of the step shown."""
        return f"{MARKS[self.step - 1]} {PAGES[self.step - 1][0]}"

    def open_problems(self) -> None:
        self.problems.enter_panel()

    def next_problem(self) -> None:
        self.problems.next_problem()

    def correct_problem(self) -> None:
        self.problems.correct()

    def export_word(self) -> None:
        self._send_out(lambda out: out.ask_whole(".docx"))

    def export_excel(self) -> None:
        self._send_out(lambda out: out.ask_whole(".xlsx"))

    def export_pdf(self) -> None:
        self._send_out(lambda out: out.ask_whole(".pdf"))

    def export_package(self) -> None:
        self.export_step().out.ask_whole(".jxmb")

    def print_text(self) -> None:
        self._send_out(lambda out: out.print_whole())

    def _send_out(self, send: Callable[[WayOut], bool]) -> None:
        """Who cancels is back in the field where the keys were pressed."""
        number, path = self.step, self.path
        if not send(self.export_step().out) and isValid(self):
            self.show_place(path, number)

    def export_step(self) -> ExportStep:
        """The last step, shown."""
        self.show_step(len(STEPS))
        step = self.current
        if not isinstance(step, ExportStep):
            raise TypeError("the last step is not the export")
        return step

    def show_step(self, number: int, focus: bool = True) -> None:
        """Goes to a step; what was typed on the one before is taken over and saved."""
        if number == self.step:
            return
        if self.current is not None:
            self.current.commit_pending()
            self.session.leave_field()
            self.saver.flush()
        self.step, self.path = number, ""
        step = self._made.get(number) or self._make(number)
        step.refresh(None)
        # Else Qt gives the focus of the page that goes to whatever comes next on the page that comes.
        self._group.button(number).setFocus(Qt.FocusReason.OtherFocusReason)
        self._pages.setCurrentWidget(step)
        self._group.button(number).setChecked(True)
        self.arrange_bar()
        self._back.setEnabled(number > 1)
        self._next.setEnabled(number < len(STEPS))
        self.focused.emit("")
        self.side.show_step(number)
        self.stepped.emit(number)
        if focus:
            self._focus_first()  # at once: keys struck in the meantime belong to the new step

    def _make(self, number: int) -> Step:
        step = PAGES[number - 1][1](self.session)
        step.field_focused.connect(self._focused)
        step.action_wanted.connect(self.action_wanted)
        step.part_shown.connect(partial(self._part_shown, step))
        step.part_entered.connect(partial(self._part_entered, step))
        self._made[number] = step
        self.made.emit(step)
        self._pages.addWidget(step)
        return step

    def _focus_first(self) -> None:
        """The cursor stands where it last stood on this step, or where work on it begins."""
        step, focus = self.current, QApplication.focusWidget()
        if step is None or (focus is not None and step.isAncestorOf(focus)):
            return
        if (last := self._last.get(self.step)) and step.focus_path(last):
            return
        if step.focus_first():
            return
        widget = step.nextInFocusChain()
        while widget is not None and step.isAncestorOf(widget):
            if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            widget = widget.nextInFocusChain()

    def focus_page(self) -> None:
        """The keyboard goes on where it last was on the step shown."""
        self._focus_first()

    def show_place(self, path: str, step: int = 0) -> None:
        """Goes to a field, or at least to its step. A path that leads nowhere any more goes to the step."""
        self.show_step(step or step_of(path), focus=not path)
        if path and self.current is not None and not self.current.focus_path(path):
            self._focus_first()

    def _part_shown(self, step: Step, path: str) -> None:
        """Another item or project is shown, or the one that was is gone: the place is no field of the one before."""
        if step is self.current and not self.path.startswith(path or " "):
            self._stand_at(path)

    def _part_entered(self, step: Step, path: str) -> None:
        """The keyboard is in the list: the place is no field of the item any more."""
        if step is self.current and self.path != path:
            self._stand_at(path)

    def _stand_at(self, path: str) -> None:
        self.path = path
        self.side.show_path(path)
        self.focused.emit(path)

    def _focused(self, path: str) -> None:
        self.path = path
        if path:
            self._last[self.step] = path
            self.side.show_path(path)
        self.focused.emit(path)

    def _changed(self, change: Change) -> None:
        # A page that is not seen shows everything afresh when it is: no key waits for it.
        seen = filter(None, (self.current,)) if is_typing(change) else self._made.values()
        for step in seen:
            step.refresh(change)
        self.side.refresh(change)
        if bool(change.before.reports) != bool(change.after.reports):
            self.arrange_bar()
        if change.path is None:
            self.renumbered.emit(self.path)

    def undo(self) -> None:
        self._travel(self.session.undo)

    def redo(self) -> None:
        self._travel(self.session.redo)

    def _travel(self, travel: Callable[[], bool]) -> None:
        """Takes a step back or forth, and shows where."""
        self.commit_pending()
        before = self.session.draft
        if not travel():
            return
        place = changed_place(before, self.session.draft)
        if place and place != self.path and not place.startswith(_NOWHERE):
            try:
                self.show_place(place)
            except PathError:  # the part is gone with the step
                self.show_step(step_of(place))

    def commit_pending(self) -> None:
        if self.current is not None:
            self.current.commit_pending()

    def save_now(self) -> bool:
        """Takes over what is being typed and saves; False when the store could not."""
        self.commit_pending()
        return self.saver.flush()

    def _show_failure(self, why: str) -> None:
        self._banner_text.setText(f"未能保存：{why}")
        self._banner.show()

    def close_draft(self) -> None:
        """The session is left: hears of no change any more."""
        QGuiApplication.inputMethod().reset()
        self._unsubscribe()
        self.problems.stop()
        self.saver.stop()
