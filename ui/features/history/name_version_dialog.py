"""The name of a version that is kept on wish; Enter alone takes the one proposed."""

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QLineEdit, QWidget

from models.document.cleaning import clean_line
from ui.widgets.dialog_buttons import AnswerButtons
from ui.widgets.parts import roomy_column
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.style import characters, hint, labelled


class NameVersionDialog(ProgramDialog):
    """Asks for the name alone: the draft itself is saved already."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("留下一个版本", parent, help_place="history#versions")
        self.name = QLineEdit(QDateTime.currentDateTime().toString("M月d日 HH:mm"))
        self.name.setMinimumWidth(characters(self, 22))
        roomy_column(
            self,
            hint("内容随写随存，不必按保存。起了名的版本会一直保留，可在「编辑」菜单的「历史版本」中找回。"),
            labelled("版本名称", self.name),
            self.name,
            AnswerButtons(self, "留下这个版本"),
        )
        self.name.selectAll()
        self.name.setFocus()

    def answer(self) -> str:
        """The name, one short line."""
        return clean_line(self.name.text())[0].strip()[:60] or "未命名"
