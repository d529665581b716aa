"""Where rows of the table come from besides typing: the library, other projects, earlier drafts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtWidgets import QDialog

from models.document import Indicator, new_id
from models.library import Entry, UsedIndicator, with_entry
from models.session import Session
from ui.binding import say
from ui.dialogs.pick_rows import Choice, PickRows, Wording
from ui.tables.indicator_view import IndicatorView

LIBRARY = Wording(
    "从指标库选",
    "勾选需要的指标（空格键），选好后加到表中所选行的后面；指标值由您填写。先列历年文本用过的，再列程序自带的指标库。",
    "一级、二级指标",
    "指标",
    ("三级指标", "绩效指标描述", "符号", "单位", "来源"),
    (14, 16, 3, 4, 10),
    "加入表格",
    "指标库是空的。",
)
PROJECTS = Wording(
    "复制其他项目的指标",
    "勾选要复制的指标；左边点项目名只看这个项目的。复制后的各行可以随意修改，原项目不变。",
    "项目",
    "指标",
    ("三级指标", "绩效指标描述", "指标值", "指标值确定依据"),
    (14, 16, 7, 10),
    "复制到本项目",
    "本文的其他项目还没有指标。",
)
YEARS = Wording(
    "参考历年",
    "同名指标在其他草稿中的指标值，年度近的在前。采用时填入指标值；描述和依据空着的一并填入。",
    "年度",
    "历年指标值",
    ("单位和项目", "指标值", "绩效指标描述", "指标值确定依据"),
    (14, 7, 16, 10),
    "采用这个值",
    "其他草稿中没有同名的指标。",
    several=False,
)


class IndicatorSources:
    """Each command is one undo step of the table."""

    def __init__(self, session: Session, table: IndicatorView) -> None:
        self._session, self._table = session, table

    def from_library(self) -> None:
        found = _ask(PickRows(LIBRARY, self.library_choices(), self._table.window()))
        self.add_entries([cast(Entry, value) for value in found])

    def from_projects(self) -> None:
        found = _ask(PickRows(PROJECTS, self.project_choices(), self._table.window()))
        self.add_copies([cast(Indicator, value) for value in found])

    def from_years(self) -> None:
        """For the current row; a line in the status bar where there is nothing to choose from."""
        row = self._row()
        choices = self.year_choices()
        if row is None or not choices:
            name = row.name.strip() if row else ""
            say(self._table, f"其他草稿中没有指标「{name}」的值。" if name else "请先选中一行已写三级指标的指标。")
            return
        for value in _ask(PickRows(YEARS, choices, self._table.window())):
            self.take_value(cast(UsedIndicator, value))

    # What is offered

    def library_choices(self) -> Sequence[Choice]:
        return [
            Choice((e.tier1, e.tier2), (e.name, e.description, e.sign, e.unit, e.source), e)
            for e in self._table.knowledge.entries()
        ]

    def project_choices(self) -> Sequence[Choice]:
        return [
            Choice(
                (f"{place}. {project.name or '（未命名）'}",), (row.name, row.description, row.value, row.basis), row
            )
            for place, project in enumerate(self._session.document.projects, 1)
            if project.id != self._table.indicators.project_id
            for row in project.indicators
        ]

    def year_choices(self) -> Sequence[Choice]:
        row = self._row()
        return [
            Choice(
                (f"{used.year} 年" if used.year else "年度未填",),
                (f"{used.unit_name} {used.project}".strip(), used.value, used.description, used.basis),
                used,
            )
            for used in (self._table.knowledge.earlier(row.name) if row else ())
        ]

    # What is taken

    def add_entries(self, entries: Sequence[Entry]) -> None:
        units = self._table.indicators.vocabulary.units
        rows = [with_entry(Indicator(new_id("i")), entry, units) for entry in entries]
        self._add(rows, f"从指标库加入 {len(rows)} 行指标")

    def add_copies(self, rows: Sequence[Indicator]) -> None:
        self._add([replace(row, id=new_id("i")) for row in rows], f"复制 {len(rows)} 行指标")

    def _add(self, rows: Sequence[Indicator], label: str) -> None:
        table = self._table
        table.commit_editor()
        current = table.currentIndex().row()
        after = current if current >= 0 else table.indicators.rowCount() - 1
        if table.indicators.add_rows(rows, after, label):
            table.refresh()
            table.go_to(table.indicators.find(rows[0].id, table.currentIndex().column()))

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

    def _row(self) -> Indicator | None:
        place = self._table.currentIndex().row()
        return self._table.indicators.rows[place] if place >= 0 else None


def _ask(dialog: PickRows) -> Sequence[object]:
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    found = dialog.picked() if accepted else []
    dialog.deleteLater()
    return found
