"""A returned file's comments on the fields of a draft. Without Qt: the command line uses it too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from importers.import_files import Imported
    from models.document.tree import Draft, Remark
    from models.session.file_comments import Commented

SUFFIXES = (".docx", ".doc", ".wps", ".rtf", ".odt")
"""Files that hold comments; all but the first by LibreOffice."""


def read_remarks(file: Path, draft: Draft, go_on: Callable[[], bool] = lambda: True) -> tuple[Remark, ...]:
    """The comments of a file on the fields of a draft. UserError names the file where it cannot be read."""
    from importers.html import is_html
    from importers.office import to_docx
    from importers.opened import read_whole
    from importers.word.comments import read_comments

    if file.suffix.lower() not in SUFFIXES:
        raise UserError(f"「{file.name}」不是 Word 文件，读不到批注；可以读取的有：{'、'.join(SUFFIXES)}。")
    data = read_whole(file)
    if is_html(data):  # a page has no comments of Word's
        return ()
    if file.suffix.lower() != ".docx":
        data = to_docx(data, file.name, go_on)
    return _placed(read_comments(data, file.name, go_on), draft)


def _placed(commented: Commented, draft: Draft) -> tuple[Remark, ...]:
    from exporters.build import build
    from models.document.template import load_template
    from models.session.review_comments import placed

    if not commented.comments:
        return ()
    template = load_template(draft.document.template)
    return placed(commented, build(draft.document, template, draft.settings))


def with_comments(draft: Draft, commented: Commented) -> Draft:
    """The draft with the comments of a file among its remarks."""
    from models.session.review_comments import merged

    return replace(draft, remarks=merged(draft.remarks, _placed(commented, draft))[0])


def with_remarks(imported: Imported) -> Imported:
    """What was read from a file, its comments beside the fields."""
    return replace(imported, draft=with_comments(imported.draft, imported.comments))
