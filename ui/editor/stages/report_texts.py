"""What is said of a project as a whole in a report: what was reached, why not more, a conclusion, problems, measures."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from models.document.fieldnames import PART_LABELS, RESULT_TEXTS
from models.document.tree import ProjectResult, ReportKind
from models.session.session import Session
from ui.editor.fields import TextField
from ui.widgets.parts import column_of, push_button, rename, row_of, stacked

_FIELDS: Mapping[ReportKind, tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]] = {
    "自评": (
        (("actual_goals", "年度总体目标实际完成情况"), ("reason", "偏差原因分析")),
        (("conclusion", "自评结论"), ("problems", "存在问题"), ("improvements", "改进措施")),
    ),
    "监控": (
        (("reason", "执行偏差原因"), ("improvements", "改进措施")),
        (("problems", "存在问题"),),
    ),
}
"""By kind of report: (field, its words) of those that are always there, and of those one may unfold."""
_MOST = 3


class ReportTexts(QWidget):
    """Two fields, and more behind a button that says whether something stands there. `bind` is the step's."""

    def __init__(self, session: Session, bind: Callable[[TextField], TextField], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._more_fields: tuple[tuple[str, str], ...] = ()
        self._filled = False
        self.fields = [bind(TextField(session, lines=(2, 4))) for _place in range(2 + _MOST)]
        self._labels = [QLabel() for _field in self.fields]
        for label, field in zip(self._labels, self.fields, strict=True):
            label.setBuddy(field)
        halves = [(stacked(*pair), 1) for pair in zip(self._labels, self.fields, strict=True)]
        self.button = push_button("", lambda: self.unfold(self._more.isHidden()))
        self.button.setProperty("inline", "true")
        first, self._more = QWidget(self), QWidget(self)
        row_of(first, *halves[:2], (self.button, 0, Qt.AlignmentFlag.AlignBottom))
        row_of(self._more, *halves[2:])
        column_of(self, first, self._more, gap=0.4)
        self._more.hide()
        for one, other in pairwise((*self.fields[:2], self.button, *self.fields[2:])):
            QWidget.setTabOrder(one, other)

    def show_result(
        self, kind: ReportKind, here: str, result: ProjectResult | None, printed: Sequence[str] = ()
    ) -> None:
        """The texts of a project's result at that path, "" for none; `printed`: what the report's form shows of a result."""
        first, more = _FIELDS[kind]
        there = [name for name, _words in (*first, *more)]
        others = (name for name in RESULT_TEXTS if name in printed and name not in there)
        more = self._more_fields = (*more, *((name, PART_LABELS[ProjectResult][name]) for name in others))
        shown = (*first, *more, *[("", "")] * (_MOST - len(more)))
        for label, field, (name, words) in zip(self._labels, self.fields, shown, strict=True):
            label.setText(words)
            field.setAccessibleName(words)
            field.set_path(f"{here}.{name}" if here and name else "")
            for part in (label, field):
                part.setVisible(bool(name))
        self._filled = result is not None and any(getattr(result, name).strip() for name, _words in more)
        self._show_button()

    def unfold(self, is_open: bool = True) -> None:
        """Shows the fields behind the button, or folds them away."""
        self._more.setVisible(is_open)
        self._show_button()

    def unfold_for(self, path: str) -> None:
        """Shows the field of that path where it is folded away."""
        if any(field.path == path for field in self.fields[2:]):
            self.unfold()

    def _show_button(self) -> None:
        words = "、".join(words for _name, words in self._more_fields)
        filled = "（已填）" if self._filled and self._more.isHidden() else ""
        text = f"更多栏目{filled}" if self._more.isHidden() else "收起"
        self.button.setToolTip(words)
        if text != self.button.text():
            rename(self.button, text)
