"""Reads a JSON package back into a draft; what it cannot take whole it refuses, naming the field."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

from models.document.cleaning import clean_line, clean_text
from models.document.fieldnames import is_text
from models.document.template import load_template
from models.document.tree import PLAN_LENGTH, Draft
from models.errors import UserError
from models.exchange.package_contents import MAX_PARTS, count_parts

FORMATS = ("goalform/1", "goalform/2")
"""`/2`: with what later versions added (监控 and 自评, columns of other forms than Hebei's)."""
MAX_BYTES = 64 * 1024 * 1024

_LAST_YEAR = 9999
"""The only number of a draft is its year."""

_TAG = re.compile(r"goalform/([0-9]{1,9})")
_PLACE = re.compile(r"\[[0-9]+\]")
_ID = re.compile(r"(?![0-9]+\Z)[A-Za-z0-9_-]+")
_ID_FIELDS = (".id", ".project_id", ".indicator_id")
_SEVERAL_OUTSIDE = re.compile(
    r"remarks\[\]\.(?:text|answer)|ignored\[\]\.(?:excerpt|reason)|provenance\..*|reports\[\]\.projects\[\]\..*"
)


def read_package(data: bytes, name: str) -> Draft:
    """The draft of a package. UserError says in one sentence what is wrong with file `name`, down to the field's path.

    Keys left out take their defaults; keys this version does not know are refused, so that nothing is lost in silence.
    """
    reader = _Reader(name)
    content = reader.parse(data)
    reader.check_format(content)
    del content["format"]
    draft: Draft = reader.record(Draft, content, "", {})
    try:
        load_template(draft.document.template)
    except UserError as error:  # a form that is not installed here
        reader.refuse(f"不能读取：{error}")
    return draft


class _Reader:
    """Turns parsed JSON into dataclasses by their type hints. Paths count places from 0, as field paths do."""

    def __init__(self, name: str) -> None:
        self._name = name

    def refuse(self, what: str) -> NoReturn:
        raise UserError(f"文件「{self._name}」{what}")

    def parse(self, data: bytes) -> dict[str, Any]:
        if len(data) > MAX_BYTES:
            self.refuse(f"超过 {MAX_BYTES // 1024 // 1024} MB，不像一份填报数据，没有读取，请检查是否选错了文件。")
        if not data.strip():
            self.refuse("是空的，没有可以读取的内容，请检查是否选错了文件。")
        if count_parts(data) > MAX_PARTS:
            self.refuse("的内容多得不正常，没有读取，请让对方重新导出。")
        try:
            content = json.loads(data.decode("utf-8-sig"), object_pairs_hook=self._unique)
        except (ValueError, RecursionError, MemoryError):  # a bad encoding is a ValueError too
            self.refuse("不是完整的 JSON 数据（可能在传送中损坏），请让对方重新发送，或检查是否选错了文件。")
        if not isinstance(content, dict):
            self.refuse("不是本程序的填报数据包，请检查是否选错了文件。")
        return content

    def _unique(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        content = dict(pairs)
        if len(content) < len(pairs):
            twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
            self.refuse(f"中的「{_brief(twice)}」在同一处出现了两次，无法判断以哪个为准，请让对方重新导出。")
        return content

    def check_format(self, content: dict[str, Any]) -> None:
        tag = content.get("format")
        found = _TAG.fullmatch(tag) if isinstance(tag, str) else None
        if found is None:
            self.refuse("不是本程序的填报数据包（缺少 format 标记），请检查是否选错了文件。")
        if int(found[1]) > len(FORMATS):
            self.refuse(f"由更新版本的程序生成（{tag}），请升级本程序后再打开。")
        if tag not in FORMATS:
            self.refuse(f"的格式版本 {tag} 无法识别，请让对方重新导出。")

    def record(self, cls: Any, value: Any, path: str, variables: dict[Any, Any]) -> Any:
        """A dataclass; `variables` gives the types of its type variables (`Items[SubGoal]`)."""
        if not isinstance(value, dict):
            self._wrong_kind(path, "一组字段（对象）")
        hints, required = _shape(cls)
        for key in value:
            if key not in hints:
                self.refuse(
                    f"含有本版本不认识的字段「{_brief(_join(path, key))}」，为免丢失内容没有读取，请升级本程序后再打开。"
                )
        for key in required:
            if key not in value:
                self.refuse(f"缺少字段「{_join(path, key)}」，请让对方重新导出。")
        decoded = {key: self.decode(hints[key], part, _join(path, key), variables) for key, part in value.items()}
        return cls(**decoded)

    def decode(self, kind: Any, value: Any, path: str, variables: dict[Any, Any]) -> Any:
        """The value as `kind`: text, whole number, yes or no, a choice, a list or a dataclass."""
        if kind is str:  # most values are texts: they take the short way
            return self._plain(kind, value, path)
        kind = variables.get(kind, kind) if isinstance(kind, TypeVar) else kind
        origin = get_origin(kind)
        if origin in (Union, UnionType):
            if value is None:
                return None
            kind = next(choice for choice in get_args(kind) if choice is not type(None))
            return self.decode(kind, value, path, variables)
        if origin is tuple:
            return self._list(get_args(kind)[0], value, path, variables)
        if origin is Literal:
            if value not in get_args(kind):
                self._wrong_kind(path, " 或 ".join(map(str, get_args(kind))))
            return value
        if is_dataclass(origin or kind):
            cls = origin or kind
            return self.record(
                cls, value, path, dict(zip(getattr(cls, "__parameters__", ()), get_args(kind), strict=True))
            )
        return self._plain(kind, value, path)

    def _plain(self, kind: Any, value: Any, path: str) -> Any:
        if type(value) is not kind:
            self._wrong_kind(path, _KINDS[kind])
        if kind is int and not 0 < value <= _LAST_YEAR:
            self._wrong_kind(path, "四位数的年份")
        if kind is not str:
            return value
        if path.endswith(_ID_FIELDS) and not _ID.fullmatch(value):
            self.refuse(f"的「{path}」不是合法的编号（应为字母、数字、- 和 _，且不全是数字），请让对方重新导出。")
        return _cleaner(_PLACE.sub("[]", path))(value)[0]

    def _list(self, kind: Any, value: Any, path: str, variables: dict[Any, Any]) -> tuple[Any, ...]:
        if not isinstance(value, list):
            self._wrong_kind(path, "列表")
        if path.endswith(".spending_plan") and len(value) != PLAN_LENGTH:
            self._wrong_kind(path, f" {PLAN_LENGTH} 项的列表")
        parts = tuple(self.decode(kind, part, f"{path}[{place}]", variables) for place, part in enumerate(value))
        seen: set[str] = set()
        for place, part in enumerate(parts):
            part_id = getattr(part, "id", None)
            if part_id in seen:
                self.refuse(f"的「{path}[{place}].id」与前面的一项重复（{_brief(str(part_id))}），请让对方重新导出。")
            if part_id is not None:
                seen.add(part_id)
        return parts

    def _wrong_kind(self, path: str, wanted: str) -> NoReturn:
        self.refuse(f"的字段「{path}」类型不对，应为{wanted}，请让对方重新导出。")


@cache
def _shape(cls: type[Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """(type hint of every field, fields without a default)."""
    required = tuple(f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING)
    return get_type_hints(cls), required


_KINDS = {str: "文字", int: "整数", bool: " true 或 false"}


@cache
def _cleaner(path: str) -> Callable[[str], tuple[str, int]]:
    """A line end in a field that is printed as one line would break it in two; a cell of a table may hold several."""
    inside = path.removeprefix("document.").replace(".items[]", "[]")
    several = inside.startswith("projects[].") or is_text(inside) or _SEVERAL_OUTSIDE.fullmatch(path)
    return clean_text if several else clean_line


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _brief(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
