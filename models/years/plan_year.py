"""Which year a text is the plan of: every kind of evidence says its year, and only together they are sure.

What is left from last year's text is always earlier: of two years the later one is the plan's where enough speaks for it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from models.document.project_code import begins_like_one
from models.document.tree import GoalDocument
from models.years.year_marks import Marks, may_hold_years
from models.years.year_mentions import Kind, judged_years
from models.years.year_reasons import Reason
from models.years.year_texts import year_texts

_CANDIDATES = 12
"""Years that are weighed at most: a pasted text may name any number of them."""
_OFTEN = 3
"""Mentions in the text from which on they speak against a title or the projects' names."""

_LONGEST = 20_000
"""Characters of one text that are read for its year."""

_STATED = "文本写明的预算年度"


class Place(Enum):
    """Where evidence stands, the clearest first."""

    COVER = "封面"
    TITLE = "标题"
    NAMES = "项目名称"
    TEXT = "正文"
    BASIS = "指标值确定依据"


@dataclass(frozen=True, slots=True)
class Voice:
    """What one kind of evidence says. `year`: more than half of its mentions; None where they are divided."""

    place: Place
    counts: tuple[tuple[int, int], ...]
    strong: bool

    @property
    def year(self) -> int | None:
        (year, times), total = self.counts[0], sum(times for _year, times in self.counts)
        return year if times * 2 > total else None

    @property
    def judged(self) -> str:
        """«正文中「2025年」出现 2 次、「2024年」出现 1 次»."""
        if self.place in {Place.COVER, Place.TITLE}:
            return f"{self.place.value}写的是 {'、'.join(f'{year} 年' for year, _times in self.counts)}"
        return f"{self.place.value}中" + "、".join(f"「{year}年」出现 {times} 次" for year, times in self.counts)


@dataclass(frozen=True, slots=True)
class PlanYear:
    """`year`: where the evidence leaves no doubt; `likely`: what is likeliest otherwise, to be asked; `source`: where the
    year is taken from, `seen`: every kind of evidence, both in the user's words."""

    year: int | None
    likely: int | None
    source: str = ""
    seen: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()
    """What speaks for another year although this one is taken."""
    is_doubtful: bool = False
    """Years are written, and do not say which one it is."""

    @property
    def reason(self) -> str:
        """Why it is taken for the year, as one line."""
        if self.source == _STATED:
            return _STATED
        if self.likely is None:
            return "文本里没有年份，请填写它是哪一年的"
        sure = "" if self.year is not None else "，请核对"
        return f"文本没有写明预算年度；{'；'.join(self.seen)}{sure}"

    @property
    def question(self) -> str:
        """What was seen, and what is asked for."""
        likely = f"看起来像 {self.likely} 年" if self.is_doubtful else "文中没有写明"
        seen = f"（{'；'.join(self.seen)}）" if self.seen else ""
        return f"预算年度没有把握：{likely}{seen}，请核对后填写；填写以前不核对各处的年份。"


def plan_year(document: GoalDocument, cover: int | None = None) -> PlanYear:
    """The plan's year of a document, stated or not. `cover`: what a cover says that is no part of the document."""
    if document.year is not None:
        return PlanYear(document.year, document.year, _STATED)
    voices = tuple(_voices(document, cover))
    set_up = _set_up(document)
    newest = max(set_up, default=None)
    coded = (f"项目编码里最近的立项年份是 {newest} 年",) if newest else ()
    seen = (*(voice.judged for voice in voices), *coded)
    if not voices:
        return PlanYear(None, newest, seen=seen)
    year, is_sure = _weighed(voices, set_up)
    if year is None or not is_sure:
        return PlanYear(None, year, seen=seen, is_doubtful=True)
    others = tuple(voice.judged for voice in voices if voice.strong and voice.year not in {None, year})
    source = "、".join(voice.place.value for voice in voices if voice.year == year)
    return PlanYear(year, year, source, seen, others)


def _weighed(voices: tuple[Voice, ...], set_up: tuple[int, ...]) -> tuple[int | None, bool]:
    """The likeliest year, and whether it is sure."""
    if voices[0].place is Place.COVER:
        return voices[0].year, True
    clear = [voice for voice in voices if voice.year is not None]
    judged = [voice for voice in clear if voice.place is not Place.BASIS] or clear
    said = [voice for voice in judged if voice.strong] or judged
    if not said:
        return max(year for voice in voices for year, _times in voice.counts), False
    year = max(voice.year for voice in said if voice.year is not None)
    against = [voice for voice in said if voice.year != year]
    backed = sum(year in dict(voice.counts) for voice in voices if voice.place is not Place.BASIS) > 1
    if _is_ruled_out(year, set_up):
        sure = backed and not against
        return (year if sure else max(set_up)), sure
    return year, not against or backed or (len(against) == 1 and _may_be_left(against[0], set_up))


def _may_be_left(voice: Voice, set_up: tuple[int, ...]) -> bool:
    """Whether this evidence may stand there from an earlier year."""
    if voice.place is Place.NAMES:
        return True  # a project keeps the name it got
    return voice.year is not None and _is_ruled_out(voice.year, set_up)


def _is_ruled_out(year: int, set_up: tuple[int, ...]) -> bool:
    """Whether most projects were set up later: no plan holds projects that are not set up yet. One code may be mistyped."""
    return sum(one > year for one in set_up) * 2 > len(set_up)


def _set_up(document: GoalDocument) -> tuple[int, ...]:
    """The years the projects were set up in, as their codes say."""
    return tuple(2000 + int(project.code[6:8]) for project in document.projects if begins_like_one(project.code))


def _voices(document: GoalDocument, cover: int | None) -> Iterator[Voice]:
    if cover is not None:
        yield Voice(Place.COVER, ((cover, 1),), strong=True)
    texts: dict[Place, Counter[tuple[str, str]]] = {place: Counter() for place in Place}
    for path, text in year_texts(document, may_hold_years):
        if not may_hold_years(text):  # the usual case, and it is asked for every cell
            continue
        field = re.sub(r"\[[^\]]*\]", "[]", path)
        place = _place_of(field)
        if place is not None:
            texts[place][field, text[:_LONGEST]] += 1
    for place, found in texts.items():
        counts = _counts(found)
        if counts:
            ordered = sorted(counts.items(), key=lambda pair: (-pair[1], -pair[0]))
            yield Voice(place, tuple(ordered), _is_strong(place, counts, len(document.projects)))


def _is_strong(place: Place, counts: Counter[int], names: int) -> bool:
    """Whether so many mentions outweigh a stray one elsewhere. `names`: how many projects have one."""
    times = sum(counts.values())
    if place is Place.NAMES:
        return times > 1 or times * 2 > names
    return place is Place.TITLE or (place is Place.TEXT and times >= _OFTEN)


def _place_of(field: str) -> Place | None:
    if field == "title" or field.startswith("headings."):
        return Place.TITLE
    if field == "projects[].name":
        return Place.NAMES
    if field.endswith(".basis"):
        return Place.BASIS
    return None if field.startswith("unplaced") else Place.TEXT


def _counts(texts: Counter[tuple[str, str]]) -> Counter[int]:
    """How often each year is named as that of a plan. `texts`: each field with its words, and how often they stand there."""
    spoken = [
        (field, text, times, {mark.year for mark in Marks(text, 2000, field).years if mark.certain})
        for (field, text), times in texts.items()
    ]
    often = Counter[int]()
    for _field, _text, times, years in spoken:
        often.update(dict.fromkeys(years, times))
    candidates = {year for year, _times in often.most_common(_CANDIDATES)}
    surely, perhaps = Counter[int](), Counter[int]()
    for field, text, times, years in spoken:
        for year in years & candidates:
            plain, all_of_them = _times_planned(text, year, field)
            surely[year] += plain * times
            perhaps[year] += all_of_them * times
    return +surely or +perhaps


def _times_planned(text: str, year: int, field: str) -> tuple[int, int]:
    """How often the year speaks of its plan: without those that the plan of the year after would state as what was, or that
    of the year before as what comes afterwards; and with them.

    Of two years in a sentence the later speaks of the plan, the earlier is what it grew from.
    """
    found = judged_years(text, year, field)
    judged = {one.mark.start for one in judged_years(text, year + 1, field) if one.reason not in {None, Reason.BESIDE}}
    judged |= {one.mark.start for one in judged_years(text, year - 1, field) if one.reason is Reason.LATER}
    grown = {
        one.sentence
        for one in found
        if one.mark.certain and one.mark.year > year and one.reason in {None, Reason.BESIDE}
    }
    planned = [one.mark.start for one in found if one.kind is Kind.PLAN and one.sentence not in grown]
    return sum(start not in judged for start in planned), len(planned)
