"""Field paths: addresses by stable ids, such as `projects[p2].indicators[i7].value`.

A name steps into a field; `[id]` into the part with that id; `[0]` to a place in a list of texts or of parts without ids, from 0.
Every function takes the root value the path starts at (a GoalDocument, or a Draft) and gives a new root.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from functools import cache, partial
from operator import is_
from typing import Any, TypeVar

from models.document.tree import Items
from models.grouping import grouped

RootT = TypeVar("RootT")

_STEP = re.compile(r"(?:^|\.)(?P<name>[a-z_][a-z0-9_]*)|\[(?P<key>[A-Za-z0-9_-]+)\]")


_Edit = tuple[tuple["Step", ...], str, Callable[[Any], Any]]
"""The steps of a path, the path, and what makes of the value there the one that shall stand there."""


class PathError(LookupError):
    """The path is malformed, or nothing stands there (a deleted part, a place past the end)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: into a field (`name`) or into a list (`key`: an id, or digits for a place)."""

    name: str = ""
    key: str = ""


@cache
def parse(path: str) -> tuple[Step, ...]:
    """The steps of a path; PathError where it is none."""
    steps, position = [], 0
    while position < len(path):
        found = _STEP.match(path, position)
        if not found:
            raise PathError(path)
        steps.append(Step(found["name"] or "", found["key"] or ""))
        position = found.end()
    if not steps or steps[0].key or path.startswith("."):
        raise PathError(path)
    return tuple(steps)


def parent(path: str) -> tuple[str, str]:
    """(path of the list, key): `projects[p2]` → (`projects`, `p2`); PathError where the path does not end in a key."""
    head, bracket, key = path.rpartition("[")
    if not bracket or not key.endswith("]"):
        raise PathError(path)
    return head, key[:-1]


def get(root: object, path: str) -> Any:
    """What stands there. A section (`sub_goals`) gives its Items, a list its tuple."""
    value: Any = root
    for step in parse(path):
        value = _descend(value, step, path)
    return value


def replace(root: RootT, path: str, value: object) -> RootT:
    """The root with that value there; the same root where it is there already."""
    return _rebuild(root, [(parse(path), path, partial(_instead, value))])


def replace_all(root: RootT, values: Mapping[str, object]) -> RootT:
    """The root with each value at its path, as by one `replace` after the other; every list is rebuilt once, however many of
    its parts change. No path may lead into another one of them."""
    edits: list[_Edit] = [(parse(path), path, partial(_instead, value)) for path, value in values.items()]
    return _rebuild(root, edits) if edits else root


def _instead(value: object, _old: object) -> object:
    return value


def insert(root: RootT, path: str, index: int, value: object) -> RootT:
    """The root with the value inserted into the list at `path`; an index past the end appends."""
    return _edit_list(root, path, lambda parts: (*parts[: max(index, 0)], value, *parts[max(index, 0) :]))


def remove(root: RootT, path: str) -> RootT:
    """The root without the part at `path` (`…[id]`)."""
    head, key = parent(path)

    def without(parts: tuple[Any, ...]) -> tuple[Any, ...]:
        place = _place(parts, key, path)
        return parts[:place] + parts[place + 1 :]

    return _edit_list(root, head, without)


def move(root: RootT, path: str, index: int) -> RootT:
    """The root with the part at `path` standing at `index` of its list (held within its bounds)."""
    head, key = parent(path)

    def moved(parts: tuple[Any, ...]) -> tuple[Any, ...]:
        place = _place(parts, key, path)
        rest = list(parts[:place] + parts[place + 1 :])
        rest.insert(max(0, min(index, len(rest))), parts[place])
        return tuple(rest)

    return _edit_list(root, head, moved)


def index_of(root: object, path: str) -> int:
    """The place, from 0, of the part at `path` in its list."""
    head, key = parent(path)
    return _place(_parts(get(root, head), path), key, path)


_PLACES: dict[int, tuple[tuple[Any, ...], Mapping[str, int]]] = {}
"""Of the lists looked into last, where each id stands in them: a key struck in a large text looks into the same one many
times. A list never changes, so what is known of it stays right."""
_MOST_PLACES = 16


def places_by_id(parts: tuple[Any, ...]) -> Mapping[str, int]:
    """Where each part stands, from 0; of several with one id the first."""
    known = _PLACES.get(id(parts))
    if known is None or known[0] is not parts:
        ids = [getattr(part, "id", None) for part in parts]
        places = {
            one: at for at, one in zip(range(len(ids) - 1, -1, -1), reversed(ids), strict=True) if one is not None
        }
        return _remember(parts, places)
    return known[1]


def _remember(parts: tuple[Any, ...], places: Mapping[str, int]) -> Mapping[str, int]:
    if len(_PLACES) >= _MOST_PLACES:
        _PLACES.clear()
    _PLACES[id(parts)] = (parts, places)
    return places


def _parts(value: Any, path: str) -> tuple[Any, ...]:
    parts = value.items if isinstance(value, Items) else value
    if not isinstance(parts, tuple):
        raise PathError(path)
    return parts


def _place(parts: tuple[Any, ...], key: str, path: str) -> int:
    found = places_by_id(parts).get(key)
    if found is not None:
        return found
    if key.isdigit() and int(key) < len(parts) and not hasattr(parts[int(key)], "id"):
        return int(key)
    raise PathError(path)


def _descend(value: Any, step: Step, path: str) -> Any:
    if step.key:
        parts = _parts(value, path)
        return parts[_place(parts, step.key, path)]
    if step.name not in getattr(value, "__dataclass_fields__", ()):
        raise PathError(path)
    return getattr(value, step.name)


def _rebuild(value: RootT, edits: Sequence[_Edit], depth: int = 0) -> RootT:
    """The value after the edits that lead into it; the same one where they change nothing."""
    steps, _, change = edits[0]
    if depth == len(steps):
        new: RootT = change(value)
        return value if isinstance(new, str | int) and type(new) is type(value) and new == value else new
    below = grouped((edit[0][depth], edit) for edit in edits)
    named = {step: inside for step, inside in below.items() if not step.key}
    keyed = {step: inside for step, inside in below.items() if step.key}
    value = _with_fields(value, named, depth)
    rebuilt: RootT = _with_parts(value, keyed, depth) if keyed else value
    return rebuilt


def _with_fields(value: Any, below: Mapping[Step, Sequence[_Edit]], depth: int) -> Any:
    fresh = {}
    for step, edits in below.items():
        old = _descend(value, step, edits[0][1])
        new = _rebuild(old, edits, depth + 1)
        if new is not old:
            fresh[step.name] = new
    return replace_fields(value, **fresh) if fresh else value


def _with_parts(value: Any, below: Mapping[Step, Sequence[_Edit]], depth: int) -> Any:
    parts = _parts(value, next(iter(below.values()))[0][1])
    rebuilt, keep_ids = list(parts), True
    for step, edits in below.items():
        place = _place(parts, step.key, edits[0][1])
        rebuilt[place] = _rebuild(parts[place], edits, depth + 1)
        keep_ids = keep_ids and getattr(rebuilt[place], "id", None) == step.key
    if all(map(is_, rebuilt, parts)):
        return value
    after = tuple(rebuilt)
    if keep_ids:
        _remember(after, places_by_id(parts))  # the next key looks into this one
    return replace_fields(value, items=after) if isinstance(value, Items) else after


def _edit_list(root: RootT, path: str, change: Any) -> RootT:
    def edit(value: Any) -> Any:
        parts = change(_parts(value, path))
        return replace_fields(value, items=parts) if isinstance(value, Items) else parts

    return _rebuild(root, [(parse(path), path, edit)])
