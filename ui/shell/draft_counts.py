"""How many errors and warnings each draft of the start page has, counted in a worker between the user's keys."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from PySide6.QtCore import QObject, QTimer

from models.errors import UserError
from resources import ROOT

# Loaded when first needed: the first paint does not wait for it.
if TYPE_CHECKING:
    from collections.abc import Callable

    from models.checks.chosen_rules import Rules
    from models.checks.engine import Checker
    from models.document.tree import Draft
    from ui.shell.start_page import StartPage
    from ui.shell.workbench import Workbench

_AFTER_SHOWN = 1200
"""Milliseconds after the drafts are shown until their problems are counted, one draft after the other."""

_COUNTS = "counts."
"""Under which the numbers of a draft are remembered, with when it was changed and by what rules they were found."""

Counts = tuple[int, int]
"""Errors and warnings of the text; those of a 监控 or 自评 are shown on its own page."""


class DraftCounts(QObject):
    """`rules` gives those everything is judged by."""

    def __init__(self, page: StartPage, workbench: Workbench, rules: Callable[[], Rules]) -> None:
        super().__init__(page)
        self._page, self._workbench, self._rules = page, workbench, rules
        self._counts: dict[tuple[int, str], Counts] = {}
        self._checker: tuple[Rules, Checker] | None = None
        self._counting = False
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_SHOWN)
        self._timer.timeout.connect(self._count_next)
        page.listed.connect(self._listed)

    def count_now(self) -> None:
        """Counts what is not counted yet, one draft after the other."""
        self._timer.start(0)

    def judge_again(self) -> None:
        """Other rules are chosen."""
        self._counts.clear()
        if self._workbench.session is None:
            self._listed()

    def forget(self, draft_id: int) -> None:
        """The draft is being edited: what was counted of it holds no more."""
        self._workbench.remember(f"{_COUNTS}{draft_id}", "")  # a change within the same second would not be seen
        self._counts = {known: counts for known, counts in self._counts.items() if known[0] != draft_id}

    def _listed(self) -> None:
        self._recall_counts()
        self._show()
        self._timer.start()

    def _recall_counts(self) -> None:
        """What was counted before, by the same rules and in drafts that did not change since."""
        by = _digest(self._rules())
        for line in self._page.drafts:
            kept = (self._workbench.recall(f"{_COUNTS}{line.id}") or "").split("|")
            if kept[:2] == [line.modified, by] and (line.id, line.modified) not in self._counts:
                with suppress(ValueError, IndexError):
                    self._counts[line.id, line.modified] = int(kept[2]), int(kept[3])

    def _show(self) -> None:
        page = self._page
        known = {
            line.id: self._counts[line.id, line.modified]
            for line in page.drafts
            if (line.id, line.modified) in self._counts
        }
        page.show_problems(known)

    def _count_next(self) -> None:
        """Loads one draft between the user's keys and has it judged in a worker."""
        from ui.app import background

        store = self._workbench.store
        if store is None or self._workbench.session is not None or self._counting:
            return
        lines = [line for line in self._page.drafts if not line.deleted]
        for line in lines:
            known = (line.id, line.modified)
            if known in self._counts:
                continue
            try:
                with store.without_waiting():
                    draft = store.load(line.id)
            except UserError as error:
                if getattr(error, "fault", "") == "locked":
                    self._timer.start(_AFTER_SHOWN)
                    return
                self._counts[known] = (-1, -1)  # cannot be read: no number is right
                continue
            self._counting, rules = True, self._rules()
            background.run(
                self, partial(self._count, draft, rules), partial(self._counted, known, rules), self._not_counted
            )
            return

    def _count(self, draft: Draft, rules: Rules) -> Counts:
        from models.checks.engine import Checker
        from models.checks.problem_lines import in_what_is_exported
        from models.checks.registry import Severity
        from models.checks.touched import in_begun_parts

        if self._checker is None or self._checker[0] != rules:
            self._checker = rules, Checker(*rules, on_fault=self._rule_failed)
        problems = in_what_is_exported(self._checker[1].check(draft))
        found = [problem.severity for problem in in_begun_parts(draft.document, problems)]
        return found.count(Severity.ERROR), found.count(Severity.WARN)

    def _rule_failed(self, _rule: str, error: Exception) -> None:
        self._workbench.log_fault(error)

    def _counted(self, known: tuple[int, str], rules: object, counts: Counts) -> None:
        self._counting = False
        if rules == self._rules():
            self._counts[known] = counts
            kept = (known[1], _digest(self._rules()), *map(str, counts))
            self._workbench.remember(f"{_COUNTS}{known[0]}", "|".join(kept))
        self._show()
        self._timer.start(0)

    def _not_counted(self, error: Exception) -> None:
        self._counting = False
        self._workbench.log_fault(error)


def _digest(rules: Rules) -> str:
    """By what a draft was judged: the user's choice, and this version of the program's rules."""
    import models.checks

    places = (*Path(models.checks.__file__).parent.glob("*.py"), *(ROOT / "checks").glob("*.toml"))
    with suppress(OSError):
        stamp = sum(place.stat().st_mtime_ns for place in places)
        return f"{crc32(repr((rules, stamp)).encode()):08x}"
    return ""
