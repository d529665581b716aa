"""The window's helper for checks: their settings, and the number of problems of each draft on the start page."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog

from models.errors import UserError
from ui import faults

# Loaded when first needed: the first paint does not wait for it.
if TYPE_CHECKING:
    from models.checks.engine import Checker
    from models.document import Draft
    from ui.editor import Editor
    from ui.main_window import MainWindow
    from ui.menus import Menus

_OFF, _ON, _FORBIDDEN = "check.off", "check.on", "check.forbidden"
"""`_ON`: the rules that are off by default and were switched on."""
_UNUSUAL = ("system-length", "system-characters", "system-number")
"""What `models.checks.catalogue.OFF_BY_DEFAULT` says; loading that takes the rules, which the first paint does not wait for."""
_AFTER_SHOWN = 1200
"""Milliseconds after the drafts are shown until their problems are counted, one draft after the other."""

_COUNTS = "counts."
"""Under which the numbers of a draft are remembered, with when it was changed and by what rules they were found."""

Counts = tuple[int, int]
"""Errors and warnings."""


class CheckingDesk(QObject):
    """Speaks for the window with the checker."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._counts: dict[tuple[int, str], Counts] = {}
        self._judge: tuple[tuple[tuple[str, ...], tuple[str, ...]], Checker] | None = None
        self._counting = False
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_SHOWN)
        self._timer.timeout.connect(self._count_next)
        window.start_page.listed.connect(self._listed)

    def add_actions(self, menus: Menus) -> None:
        menus.add(menus.check, "问题列表\tF7", self._open_problems, of_draft=True)
        menus.add(menus.check, "下一个问题", self._next_problem, "F8", of_draft=True)
        menus.check.addSeparator()
        menus.add(menus.check, "检查设置…", self.ask_settings)

    def _open_problems(self) -> None:
        if self._window.editor is not None:
            self._window.editor.problems.open_panel()

    def _next_problem(self) -> None:
        if self._window.editor is not None:
            self._window.editor.problems.next_problem()

    def rules(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ids of the rules that are off, and the unit's own forbidden words."""
        store = self._window.store
        if store is None:
            return _UNUSUAL, ()
        with suppress(UserError):
            on = store.recall(_ON).split()
            unusual = (rule for rule in _UNUSUAL if rule not in on)
            off = tuple(dict.fromkeys((*store.recall(_OFF).split(), *unusual)))
            return off, tuple(filter(None, store.recall(_FORBIDDEN).split("\n")))
        return _UNUSUAL, ()

    def ask_settings(self) -> None:
        from ui.dialogs.check_settings import CheckSettingsDialog

        dialog = CheckSettingsDialog(*self.rules(), self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.use(dialog.off(), dialog.forbidden())

    def use(self, off: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
        """Keeps the settings and judges everything by them."""
        self._window.remember(_OFF, " ".join(rule for rule in off if rule not in _UNUSUAL))
        self._window.remember(_ON, " ".join(rule for rule in _UNUSUAL if rule not in off))
        self._window.remember(_FORBIDDEN, "\n".join(forbidden))
        self._counts.clear()
        if self._window.editor is not None:
            self._window.editor.problems.live.use_rules(off, forbidden)
        else:
            self._listed()

    def draft_opened(self, editor: Editor) -> None:
        """The open draft is judged by the settings; what was counted of it holds no more."""
        editor.problems.live.use_rules(*self.rules())
        editor.problems.live.faulted.connect(partial(faults.log_fault, self._window.home))
        opened = editor.session.draft_id
        self._window.remember(f"{_COUNTS}{opened}", "")  # a change within the same second would not be seen
        self._counts = {known: counts for known, counts in self._counts.items() if known[0] != opened}

    # the start page's numbers

    def _listed(self) -> None:
        self._recall_counts()
        self._show()
        self._timer.start()

    def _recall_counts(self) -> None:
        """What was counted before, by the same rules and in drafts that did not change since."""
        window, by = self._window, _digest(self.rules())
        for line in window.start_page.drafts:
            kept = (window.recall(f"{_COUNTS}{line.id}") or "").split("|")
            if kept[:2] == [line.modified, by] and (line.id, line.modified) not in self._counts:
                with suppress(ValueError, IndexError):
                    self._counts[line.id, line.modified] = int(kept[2]), int(kept[3])

    def _show(self) -> None:
        page = self._window.start_page
        known = {
            line.id: self._counts[line.id, line.modified]
            for line in page.drafts
            if (line.id, line.modified) in self._counts
        }
        page.show_problems(known)

    def _count_next(self) -> None:
        """Loads one draft between the user's keys and has it judged in a worker."""
        from ui import background

        window = self._window
        if window.store is None or window.editor is not None or self._counting:
            return
        lines = [line for line in window.start_page.drafts if not line.deleted]
        for line in lines:
            known = (line.id, line.modified)
            if known in self._counts:
                continue
            try:
                draft = window.store.load(line.id)
            except UserError:
                self._counts[known] = (-1, -1)  # cannot be read: no number is right
                continue
            self._counting, rules = True, self.rules()
            background.run(
                self, partial(self._count, draft, rules), partial(self._counted, known, rules), self._not_counted
            )
            return

    def _count(self, draft: Draft, rules: tuple[tuple[str, ...], tuple[str, ...]]) -> Counts:
        from models.checks.engine import Checker
        from models.checks.registry import Severity
        from models.checks.touched import in_begun_parts

        if self._judge is None or self._judge[0] != rules:
            self._judge = rules, Checker(*rules, on_fault=self._rule_failed)
        problems = self._judge[1].check(draft)
        found = [problem.severity for problem in in_begun_parts(draft.document, problems)]
        return found.count(Severity.ERROR), found.count(Severity.WARN)

    def _rule_failed(self, _rule: str, error: Exception) -> None:
        faults.log_fault(self._window.home, error)

    def _counted(self, known: tuple[int, str], rules: object, counts: Counts) -> None:
        self._counting = False
        if rules == self.rules():
            self._counts[known] = counts
            kept = (known[1], _digest(self.rules()), *map(str, counts))
            self._window.remember(f"{_COUNTS}{known[0]}", "|".join(kept))
        self._show()
        self._timer.start(0)

    def _not_counted(self, error: Exception) -> None:
        self._counting = False
        faults.log_fault(self._window.home, error)


def _digest(rules: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    """By what a draft was judged: the user's choice, and this version of the program's rules."""
    import models.checks
    from resources import ROOT

    places = (*Path(models.checks.__file__).parent.glob("*.py"), *(ROOT / "checks").glob("*.toml"))
    with suppress(OSError):
        stamp = sum(place.stat().st_mtime_ns for place in places)
        return f"{crc32(repr((rules, stamp)).encode()):08x}"
    return ""
