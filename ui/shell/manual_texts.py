"""The manual and the keys of each place, with the shortcuts the window has."""

from collections.abc import Mapping
from functools import cache

from models.help.help_texts import KeyPlace, key_places
from models.help.manual_chapters import Chapter, chapters
from ui.shell.actions import ACTIONS
from ui.shell.side_panel import PANELS


def shortcuts() -> Mapping[str, str]:
    """The key sequences of every action and panel by its id, separated by blanks; "" for none."""
    return {entry.id: entry.shortcut for entry in ACTIONS} | {entry.id: entry.keys for entry in PANELS}


@cache
def keys() -> Mapping[str, KeyPlace]:
    """Every place of the window with the keys that work there."""
    return key_places(shortcuts())


@cache
def manual() -> tuple[Chapter, ...]:
    """The chapters of the manual."""
    return chapters(shortcuts())
