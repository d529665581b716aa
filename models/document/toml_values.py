"""Takes typed values out of a TOML file; what is missing or of the wrong kind is named by file, key and line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from models.errors import UserError

_KINDS = {str: "文字", int: "整数", float: "数", bool: "true 或 false", list: "列表", dict: "表"}
T = TypeVar("T", str, int, float, bool, list[Any], dict[str, Any])

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")


def read_toml_values(file: Path) -> "TomlValues":
    """The values of a file. UserError where it is no TOML."""
    try:
        text = file.read_text(encoding="utf-8")
        return TomlValues(file, text, tomllib.loads(text))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"表样文件 {file} 不是正确的 TOML：{error}") from None


class TomlValues:
    """A table of the file; `prefix`: the path of keys that leads to it."""

    def __init__(self, file: Path, text: str, values: Mapping[str, Any], prefix: str = "") -> None:
        self._file, self._text, self._values, self._prefix = file, text, values, prefix

    def fault(self, key: str, what: str) -> UserError:
        where = f"{self._prefix}{key}"
        line = line_of(self._text, where)
        return UserError(f"表样文件 {self._file} 第 {line} 行的「{where}」{what}，请改正后重新打开程序。")

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        if key not in self._values:
            if default is not None:
                return default
            raise self.fault(key, "缺失")
        value: T = self._values[key]
        if type(value) is not kind and (kind, type(value)) != (float, int):
            raise self.fault(key, f"类型不对：应为 {_KINDS[kind]}")
        return kind(value)

    def text(self, key: str, default: str | None = None) -> str:
        return self.take(key, str, default)

    def has(self, key: str) -> bool:
        return key in self._values

    def is_text(self, key: str, words: str) -> bool:
        """Whether these words stand there."""
        return bool(self._values.get(key) == words)

    def refuse_unknown(self, known: tuple[str, ...]) -> None:
        """A key that means nothing is a mistyped one."""
        for key in self._values:
            if key not in known:
                raise self.fault(key, "是不认识的键")

    def span(self, key: str) -> int:
        """How many columns or rows are covered; 1 where nothing is said."""
        value = self.take(key, int, 1)
        if value < 1:
            raise self.fault(key, f"不能是 {value}，应为 1 以上的整数")
        return value

    def field_of(self, cls: type[Any], key: str = "field", default: str | None = None) -> str:
        """The path of a field below a part: `budget`, `details.lead`, one place in a list (`spending_plan[0]`)."""
        field = self.take(key, str, default)
        if field and not is_field(cls, field):
            raise self.fault(key, f"指向不存在的栏目「{field}」")
        return field

    def list_of(self, key: str, kind: type) -> tuple[Any, ...]:
        values = self.take(key, list)
        if any(type(value) is not kind for value in values):
            raise self.fault(key, f"类型不对：每一项应为 {_KINDS[kind]}")
        return tuple(values)

    def table(self, key: str) -> "TomlValues":
        return TomlValues(self._file, self._text, self.take(key, dict), f"{self._prefix}{key}.")

    def tables(self, key: str) -> list["TomlValues"]:
        entries = self.list_of(key, dict)
        if not entries:
            raise self.fault(key, "不能为空")
        return [
            TomlValues(self._file, self._text, entry, f"{self._prefix}{key}[{place}].")
            for place, entry in enumerate(entries)
        ]

    def record(self, cls: type[Any]) -> Any:
        """A dataclass of plain values, each field a key of the same name."""
        return cls(**{f.name: self._plain(f.name, f.type) for f in fields(cls)})

    def _plain(self, key: str, kind: Any) -> Any:
        if kind in {str, int, float}:
            return self.take(key, kind)
        return self.list_of(key, int if kind == tuple[int, ...] else str)


def is_field(cls: type[Any], path: str) -> bool:
    """Whether a path leads to a field of such a part, or to one place of a list in it."""
    name, _, below = path.partition(".")
    name = name.partition("[")[0]
    if name not in {f.name for f in fields(cls)}:
        return False
    kind = get_type_hints(cls)[name]
    return not below or (is_dataclass(kind) and is_field(kind, below))  # type: ignore[arg-type]  # a class


def line_of(text: str, path: str) -> int:
    """The line, counted from 1, on which a key stands, or the nearest table around it."""
    at = 0
    for name, place in _STEP.findall(path):
        if place:
            found = list(re.finditer(rf"^\[\[[\w.\"]*\b{name}\]\]", text[at:], re.MULTILINE))
            at += found[int(place)].start() if int(place) < len(found) else 0
        elif step := re.search(rf"^\[\[?(?:[\w.]*\.)?{name}\]|(?<![\w.]){name}\s*=", text[at:], re.MULTILINE):
            at += step.start()
    return text.count("\n", 0, at) + 1
