"""A whole draft as a few compressed bytes, and back: what a version keeps."""

import json
import zlib
from dataclasses import is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from models.document.tree import Draft, plain

_LEVEL = 6


def pack(draft: Draft) -> bytes:
    """The same draft gives the same bytes."""
    text = json.dumps(plain(draft), ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), _LEVEL)


def unpack(content: bytes) -> Draft:
    """The draft of `pack`. Fields a later version of the program added take their defaults; ValueError for other bytes."""
    try:
        written = json.loads(zlib.decompress(content))
    except zlib.error as error:
        raise ValueError("no packed draft") from error
    draft: Draft = record_of(Draft, written)
    return draft


def record_of(kind: Any, value: Any) -> Any:
    """What `plain` made of a value of that type, made a record or a tuple of records again; fields it does not name take
    their defaults."""
    if isinstance(value, list):
        return tuple(record_of(get_args(kind)[0], part) for part in value)
    if isinstance(value, dict):
        inside = {name: record_of(one, value[name]) for name, one in _composed(kind).items() if name in value}
        return (get_origin(kind) or kind)(**value | inside)
    return value


@cache
def _composed(kind: Any) -> dict[str, Any]:
    """The fields of a record that are records or lists, and their types: `Project | None` is Project."""
    cls = get_origin(kind) or kind
    variables = dict(zip(getattr(cls, "__parameters__", ()), get_args(kind), strict=True))
    hints = ((name, _without_none(hint)) for name, hint in get_type_hints(cls).items())
    return {
        name: hint[tuple(variables[one] for one in hint.__parameters__)]
        if getattr(hint, "__parameters__", ())
        else hint
        for name, hint in hints
        if get_origin(hint) is tuple or is_dataclass(get_origin(hint) or hint)
    }


def _without_none(hint: Any) -> Any:
    return next(one for one in get_args(hint) if one is not NoneType) if isinstance(hint, UnionType) else hint
