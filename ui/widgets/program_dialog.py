"""What every dialog of the program has: a title, its place in the manual, a size the screen bears."""

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from ui.widgets.help_places import PLACE
from ui.widgets.keys import press_focused
from ui.widgets.style import characters


class ProgramDialog(QDialog):
    """`help_place`: where the manual speaks of it, a chapter or «chapter#section»."""

    def __init__(self, title: str, parent: QWidget | None, *, help_place: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setProperty(PLACE, help_place)

    def resize_within_screen(self, width: float, height: float, share: float = 0.92) -> None:
        """So many characters wide and high, and not more than that share of the screen."""
        room = self.screen().availableSize() * share
        self.resize(min(characters(self, width), room.width()), min(characters(self, height), room.height()))


class ListDialog(ProgramDialog):
    """A dialog whose lists take Enter themselves: elsewhere it presses the button with the focus alone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self.isActiveWindow() and press_focused(event)):
            super().keyPressEvent(event)
