"""Every kind of place words are typed into, and how a clerk's keys get there."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from models.document import fieldpath
from models.document.tree import Draft, Measure, Remark, Report, SubGoal
from models.reports import results
from tests.models.store.stores import large_draft
from ui.editor.draft_editor import Editor
from ui.editor.fields import BoundField, LineField, TextField
from ui.editor.stages.result_view import ResultView
from ui.editor.table.cell_table import CellTable
from ui.editor.table.indicator_edits import BASIS, DESCRIPTION, NAME, NUMBER, SIGN, TIER1, UNIT
from ui.features.review.review_controller import PANEL

_ROW = "projects[p0].indicators[i0f0]"
TEXTS = (
    "overall_goal",
    "sub_goals.preface",
    "sub_goals[s1].text",
    "sub_goals[s1].indicator",
    "safeguards[m1].text",
    "projects[p0].fund_use",
    "projects[p0].goals[1]",
    "remarks[r1].answer",
)
LINES = (
    "unit.name",
    "title",
    "headings.part_two",
    "sub_goals[s1].number",
    "sub_goals[s1].heading",
    "projects[p0].name",
    "projects[p0].budget",
    "projects[p0].spending_plan[1]",
    "projects[p0].details.lead",
)
RESULT_TEXTS = ("reports[r1].projects[p0].reason",)
RESULT_CELLS = (
    "reports[r1].projects[p0].indicators[i0f0].actual",
    "reports[r1].projects[p0].funds[0].executed",
)
CELLS = {
    "cell of the name": NAME,
    "cell of the description": DESCRIPTION,
    "cell of the number": NUMBER,
    "cell of the unit": UNIT,
    "cell of the basis": BASIS,
}
CHOICES = {"cell of the first tier": TIER1, "cell of the sign": SIGN}
_DOWN, _UP, _SPACE = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Space
CHOOSING: dict[str, Sequence[str | Qt.Key]] = {
    "cell of the first tier": "mcx",
    "cell of the sign": "><=",
    "year": "202",
    "projects[p0].amount_unit": (_DOWN, _UP, _DOWN),
    "settings.cover": (_SPACE, _SPACE, _SPACE),
}
"""Places with few values, and keys each of which makes another one of them."""
TYPED = (*TEXTS, *LINES, *CELLS, *RESULT_TEXTS, *RESULT_CELLS)
"""Where letters are typed one behind the other."""
_FIELDS = {
    NAME: "name",
    DESCRIPTION: "description",
    NUMBER: "value",
    UNIT: "value",
    BASIS: "basis",
    TIER1: "tier1",
    SIGN: "value",
}

LETTERS = "".join("abcdefghij"[int(digit)] for number in range(1, 5000) for digit in str(number))
"""What is typed: nowhere it repeats itself, so that a letter lost or doubled is seen."""


def draft_to_type_into() -> Draft:
    """Twelve projects of ten indicators, an item, a measure, a remark and a 自评 in which nothing is filled yet."""
    draft = large_draft(projects=12, rows=10)
    document = draft.document
    goals = replace(document.sub_goals, items=(SubGoal("s1", heading="甲", text="乙", goal="丙", indicator="丁"),))
    measures = replace(document.safeguards, items=(Measure("m1", heading="甲", text="乙"),))
    document = replace(document, sub_goals=goals, safeguards=measures)
    remarks, reports = (Remark("r1", "overall_goal", text="请核对"),), (Report("r1", "自评", 2026),)
    return replace(draft, document=document, remarks=remarks, reports=reports)


def path_of(kind: str) -> str:
    """The field path of that kind of place."""
    column = CELLS.get(kind, CHOICES.get(kind, -1))
    return kind if column < 0 else f"{_ROW}.{_FIELDS[column]}"


def value_in(draft: Draft, kind: str) -> str:
    """What stands there in a draft, beside what was there before and stays."""
    path = path_of(kind)
    root = draft if path.startswith(("settings.", "remarks[")) else draft.document
    root = results.ensured(draft, path) if path.startswith("reports[") else root
    value = str(fieldpath.get(root, path))
    return value.removeprefix("≥300") if kind == "cell of the unit" else value


class Place:
    """The cursor in a place of that kind; the first key replaces what stands there."""

    def __init__(self, editor: Editor, kind: str) -> None:
        path = path_of(kind)
        editor.show_place(
            "year" if path.startswith("settings.") else path if "remarks[" not in path else "overall_goal"
        )
        self._step, self._column = editor.current, CELLS.get(kind, CHOICES.get(kind, -1))
        self._view: CellTable | None = None
        if path in RESULT_CELLS:
            self._view = result_view(editor, path)
            self._view.go_to(self._view.results.find(path))
        elif self._column < 0:
            self._field = field_at(editor, kind)
            self._field.setFocus()
            if isinstance(self._field, LineField | TextField):
                self._field.selectAll()
        else:
            self._view = self._step.form.table
            self._view.go_to(self._view.indicators.find("i0f0", self._column))

    def press(self, key: str | Qt.Key) -> None:
        """One key, where the keyboard is."""
        target: QWidget = self._field if self._view is None else self._view.editor or self._view
        (QTest.keyClicks if isinstance(key, str) else QTest.keyClick)(target, key)


def result_view(editor: Editor, path: str) -> ResultView:
    """The table of the page of reports that holds that cell."""
    step = editor.current
    return step.rows if step.rows.results.find(path).isValid() else step.funds


def field_at(editor: Editor, path: str) -> BoundField:
    """The field of that path; the answer to a remark is in a panel of its own, which opens."""
    if not path.startswith("remarks["):
        found = [field for field in editor.current.fields if field.path == path]
        return min(found, key=lambda field: not isinstance(field, LineField | TextField))  # a box may stand for it, too
    editor.side.open(PANEL)
    panel = editor.side.panel(PANEL)
    panel.list.setCurrentRow(0)
    return panel.answer
