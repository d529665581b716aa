"""The panels at the side: what was open is open again."""

import pytest

from models.checks.example import EXAMPLE
from models.document import Draft
from ui.main_window import MainWindow


@pytest.mark.parametrize("panel", ["填报说明", "预览", "问题", "查找", "审核意见"])
def test_the_panel_that_was_open_is_open_with_the_next_draft_whoever_brings_it(opened: MainWindow, panel: str) -> None:
    assert opened.editor is not None
    opened.editor.side.open(panel)
    opened.go_home()
    opened.take_draft(Draft(EXAMPLE))
    assert opened.editor.side.current == panel
    assert opened.editor.side.panel(panel) is not None
    opened.editor.side.close_panel()
    opened.go_home()
    opened.take_draft(Draft(EXAMPLE))
    assert opened.editor.side.current == ""
