"""Above the indicator table: which second tiers the project has, and the way to them or to a first row of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from models.document.overview import place_for, rows_of, tier_counts, tiers_of
from models.document.tree import Indicator, new_id
from models.session.session import Session
from ui.editor.field_places import value_at
from ui.editor.table.indicator_view import IndicatorView
from ui.widgets.charts.chip_row import ChipBar, ChipText

_PAUSE = 200
"""Milliseconds after a change until the chips follow: keys being struck do not wait for them."""
_OTHERS = "\0"
"""The key of the chip for tiers the scheme does not know."""
_LEFT_OUT = ("指标", "效益", "影响")
"""What most names of tiers end with, and a chip in a row of nine does not repeat."""


class TierChips(ChipBar):
    """Enter on a covered tier goes to its first row; on a missing one it adds a row of it, as one step."""

    def __init__(self, session: Session, table: IndicatorView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._table = session, table
        self._path = ""
        self._known: tuple[object, ...] = ()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.show_now)
        self.picked.connect(self._take)

    def show_project(self, path: str) -> None:
        """The project at that path, "" for none."""
        self._path = path
        self.show_now()

    def refresh(self) -> None:
        """The draft changed."""
        if self._state() != self._known:
            self._timer.start()

    def _rows(self) -> tuple[Indicator, ...]:
        return value_at(self._session, self._path and f"{self._path}.indicators") or ()

    def _scheme_id(self) -> str:
        return self._session.draft.settings.tier_scheme

    def _state(self) -> tuple[object, ...]:
        return self._path, self._rows(), self._scheme_id(), self._session.is_locked

    def show_now(self) -> None:
        """Shows how the tiers stand."""
        self._timer.stop()
        self._known = self._state()
        self.show_chips(self._texts() if self._path else ())

    def _texts(self) -> Sequence[ChipText]:
        scheme = self._session.template.scheme(self._scheme_id())
        open_draft = not self._session.is_locked
        counts = tier_counts(self._rows())
        chips = []
        for tier1, tier2 in tiers_of(scheme):
            count = counts.pop(tier2, 0)
            if count:
                tip, shown = f"{tier1}：到「{tier2}」的第一行", f"✓{_short(tier2)} {count}"
                chips.append(ChipText(f"✓ {tier2} {count}", f"✓ {tier2} {count}　{tip}", tier2, shown=shown))
            else:
                tip = f"{tier1}：添加一行「{tier2}」" if open_draft else f"{tier1}：没有「{tier2}」"
                shown = f"{_short(tier2)} 无"
                chips.append(ChipText(f"— {tier2} 无", f"— {tier2} 无　{tip}", tier2, open_draft, shown))
        if counts:
            tip = f"「{scheme.name}」中没有：{'、'.join(sorted(counts))}"
            chips.append(ChipText(f"？ 其他 {counts.total()}", tip, _OTHERS))
        return chips

    def _take(self, key: str) -> None:
        """Goes by the rows as they are now: the chips may be a moment behind."""
        self._table.commit_editor()
        rows, scheme = self._rows(), self._session.template.scheme(self._scheme_id())
        known = {tier2 for _, tier2 in tiers_of(scheme)}
        strange = (row for row in rows if row.tier2.strip() and row.tier2.strip() not in known)
        found = list(strange if key == _OTHERS else rows_of(rows, key))
        row_id = found[0].id if found else self._add(rows, key) if key in known else ""
        if row_id:
            self._table.focus_cell(row_id, "name" if key != _OTHERS else "tier2")

    def _add(self, rows: Sequence[Indicator], tier2: str) -> str:
        """A row of that tier where it belongs; its id, "" where the draft is locked."""
        scheme = self._session.template.scheme(self._scheme_id())
        if self._session.is_locked:
            return ""
        row = Indicator(new_id("i"), scheme.parent(tier2) or "", tier2)
        self._session.insert(f"{self._path}.indicators", place_for(rows, scheme, tier2), row, f"添加「{tier2}」一行")
        self._table.refresh()
        self.show_now()
        return row.id


def _short(tier2: str) -> str:
    """The name without what it shares with others; the tool tip shows the whole name."""
    short = tier2
    for ending in _LEFT_OUT:
        short = short.removesuffix(ending)
    return short.removeprefix("服务对象") or tier2
