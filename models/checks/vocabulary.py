"""The checker's words: the files of `resources/checks/`, which anyone can extend without touching the program.

A file holds lists of words (`vague = ["力争", "努力"]`) and tables from a word to a word or to several
(`[typos]` / `遇算 = "预算"`). A key is named `file.key`, for example `goals.vague`; inner tables go on with dots.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from models.errors import UserError
from resources import ROOT

FOLDER = ROOT / "checks"


class Vocabulary:
    """All words, immutable once read. Equal only to itself."""

    def __init__(self, values: Mapping[str, Any], folder: Path) -> None:
        self._values, self._folder = values, folder
        self._patterns: dict[str, re.Pattern[str]] = {}

    def words(self, key: str) -> tuple[str, ...]:
        """The list of words of that name."""
        value = self._take(key)
        if not isinstance(value, tuple):
            raise self._fault(key, "应为文字的列表")
        return value

    def table(self, key: str) -> Mapping[str, str]:
        """The table of that name, each word with the one it leads to."""
        value = self._take(key)
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise self._fault(key, '应为「词 = "词"」的表')
        return value

    def groups(self, key: str) -> Mapping[str, tuple[str, ...]]:
        """The table of that name, each name with its list of words."""
        value = self._take(key)
        if not isinstance(value, dict) or not all(isinstance(item, tuple) for item in value.values()):
            raise self._fault(key, "应为「名称 = [词]」的表")
        return value

    def pattern(self, key: str) -> re.Pattern[str]:
        """A pattern that finds any of the words of that name (a table's left words), the longest first."""
        if key not in self._patterns:
            value = self._take(key)
            self._patterns[key] = any_of(value)
        return self._patterns[key]

    def _take(self, key: str) -> Any:
        value: Any = self._values
        for name in key.split("."):
            if not isinstance(value, dict) or name not in value:
                raise self._fault(key, "缺失")
            value = value[name]
        return value

    def _fault(self, key: str, what: str) -> UserError:
        file, _, rest = key.partition(".")
        return UserError(f"词库文件 {self._folder / file}.toml 的「{rest}」{what}，请改正后重新打开程序。")


def any_of(words: Any) -> re.Pattern[str]:
    """A pattern that finds any of the words, the longest first; of none it finds nothing."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)) if ordered else r"(?!)")


@cache
def load_vocabulary(folder: Path = FOLDER) -> Vocabulary:
    """All files of the folder. UserError names the file, and the key where a value is not of the known kinds."""
    values = {file.stem: _read(file) for file in sorted(folder.glob("*.toml"))}
    return Vocabulary(values, folder)


def _read(file: Path) -> Mapping[str, Any]:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"词库文件 {file} 不是正确的 TOML：{error}") from None
    return {key: _frozen(value, file, key) for key, value in values.items()}


def _frozen(value: Any, file: Path, key: str) -> Any:
    if isinstance(value, str) and value:
        return value
    if isinstance(value, dict):
        return {name: _frozen(inner, file, f"{key}.{name}") for name, inner in value.items()}
    if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
        return tuple(value)
    raise UserError(f"词库文件 {file} 的「{key}」类型不对：应为文字、文字的列表或它们的表，且不能为空。")
