"""Writes pages of tables, one for each project, as a file: Word, PDF, Excel or plain text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.atomic import write_made
from exporters.made import Properties
from exporters.progress import Progress
from models.document.blocks import Block, PageBreak
from models.document.template import Template
from models.errors import UserError

if TYPE_CHECKING:
    from exporters.sheets import Sheet

SUFFIXES = (".docx", ".xlsx", ".pdf", ".txt")
"""The kinds of file that are made."""


@dataclass(frozen=True, slots=True)
class TablePages:
    """`template`: page and fonts; `columns`: of the tables, in twips; `names`: what the sheet of each page is called;
    `base`: finds the Word file whose styles they have; `overview`: the sheet before those of several pages."""

    blocks: tuple[Block, ...]
    template: Template
    font_scheme: str
    properties: Properties
    columns: Sequence[int]
    names: Sequence[str]
    base: Callable[[], Path]
    overview: "Callable[[], Sheet] | None" = None


def write_tables(path: Path, name: str, make: Callable[[str], bytes], progress: Progress | None) -> None:
    """Writes what `make` gives for the suffix; `name`: of the form. UserError, naming the file, for another kind of file or where
    it cannot be written."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(f"「{name}」不能导出为「{path.name}」这种类型，可以导出的有：{'、'.join(SUFFIXES)}。")
    write_made(path, lambda: make(suffix), progress)


def tables_bytes(tables: TablePages, suffix: str, progress: Progress | None = None) -> bytes:
    """What a file of that kind (one of SUFFIXES) holds."""
    blocks, template, scheme = tables.blocks, tables.template, tables.font_scheme
    if suffix == ".txt":
        from exporters.opc import xml_bytes
        from exporters.text_writer import write_text

        return xml_bytes(write_text(blocks))
    if suffix == ".docx":
        from exporters.word import write_word

        return write_word(blocks, template, font_scheme=scheme, properties=tables.properties, base=tables.base())
    if suffix == ".pdf":
        from exporters.paginate import paginate
        from exporters.pdf import write_pdf

        pages = paginate(blocks, template)
        return write_pdf(pages, template, font_scheme=scheme, properties=tables.properties, progress=progress)
    return _workbook(tables)


def _workbook(tables: TablePages) -> bytes:
    from exporters.excel import write_sheets
    from exporters.sheets import page_sheets

    runs = groupby(tables.blocks, lambda block: isinstance(block, PageBreak))
    pages = zip(tables.names, (list(page) for is_break, page in runs if not is_break), strict=True)
    sheets = list(page_sheets(pages, tables.columns, tables.template.page))
    if tables.overview and len(sheets) != 1:
        sheets.insert(0, tables.overview())
    return write_sheets(sheets, tables.template, title=tables.properties.title)
