"""The years a text mentions, each with what it means, whether it is strange beside the plan's year, and what it becomes when
the plan moves on to another year. The checks and 从上年生成 read years here, both."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from operator import ne

from models.checks.clauses import Clauses
from models.years.year_marks import Marks, Season, YearMark, before, soon, words
from models.years.year_reasons import ALONE, Reason, Reasons

_OLDEST = 3
"""Years back up to which a plan's year may have been left behind by earlier texts."""


class Kind(StrEnum):
    """What a year means. Only PLAN goes without asking; the others are for the user to say."""

    PLAN = "计划年度"
    LAST = "上年"
    STALE = "旧年份"
    NEXT = "下年"
    PAST = "已过的事"
    TITLE = "文件名"
    ACROSS = "跨年"
    UNSURE = "存疑"


REASONS = {
    Kind.PLAN: "说的是计划的这一年",
    Kind.LAST: "说的是上一年的实情或比较的基年；年份走了，旁边的数字也要核对",
    Kind.STALE: "像是以前的文本留下的年份，也可能真指那一年",
    Kind.NEXT: "说的是下一年",
    Kind.PAST: "像是已经办过的事或起点，年份不一定跟着走",
    Kind.TITLE: "书名号里的文件名，可能就是那一年的文件",
    Kind.ACROSS: "跨年的年度",
    Kind.UNSURE: "说不准是不是年份",
}


@dataclass(frozen=True, slots=True)
class FoundYear:
    """Characters `start` to `end` of a text, what they shall become (as many characters), and why."""

    start: int
    end: int
    new_words: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class JudgedYear:
    """A year of a text beside the plan's. `kind`: None where it does not move with the plan. `strange`: it is another year
    than the plan's, and nothing in the text says why. `sentence`: the number of the one it stands in."""

    mark: YearMark
    kind: Kind | None
    sentence: int
    reason: Reason | None = None
    strange: bool = False


def found_years(
    text: str, old_year: int, new_year: int, field: str = "", names: Collection[str] = ()
) -> tuple[FoundYear, ...]:
    """The years in a text of the plan of `old_year` that may move, in order. `field`: where the text stands, as a path
    without ids (`projects[].name`): a project's name keeps the years of its own, a value holds numbers.
    """
    marks = Marks(text, old_year, field)
    found = [
        _moved_season(text, one, new_year - old_year) for one in marks.seasons if old_year in {one.first, one.last}
    ]
    for judged in _judged(text, marks, old_year, field, names):
        if judged.kind is not None:
            mark = judged.mark
            moved = {Kind.LAST: new_year - 1, Kind.NEXT: new_year + 1}.get(judged.kind, new_year)
            found.append(FoundYear(mark.start, mark.end, mark.words_of(moved), judged.kind))
    return tuple(sorted(found, key=lambda year: year.start))


def judged_years(text: str, plan: int, field: str = "", names: Collection[str] = ()) -> tuple[JudgedYear, ...]:
    """Every year in a text of the plan of that year, in order; spans of years and document numbers aside.

    `field`: as above. `names`: of projects, whose years are their own.
    """
    return tuple(_judged(text, Marks(text, plan, field), plan, field, names))


def _judged(text: str, marks: Marks, plan: int, field: str, names: Collection[str]) -> Iterator[JudgedYear]:
    if marks.years:
        meaning = _Meaning(text, marks, plan, field, names)
        yield from map(meaning.judged, marks.years)


def _moved_season(text: str, season: Season, by: int) -> FoundYear:
    moved = re.sub(r"20\d{2}", lambda year: str(int(year[0]) + by), text[season.start : season.end])
    return FoundYear(season.start, season.end, moved, Kind.ACROSS)


_BEGUN = re.compile(r"\s*起|\s*度?已|.{0,8}?已(?!.{0,8}的)")
"""«2025年起», «2025年已完成»; not «2025年维护已建成的泵站»."""
_BEGINS = re.compile("起|开始")


class _Meaning:
    def __init__(self, text: str, marks: Marks, plan: int, field: str, names: Collection[str]) -> None:
        self._text, self._marks, self._plan, self._field = text, marks, plan, field
        self._clauses = Clauses(text)
        self._reasons = Reasons(text, marks, plan, field, names)

    def judged(self, mark: YearMark) -> JudgedYear:
        sentence = self._reasons.sentence(mark)
        if mark.year == self._plan:
            own = Kind.TITLE if self._marks.is_titled(mark) else self._kind_of_this_year(mark)
            return JudgedYear(mark, own if mark.certain else Kind.UNSURE, sentence)
        reason = self._reasons.of(mark)
        named = reason is Reason.NAMED or self._field == "projects[].name"
        if named or not mark.certain:
            return JudgedYear(mark, None, sentence, reason)
        near = self._plan - _OLDEST <= mark.year <= self._plan + 1
        strange = (
            reason is None
            and self._reasons.is_planned(mark)
            and (near or (len(mark.digits) == 4 and _is_slip(mark.year, self._plan)))
        )
        kind = self._kind_of_another(mark.year, reason) if near else None
        return JudgedYear(mark, kind, sentence, reason, strange)

    def _kind_of_another(self, year: int, reason: Reason | None) -> Kind | None:
        if year > self._plan:
            return Kind.NEXT
        if reason is None:
            return Kind.STALE
        return Kind.LAST if year == self._plan - 1 else None

    def _kind_of_this_year(self, mark: YearMark) -> Kind:
        ahead = self._marks.before(mark)
        if before("compared").search(ahead):
            return Kind.UNSURE
        _, end = self._clauses.around(mark.start, self._end(mark))
        started = before("since").search(ahead) and self._clauses.speak(_BEGINS, mark.start, self._end(mark))
        done = self._clauses.speak(words("done"), mark.start, self._end(mark))
        if started or done or _BEGUN.match(self._text, mark.end, end):
            return Kind.PAST
        return Kind.TITLE if soon("documents").match(self._text, mark.end, end) else Kind.PLAN

    def _end(self, mark: YearMark) -> int:
        """Where the year's own words end: behind the comma where it stands alone before it, «2025年，已完成…»."""
        alone = ALONE.match(self._text, mark.end)
        return alone.end() if alone else mark.end


def _is_slip(year: int, plan: int) -> bool:
    """Whether a far year looks like the plan's with one digit wrong, or the last two the wrong way round."""
    written, meant = str(year), str(plan)
    if year > plan and year % 5 == 0:
        return False  # 2030年, 2035年: aims
    one_wrong = written[-1] == meant[-1] and sum(map(ne, written, meant)) == 1
    return one_wrong or (written[:2] == meant[:2] and written[:1:-1] == meant[2:])
