"""Whether an indicator should be high or low, read from the end of its name. What no list knows has no direction."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from models.checks.kinds import bare, kind_of
from models.checks.vocabulary import Vocabulary, any_of
from models.kept_answers import remembered

UP, DOWN, UNKNOWN = "up", "down", ""
_LONGEST = 60
"""Characters of a name; what is longer is none."""
_TURNED = {UP: DOWN, DOWN: UP, UNKNOWN: UNKNOWN}


@dataclass(frozen=True)
class _Ends:
    """Words that may end a name, each with its sense; `longest` of them."""

    senses: Mapping[str, str]
    longest: int

    def of(self, text: str) -> tuple[str, str]:
        """(the longest known end of the text, its sense), or two empty words."""
        for length in range(min(self.longest, len(text)), 0, -1):
            sense = self.senses.get(text[-length:])
            if sense:
                return text[-length:], sense
        return "", ""


def _ends(**senses: Iterable[str]) -> _Ends:
    known = {word: sense for sense, words in senses.items() for word in words}
    return _Ends(known, max(map(len, known)))


@dataclass(frozen=True)
class _Words:
    """The vocabulary, prepared."""

    measures: _Ends
    ends: Mapping[str, _Ends]
    fillers: re.Pattern[str]
    turned: re.Pattern[str]
    undone: tuple[str, ...]
    spoiled: tuple[str, ...]
    handled: re.Pattern[str]
    acts: re.Pattern[str]
    no_acts: re.Pattern[str]
    bad: re.Pattern[str]
    short: re.Pattern[str]
    long: re.Pattern[str]


@cache
def _words(vocabulary: Vocabulary) -> _Words:
    words = vocabulary.words
    moves = {"falls": words("directions.moves.falls"), "rises": words("directions.moves.rises")}
    bad, income = words("directions.bad.words"), words("directions.good.income")
    rates, counts = words("directions.good.rates"), words("directions.good.counts")
    down = (*words("directions.bad.rates"), *words("directions.money.kept_down"))
    short = vocabulary.pattern("directions.time.short").pattern
    other = _ends(bad=bad, good=income, spent=words("directions.money.spent"), **moves)
    return _Words(
        _ends(**vocabulary.groups("directions.measures")),
        {
            "rate": _ends(good=rates, bad=(*bad, *down), **moves),
            "index": _ends(good=rates, bad=bad, **moves),
            "count": _ends(good=(*counts, *income, *words("directions.good.acts")), bad=bad, **moves),
            "amount": other,
            "": other,
        },
        re.compile(f"(?:{vocabulary.pattern('directions.fillers.words').pattern})+\\Z"),
        re.compile(
            f"(?:{any_of(words('directions.turned.words')).pattern})"
            f"(?:{any_of(words('directions.turned.between')).pattern})?\\Z"
        ),
        words("directions.turned.undone"),
        words("directions.turned.spoiled"),
        vocabulary.pattern("directions.turned.handled"),
        vocabulary.pattern("directions.good.acts"),
        vocabulary.pattern("directions.good.no_acts"),
        any_of(word for word in bad if len(word) > 1),
        re.compile(f"(?:{short})(?:所用|所需|总)?(?:时间|时限|时长|周期|期限|工期|耗时)|工期"),
        vocabulary.pattern("directions.time.long"),
    )


@remembered(20_000)
def wanted_direction(name: str, vocabulary: Vocabulary) -> str:
    """ "up" for what should be high, "down" for what should be low, "" where it is unknown."""
    core, kind = bare(name), kind_of(name, vocabulary)
    if len(core) > _LONGEST:
        return UNKNOWN
    if kind == "satisfaction":
        return DOWN if "不满意" in core else UP
    measured = core.removesuffix(_words(vocabulary).measures.of(core)[0])
    if core.endswith(vocabulary.words("kinds.either_direction")) or measured.endswith(
        vocabulary.words("kinds.either_direction")
    ):
        return UNKNOWN
    if kind == "duration":
        return _of_time(core, vocabulary)
    return _of(core, vocabulary)


def _of_time(core: str, vocabulary: Vocabulary) -> str:
    words = _words(vocabulary)
    if words.long.search(core):
        return UNKNOWN
    lasting = re.sub("(?:时间|时长|天数)\\Z", "", core)
    return DOWN if words.short.search(core) or words.ends[""].of(lasting)[1] == "bad" else UNKNOWN


def _of(core: str, vocabulary: Vocabulary) -> str:
    """What the name's end says: as a whole, or of what stands before the measuring word."""
    words = _words(vocabulary)
    measure_word, measure = words.measures.of(core)
    measured = core.removesuffix(measure_word)
    if not measured:
        return UNKNOWN
    for text in dict.fromkeys((measured, core)):
        end, sense = words.ends[measure if text is measured else ""].of(text)
        if sense:
            return _judged(text.removesuffix(end), end, sense, measure, vocabulary)
    if measure == "rate":  # «水土流失面积占比»
        inner = measured.removesuffix(words.measures.of(measured)[0])
        end, sense = words.ends[""].of(inner)
        if inner != measured and sense == "bad":
            return _judged(inner.removesuffix(end), end, sense, measure, vocabulary)
    plain = words.fillers.sub("", measured)
    end, sense = words.ends[""].of(plain)
    if plain != measured and sense == "bad":
        return _judged(plain.removesuffix(end), end, sense, measure, vocabulary)
    if measure == "count" and words.acts.search(measured) and not words.no_acts.search(measured):
        return UNKNOWN if words.bad.search(measured) else UP
    return UNKNOWN


def _judged(rest: str, end: str, sense: str, measure: str, vocabulary: Vocabulary) -> str:
    """The sense of a name's end after what stands before it."""
    words = _words(vocabulary)
    if sense in {"falls", "rises"}:
        return _moved(rest, sense, vocabulary)
    if sense == "spent":
        return UNKNOWN if words.handled.search(rest) or re.search("节约|节省", rest) else DOWN
    if sense == "good":
        if words.turned.search(rest):
            return DOWN
        if rest.endswith(words.spoiled):
            return UNKNOWN
        return UNKNOWN if measure == "count" and words.no_acts.search(rest + end) else UP
    if rest.endswith(words.undone) or (measure != "rate" and words.handled.search(rest)):
        return UNKNOWN
    return DOWN


def _moved(rest: str, sense: str, vocabulary: Vocabulary) -> str:
    """A fall or a rise: of something unwanted, of something wanted, or of something nobody knows."""
    thing = re.sub("(?:同比|环比|年均|平均|总量|较上年)+\\Z", "", rest)
    if sense == "rises" and thing.endswith(vocabulary.words("directions.moves.not_to_grow")):
        return DOWN
    if sense == "falls" and thing.endswith(vocabulary.words("directions.moves.costly")):
        return UP
    inner = _of(thing, vocabulary) if thing else UNKNOWN
    return inner if sense == "rises" else _TURNED[inner]


@remembered(20_000)
def is_share_of_a_whole(name: str, vocabulary: Vocabulary) -> bool:
    """Whether the name is known as a share that cannot be above 100 %. Plans for money may be surpassed."""
    core, kind = bare(name), kind_of(name, vocabulary)
    if kind in {"satisfaction", "pass", "timely"}:
        return True
    if vocabulary.pattern("directions.over.surpassed").search(core):
        return False
    measured = core.removesuffix(_words(vocabulary).measures.of(core)[0])
    known = measured.endswith(vocabulary.words("directions.over.wholes"))
    return is_rate(name, vocabulary) and (known or kind == "completion")


@remembered(20_000)
def is_rate(name: str, vocabulary: Vocabulary) -> bool:
    """Whether the name ends in a word for a share."""
    return _words(vocabulary).measures.of(bare(name))[1] == "rate"
