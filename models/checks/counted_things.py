"""What a text or a row counts: thing, number, unit, and whether it is the whole year's number or a part, a stage, another year's."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from models.checks.kinds import bare, is_filled_up
from models.checks.prose import DOCUMENT_NUMBER
from models.checks.vocabulary import Vocabulary, any_of
from models.document.tree import Indicator
from models.document.values import parse_number
from models.kept_answers import remembered

_MOST = 200
"""Quantities that are read of one text: a key that got stuck makes thousands."""

_REMEMBERED = 4_000
"""Texts and rows whose quantities are kept: those of a large text; of many files they would fill the memory."""

_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_STOPS = "，,。；;：:\n（(）)"
_NOT_WORDS = re.compile(r"[^\u4e00-\u9fffA-Za-z]+")
_FIRST_AFTER = re.compile(
    r"(?:的)?(?![及和与并或以])"
    r"(?P<thing>[\u4e00-\u9fffA-Za-z“”·]{2,18}(?:[（(][\u4e00-\u9fff、]{1,8}[）)][\u4e00-\u9fff]{2,12})?"
    r"|[\u4e00-\u9fff][（(][\u4e00-\u9fff、]{1,8}[）)])"
)
_WHOSE = re.compile(r"(?<=..)的.*")
_LIMIT_AFTER = re.compile(r"(?:及?以上|及?以下|以内|之内|左右|前|内|后)")
_DEADLINE = re.compile(r"(?P<month>\d{1,2})月(?:\d{1,2}[日号]|底|末|上旬|中旬|下旬)?(?:之?前|底|末|内)")
_DURATIONS = frozenset({"分钟", "小时", "天", "个工作日", "工作日", "个月"})
_RATE = re.compile(r"([不未非]?[\u4e00-\u9fff]{2})[率度]")
_PER_BEFORE = (
    r"(?:每(?P<times>[百千万])?(?P<unit>{units}|[\u4e00-\u9fff]{{1,2}}?)|(?P<mean>[人户亩吨村])均|(?P<price>[单均]价))"
    r"[^\d，。；：]{{0,10}}\Z"
)
_PRICE_WORDS = re.compile(r"每[\u4e00-\u9fff]{1,3}\Z|[人户亩吨村]均|[单均]价")
"""«人均», «每件» alone: the thing was named before."""
_ALL_TOGETHER = re.compile("合计|总计|总共")
_PAST = re.compile("上年|去年|往年|原")
_STARTING_POINT = re.compile(
    r"(?:逐步|再)?(?:提高|上升|提升|下降|降低|减少|增加|增长|扩大|缩短|压缩|调整|增|降|升)[到至为]"
)
"""Behind the number something starts from: «由93%提高到96%»."""
_NO_PART = re.compile("比[例率重值]|均衡|各[类项级种]")
"""Words of a thing that hold one of a part."""
_OF_WHICH = re.compile(f"其中|{_NO_PART.pattern}")
"""Of money each part is named, too, where it stands behind «其中»."""
_PER_TIME = re.compile(r"每(月|天|日|季度|次|场|期)")
_ANY_SUBJECT = re.compile("服务对象|受益|公众|群众|社会|居民|对象|人员")


@dataclass(frozen=True, slots=True)
class Quantity:
    """«完成造林1.2万亩»: `number` in the plain unit (12000), `unit` with its one name, `per` for prices («元/户» has 户).

    `core`: the distinctive characters of the thing; `wide`: all that stand around it; `apart`: it is a part, a stage, another
    year's, a mean, or a change, so that it is no contradiction to the whole.
    """

    number: Decimal
    unit: str
    per: str
    thing: str
    core: frozenset[str]
    pairs: frozenset[str]
    wide: frozenset[str]
    rate: str
    unlike: tuple[frozenset[str], ...]
    apart: bool
    month: int
    start: int
    end: int
    words: str
    limits: frozenset[str] = frozenset()
    """Numbers in the thing's own words: the 5分钟 of 5分钟到场率."""
    head: frozenset[str] = frozenset()
    """`core` without what is done to the thing: the 帐篷 of 购置帐篷."""
    move: str = ""
    """"up" or "down" where the number tells by how much the thing changes."""

    @property
    def kind(self) -> str:
        """What it can be compared with: its unit, prices apart from amounts."""
        return f"{self.unit}/" if self.per else self.unit


@dataclass(frozen=True)
class _Words:
    number: re.Pattern[str]
    per: re.Pattern[str]
    same: dict[str, str]
    apart: re.Pattern[str]
    generic: re.Pattern[str]
    change: re.Pattern[str]
    falls: re.Pattern[str]
    acts: re.Pattern[str]
    unlike: tuple[tuple[re.Pattern[str], dict[str, frozenset[str]]], ...]


@cache
def _words(vocabulary: Vocabulary) -> _Words:
    units = any_of({*vocabulary.words("quantities.units"), *vocabulary.table("quantities.same")}).pattern
    per = rf"(?:\s*[/／每](?P<per>{units}))?"
    number = re.compile(
        r"(?<![\d.〔\[【A-Za-z/／—~～-])(?P<number>\d[\d,]{0,30}+(?:\.\d{1,10}+)?)\s{0,2}"
        rf"(?P<scale>百万|千万|[百千万亿])?(?P<about>[余多])?(?P<unit>%|％|‰|百分比|个?百分点|美元|元|{units}){per}"
    )
    return _Words(
        number,
        re.compile(_PER_BEFORE.format(units=units)),
        dict(vocabulary.table("quantities.same")),
        vocabulary.pattern("quantities.words.apart"),
        vocabulary.pattern("quantities.words.generic"),
        # «提高到90%» tells how high, and no change.
        re.compile(f"(?:{vocabulary.pattern('quantities.words.change').pattern})(?![^，。；]{{0,3}}[到至])"),
        vocabulary.pattern("quantities.words.falls"),
        any_of(
            {
                *vocabulary.words("quantities.words.acts"),
                *(word for meaning in vocabulary.groups("quantities.unlike")["做法"] for word in meaning.split()),
            }
        ),
        tuple(map(_one_of, vocabulary.groups("quantities.unlike").values())),
    )


def _one_of(group: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """A pattern of the group's words, and for each the first of those that mean the same, or of several such."""
    first: dict[str, frozenset[str]] = {}
    for meaning in group:
        for word in meaning.split():
            first[word] = first.get(word, frozenset()) | {meaning.split()[0]}
    return any_of(first), first


@remembered(_REMEMBERED)
def quantities(text: str, vocabulary: Vocabulary) -> tuple[Quantity, ...]:
    """The quantities of a text in their order; years, dates and what stands in document numbers aside."""
    if not text or not any(char.isdigit() for char in text):
        return ()
    return tuple(_read(text, _words(vocabulary)))


def _read(text: str, words: _Words) -> Iterator[Quantity]:
    numbered = [found.span() for found in DOCUMENT_NUMBER.finditer(text)] if "号" in text or "〔" in text else []
    end, thing, count, amounts = 0, "", 0, 0
    before: Quantity | None = None
    for found in words.number.finditer(text):
        number = parse_number(_without_item_number(text, found))
        scale = found["scale"] or ""
        unit = found["unit"]
        if number is None or (unit == "年" and not scale) or _is_date(text, found.end(), unit):
            continue
        if any(begin < found.end() and found.start() < stop for begin, stop in numbered):
            continue
        count += 1
        if count > _MOST:
            return
        between = text[end : found.start()]
        if any(stop in between for stop in "。；;\n"):
            amounts = 0
        is_sum = amounts > 1 and unit == "元" and _ALL_TOGETHER.search(between)
        quantity = _quantity(text, found, number * _SCALES[scale], end, "" if is_sum else thing, words)
        amounts += unit == "元" and not quantity.per
        if before and text[before.end : found.start()] == quantity.thing[: found.start() - before.end] != "":
            quantity = replace(quantity, limits=frozenset({text[before.start : before.end]}))
        end, before = quantity.end, quantity
        if not quantity.per and len(quantity.core) > 1:
            thing = quantity.thing
        yield quantity


_ITEM_NUMBER = re.compile(r"\d\.(?=\d{1,4}\Z)")
_WHOLE = frozenset(
    [
        "人",
        "名",
        "户",
        "家",
        "个",
        "次",
        "场",
        "期",
        "起",
        "座",
        "处",
        "所",
        "村",
        "条",
        "台",
        "套",
        "辆",
        "件",
        "项",
        "份",
    ]
)


def _without_item_number(text: str, found: re.Match[str]) -> str:
    """«1.5座水库» at the begin of a line: the first item, which is about 5."""
    number: str = found["number"]
    at_begin = text[: found.start()].rpartition("\n")[2].strip() == ""
    return _ITEM_NUMBER.sub("", number) if at_begin and found["unit"] in _WHOLE and not found["scale"] else number


def _is_date(text: str, end: int, unit: str) -> bool:
    return unit == "日" or (unit == "年" and text[end : end + 1] in {"底", "末"})


def _quantity(text: str, found: re.Match[str], number: Decimal, last_end: int, last: str, words: _Words) -> Quantity:
    start = found.start()
    begin = max(last_end, start - 40, *(text.rfind(stop, 0, start) + 1 for stop in _STOPS))
    clause = max(0, start - 60, *(text.rfind(stop, 0, start) + 1 for stop in "，,。；;\n"))
    own = text[begin:start]
    following = _behind(text, found)
    thing = own + following
    core = _telling(thing, words)
    if (len(core) < 2 or not _telling(_PRICE_WORDS.sub("", thing), words)) and not following:
        thing = last
        core = _telling(thing, words)
    if found["unit"] in {"%", "％", "百分比", "‰"} and len(core) > 2:
        core -= {"率", "度"}
    unit, per = words.same.get(found["unit"], found["unit"]), found["per"] or ""
    around = text[clause : found.end()] + following
    if not per:
        per, times = _per(text[clause:start], unit, words)
        number /= times
    per = words.same.get(per, per)
    deadline = _DEADLINE.search(text, clause, start)
    before = text[clause:start]
    return Quantity(
        number,
        unit,
        per,
        thing,
        core,
        _pairs(thing, words),
        core | frozenset(around) - _LITTLE,
        _rate(thing, unit),
        _unlike(around, words),
        bool(_PAST.search(before)) if per else _is_apart(before, text[found.end() :][:6], found, words),
        int(deadline["month"]) if deadline else 0,
        start,
        found.end(),
        (own[-16:] + text[start : found.end()]).strip(f"{_STOPS}、 "),
        head=_head(thing, core, words),
        move=_move(around, words),
    )


def _behind(text: str, found: re.Match[str]) -> str:
    """The thing that stands behind its number: «240户家庭», «24小时内修复»."""
    limit = _LIMIT_AFTER.match(text, found.end())
    if limit and not (limit[0].endswith("内") and found["unit"] in _DURATIONS):
        return ""
    after = _FIRST_AFTER.match(text, limit.end() if limit else found.end())
    return _WHOSE.sub("", after["thing"]) if after else ""


def _per(before: str, unit: str, words: _Words) -> tuple[str, int]:
    """What a price before its unit is for, and for how many: «每户补助6000元», «每万尾120元»; "?" behind «单价»."""
    if unit != "元":
        return "", 1
    found = words.per.search(before)
    if not found:
        return "", 1
    own = found["unit"] or found["mean"] or "?"
    own = words.same.get(own, own)
    per = own + "".join(time for time in _PER_TIME.findall(before) if time != own)
    return per, _SCALES[found["times"] or ""]


def _head(thing: str, core: frozenset[str], words: _Words) -> frozenset[str]:
    head = _telling(words.acts.sub("", thing), words) & core
    return head if len(head) > 1 else core


def _move(around: str, words: _Words) -> str:
    found = words.change.findall(around)
    if not found:
        return ""
    return "down" if words.falls.search(found[-1]) else "up"


_LITTLE = frozenset("的了和与及以上下内外前后对为在等是有个各本该其中全共按从到被将把由并且或")


_A_DATE = re.compile(r"\d{1,2}月(?:\d{1,2}[日号]|底|末)?(?:之?前)?")


def _telling(text: str, words: _Words) -> frozenset[str]:
    return frozenset(_NOT_WORDS.sub("", words.generic.sub("", _A_DATE.sub("", text)))) - _LITTLE


def _pairs(text: str, words: _Words) -> frozenset[str]:
    pieces = _NOT_WORDS.sub(" ", words.generic.sub(" ", text)).split()
    return frozenset(piece[at : at + 2] for piece in pieces for at in range(len(piece) - 1))


def _rate(thing: str, unit: str) -> str:
    """Of a percentage, which rate it is: «合格» of 合格率."""
    if unit not in {"%", "‰"}:
        return ""
    found = _RATE.findall(thing)
    return found[-1] if found else ""


def _unlike(text: str, words: _Words) -> tuple[frozenset[str], ...]:
    return tuple(_meant(pattern.findall(text), first) for pattern, first in words.unlike)


_NOTHING: frozenset[str] = frozenset()


def _meant(words: list[str], first: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return _NOTHING.union(*(first[word] for word in words)) if words else _NOTHING


def _is_apart(before: str, behind: str, found: re.Match[str], words: _Words) -> bool:
    return bool(
        found["about"]
        or behind.startswith("左右")
        or _STARTING_POINT.match(behind)
        or before.endswith(("约", "近"))
        or words.apart.search((_OF_WHICH if found["unit"] == "元" else _NO_PART).sub("", before))
        or (re.search(r"20\d\d年(?!度?预算)", before) and not before.lstrip("（(").startswith("20"))
    )


def row_quantity_in(project: str, row: Indicator, vocabulary: Vocabulary) -> Quantity | None:
    """What a row counts, in a project whose name is about all its rows."""
    found = row_quantity(row.name, row.description, row.value, vocabulary)
    return replace(found, wide=found.wide | frozenset(project)) if found else None


@remembered(_REMEMBERED)
def row_quantity(row_name: str, description: str, value: str, vocabulary: Vocabulary) -> Quantity | None:
    """What a row counts; None where its value is not one number with a unit."""
    found = quantities(value, vocabulary)
    if len(found) != 1:
        return None
    words, own, name = _words(vocabulary), found[0], bare(row_name)
    core = _telling(name, words)
    if own.unit in {"%", "‰"} and name.endswith(("率", "度")):
        core -= {"率", "度"}
    if not core:
        return None
    per = own.per or _per(name.replace("标准", ""), own.unit, words)[0]
    time = _TIME_IN_NAME.search(name) if own.unit == "元" and per else None
    if time and time[0] not in per:
        per += time[0]
    return Quantity(
        own.number, own.unit, per, name, core, _pairs(name, words), core | frozenset(name + description),
        _rate(name, own.unit), _unlike(name, words),
        bool(re.search("累计|以来|历年|平均", name)), 0, 0, len(value), value.strip(),
        frozenset(re.findall(r"\d+[\u4e00-\u9fff]{1,2}", name)), _head(name, core, words), _move(name, words),
    )  # fmt: skip


_TIME_IN_NAME = re.compile("(?<=[人每户均])[月天](?=均|补|标|工资|薪|租|费)")
"""«人均月补助标准» in 元/人 is the price of a month."""


def is_counted(row: Indicator, vocabulary: Vocabulary) -> bool:
    """Whether the row says anything."""
    return not is_filled_up(row, vocabulary)


@cache
def acts_of_work(vocabulary: Vocabulary) -> frozenset[str]:
    """Words of two characters for what is done: they tell no thing from another."""
    groups = vocabulary.groups("quantities.unlike")["做法"]
    words = {*vocabulary.words("quantities.words.acts"), *(word for group in groups for word in group.split())}
    return frozenset(word for word in words if len(word) == 2)


def generic_subject(quantity: Quantity) -> bool:
    """Whether a satisfaction is that of anybody: «群众满意度»."""
    return bool(_ANY_SUBJECT.search(quantity.thing))
