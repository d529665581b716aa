"""The one table of settings: each a field with its type, its default and what it may be; where it is kept between starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.document.tree import Settings

PREFIX = "preference."
"""Under which the store remembers them."""
LOOK_FILE = "look.txt"
"""What the first paint needs, in the data folder: it must be known before the store is open, and where it does not open."""
THEMES = ("system", "light", "dark")
LEAST_POINTS, MOST_POINTS = 9, 20


def _setting(default: Any, allowed: Callable[[Any], bool] = lambda _value: True, early: bool = False) -> Any:
    return field(default=default, metadata={"allowed": allowed, "early": early})


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the user chose for all drafts. A new setting is one line here and one row in the dialog.

    `font`: a family, "" the system's; `size`: points, 0 as the system says. From `tier_scheme` to `unit_headings`: what a
    new draft begins with; an id the form does not know stands for its own default.
    """

    font: str = _setting("", early=True)
    size: int = _setting(0, lambda points: points == 0 or LEAST_POINTS <= points <= MOST_POINTS, early=True)
    theme: str = _setting("system", lambda theme: theme in THEMES, early=True)
    tier_scheme: str = _setting("2015")
    font_scheme: str = _setting("gb")
    cover: bool = _setting(True)
    contents: bool = _setting(True)
    new_page_per_project: bool = _setting(True)
    unit_headings: bool = _setting(False)
    author: str = _setting("")

    def settings(self) -> Settings:
        """What a new draft begins with."""
        from models.document.tree import Settings  # the first paint reads the look, and needs no document

        return Settings(**{one.name: getattr(self, one.name) for one in fields(Settings)})


EARLY = tuple(f.name for f in fields(Preferences) if f.metadata["early"])
"""The settings in LOOK_FILE; the others are in the store."""


_READ: Mapping[str, Callable[[str], object]] = {"str": str, "int": int, "bool": lambda text: bool(int(text))}


def text_of(value: object) -> str:
    """How a value is kept."""
    return str(int(value)) if isinstance(value, bool) else str(value)


def with_texts(preferences: Preferences, kept: Mapping[str, str]) -> Preferences:
    """The settings with what was kept of them; what nobody could have chosen is left out."""
    found: dict[str, Any] = {}
    for one in fields(Preferences):
        text = kept.get(one.name)
        if text is None:
            continue
        with suppress(ValueError):
            value = _READ[str(one.type)](text)
            if one.metadata["allowed"](value):
                found[one.name] = value
    return replace(preferences, **found)


def read_look(folder: Path) -> Preferences:
    """The settings with those of LOOK_FILE; the usual ones where there is no such file, or none that can be read."""
    try:
        lines = (folder / LOOK_FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return Preferences()
    kept = {name: text for name, mark, text in (line.partition("=") for line in lines) if mark and name in EARLY}
    return with_texts(Preferences(), kept)


def write_look(folder: Path, preferences: Preferences) -> None:
    """Keeps the settings the first paint needs. OSError where the folder cannot be written."""
    lines = (f"{name}={text_of(getattr(preferences, name))}\n" for name in EARLY)
    (folder / LOOK_FILE).write_text("".join(lines), encoding="utf-8")


def recall(preferences: Preferences, kept: Callable[[str], str]) -> Preferences:
    """The settings with those of the store: `kept(key)` is what it remembers under a key, "" for nothing."""
    found = {f.name: kept(PREFIX + f.name) for f in fields(Preferences) if f.name not in EARLY}
    return with_texts(preferences, {name: text for name, text in found.items() if text})


def remember(preferences: Preferences, keep: Callable[[str, str], None]) -> None:
    """Keeps the settings of the store: `keep(key, text)` for each."""
    for one in fields(Preferences):
        if one.name not in EARLY:
            keep(PREFIX + one.name, text_of(getattr(preferences, one.name)))
