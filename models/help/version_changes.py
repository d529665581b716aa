"""更新记录: what is new in each version, as the program shows it."""

from dataclasses import dataclass
from functools import cache

from models.help.help_texts import FOLDER, read_toml


@dataclass(frozen=True, slots=True)
class Version:
    """`number` «0.1.0», `day` «2026-11», and what the user gets, a sentence each."""

    number: str
    day: str
    changes: tuple[str, ...]


@cache
def versions() -> tuple[Version, ...]:
    """The newest first."""
    entries = read_toml(FOLDER / "changes.toml")["version"]
    return tuple(Version(entry["number"], entry["day"], tuple(entry["changes"])) for entry in entries)


def written() -> str:
    """All of them as a text."""
    lists = ([f"{one.number}（{one.day}）", *(f"· {change}" for change in one.changes)] for one in versions())
    return "\n\n".join(map("\n".join, lists))
