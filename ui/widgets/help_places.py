"""Where the manual speaks of a dialog: said by the dialog itself, or by who shows one of Qt's."""

from collections.abc import Iterator
from contextlib import contextmanager

PLACE = "help"
"""Property of a dialog: a chapter of the manual, or «chapter#section»."""

_places: list[str] = []


@contextmanager
def helped_by(place: str) -> Iterator[None]:
    """While one of Qt's ready-made dialogs is shown: where the manual speaks of it."""
    _places.append(place)
    try:
        yield
    finally:
        _places.pop()


def asked_for() -> str:
    """The place of the ready-made dialog that is shown; "" for none."""
    return _places[-1] if _places else ""
