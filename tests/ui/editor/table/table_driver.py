"""A clerk at the indicator table: presses keys, types, chooses, and reads what is there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.document.tree import Draft, GoalDocument, Indicator, Project, Settings
from models.session.session import Session
from ui.editor.table.indicator_view import IndicatorView

Key = Qt.Key

ROWS = (
    Indicator("i1", "产出指标", "数量指标", "企业数量", "入驻企业", "≥ 60 百分比", "年初工作计划"),
    Indicator("i2", "产出指标", "数量指标", "活动场次", "活动", "≥2场", "计划标准"),
    Indicator("i3", "效益指标", "社会效益指标", "影响", "社会影响", "优良", "问卷调查"),
)


class Table:
    """A table on the screen, and what its session holds."""

    def __init__(self, qtbot, rows=ROWS, settings=Settings()):  # noqa: B008  (a frozen value)
        document = GoalDocument(projects=(Project("p1", indicators=tuple(rows)),))
        self.session = Session(Draft(document, settings))
        self.view = IndicatorView(self.session)
        qtbot.addWidget(self.view)
        self.session.subscribe(lambda _change: self.view.refresh())
        self.view.show_project("p1")
        self.view.resize(1000, 500)
        self.view.show()
        self.view.activateWindow()
        self.view.setFocus()
        qtbot.waitUntil(self.view.hasFocus)

    @property
    def rows(self):
        return self.session.document.projects[0].indicators

    @property
    def editor(self):
        return self.view.editor

    @property
    def here(self):
        return self.view.currentIndex().row(), self.view.currentIndex().column()

    def go(self, row, column):
        self.view.go_to(self.view.indicators.index(row, column))

    def select(self, *cells):
        self.go(*cells[0])
        self.view.clearSelection()
        for row, column in cells:
            index = self.view.indicators.index(row, column)
            self.view.selectionModel().select(index, self.view.selectionModel().SelectionFlag.Select)

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.editor or self.view, key, modifiers)

    def type(self, text):
        """As a clerk types it: the first character may open the cell, Chinese comes from the input method."""
        for char in text:
            if char.isascii():
                QTest.keyClicks(self.editor or self.view, char)
            else:
                compose(self.view if self.view.hasFocus() else self.editor, commit=char)

    def shown(self, row, column):
        return self.view.indicators.index(row, column).data()

    def choose(self, row, column, text):
        self.go(row, column)
        self.press(Key.Key_F2)
        QApplication.processEvents()
        self.editor.hidePopup()
        self.editor.setCurrentIndex(self.editor.findData(text))
        self.press(Key.Key_Return)


def compose(widget, preedit="", commit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def steps(session):
    count = 0
    while session.undo():
        count += 1
    return count
