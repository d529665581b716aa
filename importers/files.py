"""Reads a file of any kind the program knows, by its suffix."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from importers.report import Kind, Note, Report
from models.document import Draft, GoalDocument, Provenance
from models.errors import UserError
from models.template import Template, load_template

SUFFIXES = (".txt", ".json")
"""What `read_file` takes."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft read from a file, and the report on it."""

    draft: Draft
    report: Report


def read_file(path: Path) -> Imported:
    """The draft in a file. UserError, naming the file, where it cannot be read or holds nothing of the form."""
    reader = _READERS.get(path.suffix.lower())
    if path.is_dir():
        raise UserError(f"「{path}」是一个文件夹，请选择其中的文件。")
    if reader is None:
        known = "、".join(SUFFIXES)
        raise UserError(f"不认识文件「{path.name}」的类型（{path.suffix or '没有后缀'}），可以读取的有：{known}。")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"找不到文件「{path}」，请检查文件名和位置。") from None
    except OSError as error:
        raise UserError(f"文件「{path}」无法读取（{error.strerror}），请检查权限，或复制到别处再试。") from None
    try:
        return reader(data, path.name)
    except UserError as error:
        raise UserError(str(error) if path.name in str(error) else f"文件「{path.name}」：{error}") from None


def _read_text(data: bytes, name: str) -> Imported:
    from importers.recognise import recognise
    from importers.text import decode, read_text

    template: Template = load_template()
    found = recognise(read_text(decode(data, name)), template)
    return _imported(found.document, found.report, name)


def _read_package(data: bytes, name: str) -> Imported:
    from importers.package import read_package

    draft = read_package(data, name)
    return Imported(
        draft, Report((Note(Kind.FOUND, f"数据包「{name}」：{len(draft.document.projects)} 个项目，完整读入。"),))
    )


def _imported(document: GoalDocument, report: Report, name: str) -> Imported:
    return Imported(Draft(document, provenance=Provenance(source=name)), report)


_READERS: dict[str, Callable[[bytes, str], Imported]] = {".txt": _read_text, ".json": _read_package}
