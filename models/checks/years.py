"""Which years in a text are another one than the plan's, history and comparisons aside."""

import re
from collections.abc import Iterator

from models.checks.clauses import Clauses
from models.checks.prose import Span

_YEAR = re.compile(r"(?<![\d.〔【\[［（(])(20\d{2})\s*年")
_RANGE = re.compile(r"20\d{2}\s*+年?(?:\d{1,2}月)?(?:\d{1,2}日)?\s*+[-—–－~～至到]++\s*+20\d{2}\s*年?")
_QUOTED = re.compile(r"《[^》]{0,300}+》|“[^”]{0,300}+”|「[^」]{0,300}+」|[〔【\[［(（]20\d{2}年?[〕】\]］)）]")
_SENTENCE = re.compile(r"[^。；;\n]+")

_HISTORY = re.compile(
    r"已|以来|曾|历年|往年|上年|去年|前年|近年|以前|遗留|结转|结余|续建|跨年|尾款|质保金|欠款|拖欠|剩余|清算|清欠|决算|审计"
    r"|成立|始建|建成于|竣工于|启动于|开工于|完工于|批复|印发|发布|出台|颁布|施行|实施的|签订的|中标|获得|荣获|认定为|列入|投运"
    r"|基数|基期|基准|基础上|同期|对比|相比|水平|实际|实现了|完成了|达到了|达标的|执行数|完成值"
)
"""Words of the clause that speak of what was, or of what is compared with."""

_COMPARED_BEFORE = re.compile(r"(?:较|比|同|与|以|自|从|在|据|依据|按照|根据|参照|延续|相对于|截至|截止)\s*$")
_FUTURE = re.compile(r"规划|远景|长远|中长期|中期|今后|未来|愿景|十四五|十五五|碳达峰|碳中和|起施行")
_PREPARED = re.compile(r"(?:为|谋划|编制|筹备|储备|申报|准备|报送|布局)\s*(?:好|做好)?\s*$")
_AFTER = re.compile(r"\s*(?:以前|之前|以来|前|度?预算编制|度?项目储备)")


def other_years(text: str, year: int, names: tuple[str, ...] = ()) -> Iterator[Span]:
    """The years that should be `year`, each as «2024年». `names`: project names, whose years are their own."""
    if not _YEAR.search(text):
        return
    spans = [found.span() for pattern in (_QUOTED, _RANGE) for found in pattern.finditer(text)]
    spans += [found.span() for name in names if name for found in re.finditer(re.escape(name), text)]
    hidden, clauses = _places_in(spans), Clauses(text)
    for sentence in _SENTENCE.finditer(text):
        found = [mark for mark in _YEAR.finditer(text, sentence.start(), sentence.end()) if mark.start() not in hidden]
        spoken = {int(mark[1]) for mark in found}
        for mark in found:
            # Beside the plan's year another one is what it is compared with or grows from.
            if int(mark[1]) != year and year not in spoken and not _is_told(text, mark, year, clauses):
                yield Span(mark[0], mark.start())


def _places_in(spans: list[tuple[int, int]]) -> set[int]:
    """Every place that one of the spans covers, however often they overlap."""
    places, end = set[int](), 0
    for start, stop in sorted(spans):
        places.update(range(max(start, end), stop))
        end = max(end, stop)
    return places


_NEAR = 40
"""Characters before a year in which a word is looked for that leads to it."""


def _is_told(text: str, mark: re.Match[str], year: int, clauses: Clauses) -> bool:
    """Whether the year belongs to history, a comparison, or plans beyond this one."""
    before = text[max(0, mark.start() - _NEAR) : mark.start()]
    if _COMPARED_BEFORE.search(before) or _AFTER.match(text, mark.end()):
        return True
    if int(mark[1]) > year:
        return clauses.speak(_FUTURE, *mark.span()) or bool(_PREPARED.search(before))
    return clauses.speak(_HISTORY, *mark.span())
