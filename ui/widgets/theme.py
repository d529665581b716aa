"""The two calm palettes of the program, and how the user's font, size and theme are applied."""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING, Any

# Not the name itself: merely to import it costs the first paint 15 ms, for a hundred lists of names nobody needs yet.
from PySide6 import QtCore
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from ui.widgets.colours import blend
from ui.widgets.style import LEAST_POINTS, SYSTEM_FONT, show_sheet

if TYPE_CHECKING:
    from models.preferences import Preferences

# Paper and ink with one quiet green; in the dark no pure black and no pure white, which tire the eye.
_LIGHT = {
    "Window": "#f1f3f1", "WindowText": "#1d2421", "Base": "#ffffff", "AlternateBase": "#f5f8f6", "Text": "#1d2421",
    "Button": "#fafbfa", "ButtonText": "#1d2421", "BrightText": "#ffffff", "Light": "#ffffff", "Midlight": "#e6eae7",
    "Mid": "#b9c1bc", "Dark": "#98a29c", "Shadow": "#5c6660", "Highlight": "#2c6e5b", "HighlightedText": "#ffffff",
    "ToolTipBase": "#fdfdf4", "ToolTipText": "#1d2421", "Link": "#1f5f8b", "LinkVisited": "#6a4a8c",
}  # fmt: skip
_DARK = {
    "Window": "#25292b", "WindowText": "#e2e6e4", "Base": "#1b1f21", "AlternateBase": "#222729", "Text": "#e2e6e4",
    "Button": "#2f3537", "ButtonText": "#e2e6e4", "BrightText": "#ffffff", "Light": "#475053", "Midlight": "#3a4245",
    "Mid": "#151819", "Dark": "#101314", "Shadow": "#08090a", "Highlight": "#7cc4ae", "HighlightedText": "#0d1f19",
    "ToolTipBase": "#33393b", "ToolTipText": "#e2e6e4", "Link": "#8cc2ea", "LinkVisited": "#c3aee6",
}  # fmt: skip
_COLORS = {"light": _LIGHT, "dark": _DARK}
_SCHEMES = {"light": "Light", "dark": "Dark"}
_ASK_CONTRAST, _CONTRAST = 0x42, "IIP"
"""Windows' number for the question, and its answer: size, flags of which the first says yes, a name."""
_DIMMED = ("WindowText", "Text", "ButtonText")
_DIMMED_SHARE = 0.6
"""Of the text's colour in what is disabled: quieter, and still to be read."""


def palette_of(theme: str) -> QPalette:
    """The palette of a theme; of any other name one that says nothing, so that the system's is seen."""
    palette = QPalette()
    colors = _COLORS.get(theme, {})
    for name, color in colors.items():
        palette.setColor(getattr(QPalette.ColorRole, name), QColor(color))
    if colors:
        ground, ink = QColor(colors["Window"]), QColor(colors["WindowText"])
        dim = blend(ink, ground, _DIMMED_SHARE)
        for name in _DIMMED:
            palette.setColor(QPalette.ColorGroup.Disabled, getattr(QPalette.ColorRole, name), dim)
    return palette


def apply_look(app: QApplication, look: Preferences) -> None:
    """Font, size and theme, at once and everywhere."""
    _apply_theme(app, look.theme)
    # The font the program began with, not the one it has now: «as the system» must find back to it.
    font = QFont(app.property(SYSTEM_FONT) or app.font())
    if look.font:
        font.setFamily(look.font)
    font.setPointSize(look.size or max(font.pointSize(), LEAST_POINTS))
    if font != app.font():
        app.setFont(font)
        # What the sheet says in units of the font is measured when it is applied.
        show_sheet(app, refresh=True)


def _apply_theme(app: QApplication, theme: str) -> None:
    before = app.property("theme")
    if before == theme:
        return
    hints = app.styleHints()
    app.setProperty("theme", theme)
    if before is None:
        hints.colorSchemeChanged.connect(lambda _scheme: _follow_system(app))
        if theme == "system":  # it is the system's; its palette tells what Qt's names would cost the first paint
            _show_theme(app, app.palette().color(QPalette.ColorRole.Window).lightness() < 128)
            return
    # Where the system knows the two, the window's frame and its own dialogs follow.
    hints.setColorScheme(QtCore.Qt.ColorScheme[_SCHEMES.get(theme, "Unknown")])
    _show_theme(app, _is_dark(app))


def _is_dark(app: QApplication) -> bool:
    return app.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark


def _follow_system(app: QApplication) -> None:
    if app.property("theme") == "system":
        _show_theme(app, _is_dark(app))


def _show_theme(app: QApplication, is_dark: bool) -> None:
    """«system» chooses between light and dark; the colours are the program's own in both."""
    theme = str(app.property("theme"))
    if theme == "system" and not _has_contrast_theme():
        theme = "dark" if is_dark else "light"
    app.setPalette(palette_of(theme))
    show_sheet(app)


def _has_contrast_theme() -> bool:
    """Whether Windows shows one of its contrast themes: who needs those colours sees no others."""
    if os.name != "nt":
        return False
    import ctypes

    system: Any = getattr(ctypes, "windll")  # noqa: B009  # it is there on Windows alone
    asked = struct.pack(_CONTRAST, struct.calcsize(_CONTRAST), 0, 0)
    answer = ctypes.create_string_buffer(asked)
    system.user32.SystemParametersInfoW(_ASK_CONTRAST, len(asked), answer, 0)
    return bool(struct.unpack(_CONTRAST, answer.raw[: len(asked)])[1] & 1)
