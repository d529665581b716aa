"""The dialog for a new draft: year and unit."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.fieldnames import LABELS
from ui.dialogs import buttons
from ui.style import characters, hint, labelled, roomy


@dataclass(frozen=True, slots=True)
class NewDraft:
    """What was answered."""

    year: int | None
    unit_code: str
    unit_name: str


def usual_year(today: date) -> int:
    """Next year's budget is written from summer on."""
    return today.year + (today.month >= 7)


class NewDraftDialog(QDialog):
    """Begins with what was answered last time."""

    def __init__(self, last: NewDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("新建草稿")
        self.year = QLineEdit("" if last.year is None else str(last.year))
        self.year.setValidator(QIntValidator(0, 9999, self))
        self.unit_code = QLineEdit(last.unit_code)
        self.unit_name = QLineEdit(last.unit_name)
        self.unit_name.setMinimumWidth(characters(self, 24))
        self._fault = QLabel()
        self._fault.setWordWrap(True)
        column = QVBoxLayout(self)
        roomy(column, self)
        column.addWidget(hint("这三项以后都可以在「基本信息」里修改。"))
        grid = QFormLayout()
        for path, field in (("year", self.year), ("unit.code", self.unit_code), ("unit.name", self.unit_name)):
            grid.addRow(labelled(LABELS[path], field), field)
        column.addLayout(grid)
        column.addWidget(self._fault)
        self.buttons = buttons("建立草稿")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)
        self.year.setFocus()
        self.year.selectAll()

    def answer(self) -> NewDraft:
        year = self.year.text().strip()
        return NewDraft(int(year) if year else None, self.unit_code.text().strip(), self.unit_name.text().strip())

    def accept(self) -> None:
        year = self.answer().year
        if year is not None and not 1990 <= year <= 2100:
            self._fault.setText(f"预算年度「{year}」不像一个年份，请写四位数字，例如 2026；还不知道可以留空。")
            self.year.setFocus()
            return
        super().accept()
