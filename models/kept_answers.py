"""Answers that are kept for the next question, and forgotten together: many files would fill the memory with them."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

_FORGETTING: list[Callable[[], None]] = []


def remembered(size: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A function of words of a text whose last answers are kept, as many as `size`, until `forget`."""

    def keep(function: Callable[P, R]) -> Callable[P, R]:
        kept = lru_cache(size)(function)
        _FORGETTING.append(kept.cache_clear)
        return cast(Callable[P, R], kept)

    return keep


def forget() -> None:
    """Forgets all that is remembered of texts."""
    for clear in _FORGETTING:
        clear()
