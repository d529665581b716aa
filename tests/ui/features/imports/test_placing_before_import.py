"""放到… inside 导入结果: words without a place go into fields before anything is taken over, and one undo takes all back."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from importers.import_files import Imported
from importers.reading.own_labels import NAME
from importers.report import Report
from models.document.tree import Draft, GoalDocument, Indicator, Project
from tests.ui.shell.test_window import unnamed
from ui.features.imports.imports_controller import ImportsController
from ui.features.imports.placing_dialog import PlacingDialog
from ui.shell.main_window import MainWindow
from ui.widgets.import_report_dialog import ImportReportDialog

ROWS = (Indicator("i1", "产出指标", "数量指标", "场次", value="≥30场"), Indicator("i2", "产出指标", "数量指标", "观众"))
READ = GoalDocument(
    year=2026,
    projects=(Project("p1", name="送戏下乡", indicators=ROWS),),
    unplaced=("表格中「约定数」列\n第5行：场次：≥30场\n第6行：观众：≥900人", "审核人：李某"),
)


@pytest.fixture
def placings(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> list[PlacingDialog]:
    """The dialogs that were shown; in each the second words are put where it proposes, and their header remembered."""
    shown: list[PlacingDialog] = []

    def use(dialog: PlacingDialog) -> QDialog.DialogCode:
        qtbot.addWidget(dialog)
        shown.append(dialog)
        dialog.list.setCurrentRow(1)
        assert dialog.row.currentText() == "2 观众"
        dialog.field.setCurrentIndex(dialog.field.findData("value"))
        dialog.remembers.setChecked(True)
        dialog.button.click()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(PlacingDialog, "exec", use)
    return shown


def import_with_placing(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[ImportReportDialog]:
    shown: list[ImportReportDialog] = []

    def use(dialog: ImportReportDialog) -> QDialog.DialogCode:
        shown.append(dialog)
        dialog.place_button.click()
        for button in dialog.ways:
            button.setChecked(button.text().startswith("添加"))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ImportReportDialog, "exec", use)
    monkeypatch.setattr(window.reader, "read", lambda _file, done, *_rest: done(Imported(Draft(READ), Report())))
    ImportsController(window).import_files([Path("清单.xlsx")])
    return shown


def test_words_go_to_an_indicators_cell_and_all_is_one_step(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, placings: list[PlacingDialog]
) -> None:
    before = Draft(GoalDocument(year=2026, overall_goal="原来的文字"))
    assert window.take_draft(before)
    session = window.session
    assert session is not None
    (report,) = import_with_placing(window, monkeypatch)
    qtbot.addWidget(report)
    assert unnamed(placings[0]) == []
    (project,) = session.document.projects
    assert [row.value for row in project.indicators] == ["≥30场", "≥900人"]
    assert session.document.unplaced == ("表格中「约定数」列\n第5行：场次：≥30场", "审核人：李某")
    assert 'value = ["约定数"]' in Path(window.home, NAME).read_text(encoding="utf-8")
    session.undo()
    assert session.document == before.document


def test_a_cell_that_says_something_else_is_left(qtbot: QtBot) -> None:
    from models.document.unplaced_words import placed, unplaced_pieces
    from models.errors import UserError

    document = replace(READ, unplaced=("表格中「约定数」列\n第5行：场次：≥25场",))
    (piece,) = unplaced_pieces(document)
    assert (piece.row, piece.words, piece.label) == ("场次", "≥25场", "约定数")
    with pytest.raises(UserError, match="已经写着「≥30场」"):
        placed(document, piece, "projects[p1].indicators[i1].value")
    after = placed(document, piece, "projects[p1].indicators")
    assert [row.name for row in after.projects[0].indicators] == ["场次", "观众", "≥25场"]
    assert (after.projects[0].indicators[-1].tier1, after.unplaced) == ("产出指标", ())
