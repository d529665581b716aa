"""The finance bureau's online system: its table of indicators as data, and the draft's indicators in its columns."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.document.tree import GoalDocument, Indicator, Project
from models.document.values import SIGNS, parse_value
from models.errors import UserError
from resources import ROOT

FOLDER = ROOT / "bureau"
USUAL = "hebei"
WORDS = "定性"
"""The kind of value that has no sign: its words stand in the column of the number."""

_INDICATOR = ("tier1", "tier2", "name", "description", "basis", "weight")
_VALUE = ("sign", "number", "unit")
_PROJECT = {"project.code": "code", "project.name": "name"}
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．－", "0123456789.-", ",，")


@dataclass(frozen=True, slots=True)
class BureauColumn:
    """A column of the system. `longest`: characters it takes, 0 for any number; `plain`: refuses the system's characters."""

    label: str
    content: str
    width: float
    longest: int
    plain: bool

    @property
    def field(self) -> str:
        """The field of an indicator it is filled from, "" for one of the project."""
        return "value" if self.content in _VALUE else "" if self.content in _PROJECT else self.content


@dataclass(frozen=True, slots=True)
class BureauSystem:
    """A system: `signs` leads from a sign, or WORDS, to the system's code; `refused`: characters it does not take."""

    id: str
    name: str
    sheet: str
    refused: str
    signs: Mapping[str, str]
    columns: tuple[BureauColumn, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator's value as the system wants it; `doubt`: why it may not be what was meant, "" where it is sure."""

    sign: str
    number: str
    unit: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value the user should look at before it goes into the system."""

    path: str
    where: str
    text: str


def split_value(value: str) -> Entry:
    """The value's sign (one of SIGNS, WORDS, or "" for an empty value), its number without marks between the digits, its unit."""
    if not value.strip():
        return Entry("", "", "", "指标值是空的，计算符号和指标值都留空")
    parsed = parse_value(value)
    if parsed.number:
        return Entry(parsed.meaning, parsed.number.translate(_HALF_WIDTH), parsed.unit)
    if any(char.isdigit() for char in value) or value.strip().startswith((*SIGNS, *"<>=≧≦⩾⩽")):
        return Entry(WORDS, value, "", "拆不出符号、数字和单位，按定性指标照原文写入")
    return Entry(WORDS, value, "")


def system_row(project: Project, row: Indicator, system: BureauSystem) -> tuple[str, ...]:
    """The cells of one indicator, in the order of the system's columns."""
    entry = split_value(row.value)
    values = {"sign": system.signs.get(entry.sign, ""), "number": entry.number, "unit": entry.unit}
    values |= {name: getattr(row, name) for name in _INDICATOR}
    values |= {name: getattr(project, field) for name, field in _PROJECT.items()}
    return tuple(values[column.content] for column in system.columns)


def project_rows(project: Project, system: BureauSystem) -> list[tuple[str, ...]]:
    """The rows of one project."""
    return [system_row(project, row, system) for row in project.annual_indicators]


def header(system: BureauSystem) -> tuple[str, ...]:
    """The labels of the system's columns."""
    return tuple(column.label for column in system.columns)


def doubts(document: GoalDocument, project_id: str = "") -> Iterator[Doubt]:
    """Every value that was not surely split, with its place; of one project, or of all."""
    for number, project in enumerate(document.projects, 1):
        if project_id and project.id != project_id:
            continue
        for place, row in enumerate(project.indicators, 1):
            entry = split_value(row.value)
            if entry.doubt and row.scope == "annual":
                words = f"「{_brief(row.value)}」" if row.value.strip() else ""
                where = f"项目 {number} · 指标 {place} · 指标值"
                path = f"projects[{project.id}].indicators[{row.id}].value"
                yield Doubt(path, where, f"{where}{words}：{entry.doubt}。")


def _brief(text: str) -> str:
    line = " ".join(text.split("\n"))
    return line if len(line) <= 30 else f"{line[:30]}…"


@cache
def load_systems(folder: Path = FOLDER) -> tuple[BureauSystem, ...]:
    """All systems, the usual one first. UserError names file and key of a fault."""
    systems = [_read(file) for file in sorted(folder.glob("*.toml"))]
    return tuple(sorted(systems, key=lambda system: system.id != USUAL))


def usual_system() -> BureauSystem:
    """The system the checks speak of."""
    systems = load_systems()
    if not systems:
        raise UserError(f"文件夹 {FOLDER} 里没有录入系统的列表文件，请重新安装程序。")
    return systems[0]


def _read(file: Path) -> BureauSystem:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"录入系统文件 {file} 不是正确的 TOML：{error}") from None
    columns = values.get("columns")
    if not isinstance(columns, list) or not columns:
        raise _fault(file, "columns", "缺失或不是列表")
    signs = _take(values, "signs", dict, file)
    missing = [sign for sign in (*SIGNS, WORDS) if not isinstance(signs.get(sign), str)]
    if missing:
        raise _fault(file, f"signs.{missing[0]}", "缺失或不是文字")
    return BureauSystem(
        _take(values, "id", str, file),
        _take(values, "name", str, file),
        _take(values, "sheet", str, file),
        _take(values, "refused", str, file, ""),
        signs,
        tuple(_column(entry, f"columns[{place}].", file) for place, entry in enumerate(columns)),
    )


def _column(entry: Any, prefix: str, file: Path) -> BureauColumn:
    if not isinstance(entry, dict):
        raise _fault(file, prefix.rstrip("."), "不是一列")
    content = _take(entry, "content", str, file, prefix=prefix)
    if content not in {*_INDICATOR, *_VALUE, *_PROJECT}:
        raise _fault(file, f"{prefix}content", f"指向不存在的栏目「{content}」")
    return BureauColumn(
        _take(entry, "label", str, file, prefix=prefix),
        content,
        float(_take(entry, "width", int, file, 80, prefix)),
        _take(entry, "longest", int, file, 0, prefix),
        _take(entry, "plain", bool, file, False, prefix),
    )


def _take(values: Mapping[str, Any], key: str, kind: type, file: Path, default: Any = None, prefix: str = "") -> Any:
    value = values.get(key, default)
    if type(value) is not kind:
        raise _fault(file, prefix + key, "缺失或类型不对")
    return value


def _fault(file: Path, key: str, what: str) -> UserError:
    return UserError(f"录入系统文件 {file} 的「{key}」{what}，请改正后重新打开程序。")
