"""Grey proposals are not printed: before a report goes out, they are taken or left as the user says."""

from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from models.document import fieldpath
from tests.ui.editor.stages.conftest import BARE
from ui.shell.main_window import MainWindow

HERE = "reports[{report}].projects[p1]"


@pytest.fixture
def begun(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A 监控 with an amount spent; the budget of the year is only proposed."""
    window.take_draft(BARE)
    window.run_action("reports.monitoring")
    window.session.edit(f"{here(window)}.funds[0].executed", "18.00")
    return window


def here(window: MainWindow) -> str:
    return HERE.format(report=window.session.draft.reports[-1].id)


def answer(words: str, asked: list[str]) -> None:
    """Presses the button with these words in the question that comes; what was asked goes into the list."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(20, press)
            return
        asked.append(box.text())
        next(button for button in box.buttons() if button.text().startswith(words)).click()

    QTimer.singleShot(0, press)


def exported(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]] | None:
    """The rows of the first project's table in the file the menu's entry writes; None where it writes none."""
    target = tmp_path / "监控.docx"
    monkeypatch.setattr("ui.widgets.file_dialogs.choose_export", lambda *_asked: target)
    window.run_action("reports.word")
    if not target.exists():
        return None
    return [[cell.text for cell in row.cells] for row in docx.Document(str(target)).tables[1].rows]


def budgets(rows: list[list[str]]) -> set[str]:
    return {text for row in rows for text in row if text.startswith("36")}


def test_taken_they_are_printed_in_one_step_that_can_be_undone(
    begun: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answer("采用", asked)
    rows = exported(begun, tmp_path, monkeypatch)
    assert "全年预算数 3 处" in asked[0]
    assert rows is not None
    assert "36.00" in budgets(rows)
    assert fieldpath.get(begun.session.draft, f"{here(begun)}.funds[0].full_year") == "36.00"
    begun.session.undo()
    assert fieldpath.get(begun.session.draft, f"{here(begun)}.funds[0].full_year") == ""


def test_left_they_stay_grey_and_unprinted(begun: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, asked = begun.session.draft, list[str]()
    answer("空着", asked)
    rows = exported(begun, tmp_path, monkeypatch)
    assert rows is not None
    assert "36.00" not in budgets(rows)
    assert begun.session.draft == before


def test_nothing_goes_out_where_the_user_thinks_again(
    begun: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, asked = begun.session.draft, list[str]()
    answer("取消", asked)
    assert exported(begun, tmp_path, monkeypatch) is None
    assert len(asked) == 1
    assert begun.session.draft == before


def test_with_nothing_proposed_nothing_is_asked(
    begun: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answer("采用", asked)
    exported(begun, tmp_path, monkeypatch)
    assert exported(begun, tmp_path, monkeypatch) is not None
    assert len(asked) == 1
