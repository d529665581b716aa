"""The one look of the program: Fusion over the system's palette, sizes in units of the font."""

from __future__ import annotations

from typing import Any

from PySide6 import QtCore, QtWidgets  # not Qt by its name: see ui/widgets/theme.py
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette, QWindow
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from resources import ROOT
from ui.widgets.colours import blend, mark_colour

LEAST_POINTS = 11
"""Clerks read this all day; many systems start at 9, which who wants it can have back in the settings."""

SYSTEM_FONT = "system font"
"""The property of the application under which the font it began with is kept."""

# A frame is thicker with the focus and grows into its margin, so that no word moves when the focus comes.
# em follows the font, palette(…) and @line follow light and dark; so nothing here knows a colour.
_SHEET = """
QPushButton { outline: none; padding: 0.25em 0.8em; border: 1px solid @line;
    border-radius: 0.25em;
    background: palette(button); color: palette(button-text); }
QPushButton:hover { border-color: palette(highlight); }
QPushButton:focus { border: 2px solid palette(highlight); padding: 0.2em 0.75em; }
QPushButton:pressed { background: @line; }
QPushButton:disabled { color: palette(placeholder-text); border-color: @faint; }
QPushButton:default { font-weight: bold; }
QPushButton[primary="true"] { background: palette(highlight); color: palette(highlighted-text); border-color: palette(highlight);
    font-weight: bold; }
QPushButton[primary="true"]:hover { border-color: palette(window-text); }
QPushButton[primary="true"]:focus { border: 2px solid palette(window-text); }
QPushButton[primary="true"]:pressed { background: @edge; }
QPushButton[primary="true"]:disabled { background: palette(button); color: palette(placeholder-text); border-color: @faint; }
QPushButton[way="true"] { padding: 0.7em 1.6em; font-weight: bold; }
QPushButton[step="true"] { border-radius: 0; border: none; border-bottom: 3px solid @faint;
    background: transparent; color: palette(window-text); padding: 0.4em 0.6em; }
QPushButton[step="true"]:hover { border-bottom-color: @line; }
QPushButton[step="true"]:checked { border-bottom-color: palette(highlight); font-weight: bold; }
QPushButton[step="true"]:focus { background: @faint; }
QPushButton[panel="true"] { padding: 0.25em 0.6em; }
QPushButton[panel="true"]:focus { padding: 0.2em 0.55em; }
QPushButton[panel="true"]:checked { border-color: palette(highlight); background: @faint; font-weight: bold; }
QPushButton[inline="true"] { padding: 0.1em 0.6em; }
QPushButton[inline="true"]:focus { padding: 0.1em 0.6em; border-width: 1px; }
QPushButton[bar="true"] { padding: 0 0.6em; }
QPushButton[bar="true"]:focus { padding: 0 0.53em; border-width: 1px; }
QPushButton[chip="true"] { padding: 0.1em 0.5em; border-radius: 0.6em; }
QPushButton[chip="true"]:focus { padding: 0.03em 0.43em; }
QLineEdit, QPlainTextEdit { border: 1px solid @line; margin: 1px; border-radius: 0.2em; padding: 0.13em;
    background: palette(base); color: palette(text); }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid palette(highlight); margin: 0; }
QComboBox { min-height: 1.25em; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: palette(window); }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { background: palette(window); }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator { width: 0.75em; height: 0.75em; margin: 0.05em;
    border: 1px solid @edge; background: palette(base); }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { image: url(icons:tick-@tick.svg); }
QCheckBox::indicator:checked:disabled, QAbstractItemView::indicator:checked:disabled { image: url(icons:tick-faint.svg); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate { image: url(icons:some-@tick.svg); }
QCheckBox::indicator:indeterminate:disabled, QAbstractItemView::indicator:indeterminate:disabled {
    image: url(icons:some-faint.svg); }
QRadioButton::indicator { border-radius: 0.37em; }
QRadioButton::indicator:checked { background: qradialgradient(cx: 0.5, cy: 0.5, fx: 0.5, fy: 0.5, radius: 0.5,
    stop: 0.5 palette(text), stop: 0.6 palette(base)); }
QRadioButton::indicator:checked:disabled { background: qradialgradient(cx: 0.5, cy: 0.5, fx: 0.5, fy: 0.5, radius: 0.5,
    stop: 0.5 palette(placeholder-text), stop: 0.6 palette(base)); }
QCheckBox:focus, QRadioButton:focus { background: @faint; }
QListView, QTableView, QTreeView, QTextBrowser { border: 1px solid @line; margin: 1px; }
QListView:focus, QTableView:focus, QTreeView:focus, QTextBrowser:focus { border: 2px solid palette(highlight); margin: 0; }
QListView::item { padding: 0.35em 0.3em; }
QComboBox QListView::item { padding: 0; min-height: 1.6em; }
QTableView[spaced="true"]::item { padding: 0 0.35em; }
QLabel[role="hint"] { color: palette(placeholder-text); }
QFrame[role="banner"] { border: 1px solid palette(highlight); background: palette(alternate-base); }
QFrame[role="card"] { border: 1px solid @faint; border-radius: 0.4em; background: palette(base); }
QLabel[role="mark"] { border: 1px solid @line; background: palette(window); padding: 0 0.2em; font-weight: bold; }
QLabel[kind="error"] { color: @error; border-color: @error; }
QLabel[kind="warn"] { color: @warn; border-color: @warn; }
QLabel[kind="info"] { color: @info; border-color: @info; }
QLabel[kind="carried"] { color: @carried; border-color: @carried; }
QLabel[kind="remark"] { color: @remark; border-color: @remark; }
QStatusBar::item { border: none; }
"""


_LOOKS = frozenset((QEvent.Type.Polish, QEvent.Type.FontChange, QEvent.Type.StyleChange))
_WATCHED = (QLineEdit, QPlainTextEdit, QWindow, QDialog, QApplication)
_LEAVING = frozenset((QEvent.Type.MouseButtonPress, QEvent.Type.FocusAboutToChange))


def _dress(field: QLineEdit | QPlainTextEdit, kind: QEvent.Type) -> None:
    if kind == QEvent.Type.Polish:
        from ui.widgets.composition import watch

        watch(field)
    if isinstance(field, QLineEdit):
        from ui.widgets.baseline import keep_on_line

        keep_on_line(field)


class _PaletteWatch(QObject):
    """Sheets resolve palette(…) when they are set, so a change between light and dark sets them again; and what a sheet cannot
    say of fields of one line is said to each. Every field that is ever shown, Qt's own dialogs' too, is composed in."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, _WATCHED):  # as most are; to ask an event for its type takes longer
            return False
        kind = event.type()
        if kind in _LOOKS and isinstance(watched, QLineEdit | QPlainTextEdit):
            _dress(watched, kind)
        elif kind in _LEAVING and isinstance(watched, QWindow):
            from ui.widgets.composition import finish_before

            finish_before(event)
        elif kind == QEvent.Type.Show and isinstance(watched, QDialog):
            keep_on_screen(watched)
        elif kind == QEvent.Type.ApplicationPaletteChange and isinstance(watched, QApplication):
            show_sheet(watched)
        elif kind == QEvent.Type.ThemeChange and isinstance(app := QApplication.instance(), QApplication):
            _one_font(app)  # the system has set its own again
        return False


_FONTS_OF_THEIR_OWN: tuple[Any, ...] = (  # str; the stubs ask for bytes, which PySide refuses
    "QMenu",
    "QMenuBar",
    "QMessageBox",
    "QTipLabel",
    "QStatusBar",
    "QAbstractItemView",
    "QDockWidgetTitle",
)
"""The classes that Windows' theme gives fonts of their own, which stay as they are when the application's is set."""


def _one_font(app: QApplication) -> None:
    font = app.font()
    for name in _FONTS_OF_THEIR_OWN:
        if QApplication.font(name) != font:
            QApplication.setFont(font, name)


def _one_selection(palette: QPalette) -> bool:
    """On Windows what is selected has the ground's colour once the focus is elsewhere. Whether the palette was changed."""
    group, changed = QPalette.ColorGroup, False
    for role in (QPalette.ColorRole.Highlight, QPalette.ColorRole.HighlightedText):
        wanted = palette.color(group.Active, role)
        if palette.color(group.Inactive, role) != wanted:
            palette.setColor(group.Inactive, role, wanted)
            changed = True
    return changed


def _mixed(palette: QPalette, front: QPalette.ColorRole, back: QPalette.ColorRole, share: float) -> QColor:
    return blend(palette.color(front), palette.color(back), share)


def show_sheet(app: QApplication, refresh: bool = False) -> None:
    """Lines and hints are mixed from the palette's text and ground: its own roles for them are too faint in the dark.

    `refresh`: also where the sheet's words are the same, since what they are measured by changed.
    """
    palette, role = app.palette(), QPalette.ColorRole
    changed = _one_selection(palette)
    hint_color = _mixed(palette, role.Text, role.Base, 0.65)
    if palette.color(role.PlaceholderText) != hint_color:
        palette.setColor(role.PlaceholderText, hint_color)
        changed = True
    if changed:
        app.setPalette(palette)
    lines = {"@line": 0.35, "@faint": 0.18, "@edge": 0.6}
    sheet = _SHEET
    for name, share in lines.items():
        sheet = sheet.replace(name, _mixed(palette, role.WindowText, role.Window, share).name())
    for kind in ("error", "warn", "info", "carried", "remark"):
        sheet = sheet.replace(f"@{kind}", mark_colour(kind, palette.color(role.Window)).name())
    sheet = sheet.replace("@tick", "light" if palette.color(role.Text).lightness() > 127 else "dark")
    if refresh or sheet != app.styleSheet():
        app.setStyleSheet(sheet)
        if app.topLevelWidgets():
            from ui.widgets.icons import show_icons_again

            show_icons_again(app)
    _one_font(app)


_FRAME = 2
"""Characters of height the title bar and the frame of a dialog take, at most."""


def keep_on_screen(dialog: QDialog) -> None:
    """Large type asks for more than a small screen has: the lists in a dialog give way, its buttons stay in reach."""
    room = dialog.screen().availableSize()
    room.setHeight(room.height() - characters(dialog, _FRAME))
    if dialog.width() > room.width() or dialog.height() > room.height():
        dialog.resize(dialog.size().boundedTo(room))


def apply_style(app: QApplication, *, watched: bool = True) -> None:
    """Gives the whole program its look. Unless `watched`, `watch_fields` is still to be called."""
    app.setStyle("Fusion")
    QtCore.QDir.setSearchPaths("icons", [str(ROOT / "icons")])  # sheets take files by name alone
    font = QFont(app.font())
    app.setProperty(SYSTEM_FONT, QFont(font))
    if font.pointSize() < LEAST_POINTS:
        font.setPointSize(LEAST_POINTS)
        app.setFont(font)
    if watched:
        watch_fields()
    show_sheet(app)


def watch_fields() -> None:
    """Sees from now on to every field and dialog that comes, and to a change of the palette.

    The first paint does without: whoever hears all events makes Qt for Python look at the names of all classes, for the sake of
    objects that have none, which takes a sixth of the whole start.
    """
    app = QApplication.instance()
    if isinstance(app, QApplication) and app.findChild(_PaletteWatch) is None:
        app.installEventFilter(_PaletteWatch(app))


def characters(widget: QWidget, count: float) -> int:
    """The width of so many Chinese characters in the widget's font, in pixels."""
    return round(QFontMetrics(widget.font()).horizontalAdvance("字") * count)


def roomy(layout: QLayout, widget: QWidget) -> None:
    """The program's usual margins and gaps."""
    gap = characters(widget, 0.75)
    layout.setContentsMargins(gap, gap, gap, gap)
    layout.setSpacing(characters(widget, 0.5))


class _Title(QLabel):
    """Setting the sheet again, which follows another size of type, gives every label the plain font."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        page = self.parentWidget()
        if event.type() == QEvent.Type.StyleChange and page is not None:
            QTimer.singleShot(0, self, lambda: resize_title(self, page))


def title(text: str) -> QLabel:
    """A page's title."""
    label = _Title(text)
    resize_title(label, label)
    return label


def resize_title(label: QLabel, page: QWidget) -> None:
    """Gives a title its size beside the font of its page, which may have become another one."""
    font = QFont(page.font())
    font.setPointSizeF(font.pointSizeF() * 1.25)
    font.setBold(True)
    label.setFont(font)


def hint(text: str) -> QLabel:
    """A sentence that explains; wraps."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("role", "hint")
    return label


def labelled(text: str, widget: QWidget) -> QLabel:
    """The visible label of a widget: its buddy, and word for word its accessible name."""
    label = QLabel(text.replace("&", "&&"))
    label.setBuddy(widget)
    widget.setAccessibleName(text)
    return label


_MEASURED = 200
"""Rows whose words decide on the widths: who has more sees the longest ones shortened."""


def columns_widths(view: QtWidgets.QTableView) -> list[int]:
    """What the words in each column of a table need, its heading included, in pixels: measured once, not at every change."""
    model, header = view.model(), view.horizontalHeader()
    cells, heads = QFontMetrics(view.font()), QFontMetrics(header.font())
    gap, widths = characters(view, 1.5 if view.property("spaced") else 1), []
    rows = range(min(model.rowCount(), _MEASURED))
    for column in range(model.columnCount()):
        name = str(model.headerData(column, QtCore.Qt.Orientation.Horizontal) or "")
        sign = characters(view, 0.8) if view.isSortingEnabled() else 0
        wanted = max(heads.horizontalAdvance(line) for line in name.split("\n")) + sign
        for row in rows:
            wanted = max(wanted, cells.horizontalAdvance(str(model.index(row, column).data() or "")))
        widths.append(wanted + gap)
    return widths


def fit_columns(view: QtWidgets.QTableView, stretched: int) -> None:
    """Every column as wide as its words, that one as wide as is left. Without Qt's own way, which measures all rows at
    every change."""
    header, widths = view.horizontalHeader(), columns_widths(view)
    header.setSectionResizeMode(stretched, QtWidgets.QHeaderView.ResizeMode.Stretch)
    most = max(view.viewport().width() // 3, characters(view, 8))
    for column, width in enumerate(widths):
        if column != stretched:
            header.resizeSection(column, min(width, most))
