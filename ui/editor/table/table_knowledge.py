"""What the table knows beyond its own draft: the libraries, what earlier drafts used, units somebody added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, TypeVar, cast

from models.document.tree import Indicator, Project
from models.errors import UserError
from models.indicators.indicator_library import Entry, Memory, UsedIndicator, kinds_of, own_units, remember_unit
from models.session.session import Session

if TYPE_CHECKING:
    from models.document.template import TierScheme
    from models.indicators.indicator_search import IndicatorIndex
    from models.indicators.own_library import OwnLibrary

_MOST = 8
_ENOUGH = 3
"""So many recommended ones are a list; to fewer, the library's first ones are better."""
_ASK_AGAIN = 5.0
"""Seconds after which a store that gave no answer is asked again."""
_T = TypeVar("_T")


class Knowledge:
    """Asks the session's store once a draft; a store that does not answer leaves the program's library to suggest."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: object = None
        self._used: Sequence[UsedIndicator] = ()
        self._own: OwnLibrary | None = None
        self._index: IndicatorIndex | None = None
        self._unanswered = 0.0
        """When the store last gave no answer; 0 where it has answered."""

    def _ask(self, question: Callable[[Memory], _T], otherwise: _T) -> _T:
        """While somebody types: no answer is waited for."""
        store = self._session.store
        if store is None or not hasattr(store, "used_indicators"):
            return otherwise
        try:
            with store.without_waiting() if hasattr(store, "without_waiting") else nullcontext():
                return question(cast(Memory, store))
        except UserError:
            self._unanswered = monotonic()
            return otherwise

    def _learn(self) -> IndicatorIndex:
        from models.indicators.indicator_search import IndicatorIndex
        from models.indicators.own_library import OwnLibrary, known_entries, load_own

        scheme = self.scheme
        asked = (id(self._session.store), self._session.draft_id, scheme.id)
        if self._unanswered and monotonic() - self._unanswered > _ASK_AGAIN:
            self._unanswered, self._asked = 0.0, None
        if asked != self._asked or self._index is None:
            self._asked = asked
            self._used = self._ask(lambda store: store.used_indicators(self._session.draft_id), ())
            self._own = self._ask(load_own, OwnLibrary())
            self._index = IndicatorIndex(known_entries(self._used, self._own, scheme))
        return self._index

    @property
    def scheme(self) -> TierScheme:
        """The draft's tiers."""
        return self._session.template.scheme(self._session.draft.settings.tier_scheme)

    def warm(self) -> None:
        """Somebody goes to the table: what the first letter of a name would have to wait for is fetched beside the work."""
        from models.indicators.own_library import OwnLibrary, load_own

        before = self._index
        if before is not None and self._own != self._ask(load_own, OwnLibrary()):
            self._asked = None  # it was changed meanwhile
        index = self._learn()
        if index is not before:
            Thread(target=index.warm, name="pinyin", daemon=True).start()

    def index(self) -> IndicatorIndex:
        """Own indicators, those of earlier drafts, then those of the program's library, to search in."""
        return self._learn()

    def entries(self) -> Sequence[Entry]:
        """All of them, in that order."""
        return self._learn().entries

    def used(self) -> Sequence[UsedIndicator]:
        """The rows of other drafts, those of the draft saved last first."""
        self._learn()
        return self._used

    def own(self) -> OwnLibrary:
        """What was added by hand, and what is hidden."""
        from models.indicators.own_library import OwnLibrary

        self._learn()
        return self._own or OwnLibrary()

    def suggest(self, text: str, row: Indicator, project_id: str = "") -> Sequence[Entry]:
        """The best few for the row's tiers; of other tiers where its own have none. To no text, what is recommended."""
        from models.document.tiers import tier_distance

        tiers = row.tier1, row.tier2
        if not text and len(fitting := self._recommended(row.tier2, project_id)) >= _ENOUGH:
            return fitting
        found = self._learn().search(text, tiers, self.kinds(project_id), most=_MOST)
        # What answers best stands first: a slip in the row's own tiers is no reason to hide the very words in another one.
        far = [tier_distance((entry.tier1, entry.tier2), tiers) for entry in found]
        return tuple(entry for entry, distance in zip(found, far, strict=True) if distance == far[0])

    def _recommended(self, tier2: str, project_id: str) -> Sequence[Entry]:
        """What suits a project that says something, in that tier, with the values it names."""
        from models.document.tiers import plain_tier
        from models.indicators.suggesting import suggested

        project = self._project(project_id)
        if project is None or not (project.name.strip() or project.fund_use.strip()):
            return ()
        found = suggested(project, self.scheme, self.used(), self.own())
        wanted = [one for one in found if plain_tier(one.entry.tier2) == plain_tier(tier2)]
        return tuple(
            replace(one.entry, value=one.value, year=0, source=one.value_from) if one.value else one.entry
            for one in wanted[:_MOST]
        )

    def _project(self, project_id: str) -> Project | None:
        return next((each for each in self._session.document.projects if each.id == project_id), None)

    def kinds(self, project_id: str) -> Sequence[str]:
        """Of which kinds a project of the draft is."""
        project = self._project(project_id)
        return kinds_of(f"{project.name} {project.fund_use}") if project else ()

    def units(self) -> Sequence[str]:
        return self._ask(own_units, ())

    def remember_unit(self, unit: str) -> None:
        self._ask(lambda store: remember_unit(store, unit), None)
