"""放好未归位的文字: what an import could not place, one by one, and the field each is put into."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from models.document.fieldnames import PART_LABELS, project_label
from models.document.tree import GoalDocument, Indicator
from models.document.unplaced_words import INDICATOR_FIELDS, NEW_ROW, PARTS, PROJECT_FIELDS, Unplaced, unplaced_pieces
from ui.widgets.parts import narrow_choice, push_button, roomy_column, sentence, side_by_side
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.style import characters, hint, labelled

Place = Callable[[Unplaced, str, bool], str]
"""Puts words into the field of a path, and remembers their label where that is asked for; what is to be said of it."""

_WHOLE, _NO_ROW, _NEW_ROW = "全文", "（项目的栏目）", "新的一行"
_STEPS = "放一段是一步，可以撤销"
_ONE_STEP = "放好的和导入是一步，导入以后可以一起撤销"


class PlacingDialog(ProgramDialog):
    """Each placing is one step of the draft, which can be undone; the list shows what is left."""

    def __init__(
        self,
        document: Callable[[], GoalDocument],
        place: Place,
        parent: QWidget | None = None,
        is_draft: bool = True,
    ) -> None:
        """`is_draft`: the words are those of the open draft, not of a file that is still to be taken over."""
        super().__init__("放好未归位的文字", parent, help_place="import")
        self._steps = _STEPS if is_draft else _ONE_STEP
        self._document, self._place = document, place
        self._pieces: tuple[Unplaced, ...] = ()
        self.list = QListWidget()
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setWordWrap(True)
        self.project, self.row, self.field = narrow_choice(8), narrow_choice(8), narrow_choice(8)
        self.remembers, self.said = QCheckBox(), sentence()
        self.button = push_button("放到这一栏", self._put)
        self.button.setAutoDefault(True)
        self._lay_out()
        self.list.currentRowChanged.connect(self._show_piece)
        self.project.currentIndexChanged.connect(self._list_rows)
        self.row.currentIndexChanged.connect(self._list_fields)
        self.field.currentIndexChanged.connect(self._show_remembering)
        self.refresh()
        self.resize(characters(self, 48), characters(self, 30))

    def _lay_out(self) -> None:
        project, row = labelled("放到", self.project), labelled("指标", self.row)
        field = labelled("栏目", self.field)
        roomy_column(
            self,
            hint(f"选一段文字，再选它该放进哪一栏。{self._steps}；没有放的留着，不会丢，也不打印。"),
            labelled("未归位的文字", self.list),
            (self.list, 1),
            side_by_side(project, (self.project, 1), row, (self.row, 1), field, (self.field, 1)),
            self.remembers,
            side_by_side((self.said, 1), self.button, push_button("关闭", self.accept)),
        )

    def refresh(self) -> None:
        """Shows what is without a place now, the words after the last ones chosen."""
        row = max(self.list.currentRow(), 0)
        self._pieces = unplaced_pieces(self._document())
        self.list.clear()
        for piece in self._pieces:
            where = f"{piece.heading}\n" if piece.heading else ""
            label = f"{piece.label}：" if piece.label else ""
            QListWidgetItem(f"{where}{label}{piece.words}", self.list)
        self._list_projects()
        self.list.setCurrentRow(min(row, len(self._pieces) - 1))
        self.button.setEnabled(bool(self._pieces))
        self.remembers.setVisible(bool(self._pieces))

    def path(self) -> str:
        """The field that is chosen."""
        project, name = self.project.currentData(), str(self.field.currentData())
        row = self.row.currentData()
        if project and row == NEW_ROW:
            return f"projects[{project}].{NEW_ROW}"
        return f"projects[{project}].{row}{name}" if project else name

    def _list_projects(self) -> None:
        chosen = self.project.currentData()
        self.project.clear()
        self.project.addItem(_WHOLE, "")
        for number, project in enumerate(self._document().projects, 1):
            self.project.addItem(f"项目 {number} {project.name}", project.id)
        self.project.setCurrentIndex(max(self.project.findData(chosen), 0))

    def _list_rows(self) -> None:
        """The indicators of the chosen project, behind its own fields; each by what its path begins with."""
        chosen = self.row.currentData()
        self.row.clear()
        self.row.addItem(_NO_ROW, "")
        project = next((one for one in self._document().projects if one.id == self.project.currentData()), None)
        self.row.setEnabled(project is not None)
        if project is not None:
            for number, row in enumerate(project.indicators, 1):
                self.row.addItem(f"{number} {row.name}", f"{NEW_ROW}[{row.id}].")
            self.row.addItem(_NEW_ROW, NEW_ROW)
        self.row.setCurrentIndex(max(self.row.findData(chosen), 0))

    def _list_fields(self) -> None:
        chosen, row = self.field.currentData(), self.row.currentData()
        self.field.clear()
        if row:
            names = INDICATOR_FIELDS[:1] if row == NEW_ROW else INDICATOR_FIELDS
            fields = {name: PART_LABELS[Indicator][name] for name in names}
        elif self.project.currentData():
            fields = {name: project_label(name) for name in PROJECT_FIELDS}
        else:
            fields = PARTS
        for name, words in fields.items():
            self.field.addItem(words, name)
        self.field.setCurrentIndex(max(self.field.findData(chosen), 0))

    def _show_piece(self, row: int) -> None:
        """A project the words stand with is the one they most likely belong to."""
        if not 0 <= row < len(self._pieces):
            return
        heading, beside = self._pieces[row].heading, self._pieces[row].row
        for place, project in enumerate(self._document().projects, 1):
            rows = [at for at, indicator in enumerate(project.indicators, 1) if beside and indicator.name == beside]
            if rows or (project.name and f"项目「{project.name}」" in heading):
                self.project.setCurrentIndex(place)
                self.row.setCurrentIndex(rows[0] if rows else 0)
                break
        self._show_remembering()

    def _show_remembering(self) -> None:
        row = self.list.currentRow()
        label = self._pieces[row].label if 0 <= row < len(self._pieces) else ""
        self.remembers.setText(
            f"以后导入时，「{label}」都放到「{self.field.currentText()}」"
            if label
            else "这段文字没有标签，下次导入认不出它"
        )
        self.remembers.setAccessibleName(self.remembers.text())
        is_known = self.project.currentData() and self.row.currentData() != NEW_ROW
        self.remembers.setEnabled(bool(label and is_known))
        self.remembers.setChecked(False)

    def _put(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._pieces):
            self.said.setText(self._place(self._pieces[row], self.path(), self.remembers.isChecked()))
            self.refresh()
