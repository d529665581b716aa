"""The one vocabulary: what a label of a form or a header of a list means, whatever year, unit or number stands with it."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from importers.table_grid import label_key, squeeze
from models.errors import UserError
from resources import ROOT

FILE = ROOT / "reading" / "labels.toml"

LONGEST = 40
"""Characters of a label, what stands in brackets included."""

PROJECT, DETAIL, DEPARTMENT = "project.", "detail.", "department."
"""Begin the names of a project's fields, of those this program's own form has not, and of a department's."""
GROUP = "group"

_MONEY = re.compile(r"(?P<label>.+?)(?:（(?:金额)?(?:单位：)?|[/:：])(?P<unit>亿元|万元|千元|元)）?")
_BRACKETS = re.compile(r"（([^（）]*)）$")
_MIDDLE = re.compile(r"(?P<head>[^（）]+)（(?P<inner>[^（）]+)）(?P<tail>[^（）]+)")
_NUMBER = re.compile(r"(?:（?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）、.．])(?=\D)")
_YEAR = re.compile(r"(?:20\d{2}年?度?)(?=\D)")
_LITERAL_SIGNS = frozenset(("≥", "≤", "＝", "＞", "＜", ">=", "<=", "=", ">", "<", "≧", "≦", "⩾", "⩽", "＞＝", "＜＝"))
_AND_CODE_END = re.compile(
    r"(?:(?:及|和|与|、|/)?(?:编码|代码|编号)?(?:及|和|与|、|/)?名称|(?:及|和|与|、|/)(?:编码|代码|编号))$"
)
_NUMBERED_GOAL = re.compile(r"(?P<label>.*目标)(?:\d{1,2}|[一二三四五六七八九十])")
_AMOUNTS = ("budget", "fiscal_funds", "other_funds", "carry_over", "whole_total", "whole_fiscal", "whole_other")
_MEASURES = ("value", "unit", "nature", "name", "sign", "direction", "weight")
_LONG = {
    "project.budget": "detail.whole_total",
    "project.fiscal_funds": "detail.whole_fiscal",
    "project.other_funds": "detail.whole_other",
    "project.goals": "detail.long_term_goal",
    "project.overall_goals": "detail.long_term_goal",
}


class Label(NamedTuple):
    """What a label means. `field`: "" for a column to pass over; `amount_unit`: the unit of money it names; `scope`: "annual",
    "long_term", or "" where it says neither; `group`: it may also only head others."""

    field: str
    amount_unit: str = ""
    scope: str = ""
    group: bool = False

    @property
    def is_amount(self) -> bool:
        return self.field.rpartition(".")[2] in _AMOUNTS

    @property
    def is_goal(self) -> bool:
        return self.field in (*_LONG, "detail.long_term_goal") and not self.is_amount

    @property
    def is_unit(self) -> bool:
        return self.field in ("project.unit", "detail.department", "detail.implementing_unit")

    @property
    def describes_a_project(self) -> bool:
        return self.field.startswith(DETAIL) or self.is_amount or self.is_goal


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the files of labels say: fields by label, signs by word, words of totals, kinds of tables that are none of goals."""

    fields: Mapping[str, str]
    groups: frozenset[str]
    signs: Mapping[str, str]
    directions: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    totals: frozenset[str]
    others: tuple[tuple[str, tuple[str, ...]], ...]
    """Kinds of tables that hold no goals: the name of each, and the words of its titles."""
    signatures: tuple[str, ...]
    _known: dict[str, Label | None] = field(default_factory=dict)

    def label(self, text: str) -> Label | None:
        """What a label says; None for words nobody knows."""
        if len(text) > LONGEST or not text:
            return None
        found = self._known.get(text, _UNASKED)
        if found is _UNASKED:
            found = self._meaning(label_key(text).strip("*＊★※").replace("（程）", ""))
            if len(self._known) < _REMEMBERED:
                self._known[text] = found
        return found

    def sign(self, words: str) -> str | None:
        """The sign a cell means, as typed where it is one; None for other words."""
        return words if words in _LITERAL_SIGNS else self.signs.get(words)

    def is_total(self, words: str) -> bool:
        """Whether a cell says that its row holds sums; what stands in brackets or a colon after it aside."""
        return len(words) <= LONGEST and _sum_key(words) in self.totals

    def ends_in_total(self, words: str) -> bool:
        """Whether words end in one of those of sums."""
        return len(words) <= LONGEST and _sum_key(words).endswith(tuple(self.totals))

    def is_signature(self, text: str) -> bool:
        """Whether a row that begins with these words is one of signatures."""
        if "：" not in text and ":" not in text:
            return False
        return squeeze(text[:LONGEST]).replace(":", "：").startswith(self.signatures)

    def scope(self, text: str) -> str:
        """Whether words that head several columns say the year's or the whole period's."""
        key = _BRACKETS.sub("", label_key(text)) if len(text) <= LONGEST else ""
        return next((scope for scope in ("annual", "long_term") if key in self.words[scope]), "")

    def scope_in(self, title: str) -> str:
        """The same of the words in a title."""
        return next((scope for scope in ("long_term", "annual") if any(map(title.__contains__, self.words[scope]))), "")

    def other_table(self, title: str) -> str:
        """The kind of table a title names, where it is none of goals; else ""."""
        key = squeeze(title) if len(title) <= 2 * LONGEST else ""
        if key.endswith("目标表") or "。" in key or "；" in key:
            return ""
        return next((name for name, words in self.others if any(word in key for word in words)), "")

    def _meaning(self, key: str) -> Label | None:
        for words in _shorter(key):
            found = self._exact(words)
            if found is not None:
                return found
        return None

    def _exact(self, key: str) -> Label | None:
        """The meaning of the words, with a unit of money or a scope in them and without."""
        if not key:
            return None
        known = self._plain(key)
        if known is not None:
            return known
        money = _MONEY.fullmatch(key)
        if money and (known := self._plain(money["label"])) and (known.is_amount or known.group):
            return known._replace(amount_unit=money["unit"])
        bracket = _BRACKETS.search(key)
        if bracket:
            known = self._exact(key[: bracket.start()])
            scope = self.scope(bracket[1])
            return known and self.scoped(known, scope or known.scope)
        for scope in ("long_term", "annual"):
            for word in self.words[scope]:
                if key.startswith(word) and (known := self._plain(key[len(word) :])) and known.field in _SCOPED:
                    return self.scoped(known, scope)
        if key.startswith(("绩效", "指标")) and (known := self._plain(key[2:])) and known.field in _MEASURES:
            return known
        if key.startswith("其中") and (known := self._meaning(key[2:].lstrip("：:"))) and known.is_amount:
            return known._replace(scope="annual") if known.field == f"{PROJECT}budget" else known
        return self._fuller(key)

    def _fuller(self, key: str) -> Label | None:
        """The meaning of words in which 项目 leads, or a unit's code is asked for with its name."""
        ending = _AND_CODE_END.search(key)
        if ending and (known := self._plain(key[: ending.start()])) and known.is_unit:
            return known
        if key.startswith("项目") and (known := self._plain(key[2:])) and known.describes_a_project:
            return known
        if (middle := _MIDDLE.fullmatch(key)) and (known := self._without(middle)):
            return known
        numbered = _NUMBERED_GOAL.fullmatch(key)
        known = self._exact(numbered["label"]) if numbered else None
        return known if known is not None and known.is_goal else None

    def _without(self, found: re.Match[str]) -> Label | None:
        """The meaning of «项目（政策）名称»: without what stands in brackets, or with it in the place of what is before."""
        either = (
            found["head"] + found["tail"],
            found["inner"] + found["tail"],
            found["head"] + found["inner"] + found["tail"],
        )
        return next((known for words in either if (known := self._plain(words))), None)

    def _plain(self, key: str) -> Label | None:
        found = self.fields.get(key)
        if found is None:
            return Label(GROUP, group=True) if key in self.groups else None
        return Label(found, group=key in self.groups)

    @staticmethod
    def scoped(label: Label, scope: str) -> Label:
        """The label where other words say that it is of the year or of the whole period."""
        if scope == "long_term" and label.field in _LONG:
            return label._replace(field=_LONG[label.field])
        return label._replace(scope=scope)


_SCOPED = (*_LONG, "value", "name", "tier2")
"""Fields whose labels may begin with the words of a scope."""
_UNASKED = Label("?")
_REMEMBERED = 20_000


def _shorter(key: str) -> Iterable[str]:
    """The words, and what is left of them without a number and a year in front."""
    yield key
    number = _NUMBER.match(key)
    if number:
        key = key[number.end() :]
        yield key
    year = _YEAR.match(key)
    if year:
        yield key[year.end() :]
        yield f"年度{key[year.end() :]}"


def _sum_key(words: str) -> str:
    return _BRACKETS.sub("", label_key(words).rstrip("：:")).rstrip("：:")


@cache
def known_fields() -> frozenset[str]:
    """The fields that labels may mean, by their names with what they begin with."""
    return frozenset(load_vocabulary(()).fields.values())


@cache
def load_vocabulary(checkpoints: tuple[str, ...]) -> Vocabulary:
    """The shipped words; `checkpoints`: labels of the spending plan's cells. UserError where the file is faulty."""
    try:
        return _vocabulary(tomllib.loads(FILE.read_text(encoding="utf-8")), checkpoints)
    except (OSError, tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError) as error:
        raise UserError(f"表头文件 {FILE} 有错（{error}），请改正后重新打开程序。") from None


def _vocabulary(data: Mapping[str, Any], checkpoints: tuple[str, ...]) -> Vocabulary:
    fields = {label_key(header): "" for header in data["ignored"]["columns"]}
    for section, prefix in (("department", DEPARTMENT), ("details", DETAIL), ("indicator", ""), ("project", PROJECT)):
        for name, headers in data[section].items():
            fields |= {label_key(header): prefix + name for header in headers}
    for place, label in enumerate(checkpoints):
        fields |= {label_key(header): f"{PROJECT}spending_plan[{place}]" for header in _checkpoint_labels(label)}
    return Vocabulary(
        fields,
        frozenset(map(label_key, data["groups"]["words"])),
        _by_word(data["signs"]),
        _by_word(data["directions"]),
        {name: frozenset(map(label_key, words)) for name, words in data["words"].items()},
        frozenset(map(_sum_key, data["totals"]["words"])),
        tuple((each["name"], tuple(each["title"])) for each in data["other_tables"]),
        tuple(f"{word}：" for word in data["signatures"]["words"]),
    )


def _by_word(lists: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {word: sign for sign, words in lists.items() for word in words}


def _checkpoint_labels(label: str) -> tuple[str, ...]:
    """A checkpoint as forms write it: 3月底, 3月末, each with 支出计划 behind it."""
    end = label.replace("底", "末")
    return (label, end, f"{label}支出计划", f"{end}支出计划")
