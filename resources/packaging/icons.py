"""Draws an SVG as the PNGs of an icon theme: `icons.py SVG FOLDER NAME` writes FOLDER/48x48/apps/NAME.png and so on."""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 24, 32, 48, 64, 128, 256)


def main(source: str, folder: str, name: str) -> None:
    application = QGuiApplication([])
    drawing = QSvgRenderer(source)
    if not drawing.isValid():
        sys.exit(f"{source} is no SVG")
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        target = Path(folder, f"{size}x{size}", "apps", f"{name}.png")
        target.parent.mkdir(parents=True, exist_ok=True)
        if not image.save(str(target)):
            sys.exit(f"{target} cannot be written")
    del application


if __name__ == "__main__":
    main(*sys.argv[1:])
