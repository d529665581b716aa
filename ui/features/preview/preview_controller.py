"""预览: the panel with the pages as they will be printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.shell.workbench import Controller

if TYPE_CHECKING:
    from models.session.session import Session
    from ui.shell.side_panel import Panel


class PreviewController(Controller):
    """Brings the panel to every draft that is opened."""

    def draft_opened(self, session: Session) -> None:
        self._workbench.add_panel("preview", partial(self._make_panel, session))

    def open_panel(self) -> None:
        self._workbench.open_panel("preview")

    def _make_panel(self, session: Session) -> Panel:
        from ui.features.preview.preview_panel import Preview

        panel = Preview(session)
        panel.chosen.connect(self._workbench.go_to)
        panel.faulted.connect(self._workbench.log_fault)
        return panel
