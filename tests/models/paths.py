"""Every field of a document or a draft with its path, found by walking the values and not by the code under test."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from models.document.tree import Items


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """(path, value) of everything that is no part and no list; ids aside."""
    if isinstance(value, tuple):
        for place, part in enumerate(value):
            yield from leaves(part, f"{path}[{getattr(part, 'id', place)}]")
    elif isinstance(value, Items):
        yield f"{path}.preface", value.preface
        yield f"{path}.numbering", value.numbering
        yield from leaves(value.items, path)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "id":
                yield from leaves(getattr(value, field.name), f"{path}.{field.name}" if path else field.name)
    else:
        yield path, value


def lists(value: object, path: str = "") -> Iterator[tuple[str, tuple[object, ...]]]:
    """(path, parts) of every list whose parts have ids, and of the lists of texts."""
    if isinstance(value, Items):
        yield path, value.items
    elif isinstance(value, tuple):
        yield path, value
        for part in value:
            if is_dataclass(part) and hasattr(part, "id"):
                yield from lists(part, f"{path}[{part.id}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from lists(getattr(value, field.name), f"{path}.{field.name}" if path else field.name)
