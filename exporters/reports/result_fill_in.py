"""The workbook that colleagues fill a 自评 or 监控 into: the form's own sheets, where only what is to be filled in is unlocked.

It is read back as any filled table of the form is: by tier, name and place.
"""

from pathlib import Path

from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from exporters.atomic import write_made
from exporters.merged_labels import path_of
from exporters.reports.build_report import build_report
from exporters.workbooks import BORDER, INPUT_FILL, LABEL_FILL, new_workbook, packed, protect
from models.document.blocks import Cell, Paragraph, Table
from models.document.tree import Draft, Report
from models.errors import UserError
from models.reports.report_form import ReportForm, shown
from models.reports.scoring import load_scoring

_TWIPS_A_CHARACTER = 105
_COMPUTED = (".rate", ".total")
"""Ends of the paths that follow from others: filled in by the program once it is read back."""
_HINT = "只填浅黄色的格子；填好后存盘，发回来用「文件 → 导入文件」读入。"
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(vertical="center", wrap_text=True)
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_result_fill_in(draft: Draft, report: Report, form: ReportForm, path: Path) -> int:
    """Writes the workbook and returns its number of sheets. UserError, naming the file, where it cannot be written."""
    projects = [project for project, _result in shown(draft, report)]
    if not projects:
        raise UserError(f"「{form.name}」是一个项目一张表，草稿里还没有项目，请先添加项目。")
    write_made(path, lambda: result_fill_in_bytes(draft, report, form))
    return len(projects)


def result_fill_in_bytes(draft: Draft, report: Report, form: ReportForm) -> bytes:
    """The .xlsx, a protected sheet for each project."""
    book = new_workbook(f"{form.name}填报模板")
    book.remove(book.worksheets[0])
    for number, (project, _result) in enumerate(shown(draft, report), 1):
        name = f"{number} {project.name}".translate(_FORBIDDEN)[:31].strip()
        sheet: Worksheet = book.create_sheet(name)
        _Sheet(sheet, form).fill(build_report(draft, report, form, project.id))
    return packed(book)


class _Sheet:
    def __init__(self, sheet: Worksheet, form: ReportForm) -> None:
        self._sheet, self._form, self._row = sheet, form, 1
        self._width = len(form.table.columns)
        for place, width in enumerate(form.table.columns, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width / _TWIPS_A_CHARACTER
        known = load_scoring()
        self._lists = {
            "likelihood": _choices(sheet, known.likelihood, strict=True),
            "causes": _choices(sheet, known.causes, strict=False),
        }

    def fill(self, blocks: tuple[object, ...]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._line(block.text, bold=True)
            elif isinstance(block, Table):
                for row in block.places():
                    self._cells(row)
        self._line(_HINT, bold=False)
        protect(self._sheet)

    def _line(self, text: str, *, bold: bool) -> None:
        cell = self._sheet.cell(self._row, 1, text)
        cell.font, cell.alignment = Font(bold=bold), _CENTRED if bold else _LEFT
        self._sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=1, end_column=self._width)
        self._row += 1

    def _cells(self, row: list[tuple[int, Cell, bool]]) -> None:
        for column, cell, covered in row:
            if not covered:
                self._cell(column + 1, cell)
        self._row += 1

    def _cell(self, column: int, cell: Cell) -> None:
        path = path_of(cell) or ""
        computed = path.endswith(_COMPUTED)
        is_open = path.startswith("reports[") and not computed and not path.endswith(".name")
        place = self._sheet.cell(self._row, column)
        place.value = None if computed else cell.text or None
        place.data_type = "s" if place.value else place.data_type  # nothing typed is taken for a formula
        place.fill, place.border, place.alignment = INPUT_FILL if is_open else LABEL_FILL, BORDER, _CENTRED
        place.protection = Protection(locked=not is_open)
        if is_open:
            place.number_format = "@"
        if (found := self._lists.get(path.rpartition(".")[2])) is not None:
            found.add(place)
        if cell.colspan > 1 or cell.rowspan > 1:
            self._sheet.merge_cells(
                start_row=self._row,
                end_row=self._row + cell.rowspan - 1,
                start_column=column,
                end_column=column + cell.colspan - 1,
            )


def _choices(sheet: Worksheet, words: tuple[str, ...], *, strict: bool) -> DataValidation:
    found = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=strict)
    sheet.add_data_validation(found)
    return found
