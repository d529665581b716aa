"""导入结果: what an import found, shown before anything is taken over, and the choice of how."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum

from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGroupBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from importers.report import Kind, Report
from models.document.tree import Draft, GoalDocument
from models.years.budget_year import is_year, strange_year, year_in
from models.years.plan_year import plan_year
from ui.widgets.dialog_buttons import AnswerButtons
from ui.widgets.parts import fill, push_button, roomy_column, sentence, side_by_side, text_to_read
from ui.widgets.program_dialog import ProgramDialog
from ui.widgets.style import characters, hint, labelled

_HEADS = (
    # What asks for something first: the rest may stand below the edge.
    (Kind.HINT, "请核对"),
    (Kind.FOUND, "找到的内容"),
    (Kind.SOURCE, "各项从哪里来"),
    (Kind.UNPLACED, "没有归位的文字（原样保留，不会丢）"),
)


Place = Callable[[GoalDocument, QWidget], GoalDocument]
"""Asks, above a window, where words of a document without a place go; the document after."""

_CHANGES, _NO_CHANGES = "更新当前草稿会改动", "与当前草稿相同，没有改动。"
_NEW = "它成为一份新草稿，已有的草稿不动。"
_TAKEN = "新草稿另存一份，当前草稿不动；其余方式都是一步，可以撤销。"


class TakeOver(Enum):
    """Where the text that was read goes."""

    NEW = "建立新草稿"
    REPLACE = "替换当前草稿的全部内容"
    ADD = "添加到当前草稿的末尾"
    UPDATE = "更新当前草稿里对应的项目，其余不动"
    """Only for a filled 填报模板 that was made from the open draft."""


class ImportReportDialog(ProgramDialog):
    """The sentences of the report by kind. With a draft open, the text may also replace it or be added to it."""

    def __init__(
        self,
        name: str,
        draft: Draft,
        report: Report,
        draft_is_open: bool,
        parent: QWidget | None = None,
        *,
        changes: Sequence[str] | None = None,
        place: Place | None = None,
    ) -> None:
        """`changes`: what an update of the open draft would change, a sentence each; None where it cannot be updated. `place`:
        asks where words without a place go."""
        super().__init__("导入结果", parent, help_place="import")
        self.draft = draft
        """What was read, with the words that were put into fields meanwhile."""
        self._summary = sentence(_summary(draft))
        column = roomy_column(self, sentence(f"来源：{name}"), self._summary)
        self._year = QLineEdit()
        asks = draft.document.year is None and any(note.path == "year" for note in report.notes)
        if asks:
            column.addLayout(self._year_row(draft))
        shown = text_to_read(report_text(report, changes))
        shown.setMinimumSize(characters(self, 20), characters(self, 3))
        fill(column, labelled("导入说明", shown), (shown, 1))
        if place is not None and draft.document.unplaced:
            column.addLayout(self._placing_row(place))
        self._choices = QButtonGroup(self)
        if draft_is_open:
            column.addWidget(self._ways(changes is not None))
        box = AnswerButtons(self, "导入")
        fill(column, hint(f"导入不会改动原文件。{_TAKEN if draft_is_open else _NEW}"), box)
        (self._year if asks else box.accept).setFocus()
        self.resize(characters(self, 44), characters(self, 38 if draft_is_open else 30))

    @property
    def ways(self) -> Sequence[QAbstractButton]:
        """The buttons of the ways to take it over; none where there is no choice."""
        return self._choices.buttons()

    def choice(self) -> TakeOver:
        """The way the user chose; a new draft where there was no choice."""
        chosen = self._choices.checkedId()
        return list(TakeOver)[chosen] if chosen >= 0 else TakeOver.NEW

    def year(self) -> int | None:
        """The plan's year the user filled in; None where it was not asked, or left for later."""
        found = year_in(self._year.text())
        return found if is_year(found) else None

    def accept(self) -> None:
        """Stays where what stands there is no year."""
        written = self._year.text().strip()
        if written and self.year() is None:
            self._strange.setText(f"⚠ {strange_year(written[:20])}")
            self._year.setFocus()
            self._year.selectAll()
            return
        super().accept()

    def _year_row(self, draft: Draft) -> QHBoxLayout:
        likely = plan_year(draft.document).likely
        self._year.setPlaceholderText(str(likely or ""))
        self._year.setFixedWidth(characters(self, 6))
        lines = f"没有把握，像是 {likely} 年。" if likely else "文中没有写明。"
        self._strange = hint(f"{lines}请填写四位数字；也可以先留空，以后在「基本信息」里填。")
        return side_by_side(labelled("预算年度", self._year), self._year, (self._strange, 1))

    def _placing_row(self, place: Place) -> QHBoxLayout:
        """The button by which words without a place are put into fields before the import."""

        def put() -> None:
            document = place(self.draft.document, self)
            self.draft = replace(self.draft, document=document)
            self._summary.setText(_summary(self.draft))
            self.place_button.setEnabled(bool(document.unplaced))

        self.place_button = push_button("放到…", put)
        self.place_button.setAccessibleName("把没有归位的文字放到…")
        return side_by_side((hint("没有归位的文字可以现在放进栏目，也可以以后再放。"), 1), self.place_button)

    def _ways(self, updates: bool) -> QGroupBox:
        box = QGroupBox("导入到")
        column = QVBoxLayout(box)
        usual = TakeOver.UPDATE if updates else TakeOver.NEW
        for place, way in enumerate(TakeOver):
            if way is TakeOver.UPDATE and not updates:
                continue
            button = QRadioButton(way.value)
            button.setAccessibleName(way.value)
            button.setChecked(way is usual)
            self._choices.addButton(button, place)
            column.addWidget(button)
        return box


def _summary(draft: Draft) -> str:
    document = draft.document
    counts = (
        (len(document.sub_goals.items), "个分项目标"),
        (len(document.safeguards.items), "条保障措施"),
        (len(document.projects), "个项目"),
    )
    read = "、".join(f"{count} {words}" for count, words in counts if count)
    unplaced = f"{len(document.unplaced)} 段文字没有归位" if document.unplaced else ""
    lines = "，".join(filter(None, (f"读到 {read}" if read else "", unplaced)))
    return f"{lines or '没有读到分项目标、保障措施和项目'}。"


def report_text(report: Report, changes: Sequence[str] | None = None) -> str:
    """The report's sentences under their heads, what an update would change behind what asks for a look; heads without
    sentences are left out."""
    parts = {kind: _part(head, [note.text for note in report.of(kind)]) for kind, head in _HEADS}
    updated = "" if changes is None else _part(_CHANGES, changes or [_NO_CHANGES])
    lines = [parts.pop(Kind.HINT), updated, *parts.values()]
    return "\n\n".join(filter(None, lines)) or "没有需要说明的地方。"


def _part(head: str, sentences: Sequence[str]) -> str:
    return "\n".join([head, *(f"　{sentence}" for sentence in sentences)]) if sentences else ""
