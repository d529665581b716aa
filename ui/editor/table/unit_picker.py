"""The picker of units in a cell: grouped as the form groups them, filtered by typing, open to units of one's own."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QFont, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget

from ui.editor.table.cell_editors import PhraseEditor

Groups = Mapping[str, Sequence[str]]
_SEARCHED = Qt.ItemDataRole.UserRole + 1


class _UnitCompleter(QCompleter):
    """Finds a unit by its own characters or its group's name, and enters the unit alone."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.EditRole))


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
                model.appendRow(_unit(unit, group))
        self.setModel(model)
        self.setCurrentIndex(-1)

    def make_completer(self) -> QCompleter:
        model = QStandardItemModel(self)
        for group, units in self._groups.items():
            for unit in units:
                model.appendRow(_unit(unit, group))
        completer = _UnitCompleter(model, self)
        completer.setCompletionRole(_SEARCHED)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(12)
        completer.activated.connect(lambda _text: QTimer.singleShot(0, self.picked.emit))
        return completer


def _heading(group: str) -> QStandardItem:
    item = QStandardItem(f"— {group} —")
    font = QFont(item.font())
    font.setBold(True)
    item.setFont(font)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def _unit(unit: str, group: str) -> QStandardItem:
    item = QStandardItem(unit)
    item.setData(f"{unit} {group}", _SEARCHED)
    return item
