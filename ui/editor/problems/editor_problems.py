"""What the editor shows of the problems: numbers on the step buttons, marks at the fields, the panel 问题."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from models.checks.problem_lines import SEVERITY_NAMES, count_left, in_what_is_exported, summary
from models.checks.touched import is_whole
from ui.editor.arrival_guard import ArrivalGuard
from ui.editor.field_places import changed_place, step_of, words_at
from ui.editor.problems.live_check import LiveCheck
from ui.editor.steps import Step
from ui.editor.steps.export_step import ExportStep
from ui.shell.side_panel import PANELS, Panel, is_in_side_panel
from ui.widgets.form_choice import last_form
from ui.widgets.parts import rename
from ui.widgets.reading_aloud import speak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.checks.registry import Problem
    from models.document.tree import Draft
    from models.forms.form_definition import ProjectForm
    from ui.editor.draft_editor import Editor
    from ui.editor.problems.problems_panel import ProblemsPanel

PANEL = "problems"
_KEYS = next(entry.keys for entry in PANELS if entry.id == PANEL)
_EXPORT = step_of("unplaced")
"""The number of the step that only looks at the others."""


class EditorProblems(QObject):
    """The editor's helper; `live` judges."""

    described = Signal(str)
    """What is wrong with the field that has the keyboard, in one line; "" for nothing."""

    def __init__(self, editor: Editor, titles: tuple[str, ...]) -> None:
        super().__init__(editor)
        self._editor, self._titles = editor, titles
        self.live = LiveCheck(editor.session, self)
        self.guard = ArrivalGuard(self)
        self._known: set[tuple[str, str]] | None = None
        """Path and sentence of the problems that were shown last; None before the first time."""
        editor.side.add(PANEL, self._make_panel)
        self.live.changed.connect(self._show)
        editor.focused.connect(self.live.entered)
        editor.focused.connect(self._tell_place)
        editor.stepped.connect(self._stepped)
        editor.side.opened.connect(self._panel_opened)
        editor.made.connect(self._step_made)
        self._follow_form()

    def _make_panel(self) -> Panel:
        # Not needed by who never looks at it.
        from ui.editor.problems.problems_panel import ProblemsPanel

        panel = ProblemsPanel(self.live, self._titles)
        panel.go.connect(lambda path: self._show_words(path, panel))
        panel.message.connect(self._tell)
        panel.corrected.connect(self._show_corrected)
        return panel

    def _stepped(self, _step: int) -> None:
        self._follow_form()
        self.live.ask_all()

    def _follow_form(self) -> ProjectForm | None:
        """The form that was chosen last; the indicators it has rows for are judged beside those of the text."""
        form = last_form(self._editor.session.store)
        self.live.use_row_scopes(frozenset({"annual", *(form.scopes if form is not None else ())}))
        return form

    def _panel_opened(self, name: str) -> None:
        self._follow_form()
        for step in self._editor.steps_made():
            step.underline_words(name == PANEL)

    def _show_words(self, path: str, panel: ProblemsPanel) -> None:
        """Leads to the field of a problem and selects the words in question, where they still stand there."""
        from models.checks.registry import Problem
        from models.session.finding import text_at
        from ui.editor.problems.problem_words import words_of
        from ui.editor.selecting import select_characters

        self.lead_to(path)
        problem, step = panel.marked, self._editor.current
        if not isinstance(problem, Problem) or problem.path != path or step is None:
            return
        text = text_at(self._editor.session.draft, path)
        speak(self._editor, f"{SEVERITY_NAMES[problem.severity]}：{problem.message}")
        place = words_of(text, problem, self.live.by_path().get(path, ()))
        if place is not None:
            select_characters(step, path, *place)

    def _show_corrected(self, before: Draft, path: str) -> None:
        """The place that was put right, with the words that are new there selected; the keyboard stays in the panel."""
        from models.session.finding import text_at
        from ui.editor.problems.problem_words import changed_words
        from ui.editor.selecting import select_characters

        after, focus = self._editor.session.draft, QApplication.focusWidget()
        if text_at(before, path) == text_at(after, path):
            path = changed_place(before, after) or path
        self.lead_to(path)
        if focus is not None and is_in_side_panel(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        step, old, new = self._editor.current, text_at(before, path), text_at(after, path)
        if step is not None and old != new:
            select_characters(step, path, *changed_words(old, new))

    def lead_to(self, path: str) -> None:
        """Puts the cursor into a field that was chosen in a list."""
        self._editor.show_place(path)
        self.guard.watch(self._editor.window().focusWidget())

    def of_place(self, path: str) -> Sequence[Problem]:
        """What is wrong with a field or cell."""
        from ui.editor.problems.problem_words import paths_at

        found = self.live.by_path()
        return [problem for at in paths_at(path) for problem in found.get(at, ())]

    def _tell_place(self, path: str) -> None:
        from ui.editor.marks import in_one_line

        self.described.emit(in_one_line(self.of_place(path), _KEYS))

    def _tell(self, text: str) -> None:
        from ui.widgets.messages import say

        say(self._editor, text)

    def open_panel(self, step: int = 0) -> None:
        """Shows the panel, with one step's problems or all. To look changes no number: what is not filled in yet stays apart."""
        self._opened().filter_step(step)

    def enter_panel(self, step: int = 0) -> None:
        """The same, with the keyboard in its list."""
        self.open_panel(step)
        self._opened().take_focus()

    def correct(self) -> None:
        """Puts right the problem that is chosen in the panel; where it is folded away one sees first which that is."""
        if self._editor.side.current == PANEL:
            self._opened().correct_or_choose()
        else:
            self.enter_panel()

    def _show_of(self, path: str) -> None:
        """What a mark stands for: its problem in the panel; a remark or 沿用上年 is shown in the tool tip."""
        if path in self.live.by_path():
            self._opened().mark(path)

    def count_errors(self, report_id: str = "") -> int:
        """Of the text as it stands, or of that report, also those kept back while it is filled in for the first time."""
        from models.checks.registry import Severity

        found = in_what_is_exported(self.live.now(), report_id)
        return sum(problem.severity is Severity.ERROR for problem in found)

    def count_going_out(self) -> int:
        """The errors of what is exported: of the text, or of what the chosen form prints."""
        from models.checks.registry import Severity
        from models.forms.form_checks import of_form

        form = self._follow_form()
        if form is None:
            return self.count_errors()
        found = of_form(self.live.now(), form, self._editor.session.document)
        return sum(problem.severity is Severity.ERROR for problem in found)

    def next_problem(self) -> None:
        """Goes to the next problem of those the panel lists; opens it where it is folded away."""
        self.live.ask_all()
        if self.live.problems:
            self._opened().show_next()
        else:
            self._tell("没有发现问题。" if self.live.ready else "正在检查，请稍等。")

    def _opened(self) -> ProblemsPanel:
        from ui.editor.problems.problems_panel import ProblemsPanel

        if self._editor.side.current != PANEL:
            self._editor.side.open(PANEL)
        panel = self._editor.side.panel(PANEL)
        assert isinstance(panel, ProblemsPanel)
        return panel

    def _step_made(self, step: Step) -> None:
        step.show_problems(self.live.by_path())
        step.underline_words(self._editor.side.current == PANEL)
        step.part_shown.connect(self.live.shown)
        step.mark_pressed.connect(self._show_of)
        if isinstance(step, ExportStep):
            from ui.editor.problems.problem_overview import ProblemOverview

            step.out.count_errors = self.count_going_out
            step.out.form.chosen.connect(self._follow_form)
            step.out.looked_for.connect(self.enter_panel)
            overview = ProblemOverview(self.live, self._titles[:_EXPORT])
            overview.wanted.connect(self.enter_panel)
            overview.faulted.connect(self.live.faulted)
            step.take_overview(overview, overview.controls())
            step.wanted.connect(self.lead_to)

    def _show(self) -> None:
        by_path, by_step, unfilled = self.live.by_path(), self.live.by_step(), self.live.unfilled
        for number, title in enumerate(self._titles, 1):
            self._show_step(number, title, by_step.get(number, []), unfilled.get(number, 0))
        self._read_aloud()
        self._tell_place(self._editor.path)
        self._editor.side.show_count(PANEL, count_left(self.live.problems))
        self._editor.arrange_bar()
        for step in self._editor.steps_made():
            step.show_problems(by_path)

    def _read_aloud(self) -> None:
        """Who does not see the mark that has come hears of it. What an opened draft has is no news."""
        if not self.live.ready:
            return
        found = {(problem.path, problem.message) for problem in self.live.problems}
        new = [] if self._known is None else [p for p in self.live.problems if (p.path, p.message) not in self._known]
        self._known = found
        if new:
            first, more = new[0], f"另有 {len(new) - 1} 处新问题。" if len(new) > 1 else ""
            where = words_at(self._editor.session, first.path)
            speak(self._editor, f"{SEVERITY_NAMES[first.severity]}：{where}，{first.message}{more}")

    def _show_step(self, number: int, title: str, found: Sequence[Problem], unfilled: int) -> None:
        """«③ … ⚠2» has problems, «·1» notes alone, «✓» is whole, nothing is not begun or not written to its end; in words for
        who listens."""
        document, left = self._editor.session.document, count_left(found)
        whole = not found and not unfilled and number < _EXPORT and is_whole(document, number)
        mark, words = (" ✓", "，已填好") if whole else ("", "")
        if found:
            mark, words = (f" ⚠{left}", f"，{left} 个问题") if left else (f" ·{len(found)}", f"，{len(found)} 个提示")
        message = f"：{summary(found)}" if found else ""
        waiting = f"，还有 {unfilled} 处没有填到" if unfilled else ""
        button = self._editor.step_button(number)
        if button.accessibleName() != f"{title}{mark}":
            rename(button, f"{title}{mark}")
        button.setAccessibleDescription(f"{words}{waiting}".removeprefix("，"))
        button.setToolTip(f"{title.partition(' ')[2]}（Alt+{number}）{message}{waiting}")

    def stop(self) -> None:
        """The draft is left."""
        self.live.stop()
