"""A clerk without a plan: presses keys, types, composes, clicks and undoes at random in the real window, the same for a seed."""

import random
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QMenu,
    QPushButton,
    QWidget,
)

from tests.ui.editor.places import field_at
from tests.ui.editor.what_is_shown import text_of, with_word
from ui.editor.fields import CheckField, ChoiceField
from ui.editor.table.cell_table import CellTable
from ui.shell.main_window import MainWindow
from ui.shell.side_panel import PANELS

_KEY, _HELD = Qt.Key, Qt.KeyboardModifier
_NONE, _CONTROL, _SHIFT, _ALT = _HELD.NoModifier, _HELD.ControlModifier, _HELD.ShiftModifier, _HELD.AltModifier
_KEYS: Sequence[tuple[Qt.Key, Qt.KeyboardModifier]] = (
    *((key, _NONE) for key in (_KEY.Key_Backspace, _KEY.Key_Delete, _KEY.Key_Home, _KEY.Key_End, _KEY.Key_Escape)),
    *((key, _NONE) for key in (_KEY.Key_Left, _KEY.Key_Right, _KEY.Key_Up, _KEY.Key_Down, _KEY.Key_Tab, _KEY.Key_F2)),
    *((key, _SHIFT) for key in (_KEY.Key_Left, _KEY.Key_Right, _KEY.Key_Up, _KEY.Key_Down, _KEY.Key_Backtab)),
    *((key, _SHIFT) for key in (_KEY.Key_Return, _KEY.Key_End, _KEY.Key_Home)),
    *((key, _CONTROL) for key in (_KEY.Key_A, _KEY.Key_C, _KEY.Key_X, _KEY.Key_V, _KEY.Key_D, _KEY.Key_Return)),
    *((key, _CONTROL) for key in (_KEY.Key_Delete, _KEY.Key_Z, _KEY.Key_Y, _KEY.Key_PageDown, _KEY.Key_PageUp)),
    *((key, _ALT) for key in (_KEY.Key_Up, _KEY.Key_Down, _KEY.Key_Return)),
    (_KEY.Key_Return, _NONE),
    (_KEY.Key_Insert, _NONE),
    (_KEY.Key_Space, _NONE),
)
_WORDS = ("abc", "12", "95%", "≥", ">=3", "2026", "1.", "x y", "13020922P00014710001", "0", "-5", "m")
_COMPOSED = ("绩效", "目标", "资金到位率", "万元", "𠮷", "《》", "次", "（一）")
_CLIPBOARDS = (
    "一句话",
    "第一行\n第二行",
    "（一）甲\n（二）乙\n（三）丙",
    "1.甲\n2.乙",
    "甲\t乙\r\n丙\t丁\r\n",
    "产出指标\t质量指标\t合格率\t说明\t≥95%\t计划标准\n\t\t达标率\t说明\t100%\t计划标准",
    "≥90%",
    "带\x07\u202e控制符\u00a0的",
)
_BUTTONS = frozenset(
    (
        "添加",
        "复制",
        "删除",
        "上移",
        "下移",
        "拆分",
        "添加行",
        "插入行",
        "删除行",
        "指标上移",
        "指标下移",
        "添加目标",
        "保持原样",
        "新建自评",
        "新建监控",
        "采用全部建议",
        "定稿",
        "重新打开",
    )
)


class Monkey:
    """`step` does one thing and says in `trail` what."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self._window, self._chance = window, random.Random(seed)
        self.trail: list[str] = []
        self.lost = ""
        """What became of a word, where it does not stand where it was typed."""
        self._usher = QTimer(window, interval=20)
        self._usher.timeout.connect(close_what_asks)
        self._usher.start()
        self._actions: Sequence[tuple[int, Callable[[], str]]] = (
            (10, self._press),
            (10, self._type),
            (5, self._compose),
            (4, self._go),
            (4, self._click_cell),
            (3, self._click_button),
            (2, self._click_line),
            (2, self._choose),
            (1, self._tick),
            (1, self._open_panel),
            (2, self._copy_elsewhere),
            (2, self._travel),
            (2, self._wait),
        )

    def step(self) -> None:
        """One thing; what its events start is done as well."""
        act = self._chance.choices([act for _weight, act in self._actions], [weight for weight, _act in self._actions])[
            0
        ]
        self.trail.append(act.__name__.strip("_"))  # told, too, when it fails
        self.trail[-1] = act()
        self._come_back()
        if self._chance.random() < 0.8:
            QApplication.processEvents()

    def close_lists(self) -> None:
        """A click elsewhere closes what has dropped down. Without a display that was the active window, and none is then."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._come_back()

    def _come_back(self) -> None:
        if not (QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._window.isActiveWindow()):
            self._window.activateWindow()
            QTest.qWaitForWindowActive(self._window)

    @property
    def _keyboard(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self._window

    def _tables(self) -> Sequence[CellTable]:
        """Those of the page that can be seen and hold a cell."""
        tables = self._window.editor.current.findChildren(CellTable)
        return [table for table in tables if table.isVisible() and table.model().rowCount()]

    # The keyboard

    def _press(self) -> str:
        key, held = self._chance.choice(_KEYS)
        times = self._chance.choice((1, 1, 1, 2, 5))
        for _ in range(times):
            QTest.keyClick(self._keyboard, key, held)
        return f"press {held.name} {key.name} {times}"

    def _type(self) -> str:
        word = self._chance.choice(_WORDS)
        pauses = self._chance.random() < 0.2
        target = self._keyboard
        expected = with_word(target, word)
        for char in word:
            if char.isascii():
                QTest.keyClicks(self._keyboard, char)
            else:
                self._send("", char)
            if pauses:
                QApplication.processEvents()
        if expected is not None and text_of(target) != expected:
            self.lost = f"{word!r} typed: {text_of(target)!r} instead of {expected!r}"
        return f"type {word!r}"

    def _compose(self) -> str:
        word, end = (
            self._chance.choice(_COMPOSED),
            self._chance.choice(("commit", "commit", "go on", "give up", "leave")),
        )
        self._send("pin")
        if self._chance.random() < 0.5:
            QApplication.processEvents()
        self._send("pin yin")
        if end == "go on":
            self._send("xia", word)
        if end != "leave":
            self._send("", word if end == "commit" else "")
        return f"compose {word!r}, {end}"

    def _send(self, preedit: str, commit: str = "") -> None:
        target = QApplication.focusWidget()
        if target is not None and target.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            event = QInputMethodEvent(preedit, [])
            event.setCommitString(commit)
            QApplication.sendEvent(target, event)

    # Places

    def _go(self) -> str:
        path = self._chance.choice(self._paths())
        self.close_lists()
        if path.startswith("remarks["):
            field_at(self._window.editor, path).setFocus()
        else:
            self._window.editor.show_place(path)
        return f"go to {path}"

    def _paths(self) -> Sequence[str]:
        document, remarks = self._window.editor.session.document, self._window.editor.session.draft.remarks
        answers = [f"remarks[{remark.id}].answer" for remark in remarks for _place in document.projects]
        paths = ["year", "unit.code", "unit.name", "title", "headings.part_one", "overall_goal", "sub_goals.preface"]
        for item in document.sub_goals.items:
            paths += [f"sub_goals[{item.id}].{name}" for name in ("number", "heading", "text", "goal", "indicator")]
        for measure in document.safeguards.items:
            paths += [f"safeguards[{measure.id}].{name}" for name in ("number", "heading", "text")]
        for project in document.projects:
            here = f"projects[{project.id}]"
            paths += [f"{here}.{name}" for name in ("name", "code", "budget", "other_funds", "fund_use", "unit.name")]
            paths += [f"{here}.spending_plan[{place}]" for place in range(len(project.spending_plan))]
            paths += [f"{here}.goals[{place}]" for place in range(len(project.goals))]
            for row in project.indicators:
                paths += [f"{here}.indicators[{row.id}].{name}" for name in ("tier1", "name", "value", "basis")]
            paths += [f"{here}.details.{name}" for name in ("lead", "starts", "whole_total", "summary")]
        return [*paths, *answers, *self._report_paths()]

    def _report_paths(self) -> Sequence[str]:
        """The cells and texts of every project in every report, of which there may be no record yet."""
        draft, paths = self._window.editor.session.draft, []
        for report in draft.reports:
            for project in draft.document.projects:
                here = f"reports[{report.id}].projects[{project.id}]"
                paths += [f"{here}.{name}" for name in ("reason", "actual_goals", "improvements")]
                paths += [f"{here}.funds[{place}].executed" for place in range(3)]
                paths += [
                    f"{here}.indicators[{row.id}].{name}" for row in project.indicators for name in ("actual", "score")
                ]
        return paths

    # The mouse

    def _click_cell(self) -> str:
        self.close_lists()
        tables = self._tables()
        if not tables:
            return "no cell"
        table = self._chance.choice(tables)
        model = table.model()
        row, column = self._chance.randrange(model.rowCount()), self._chance.randrange(model.columnCount())
        held = self._chance.choice((_NONE, _NONE, _SHIFT, _CONTROL))
        table.scrollTo(model.index(row, column))
        place = table.visualRect(model.index(row, column)).center()
        click = self._chance.choice((QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick))
        click(table.viewport(), Qt.MouseButton.LeftButton, held, place)
        return f"{click.__name__} {held.name} cell {row}, {column}"

    def _click_button(self) -> str:
        self.close_lists()
        step = self._window.editor.current
        buttons = [
            button
            for button in step.findChildren(QPushButton)
            if button.isVisible() and button.isEnabled() and _is_wanted(button.accessibleName() or button.text())
        ]
        if not buttons:
            return "no button"
        button = self._chance.choice(buttons)
        name = button.accessibleName() or button.text()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        return f"button {name}"

    def _click_line(self) -> str:
        self.close_lists()
        lists = [found for found in self._window.editor.current.findChildren(QListWidget) if found.isVisible()]
        lines = [(shown, row) for shown in lists for row in range(shown.count())]
        if not lines:
            return "no line"
        shown, row = self._chance.choice(lines)
        shown.scrollToItem(shown.item(row))
        place: QPoint = shown.visualItemRect(shown.item(row)).center()
        QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, _NONE, place)
        return f"line {row}"

    def _choose(self) -> str:
        self.close_lists()
        boxes = [box for box in self._window.editor.current.fields if isinstance(box, ChoiceField) and box.isVisible()]
        if not boxes:
            return "nothing to choose"
        box = self._chance.choice(boxes)
        box.setFocus()
        QTest.keyClick(box, self._chance.choice((_KEY.Key_Down, _KEY.Key_Up, _KEY.Key_End)))
        return f"choose in {box.path}"

    def _open_panel(self) -> str:
        self.close_lists()
        panel = self._chance.choice([entry.id for entry in PANELS])
        self._window.open_panel(panel)
        return f"panel {panel}"

    def _tick(self) -> str:
        self.close_lists()
        boxes = [box for box in self._window.editor.current.fields if isinstance(box, CheckField) and box.isVisible()]
        if not boxes:
            return "nothing to tick"
        box = self._chance.choice(boxes)
        QTest.keyClick(box, _KEY.Key_Space)
        return f"tick {box.path}"

    # Else

    def _copy_elsewhere(self) -> str:
        text = self._chance.choice(_CLIPBOARDS)
        QApplication.clipboard().setText(text)
        QTest.keyClick(self._keyboard, _KEY.Key_V, _CONTROL)
        return f"paste {text!r}"

    def _travel(self) -> str:
        """As the window's menu does it."""
        self.close_lists()
        times, back = self._chance.choice((1, 1, 2, 6)), self._chance.random() < 0.6
        for _ in range(times):
            (self._window.editor.undo if back else self._window.editor.redo)()
        return f"{'undo' if back else 'redo'} {times}"

    def _wait(self) -> str:
        span = self._chance.choice((0, 1, 5, 30, 450))
        QTest.qWait(span)
        return f"wait {span}"


def _is_wanted(name: str) -> bool:
    return name in _BUTTONS or name.startswith(("删除绩效目标", "拆分成", "预算数 填入"))


def close_what_asks() -> None:
    """A dialog or a menu that a random key has opened goes, nothing chosen."""
    asks = QApplication.activeModalWidget()
    if asks is not None:
        asks.close()
    popup = QApplication.activePopupWidget()
    if isinstance(popup, QMenu):
        popup.close()
