"""What the program says about each field, step and key of the window: read from the texts it ships."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.document.fieldnames import LABELS, PART_LABELS, is_text
from models.document.tree import Indicator, Measure, Project, SubGoal
from resources import ROOT

FOLDER = ROOT / "help"

_PLAIN_LISTS = frozenset({"projects[].goals", "projects[].spending_plan", "unplaced"})
"""Lists of texts: their places have no help of their own."""

_PARTS = (
    ("projects[].indicators[].", Indicator),
    ("projects[].", Project),
    ("sub_goals[].", SubGoal),
    ("safeguards[].", Measure),
)
_VALUE = "projects[].indicators[].value"


class HelpError(ValueError):
    """A help text that cannot be used; names file and entry. Only a damaged installation has one."""


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """`title` is the field's label. `good` and `bad` are one example each, `why` what is wrong with the bad one; "" for none."""

    key: str
    title: str
    text: str
    good: str = ""
    bad: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class StepHelp:
    """`number`: 0 the start page, 1–6 the steps, 7 the page of reports; `order`: what to do first, one a line; `chapter`: of the manual."""

    number: int
    title: str
    text: str
    order: tuple[str, ...]
    chapter: str


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """The keys, as (keys, what they do), that work in one place of the window."""

    id: str
    title: str
    keys: tuple[tuple[str, str], ...]


def read_toml(path: Path) -> Mapping[str, Any]:
    """The file's tables; HelpError where it is missing or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise HelpError(f"{path.name}: {error}") from error


@cache
def fields() -> Mapping[str, FieldHelp]:
    """All help of fields, by their key."""
    found = {}
    for key, entry in read_toml(FOLDER / "fields.toml").items():
        strange = entry.keys() - {"title", "text", "good", "bad", "why"}
        title = entry.get("title") or label(key)
        if strange or not entry.get("text") or not title:
            raise HelpError(f"fields.toml: {key}")
        found[key] = FieldHelp(key, title, *(entry.get(name, "") for name in ("text", "good", "bad", "why")))
    return found


@cache
def steps() -> Mapping[int, StepHelp]:
    """The help of the start page and the steps, by their number."""
    return {
        entry["number"]: StepHelp(
            entry["number"], entry["title"], entry["text"], tuple(entry["order"]), entry["chapter"]
        )
        for entry in read_toml(FOLDER / "steps.toml")["step"]
    }


def key_places(shortcuts: Mapping[str, str]) -> Mapping[str, KeyPlace]:
    """Every place with its keys, in the order in which the manual lists them.

    `shortcuts`: the key sequences of every action and panel by its id, separated by blanks. HelpError where an entry names
    one that has none.
    """
    return {
        entry["id"]: KeyPlace(entry["id"], entry["title"], tuple(_keys(line, shortcuts) for line in entry["keys"]))
        for entry in read_toml(FOLDER / "keys.toml")["place"]
    }


def _keys(line: Any, shortcuts: Mapping[str, str]) -> tuple[str, str]:
    """A line of keys.toml as (keys, what they do)."""
    if isinstance(line, list):
        return line[0], line[1]
    for name in line["actions"]:
        if not shortcuts.get(name):
            raise HelpError(f"keys.toml: {name}")
    return "、".join(" 或 ".join(shortcuts[name].split()) for name in line["actions"]), line["does"]


def key_of(path: str) -> str:
    """A field path as help knows it: [] for ids, no place in a list of texts."""
    key = re.sub(r"\[[^\]]*\]", "[]", path)
    return key.removesuffix("[]") if key.removesuffix("[]") in _PLAIN_LISTS else key


def label(key: str) -> str:
    """The form's own words for a field, by its key; "" where it has none."""
    for beginning, kind in _PARTS:
        if key.startswith(beginning):
            return PART_LABELS[kind].get(key.removeprefix(beginning), "")
    return LABELS.get(key, "")


def field_help(path: str, part: str = "") -> FieldHelp | None:
    """The help of the field at that path; `part` names one of a value's columns: sign, number or unit.

    None where there is none: for a whole part, say.
    """
    key = key_of(path)
    return fields().get(f"{key}.{part}" if part and key == _VALUE else key)


def keys_for(path: str, step: int, places: Mapping[str, KeyPlace]) -> tuple[KeyPlace, ...]:
    """Those of the places whose keys help in that field ("" for none) of that step, the nearest first."""
    key = key_of(path)
    wanted: list[str] = []
    if step == 0:
        wanted.append("start")
    elif ".indicators" in key:
        wanted += ["table", "cell"]
    elif key == "projects[].goals":
        wanted.append("goals")
    elif key and is_text(key):
        wanted.append("text")
    if step == 5:
        wanted.append("project")
    if step in {3, 4, 5}:
        wanted.append("list")
    if step == 6:
        wanted += ["export", "charts"]
    return tuple(places[name] for name in (*wanted, "anywhere"))
