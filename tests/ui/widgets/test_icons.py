"""The line icons: there for all main actions, in the colour of the words beside them, whatever theme and size of type."""

import xml.etree.ElementTree as ElementTree

import pytest
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from resources import ROOT
from ui.shell.start_buttons import ICONS
from ui.widgets.icons import give_icon, show_icons_again
from ui.widgets.style import show_sheet
from ui.widgets.theme import palette_of

FILES = sorted((ROOT / "icons" / "lines").glob("*.svg"))


def inks(button, mode=QIcon.Mode.Normal):
    """The colours of the lines, edges left out, which are half seen."""
    image = button.icon().pixmap(button.iconSize(), mode).toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_icon_is_one_drawing_on_the_same_grid(file):
    drawing = ElementTree.parse(file).getroot()
    assert drawing.get("viewBox") == "0 0 24 24"
    (line,) = [child for child in drawing if child.tag.endswith("path")]
    assert (line.get("stroke"), line.get("stroke-width"), line.get("fill")) == ("#000", "1.8", "none")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_icon_is_seen(qtbot, file):
    button = QPushButton("字")
    qtbot.addWidget(button)
    give_icon(button, file.stem)
    assert inks(button)


def test_icons_follow_the_theme_and_a_primary_button_has_its_own_ink(qtbot):
    app, before = QApplication.instance(), QApplication.palette()
    plain, primary = QPushButton("打印…"), QPushButton("导出 Word")
    primary.setProperty("primary", "true")
    for button, name in ((plain, "print"), (primary, "word")):
        qtbot.addWidget(button)
        button.show()
        give_icon(button, name)
    seen = []
    try:
        for theme in ("light", "dark"):
            app.setPalette(palette_of(theme))
            show_sheet(app)
            show_icons_again(app)
            seen.append((inks(plain), inks(primary)))
            role = QPalette.ColorRole
            assert inks(plain) == {QColor(app.palette().color(role.ButtonText)).name()}
            assert inks(primary) == {QColor(app.palette().color(role.HighlightedText)).name()}
    finally:
        app.setPalette(before)
        show_sheet(app)
    assert seen[0] != seen[1]


def test_an_icon_is_as_high_as_the_words(qtbot):
    button = QPushButton("打开")
    qtbot.addWidget(button)
    give_icon(button, "open")
    assert button.iconSize().height() == button.fontMetrics().height()
    font = button.font()
    font.setPointSize(20)
    button.setFont(font)
    show_icons_again(QApplication.instance())
    assert button.iconSize().height() == button.fontMetrics().height()


def test_each_way_to_begin_has_an_icon_and_its_words(window):
    buttons = {**window.start_page.welcome.buttons, **window.start_page.buttons.buttons}
    assert set(ICONS) <= set(buttons) | {"delete"}
    for button in buttons.values():
        assert not button.icon().isNull()
        assert button.text()


def test_each_page_has_at_most_one_primary_button(opened):
    for step in range(1, 7):
        opened.editor.show_step(step)
        shown = [
            b for b in opened.findChildren(QPushButton) if b.property("primary") and b.isVisible() and b.isEnabled()
        ]
        assert len(shown) == 1, [button.text() for button in shown]
