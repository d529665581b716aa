"""The form of one project: its indicator table, and above it the fields, which fold to one line of figures."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from models.document import fieldpath
from models.document.fieldnames import PART_LABELS
from models.document.numbering import draw
from models.document.tree import Project
from models.session.session import Session
from ui.editor.carried_over_lines import CarriedOverLine
from ui.editor.field_places import value_at
from ui.editor.fields import BoundField, ChoiceField, LineField, TextField
from ui.editor.steps.details_group import DetailsGroup
from ui.editor.steps.goals_editor import GoalsEditor, PageField
from ui.editor.steps.project_hints import amount_line, code_hint, is_right_code, missing_amount, missing_hint
from ui.editor.steps.project_summary import FoldLine, is_written
from ui.editor.steps.spending_plan import PlanCells
from ui.editor.steps.table_bar import TableBar
from ui.editor.steps.table_on_page import TableOnPage
from ui.editor.steps.tier_chips import TierChips
from ui.editor.table.indicator_view import IndicatorView
from ui.widgets.flow import FormGrid
from ui.widgets.parts import column_of, fill, push_button, rename, row_of, sentence
from ui.widgets.style import characters, labelled
from ui.widgets.view_options import layout_of

LABELS = PART_LABELS[Project]
_PAUSE = 200
"""Milliseconds after a change until what is drawn of it follows."""


class ProjectForm(QScrollArea):
    """`bind` is the step's: it takes each field into its care.

    The fields are folded away for a project in which all of them are written, until the user says otherwise.
    """

    cell_focused = Signal(str)

    def __init__(
        self, session: Session, bind: Callable[[BoundField], BoundField], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._bind = session, bind
        self._path = ""
        self._wish: bool | None = None
        """Whether the user folded the fields away or opened them; None until then."""
        self._count = 0
        self._hinted: object = None
        """What the hints that are shown speak of."""
        self._carried_over: tuple[str, ...] = ()
        self._fields: dict[str, BoundField] = {}
        self.table = IndicatorView(session)
        self._on_page = TableOnPage(self, self.table)
        self._on_page.placed.connect(self._fit_table)
        self.table.cell_focused.connect(self.cell_focused)
        self.goals = GoalsEditor(session, bind)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Where even the narrowest form finds no room it scrolls, and nothing is cut off.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._show_plan)
        inside = QWidget()
        self.carried_over, self.fold = CarriedOverLine(session), FoldLine()
        self.fold.toggled.connect(self.toggle_fields)
        column = column_of(inside, self.carried_over, self.fold, gap=0.35)
        self._upper = QWidget()
        self._grid = self._head()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._upper.setLayout(self._grid)
        column.addWidget(self._upper)
        self._grid.arrange(characters(self, 60))  # in the order of Tab; the true width comes later
        self._add_numbering()
        self.tiers = TierChips(session, self.table)
        self.tiers.tab_after = self._numbering
        self._table_bar = TableBar(session, self.table)
        fill(column, self.tiers, self._table_bar, self.table, 1)
        self.setWidget(inside)

    # Making it

    def _head(self) -> FormGrid:
        """Three pairs of label and field a row, as the printed table has them, or fewer."""
        head = FormGrid(self)
        self._line(head, "name", 3)
        self._line(head, "code", 2, 1)
        self._fields["code"].installEventFilter(self)
        self.code_line = _hint_line("项目编码提示")
        head.add(None, self.code_line, in_wide=2)
        self._line(head, "unit.code")
        self._line(head, "unit.name")
        units = [(unit, unit) for unit in self._session.template.amount_units]
        self._place(head, "amount_unit", ChoiceField(self._session, "", units))
        for name in ("budget", "fiscal_funds", "other_funds"):
            self._line(head, name)
        head.add(None, self._amounts(), 3)
        self._place(head, "fund_use", PageField(self._session, lines=(2, 6)), 3)
        self.plan = PlanCells(self._session, self._bind)
        self._fields.update({f"spending_plan[{place}]": field for place, field in enumerate(self.plan.fields)})
        self.goals.tab_after = self.plan.fields[-1]
        head.add(QLabel("资金支出\n计划（%）"), self.plan, 3, high=True)
        head.add(QLabel("绩效目标"), self.goals, 3, high=True)
        self.details = DetailsGroup(self._session, self._bind)
        head.add(None, self.details, 3)
        return head

    def _line(self, head: FormGrid, name: str, share: int = 1, in_wide: int | None = None) -> None:
        field = LineField(self._session)
        field.setMinimumWidth(characters(self, 5))  # whatever mark it bears
        self._place(head, name, field, share, in_wide)

    def _place(self, head: FormGrid, name: str, field: BoundField, share: int = 1, in_wide: int | None = None) -> None:
        head.add(labelled(LABELS[name], field), self._bind(field), share, isinstance(field, TextField), in_wide)
        self._fields[name] = field

    def _amounts(self) -> QWidget:
        """Either the amount that follows from the others is offered, or a hint says how the three add up."""
        holder = QWidget()
        self.amount_line = _hint_line("金额提示")
        row_of(holder, (self.amount_line, 1), (self._offer_button(), 0, Qt.AlignmentFlag.AlignLeft))
        # The rows below shall not jump when the offer comes and goes.
        holder.setMinimumHeight(self._offer.sizeHint().height())
        return holder

    def _offer_button(self) -> QPushButton:
        self._offer = push_button(LABELS["other_funds"], self._take_offer)  # Chinese is higher than no words
        self._offer.ensurePolished()
        return self._offer

    def _add_numbering(self) -> None:
        patterns = self._session.template.numbering.goal_choices
        choices = [(p, f"{draw(p, 1).strip()} {draw(p, 2).strip()} …" if p else "不编号") for p in patterns]
        numbering = ChoiceField(self._session, "", choices)
        label = labelled("编号样式", numbering)
        self._numbering = self._fields["goals_numbering"] = self._bind(numbering)
        self.goals.add_beside(label, numbering)

    # Showing a project

    def set_project(self, path: str, *, opened: bool = False) -> None:
        """Shows the project at that path; what is typed goes to the one before. "": none. `opened`: the cursor goes to one of
        the fields, which are not folded away only to be opened again."""
        self.table.commit_editor()
        self._path = path
        for name, field in self._fields.items():
            field.set_path(f"{path}.{name}" if path else "")
        self.goals.set_project(path)
        self.details.set_project(path)
        self.table.show_project(fieldpath.parent(path)[1] if path else "")
        self.tiers.show_project(path)
        project = self._project()
        folded = self._wish if self._wish is not None else project is not None and is_written(project)
        self._fold(folded and not opened)
        self.refresh()
        self._pause.stop()
        self._show_plan()

    def refresh(self) -> None:
        """All that is no field of the step's: goals, table, hints."""
        self.goals.refresh()
        self.details.refresh(self._project() or Project(""))
        self.refresh_table()
        self.carried_over.show_project(self._path)
        self._pause.start()
        self._table_bar.show_state(locked=self._session.is_locked)
        self._show_hints(self._project() or Project(""))

    def refresh_table(self) -> None:
        """The table, and what is said of its rows."""
        carried_over = self._session.draft.provenance.carried_over
        self.table.indicators.show_carried_over(carried_over)
        self.table.refresh()
        if carried_over is not self._carried_over:
            self._carried_over = carried_over
            self.carried_over.show_project(self._path)
        self.tiers.refresh()

    def _show_plan(self) -> None:
        """What is computed and drawn follows after a pause: no key waits for it."""
        self.plan.show_project(self._project())
        self._show_fold()

    def _project(self) -> Project | None:
        project: Project | None = value_at(self._session, self._path)
        return project

    def _show_hints(self, project: Project) -> None:
        amounts = (project.budget, project.fiscal_funds, project.other_funds, project.amount_unit)
        hinted = (project.code, amounts, self._session.is_locked)
        if hinted == self._hinted:
            return
        self._hinted = hinted
        self._show_code_hint()
        missing = None if self._session.is_locked else missing_amount(project)
        if missing:
            rename(self._offer, f"{LABELS[missing[0]]} 填入 {missing[1]}")
        self._offer.setVisible(bool(missing))
        self.amount_line.setText("" if missing else amount_line(project))
        self.amount_line.setVisible(not missing)

    def _show_code_hint(self) -> None:
        """A wrong character at once, that some are missing as a plain count until the field is left."""
        code = (self._project() or Project("")).code
        wrong = code_hint(code)
        coming = wrong == missing_hint(code) and self._fields["code"].hasFocus()
        message = f"⚠ {wrong}" if wrong and not coming else wrong or ("✓ 编码无误" if is_right_code(code) else "")
        self.code_line.setText(message)
        self.code_line.setVisible(bool(message))

    def _take_offer(self) -> None:
        project = self._project()
        missing = missing_amount(project) if project else None
        if missing:
            field = self._fields[missing[0]]
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._session.edit(field.path, missing[1])
            self._session.leave_field()

    # Folding the fields away

    @property
    def is_folded(self) -> bool:
        """Whether one line of figures stands for the fields."""
        return self._upper.isHidden()

    def toggle_fields(self) -> None:
        """The keyboard goes to what is still empty, or back to the table."""
        self._wish = not self.is_folded
        self._fold(self._wish)
        if self._wish:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.verticalScrollBar().setValue(0)
            self.focus_empty()

    def _fold(self, folded: bool) -> None:
        if folded != self.is_folded:
            self._upper.setVisible(not folded)
            self._show_fold()
            QTimer.singleShot(0, self, self._fit_table)

    def _show_fold(self) -> None:
        project = self._project()
        places = [each.id for each in self._session.document.projects]
        number = f"{places.index(project.id) + 1}" if project else ""
        self.fold.show_project(number, project, folded=self.is_folded, problems=self._count)

    def show_problems(self, problems: Mapping[str, Sequence[object]]) -> None:
        """Shows how many problems the fields have while they are folded away."""
        within = f"{self._path}.indicators["
        inside = (
            len(found)
            for path, found in problems.items()
            if path.startswith(f"{self._path}.") and not path.startswith(within)
        )
        self._count = sum(inside) if self._path else 0
        self._show_fold()

    def _fit_table(self) -> None:
        """Under the folded form the table fills the page; under the open one it is as high as the page, which scrolls to it."""
        room, above = self.viewport().height(), characters(self, 4)
        if self.is_folded:
            margins = layout_of(self.widget()).contentsMargins()
            above = self.table.y() + margins.bottom()
        self.table.set_height_limit(max(room - above, characters(self, 16)))

    def focus_empty(self) -> None:
        """The cursor goes to the first field that is to be written and is empty, else to the name."""
        project = self._project()
        names = ("name", "code", "budget", *(f"spending_plan[{at}]" for at in range(len(self.plan.fields))))
        empty = (name for name in names if project and not self._session.text(f"{self._path}.{name}").strip())
        self.focus(next(empty, ""))

    def enter(self) -> None:
        """From the list of projects to where work on the chosen one goes on."""
        if self.is_folded:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_name()

    # Leading there

    def focus(self, rest: str) -> bool:
        """Puts the cursor where the rest of a path, from the project on, leads; "" is the name."""
        name = {"": "name", "unit": "unit.name", "spending_plan": "spending_plan[0]"}.get(rest, rest)
        if name in self._fields or rest.startswith(("goals", "details")):
            self._fold(folded=False)
        if rest.startswith("details"):
            found = self.details.focus_field(rest)
            self.ensureWidgetVisible(self.details)
            return found
        if name in self._fields:
            self._fields[name].setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(self._fields[name])
            return True
        steps = fieldpath.parse(rest)
        keys = [step.key for step in steps if step.key]
        if steps[0].name == "goals":
            self.goals.focus(int(keys[0]) if keys and keys[0].isdigit() else 0)
            self.ensureWidgetVisible(self.goals)
            return True
        if steps[0].name != "indicators":
            return False
        if not keys:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        found = self.table.focus_cell(keys[0], steps[-1].name)
        # A page that was just made has its places only when it is laid out.
        QTimer.singleShot(0, self, self._on_page.show_table)
        return found

    def focus_name(self) -> None:
        self.focus("")
        name = self._fields["name"]
        if isinstance(name, QLineEdit):
            name.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A code is judged when its field is left."""
        if watched is self._fields.get("code") and event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            QTimer.singleShot(0, self, self._show_code_hint)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._fit_table()

    def _arrange(self) -> None:
        """As many fields beside each other as the width takes, the scroll bar counted in so that it changes nothing."""
        margins = layout_of(self.widget()).contentsMargins()
        room = self.width() - self.verticalScrollBar().sizeHint().width() - margins.left() - margins.right()
        self._grid.arrange(room)
        self.plan.arrange(self._grid.room_of_field(room))


def _hint_line(name: str) -> QLabel:
    """A line with a hint while one types."""
    label = sentence()
    label.setAccessibleName(name)
    return label
