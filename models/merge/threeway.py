"""The changes of a unit's text brought into the department's: field by field, against what was merged last.

What changed on one side alone is taken; what changed on both differently is a conflict: the department's words stay, and the
unit's are asked about. The result has two halves: the department's part as it shall be, and what is «merged last» from now on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from typing import Any, Literal

from models.document.tree import Items, Unit

Kind = Literal["both", "deleted_there", "deleted_here"]
NOTHING: Any = type("Nothing", (), {"__repr__": lambda _self: "NOTHING"})()
"""Where a side has no such part."""


class Choice(Enum):
    """What to do about a conflict. LATER keeps the department's words and asks again at the next merge."""

    LATER = "以后再定"
    OURS = "保留部门的"
    THEIRS = "采用单位的"


@dataclass(frozen=True, slots=True)
class Conflict:
    """`number`: of the unit, from 0; `path`: in the department's text (in what was merged last where that has no such part).

    `kind`: changed on both sides, deleted by the unit and changed here, deleted here and changed by the unit.
    """

    number: int
    unit: Unit
    path: str
    kind: Kind
    base: Any
    ours: Any
    theirs: Any

    @property
    def key(self) -> tuple[int, str]:
        return self.number, self.path


@dataclass(frozen=True, slots=True)
class Note:
    """Something the merge left as it is: «deleted» here and unchanged there, or «order» changed on both sides."""

    number: int
    kind: Literal["deleted", "order"]
    path: str
    part: Any = None


class ThreeWay:
    """One unit's changes. `decided`: the answers to conflicts; what is not decided is left for later."""

    def __init__(self, number: int, unit: Unit, decided: Mapping[tuple[int, str], Choice]) -> None:
        self._number, self._unit, self._decided = number, unit, decided
        self.conflicts: list[Conflict] = []
        self.notes: list[Note] = []

    def choice(self, path: str, kind: Kind, base: Any, ours: Any, theirs: Any) -> Choice:
        """Lists a conflict; what was decided about it."""
        conflict = Conflict(self._number, self._unit, path, kind, base, ours, theirs)
        self.conflicts.append(conflict)
        return self._decided.get(conflict.key, Choice.LATER)

    def merge(self, path: str, base: Any, theirs: Any, ours: Any) -> tuple[Any, Any]:
        """(what stands there from now on, what was merged last from now on)."""
        if theirs == base or ours == theirs:
            return ours, theirs
        if ours == base:
            return theirs, theirs
        if is_dataclass(theirs) and type(base) is type(ours) is type(theirs):
            return self._fields(path, base, theirs, ours)
        if isinstance(theirs, tuple) and len(theirs) == len(ours) == len(base):
            return self._places(path, base, theirs, ours)
        return {
            Choice.LATER: (ours, base),
            Choice.OURS: (ours, theirs),
            Choice.THEIRS: (theirs, theirs),
        }[self.choice(path, "both", base, ours, theirs)]

    def _fields(self, path: str, base: Any, theirs: Any, ours: Any) -> tuple[Any, Any]:
        new, last = {}, {}
        for field in fields(theirs):
            inside = isinstance(theirs, Items) and field.name == "items"
            name = path if inside else f"{path}.{field.name}"
            merge = self.parts if inside or field.name == "indicators" else self.merge
            three = (getattr(side, field.name) for side in (base, theirs, ours))
            new[field.name], last[field.name] = merge(name, *three)
        return replace(ours, **new), replace(theirs, **last)

    def _places(self, path: str, base: Any, theirs: Any, ours: Any) -> tuple[Any, Any]:
        pairs = [self.merge(f"{path}[{at}]", *three) for at, three in enumerate(zip(base, theirs, ours, strict=True))]
        return tuple(new for new, _last in pairs), tuple(last for _new, last in pairs)

    def parts(
        self,
        path: str,
        base: Sequence[Any],
        theirs: Sequence[Any],
        ours: Sequence[Any],
        place: Callable[[list[str]], int] = len,
    ) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """The same for lists of parts with ids. `place`: where the unit's first part goes in a list of ids."""
        old, new, here = ({part.id: part for part in parts} for parts in (base, theirs, ours))
        results: dict[str, Any] = {}
        last: dict[str, Any] = {}
        for id_ in dict.fromkeys((*here, *new, *old)):
            three = tuple(parts.get(id_, NOTHING) for parts in (old, new, here))
            result, merged = self._part(f"{path}[{id_}]", *three)
            results[id_], last[id_] = result, merged
        order = [id_ for id_ in here if results[id_] is not NOTHING]
        order = self._ordered(path, [*old], [*new], order)
        order = _with_new(order, [id_ for id_ in new if results[id_] is not NOTHING], place)
        known = [id_ for id_ in dict.fromkeys((*new, *old)) if last[id_] is not NOTHING]
        return tuple(results[id_] for id_ in order), tuple(last[id_] for id_ in known)

    def _part(self, path: str, base: Any, theirs: Any, ours: Any) -> tuple[Any, Any]:
        if theirs is not NOTHING and ours is not NOTHING:
            return self.merge(path, base, theirs, ours)
        if base is NOTHING:
            return (ours, NOTHING) if theirs is NOTHING else (theirs, theirs)
        if theirs is NOTHING:
            return self._gone_there(path, base, ours)
        if theirs == base:
            self.notes.append(Note(self._number, "deleted", path, base))
            return NOTHING, theirs
        return {
            Choice.LATER: (NOTHING, base),
            Choice.OURS: (NOTHING, theirs),
            Choice.THEIRS: (theirs, theirs),
        }[self.choice(path, "deleted_here", base, ours, theirs)]

    def _gone_there(self, path: str, base: Any, ours: Any) -> tuple[Any, Any]:
        if ours is NOTHING or ours == base:
            return NOTHING, NOTHING
        return {
            Choice.LATER: (ours, base),
            Choice.OURS: (ours, NOTHING),
            Choice.THEIRS: (NOTHING, NOTHING),
        }[self.choice(path, "deleted_there", base, ours, NOTHING)]

    def _ordered(self, path: str, old: list[str], new: list[str], order: list[str]) -> list[str]:
        """The department's order, with the unit's parts among themselves as the unit has put them, where only the unit did."""
        shared = {*old} & {*new} & {*order}
        was, now, here = ([id_ for id_ in ids if id_ in shared] for ids in (old, new, order))
        if now in (was, here):
            return order
        if here != was:
            self.notes.append(Note(self._number, "order", path))
            return order
        following = iter(now)
        return [next(following) if id_ in shared else id_ for id_ in order]


def _with_new(order: list[str], theirs: list[str], place: Callable[[list[str]], int]) -> list[str]:
    """The order with the unit's new parts: each behind the unit's part before it, the first ones before the part after them."""
    known = {*order}
    behind: dict[str, list[str]] = {}
    first, last = list[str](), ""
    for id_ in theirs:
        if id_ in known:
            last = id_
        else:
            (behind.setdefault(last, []) if last else first).append(id_)
    if first:
        after = next((id_ for id_ in theirs if id_ in known), None)
        start = place(order) if after is None else order.index(after)
        order = [*order[:start], *first, *order[start:]]
    return [each for id_ in order for each in (id_, *behind.get(id_, ()))]
