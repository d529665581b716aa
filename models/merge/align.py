"""Gives the parts of a unit's new text the ids they have in the department's, so that the two can be compared."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from models.document.tree import GoalDocument, Indicator, Measure, Project, SubGoal, new_id
from models.grouping import grouped

PartT = TypeVar("PartT", Project, SubGoal, Measure, Indicator)
Key = Callable[[int, PartT], str]
"""What a part without a known id is known by, from its place and itself; "" is known by nothing."""

_PROJECT_KEYS: tuple[Key[Project], ...] = (
    lambda _place, project: project.code.strip(),
    lambda _place, project: project.name.strip(),
)
_ITEM_KEYS: tuple[Key[Any], ...] = (
    lambda _place, item: repr(replace(item, id="")),
    lambda _place, item: item.heading.strip(),
)
_ROW_KEYS: tuple[Key[Indicator], ...] = (
    lambda _place, row: repr(replace(row, id="")),
    lambda _place, row: f"{row.tier1}\t{row.tier2}\t{row.name}",
    lambda place, row: f"{place}\t{row.tier1}\t{row.tier2}",
)


class Aligner:
    """For one unit. `ids`: the known names of its parts; grows with what is given here."""

    def __init__(self, base: GoalDocument, ids: Iterable[tuple[str, str]], department: GoalDocument) -> None:
        self._base, self._department = base, department
        self._known = dict(ids)
        self.ids: dict[str, str] = {}

    def align(self, text: GoalDocument, taken: Iterable[str]) -> GoalDocument:
        """The unit's text under the department's ids. `taken`: ids that stand for other units' parts."""
        base, here, others = self._base, self._department, set(taken)
        return replace(
            text,
            projects=tuple(self._projects(text.projects, {*others, *_ids(here.projects)})),
            sub_goals=replace(text.sub_goals, items=self._items(text, here, "sub_goals", "s", others)),
            safeguards=replace(text.safeguards, items=self._items(text, here, "safeguards", "m", others)),
            template=base.template,
        )

    def known_ids(self, base: GoalDocument) -> tuple[tuple[str, str], ...]:
        """The names to be remembered: those given, and earlier ones that still stand for something in `base`."""
        there = {*_ids(base.projects), *_ids(base.sub_goals.items), *_ids(base.safeguards.items)} - {*self.ids.values()}
        kept = {theirs: ours for theirs, ours in self._known.items() if ours in there and theirs not in self.ids}
        return tuple((kept | self.ids).items())

    def _items(
        self, text: GoalDocument, here: GoalDocument, name: str, prefix: str, others: set[str]
    ) -> tuple[Any, ...]:
        base = getattr(self._base, name).items
        taken = {*others, *_ids(getattr(here, name).items)}
        given = self._given(getattr(text, name).items, base, _ITEM_KEYS, taken, prefix)
        return tuple(replace(item, id=id_) for item, id_ in given)

    def _projects(self, projects: Sequence[Project], taken: set[str]) -> Iterable[Project]:
        for project, id_ in self._given(projects, self._base.projects, _PROJECT_KEYS, taken, "p"):
            yield replace(project, id=id_, indicators=tuple(self._rows(project, id_)))

    def _rows(self, project: Project, id_: str) -> Iterable[Indicator]:
        base = next((one.indicators for one in self._base.projects if one.id == id_), ())
        here = next((one.indicators for one in self._department.projects if one.id == id_), ())
        inside = f"{project.id}/"
        for row, row_id in self._given(project.indicators, base, _ROW_KEYS, {*_ids(here)}, "i", inside):
            yield replace(row, id=row_id)

    def _given(
        self,
        parts: Sequence[PartT],
        base: Sequence[PartT],
        keys: Sequence[Key[PartT]],
        taken: set[str],
        prefix: str,
        inside: str = "",
    ) -> Iterable[tuple[PartT, str]]:
        """Each part with its id: of the part of `base` it is, else its own where that is free, else a fresh one."""
        names = [self._known.get(f"{inside}{part.id}", part.id if inside else "") for part in parts]
        found = _matched(parts, base, names, keys)
        taken |= {*_ids(base)}
        for place, part in enumerate(parts):
            id_ = found.get(place) or next((own for own in (names[place], part.id) if own and own not in taken), "")
            id_ = id_ or new_id(prefix)
            taken.add(id_)
            if id_ != part.id or not inside:
                self.ids[f"{inside}{part.id}"] = id_
            yield part, id_


def _matched(
    parts: Sequence[PartT], base: Sequence[PartT], names: Sequence[str], keys: Sequence[Key[PartT]]
) -> dict[int, str]:
    """The ids of the parts of `base` that the parts are, by their places."""
    free = {*_ids(base)}
    found: dict[int, str] = {}
    for place, name in enumerate(names):
        if name in free:
            free.remove(name)
            found[place] = name
    for key in keys:
        theirs = _alone({place: key(place, part) for place, part in enumerate(parts) if place not in found})
        used = {*found.values()}
        old = _alone({part.id: key(place, part) for place, part in enumerate(base) if part.id not in used})
        found |= {place: old[words] for words, place in theirs.items() if words in old}
    return found


KeyT = TypeVar("KeyT", int, str)


def _alone(words: Mapping[KeyT, str]) -> dict[str, KeyT]:
    """Who is known by which words, where nobody else is."""
    seen = grouped((text, who) for who, text in words.items())
    return {text: who[0] for text, who in seen.items() if text and len(who) == 1}


def _ids(parts: Iterable[Any]) -> Iterable[str]:
    return (part.id for part in parts)
