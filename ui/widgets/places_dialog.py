"""A list of sentences, each about a place of the draft: Enter or a double-click goes there, the list stays open beside."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ui.widgets.parts import push_button, roomy_column
from ui.widgets.program_dialog import ListDialog
from ui.widgets.style import characters, hint, labelled

_PATH = Qt.ItemDataRole.UserRole


class PlacesDialog(ListDialog):
    """Not modal: the user corrects a place and comes back for the next. `lines`: (sentence, path of the field or "")."""

    go = Signal(str)

    def __init__(
        self, name: str, label: str, lines: Sequence[tuple[str, str]], message: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent, help_place="bureau#values")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
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
        close = push_button("关闭", self.accept)
        roomy_column(
            self, labelled(label, self.list), (self.list, 1), hint(message), (close, 0, Qt.AlignmentFlag.AlignRight)
        )
        self.resize(characters(self, 38), characters(self, 20))

    def _go(self, item: QListWidgetItem) -> None:
        path = item.data(_PATH)
        if path:
            self.go.emit(path)
