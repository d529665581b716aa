"""What can be done with the rows of the indicator table: the buttons above it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from models.session.session import Session
from ui.editor.indicator_sources.indicator_sources import IndicatorSources
from ui.editor.table.indicator_view import IndicatorView
from ui.widgets.flow import Flow
from ui.widgets.icons import give_icon
from ui.widgets.parts import push_button
from ui.widgets.style import characters


class TableBar(Flow):
    """Each command leaves the keyboard in the table, where work goes on; one that was cancelled leaves it where it is, and
    the page, too."""

    def __init__(self, session: Session, table: IndicatorView, parent: QWidget | None = None) -> None:
        super().__init__(0, parent)
        self._spacing = characters(self, 0.4)
        self._state: tuple[bool, bool] | None = None
        self._table, self._sources = table, IndicatorSources(session, table)
        label = QLabel("绩效指标")
        label.setBuddy(table)
        self.add(label)
        moves = partial(table.move_rows, -1), partial(table.move_rows, 1)
        self._adding = [
            self._button("添加行", "添加行", "在表尾添加一行（在最后一格按 Tab 也可以）", table.add_row, "add"),
            self._button("插入行", "插入行", "在当前行之前插入一行（Insert）", table.insert_row),
        ]
        self._changing = [
            self._button("删除行", "删除行", "删除所选的行，可撤销（Ctrl+Delete）", table.remove_rows),
            self._button("上移", "指标上移", "所选的行上移（Ctrl+Shift+↑）", moves[0]),
            self._button("下移", "指标下移", "所选的行下移（Ctrl+Shift+↓）", moves[1]),
        ]
        wanted = (
            ("推荐…", "看适合这个项目的指标，勾选要用的", lambda: self._sources.from_recommended(), "recommend"),
            ("指标库…", "查找、勾选现成的指标，加到同类指标之后", lambda: self._sources.from_library(), "library"),
        )
        self._adding += [self._button(text, text, tip, done, icon) for text, tip, done, icon in wanted]
        self._adding.append(self._more())

    def _button(self, text: str, name: str, tip: str, done: Callable[[], None], icon: str = "") -> QPushButton:
        button = push_button(text, partial(self._then_table, done), tip)
        if icon:
            give_icon(button, icon)
        button.setAccessibleName(name)
        button.setProperty("inline", "true")
        self.add(button)
        return button

    def _more(self) -> QPushButton:
        """Rows from elsewhere, and their order."""
        more = QPushButton("更多")
        more.setAccessibleName(more.text())
        more.setProperty("inline", "true")
        more.setToolTip("推荐指标，从指标库、其他项目或历年文本取指标，或重新排序")
        menu = QMenu(more)
        for text, done in (
            ("推荐…", self._sources.from_recommended),
            ("从指标库选…", self._sources.from_library),
            ("复制上年或其他项目的指标…", self._sources.from_projects),
            ("参考历年…", self._sources.from_years),
            ("合理排序", self._table.sort_rows),
        ):
            menu.addAction(text, lambda done=done: self._then_table(done))
        more.setMenu(menu)
        self.add(more)
        return more

    def _then_table(self, done: Callable[[], None]) -> None:
        before = self._table.session.draft
        done()
        if self._table.session.draft is not before:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self, *, locked: bool) -> None:
        """A 定稿 takes no rows; what changes rows rests while there are none."""
        state = (locked, self._table.indicators.rowCount() > 0)
        if state == self._state:
            return
        self._state = state
        for button in self._adding:
            button.setEnabled(not locked)
        for button in self._changing:
            button.setEnabled(state[1] and not locked)
