"""Reads a whole selection copied from Word, WPS, a browser or Excel: its HTML, or its plain text where that says more."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from importers.budget import Budget, TooMuchError
from importers.html import read_html
from importers.import_files import Imported, imported, what_user_knows
from importers.reading.reader import understand
from importers.recognise import NothingFoundError
from importers.report import removed_message
from importers.text_reader import read_text
from models.bulk import making_many
from models.document.blocks import Block, Cell, Row, Table, paragraph
from models.document.cleaning import clean_text
from models.document.template import load_template
from models.errors import UserError

NAME = "剪贴板"
MAX_LENGTH = 16 * 1024 * 1024
"""Characters. Word writes about 3,000 for one row of indicators."""

_TOO_MUCH = "剪贴板里的内容太多，不像一份绩效文本。请只复制需要的部分，或直接导入文件。"
_LONGEST_CELL = 200
"""Lines a quoted cell may have; a longer one only begins with a quotation mark."""


def read_clipboard(html: str | None, text: str | None, home: Path | None = None) -> Imported:
    """The draft in what was copied, with the own forms and labels of that data folder known. UserError where nothing of the
    form is in it."""
    if not (html and html.strip()) and not (text and text.strip()):
        raise UserError("剪贴板里没有文字。请先在 Word、WPS 或网页里选中绩效文本并复制。")
    if max(len(html or ""), len(text or "")) > MAX_LENGTH:
        raise UserError(_TOO_MUCH)
    with making_many(), _bounded(), what_user_knows(home):
        if html and html.strip():
            read = read_html(html)
            try:
                left_out = (*read.left_out, *removed_message(clean_text(html)[1]))
                return imported(understand(read.blocks, load_template()), NAME, read.extra, left_out)
            except UserError:
                if not (text and text.strip()):
                    raise
        assert text is not None  # one of the two has words
        left_out = removed_message(clean_text(text)[1])
        return imported(understand(read_plain(text), load_template()), NAME, left_out=left_out)


@contextmanager
def _bounded() -> Iterator[None]:
    try:
        yield
    except TooMuchError:
        raise UserError(_TOO_MUCH) from None
    except NothingFoundError:
        raise NothingFoundError("请先在 Word、WPS 或 Excel 里复制整个文本，再从剪贴板导入。") from None


def read_plain(text: str) -> tuple[Block, ...]:
    """The blocks of plain text: lines with tabs between words are rows of a table; else the text form of this program.
    TooMuchError where it holds more than any text does."""
    lines = clean_text(text)[0].lstrip("\ufeff").split("\n")
    if not any("\t" in line.strip("\t") for line in lines):
        return read_text(text)
    budget = Budget()
    blocks: list[Block] = []
    rows: list[Row] = []
    place = 0
    while place < len(lines):
        line, place = _whole_row(lines, place)
        budget.take(characters=len(line), cells=line.count("\t"), lines=1)
        if "\t" in line:
            rows.append(
                Row(tuple(Cell(tuple(map(paragraph, _unquoted(each).split("\n")))) for each in line.split("\t")))
            )
            continue
        if rows:
            blocks.append(Table(tuple(rows)))
            rows = []
        blocks.append(paragraph(line))
    return (*blocks, Table(tuple(rows))) if rows else tuple(blocks)


def _whole_row(lines: list[str], place: int) -> tuple[str, int]:
    """The row that begins at that line, and the place after it: a quoted cell goes on until its closing mark."""
    begun, last = "\t" in lines[place], lines[place].rpartition("\t")[2]
    is_open = begun and last.startswith('"') and last.count('"') % 2 == 1
    end = place + 1
    while is_open and end < min(place + _LONGEST_CELL, len(lines)):
        _before, tab, last = lines[end].rpartition("\t")
        marks = last.count('"') % 2 == 1
        is_open = last.startswith('"') and marks if tab else not marks
        end += 1
    return (lines[place], place + 1) if is_open else ("\n".join(lines[place:end]), end)


def _unquoted(cell: str) -> str:
    """A cell as Excel quotes it where it holds line breaks or quotation marks."""
    quoted = len(cell) > 1 and cell.startswith('"') and cell.endswith('"') and ("\n" in cell or '""' in cell)
    return cell[1:-1].replace('""', '"') if quoted else cell
