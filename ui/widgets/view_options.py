"""What Qt's classes for item views hold and its type stubs leave out or call optional."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QItemSelectionModel

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QFont, QFontMetrics, QPalette, QTextCharFormat, QTextCursor
    from PySide6.QtWidgets import (
        QAbstractItemView,
        QLayout,
        QStyle,
        QStyleOptionViewItem,
        QTableWidget,
        QTableWidgetItem,
        QTextEdit,
        QTreeWidget,
        QTreeWidgetItem,
        QWidget,
    )


class ViewOption(Protocol):
    """A QStyleOptionViewItem, by the names Qt documents."""

    text: str
    widget: QAbstractItemView
    rect: QRect
    state: QStyle.StateFlag
    palette: QPalette
    font: QFont
    fontMetrics: QFontMetrics  # noqa: N815  # Qt's own name
    displayAlignment: int  # noqa: N815  # Qt's own name


class TextMark(Protocol):
    """A QTextEdit.ExtraSelection."""

    cursor: QTextCursor
    format: QTextCharFormat


def option_of(option: QStyleOptionViewItem) -> ViewOption:
    """The option with the fields Qt gives it; the stubs name none of them."""
    return cast("ViewOption", option)


def mark_of(selection: QTextEdit.ExtraSelection) -> TextMark:
    """The selection with its two fields."""
    return cast("TextMark", selection)


def tree_item(tree: QTreeWidget, row: int) -> QTreeWidgetItem:
    """The top item in that row, which there is."""
    item = tree.topLevelItem(row)
    assert item is not None
    return item


def table_item(table: QTableWidget, row: int, column: int) -> QTableWidgetItem:
    """The item in that cell, which was set."""
    item = table.item(row, column)
    assert item is not None
    return item


def layout_of(widget: QWidget) -> QLayout:
    """The layout the widget was given."""
    layout = widget.layout()
    assert layout is not None
    return layout


def select_only(view: QAbstractItemView, row: int) -> None:
    """Makes that row the current and only selected one, whatever keys are held: Qt's own ways look at them."""
    flags = QItemSelectionModel.SelectionFlag
    view.selectionModel().setCurrentIndex(view.model().index(row, 0), flags.ClearAndSelect | flags.Rows)
