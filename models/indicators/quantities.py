"""What a project says of how much there shall be, offered as the values of indicators: «举办推介会 2 场» is ≥2场."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from models.checks.mentions import Mention, mentions
from models.checks.prose import likeness, pairs, squeezed
from models.document.tiers import plain_tier
from models.document.tree import Project
from models.document.values import compose_value, money, plain_number
from models.indicators.indicator_library import Entry

_GAP = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=\d)")
_AT_MOST = re.compile(r"(?:不超过|不高于|不多于|不大于|控制在|低于|少于)\D{0,2}\Z")
_DIGITS = re.compile(r"\d")
_LEADING = re.compile(
    r"(?:(?:本年度|本年|全年|年内|计划|预计|力争|通过|确保|将|并|其中|主要|用于|累计|共|完成|实现|组织|开展|举办|召开|建设)(?=..))+"
)
_TAIL = re.compile(r"(?:不超过|不高于|不多于|不大于|控制在|低于|少于|不少于|不低于|达到|达|共|约|数量)+\Z")
_WHOLE_COST = re.compile("总成本|总额|预算|控制数")
_ENDINGS = {
    "场": "场次", "次": "次数", "期": "期数", "人": "人数", "人次": "人次", "户": "户数", "家": "数量", "个": "数量", "项": "数量",
    "件": "数量", "份": "数量", "篇": "数量", "台": "数量", "套": "数量", "辆": "数量", "座": "数量", "处": "数量", "米": "长度",
    "公里": "长度", "亩": "面积", "万亩": "面积", "平方米": "面积", "万平方米": "面积", "公顷": "面积", "天": "天数", "册": "数量",
    "株": "数量", "盏": "数量", "条": "数量", "具": "数量", "批次": "批次", "万人次": "人次",
}  # fmt: skip
_ALIKE_UNITS = (
    frozenset(("次", "场", "期", "批次", "场次")),
    frozenset(("个", "项", "件", "处")),
    frozenset(("家", "户", "个")),
)
EMPTY_PAIRS = frozenset(
    (
        "项目", "目的", "完成", "情况", "工作", "及时", "数量", "指标", "年度", "建设", "实施", "进行", "提高", "提升", "开展", "保障",
        "相关", "管理", "服务", "全年", "举办",
    )
)  # fmt: skip
"""What every project speaks of."""
ENDING_PAIRS = frozenset(
    (
        "合格", "格率", "完成", "成率", "满意", "意度", "覆盖", "盖率", "人次", "次数", "人数", "面积", "长度", "场次", "及时", "时率", "数量",
        "达标", "标率", "通过", "过率", "增长", "长率", "提升", "升率",
    )
)  # fmt: skip
"""What many names end in, whatever they are of."""
_MEASURE = re.compile(r"..[率度]\Z")
_RATIOS = frozenset(("%", "％", "百分比"))
_AGREE = 0.4
_SAME = 0.8
"""Likeness of a name to the project's own words from which these need no indicator of their own."""
_FEW = 2
_LONGEST_THING = 14
_MOST = 300
"""Numbers of a project that are looked at: each is held against every indicator of its unit."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a project's words. `field`: where it stands, as the form calls it; `at_most`: it is an upper limit."""

    mention: Mention
    field: str
    at_most: bool

    @property
    def is_named_share(self) -> bool:
        """Whether the words name the share in full, like 合格率: it is the value of no other share."""
        return bool(_MEASURE.search(_thing(self)))

    def value(self, sign: str) -> str:
        """As 指标值; the sign where the words name none."""
        return compose_value("≤" if self.at_most else sign or "≥", plain_number(self.mention.number), self.mention.unit)


def quantities(project: Project) -> tuple[Quantity, ...]:
    """The numbers in the use of funds and in the goals, each once, the first few hundred; years and money aside."""
    found: dict[Quantity, None] = {}
    for field, text in (("资金用途", project.fund_use), *(("绩效目标", goal) for goal in project.goals)):
        words = _GAP.sub("", text)
        for mention in mentions(words):
            if mention.unit != "年":
                found[Quantity(mention, field, bool(_AT_MOST.search(_DIGITS.split(mention.words)[0])))] = None
    return tuple(found)[:_MOST]


def mentioned_in(
    found: Sequence[Quantity], entries: Sequence[Entry], rarity: Mapping[str, float]
) -> Mapping[Entry, Quantity]:
    """Which of them says how much there shall be of which entry: the unit fits, and most of what is special in the name stands
    in the subject. Each is of the few entries it fits best."""
    mentioned: dict[Entry, Quantity] = {}
    of_unit: dict[str, list[Entry]] = {}
    for each in found:
        subject, unit = pairs(each.mention.subject), each.mention.unit
        if unit not in of_unit:
            of_unit[unit] = [entry for entry in entries if _units_fit(entry.unit, unit)]
        fits = ((_agreement(entry, subject, rarity), entry) for entry in of_unit[unit])
        fits = (fit for fit in fits if fit[0] >= _AGREE and _measures(fit[1], _thing(each)))
        best = sorted(fits, key=lambda fit: -fit[0])[:_FEW]
        for _agreed, entry in best:
            mentioned.setdefault(entry, each)
    return mentioned


def _agreement(entry: Entry, subject: frozenset[str], rarity: Mapping[str, float]) -> float:
    """0 … 1: what share of what is special in a name stands in the subject; 0 where only what all names end in does."""
    name = pairs(squeezed(entry.name))
    common = name & subject
    if not common - EMPTY_PAIRS - ENDING_PAIRS:
        return 0.0
    weigh = rarity.get
    return sum(weigh(pair, 1.0) for pair in common) / sum(weigh(pair, 1.0) for pair in name)


def budget_for(entry: Entry, project: Project) -> str:
    """The budget as the value of an indicator of the whole cost; "" for another one, or where it is no amount."""
    if plain_tier(entry.tier2) != "成本" or entry.unit not in {"万元", "元"} or not _WHOLE_COST.search(entry.name):
        return ""
    amount = money(project.budget, project.amount_unit)
    if amount is None or amount <= 0:
        return ""
    return compose_value("≤", plain_number(amount if entry.unit == "万元" else amount * 10_000), entry.unit)


def from_words(
    found: Sequence[Quantity], named: Mapping[Entry, Quantity], entries: Sequence[Entry], tiers: tuple[str, str]
) -> Iterator[tuple[Entry, Quantity]]:
    """Indicators made of the project's own words: counted things no entry of `named` has, under `tiers`; and shares, under the
    tiers where such shares mostly stand."""
    counted = frozenset(named.values())
    for each in found:
        unit, thing = each.mention.unit, _thing(each)
        if not 2 <= len(thing) <= _LONGEST_THING:
            continue
        under: tuple[str, str] | None = None
        if unit in _RATIOS and _MEASURE.search(thing):
            same = any(
                likeness(squeezed(entry.name), thing) >= _SAME for entry, value in named.items() if value is each
            )
            under = None if same else _usual_tiers(thing, entries)
        elif unit in _ENDINGS and each not in counted:
            under, ending = tiers, _ENDINGS[unit]
            thing = thing if thing.endswith(ending) else f"{thing}{ending}"
        if under:
            yield Entry(*under, thing, sign="≤" if each.at_most else "≥", unit=unit, source=each.field), each


def _thing(quantity: Quantity) -> str:
    """What it is a number of, without the words that lead to it."""
    return _TAIL.sub("", _LEADING.sub("", quantity.mention.subject, count=1))


def _measures(entry: Entry, thing: str) -> bool:
    """Whether the name may be the share the words name; true where they name none in full."""
    measure = _MEASURE.search(thing)
    return measure is None or squeezed(entry.name).endswith(measure[0])


def _usual_tiers(name: str, entries: Iterable[Entry]) -> tuple[str, str] | None:
    """The tiers of most entries that end as the name does, by the longest end any of them has."""
    ends: dict[int, Counter[tuple[str, str]]] = {}
    for entry in entries:
        letters = zip(reversed(name), reversed(squeezed(entry.name)), strict=False)
        same = sum(1 for _both in takewhile(lambda both: both[0] == both[1], letters))
        ends.setdefault(same, Counter())[entry.tier1, entry.tier2] += 1
    longest = max(ends, default=0)
    return ends[longest].most_common(1)[0][0] if longest > 1 else None


def _units_fit(one: str, other: str) -> bool:
    one, other = ("%" if unit in {"百分比", "％"} else "次" if unit == "次数" else unit for unit in (one, other))
    return one == other or any(one in group and other in group for group in _ALIKE_UNITS)
