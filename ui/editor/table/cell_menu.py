"""What can be done with the cells and rows of the indicator table, for who asks for it at a cell."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from models.document.fieldnames import SCOPE_CHANGES
from models.document.tree import Scope
from ui.editor.table.row_scopes import all_long_term, set_scope

if TYPE_CHECKING:
    from ui.editor.table.indicator_view import IndicatorView

_KEYS_AT = "\t"
"""Behind it a menu shows the keys, which the table itself has."""


def give_menu(view: IndicatorView) -> None:
    """The menu of the right button and of the menu key."""
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(partial(_show, view))


def cell_menu(view: IndicatorView) -> QMenu:
    """The commands with their keys; a text that is 定稿 lets copy alone."""
    menu = QMenu(view)
    editable, rows = view.indicators.is_editable, bool(view.selected_cells())
    chosen = {row for row, _column in view.selected_cells()}
    scope: Scope = "annual" if all_long_term(view.indicators, chosen) else "long_term"
    wanted = (
        ("剪切", "Ctrl+X", view.cut, editable and rows),
        ("复制", "Ctrl+C", view.copy, rows),
        ("粘贴", "Ctrl+V", view.paste, editable),
        ("清空单元格", "Delete", view.clear_cells, editable and rows),
        ("向下填充", "Ctrl+D", view.fill_down, editable and rows),
        None,
        ("添加行", "", view.add_row, editable),
        ("插入行", "Insert", view.insert_row, editable),
        ("删除行", "Ctrl+Delete", view.remove_rows, editable and rows),
        ("上移", "Ctrl+Shift+↑", partial(view.move_rows, -1), editable and rows),
        ("下移", "Ctrl+Shift+↓", partial(view.move_rows, 1), editable and rows),
        None,
        (
            SCOPE_CHANGES[scope],
            "",
            partial(set_scope, view.session, view.indicators, chosen, scope),
            editable and rows,
        ),
    )
    for command in wanted:
        if command is None:
            menu.addSeparator()
            continue
        text, keys, done, enabled = command
        action = menu.addAction(f"{text}{_KEYS_AT}{keys}" if keys else text)
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked=False, done=done: done())
    return menu


def _show(view: IndicatorView, place: QPoint) -> None:
    view.commit_editor()
    menu = cell_menu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(view.viewport().mapToGlobal(place))
