"""The picker of units in a cell: grouped as the form groups them, filtered by typing, open to units of one's own."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget

from ui.editor.table.cell_editors import PhraseEditor, searched_item

Groups = Mapping[str, Sequence[str]]


class UnitPicker(PhraseEditor):
    """An editable list of units under headings that cannot be picked themselves."""

    def __init__(self, groups: Groups, parent: QWidget | None = None) -> None:
        self._groups = groups
        super().__init__((), parent)

    def fill(self, phrases: Sequence[str]) -> None:  # noqa: ARG002  (units come in groups)
        model = QStandardItemModel(self)
        for group, units in self._groups.items():
            model.appendRow(_heading(group))
            for unit in units:
                model.appendRow(searched_item(unit, group))
        self.setModel(model)
        self.setCurrentIndex(-1)

    def make_completer(self) -> QCompleter:
        completer = self.completer_of(
            searched_item(unit, group) for group in self._groups for unit in self._groups[group]
        )
        completer.setMaxVisibleItems(12)
        return completer


def _heading(group: str) -> QStandardItem:
    item = QStandardItem(f"— {group} —")
    font = QFont(item.font())
    font.setBold(True)
    item.setFont(font)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item
