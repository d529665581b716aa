"""What an indicator's name measures."""

import re
from dataclasses import dataclass
from functools import cache

from models.checks.vocabulary import Vocabulary, any_of
from models.document.tree import Indicator
from models.kept_answers import remembered

_REMEMBERED = 20_000

RATIOS = frozenset({"share", "pass", "timely", "completion", "faulty", "growth", "satisfaction"})
"""Kinds of names that a percentage answers."""


AMOUNTS = frozenset({"cost", "revenue"})
COUNTS = frozenset({"count", "people", "times", "length", "area", "weight", "days"})


@dataclass(frozen=True)
class _Words:
    """The vocabulary, prepared."""

    endings: dict[str, str]
    longest: int
    fillers: frozenset[str]
    lower: re.Pattern[str]
    either: re.Pattern[str]


@cache
def _words(vocabulary: Vocabulary) -> _Words:
    endings = {word: kind for kind, words in vocabulary.groups("kinds.names").items() for word in words}
    return _Words(
        endings,
        max(map(len, endings)),
        frozenset(vocabulary.words("kinds.filler")),
        any_of(word for word in vocabulary.words("directions.bad.words") if len(word) > 1),
        vocabulary.pattern("kinds.either_direction"),
    )


_NONE = frozenset({"无", "没有"})
_BRACKETED_END = re.compile(r"[（(]([^（()）]*)[)）]\s*\Z")
_SPACES = re.compile(r"\s+")
_ON_TIME = re.compile("按时|按期|及时|准时|如期|按计划")


@remembered(_REMEMBERED)
def bare(name: str) -> str:
    """A name without spaces and without the bracket at its end: «验收合格率（%）» → «验收合格率»."""
    return _BRACKETED_END.sub("", _SPACES.sub("", name))


def bracketed(name: str) -> str:
    """What stands in the bracket at a name's end, "" without one."""
    found = _BRACKETED_END.search(name)
    return found[1].strip() if found else ""


def is_filler(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a cell says «nothing here»."""
    return text.strip() in _words(vocabulary).fillers


def is_filled_up(row: Indicator, vocabulary: Vocabulary) -> bool:
    """Whether a row only fills up its tier («无 | 无 | 无»): no other rule speaks of it. «无» answers «重大安全事故»."""
    fillers, name = _words(vocabulary).fillers, row.name.strip()
    return name in fillers or (row.value in fillers and not (row.value in _NONE and lower_is_better(name, vocabulary)))


@remembered(_REMEMBERED)
def kind_of(name: str, vocabulary: Vocabulary) -> str:
    """What the name measures: a key of [names] in kinds.toml, "" where it does not say."""
    words, core = _words(vocabulary), bare(name)
    for length in range(min(words.longest, len(core)), 0, -1):
        kind = words.endings.get(core[-length:])
        if kind:
            return _narrowed(kind, core, words)
    return ""


def _narrowed(kind: str, core: str, words: _Words) -> str:
    if kind in {"share", "completion"} and _ON_TIME.search(core):
        return "timely"
    if kind == "share" and words.lower.search(core):
        return "faulty"
    return kind


@remembered(_REMEMBERED)
def lower_is_better(name: str, vocabulary: Vocabulary) -> bool:
    """Whether little of what the name counts is good (accidents, complaints)."""
    return kind_of(name, vocabulary) == "faulty" or bool(_words(vocabulary).lower.search(name))


@remembered(_REMEMBERED)
def either_direction(name: str, vocabulary: Vocabulary) -> bool:
    """Whether both ≥ and ≤ make sense for the name."""
    return bool(_words(vocabulary).either.search(name))
