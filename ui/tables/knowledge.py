"""What the table knows beyond its own draft: the library, what earlier drafts used, units somebody added."""

from collections.abc import Callable, Sequence
from threading import Thread
from typing import TypeVar, cast

from models.document import Indicator
from models.errors import UserError
from models.library import (
    Entry,
    Memory,
    UsedIndicator,
    combined,
    earlier_values,
    own_units,
    remember_unit,
    suggestions,
)
from models.pinyin import initials
from models.session import Session

_MOST = 8
_T = TypeVar("_T")


class Knowledge:
    """Asks the session's store once a draft; a store that does not answer leaves the library alone to suggest."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: object = None
        self._used: Sequence[UsedIndicator] = ()
        self._entries: Sequence[Entry] = ()
        self._warmed = False

    def _ask(self, question: Callable[[Memory], _T], otherwise: _T) -> _T:
        store = self._session.store
        if not hasattr(store, "used_indicators"):
            return otherwise
        try:
            return question(cast(Memory, store))
        except UserError:
            return otherwise

    def _learn(self) -> None:
        asked = (id(self._session.store), self._session.draft_id)
        if asked != self._asked:
            self._asked = asked
            self._used = self._ask(lambda store: store.used_indicators(self._session.draft_id), ())
            self._entries = combined(self._used)

    def warm(self) -> None:
        """Somebody goes to the table: what the first letter of a name would have to wait for is fetched beside the work."""
        self._learn()
        if not self._warmed:
            self._warmed = True
            names = [entry.name for entry in self._entries]
            Thread(target=lambda: [initials(name) for name in names], name="pinyin", daemon=True).start()

    def entries(self) -> Sequence[Entry]:
        """Indicators of earlier drafts, then those of the library."""
        self._learn()
        return self._entries

    def suggest(self, text: str, row: Indicator) -> Sequence[Entry]:
        """The best few for the row's tiers; of other tiers where its own have none."""
        for tiers in ((row.tier1, row.tier2), (row.tier1, ""), ("", "")):
            found = suggestions(self.entries(), text, *tiers, most=_MOST)
            if found:
                return found
        return ()

    def earlier(self, name: str) -> Sequence[UsedIndicator]:
        self._learn()
        return earlier_values(self._used, name)

    def units(self) -> Sequence[str]:
        return self._ask(own_units, ())

    def remember_unit(self, unit: str) -> None:
        self._ask(lambda store: remember_unit(store, unit), None)
