"""The workbook for the bureau's system: its columns, every cell as text, the draft as it was."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from exporters.bureau_workbook import write_bureau
from models.checks.example import EXAMPLE
from models.document.tree import GoalDocument
from models.errors import UserError
from models.exchange.bureau_system import header, project_rows, usual_system


def test_the_workbook_holds_a_row_an_indicator_in_the_systems_columns(tmp_path: Path) -> None:
    path, system = tmp_path / "录入.xlsx", usual_system()
    assert write_bureau(EXAMPLE, system, path) == 12
    (sheet,) = load_workbook(path).worksheets
    assert sheet.title == system.sheet
    wanted = [header(system), *(row for project in EXAMPLE.projects for row in project_rows(project, system))]
    assert [tuple(cell.value or "" for cell in row) for row in sheet.iter_rows()] == wanted
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_without_indicators_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="还没有绩效指标"):
        write_bureau(GoalDocument(), usual_system(), tmp_path / "录入.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不存在"):
        write_bureau(EXAMPLE, usual_system(), tmp_path / "没有" / "录入.xlsx")
