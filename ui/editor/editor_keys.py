"""What Esc and Tab do on the page of a draft, wherever on it the keyboard is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.shell.side_panel import SidePanel


class EditorKeys(QWidget):
    """Tab goes from the step shown to the panel beside it and on to the bar below, whichever was made first."""

    side: SidePanel
    below: Sequence[QWidget] = ()
    """The bar at the bottom, from left to right."""

    @property
    def current(self) -> QWidget | None:
        """The step that is shown."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody has a use for folds the panel away."""
        if event.key() == Qt.Key.Key_Escape and self.side.current:
            self.side.close_panel()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        # Steps and panels are made when first seen, and Qt puts what is new behind all that was there before.
        page, panel = self.current, self.side.panel(self.side.current)
        parts = (*filter(None, (page, panel)), *self.below)
        for one, other in pairwise([stop for part in parts for stop in _stops(part)]):
            if one.nextInFocusChain() is not other:
                QWidget.setTabOrder(one, other)
        return super().focusNextPrevChild(forward)


def _stops(part: QWidget) -> Iterator[QWidget]:
    """Where Tab stops in that part of the page, in its order."""
    widget: QWidget | None = part
    while widget is not None:
        is_inside = widget is part or part.isAncestorOf(widget)
        if is_inside and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            yield widget
        widget = widget.nextInFocusChain()
        if widget is part:
            return
