"""问题: what is wrong with the draft, by step and project, with the way there, the correction, and 忽略."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLineEdit,
    QMenu,
    QWidget,
)

from models.checks.name_rules import rule_name
from models.checks.problem_lines import SEVERITY_NAMES, left_to_do
from models.checks.registry import Fix, Place, Problem, Severity
from models.checks.touched import missing_parts
from models.document.tree import IgnoredProblem
from ui.editor.field_places import step_of
from ui.editor.marks import SYMBOLS
from ui.editor.problems.live_check import Entry, LiveCheck, is_same
from ui.editor.problems.problem_list import Line, ProblemLines
from ui.editor.problems.problem_words import fix_words, is_wanted, paths_at
from ui.shell.side_panel import OpenedList, Panel
from ui.widgets.parts import fill, grid_of, push_button, rename, sentence
from ui.widgets.style import characters, labelled
from ui.widgets.wrapped_lines import WrappedLines

_IGNORED = "已忽略的"
_CORRECTABLE = "可改正的"
_ROLE = Qt.ItemDataRole.UserRole


class ProblemsPanel(Panel):
    """Shows what `live` finds; `go` is the path of the field the user wants to see. `steps`: the names of all steps."""

    go = Signal(str)
    message = Signal(str)
    """One line about what was done."""
    corrected = Signal(object, str)
    """The draft as it was before a problem was put right, and the path of its field."""

    def __init__(self, live: LiveCheck, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live, self._steps = live, steps
        self._words = ProblemLines(live, steps)
        self._lines: list[Line] = []
        self._path = ""
        """The field that has the keyboard, or had it last."""
        self._summary, filters, self.list = sentence(), self._filters(), self._make_list()
        fill(
            self.scrolling_column(),
            self._summary,
            filters,
            labelled("问题列表", self.list),
            (self.list, 1),
            self._actions(),
            self._ignoring(),
        )
        live.changed.connect(self.show_found)
        live.faulted.connect(lambda _error: self._summary.setText("检查时程序内部出错，详情已记入日志；可以继续填写。"))
        self.show_found()

    # Making it

    def _filters(self) -> QGridLayout:
        self._severity, self._step = QComboBox(), QComboBox()
        self._severity.addItem("全部", "")
        for severity, name in SEVERITY_NAMES.items():
            self._severity.addItem(f"{SYMBOLS[severity]} {name}", severity.value)
        self._severity.addItem(_CORRECTABLE, "correctable")
        self._severity.addItem(_IGNORED, "ignored")
        self._step.addItem("全部", 0)
        self._offer_steps()
        for box in (self._severity, self._step):
            box.currentIndexChanged.connect(lambda _place: self.show_found())
        grid = grid_of((labelled("级别", self._severity), self._severity), (labelled("步骤", self._step), self._step))
        grid.setColumnStretch(1, 1)
        return grid

    def _offer_steps(self) -> None:
        """Those that can be filled wrongly; the reports where there are any."""
        left_out = {step_of("unplaced")} | (set() if self._live.session.draft.reports else {step_of("reports")})
        for number, name in enumerate(self._steps, 1):
            if number not in left_out and self._step.findData(number) < 0:
                self._step.addItem(name, number)

    def _make_list(self) -> OpenedList:
        shown = OpenedList()
        shown.setMinimumHeight(characters(self, 5))
        shown.setItemDelegate(WrappedLines(shown))
        shown.opened.connect(self.show_place)
        shown.currentItemChanged.connect(lambda _new, _old: self._show_state())
        return shown

    def _actions(self) -> QGridLayout:
        self._choices, self._places = QMenu(self), QMenu(self)
        go = "把光标放到有问题的地方（列表中按回车）；两处不一样的，从两处里选"
        self._go = push_button("转到", self.go_or_choose_place, go)
        self._next = push_button("下一个", self.show_next, "转到下一个问题（F8）")
        fix = "按程序的建议改正这一处，或从几种改法里选一种；可撤销（Shift+F7）"
        self._fix = push_button("改正", self.correct_or_choose, fix)
        self._fix_all = push_button("全部改正", self.correct_all, "改正所有同类的问题，一步可撤销")
        return grid_of((self._go, self._next), (self._fix, self._fix_all))

    def _ignoring(self) -> QGridLayout:
        self._reason = QLineEdit()
        self._reason.setPlaceholderText("可不填")
        self._reason.returnPressed.connect(self.ignore)
        self._ignore = push_button("忽略", self.ignore)
        kind = "这份文本里，这一类问题都不再提示；在「级别」里可以找回"
        self._ignore_kind = push_button("忽略这类", self.ignore_kind, kind)
        # Two rows: large type leaves no room for all of them side by side.
        return grid_of((labelled("忽略的理由", self._reason), self._reason), (self._ignore, self._ignore_kind))

    # Showing

    def show_found(self) -> None:
        """Shows what is found now; the line that was marked stays so, or the next one takes its place."""
        self._offer_steps()
        entries = self._ignored() if self._severity.currentData() == "ignored" else self._problems()
        is_filtered = bool(self._severity.currentData())
        waiting_lines = self._words.awaited(self._step.currentData())
        lines = list(self._words.grouped(entries) if is_filtered else (*self._words.folded(entries), *waiting_lines))
        problems, waiting = self._live.problems, len(self._live.waiting)
        unfilled = f"正在填的内容还有 {waiting} 处没有填到，填完离开后再检查。" if waiting else ""
        unwritten = (
            f"还没有写：{'、'.join(missing)}。" if (missing := missing_parts(self._live.session.document)) else ""
        )
        self._summary.setText(f"{left_to_do(problems)}。{unwritten}{unfilled}" if self._live.ready else "正在检查 …")
        if lines != self._lines:
            self._put(lines)
        if self.list.hasFocus() and self._marked() is None:
            self._choose()  # a field one types in is judged when it is left for the list
        self._show_state()

    def _problems(self) -> list[Entry]:
        severity, step = self._severity.currentData(), self._step.currentData()
        return [
            problem
            for problem in self._live.problems
            if is_wanted(problem, severity) and (not step or step_of(problem.path) == step)
        ]

    def _ignored(self) -> list[Entry]:
        step = self._step.currentData()
        return [entry for entry in self._live.session.draft.ignored if not step or step_of(entry.path) == step]

    def _put(self, lines: list[Line]) -> None:
        marked, place = self._marked(), self.list.currentRow()
        self._lines = lines
        with QSignalBlocker(self.list):
            self.list.fill(lines)
            self._mark(marked, place)

    def _mark(self, marked: Entry | None, place: int) -> None:
        rows = [row for row, (_, entry) in enumerate(self._lines) if entry is not None]
        same = [row for row in rows if marked is not None and is_same(self._lines[row][1], marked)]
        after = [row for row in rows if row >= place] or rows[-1:]
        if same or (after and place >= 0):
            self.list.setCurrentRow((same or after)[0])

    @property
    def marked(self) -> Entry | None:
        """What the current line of the list is about; None for a heading or no line."""
        return self._marked()

    def _marked(self) -> Entry | None:
        item = self.list.currentItem()
        entry: Entry | None = item.data(_ROLE) if item else None
        return entry

    def _show_state(self) -> None:
        entry = self._marked()
        editable = entry is not None and not self._live.session.locks(entry.path)
        fixable = editable and isinstance(entry, Problem) and entry.fix is not None
        offered = entry.choices if editable and isinstance(entry, Problem) and entry.fix is None else ()
        self._go.setEnabled(entry is not None)
        self._go.setText("转到…" if len(places_of(entry)) > 1 else "转到")
        self._next.setEnabled(bool(self._live.problems))
        rename(self._fix, "选择…" if offered else "改正")
        if not (fixable or offered) and self._fix.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # Qt would choose a button of its own
        self._fix.setEnabled(fixable or bool(offered))
        same = (
            sum(isinstance(p, Problem) and p.rule == entry.rule and p.fix is not None for p in self._live.problems)
            if entry and fixable
            else 0
        )
        self._fix_all.setEnabled(same > 1)
        rename(self._fix_all, f"全部改正（{same}）" if same > 1 else "全部改正")
        rename(self._ignore, "取消忽略" if isinstance(entry, IgnoredProblem) else "忽略")
        # To ignore a problem changes no text: that is possible in a 定稿, too.
        self._ignore.setEnabled(entry is not None)
        self._ignore_kind.setEnabled(isinstance(entry, Problem))
        self._reason.setEnabled(isinstance(entry, Problem))

    # Doing

    def show_place(self) -> None:
        """Asks for the field of the marked problem."""
        entry = self._marked()
        if entry is not None and entry.path:
            self.go.emit(entry.path)

    def go_or_choose_place(self) -> None:
        """Asks for the field of the marked problem; where several places contradict each other, drops down all of them."""
        places = places_of(self._marked())
        if len(places) < 2:
            self.show_place()
            return
        self._places.clear()
        for place in places:
            action = self._places.addAction(place.where.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, path=place.path: self.go.emit(path))
        self._places.popup(self._go.mapToGlobal(self._go.rect().bottomLeft()))

    def show_next(self) -> None:
        """Marks the next problem, the first one after the last, and asks for its field."""
        if self._choose_next():
            self.show_place()

    def _choose_next(self) -> bool:
        """Marks the next problem, the first one after the last; False where the list is empty."""
        rows = [row for row, (_, entry) in enumerate(self._lines) if entry is not None]
        if rows:
            self.list.setCurrentRow(next((row for row in rows if row > self.list.currentRow()), rows[0]))
        return bool(rows)

    def correct_or_choose(self) -> None:
        """Corrects the marked problem, or drops down what the clerk may choose where only he knows."""
        entry = self._marked()
        if not self._fix.isEnabled():
            self.message.emit("选中的问题要您自己改，程序不知道该怎样写。" if entry else "先在问题列表里选一个问题。")
            return
        if not isinstance(entry, Problem) or entry.fix is not None:
            self.correct()
            return
        self._choices.clear()
        for choice in entry.choices:
            action = self._choices.addAction(fix_words(choice).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, choice=choice: self.correct(choice))
        self._choices.popup(self._fix.mapToGlobal(self._fix.rect().bottomLeft()))

    def correct(self, choice: Fix | None = None) -> None:
        """Corrects the marked problem, with the choice where one was made."""
        entry = self._marked()
        if not isinstance(entry, Problem):
            return
        before = self._live.session.draft
        if not self._live.correct(entry, choice):
            self.message.emit("这一处已经变了，请看最新的问题。")
            return
        self._choose_next()
        self.corrected.emit(before, entry.path)
        self.message.emit(f"已改正：{entry.where}。可以撤销。")

    def correct_all(self) -> None:
        entry = self._marked()
        if isinstance(entry, Problem):
            count = self._live.correct_all(entry.rule)
            self.message.emit(f"已改正 {count} 处「{rule_name(entry.rule)}」，可以一步撤销。")

    def ignore(self) -> None:
        """Hides the marked problem, or takes that back."""
        entry = self._marked()
        if isinstance(entry, IgnoredProblem):
            self._live.take_back(entry)
        elif entry is not None:
            self._live.ignore(entry, self._reason.text())
            self._reason.clear()
            self.message.emit(f"已忽略；在「级别」里选「{_IGNORED}」可以找回。")

    def ignore_kind(self) -> None:
        """Hides all problems of the marked one's kind in this draft."""
        entry = self._marked()
        if isinstance(entry, Problem):
            self._live.ignore_kind(entry.rule, self._reason.text())
            self._reason.clear()
            self.message.emit(f"不再提示「{rule_name(entry.rule)}」；在「级别」里选「{_IGNORED}」可以找回。")

    def show_path(self, path: str) -> None:
        self._path = path

    def show_step(self, step: int) -> None:  # noqa: ARG002
        self._path = ""

    def take_focus(self) -> None:
        self._choose()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose(self) -> None:
        """Marks a problem of the field where one was; else the list is as it was left."""
        marked, paths, found = self._marked(), paths_at(self._path), self._live.by_path()
        there = next((path for path in paths if path in found), None)
        if there and (marked is None or marked.path not in paths):
            self.mark(there)
        if self._marked() is None:
            self._choose_next()

    def mark(self, path: str) -> None:
        """Marks the first problem of a field, whatever the filters leave out; a folded note among its like."""
        row = -1
        for severity in ("", Severity.INFO.value):
            for box, chosen in ((self._severity, severity), (self._step, 0)):
                box.setCurrentIndex(box.findData(chosen))
            row = next((at for at, (_, entry) in enumerate(self._lines) if entry and entry.path == path), -1)
            if row >= 0:
                break
        if row >= 0:
            self.list.setCurrentRow(row)
            self.list.scrollToItem(self.list.currentItem())

    def filter_step(self, step: int) -> None:
        """Shows one step's problems."""
        self._step.setCurrentIndex(self._step.findData(step))


def places_of(entry: Entry | None) -> tuple[Place, ...]:
    """The places of a contradiction, the one that is named first; none for other problems."""
    return entry.places if isinstance(entry, Problem) else ()
