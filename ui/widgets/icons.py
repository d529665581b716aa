"""The line icons of the main actions: drawn in the colour of the words beside them, in light and dark, sharp at any size."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QImageReader, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication

from resources import ROOT

_FOLDER = ROOT / "icons" / "lines"
ICON_NAME = "line icon"
"""The property of a button under which the name of its icon is kept."""
_INK = b"#000"
"""The colour of the lines in the files."""
_ROLES = (
    (QIcon.Mode.Normal, QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText),
    (QIcon.Mode.Disabled, QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText),
)


@lru_cache(maxsize=64)
def _drawing(name: str) -> bytes:
    return (_FOLDER / f"{name}.svg").read_bytes()


def _pixmap(name: str, colour: QColor, size: int, scale: float) -> QPixmap:
    """The drawing in that colour; an empty one where this Qt cannot read it: the words say the same."""
    pixmap = QPixmap.fromImage(_image(name, colour.name(), round(size * scale)))
    pixmap.setDevicePixelRatio(scale)
    return pixmap


@lru_cache(maxsize=256)
def _image(name: str, colour: str, pixels: int) -> QImage:
    """Kept, since most icons are drawn again with each step and panel; a pixmap would not outlive the program's end."""
    source = QByteArray(_drawing(name).replace(_INK, colour.encode()))
    device = QBuffer(source)
    reader = QImageReader(device, QByteArray(b"svg"))
    reader.setScaledSize(QSize(pixels, pixels))
    return reader.read()


def give_icon(button: QAbstractButton, name: str) -> None:
    """The button shows that icon before its words, from now on in whatever colours and size the words have."""
    button.setProperty(ICON_NAME, name)
    _show(button)


def _show(button: QAbstractButton) -> None:
    name, size = str(button.property(ICON_NAME)), _size(button)
    palette, icon = button.palette(), QIcon()
    is_primary = bool(button.property("primary"))
    for mode, group, role in _ROLES:
        wanted = QPalette.ColorRole.HighlightedText if is_primary and mode == QIcon.Mode.Normal else role
        icon.addPixmap(_pixmap(name, palette.color(group, wanted), size, button.devicePixelRatioF()), mode)
    button.setIcon(icon)
    button.setIconSize(QSize(size, size))


def _size(button: QAbstractButton) -> int:
    return button.fontMetrics().height()


def fold_icon(button: QAbstractButton, is_folded: bool) -> None:
    """The words alone, where there is no room for both."""
    size = 0 if is_folded else _size(button)
    button.setIconSize(QSize(size, size))


def show_icons_again(app: QApplication) -> None:
    """Colours or the size of type are others now."""
    for widget in app.allWidgets():
        if isinstance(widget, QAbstractButton) and widget.property(ICON_NAME):
            _show(widget)
