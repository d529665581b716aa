"""The current cell is plain to see, with the keyboard and without it, in light and dark, chosen or not."""

import pytest

from tests.ui.contrast import contrast
from tests.ui.editor.table.table_driver import Table
from ui.editor.table.indicator_edits import NAME
from ui.widgets.colours import chosen_ground, current_frame
from ui.widgets.theme import palette_of


@pytest.mark.parametrize("has_keyboard", [True, False])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_its_frame_stands_out_from_every_ground(theme, has_keyboard):
    palette = palette_of(theme)
    frame = current_frame(palette, has_keyboard)
    assert contrast(frame, palette.base().color()) >= 3
    assert contrast(frame, chosen_ground(palette, has_keyboard)) >= 3


@pytest.mark.parametrize("is_chosen", [True, False])
@pytest.mark.parametrize("has_keyboard", [True, False])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_painted_so(qtbot, theme, has_keyboard, is_chosen):
    table = Table(qtbot)
    table.view.setPalette(palette_of(theme))
    table.go(1, NAME)
    if not is_chosen:
        table.view.clearSelection()
    if not has_keyboard:
        table.view.clearFocus()
    cell = table.view.visualRect(table.view.currentIndex())
    shown = table.view.viewport().grab(cell).toImage()
    edge = {shown.pixelColor(1, y).name() for y in range(3, shown.height() - 6)}
    assert edge == {current_frame(palette_of(theme), has_keyboard).name()}
