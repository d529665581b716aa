"""The lines around a table: its title with the year, «填报单位：… 填报日期：… 单位：万元», signatures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from importers.reading.reading_labels import DETAIL, PROJECT, Label, Vocabulary
from importers.table_grid import label_key, squeeze

LONGEST_LINE = 200
"""Characters of a line that may be one of these."""

AMOUNT_UNIT = f"{PROJECT}amount_unit"
YEAR = f"{PROJECT}year"
_MONEY_LABELS = frozenset(("单位", "金额单位", "货币单位", "计量单位", "资金单位", "预算单位", "计价单位"))
_MONEY = frozenset(("亿元", "万元", "千元", "元"))
_PAIR = re.compile(
    r"\s*(?P<label>[^\s：:，。；]{1,24})\s*[：:]\s*(?P<value>[^：:]*?)(?=\s+[^\s：:，。；]{1,24}\s*[：:]|\s*\Z)"
)
_YEAR_LINE = re.compile(r"[（(]?(20\d{2})年?度?[）)]?")
_YEAR_IN_TITLE = re.compile(r"(?<!\d)(20\d{2})年")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=年(?!\d)|$)")
_ATTACHMENT = re.compile(r"^附[件表]\d*[：:]?")
_TITLE_SUBJECTS = ("绩效", "目标", "申报", "预算")
_TITLE_END = re.compile(r"(?:表|书)(?:（[^（）]*）)?")
_TITLE_WORDS = ("目标", "绩效", "申报", "项目", "专项")
_ANY_TABLE = re.compile(
    r"20\d{2}|年度?|项目|支出|部门|预算|单位|专项|资金|区域|整体|总体|财政|申报|县级|市级|省级|本级|绩效|目标|及|和|[（）()]"
)
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_UNIT_LABELS = frozenset(("单位", "部门", "预算部门", "填报部门", "编制部门", "申报部门"))
_FIELDS = (f"{PROJECT}name", f"{PROJECT}code", f"{PROJECT}unit", f"{PROJECT}unit_code", YEAR)


@dataclass(frozen=True, slots=True)
class FrontLine:
    """What a line says: words by field; `rest`: its pairs that are of no field; `title`: it names a table."""

    fields: Mapping[str, str] = field(default_factory=dict)
    rest: tuple[str, ...] = ()
    title: bool = False

    @property
    def says_something(self) -> bool:
        return bool(self.fields or self.title)


def read_line(text: str, vocabulary: Vocabulary) -> FrontLine:
    """The line's fields; an empty one for a line of other words."""
    words = squeeze(text)
    if not words or len(text) > LONGEST_LINE:
        return FrontLine()
    year = _YEAR_LINE.fullmatch(words)
    if year:
        return FrontLine({YEAR: year[1]})
    if is_title(words):
        year = _YEAR_IN_TITLE.search(words)
        return FrontLine({YEAR: year[1]} if year else {}, title=True)
    return _pairs(text, vocabulary)


def title_year(text: str) -> str:
    """The one year in a title that does not end in 表 («2026年项目绩效目标申报»); "" for other words."""
    words = squeeze(text) if len(text) <= LONGEST_LINE else ""
    words = _ATTACHMENT.sub("", words)
    years = set(_ANY_YEAR.findall(words))
    is_title = 5 <= len(words) <= 40 and len(years) == 1 and not set("：:，,。；;、") & set(words)
    return years.pop() if is_title and any(word in words for word in _TITLE_SUBJECTS) else ""


def parted(text: str, vocabulary: Vocabulary) -> tuple[str, str, Label | None]:
    """A label, the words behind its colon, and what it means: a goal goes on behind further colons, and «其中：财政拨款：» has
    one in it."""
    text = text.replace(":", "：")
    head, _colon, words = text.partition("：")
    label = vocabulary.label(head)
    if "：" in words and (label is None or not label.is_goal):
        head, _colon, words = text.rpartition("：")
        label = vocabulary.label(head)
    return head, words, label


def names_a_project(words: str) -> bool:
    """Whether what stands before «绩效目标表» is a project's name, and not the words any such table has."""
    return bool(_ANY_TABLE.sub("", squeeze(words)))


def is_title(words: str) -> bool:
    """Whether words without white space name a table of goals."""
    end = _TITLE_END.search(words, max(words.rfind("表"), words.rfind("书"), 0))
    return (
        5 <= len(words) <= 40
        and end is not None
        and end.end() == len(words)
        and any(word in words for word in _TITLE_WORDS)
        and not set("：:，。；") & set(words)
    )


def _pairs(text: str, vocabulary: Vocabulary) -> FrontLine:
    fields: dict[str, str] = {}
    rest: list[str] = []
    place = 0
    while place < len(text):
        found = _PAIR.match(text, place)
        if found is None:
            return FrontLine()
        place = found.end()
        name = _field(found["label"], found["value"].strip(), vocabulary)
        if name == AMOUNT_UNIT and _BRACKETS.sub("", label_key(found["label"])) not in _MONEY_LABELS:
            rest.append(found[0].strip())  # its label says more
        if name and found["value"].strip() and name not in fields:
            fields[name] = found["value"].strip()
        elif found["value"].strip() or not name:
            rest.append(found[0].strip())
        if not text[place:].strip():
            break
    return FrontLine(fields, tuple(rest))


def _field(label: str, value: str, vocabulary: Vocabulary) -> str:
    key = _BRACKETS.sub("", label_key(label))
    if squeeze(value) in _MONEY and key.endswith("单位"):
        return AMOUNT_UNIT
    if key in _UNIT_LABELS:
        return f"{PROJECT}unit"
    known = vocabulary.label(key)
    if known is not None and known.field == f"{PROJECT}project":
        return f"{PROJECT}name"
    return known.field if known is not None and (known.field in _FIELDS or known.field.startswith(DETAIL)) else ""
