"""Reads an Excel file: sheets in the form's geometry to blocks, indicator lists to projects."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from importers.announced_forms import may_be_announced, read_announced, sheet_blocks
from importers.announced_reports import may_be_announced_report, read_announced_reports
from importers.budget import Budget
from importers.excel.form_sheets import SheetPage
from importers.excel.overview_sheet import compare, header_row
from importers.excel.workbook import ExcelWorkbook
from importers.file_blocks import FileBlocks
from importers.form_tables import TableReader
from importers.laid_out_tables import without_lines
from importers.reading.forms import read_forms
from importers.reading.join import join as join_listing
from importers.reading.listed import Listing
from importers.reading.lists import read_list
from importers.reading.sheet import Sheet
from importers.reading.table_kinds import Kinds, TableKind
from importers.recognise import Recognition, text_in
from importers.report_labels import load_labels
from importers.report_tables import is_report
from importers.table_grid import label_key
from models.document.blocks import Block, PageBreak, Paragraph, Table
from models.document.list_head import read_head
from models.document.template import Template, load_template

_SEARCHED_ROWS = 40
"""Written rows of a sheet among which the form's labels are looked for."""


_LARGEST_TEXT = 20_000
"""Written cells of a sheet without any label of the form that may still be its text; more are data of another kind, and are kept
word for word."""


@dataclass(frozen=True, slots=True)
class ExcelReading(FileBlocks):
    """What an Excel file shows. `extra`: words that stand outside the form (other sheets, under merged cells);
    `left_out`: sentences on what is not read (hidden sheets, formulas without a result); `overviews`: sheets that repeat the
    projects in one list."""

    listing: Listing = field(default_factory=Listing)
    overviews: tuple[Sheet, ...] = ()
    reports: tuple[Block, ...] = ()
    """The tables of filled 自评表 and 监控表, a sheet each."""
    announced: tuple[Block, ...] = ()
    """All sheets, where each of them may be a page of a form of one table a project."""
    hidden: tuple[str, ...] = ()
    """Those of the extra words that stand under merged cells."""

    def outside(self, found: Recognition) -> tuple[str, ...]:
        """The extra words of what was found: every sheet is a page where a form announced itself."""
        return self.hidden if found.form else self.extra


def read_excel(
    data: bytes, name: str, go_on: Callable[[], bool] = lambda: True, template: Template | None = None
) -> ExcelReading:
    """The blocks and lists of an .xlsx. UserError names the file where it is damaged, protected, hostile or no Excel file.

    `go_on` is asked now and then; CancelledError once it says no.
    """
    workbook = ExcelWorkbook(data, name, go_on)
    reader = _Reader(template or load_template(), workbook.budget)
    workbook.each(reader.take)
    return reader.finish(workbook.notes)


def read_sheets(sheets: Iterable[Sheet], budget: Budget, template: Template | None = None) -> ExcelReading:
    """The same of sheets that were read from a file of another kind."""
    reader = _Reader(template or load_template(), budget)
    for sheet in sheets:
        reader.take(sheet)
    return reader.finish()


def join(reading: ExcelReading, template: Template) -> Recognition:
    """The document of a file. UserError where nothing of the form and no list is found in it."""
    if reading.announced and (found := read_announced(reading.announced)) is not None:
        return found
    return compare(join_listing(reading.blocks, reading.listing, template), reading.overviews)


@dataclass(frozen=True, slots=True)
class _Page:
    name: str
    blocks: tuple[Block, ...]
    has_tables: bool


class _Reader:
    def __init__(self, template: Template, budget: Budget) -> None:
        self._template, self._budget = template, budget
        self._kinds = Kinds(template)
        self._tables = TableReader(template)
        self._labels = {label_key(cell.label) for row in template.project_rows for cell in row if cell.label}
        self._pages: list[_Page] = []
        self._listing = Listing(budget=budget)
        self._others: list[str] = []
        self._hidden: list[str] = []
        self._overviews: list[Sheet] = []
        self._reports: list[Block] = []
        self._announced: list[Block] = []
        self._may_be_announced = True

    def take(self, sheet: Sheet) -> None:
        """Adds a sheet to the lists or to the pages."""
        self._hidden += sheet.hidden
        self._budget.take(places=sheet.width)
        self._take_announced(sheet)
        overview_header = header_row(sheet)
        if overview_header is not None:
            self._overviews.append(sheet)
            self._listing.state(read_head(sheet.rows, overview_header), sheet)
            return
        if may_be_announced_report(_first_words(sheet)):
            blocks = [block for table in self._page(sheet).whole_table() for block in without_lines(table)]
            if read_announced_reports(blocks) is not None:
                self._reports += (*blocks, PageBreak())
                return
        if _may_be_a_report(sheet):
            tables = tuple(self._page(sheet).whole_table())
            if is_report(tables):
                self._reports += (*tables, PageBreak())
                return
        kind, header = self._kinds.of_sheet(sheet)
        has_form = not (header and header.is_surely_a_list) and self._has_form(sheet)
        if kind is TableKind.FORM:
            read_forms(sheet, self._kinds.headers, self._template, self._listing)
        elif header is not None and not has_form:
            read_list(sheet, header, self._kinds.headers, self._template, self._listing)
        elif not has_form and sum(map(len, sheet.rows.values())) > _LARGEST_TEXT:
            rows = ("\t".join(row[column] for column in sorted(row)) for _number, row in sorted(sheet.rows.items()))
            self._others.append("\n".join((f"工作表「{sheet.name}」", *rows)))
        elif sheet.rows:
            self._pages.append(_Page(sheet.name, tuple(self._page(sheet).blocks()), has_form))

    def _take_announced(self, sheet: Sheet) -> None:
        """Keeps the sheet as the page of a form, while all that came before it may be such, too."""
        if self._may_be_announced and sheet.rows:
            self._may_be_announced = may_be_announced(_first_words(sheet))
            if self._may_be_announced:
                for table in self._page(sheet).whole_table():
                    self._announced += sheet_blocks(table)

    def _page(self, sheet: Sheet) -> SheetPage:
        return SheetPage(sheet, self._tables, self._budget)

    def finish(self, left_out: Iterable[str] = ()) -> ExcelReading:
        """What all sheets show."""
        blocks, extra = self._of_text()
        return ExcelReading(
            blocks,
            extra=(*self._hidden, *extra),
            left_out=tuple(left_out),
            listing=self._listing,
            overviews=tuple(self._overviews),
            reports=tuple(self._reports),
            announced=tuple(self._announced) if self._may_be_announced else (),
            hidden=tuple(self._hidden),
        )

    def _of_text(self) -> tuple[tuple[Block, ...], tuple[str, ...]]:
        """(blocks of the text, words of the sheets that are no part of it). Without any page of the form all are blocks,
        unless there are lists."""
        of_form = [
            place
            for place, page in enumerate(self._pages)
            if page.has_tables or text_in(page.blocks, self._template) is not None
        ]
        if not of_form and not self._listing.projects:
            return tuple(block for page in self._pages for block in page.blocks), tuple(self._others)
        # What stands before the text may be its cover; what stands between its sheets would be taken for its words.
        first = of_form[0] if of_form else 0
        kept = [page for place, page in enumerate(self._pages) if place in of_form or (of_form and place < first)]
        others = [page for page in self._pages if page not in kept]
        words = (*filter(None, map(_words, others)), *self._others)
        return tuple(block for page in kept for block in page.blocks), words

    def _has_form(self, sheet: Sheet) -> bool:
        """Whether a row shows two of the labels of the form's project table."""
        rows = (sheet.rows[row].values() for row in sorted(sheet.rows)[:_SEARCHED_ROWS])
        return any(len(self._labels.intersection(map(label_key, texts))) > 1 for texts in rows)


def _may_be_a_report(sheet: Sheet) -> bool:
    """A quick look for the words without which there is none."""
    return any(load_labels().field("indicators", text) == "actual" for text in _first_words(sheet))


def _first_words(sheet: Sheet) -> Iterator[str]:
    return (text for row in sorted(sheet.rows)[:_SEARCHED_ROWS] for text in sheet.rows[row].values())


def _words(page: _Page) -> str:
    lines = list(_lines(page.blocks))
    return "\n".join((f"工作表「{page.name}」", *lines)) if lines else ""


def _lines(blocks: Sequence[Block]) -> list[str]:
    lines = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += ["\t".join(cell.text for cell in row.cells if cell.text) for row in block.rows]
    return [line for line in lines if line.strip()]
