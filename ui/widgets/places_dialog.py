"""A list of sentences, each about a place of the draft: Enter or a double-click goes there, the list stays open beside."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ui.widgets.keys import press_focused
from ui.widgets.style import characters, hint, labelled, roomy

_PATH = Qt.ItemDataRole.UserRole


class PlacesDialog(QDialog):
    """Not modal: the user corrects a place and comes back for the next. `lines`: (sentence, path of the field or "")."""

    go = Signal(str)

    def __init__(
        self, name: str, label: str, lines: Sequence[tuple[str, str]], message: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(name)
        self.setProperty("help", "bureau#values")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        roomy(column, self)
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for text, path in lines:
            item = QListWidgetItem(text)
            item.setData(_PATH, path)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self._go)
        column.addWidget(labelled(label, self.list))
        column.addWidget(self.list, 1)
        column.addWidget(hint(message))
        close = QPushButton("关闭")
        close.setAccessibleName(close.text())
        close.setAutoDefault(False)  # Enter in the list goes to the place
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(characters(self, 38), characters(self, 20))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_focused(event):
            super().keyPressEvent(event)

    def _go(self, item: QListWidgetItem) -> None:
        path = item.data(_PATH)
        if path:
            self.go.emit(path)
