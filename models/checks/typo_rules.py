"""The rule on wrongly typed words: slips named in typos.toml, and what sounds or looks like a word of this work."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from models.checks import texts
from models.checks.lexicon import is_word
from models.checks.likelier_words import likelier_words
from models.checks.pair_slips import pair_slips
from models.checks.protected import is_protected
from models.checks.registry import Context, Finding, Severity, replacing_words, text_rule
from models.checks.term_slips import TermSlip, loose_places, term_slips
from models.checks.vocabulary import Vocabulary
from models.kept_answers import remembered

_LONGEST = 5
_ALONE = frozenset(
    "的了和与及在对为是将有不个各等于以由从到把被让使给向就都也还又并或且但而则即若如因所其此该每本我他她它们这那之再做作"
    "一二三四五六七八九十百千万亿次项家户人名件处座米亩元年月日天时分率数级类型式化性者员区县市镇乡村省国新老大小多少高低上下"
    "里内外前后中年届已可能会要应需须至自据按经用请凡及非无未均约超达共计含指季旬周村馆站校局厅处街路桥河湖山水电气车房楼厂店"
)
"""Characters that are words by themselves: one of them beside another character is no sign of a slip."""

_LOOSE = frozenset("按及时上下内外前后年月日人的了和与在对为是将有不个各等于以到大小多新老一二三四五")
"""Characters that stand before or after almost anything: a pair is no sign of a slip if one of them is its right half."""


_AFTER_A_NUMBER = frozenset("年月日号时分秒元角个项户家人名件台套处座米亩吨次场期批万亿")


@dataclass(frozen=True, slots=True)
class _Slip:
    """A wrong form, the right one, where the pair of characters it is found by stands in it, and the wrong character.

    `at` is -1 where the whole form was named as wrong.
    """

    wrong: str
    right: str
    pair: int
    at: int


@dataclass(frozen=True)
class _Lexicon:
    words: frozenset[str]
    slips: dict[str, str]
    """By pair, each on a line of its own: objects of tens of thousands that no text meets take many times the room."""

    def slips_by(self, pair: str) -> tuple[_Slip, ...]:
        """The slips found by a pair of characters, the longest first."""
        return _slips_of(self.slips.get(pair, ""))


def _line_of(slip: _Slip) -> str:
    return f"{slip.wrong}\t{slip.right}\t{slip.pair}\t{slip.at}\n"


@lru_cache(1024)
def _slips_of(lines: str) -> tuple[_Slip, ...]:
    fields = (line.split("\t") for line in lines.splitlines())
    slips = (_Slip(wrong, sys.intern(right), int(pair), int(at)) for wrong, right, pair, at in fields)
    return tuple(sorted(slips, key=lambda slip: -len(slip.wrong)))


def _split(lines: Iterable[str]) -> list[str]:
    return [word for line in lines for word in line.split()]


@cache
def _likenesses(vocabulary: Vocabulary) -> dict[str, str]:
    """For each common character those that sound or look like it, itself among them."""
    near, ends = vocabulary.table("sounds.near"), vocabulary.table("sounds.near_ends")
    groups: dict[str, set[str]] = {}
    for sound, characters in vocabulary.table("sounds.sounds").items():
        groups.setdefault(_plain_sound(sound, near, ends), set()).update(characters)
    return _groups_with((*groups.values(), *_split(vocabulary.words("typos.shapes"))))


@cache
def _close_likenesses(vocabulary: Vocabulary) -> dict[str, str]:
    """For each common character the ones of the very same sound, and those that look like it."""
    return _groups_with((*vocabulary.table("sounds.sounds").values(), *_split(vocabulary.words("typos.shapes"))))


@cache
def _all_alone(vocabulary: Vocabulary) -> frozenset[str]:
    return _ALONE.union(_split(vocabulary.words("typos.alone")))


def _groups_with(groups: Iterable[Iterable[str]]) -> dict[str, str]:
    """For each character all of its groups; most have one, which serves for all of them."""
    found: dict[str, str] = {}
    for group in map(_each_once, groups):
        for character in group:
            found[character] = _each_once(found[character] + group) if character in found else group
    return found


def _each_once(characters: Iterable[str]) -> str:
    return "".join(dict.fromkeys(characters))


def _plain_sound(sound: str, near: Mapping[str, str], ends: Mapping[str, str]) -> str:
    """The sound with what is easily confused made one: zhong → zong, jing → jin."""
    for begin, other in near.items():
        if sound.startswith(begin):
            sound = other + sound.removeprefix(begin)
    for end, other in ends.items():
        if sound.endswith(end):
            sound = sound.removesuffix(end) + other
    return sound


@cache
def _lexicon(vocabulary: Vocabulary) -> _Lexicon:
    domain = _split(vocabulary.words("typos.domain"))
    words = frozenset(domain) | frozenset(_split(vocabulary.words("typos.ordinary")))
    alike = _likenesses(vocabulary)
    slips: dict[str, str] = {}
    for wrong, right in vocabulary.table("typos.wrong").items():
        slips[wrong[:2]] = slips.get(wrong[:2], "") + _line_of(_Slip(wrong, right, 0, -1))
    for word in domain:
        for at, character in enumerate(word):
            for other in alike.get(character, ()):
                wrong = word[:at] + other + word[at + 1 :]
                if wrong in words or is_word(wrong):
                    continue
                if len(word) == 2 and (other in _ALONE or word[1 - at] in _LOOSE):
                    continue
                pair = at if at + 1 < len(word) else at - 1
                key = wrong[pair : pair + 2]
                slips[key] = slips.get(key, "") + _line_of(_Slip(wrong, word, pair, at))
    return _Lexicon(words, slips)


@text_rule(
    "typo",
    Severity.ERROR,
    (*texts.ALL,),
    source="常见错别字：同音、近音、形近",
    wrong={"projects[p2].fund_use": "用于购置滴灌设备和铺设输水管道，按遇算执行。"},
    right={"projects[p2].fund_use": "用于购置滴灌设备和铺设输水管道，逐步逐项执行。"},
)
def typo(text: str, _field: str, context: Context) -> Iterator[Finding]:
    """A word that is none, one character away from a word of this work. Ordinary words around it keep it silent."""
    lexicon = _lexicon(context.vocabulary)
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    hits = lexicon.slips.keys() & pairs
    if not hits:
        return
    end = 0
    for place, pair in enumerate(pairs):
        if pair not in hits or place < end:
            continue
        slip = next((slip for slip in lexicon.slips_by(pair) if _is_slip(text, place - slip.pair, slip, lexicon)), None)
        if slip:
            start = place - slip.pair
            end = start + len(slip.wrong)
            choice = replacing_words(f"改为「{slip.right}」", text, start, end, slip.right)
            yield Finding("", slip.wrong, f"「{slip.wrong}」可能是「{slip.right}」之误，请核对。", choices=(choice,))


def _is_slip(text: str, start: int, slip: _Slip, lexicon: _Lexicon) -> bool:
    end = start + len(slip.wrong)
    if start > 0 and text[start - 1].isdecimal() and text[start] in _AFTER_A_NUMBER:
        return False  # a unit: «8时30分驶过»
    if start < 0 or not text.startswith(slip.wrong, start) or is_protected(text, start, end):
        return False
    if slip.at < 0:
        return not _crosses(text, start, slip, lexicon.words)
    if len(slip.wrong) == 2:
        return not _covered(text, start, end, lexicon.words)
    return not _covered(text, start + slip.at, start + slip.at + 1, lexicon.words)


def _words_around(text: str, start: int, end: int, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The known words that share a character with text[start:end]."""
    for begin in range(max(0, start - _LONGEST + 1), end):
        for stop in range(max(begin + 2, start + 1), min(begin + _LONGEST, len(text)) + 1):
            if text[begin:stop] in words or is_word(text[begin:stop]):
                yield begin, stop


def _covered(text: str, start: int, end: int, words: frozenset[str]) -> bool:
    return any(True for _ in _words_around(text, start, end, words))


def _crosses(text: str, start: int, slip: _Slip, words: frozenset[str]) -> bool:
    """Whether a known word begins before or ends behind the named slip. In a long one only its wrong characters count."""
    end, wrong, right = start + len(slip.wrong), slip.wrong, slip.right
    ends = [0, len(wrong) - 1]
    differing = [place for place, (a, b) in enumerate(zip(wrong, right, strict=False)) if a != b]
    places_wrong = differing if len(wrong) > 2 and len(wrong) == len(right) else ends
    return any(
        begin < start or stop > end
        for place in places_wrong
        for begin, stop in _words_around(text, start + place, start + place + 1, words)
    )


@text_rule(
    "typo",
    Severity.ERROR,
    (*texts.ALL,),
    source="各行业常用名称：音近、形近",
    wrong={"projects[p2].fund_use": "用于高标准农填建设，购置滴灌设备和铺设输水管道。"},
    right={"projects[p2].fund_use": "用于高标准农田建设，购置滴灌设备和铺设输水管道。"},
)
def typo_in_a_term(text: str, _field: str, context: Context) -> Iterator[Finding]:
    """A name of some field but for one character that is in no word as it stands."""
    vocabulary, lexicon = context.vocabulary, _lexicon(context.vocabulary)
    for run in _CHINESE.finditer(text):
        for found in _slips_in(run[0], vocabulary):
            slip = TermSlip(run.start() + found.start, run.start() + found.end, found.right)
            wrong = text[slip.start : slip.end]
            if is_protected(text, slip.start, slip.end):
                continue
            if any(_is_slip(text, at - own.pair, own, lexicon) for at, own in _named_within(text, slip, lexicon)):
                continue
            choice = replacing_words(f"改为「{slip.right}」", text, slip.start, slip.end, slip.right)
            yield Finding("", wrong, f"「{wrong}」可能是「{slip.right}」之误，请核对。", choices=(choice,))


_CHINESE = re.compile("[\u4e00-\u9fff]{2,}")
"""What stands between other signs: no word goes on behind one."""


@remembered(20_000)
def _slips_in(run: str, vocabulary: Vocabulary) -> tuple[TermSlip, ...]:
    loose, near, close = loose_places(run), _likenesses(vocabulary), _close_likenesses(vocabulary)
    known, alone = _lexicon(vocabulary).words, _all_alone(vocabulary)
    found = list(term_slips(run, loose, near)) if loose else []
    for more in (pair_slips(run, loose, close, alone), likelier_words(run, near, close, alone)):
        found += [
            slip
            for slip in more
            if run[slip.start : slip.end] not in known
            and not any(slip.start < other.end and other.start < slip.end for other in found)
        ]
    return tuple(found)


def _named_within(text: str, slip: TermSlip, lexicon: _Lexicon) -> Iterator[tuple[int, _Slip]]:
    """The shorter slips that the other rule names at the same place."""
    for at in range(slip.start, slip.end - 1):
        for own in lexicon.slips_by(text[at : at + 2]):
            yield at, own


_ALIKE = re.compile(r"(?=([\u4e00-\u9fff])([\u4e00-\u9fff])([\u4e00-\u9fff]{4}))")
_LONG_TEXT = 120


@cache
def _same_sounds(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """For each common character its sounds."""
    sounds: dict[str, set[str]] = {}
    for sound, characters in vocabulary.table("sounds.sounds").items():
        for character in characters:
            sounds.setdefault(character, set()).add(sound)
    return {character: frozenset(own) for character, own in sounds.items()}


def _reported_twice(name: str) -> str:
    """An example: the text names the same station at its begin and at its end."""
    return (
        "成立工作专班，明确责任分工，联合恒丰农技服务站每季度调度一次进展，对进展慢的示范田查明原因、限期赶上，"
        "所需经费由中心统一安排。技术问题由县农业农村局和乡镇农技人员共同解决，农忙时增加到每月两次，"
        f"调度情况记入台账，年底同{name}一起总结，结果报中心领导。"
    )


@text_rule(
    "typo",
    Severity.ERROR,
    texts.PROSE,
    source="同一名称前后应一致",
    wrong={"safeguards[m1].text": _reported_twice("恒风农技服务站")},
    right={"safeguards[m1].text": _reported_twice("恒丰农技服务站")},
)
def typo_in_a_name(text: str, _field: str, context: Context) -> Iterator[Finding]:
    """One name spelt in two ways within a text: all around it is the same, and both spellings sound the same."""
    if len(text) < _LONG_TEXT:
        return
    first: dict[tuple[str, str], str] = {}
    sounds = _same_sounds(context.vocabulary)
    for found in _ALIKE.finditer(text):
        before, character, after = found.groups()
        known = first.setdefault((before, after), character)
        if known != character and sounds.get(known, frozenset()) & sounds.get(character, frozenset()):
            message = f"前面写作「{before}{known}{after}」，这里是「{before}{character}{after}」，请统一。"
            yield Finding("", f"{before}{character}{after}", message)
