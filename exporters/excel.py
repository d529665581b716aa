"""Draws a text as an Excel workbook: openpyxl makes workbook, styles and the frame of a sheet, the rows are written as text.

A style object and a Cell for each place would take several times as long for a large text.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from exporters.opc import DatedZip, xml_bytes, xml_text
from exporters.sheets import BODY_SIZE, DETAIL_SHEET, SIZES, TEXT_SHEET, Area, Sheet, Slot, details, lay_out
from models.blocks import Block, Role
from models.document import GoalDocument
from models.template import FontScheme, Page, Template

_FIXED_DAY = datetime(2022, 1, 1)  # noqa: DTZ001  # openpyxl wants it naive; the same text gives the same file
_CENTRED = {
    Role.COVER,
    Role.TITLE,
    Role.PART,
    Role.PART_NAME,
    Role.PROJECT_TITLE,
    Role.CELL,
    Role.CELL_LABEL,
    Role.CELL_VALUE,
}
_BORDERED = {Role.CELL, Role.CELL_LABEL, Role.CELL_VALUE, Role.CELL_TEXT}
_AMOUNT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?")
_ROWS = re.compile(r"<sheetData\s*/>|<sheetData>\s*</sheetData>")
_DIMENSION = re.compile(r"<dimension\b[^>]*/>")  # of the empty sheet, so wrong; a reader can do without
_EXACT_DIGITS = 15  # what Excel keeps of a number


def write_excel(
    document: GoalDocument, blocks: tuple[Block, ...], template: Template, *, font_scheme: str = "windows"
) -> bytes:
    """The .xlsx of a document and its blocks; the same text gives the same bytes.

    Words are always text, never formulas. Amounts whose number shows every digit typed are numbers.
    """
    sheets = [*lay_out(blocks, template), details(document, template)]
    book = Workbook()
    book.remove(book.worksheets[0])
    # Widths are counted in digits of this font: Arial has the same ones on every system, itself or as Liberation Sans.
    book._named_styles["Normal"].font = Font(name="Arial", size=10)  # type: ignore[attr-defined]  # no public way
    book.properties.title, book.properties.creator = template.document_name, document.unit.name
    book.properties.created = book.properties.modified = _FIXED_DAY
    formats = _Formats(book.create_sheet(TEXT_SHEET), template.font_scheme(font_scheme))
    contents: dict[str, bytes] = {}
    frames = _frames(sheets, template.page)
    for sheet in sheets:
        drawn = book[sheet.name] if sheet.name == TEXT_SHEET else book.create_sheet(sheet.name)
        if sheet.header:
            drawn.print_title_rows = "{}:{}".format(*sheet.header)
        if sheet.name == DETAIL_SHEET:
            drawn.auto_filter.ref = _reference((1, 0, len(sheet.rows), len(sheet.columns) - 1))
        contents[sheet.name] = xml_bytes(_draw(sheet, formats, frames[_kind(sheet)]))
    packed = io.BytesIO()
    _Writer(book, DatedZip(packed, "w"), contents).save()
    return packed.getvalue()


class _Writer(ExcelWriter):
    """openpyxl's writer, the sheets already drawn."""

    def __init__(self, book: Workbook, archive: zipfile.ZipFile, contents: Mapping[str, bytes]) -> None:
        super().__init__(book, archive)
        self._file, self._contents = archive, contents

    def write_worksheet(self, ws: Worksheet) -> None:
        self._file.writestr(ws.path[1:], self._contents[ws.title])
        self.manifest.append(ws)


class _Formats:
    """The workbook's number of each look, registered once."""

    def __init__(self, sheet: Worksheet, fonts: FontScheme) -> None:
        self._sheet, self._fonts = sheet, fonts
        self._ids: dict[tuple[Role, int | None], int] = {}

    def get(self, role: Role, decimals: int | None = None) -> int:
        """The look of a role; with `decimals`, of a number that shows as many."""
        key = (role, decimals)
        if key not in self._ids:
            cell = WriteOnlyCell(self._sheet)
            cell.font = Font(name=self._font(role), size=SIZES.get(role, BODY_SIZE))
            cell.alignment = Alignment(
                horizontal="center" if role in _CENTRED else "left", vertical="center", wrap_text=True
            )
            if role in _BORDERED:
                line = Side(style="thin")
                cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.number_format = "@" if decimals is None else f"0.{'0' * decimals}" if decimals else "0"
            self._ids[key] = cell.style_id
        return self._ids[key]

    def _font(self, role: Role) -> str:
        if role in {Role.COVER, Role.TITLE, Role.PART_NAME}:
            return self._fonts.title
        if role in {Role.PART, Role.SECTION, Role.PROJECT_TITLE}:
            return self._fonts.heading
        return self._fonts.subheading if role is Role.ITEM else self._fonts.body


_Kind = tuple[bool, bool, tuple[float, ...], str]


def _kind(sheet: Sheet) -> _Kind:
    """Sheets of one kind have the same frame: what stands in the file around the rows."""
    listing = sheet.name == DETAIL_SHEET
    area = _reference((1, 0, len(sheet.rows), len(sheet.columns) - 1)) if listing else ""
    return sheet.name == TEXT_SHEET, listing, sheet.columns, area


def _frames(sheets: Sequence[Sheet], page: Page) -> dict[_Kind, tuple[str, str]]:
    """(before the rows, after them) of every kind of sheet, as openpyxl writes an empty one."""
    kinds = list(dict.fromkeys(map(_kind, sheets)))
    book = Workbook()
    book.remove(book.worksheets[0])
    for kind in kinds:  # the text comes first, so that it alone is the selected sheet
        _set_up(book.create_sheet(), kind, page)
    saved = io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as archive:
        written = [archive.read(f"xl/worksheets/sheet{number}.xml").decode() for number in range(1, len(kinds) + 1)]
    frames = (_ROWS.split(_DIMENSION.sub("", xml)) for xml in written)
    return {kind: (before, after) for kind, (before, after) in zip(kinds, frames, strict=True)}


def _set_up(sheet: Worksheet, kind: _Kind, page: Page) -> None:
    """Widths, paper and view."""
    _, listing, columns, area = kind
    for number, width in enumerate(columns, 1):
        # Counted in digits of the workbook's font, 7 pixels each at 96 dpi, and 5 pixels of margin.
        sheet.column_dimensions[get_column_letter(number)].width = round((width / 0.75 - 5) / 7, 2)
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.orientation = "landscape" if listing else "portrait"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    margins = sheet.page_margins
    margins.top, margins.bottom = page.margin_top / 25.4, page.margin_bottom / 25.4
    margins.left, margins.right = page.margin_left / 25.4, page.margin_right / 25.4
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "— &P —"  # type: ignore[union-attr]  # every sheet has one
    if listing:
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = area


def _reference(area: Area) -> str:
    top, left, bottom, right = area
    return f"{get_column_letter(left + 1)}{top}:{get_column_letter(right + 1)}{bottom}"


def _draw(sheet: Sheet, formats: _Formats, frame: tuple[str, str]) -> str:
    letters = [get_column_letter(number) for number in range(1, len(sheet.columns) + 1)]
    parts = [frame[0], "<sheetData>"]
    for number, (height, slots) in enumerate(sheet.rows, 1):
        parts.append(
            f'<row r="{number}">' if height is None else f'<row r="{number}" ht="{height:g}" customHeight="1">'
        )
        parts.extend(
            [
                _cell(f'<c r="{letter}{number}" s="', slot, formats)
                for letter, slot in zip(letters, slots, strict=False)
                if slot is not None
            ]
        )
        parts.append("</row>")
    parts.append("</sheetData>")
    if sheet.merged:
        merged = "".join(f'<mergeCell ref="{_reference(area)}"/>' for area in sheet.merged)
        parts.append(f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>')
    parts.append(_without_warnings(frame[1], sheet))
    return "".join(parts)


def _cell(opening: str, slot: Slot, formats: _Formats) -> str:
    text, role, amount = slot
    if not text:
        return f'{opening}{formats.get(role)}"/>'
    decimals = _decimals(text) if amount else None
    if decimals is not None:
        return f'{opening}{formats.get(role, decimals)}"><v>{text}</v></c>'
    space = "" if text == text.strip() else ' xml:space="preserve"'
    return f'{opening}{formats.get(role)}" t="inlineStr"><is><t{space}>{xml_text(text)}</t></is></c>'


def _decimals(text: str) -> int | None:
    """How many decimals a number must show to read as the text does; None where Excel could not show it so."""
    found = _AMOUNT.fullmatch(text)
    if not found or sum(map(str.isdigit, text)) > _EXACT_DIGITS or (text[0] == "-" and not Decimal(text)):
        return None
    return len(found[1] or "")


def _without_warnings(after: str, sheet: Sheet) -> str:
    """Excel marks every number kept as text with a green corner; here they are meant."""
    if not sheet.rows:
        return after
    area = _reference((1, 0, len(sheet.rows), len(sheet.columns) - 1))
    warnings = f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors>'
    return after.replace("</worksheet>", f"{warnings}</worksheet>")
