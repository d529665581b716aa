"""Every other window of the program stays above the one it belongs to, also when that one is clicked."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from models.document.tree import Draft
from tests.shared import CHECKOUT
from tests.ui.conftest import small_draft
from tests.ui.editor.places import draft_to_type_into
from ui.features.years.comparison_dialog import ComparisonDialog
from ui.shell.actions import ACTIONS
from ui.shell.main_window import MainWindow
from ui.widgets.questions import ask

OF_QT = (QDialog, QFileDialog, QInputDialog, QMessageBox, QPrintDialog)
BEFORE_THE_WINDOW = {("ui/features/data_folder/data_folder_dialog.py", "ask")}
"""What is asked before there is a window."""
KEPT_ABOVE = {Qt.WindowType.Dialog, Qt.WindowType.Tool}
"""The kinds of window that every system keeps above the one they belong to."""
ASKS_NOTHING = {"window.quit", "window.home"}


class Windows(QObject):
    """Notes each window as it is shown: what it is called, and whether it is kept above another one."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[str, bool]] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog) and watched.isWindow():
            handle = watched.windowHandle()
            is_above = handle.transientParent() is not None and handle.type() in KEPT_ABOVE
            self.shown.append((watched.windowTitle(), is_above))
        return False


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[Windows]:
    watch = Windows()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


@pytest.fixture
def nobody_answers(qapp: QApplication) -> Iterator[None]:
    """Whatever waits for an answer is closed without one."""

    def close() -> None:
        waiting = qapp.activeModalWidget()
        if isinstance(waiting, QDialog):
            waiting.reject()

    timer = QTimer(interval=20)
    timer.timeout.connect(close)
    timer.start()
    yield
    timer.stop()


@pytest.mark.usefixtures("nobody_answers")
@pytest.mark.parametrize("entry", [each.id for each in ACTIONS if each.id not in ASKS_NOTHING])
def test_what_a_menu_opens_belongs_to_the_window(window: MainWindow, windows: Windows, entry: str) -> None:
    window.take_draft(draft_to_type_into())
    window.run_action(entry)
    QApplication.processEvents()
    assert [title for title, is_above in windows.shown if not is_above] == []


def test_the_menus_do_open_windows(window: MainWindow, windows: Windows, nobody_answers: None) -> None:
    """Else the test above would look at nothing."""
    window.take_draft(draft_to_type_into())
    for entry in ("years.compare", "years.carried", "help.manual", "settings.ask", "history.show", "imports.file"):
        window.run_action(entry)
        QApplication.processEvents()
    titles = [title for title, _is_above in windows.shown]
    assert len(titles) == 6
    assert {"与上年比较", "沿用上年的内容", "使用手册"} <= set(titles)


def code() -> Mapping[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((CHECKOUT / "ui").rglob("*.py"))}


def dialogs() -> dict[str, type[QDialog]]:
    """The program's own, by their names."""
    found: dict[str, type[QDialog]] = {}
    for path, tree in code().items():
        names = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
        if any("Dialog" in ast.unparse(node) for node in tree.body if isinstance(node, ast.ClassDef)):
            module = import_module(".".join(path.relative_to(CHECKOUT).with_suffix("").parts))
            made = ((name, getattr(module, name)) for name in names)
            found |= {name: one for name, one in made if issubclass(one, QDialog)}
    return found


def has_parent(call: ast.Call, kind: type[QDialog] | None) -> bool:
    """Whether it is made with a parent; None: a question, whose parent comes first."""
    if kind is None:
        return not isinstance(call.args[0], ast.Constant)
    if kind in OF_QT:
        return bool(call.args) and not all(isinstance(each, ast.Constant) for each in call.args)
    names = [keyword.arg for keyword in call.keywords if keyword.arg]
    bound = inspect.signature(kind.__init__).bind(None, *call.args, **dict.fromkeys(names))
    return "parent" in bound.arguments


def test_no_dialog_is_made_without_the_window_it_belongs_to() -> None:
    own = dialogs()
    assert len(own) > 20
    kinds = own | {kind.__name__: kind for kind in OF_QT} | {ask.__name__: None}
    alone = {
        (path.relative_to(CHECKOUT).as_posix(), node.func.id)
        for path, tree in code().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds
        if not has_parent(node, kinds[node.func.id])
    }
    assert alone == BEFORE_THE_WINDOW


def test_the_comparison_leaves_the_field_free_that_it_leads_to(opened: MainWindow, qtbot: QtBot) -> None:
    """It stays above the window, which is as large as a small screen."""
    assert opened.store is not None
    opened.resize(1366, 730)
    last = small_draft()
    projects = (replace(last.document.projects[0], id="x1", budget="100.00", fund_use="去年的用途"),)
    changed = replace(last.document, year=2025, overall_goal="去年的目标。", projects=projects)
    opened.store.create(Draft(changed))
    opened.run_action("years.compare")
    dialog = next(one for one in opened.findChildren(ComparisonDialog) if one.isVisible())
    qtbot.waitUntil(lambda: dialog.rows.rowCount() > 2)
    gone_to = 0
    for row in range(dialog.rows.rowCount()):
        dialog.table.selectRow(row)
        if not dialog.rows.lines[row].path:
            continue
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
        field = opened.focusWidget()
        assert field is not None
        assert dialog.isVisible()
        assert not dialog.frameGeometry().contains(field.mapToGlobal(field.rect().center())), row
        gone_to += 1
    assert gone_to > 2
