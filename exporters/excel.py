"""Draws a text as an Excel workbook: openpyxl makes workbook, styles and the frame of a sheet, the rows are written as text.

A style object and a Cell for each place would take several times as long for a large text.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from exporters.list_sheets import details, projects_list
from exporters.made import titled
from exporters.opc import DatedZip, xml_bytes, xml_text
from exporters.sheet_breaks import is_pulled_in, page_breaks, part_labels
from exporters.sheets import BODY_SIZE, OF_TABLES, SIZES, TEXT_SHEET, Area, Number, Sheet, Slot, lay_out
from exporters.workbooks import FIXED_DAY
from models.document.blocks import Block, Role
from models.document.template import FontScheme, Page, Template
from models.document.tree import GoalDocument

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
_AMOUNT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?")
_ROWS = re.compile(r"<sheetData\s*/>|<sheetData>\s*</sheetData>")
_DIMENSION = re.compile(r"<dimension\b[^>]*/>")  # of the empty sheet, so wrong; a reader can do without
_DRAWABLE = re.compile(r'[^"\\\x00-\x1f\ud800-\udfff\ufffe\uffff]{1,100}')
_MOST_DRAWN = 100  # number formats; Excel keeps about 200 of a workbook's own
_EXACT_DIGITS = 15  # what Excel keeps of a number
_LIST_MARGINS = (0.75, 0.7)  # inches: above and below, left and right; Excel's own «普通»
_UNDER_FIRST = 2
_NUMBERS_STAND = {"money": "right", "count": "center", "typed": "", "": ""}


def write_excel(
    document: GoalDocument, blocks: tuple[Block, ...], template: Template, *, font_scheme: str = "windows"
) -> bytes:
    """The .xlsx of a document and its blocks; the same text gives the same bytes.

    Words are always text, never formulas. Amounts whose number shows every digit typed are numbers: on a project's sheet
    with as many decimals as were typed (165.00 shows two of them, 165.5 stays 165.5), in the list of all projects, which a
    text of several has, as money (1,165.50); its sums are formulas that carry their results.
    """
    drawing = _Drawing(template, template.font_scheme(font_scheme))
    drawing.book.properties.title = titled(document.year, template.document_name)
    drawing.book.properties.creator = document.unit.name
    if len(document.projects) > 1:
        drawing.add(projects_list(document))
    for sheet in lay_out(blocks, template):
        drawing.add(sheet)
    drawing.add(details(document, template))
    return drawing.pack()


def write_sheets(
    sheets: Sequence[Sheet], template: Template, *, title: str = "", font_scheme: str = "windows"
) -> bytes:
    """The .xlsx of sheets that are no official text, in their order."""
    drawing = _Drawing(template, template.font_scheme(font_scheme), sheets[0].name)
    drawing.book.properties.title, drawing.book.properties.creator = title, ""
    for sheet in sheets:
        drawing.add(sheet)
    return drawing.pack()


class _Drawing:
    """A workbook whose sheets are drawn one after the other; the `first` one may come at any time."""

    def __init__(self, template: Template, fonts: FontScheme, first: str = TEXT_SHEET) -> None:
        self.book = Workbook()
        self.book.properties.created = self.book.properties.modified = FIXED_DAY
        # Widths are counted in digits of this font: Arial has the same ones on every system, itself or as Liberation Sans.
        self.book._named_styles["Normal"].font = Font(name="Arial", size=10)  # type: ignore[attr-defined]  # no public way
        self._first: Worksheet = self.book.worksheets[0]  # stands first, is complete last
        self._first.title = first
        self._formats = _Formats(self._first, fonts)
        self._page = template.page
        self._frames: dict[tuple[str, tuple[float, ...], bool], tuple[str, str]] = {}
        self._packed = io.BytesIO()
        self._archive = DatedZip(self._packed, "w")
        self._count = 1

    def add(self, sheet: Sheet) -> None:
        """The sheet, behind those that are there; none of them has its name."""
        added: Worksheet = self._first
        number = 1
        if sheet.name != self._first.title:
            self._count = number = self._count + 1
            added = _NamedSheet(self.book, sheet.name)
            self.book._add_sheet(added)  # type: ignore[attr-defined]  # create_sheet would compare its name with all others
        if sheet.header:
            added.print_title_rows = "{}:{}".format(*sheet.header)
        if sheet.rows:
            added.print_area = _whole(sheet)
        if sheet.filtered:
            added.auto_filter.ref = _filter(sheet)
        on_one_page = is_pulled_in(sheet, self._page)
        kind = (sheet.name if sheet.is_list else "", sheet.columns, on_one_page)
        if kind not in self._frames:
            self._frames[kind] = _frame(sheet, self._page, on_one_page)
        breaks = [] if on_one_page else page_breaks(sheet, self._page)
        part_labels(sheet, breaks)
        drawn = xml_bytes(_draw(sheet, self._formats, self._frames[kind], breaks))
        self._archive.writestr(f"xl/worksheets/sheet{number}.xml", drawn)

    def pack(self) -> bytes:
        _Writer(self.book, self._archive).save()
        return self._packed.getvalue()


class _NamedSheet(Worksheet):
    """A sheet whose name is known to differ from the others. openpyxl compares a new name with all of them, which takes
    longer than drawing the sheets once there are thousands."""

    title = ""  # type: ignore[override]  # a property there


class _Writer(ExcelWriter):
    """openpyxl's writer, the sheets already in the archive."""

    def write_worksheet(self, ws: Worksheet) -> None:
        self.manifest.append(ws)


class _Formats:
    """The looks registered with the workbook, as the attribute by which a cell names its own."""

    def __init__(self, sheet: Worksheet, fonts: FontScheme) -> None:
        self._sheet, self._fonts = sheet, fonts
        self._look = cache(self._register)
        self.looks = {role: self._look(role) for role in Role}
        self._drawing: dict[tuple[Role, str, bool], str] = {}

    def number(self, role: Role, number: Number, decimals: int) -> str:
        """The look of a number that shows as many decimals; money shows two at least."""
        whole, shown = ("#,##0", max(decimals, 2)) if number == "money" else ("0", decimals)
        number_format = f"{whole}.{'0' * shown}" if shown else whole
        return self._look(role, number_format, _NUMBERS_STAND[number], shrinks=True)

    def sized(self, role: Role, size: float) -> str:
        """The look of words in another type size."""
        return self._look(role, size=size)

    def at_top(self, role: Role) -> str:
        """The look of words at the upper edge of their cell."""
        return self._look(role, vertical="top")

    def shrunk(self, role: Role) -> str:
        """The look of words that are drawn smaller where their column is too narrow, on one line."""
        return self._look(role, shrinks=True)

    def drawing(self, role: Role, words: str, shrinks: bool) -> str:
        """The look of a place that shows these words whatever it holds; without them once Excel would not keep one more."""
        kind = (role, words, shrinks)
        if kind not in self._drawing:
            plain = len(self._drawing) >= _MOST_DRAWN or not _DRAWABLE.fullmatch(words)
            self._drawing[kind] = self._look(role, "@" if plain else f';;;"{words}"', shrinks=shrinks)
        return self._drawing[kind]

    def _register(
        self,
        role: Role,
        number_format: str = "@",
        horizontal: str = "",
        size: float = 0.0,
        *,
        shrinks: bool = False,
        vertical: str = "center",
    ) -> str:
        cell = WriteOnlyCell(self._sheet)
        cell.font = Font(name=self._font(role), size=size or SIZES.get(role, BODY_SIZE))
        horizontal = horizontal or ("center" if role in _CENTRED else "left")
        cell.alignment = Alignment(
            horizontal=horizontal, vertical=vertical, wrap_text=not shrinks, shrink_to_fit=shrinks
        )
        if role in OF_TABLES:
            line = Side(style="thin")
            cell.border = Border(left=line, right=line, top=line, bottom=line)
        cell.number_format = number_format
        return f' s="{cell.style_id}"'

    def _font(self, role: Role) -> str:
        if role in {Role.COVER, Role.TITLE, Role.PART_NAME}:
            return self._fonts.title
        if role in {Role.PART, Role.SECTION, Role.PROJECT_TITLE}:
            return self._fonts.heading
        return self._fonts.subheading if role is Role.ITEM else self._fonts.body


def _frame(sheet: Sheet, page: Page, on_one_page: bool) -> tuple[str, str]:
    """What stands in the file of such a sheet before its rows and after them, as openpyxl writes an empty one."""
    book = Workbook()
    _set_up(book.worksheets[0], sheet, page, on_one_page)
    saved = io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as archive:
        written = archive.read("xl/worksheets/sheet1.xml").decode()
    before, after = _ROWS.split(_DIMENSION.sub("", written))
    return before, after


def _set_up(empty: Worksheet, sheet: Sheet, page: Page, on_one_page: bool) -> None:
    """Widths, paper and view."""
    for number, width in enumerate(sheet.columns, 1):
        # Counted in digits of the workbook's font, 7 pixels each at 96 dpi, and 5 pixels of margin.
        empty.column_dimensions[get_column_letter(number)].width = round((width / 0.75 - 5) / 7, 2)
    empty.page_setup.paperSize = "9"  # A4
    empty.page_setup.orientation = "landscape" if sheet.is_list or page.width > page.height else "portrait"
    empty.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    empty.page_setup.fitToWidth, empty.page_setup.fitToHeight = 1, int(on_one_page)
    margins = empty.page_margins
    margins.top, margins.bottom = page.margin_top / 25.4, page.margin_bottom / 25.4
    margins.left, margins.right = page.margin_left / 25.4, page.margin_right / 25.4
    empty.print_options.horizontalCentered = True
    empty.oddFooter.center.text = "— &P —"  # type: ignore[union-attr]  # every sheet has one
    if sheet.is_list:
        margins.top = margins.bottom = _LIST_MARGINS[0]
        margins.left = margins.right = _LIST_MARGINS[1]
        empty.oddFooter.center.text = "第 &P 页，共 &N 页"  # type: ignore[union-attr]
        below = sheet.header[1] + 1 if sheet.header else 1
        empty.freeze_panes = f"A{below}"
        if below == _UNDER_FIRST:  # else the list has a title of its own
            empty.oddHeader.center.text = sheet.name  # type: ignore[union-attr]
    if sheet.filtered:
        empty.auto_filter.ref = _filter(sheet)


def _whole(sheet: Sheet) -> str:
    return _reference((1, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1))


def _filter(sheet: Sheet) -> str:
    first, last = sheet.filtered or (1, 1)
    return _reference((first, 0, last, len(sheet.columns) - 1))


def _reference(area: Area) -> str:
    top, left, bottom, right = area
    return f"{get_column_letter(left + 1)}{top}:{get_column_letter(right + 1)}{bottom}"


def _draw(sheet: Sheet, formats: _Formats, frame: tuple[str, str], breaks: Sequence[int]) -> str:
    letters = [get_column_letter(number) for number in range(1, len(sheet.columns) + 1)]
    parts = [frame[0], "<sheetData>"]
    for number, (height, slots) in enumerate(sheet.rows, 1):
        parts.append(f'<row r="{number}" ht="{height:g}" customHeight="1">')
        places = zip(letters, slots, strict=False)
        parts.extend([_cell(f'<c r="{letter}{number}"', slot, formats) for letter, slot in places if slot is not None])
        parts.append("</row>")
    parts.append("</sheetData>")
    if sheet.merged:
        merged = "".join([f'<mergeCell ref="{_reference(area)}"/>' for area in sheet.merged])
        parts.append(f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>')
    after = ""
    if breaks:
        rows = "".join([f'<brk id="{row}" max="16383" man="1"/>' for row in breaks])
        after = f'<rowBreaks count="{len(breaks)}" manualBreakCount="{len(breaks)}">{rows}</rowBreaks>'
    # Excel marks a number kept as text with a green corner; here every one is meant.
    after += f'<ignoredErrors><ignoredError sqref="{_whole(sheet)}" numberStoredAsText="1"/></ignoredErrors>'
    parts.append(frame[1].replace("</worksheet>", f"{after}</worksheet>"))
    return "".join(parts)


def _cell(opening: str, slot: Slot, formats: _Formats) -> str:
    text, role, number, formula, size, shrinks, drawn, at_top = slot
    look = formats.sized(role, size) if size else formats.shrunk(role) if shrinks else formats.looks[role]
    if at_top and not shrinks:
        look = formats.at_top(role)
    if drawn:
        return f'{opening}{formats.drawing(role, drawn, shrinks)} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if not text:
        return f"{opening}{look}/>"
    if number:
        decimals = _decimals(text)
        if decimals is not None:
            made = f"<f>{xml_text(formula)}</f>" if formula else ""
            return f"{opening}{formats.number(role, number, decimals)}>{made}<v>{text}</v></c>"
    space = "" if text == text.strip() else ' xml:space="preserve"'
    return f'{opening}{look} t="inlineStr"><is><t{space}>{xml_text(text)}</t></is></c>'


def _decimals(text: str) -> int | None:
    """How many decimals a number must show to read as the text does; None where Excel could not show it so."""
    found = _AMOUNT.fullmatch(text)
    if not found or sum(map(str.isdigit, text)) > _EXACT_DIGITS or (text[0] == "-" and not Decimal(text)):
        return None
    return len(found[1] or "")
