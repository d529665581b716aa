"""Why a text names another year than the plan's: what was, what is compared with, a name, what comes afterwards."""

import re
from bisect import bisect_right
from collections.abc import Collection
from enum import Enum
from functools import cache

from models.checks.clauses import Clauses
from models.years.year_marks import Marks, YearMark, after, before, soon, words

_SENTENCE_ENDS = re.compile(r"[。；;\n]")
_BRACKETED = re.compile(r"[（(][^（）()，,。；;]{0,8}$")
_DEADLINE = re.compile(r"\s*(?:\d{1,2}月)?(?:\d{1,2}日)?[底末初]?[之以]?前")
_POINT = r"(?:度|底|末|初|全年|(?:\d{1,2}月(?:\d{1,2}日)?)?底?)"
_FIGURE = re.compile(
    rf"\s*{_POINT}(?:[全本][县市区省国])?(?:仅|约|实际)?(?:为|是)\s*[≥≤]?\d[\d.,]*"
    r"[^\d，,。；;、（）()\n/]{0,4}(?:/[^\d，,。；;、（）()\n]{1,4})?(?=$|[，,。；;、（）()\n])"
)
"""«2025年为1.6件，»; not «2025年为320名儿童免费体检»."""
_OF_IT = re.compile(r"\s*度?的\s*\d[\d.]*\s*(?:%|％|倍)")
"""«2025年的98%»."""
_BEFORE_WHICH = re.compile(rf"{_DEADLINE.pattern}[^，,。；;\n\d]{{1,6}}的")
"""«2025年底前购置的设备»."""
_DONE = re.compile(r"已(?![^，,。；;\n]{0,8}的)|曾")
_LATE = re.compile(r"\s*(?:第?[四4]季度|下半年|1[0-2](?:[、和-]1[0-2])?月)")
_JOINED = re.compile(r"[^。；;\n，,]{0,12}[、和及与][^。；;\n，,、]{0,2}$")
_SHARE = re.compile(r"\s*[\d.]+\s*(?:%|％|‰|个百分点)")
ALONE = re.compile(r"\s*+(?:\d{1,2}月)?(?:\d{1,2}日)?[底末初]?\s*+[，,]")
"""A year that stands alone before its sentence: «2025年6月，»."""
_RISEN = re.compile(r"[由从]\s*$")
_IN = re.compile(r"在\s*$")
_BASE = re.compile("基础")
_PAID_FAR = 5
"""Characters between «奖励» and the year."""
_MENTIONED_FAR = 10
"""Characters between a year and the noun it belongs to: «2025年度全县统计公报»."""
_INDENT = 8
"""Characters of white space a clause may begin with."""
_SOON = 8
"""Characters behind «2025年，» in which a word of history speaks of that year."""
_LEADING = 4
"""Characters behind a project name's year that its mention must share."""
_HEADS = re.compile(r"title$|headings\.|.*name$|.*\.heading$")


class Reason(Enum):
    """What explains a year that is not the plan's."""

    PAST = "what was"
    COMPARED = "what is compared with"
    BESIDE = "what the plan's year beside it grows from or leads to"
    NAMED = "part of a name or a quotation"
    LATER = "what comes afterwards"


class Reasons:
    """Of the years of one text. `names`: of projects, whose years are their own."""

    def __init__(self, text: str, marks: Marks, plan: int, field: str, names: Collection[str] = ()) -> None:
        self._text, self._marks, self._plan, self._field = text, marks, plan, field
        self._clauses = Clauses(text)
        self._ends = [stop.start() for stop in _SENTENCE_ENDS.finditer(text)]
        self._now = {self._sentence(found.start()) for found in words("now").finditer(text)}
        self._now |= {self._sentence(mark.start) for mark in marks.years if self._is_plans(mark)}
        self._names = frozenset(place for name in names for place in _places(text, name, plan))
        self._known = {mark.start: self._find(place) for place, mark in enumerate(marks.years)}
        past_years = {(self._sentence(m.start), m.year) for m in marks.years if self._known[m.start] is Reason.PAST}
        for mark in marks.years:
            # «2024年已完成12处，2024年投入2350万元»
            if self._known[mark.start] is None and (self._sentence(mark.start), mark.year) in past_years:
                self._known[mark.start] = Reason.PAST

    def of(self, mark: YearMark) -> Reason | None:
        """Why this year is not the plan's; None where nothing says so, or it is the plan's."""
        return self._known[mark.start]

    def sentence(self, mark: YearMark) -> int:
        """The number of the sentence it stands in."""
        return self._sentence(mark.start)

    def _is_relative(self, rest: str) -> bool:
        """«2025年引进的企业»: in a sentence what was, or what shall be; as the name or description of an indicator what it
        counts."""
        return not self._field.startswith("projects[].indicators[]") and bool(_relative_after().match(rest))

    def is_planned(self, mark: YearMark) -> bool:
        """Whether the words around speak of what is to be done: «2025年，», «2025年6月底前», «用于2025年», «2025年新建». What
        is named by a year and is none of these may be anything."""
        if _HEADS.match(self._field) or self._field.endswith(".value"):
            return True
        rest = self._marks.rest(mark.end)
        if before("aimed").search(self._marks.before(mark)):
            return True
        if self._is_relative(rest):
            return False
        if _planned_after().match(rest):
            return True
        start, _end = self._clauses.around(mark.start, mark.end)
        begins = mark.start - start <= _INDENT and not self._text[start : mark.start].strip()
        return begins and bool(_mentioned_first().match(rest))

    def _sentence(self, place: int) -> int:
        return bisect_right(self._ends, place)

    def _is_plans(self, mark: YearMark) -> bool:
        quoted = self._marks.is_titled(mark) or self._marks.is_cited(mark)
        return mark.year == self._plan and mark.certain and not quoted

    def _find(self, place: int) -> Reason | None:
        mark = self._marks.years[place]
        if mark.year == self._plan:
            return None
        if self._marks.is_titled(mark) or self._marks.is_cited(mark) or mark.start in self._names:
            return Reason.NAMED
        ahead, rest = self._marks.before(mark), self._marks.rest(mark.end)
        if before("compared").search(ahead) or before("referred").search(ahead) or self._is_based_on(mark, ahead):
            return Reason.COMPARED
        if soon("documents").match(rest) or after("editions").match(rest):
            return Reason.NAMED
        if after("earlier").match(rest):
            return Reason.PAST
        if mark.year > self._plan:
            later = before("prepared").search(ahead) or self._speaks("future", mark)
            later = later or (mark.year == self._plan + 1 and self._speaks("afterwards", mark))
            if later:
                return Reason.LATER
        elif self._is_past(place, ahead, rest):
            return Reason.PAST
        return Reason.BESIDE if self.sentence(mark) in self._now else None

    def _is_based_on(self, mark: YearMark, ahead: str) -> bool:
        """«由2025年的18%提高到20%», «在2025年工作的基础上», «建于2025年»."""
        if before("since_then").search(ahead):
            return True
        if _RISEN.search(ahead) and self._speaks("moved", mark):
            return True
        return bool(_IN.search(ahead)) and self._clauses.speak(_BASE, mark.start, mark.end)

    def _is_past(self, place: int, ahead: str, rest: str) -> bool:
        mark = self._marks.years[place]
        # «2025年2月底前印发《细则》» is to be done; «2025年底前已建成» is done.
        history = _DONE if _DEADLINE.match(rest) else _history()
        if (
            self._clauses.speak(history, mark.start, mark.end)
            or self._was_done(mark)
            or _mentioned_after().match(rest)
            or _recorded_after().match(rest)
        ):
            return True
        if _FIGURE.match(rest) or _OF_IT.match(rest) or _BEFORE_WHICH.match(rest):
            return True
        if _paid_before().search(ahead) or _finished_after().match(rest):
            return True
        if _LATE.match(rest) and self._speaks("paying", mark):
            return True
        if _BRACKETED.search(ahead) and not _DEADLINE.match(rest) and not _HEADS.match(self._field):
            return True
        return self._is_in_a_row(place)

    def _was_done(self, mark: YearMark) -> bool:
        """«2025年，全县已建成12所»: the word of history stands soon behind the comma."""
        alone = ALONE.match(self._text, mark.end)
        return bool(alone and _history().search(self._text, alone.end(), alone.end() + _SOON))

    def _is_in_a_row(self, place: int) -> bool:
        """«2023年、2024年和2025年», «2024年2.1%，2025年1.9%»: several years beside each other are a history."""
        mark, years = self._marks.years[place], self._marks.years
        for one, other in ((place - 1, place), (place, place + 1)):
            if one >= 0 and other < len(years) and years[one].year < years[other].year < self._plan:
                between = self._text[years[one].end : years[other].start]
                joined = len(between) <= _MENTIONED_FAR * 2 and _JOINED.match(between)
                shares = _SHARE.match(between) and _SHARE.match(self._text[years[other].end :][:_MENTIONED_FAR])
                if joined or (shares and self._sentence(years[one].start) == self._sentence(mark.start)):
                    return True
        return False

    def _speaks(self, key: str, mark: YearMark) -> bool:
        return self._clauses.speak(words(key), mark.start, mark.end)


def _places(text: str, name: str, plan: int) -> list[int]:
    """Where the years of a project's name stand in the text with the words they lead in the name."""
    places = []
    for year in re.finditer(r"20\d{2}", name):
        if int(year[0]) != plan:
            start = year.start() if name[year.end() + 1 :].strip("）) ") else 0
            said = name[start : year.end() + 1 + _LEADING]
            if len(said) > len("2025年"):
                places += [found.start() + year.start() - start for found in re.finditer(re.escape(said), text)]
    return places


@cache
def _history() -> re.Pattern[str]:
    """Words of a clause that speaks of what was: «已建成», not «维护已建成的泵站»; «印发的», not «印发宣传册»."""
    given = rf"(?:{words('given').pattern})(?=以?来|[的了后《“，,。；;\n]|$)"
    built = rf"(?<!已)(?:{words('built').pattern})(?=以?来|[的了后])"
    return re.compile(rf"{_DONE.pattern}|(?:{words('history').pattern})|{given}|{built}")


@cache
def _mentioned_after() -> re.Pattern[str]:
    """«2025年底在册», «2020年第七次全国人口普查»: a noun that speaks of a time gone by, shortly after."""
    return re.compile(rf"[^，,。；;、\n]{{0,{_MENTIONED_FAR}}}?(?:{words('told').pattern})")


@cache
def _recorded_after() -> re.Pattern[str]:
    """«2024年统计数据，»: a record at the end of the words that follow, and nothing is done in between."""
    undone = rf"(?:(?!(?:{words('doing').pattern}))[^，,。；;、\n])"
    ends = r"$|[，,。；;、：:）)\n\d为是显中和与及等作低高较安的]"
    return re.compile(rf"{undone}{{0,{_MENTIONED_FAR}}}?(?:{words('recorded').pattern})(?={ends})")


@cache
def _planned_after() -> re.Pattern[str]:
    """The year, its part or day, and then a stop, a deadline, or soon something to be done."""
    undone = rf"(?:(?!{words('planned').pattern})[^，,。；;、\n的未])"
    part = r"\s*(?:全年|[度底末初内份]|第?[一二三四]季度|[上下]半年|\d{1,2}(?:[-—~～至]\d{1,2})?月|\d{1,2}日)*+"
    return re.compile(
        rf"{part}(?:年?[底末初]?[之以]?前|\s*(?:$|[，,。；;：:、）)\n])|{undone}{{0,10}}?(?:{words('planned').pattern}))"
    )


@cache
def _relative_after() -> re.Pattern[str]:
    undone = rf"(?:(?!{words('planned').pattern})[^，,。；;、\n的])"
    return re.compile(rf"{undone}{{0,8}}?(?:{words('planned').pattern})[^，,。；;、\n]{{0,2}}的")


@cache
def _mentioned_first() -> re.Pattern[str]:
    """At the beginning of a clause: «2025年在长三角、粤港澳举办…», «2025年冬季清雪30次»."""
    return re.compile(rf"[^，,。；;\n的未]*?(?:{words('planned').pattern}|\d)")


@cache
def _finished_after() -> re.Pattern[str]:
    """«2024年度中央投资项目竣工验收»: the projects of that year are brought to an end in this one."""
    thing = r"[^，,。；;\n]*?(?:项目|工程|任务)"
    return re.compile(rf"{thing}[^，,。；;\n]{{0,4}}(?:{words('finished').pattern})")


@cache
def _paid_before() -> re.Pattern[str]:
    """«奖励2025年…», «巩固2025年…»: paid or taken up this year for what was done then."""
    return re.compile(rf"(?:{words('paid').pattern})[^，,。；;\n]{{0,{_PAID_FAR}}}$")
