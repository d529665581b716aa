"""Reads a whole selection copied from Word, WPS, a browser or Excel: its HTML, or its plain text where that says more."""

from pathlib import Path

from importers.budget import TooMuchError
from importers.html import read_html
from importers.import_files import Imported, imported, what_user_knows
from importers.reading.reader import understand
from importers.recognise import NothingFoundError
from importers.report import removed_message
from importers.text_reader import read_plain
from models.bulk import making_many
from models.document.cleaning import clean_text
from models.document.template import load_template
from models.errors import UserError

NAME = "剪贴板"
MAX_LENGTH = 16 * 1024 * 1024
"""Characters. Word writes about 3,000 for one row of indicators."""

_TOO_MUCH = "剪贴板里的内容太多，不像一份绩效文本。请只复制需要的部分，或直接导入文件。"


def read_clipboard(html: str | None, text: str | None, home: Path | None = None) -> Imported:
    """The draft in what was copied, with the own forms and labels of that data folder known. UserError where nothing of the
    form is in it."""
    html, text = html or "", text or ""
    if not html.strip() and not text.strip():
        raise UserError("剪贴板里没有文字。请先在 Word、WPS 或网页里选中绩效文本并复制。")
    if max(len(html), len(text)) > MAX_LENGTH:
        raise UserError(_TOO_MUCH)
    try:
        with making_many(), what_user_knows(home):
            return _read(html, text)
    except TooMuchError:
        raise UserError(_TOO_MUCH) from None
    except NothingFoundError:
        raise NothingFoundError("请先在 Word、WPS 或 Excel 里复制整个文本，再从剪贴板导入。") from None


def _read(html: str, text: str) -> Imported:
    """The draft in the HTML, else in the plain text."""
    if html.strip():
        read = read_html(html)
        try:
            left_out = (*read.left_out, *removed_message(clean_text(html)[1]))
            return imported(understand(read.blocks, load_template()), NAME, read.extra, left_out)
        except UserError:
            if not text.strip():
                raise
    left_out = removed_message(clean_text(text)[1])
    return imported(understand(read_plain(text), load_template()), NAME, left_out=left_out)
