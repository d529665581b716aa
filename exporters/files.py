"""Writes a draft as a file of any kind the program knows, by its suffix."""

from collections.abc import Callable
from pathlib import Path

from models.bulk import making_many
from models.document import Draft
from models.errors import UserError
from models.template import load_template

SUFFIXES = (".docx", ".xlsx", ".txt", ".json")
"""What `write_file` makes."""


def write_file(draft: Draft, path: Path) -> None:
    """Writes the draft; an existing file is replaced only by a whole new one.

    UserError, naming the file, for an unknown suffix or where it cannot be written; the old file is then as it was.
    """
    from exporters.atomic import write_atomically

    if path.suffix.lower() not in _WRITERS:
        known = "、".join(SUFFIXES)
        raise UserError(f"不能导出为「{path.name}」这种类型（{path.suffix or '没有后缀'}），可以导出的有：{known}。")
    if not path.parent.is_dir():
        raise UserError(f"目标文件夹「{path.parent}」不存在，请先建立该文件夹，或换一个位置。")
    write_atomically(path, file_bytes(draft, path.suffix.lower()))


def file_bytes(draft: Draft, suffix: str) -> bytes:
    """What a file of that kind (one of SUFFIXES) holds."""
    with making_many():
        return _WRITERS[suffix](draft)


def _word(draft: Draft) -> bytes:
    from exporters.build import build
    from exporters.pages import page_numbers
    from exporters.paginate import paginate
    from exporters.word import Properties, write_word

    document, template = draft.document, load_template(draft.document.template)
    year = f"{document.year}年" if document.year is not None else ""
    properties = Properties(title=f"{year}{template.document_name}", author=document.unit.name, subject=template.name)
    blocks = build(document, template, draft.settings)
    return write_word(
        blocks,
        template,
        font_scheme=draft.settings.font_scheme,
        properties=properties,
        page_numbers=page_numbers(paginate(blocks, template)),
    )


def _excel(draft: Draft) -> bytes:
    from exporters.build import build
    from exporters.excel import write_excel

    template = load_template(draft.document.template)
    return write_excel(draft.document, build(draft.document, template), template)


def _text(draft: Draft) -> bytes:
    from exporters.build import build
    from exporters.text import write_text

    return write_text(build(draft.document, load_template(draft.document.template))).encode()


def _package(draft: Draft) -> bytes:
    from exporters.package import write_package

    return write_package(draft)


_WRITERS: dict[str, Callable[[Draft], bytes]] = {".docx": _word, ".xlsx": _excel, ".txt": _text, ".json": _package}
