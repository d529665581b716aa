"""By what a report is scored: the points of its tiers and its grades, as a place lays them down."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from models.document import fieldpath
from models.document.tree import Report
from models.reports.scoring import Grades, Thresholds, Weights, load_scoring
from models.session.session import Session
from ui.widgets.parts import narrow_choice, row_of
from ui.widgets.style import characters, labelled

_Choice = Weights | Grades | Thresholds
_NO_GRADE = "不评等级"


class ScoringChoices(QWidget):
    """A list for each choice there is; `before` is called before a choice is taken over, so that nothing typed is left behind."""

    def __init__(self, session: Session, before: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._before = session, before
        self._report: Report | None = None
        known = load_scoring()
        self._row = row_of(self)
        self.weights = self._choice("分值方案", "weights", known.weights)
        self.grades = self._choice("等级标准", "grades", known.grades, _NO_GRADE)
        self.thresholds = self._choice("预警标准", "thresholds", known.thresholds)

    def _choice(self, name: str, field: str, known: Sequence[_Choice], none: str = "") -> QComboBox:
        choice = narrow_choice(characters(self, 6) // max(characters(self, 1), 1))
        if none:
            choice.addItem(none, "")
        for place, one in enumerate(known):
            # The usual one is what a report counts by that names none.
            choice.addItem(one.name, "" if not place and not none else one.id)
            choice.setItemData(choice.count() - 1, one.source, Qt.ItemDataRole.ToolTipRole)
        choice.currentIndexChanged.connect(lambda _at: self._chosen(name, field, choice))
        label: QLabel = labelled(name, choice)
        for part in (label, choice):
            self._row.addWidget(part)
            part.setVisible(choice.count() > 1)
        return choice

    def show_report(self, report: Report | None, *, locked: bool) -> None:
        """What the report counts by. A 监控 has no points."""
        self._report = report
        self.setVisible(report is not None and report.kind == "自评")
        if report is None:
            return
        named = ((self.weights, report.weights), (self.grades, report.grades), (self.thresholds, report.thresholds))
        for choice, value in named:
            with QSignalBlocker(choice):
                choice.setCurrentIndex(max(choice.findData(value), 0))
            choice.setEnabled(not locked)
            choice.setToolTip(str(choice.currentData(Qt.ItemDataRole.ToolTipRole) or ""))

    def _chosen(self, name: str, field: str, choice: QComboBox) -> None:
        if self._report is None:
            return
        self._before()
        draft, report_id = self._session.draft, self._report.id
        report = next((one for one in draft.reports if one.id == report_id), None)
        if report is not None and choice.currentData() is not None:
            path = f"reports[{report.id}].{field}"
            self._session.change(f"选择{name}", fieldpath.replace(draft, path, str(choice.currentData())))
