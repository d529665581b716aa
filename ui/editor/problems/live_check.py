"""The problems of the open draft, kept up to date in a worker; corrections and what the user ignores."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from models.document import fieldpath
from models.document.project_code import LENGTH
from models.document.tree import Draft, IgnoredProblem
from models.session.session import Change, Session
from ui.app import background
from ui.editor.field_places import step_of
from ui.editor.problems.first_filling import FirstFilling, parts_of

# The rules load when the window stands: the first check does it, in its worker.
if TYPE_CHECKING:
    from models.checks.engine import Checker
    from models.checks.registry import Fix, Problem

PAUSE = 300
"""Milliseconds after a change until it is judged."""

Key = tuple[str, str, str]
Entry: TypeAlias = "Problem | IgnoredProblem"
"""What a line of the list is about."""


def key(problem: Problem) -> Key:
    """How a problem is known again after an edit elsewhere."""
    return problem.rule, problem.path, problem.excerpt


def is_same(one: Entry | None, other: Entry) -> bool:
    """Whether both are about the same fault at the same place."""
    if isinstance(one, IgnoredProblem) or isinstance(other, IgnoredProblem) or one is None:
        return one == other
    return key(one) == key(other)


class LiveCheck(QObject):
    """Judges the draft after every change. While a field is typed in, problems may go, but none comes until it is left; in
    what is filled in for the first time none comes until the field, or the part, was left."""

    changed = Signal()
    """The problems, or the draft they were found in, are others now."""
    faulted = Signal(object)
    """An exception of our own that stopped a check, or a single rule of it."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.problems: tuple[Problem, ...] = ()
        """What is shown, in the order of the page; without what the user ignores and what nobody has begun or left yet."""
        self._sorted: tuple[Problem, ...] = ()
        self._by_path: dict[str, list[Problem]] = {}
        """`_sorted` by their fields."""
        self.waiting: tuple[Problem, ...] = ()
        """What is kept back, since somebody is just filling that in for the first time."""
        self.ready = False
        """Whether anything was judged yet: before that there is no number to show."""
        self._rules: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._row_scopes: frozenset[str] = frozenset({"annual"})
        self._checker: Checker | None = None
        self._rule_faults: list[Exception] = []
        self._one_at_a_time = threading.Lock()
        self._found: tuple[Problem, ...] = ()
        self._judged: Draft | None = None
        self._running = self._typing = False
        self._filling = FirstFilling(session.document)
        self._inside = ""
        self._widget: QWidget | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._start)
        self._unsubscribe: Callable[[], None] | None = session.subscribe(self._heard)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self._timer.start(0)

    def use_rules(self, off: Collection[str], forbidden: Collection[str]) -> None:
        """The rules that are switched off, and the unit's own forbidden words."""
        rules = tuple(sorted(off)), tuple(forbidden)
        if rules == self._rules:
            return
        with self._one_at_a_time:
            self._rules, self._checker = rules, None
        self._judged = None
        self._timer.start(0)

    def use_row_scopes(self, scopes: frozenset[str]) -> None:
        """Which indicators are judged each by itself: this year's, and those of the whole term where a form has such rows."""
        if scopes != self._row_scopes:
            self._row_scopes, self._judged = scopes, None
            self._timer.start(0)

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The ids of the rules that failed."""
        return () if self._checker is None else self._checker.failed

    def stop(self) -> None:
        """Hears of no change any more."""
        self._timer.stop()
        if self._unsubscribe:
            self._unsubscribe()
            self._unsubscribe = None

    # judging

    def _heard(self, change: Change) -> None:
        origin = change.origin
        self._typing = change.path is not None and bool(getattr(origin, "is_typed_into", False))
        if change.path is None:
            self._filling.follow(change.after.document)
        self._timer.start(PAUSE if self._typing else 0)

    def entered(self, path: str) -> None:
        """The field with that path has the keyboard now, "" for none: the one before was left."""
        if path.endswith("]") and path in parts_of(path):
            self._leave()  # of an item or project as a whole
        elif path != self._inside:
            self._leave()
            self._inside, self._widget = path, QApplication.focusWidget()
        self.shown(path)

    def shown(self, part: str) -> None:
        """That item, project or field is what the user sees now: those beside it were left."""
        if part:
            self._filling.enter(part, self.session.document)
            self._show_unfilled()

    def ask_all(self) -> None:
        """The step was left, or all problems asked for: only what nobody has begun is spared."""
        self._leave()
        self._typing = False
        self._filling.leave_all(self.session.document)
        self._show_unfilled()

    def _leave(self) -> None:
        if self._inside:
            self._filling.leave(self._inside)
            self._inside, self._widget = "", None

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        # Another program's window leaves no field.
        if new is not None and self._widget is not None and not _is_within(new, self._widget):
            self._leave()
            self._show_unfilled()
        if self._typing:
            self._typing = False
            if self._judged is self.session.draft:
                self._show()
            else:
                self._timer.start(0)

    def _show_unfilled(self) -> None:
        """Something was left: what was kept back may come."""
        if self.waiting:
            self._show(only_changed=True)

    def _start(self) -> None:
        if self._unsubscribe is None or self._running or self._judged is self.session.draft:
            return
        self._running = True
        draft, scopes = self.session.draft, self._row_scopes
        background.run(self, partial(self._check, draft, scopes), partial(self._checked, draft, scopes), self._failed)

    def _check(self, draft: Draft, scopes: frozenset[str]) -> tuple[Problem, ...]:
        from models.checks.touched import in_begun_parts

        with self._one_at_a_time:
            return in_begun_parts(draft.document, self._make_checker().check(draft, scopes))

    def _make_checker(self) -> Checker:
        from models.checks.engine import Checker

        if self._checker is None:
            off, forbidden = self._rules
            self._checker = Checker(off, forbidden, on_fault=lambda _rule, error: self._rule_faults.append(error))
        return self._checker

    def _checked(self, draft: Draft, scopes: frozenset[str], problems: tuple[Problem, ...]) -> None:
        self._running = False
        self._found, self._judged, self.ready = problems, draft if scopes == self._row_scopes else None, True
        self._show()
        self._tell_rule_faults()
        if self._judged is not self.session.draft and not self._timer.isActive():
            self._timer.start(0)

    def _failed(self, error: Exception) -> None:
        self._running = False
        self.faulted.emit(error)

    def _tell_rule_faults(self) -> None:
        """What befell single rules in the worker; the problems of all the others stand."""
        while self._rule_faults:
            self.faulted.emit(self._rule_faults.pop(0))

    def _show(self, only_changed: bool = False) -> None:
        known = set(map(key, self.problems)) if self._typing or self._inside else set()
        quiet = self._filling.is_quiet
        shown, waiting = [], []
        for problem in self._found:
            if _is_of_whole_code(problem):
                shown.append(problem)
            elif quiet(problem.path, self._inside) or self._is_awaited(problem, known):
                waiting.append(problem)
            elif not self._typing or key(problem) in known:
                shown.append(problem)
        if only_changed and tuple(shown) == self.problems:
            return
        self.problems, self.waiting = tuple(shown), tuple(waiting)
        self.changed.emit()

    @property
    def unfilled(self) -> Mapping[int, int]:
        """How many problems of each step are kept back."""
        return Counter(step_of(problem.path) for problem in self.waiting)

    def _is_awaited(self, problem: Problem, known: Collection[Key]) -> bool:
        """A field that is empty and has the cursor is about to be written in: neither it is blamed nor what it adds up to."""
        speaks_of = {problem.path, *(place.path for place in problem.places)}
        if self._inside not in speaks_of or key(problem) in known or self._filling.was_left(self._inside):
            return False
        try:
            return not str(self.session.get(self._inside) or "").strip()
        except fieldpath.PathError:
            return False

    def now(self) -> tuple[Problem, ...]:
        """The problems of the draft as it stands this moment, judged here and now where they are not known yet."""
        draft = self.session.draft
        if self._judged is not draft:
            self._found, self._judged, self.ready = self._check(draft, self._row_scopes), draft, True
            # The check that waited for a pause finds nothing new any more: what it would have shown is shown now.
            QTimer.singleShot(0, self, self._show)
        return self._found

    # what is shown of them

    def by_path(self) -> Mapping[str, list[Problem]]:
        """The problems of each field; asked at every step of the cursor."""
        if self._sorted is not self.problems:
            self._by_path = {}
            for problem in self.problems:
                self._by_path.setdefault(problem.path, []).append(problem)
            self._sorted = self.problems
        return self._by_path

    def by_step(self) -> Mapping[int, list[Problem]]:
        """The problems of each step that has any, steps counted from 1."""
        found: dict[int, list[Problem]] = {}
        for problem in self.problems:
            found.setdefault(step_of(problem.path), []).append(problem)
        return found

    # what the user does about them, each one undo step

    def correct(self, problem: Problem, choice: Fix | None = None) -> bool:
        """Puts right what the problem is about, as the text stands now, with what the clerk chose where it offers choices.

        False where it is gone by now."""
        present = next((p for p in self.now() if key(p) == key(problem)), None)
        if present is None:
            return False
        fix = present.fix if choice is None else choice if choice in present.choices else None
        if fix is None:
            return False
        return self.session.change(f"改正 {present.where}", fix.applied(self.session.draft))

    def correct_all(self, rule: str) -> int:
        """Puts right all problems of a kind; how many."""
        from models.checks.correcting import corrected
        from models.checks.name_rules import rule_name

        with self._one_at_a_time:
            after, count = corrected(self._make_checker(), self.session.draft, rule)
        return count if self.session.change(f"全部改正 {rule_name(rule)}", after) else 0

    def ignore(self, problem: Problem, reason: str = "") -> bool:
        """Hides the problem until its words change."""
        draft = self.session.draft
        entry = IgnoredProblem(problem.rule, problem.path, problem.excerpt, reason.strip())
        return self.session.change(f"忽略 {problem.where} 的问题", replace(draft, ignored=(*draft.ignored, entry)))

    def ignore_kind(self, rule: str, reason: str = "") -> bool:
        """Hides all problems of a kind in this draft, also those to come."""
        from models.checks.name_rules import rule_name

        draft = self.session.draft
        single = tuple(entry for entry in draft.ignored if entry.rule != rule)
        entry = IgnoredProblem(rule, "", "", reason.strip())
        return self.session.change(f"忽略所有「{rule_name(rule)}」", replace(draft, ignored=(*single, entry)))

    def take_back(self, entry: IgnoredProblem) -> bool:
        """Judges again what was ignored."""
        draft = self.session.draft
        left: Any = tuple(other for other in draft.ignored if other != entry)
        return self.session.change("取消忽略", replace(draft, ignored=left))


def _is_of_whole_code(problem: Problem) -> bool:
    """The field of a 项目编码 judges it at its last character: nothing else then says that all is well."""
    return problem.path.startswith("projects[") and problem.path.endswith(".code") and len(problem.excerpt) >= LENGTH


def _is_within(widget: QWidget, outer: QWidget) -> bool:
    """Also in the list that an editor of a cell has dropped down, a window of its own for Qt."""
    inner: QWidget | None = widget
    while isValid(outer) and inner is not None and inner is not outer:
        inner = inner.parentWidget()
    return isValid(outer) and inner is outer
