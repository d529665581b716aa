"""The form as data: a folder of `resources/templates/` read into one immutable Template."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from models.document.tree import Indicator, Project
from models.errors import UserError
from resources import ROOT

TEMPLATES = ROOT / "templates"
DEFAULT = "hebei-2022"


@dataclass(frozen=True, slots=True)
class Labels:
    """The form's own words."""

    part_one: str
    part_one_name: str
    overall_goal: str
    sub_goals: str
    safeguards: str
    part_two: str
    part_two_name: str
    contents: str
    goal: str
    indicator: str
    project_title: str
    amount_unit: str


@dataclass(frozen=True, slots=True)
class Numbering:
    items: str
    goals: str
    item_choices: tuple[str, ...]
    goal_choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bookmarks:
    section: str
    project: str
    unit: str


@dataclass(frozen=True, slots=True)
class Checkpoints:
    months: tuple[int, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TierScheme:
    """一级 → 二级, in the form's order."""

    id: str
    name: str
    tiers: Mapping[str, tuple[str, ...]]

    def parent(self, tier2: str) -> str | None:
        """The 一级 a 二级 belongs to; None where the scheme does not know it."""
        return next((tier1 for tier1, below in self.tiers.items() if tier2 in below), None)


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of the project table: a label, or a field of the project. Spans in columns and rows; align label | value | text."""

    label: str | None
    field: str | None
    columns: int
    rows: int
    align: str


@dataclass(frozen=True, slots=True)
class IndicatorColumn:
    label: str
    field: str
    columns: int
    align: str


@dataclass(frozen=True, slots=True)
class Page:
    """Millimetres for paper and margins, points for type; `cell_margin` in twips."""

    width: float
    height: float
    margin_top: float
    margin_bottom: float
    margin_left: float
    margin_right: float
    line_pitch: float
    body_size: float
    indent_characters: int
    table_size: float
    table_pitch: float
    table_border: float
    cell_margin: int


@dataclass(frozen=True, slots=True)
class FontScheme:
    id: str
    name: str
    body: str
    heading: str
    subheading: str
    title: str
    number: str
    latin: str


@dataclass(frozen=True, slots=True)
class Template:
    """One form. `columns`: the table grid's widths in twips."""

    id: str
    name: str
    document_name: str
    labels: Labels
    numbering: Numbering
    bookmarks: Bookmarks
    checkpoints: Checkpoints
    default_scheme: str
    schemes: tuple[TierScheme, ...]
    basis_choices: tuple[str, ...]
    amount_units: tuple[str, ...]
    units: Mapping[str, tuple[str, ...]]
    columns: tuple[int, ...]
    project_rows: tuple[tuple[TableCell, ...], ...]
    indicator_columns: tuple[IndicatorColumn, ...]
    page: Page
    fonts: tuple[FontScheme, ...]

    def scheme(self, scheme_id: str) -> TierScheme:
        """The tier scheme of that id, the default one where the template has none such."""
        return next((s for s in self.schemes if s.id == scheme_id), self.schemes[0])

    def font_scheme(self, scheme_id: str) -> FontScheme:
        """The font scheme of that id, the first one where the template has none such."""
        return next((s for s in self.fonts if s.id == scheme_id), self.fonts[0])

    @property
    def known_units(self) -> frozenset[str]:
        """All units of the picker."""
        return frozenset(unit for group in self.units.values() for unit in group)


class _Reader:
    """Takes typed values out of a TOML table; what is missing or of the wrong kind is named by file and key."""

    def __init__(self, file: Path, values: Mapping[str, Any], prefix: str = "") -> None:
        self._file, self._values, self._prefix = file, values, prefix

    def fault(self, key: str, what: str) -> UserError:
        return UserError(f"模板文件 {self._file} 的「{self._prefix}{key}」{what}，请改正后重新打开程序。")

    def take(self, key: str, kind: type, default: Any = None) -> Any:
        if key not in self._values:
            if default is not None:
                return default
            raise self.fault(key, "缺失")
        value = self._values[key]
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is not kind:
            raise self.fault(key, f"类型不对：应为 {_KINDS[kind]}")
        return value

    def text(self, key: str) -> str:
        value: str = self.take(key, str)
        return value

    def span(self, key: str) -> int:
        """How many columns or rows are covered; 1 where nothing is said."""
        value: int = self.take(key, int, 1)
        if value < 1:
            raise self.fault(key, f"不能是 {value}，应为 1 以上的整数")
        return value

    def field_of(self, cls: type[Any], default: str | None = None) -> str:
        """The name of a field of that part, or of one place in it (`spending_plan[0]`)."""
        field: str = self.take("field", str, default)
        if field and field.partition("[")[0] not in {f.name for f in fields(cls)}:
            raise self.fault("field", f"指向不存在的栏目「{field}」")
        return field

    def list_of(self, key: str, kind: type) -> tuple[Any, ...]:
        values = self.take(key, list)
        if any(type(value) is not kind for value in values):
            raise self.fault(key, f"类型不对：每一项应为 {_KINDS[kind]}")
        return tuple(values)

    def table(self, key: str) -> "_Reader":
        return _Reader(self._file, self.take(key, dict), f"{self._prefix}{key}.")

    def tables(self, key: str) -> list["_Reader"]:
        entries = self.list_of(key, dict)
        if not entries:
            raise self.fault(key, "不能为空")
        return [_Reader(self._file, entry, f"{self._prefix}{key}[{place}].") for place, entry in enumerate(entries)]

    def record(self, cls: type[Any]) -> Any:
        """A dataclass of plain values, each field a key of the same name."""
        return cls(**{f.name: self._plain(f.name, f.type) for f in fields(cls)})

    def _plain(self, key: str, kind: Any) -> Any:
        if kind in {str, int, float}:
            return self.take(key, kind)
        return self.list_of(key, int if kind == tuple[int, ...] else str)


_KINDS = {str: "文字", int: "整数", float: "数", list: "列表", dict: "表"}


_LONGEST_ID = 60
"""Characters of an id that a sentence quotes."""


@cache
def load_template(template_id: str = DEFAULT, folder: Path = TEMPLATES) -> Template:
    """The template of that id. UserError names file and key of a fault, or the id where there is no such template.

    An id is the name of an installed template and nothing else: a document may come from anywhere, so it never leads to a
    file by a path.
    """
    if template_id not in template_ids(folder):
        shown = template_id if len(template_id) <= _LONGEST_ID else f"{template_id[:_LONGEST_ID]}…"
        raise UserError(f"没有名为「{shown}」的模板，本程序没有带它，也没有安装它，请用带有这个模板的版本打开。")
    file = folder / template_id / "template.toml"
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"模板文件 {file} 不是正确的 TOML：{error}") from None
    return _read(_Reader(file, values))


def template_ids(folder: Path = TEMPLATES) -> tuple[str, ...]:
    """The ids of all templates, sorted."""
    return tuple(sorted(file.parent.name for file in folder.glob("*/template.toml")))


def _read(reader: _Reader) -> Template:
    tiers, choices = reader.table("tiers"), reader.table("choices")
    schemes = tuple(_read_scheme(entry) for entry in tiers.tables("schemes"))
    default = tiers.text("default")
    if default not in {scheme.id for scheme in schemes}:
        raise tiers.fault("default", f"指向不存在的体系「{default}」")
    columns = reader.table("geometry").list_of("columns", int)
    checkpoints = reader.table("checkpoints").record(Checkpoints)
    template = Template(
        id=reader.text("id"),
        name=reader.text("name"),
        document_name=reader.text("document_name"),
        labels=reader.table("labels").record(Labels),
        numbering=reader.table("numbering").record(Numbering),
        bookmarks=reader.table("bookmarks").record(Bookmarks),
        checkpoints=checkpoints,
        default_scheme=default,
        schemes=tuple(sorted(schemes, key=lambda scheme: scheme.id != default)),
        basis_choices=choices.list_of("basis", str),
        amount_units=choices.list_of("amount_units", str),
        units={group.text("group"): group.list_of("units", str) for group in choices.tables("units")},
        columns=columns,
        project_rows=tuple(
            tuple(_read_cell(cell) for cell in row.tables("cells")) for row in reader.tables("project_table")
        ),
        indicator_columns=tuple(
            IndicatorColumn(
                entry.text("label"),
                entry.field_of(Indicator),
                entry.span("columns"),
                entry.take("align", str, "value"),
            )
            for entry in reader.tables("indicator_table")
        ),
        page=reader.table("page").record(Page),
        fonts=tuple(entry.record(FontScheme) for entry in reader.tables("fonts")),
    )
    _check_geometry(reader, template)
    return template


def _read_scheme(entry: _Reader) -> TierScheme:
    tiers = {tier.text("name"): tier.list_of("tier2", str) for tier in entry.tables("tier1")}
    return TierScheme(entry.text("id"), entry.text("name"), tiers)


def _read_cell(entry: _Reader) -> TableCell:
    label, field = entry.take("label", str, ""), entry.field_of(Project, "")
    if bool(label) == bool(field):
        raise entry.fault("label", "与 field 必须恰有一个")
    align = entry.take("align", str, "label" if label else "value")
    return TableCell(label or None, field or None, entry.span("columns"), entry.span("rows"), align)


def _check_geometry(reader: _Reader, template: Template) -> None:
    """Every row of both tables fills the grid exactly."""
    grid = len(template.columns)
    covered: dict[int, int] = {}
    for place, row in enumerate(template.project_rows):
        width = sum(cell.columns for cell in row) + covered.get(place, 0)
        if width != grid:
            raise reader.fault(f"project_table[{place}].cells", f"合计 {width} 列，应为 {grid} 列")
        for cell in row:
            for below in range(place + 1, place + cell.rows):
                covered[below] = covered.get(below, 0) + cell.columns
            if place + cell.rows > len(template.project_rows):
                raise reader.fault(f"project_table[{place}].cells", "中有单元格向下超出了表格")
    width = sum(column.columns for column in template.indicator_columns)
    if width != grid:
        raise reader.fault("indicator_table", f"合计 {width} 列，应为 {grid} 列")
