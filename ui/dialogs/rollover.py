"""从上年生成 and 年份顺延: which text, to which year, and every year in it one by one."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from models.document import Draft, GoalDocument
from models.errors import CancelledError, UserError
from models.rollover import guessed_year, mentions, moved_on, rolled_over
from ui.dialogs import buttons
from ui.dialogs.mention_list import MentionList
from ui.style import characters, hint, labelled, roomy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from importers.files import Imported
    from models.store import DraftSummary

_FIRST, _LAST = 1990, 2100


def draft_name(line: DraftSummary) -> str:
    """«2025年 618001 云泽县农业技术推广站（草稿）»."""
    year = f"{line.year}年" if line.year is not None else "（未写年度）"
    unit = f"{line.unit_code} {line.unit_name}".strip() or "（未写单位）"
    return f"{year} {unit}（{line.state}）"


class _Years(QWidget):
    """The year the text is of, and the one it becomes."""

    def __init__(self, old_label: str, changed: Callable[[], None]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.old, self.new = QLineEdit(), QLineEdit()
        for text, field in ((old_label, self.old), ("顺延到", self.new)):
            field.setValidator(QIntValidator(0, 9999, field))
            field.setFixedWidth(characters(field, 5))
            row.addWidget(labelled(text, field))
            row.addWidget(field)
        self.reason = hint("")
        row.addWidget(self.reason, 1)
        self.old.textEdited.connect(lambda _text: self._follow(changed))
        self.new.textEdited.connect(lambda _text: changed())

    def _follow(self, changed: Callable[[], None]) -> None:
        old = _year(self.old)
        if old is not None:
            self.new.setText(str(old + 1))
        changed()

    def show_guess(self, document: GoalDocument) -> None:
        guess = guessed_year(document)
        self.old.setText("" if guess.year is None else str(guess.year))
        self.new.setText("" if guess.year is None else str(guess.year + 1))
        self.reason.setText(f"{guess.reason}。")

    def years(self) -> tuple[int, int] | None:
        """(old, new) where both are years."""
        old, new = _year(self.old), _year(self.new)
        return None if old is None or new is None else (old, new)

    def fault(self) -> str:
        """What is wrong, "" where nothing is."""
        for field, name in ((self.old, "原来的年度"), (self.new, "新的年度")):
            if _year(field) is None:
                return f"{name}「{field.text()}」不像一个年份，请写四位数字，例如 2026。"
        return "新的年度与原来的相同，请改其中一个。" if _year(self.old) == _year(self.new) else ""


def _year(field: QLineEdit) -> int | None:
    text = field.text().strip()
    return int(text) if text.isdigit() and _FIRST <= int(text) <= _LAST else None


class _RolloverDialog(QDialog):
    """What both have: years, the list of mentions, and the button that rests until all fits."""

    def __init__(self, title: str, old_label: str, accept: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.document: GoalDocument | None = None
        self.column = QVBoxLayout(self)
        roomy(self.column, self)
        self.years = _Years(old_label, self._find)
        self.list = MentionList()
        self.box = buttons(accept)
        self.box.accepted.connect(self.accept)
        self.box.rejected.connect(self.reject)
        found = (b for b in self.box.buttons() if self.box.buttonRole(b) == QDialogButtonBox.ButtonRole.AcceptRole)
        self._accept = next(found)

    def fit(self) -> None:
        """As large as its list deserves, and never larger than the screen."""
        room = self.screen().availableSize() * 0.92
        self.resize(min(characters(self, 66), room.width()), min(characters(self, 38), room.height()))

    def show_document(self, document: GoalDocument | None) -> None:
        """Another text: its year is guessed, its mentions are shown."""
        self.document = document
        if document is not None:
            self.years.show_guess(document)
        self._find()

    def _find(self) -> None:
        fault = self.years.fault() if self.document is not None else "请先选择上年的文本。"
        years = self.years.years()
        self._accept.setEnabled(not fault)
        if fault or self.document is None or years is None:
            self.list.say(fault)
        else:
            self.list.show_mentions(self.document, mentions(self.document, *years))


class MoveOnDialog(_RolloverDialog):
    """年份顺延 of the open draft."""

    def __init__(self, document: GoalDocument, parent: QWidget | None = None) -> None:
        super().__init__("年份顺延", "本稿现在是哪一年的", "顺延", parent)
        self.column.addWidget(hint("勾选的年份改为新的一年，没有勾选的和其他文字都不动；整个顺延是一步，可以撤销。"))
        self.column.addWidget(self.years)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.box)
        self.fit()
        self.show_document(document)
        if self.years.fault():
            self.years.old.setFocus()
        else:
            self.list.lines.setFocus()

    def answer(self) -> tuple[int, GoalDocument]:
        """(the new year, the document of it)."""
        years = self.years.years()
        if self.document is None or years is None:
            raise ValueError("no answer yet")
        return years[1], moved_on(self.document, years[1], self.list.accepted())


@dataclass(frozen=True, slots=True)
class NewYear:
    """What was answered. `last`: last year's draft where it came from a file and shall be kept, with its year."""

    draft: Draft
    source_id: int
    last: Draft | None


class FromLastYearDialog(_RolloverDialog):
    """`load` gives a draft of the list; `read` reads a file in a worker."""

    def __init__(
        self,
        drafts: Sequence[DraftSummary],
        chosen: int,
        load: Callable[[int], Draft],
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("从上年生成", "它是哪一年的", "生成草稿", parent)
        self._load, self.folder = load, folder
        self._imported: Draft | None = None
        self._file = ""
        self._stopped: threading.Event | None = None
        self.column.addWidget(
            hint(
                "在上年的文本上生成一份新草稿，上年的文本不动；金额和指标值照抄并标上「沿用上年」，改过或确认后标记消失。"
            )
        )
        self.column.addLayout(self._choices(drafts))
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.box)
        self.fit()
        at = self.source.findData(chosen)
        self.source.setCurrentIndex(max(at, 0) if self.source.count() else -1)
        self.source.currentIndexChanged.connect(lambda _index: self._choose())
        self._choose()
        (self.source if self.source.count() else self.read_button).setFocus()

    # Making it

    def _choices(self, drafts: Sequence[DraftSummary]) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        self.source = QComboBox()
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source.setMinimumContentsLength(20)
        for line in sorted(drafts, key=lambda line: -(line.year or 0)):
            self.source.addItem(draft_name(line), line.id)
        self.read_button = QPushButton("从文件读取…")
        self.read_button.setAccessibleName(self.read_button.text())
        self.read_button.setAutoDefault(False)
        self.read_button.clicked.connect(lambda _checked=False: self._ask_file())
        grid.addWidget(labelled("上年的文本", self.source), 0, 0)
        grid.addWidget(self.source, 0, 1)
        grid.addWidget(self.read_button, 0, 2)
        grid.addWidget(self.years, 1, 0, 1, 3)
        grid.addLayout(self._code_row(), 2, 0, 1, 3)
        self._said = QLabel()
        self._said.setWordWrap(True)
        grid.addWidget(self._said, 3, 0, 1, 3)
        self._said.hide()
        return grid

    def _code_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(QLabel("项目编码"))
        self._codes = QButtonGroup(self)
        self.keep_codes, self.empty_codes = QRadioButton("保留"), QRadioButton("清空，等新编码")
        for button in (self.keep_codes, self.empty_codes):
            button.setAccessibleName(f"项目编码 {button.text()}")
            self._codes.addButton(button)
            row.addWidget(button)
        self.keep_codes.setChecked(True)
        self.keep_file = QCheckBox("把读入的上年文本也存为草稿，以后随时可以比较")
        self.keep_file.setAccessibleName(self.keep_file.text())
        self.keep_file.setChecked(True)
        self.keep_file.hide()
        row.addSpacing(characters(self, 1))
        row.addWidget(self.keep_file)
        row.addStretch(1)
        return row

    # Choosing the text

    def _choose(self) -> None:
        data = self.source.currentData()
        self.keep_file.setVisible(data == 0 and self._imported is not None)
        self._say("")
        try:
            draft = self._imported if data == 0 else self._load(data) if data else None
        except UserError as error:
            draft = None
            self._say(str(error))
        self._draft = draft
        self.show_document(draft.document if draft else None)
        if draft is None and not self._said.text():
            self.list.say("还没有可以用的草稿：请按「从文件读取」，读入上年的 Word、Excel 或文本文件。")

    def _ask_file(self) -> None:
        from ui.dialogs.files import choose_import

        if self._stopped is not None:
            self._stopped.set()
            return
        file = choose_import(self, self.folder)
        if file is not None:
            self.folder = file.parent
            self.read(file)

    def read(self, file: Path) -> None:
        """Reads a file in a worker; the button stops it."""
        from importers.files import read_file
        from ui import background

        stopped = self._stopped = threading.Event()
        self.read_button.setText("停止读取")
        self.read_button.setAccessibleName(self.read_button.text())
        self._say(f"正在读取 {file.name} …")
        background.run(
            self,
            lambda: read_file(file, lambda: not stopped.is_set()),
            lambda imported: self._read(file.name, imported),
            self._not_read,
        )

    def _over(self) -> None:
        self._stopped = None
        self.read_button.setText("从文件读取…")
        self.read_button.setAccessibleName(self.read_button.text())
        self._say("")

    def _read(self, name: str, imported: Imported) -> None:
        from ui.dialogs.import_report import ImportReportDialog

        self._over()
        report = ImportReportDialog(name, imported.draft, imported.report, False, self)
        if report.exec() == QDialog.DialogCode.Accepted:
            self.take_file(name, imported.draft)

    def take_file(self, name: str, draft: Draft) -> None:
        """The text of a file is the chosen one from now on."""
        self._imported, self._file = draft, name
        at = self.source.findData(0)
        if at < 0:
            self.source.addItem("", 0)
            at = self.source.count() - 1
        self.source.setItemText(at, f"文件：{name}")
        if self.source.currentIndex() == at:
            self._choose()
        else:
            self.source.setCurrentIndex(at)
        self.list.lines.setFocus()

    def _not_read(self, error: Exception) -> None:
        self._over()
        if isinstance(error, CancelledError):
            self._say("已停止读取。")
        elif isinstance(error, UserError):
            self._say(str(error))
        else:
            self._say("没有读入：程序内部出错；原文件没有改动。")
            raise error

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def reject(self) -> None:
        if self._stopped is not None:
            self._stopped.set()
        super().reject()

    def answer(self) -> NewYear:
        """The new draft, and where it comes from."""
        years = self.years.years()
        if self._draft is None or years is None:
            raise ValueError("no answer yet")
        from_file = self.source.currentData() == 0
        source = f"文件 {self._file}" if from_file else self.source.currentText()
        accepted = self.list.accepted()
        draft = rolled_over(self._draft, years[1], accepted, keep_codes=self.keep_codes.isChecked(), source=source)
        last = None
        if from_file and self.keep_file.isChecked():
            document = replace(self._draft.document, year=years[0])
            last = replace(self._draft, document=document)
        return NewYear(draft, 0 if from_file else int(self.source.currentData()), last)
