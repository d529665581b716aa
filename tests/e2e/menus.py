"""The menus as a clerk uses them by keyboard: each key once it is seen what the one before did."""

from itertools import count

import pytest

from tests.e2e.desktop import Desktop
from tests.waiting import until

_MOST = 60
"""Entries of a menu, at most, with room for one that is passed and comes round again."""


def entries(screen: Desktop) -> dict[str, str]:
    """The entries of all menus that can be chosen now, each with the letter of its menu."""
    return {
        _name(entry): menu[menu.index("(") + 1].lower()
        for menu, found in screen.menus()
        for entry, can_be_chosen in found
        if can_be_chosen
    }


def choose(screen: Desktop, entry: str) -> None:
    """Of the menus, which are filled after the window is shown."""
    screen.focused()
    letter = until(lambda: entries(screen).get(entry), f"the entry {entry}")
    _open(screen, letter)
    for _press in range(_MOST):
        if _here(screen) == entry:
            screen.keys("Return")
            return
        _down(screen, _here(screen))
    pytest.fail(f"Down does not lead to «{entry}»")


def _name(entry: str) -> str:
    """Without its key."""
    return entry.partition("\t")[0]


def _here(screen: Desktop) -> str:
    return _name(screen.entry())


def _down(screen: Desktop, before: str) -> None:
    screen.keys("Down")
    until(lambda: _here(screen) != before, f"another entry after «{before}»")


def _open(screen: Desktop, letter: str) -> None:
    """Where Alt was taken alone, a clerk leaves the menus and presses it again."""
    asked = count()

    def is_open() -> bool:
        if next(asked) % 50 == 49:
            screen.keys("Escape", f"alt+{letter}")
        return _here(screen) != ""

    screen.keys(f"alt+{letter}")
    until(is_open, f"the menu of alt+{letter}")
