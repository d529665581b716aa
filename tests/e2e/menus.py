"""The menus as a clerk uses them by keyboard, looking where the keys stand."""

from itertools import count

from tests.e2e.desktop import Desktop
from tests.waiting import until


def entries(screen: Desktop) -> dict[str, tuple[str, int]]:
    """The entries of all menus that can be chosen now, each with the letter of its menu and its place in it: from the end
    where that is nearer, so -1 is the last one."""
    found = {}
    for menu, below in screen.menus():
        letter = menu[menu.index("(") + 1].lower()
        enabled = [_name(entry) for entry, can_be_chosen in below if can_be_chosen]
        middle = len(enabled) // 2
        found |= {
            name: (letter, place if place <= middle else place - len(enabled)) for place, name in enumerate(enabled)
        }
    return found


def choose(screen: Desktop, entry: str) -> None:
    """Of the menus, which are filled after the window is shown."""
    screen.focused()
    choose_at(screen, entry, *until(lambda: entries(screen).get(entry), f"the entry {entry}") or ("", 0))


def choose_at(screen: Desktop, entry: str, letter: str, place: int) -> None:
    """An entry whose place is known."""
    _open(screen, letter)
    screen.keys(*["Down"] * place, *["Up"] * -place)
    until(lambda: _name(screen.entry()) == entry, f"the keys at «{entry}», they are at «{screen.entry()}»")
    screen.keys("Return")


def _name(entry: str) -> str:
    """Without its key."""
    return entry.partition("\t")[0]


def _open(screen: Desktop, letter: str) -> None:
    """Where Alt was taken alone, a clerk leaves the menus and presses it again."""
    asked = count()

    def is_open() -> bool:
        if next(asked) % 50 == 49:
            screen.keys("Escape", f"alt+{letter}")
        return screen.entry() != ""

    screen.keys(f"alt+{letter}")
    until(is_open, f"the menu of alt+{letter}")
