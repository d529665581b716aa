"""⑤ 预算项目绩效目标: the list of projects, and the form of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.document import fieldpath
from models.document.adding import with_fresh_ids
from models.document.tree import Project
from models.session.session import Change, Session, new_project
from ui.editor.steps import counts_below, is_typing
from ui.editor.steps.item_list import ItemList, ListBeside
from ui.editor.steps.list_step import ListStep
from ui.editor.steps.project_form import ProjectForm
from ui.widgets.parts import column_of, roomy_column
from ui.widgets.style import hint

if TYPE_CHECKING:
    from models.checks.registry import Problem

_PAUSE = 40
"""Milliseconds after a key struck in a cell until what stands beside that cell follows: the key is shown first."""
_LIST_WIDTH = 11
"""Characters the list is wide: the table beside it needs the room."""


class ProjectsStep(ListStep):
    """The list of projects, and the form of the chosen one."""

    title = "预算项目绩效目标"
    section = "projects"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._later.timeout.connect(self._refresh_table)
        self._list = ItemList("项目")
        self.form = ProjectForm(session, self.bind)
        self.form.cell_focused.connect(self.field_focused)
        empty = hint("还没有预算项目。按「添加」写第一个；每个项目打印成一张绩效目标表。")
        empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._pages = QStackedWidget()
        self._pages.addWidget(empty)
        self._pages.addWidget(self.form)
        left = QWidget()
        column_of(left, (self._list, 1))
        roomy_column(self, ListBeside(left, self._pages, usual=_LIST_WIDTH))
        self._follow_list(self.form.enter)
        self.refresh(None)

    def _parts(self) -> tuple[Project, ...]:
        return self.session.document.projects

    def _removed(self, place: int) -> str:
        return f"项目 {place}"

    @property
    def project_id(self) -> str:
        """The id of the project shown, "" where there is none."""
        return self._current

    def show_problems(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        super().show_problems(problems)
        # Thousands of problems are not to be counted at every key.
        self._list.show_counts(counts_below("projects", problems))
        self.form.table.indicators.show_problems(problems)
        self.form.show_problems(problems)

    def refresh(self, change: Change | None) -> None:
        if _is_in_table(change):
            self._later.start()
            return
        self._later.stop()
        self._list.lock(self.session.is_locked)
        lines = [(p.id, _line(place, p)) for place, p in enumerate(self._parts(), 1)]
        self._list.show_items(lines, later=is_typing(change))
        if self._place() is None:
            # Undo can take the chosen project away; a draft opens at its first.
            chosen = self._list.current()
            known = [project.id for project in self._parts()]
            self._choose(chosen if chosen in known else known[0] if known else "")
        self._list.select(self._current)
        self.form.refresh()
        super().refresh(change)

    def _refresh_table(self) -> None:
        self.form.refresh_table()
        self.follow_marks()

    def follow_marks(self) -> None:
        super().follow_marks()
        self.form.table.indicators.show_remarks(self._remarked)

    def _choose(self, project_id: str, *, opened: bool = False) -> None:
        self._current = project_id
        self._pages.setCurrentIndex(1 if project_id else 0)
        path = f"projects[{project_id}]" if project_id else ""
        self.form.set_project(path, opened=opened)
        self.part_shown.emit(path)

    def focus_first(self) -> bool:
        if self._place() is None:
            self._list.focus_add()
        elif self.form.is_folded:
            self._list.focus_list()
        else:
            self.form.focus_empty()
        return True

    def focus_path(self, path: str) -> bool:
        """Chooses the project and puts the cursor into the field, or selects the cell."""
        steps = fieldpath.parse(path)
        if steps[0].name != "projects":
            return False
        if len(steps) == 1:
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        project_id = steps[1].key
        if project_id not in {project.id for project in self._parts()}:
            return False
        rest = path.removeprefix(f"projects[{project_id}]").removeprefix(".")
        if project_id != self._current:
            self.commit_pending()
            self._choose(project_id, opened=bool(rest) and not rest.startswith("indicators"))
            self._list.select(project_id)
        if not rest and self.form.is_folded:
            self._list.focus_list()
            return True
        return self.form.focus(rest)

    def commit_pending(self) -> None:
        self.form.table.commit_editor()
        super().commit_pending()

    # The list's commands

    def _add(self) -> None:
        self.commit_pending()
        project = new_project(self.session.document, self.session.template)
        self._insert(project, "添加项目")

    def _copy(self) -> None:
        self.commit_pending()
        place = self._place()
        if place is not None:
            self._insert(with_fresh_ids(self._parts()[place]), f"复制项目 {place + 1}")

    def _insert(self, project: Project, label: str) -> None:
        """After the chosen one; the cursor goes to its name."""
        place = self._place()
        self.session.insert("projects", len(self._parts()) if place is None else place + 1, project, label)
        self._choose(project.id)
        self._list.select(project.id)
        self.form.focus_name()


def _is_in_table(change: Change | None) -> bool:
    """Whether that is a key struck in a cell: neither the list nor a field says it."""
    return change is not None and is_typing(change) and ".indicators[" in str(change.path)


def _line(place: int, project: Project) -> str:
    name = project.name or "（未命名）"
    return f"{place}. {name} · {project.budget}" if project.budget else f"{place}. {name}"
