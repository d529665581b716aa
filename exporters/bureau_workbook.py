"""Writes the draft's indicators as the workbook, or the table, that goes into the bureau's online system."""

from pathlib import Path

from models.document.template import load_template
from models.document.tree import GoalDocument
from models.errors import UserError
from models.exchange.bureau_system import BureauSystem, header, project_rows


def bureau_bytes(document: GoalDocument, system: BureauSystem) -> bytes:
    """The .xlsx: one sheet, the system's columns, one row an indicator, everything as text."""
    from exporters.excel import write_sheets
    from exporters.list_sheets import list_sheet

    lines = [header(system), *(row for project in document.projects for row in project_rows(project, system))]
    sheet = list_sheet(system.sheet, lines, tuple(column.width for column in system.columns))
    return write_sheets([sheet], load_template(document.template), title=f"{system.name}{system.sheet}")


def write_bureau(document: GoalDocument, system: BureauSystem, path: Path) -> int:
    """Writes the workbook and returns its number of rows. UserError, naming the file, where it cannot be written."""
    from exporters.atomic import write_atomically

    rows = sum(len(project.annual_indicators) for project in document.projects)
    if not rows:
        raise UserError("还没有绩效指标，没有可以导出的行。请先在「⑤ 预算项目绩效目标」里填写指标。")
    if not path.parent.is_dir():
        raise UserError(f"目标文件夹「{path.parent}」不存在，请先建立该文件夹，或换一个位置。")
    write_atomically(path, bureau_bytes(document, system))
    return rows
