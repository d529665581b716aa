"""A text form as data: a folder of `resources/forms/` read into one immutable Template."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.document.table_layout import FormCell, FormTable, read_tables
from models.document.toml_values import TomlValues, read_toml_values
from models.errors import UserError
from resources import ROOT

FORMS = ROOT / "forms"
FORM_FILE = "form.toml"
TEXT = "text"
"""The kind of a form that is a whole text; a draft is edited in one of these."""
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
    """A text form. `tables`: the project's own and that of its indicators, under one row of labels."""

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
    tables: tuple[FormTable, FormTable]
    page: Page
    fonts: tuple[FontScheme, ...]

    @property
    def columns(self) -> tuple[int, ...]:
        """The widths of the project table's grid."""
        return self.tables[0].columns

    @property
    def project_rows(self) -> tuple[tuple[FormCell, ...], ...]:
        """The cells of the project table, row by row."""
        return tuple(row.cells for row in self.tables[0].rows)

    @property
    def indicator_columns(self) -> tuple[IndicatorColumn, ...]:
        """The columns of the indicator table: what its header calls them and what stands below."""
        header, row = self.tables[1].rows
        return tuple(
            IndicatorColumn(label.label or "", cell.field or "", cell.columns, cell.align)
            for label, cell in zip(header.cells, row.cells, strict=True)
        )

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


_LONGEST_ID = 60
"""Characters of an id that a sentence quotes."""


@cache
def load_template(template_id: str = DEFAULT, folder: Path = FORMS) -> Template:
    """The template of that id. UserError names file and key of a fault, or the id where there is no such template.

    An id is the name of an installed template and nothing else: a document may come from anywhere, so it never leads to a
    file by a path.
    """
    if template_id not in template_ids(folder):
        shown = template_id if len(template_id) <= _LONGEST_ID else f"{template_id[:_LONGEST_ID]}…"
        raise UserError(f"没有名为「{shown}」的模板，本程序没有带它，也没有安装它，请用带有这个模板的版本打开。")
    return _read(read_toml_values(folder / template_id / FORM_FILE))


def template_ids(folder: Path = FORMS) -> tuple[str, ...]:
    """The ids of all templates, sorted."""
    return tuple(sorted(form_id for form_id, kind in form_kinds(folder) if kind == TEXT))


def form_kinds(folder: Path = FORMS) -> tuple[tuple[str, str], ...]:
    """(id, kind) of all forms in a folder, sorted; one whose file cannot be read is of no kind."""
    return tuple((file.parent.name, _kind(file)) for file in sorted(folder.glob(f"*/{FORM_FILE}")))


@cache
def _kind(file: Path) -> str:
    found = _KIND.search(file.read_text(encoding="utf-8", errors="replace"))
    return found[1] if found else TEXT


_KIND = re.compile(r'^kind\s*=\s*"(\w*)"', re.MULTILINE)


def _read(reader: TomlValues) -> Template:
    tiers, choices = reader.table("tiers"), reader.table("choices")
    schemes = tuple(_read_scheme(entry) for entry in tiers.tables("schemes"))
    default = tiers.text("default")
    if default not in {scheme.id for scheme in schemes}:
        raise tiers.fault("default", f"指向不存在的体系「{default}」")
    checkpoints = reader.table("checkpoints").record(Checkpoints)
    return Template(
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
        tables=_read_tables(reader),
        page=reader.table("page").record(Page),
        fonts=tuple(entry.record(FontScheme) for entry in reader.tables("fonts")),
    )


def _read_scheme(entry: TomlValues) -> TierScheme:
    tiers = {tier.text("name"): tier.list_of("tier2", str) for tier in entry.tables("tier1")}
    return TierScheme(entry.text("id"), entry.text("name"), tiers)


def _read_tables(reader: TomlValues) -> tuple[FormTable, FormTable]:
    tables = read_tables(reader)
    if len(tables) != 2 or [row.each for row in tables[1].rows] != ["", "indicators"]:
        raise reader.fault("tables", '应为两张表：项目信息表，和一行表头、一行 each = "indicators" 的指标表')
    return tables[0], tables[1]
