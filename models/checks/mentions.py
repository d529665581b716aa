"""Numbers stated in running text with what they are said to count, to compare them with the rows of the tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from models.document.values import parse_number
from models.kept_answers import remembered

_MENTION = re.compile(
    r"(?<![\d.\-—])(?P<number>\d[\d,]{0,100}+(?:\.\d++)?)\s*(?P<unit>百分比|%|％|[\u4e00-\u9fff]{1,4})"
)
_SUBJECT = re.compile(r"[\u4e00-\u9fffA-Za-z·]{2,24}\Z")
_LINKS = re.compile(
    r"(?:(?:力争|预计|计划|确保|要|应|均|都|率先|总数|总量|累计|全部|分别|实现|达|不低于|不少于|不超过|控制在|超过|超|大于|高于|多于|为|是|至|到|在|约|有|共))+\Z"
)
_MEANINGLESS = frozenset(
    "的全年度底前内预计划实现完成达到举办开展组织新增加建设使并和与共总数量率比例以上了个项目工作当本对各类及等"
)
_UNITS = frozenset(
    (
        "人次", "人", "户", "家", "个", "项", "件", "份", "篇", "册", "卷", "辆", "座", "处", "株", "次", "场", "期",
        "批次", "起", "门", "米", "公里", "平方米", "万平方米", "亩", "公顷", "公斤", "吨", "立方米", "万立方米", "小时", "天", "年", "台", "套",
        "条", "支", "名", "所", "村", "万亩", "万人次", "万人", "场次",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """«培训农户1200人次»: the characters of the subject, the number, its unit, and the words themselves."""

    subject: str
    characters: frozenset[str]
    number: Decimal
    unit: str
    words: str


_SAME = {"百分比": "%", "％": "%", "次数": "次", "名": "人"}


def one_unit(unit: str) -> str:
    """A unit with its one name: 百分比 is %, 名 is 人."""
    return _SAME.get(unit, unit)


def _unit_words(words: str) -> str:
    """The longest known unit the words begin with, "" where they begin with none."""
    if words in _SAME or words == "%":
        return words
    return next((words[:n] for n in range(min(len(words), 4), 0, -1) if words[:n] in _UNITS), "")


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with its unit: where it stands, from the number to the unit's end, and the unit's one name."""

    start: int
    end: int
    number: Decimal
    unit: str


def counted(text: str) -> Iterator[Counted]:
    """The numbers of a text that count something; amounts of money and dates aside."""
    for found in _MENTION.finditer(text):
        number, words = parse_number(found["number"]), _unit_words(found["unit"])
        if number is not None and words:
            yield Counted(found.start(), found.start("unit") + len(words), number, one_unit(words))


@remembered(20_000)
def mentions(text: str) -> tuple[Mention, ...]:
    """What a text says of numbers; amounts of money, dates and numbers without a subject aside."""
    found = []
    for number in counted(text):
        before = _SUBJECT.search(text, max(0, number.start - 24), number.start)
        if before is None:
            continue
        subject = _LINKS.sub("", before[0])
        characters = frozenset(subject) - _MEANINGLESS
        if len(characters) >= 2:
            words = before[0] + text[number.start : number.end]
            found.append(Mention(subject, characters, number.number, number.unit, words))
    return tuple(found)
