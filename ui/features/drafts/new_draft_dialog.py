"""The dialog for a new draft: year and unit."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from models.document.fieldnames import LABELS
from models.years.budget_year import is_year, strange_year, year_in
from ui.widgets.dialog_buttons import AnswerButtons
from ui.widgets.parts import roomy_column, sentence
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.style import characters, hint, labelled


@dataclass(frozen=True, slots=True)
class NewDraft:
    """What was answered."""

    year: int | None
    unit_code: str
    unit_name: str


class NewDraftDialog(ProgramDialog):
    """Begins with what was answered last time."""

    def __init__(self, last: NewDraft, parent: QWidget | None = None) -> None:
        super().__init__("新建草稿", parent, help_place="basics")
        self.year = QLineEdit("" if last.year is None else str(last.year))
        self.unit_code = QLineEdit(last.unit_code)
        self.unit_name = QLineEdit(last.unit_name)
        self.unit_name.setMinimumWidth(characters(self, 24))
        for field in (self.unit_code, self.unit_name):
            field.setCursorPosition(0)  # of a long name its beginning is seen
        self._fault = sentence()
        grid = QFormLayout()
        for path, field in (("year", self.year), ("unit.code", self.unit_code), ("unit.name", self.unit_name)):
            grid.addRow(labelled(LABELS[path], field), field)
        self.buttons = AnswerButtons(self, "建立草稿")
        roomy_column(self, hint("这三项以后都可以在「基本信息」里修改。"), grid, self._fault, self.buttons)
        self.year.setFocus()
        self.year.selectAll()

    def answer(self) -> NewDraft:
        return NewDraft(year_in(self.year.text()), self.unit_code.text().strip(), self.unit_name.text().strip())

    def accept(self) -> None:
        """Full-width digits and «2027年» are understood; what is no year is asked about."""
        text = self.year.text().strip()
        if text and not is_year(self.answer().year):
            self._fault.setText(strange_year(text))
            self.year.setFocus()
            self.year.selectAll()
            return
        if (after := self._next_blank()) is not None:
            after.setFocus()
            return
        super().accept()

    def _next_blank(self) -> QLineEdit | None:
        """The blank field below the one Enter was struck in: there it leads on, and does not yet make a text of no unit."""
        fields = (self.year, self.unit_code, self.unit_name)
        here = self.focusWidget()
        places = [place for place, field in enumerate(fields[:-1]) if field is here]
        after = fields[places[0] + 1] if places else None
        return after if after is not None and not after.text().strip() else None
