"""Where rows of the table come from besides typing: the libraries, what suits the project, other projects, earlier drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from models.document.tree import Indicator, Project, new_id
from models.indicators.indicator_library import Entry, UsedIndicator, with_entry
from models.session.session import Session
from ui.editor.table.indicator_view import IndicatorView
from ui.widgets.messages import say

if TYPE_CHECKING:
    from models.indicators.suggesting import Suggestion
    from ui.editor.indicator_sources.pick_rows_dialog import Choice, PickRows, Wording

_Key = tuple[str, str]


class IndicatorSources:
    """Each command is one undo step of the table. What only a dialog needs is loaded when one is asked for."""

    def __init__(self, session: Session, table: IndicatorView) -> None:
        self._session, self._table = session, table

    def from_library(self) -> None:
        from ui.editor.indicator_sources.source_wordings import LIBRARY

        found = _ask(self._dialog(LIBRARY, self.library_choices()))
        self.add_entries([cast(Entry, value) for value in found])

    def from_recommended(self) -> None:
        """推荐: what suits the project by its name, use of funds and goals. Chosen beside the work: there may be many drafts."""
        from models.indicators.suggesting import suggested
        from ui.app.background import run

        project, knowledge = self._project(), self._table.knowledge
        if project is None:
            return
        if not (project.name.strip() or project.fund_use.strip()):
            say(self._table, "请先填写项目名称或资金用途，再看推荐的指标。")
            return
        self._table.commit_editor()
        scheme, used, own = knowledge.scheme, knowledge.used(), knowledge.own()
        run(self._table, lambda: suggested(project, scheme, used, own), self._show_recommended, self._not_recommended)

    def _show_recommended(self, found: Sequence[Suggestion]) -> None:
        from ui.editor.indicator_sources.source_wordings import RECOMMENDED

        taken = _ask(self._dialog(RECOMMENDED, self.recommended_choices(found)))
        self.add_suggestions([cast("Suggestion", value) for value in taken])
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_recommended(self, error: Exception) -> None:
        raise error

    def from_projects(self) -> None:
        from ui.editor.indicator_sources.source_wordings import PROJECTS

        found = _ask(self._dialog(PROJECTS, self.project_choices(), covered=False))
        self.add_copies([cast(Indicator, value) for value in found])

    def from_years(self) -> None:
        """For the current row; a line in the status bar where there is nothing to choose from."""
        from models.indicators.past_values import past_values
        from ui.editor.indicator_sources.past_values_dialog import PastValuesDialog

        row = self._row()
        values = past_values(self._table.knowledge.used(), row, self._unit_name()) if row else ()
        if row is None or not values:
            name = row.name.strip() if row else ""
            say(self._table, f"其他草稿中没有指标「{name}」的值。" if name else "请先选中一行已写三级指标的指标。")
            return
        dialog = PastValuesDialog(row, values, self._table.window())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.take_value(dialog.chosen())
        dialog.deleteLater()

    def _dialog(self, wording: Wording, choices: Sequence[Choice], covered: bool = True) -> PickRows:
        from ui.editor.indicator_sources.pick_rows_dialog import PickRows

        self._table.commit_editor()
        return PickRows(wording, choices, self._table.window(), self.coverage() if covered else {})

    # What is offered

    def library_choices(self) -> Sequence[Choice]:
        """In the order of the tiers, within a tier what suits the project before the rest."""
        from ui.editor.indicator_sources.pick_rows_dialog import Choice

        knowledge, present = self._table.knowledge, self._present()
        order = [*knowledge.scheme.tiers]
        below = [tier2 for tiers in knowledge.scheme.tiers.values() for tier2 in tiers]
        found = knowledge.index().search("", kinds=knowledge.kinds(self._table.indicators.project_id))
        found = tuple(sorted(found, key=lambda e: (_place(order, e.tier1), _place(below, e.tier2))))
        return [
            Choice(
                (e.tier1, e.tier2),
                (e.name, e.description, f"{e.sign}{e.unit}", e.tier2, _last_value(e), e.source),
                e,
                present=_key(e) in present,
            )
            for e in found
        ]

    def recommended_choices(self, found: Sequence[Suggestion]) -> Sequence[Choice]:
        """Grouped by tier, the best of a tier first; the first one of each tier that is missing is marked for a quick tick."""
        from ui.editor.indicator_sources.pick_rows_dialog import Choice

        scheme = self._table.knowledge.scheme
        below = [tier2 for tiers in scheme.tiers.values() for tier2 in tiers]
        missing = {tier2 for tier2 in below if not self._count(tier2)}
        choices = []
        for one in sorted(found, key=lambda each: _place(below, each.entry.tier2)):
            entry = one.entry
            value = (
                f"{one.value}（{one.value_from}）" if one.value else f"{entry.sign}＿{entry.unit}" if entry.unit else ""
            )
            texts = (entry.name, one.reason, value, entry.tier2, entry.description, entry.source)
            choices.append(Choice((entry.tier1, entry.tier2), texts, one, quick=entry.tier2 in missing))
            missing.discard(entry.tier2)
        return choices

    def project_choices(self) -> Sequence[Choice]:
        """The rows of the same project in other years, then of this draft's other projects, then of the other drafts."""
        same, others = self._rows_of_other_drafts()
        return [*same, *self._rows_of_this_draft(), *others]

    def _rows_of_this_draft(self) -> Sequence[Choice]:
        from ui.editor.indicator_sources.pick_rows_dialog import Choice

        present = self._present()
        return [
            Choice(
                ("本文的其他项目", f"{place}. {project.name or '（未命名）'}"),
                (row.name, row.tier2, row.value, row.description, row.basis),
                row,
                present=_key(row) in present,
            )
            for place, project in enumerate(self._session.document.projects, 1)
            if project.id != self._table.indicators.project_id
            for row in project.indicators
            if row.name.strip()
        ]

    def _rows_of_other_drafts(self) -> tuple[Sequence[Choice], Sequence[Choice]]:
        """Those of the same project, and all others."""
        from ui.editor.indicator_sources.pick_rows_dialog import Choice

        present, project = self._present(), self._project() or Project("")
        rows = sorted(self._table.knowledge.used(), key=lambda used: (not _is_same(project, used), -(used.year or 0)))
        same: list[Choice] = []
        others: list[Choice] = []
        for used in rows:
            year = f"{used.year} 年" if used.year else "年度未填"
            is_same = _is_same(project, used)
            group = ("同一项目往年", year) if is_same else (f"{year} {used.unit_name}".strip(), used.project)
            row = Indicator("", used.tier1, used.tier2, used.name, used.description, used.value, used.basis)
            texts = (used.name, used.tier2, used.value, used.description, used.basis)
            (same if is_same else others).append(Choice(group, texts, row, present=_key(row) in present))
        return same, others

    def coverage(self) -> Mapping[tuple[str, ...], str]:
        """How many rows the open project has of each tier."""
        coverage: dict[tuple[str, ...], str] = {}
        for tier1, tiers in self._table.knowledge.scheme.tiers.items():
            for tier2 in tiers:
                count = self._count(tier2)
                coverage[tier1, tier2] = f"✓ 已有 {count}" if count else "— 无"
        return coverage

    # What is taken

    def add_entries(self, entries: Sequence[Entry]) -> None:
        units = self._table.indicators.vocabulary.units
        rows = [with_entry(Indicator(new_id("i")), entry, units) for entry in entries]
        self._add(rows, f"从指标库加入 {len(rows)} 行指标")

    def add_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Each with the value the project itself names, else with sign and unit alone."""
        units = self._table.indicators.vocabulary.units
        made = [with_entry(Indicator(new_id("i")), one.entry, units) for one in suggestions]
        rows = [replace(row, value=one.value or row.value) for row, one in zip(made, suggestions, strict=True)]
        self._add(rows, f"采用推荐的 {len(rows)} 行指标")

    def add_copies(self, rows: Sequence[Indicator]) -> None:
        """Each once, and none the project has already."""
        from models.document.tiers import in_scheme

        seen, copies = self._present(), []
        for row in rows:
            if _key(row) not in seen:
                seen.add(_key(row))
                copies.append(replace(in_scheme(row, self._table.knowledge.scheme), id=new_id("i")))
        self._add(copies, f"复制 {len(copies)} 行指标")
        if len(copies) < len(rows):
            say(self._table, f"复制了 {len(copies)} 行，另有 {len(rows) - len(copies)} 行同名的没有重复添加。")

    def _add(self, rows: Sequence[Indicator], label: str) -> None:
        table = self._table
        table.commit_editor()
        if rows and table.indicators.add_rows(rows, table.currentIndex().row(), label):
            table.refresh()
            table.begin_row(rows[0].id)

    def take_value(self, used: UsedIndicator) -> None:
        row = self._row()
        if row is not None:
            new = replace(
                row,
                value=used.value,
                description=row.description or used.description,
                basis=row.basis or used.basis,
            )
            self._table.indicators.set_row(new, f"采用 {used.year or '历'} 年的指标值")
            self._table.refresh()

    # What is there

    def _row(self) -> Indicator | None:
        place = self._table.currentIndex().row()
        return self._table.indicators.rows[place] if place >= 0 else None

    def _project(self) -> Project | None:
        wanted = self._table.indicators.project_id
        return next((each for each in self._session.document.projects if each.id == wanted), None)

    def _unit_name(self) -> str:
        project = self._project()
        return project.unit.name if project and project.unit.name else self._session.document.unit.name

    def _present(self) -> set[_Key]:
        return {_key(row) for row in self._table.indicators.rows if row.name.strip()}

    def _count(self, tier2: str) -> int:
        from models.document.tiers import plain_tier

        rows = (row for row in self._table.indicators.rows if row.name.strip())
        return sum(plain_tier(row.tier2) == plain_tier(tier2) for row in rows)


def _key(row: Entry | Indicator) -> _Key:
    from models.document.tiers import plain_tier

    return plain_tier(row.tier2), "".join(row.name.split())


def _place(order: Sequence[str], tier: str) -> int:
    return order.index(tier) if tier in order else len(order)


def _last_value(entry: Entry) -> str:
    reached = f"，实际 {entry.actual}" if entry.actual else ""
    return f"{entry.year} 年 {entry.value}{reached}" if entry.value and entry.year else f"{entry.value}{reached}"


def _is_same(project: Project, used: UsedIndicator) -> bool:
    """Whether a row of another draft is of the same project, by its code or its name."""
    if project.code.strip() and project.code.strip() == used.code.strip():
        return True
    return bool(project.name.strip()) and project.name.strip() == used.project.strip()


def _ask(dialog: PickRows) -> Sequence[object]:
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    found = dialog.picked() if accepted else []
    dialog.deleteLater()
    return found
