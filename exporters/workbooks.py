"""What the workbooks that are filled in by hand have in common: their colours, their page, and the same bytes every time."""

import io
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from exporters.opc import DatedZip

FIXED_DAY = datetime(2022, 1, 1)  # noqa: DTZ001  # openpyxl wants it naive; the same text gives the same file
_LINE = Side(style="thin", color="FF999999")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
INPUT_FILL = PatternFill("solid", fgColor="FFFFFBE6")
LABEL_FILL = PatternFill("solid", fgColor="FFEEF2F6")


def new_workbook(title: str) -> Workbook:
    """A workbook that does not say when it was made."""
    book = Workbook()
    book.properties.created = book.properties.modified = FIXED_DAY
    book.properties.title = title
    return book


def packed(book: Workbook) -> bytes:
    """The .xlsx. Not the workbook's own save, which writes the hour into it."""
    data = io.BytesIO()
    ExcelWriter(book, DatedZip(data, "w")).save()
    return data.getvalue()


def protect(sheet: Worksheet) -> None:
    """Locks what is not to be filled in, without a password; the sheet is printed across, one page wide."""
    sheet.protection.sheet = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
