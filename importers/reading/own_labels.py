"""The user's own words for labels and headers: a file in the data folder, beside the shipped vocabulary and of the same form."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from importers.reading.reading_labels import DETAIL, PROJECT, known_fields
from importers.table_grid import label_key
from models.disk import why
from models.errors import UserError

NAME = "labels.toml"
MAX_BYTES = 1_000_000
_PREFIXES = {"project": PROJECT, "details": DETAIL, "indicator": ""}


OwnLabels = tuple[tuple[str, str], ...]
"""Labels, each with its field, as the user explained them."""

_IN_USE: ContextVar[OwnLabels] = ContextVar("own_labels", default=())


@contextmanager
def reading_with(folder: Path | None) -> Iterator[None]:
    """What is read inside knows the labels in this folder, too."""
    token = _IN_USE.set(load(folder) if folder is not None else ())
    try:
        yield
    finally:
        _IN_USE.reset(token)


def in_use() -> OwnLabels:
    """The labels known to what is being read."""
    return _IN_USE.get()


def load(folder: Path) -> OwnLabels:
    """The labels of a folder; none where it has no such file. UserError names the file where it is faulty."""
    fields = {
        label_key(word): _PREFIXES[section] + name
        for section, lists in _read(folder / NAME).items()
        for name, words in lists.items()
        for word in words
    }
    return tuple(fields.items())


def remember(folder: Path, label: str, path: str) -> None:
    """Notes that a label means the field at this path of a project («budget», «details.lead», «indicators[i1].value»).
    UserError where the file cannot be read or written."""
    file = folder / NAME
    section, name = "project", _NAMES.get(path, path)
    for beginning, own_section in (("details.", "details"), ("indicators[", "indicator")):
        if path.startswith(beginning):
            section, name = own_section, path.rpartition(".")[2]
    lists = {each: {key: list(words) for key, words in own.items()} for each, own in _read(file).items()}
    for own in lists.values():
        for words in own.values():
            words[:] = [word for word in words if label_key(word) != label_key(label)]
    lists.setdefault(section, {}).setdefault(name, []).append(label)
    _write(file, _as_toml(lists))


_NAMES = {"unit.name": "unit", "unit.code": "unit_code"}


def _read(file: Path) -> Mapping[str, Mapping[str, list[str]]]:
    try:
        if not file.is_file():
            return {}
        if file.stat().st_size > MAX_BYTES:
            raise UserError(f"您自己的表头文件「{file}」大得不正常，请删掉它，或者改正后再试。")
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"您自己的表头文件「{file}」有错（{error}），请改正，或者删掉它，再导入。") from None
    except OSError as error:
        raise UserError(f"您自己的表头文件「{file}」无法读取（{why(error)}），请检查权限。") from None
    for section, lists in data.items():
        if section not in _PREFIXES or not isinstance(lists, dict):
            raise UserError(f"您自己的表头文件「{file}」里的 [{section}] 本程序不认识，请改正，或者删掉它，再导入。")
        for name, words in lists.items():
            if _PREFIXES[section] + name not in known_fields():
                raise UserError(
                    f"您自己的表头文件「{file}」里的 {section}.{name} 本程序不认识，请改正，或者删掉它，再导入。"
                )
            if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                raise UserError(
                    f"您自己的表头文件「{file}」里的 {section}.{name} 应该是一列文字，请改正，或者删掉它，再导入。"
                )
    return data


def _as_toml(lists: Mapping[str, Mapping[str, list[str]]]) -> str:
    lines = ["# 您在「放好未归位的文字」里说明过的标签和表头，导入时用。可以改，可以删。"]
    for section, own in lists.items():
        lines.append(f"\n[{section}]")
        lines += [f"{name} = {json.dumps(words, ensure_ascii=False)}" for name, words in own.items() if words]
    return "\n".join(lines) + "\n"


def _write(file: Path, text: str) -> None:
    fresh = file.with_suffix(".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        raise UserError(f"您自己的表头文件「{file}」无法写入（{why(error)}），下次导入不会记得这个标签。") from None
