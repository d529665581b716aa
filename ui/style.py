"""The one look of the program: Fusion over the system's palette, sizes in units of the font."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLayout, QWidget

LEAST_POINTS = 11
"""Clerks read this all day; many systems start at 9."""

# em and ex follow the font, palette(…) follows light and dark; so nothing here knows pixels or colours.
_SHEET = """
QPushButton, QToolButton { outline: none; padding: 0.35em 0.9em; border: 1px solid palette(mid);
    border-radius: 0.25em;
    background: palette(button); color: palette(button-text); }
QPushButton:hover, QToolButton:hover { border-color: palette(highlight); }
QPushButton:focus, QToolButton:focus { border: 2px solid palette(highlight); padding: 0.3em 0.85em; }
QPushButton:pressed, QToolButton:pressed { background: palette(mid); }
QPushButton:disabled { color: palette(placeholder-text); border-color: palette(midlight); }
QPushButton:default { font-weight: bold; }
QPushButton[step="true"] { border-radius: 0; border: none; border-bottom: 3px solid palette(midlight);
    background: transparent; color: palette(window-text); padding: 0.5em 0.6em; }
QPushButton[step="true"]:hover { border-bottom-color: palette(mid); }
QPushButton[step="true"]:checked { border-bottom-color: palette(highlight); font-weight: bold; }
QPushButton[step="true"]:focus { background: palette(midlight); }
QLineEdit, QPlainTextEdit { border: 1px solid palette(mid); border-radius: 0.2em; padding: 0.2em;
    background: palette(base); color: palette(text); }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid palette(highlight); padding: 0.13em; }
QLineEdit:disabled, QPlainTextEdit:disabled { background: palette(window); }
QCheckBox:focus, QRadioButton:focus { background: palette(midlight); }
QListView, QTableView { border: 1px solid palette(mid); }
QListView:focus, QTableView:focus { border: 2px solid palette(highlight); }
QListView::item { padding: 0.35em 0.3em; }
QLabel[role="hint"] { color: palette(placeholder-text); }
QFrame[role="banner"] { border: 1px solid palette(highlight); background: palette(alternate-base); }
QStatusBar::item { border: none; }
"""


class _PaletteWatch(QObject):
    """Sheets resolve palette(…) when they are set, so a change between light and dark sets them again."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationPaletteChange and isinstance(watched, QApplication):
            _soften_hints(watched)
        return False


def _soften_hints(app: QApplication) -> None:
    """Fusion's placeholder colour is too faint to read sentences in; hints use it, so it is set to be readable."""
    palette = app.palette()
    text, base = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
    mixed = tuple(round(0.65 * a + 0.35 * b) for a, b in zip(text.getRgb()[:3], base.getRgb()[:3], strict=True))
    wanted = text.__class__(*mixed)
    if palette.color(QPalette.ColorRole.PlaceholderText) != wanted:
        palette.setColor(QPalette.ColorRole.PlaceholderText, wanted)
        app.setPalette(palette)
        app.setStyleSheet(_SHEET)


def apply_style(app: QApplication) -> None:
    """Gives the whole program its look."""
    app.setStyle("Fusion")
    font = QFont(app.font())
    if font.pointSize() < LEAST_POINTS:
        font.setPointSize(LEAST_POINTS)
        app.setFont(font)
    app.setStyleSheet(_SHEET)
    watch = _PaletteWatch(app)
    app.installEventFilter(watch)
    _soften_hints(app)


def characters(widget: QWidget, count: float) -> int:
    """The width of so many Chinese characters in the widget's font, in pixels."""
    return round(QFontMetrics(widget.font()).horizontalAdvance("字") * count)


def roomy(layout: QLayout, widget: QWidget) -> None:
    """The program's usual margins and gaps."""
    gap = characters(widget, 0.75)
    layout.setContentsMargins(gap, gap, gap, gap)
    layout.setSpacing(characters(widget, 0.5))


def title(text: str) -> QLabel:
    """A page's title."""
    label = QLabel(text)
    font = QFont(label.font())
    font.setPointSizeF(font.pointSizeF() * 1.25)
    font.setBold(True)
    label.setFont(font)
    return label


def hint(text: str) -> QLabel:
    """A sentence that explains; wraps."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setProperty("role", "hint")
    return label
