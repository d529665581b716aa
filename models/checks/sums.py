"""The rule on parts that are given with their total."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from models.checks import texts
from models.checks.prose import amounts
from models.checks.registry import Context, Finding, Severity, shortened, text_rule
from models.document.values import parse_number, plain_number

_UNITS = (
    "亿元|万元|千元|万美元|亿美元|元|平方米|万平方米|公里|千米|立方米|人次|班次|批次|场次|家次|名|人|户|家|项|件|场|次|期|处|座|条|台|套|辆|亩|米|吨|株|份|篇|批|册|所|村|支|门|册|天"
    r"|个(?!百分点|月|工作日|小时|方面|领域|层面)"
)
_MENTION = re.compile(
    rf"(?<![\d.])(?P<number>\d[\d,]{{0,100}}+(?:\.\d++)?)(?P<about>余|多)?(?P<unit>{_UNITS})(?P<open>及?以上|以下|以内|左右)?"
)
_MARK = re.compile(r"其中|分别(?:为|是)?")
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_QUARTERS = re.compile(r"[一二三四]季度|[上下]半年|\d{1,2}月")
_SUMMED = re.compile(r"(?:合计|共计|总计|小计|共)[^\d，。；、]{0,4}\Z")
"""Before a number that is the sum of those before it."""
_LOOK_BACK = 250
_NEARLY = Decimal("0.9")


@dataclass(frozen=True, slots=True)
class _Mention:
    number: Decimal
    unit: str
    exact: bool
    start: int
    end: int


def _mentions(text: str, start: int, end: int) -> list[_Mention]:
    found = []
    for mention in _MENTION.finditer(text, start, end):
        number = parse_number(mention["number"])
        if number is not None:
            exact = not (mention["about"] or mention["open"])
            found.append(_Mention(number, mention["unit"], exact, mention.start(), mention.end()))
    return found


@text_rule(
    "sum-mismatch",
    Severity.ERROR,
    texts.PROSE,
    source="分项之和应等于总数",
    wrong={"safeguards[m1].text": "成立工作专班，全年调度16次，其中，一季度调度8次、二季度调度4次，三季度调度3次。"},
    right={"safeguards[m1].text": "成立工作专班，全年调度16次，其中，一季度调度8次、二季度调度4次，三季度调度4次。"},
)
def sum_mismatch(text: str, _field: str, _context: Context) -> Iterator[Finding]:
    """Parts given with their total («16个：8+4+3») that do not add up. Lists that may be incomplete are left alone."""
    if not re.search(r"\d", text):
        return
    if "其中" in text or "分别" in text:
        for mark in _MARK.finditer(text):
            yield from _after_mark(text, mark.start(), mark.end())
    if "计" in text:
        yield from _before_total(text)
    if "+" in text or "＋" in text:
        yield from _written_out(text)


def _after_mark(text: str, start: int, end: int) -> Iterator[Finding]:
    """Total, then «其中»: parts up to the end of the sentence or the next mark."""
    following = _MARK.search(text, end)
    limit = following.start() if following else len(text)
    stop = min([place for place in (text.find(mark, end, limit) for mark in "。\n") if place >= 0], default=limit)
    bracket = text.find("）", end, stop) if text[start - 1 : start] == "（" else -1
    stop = bracket if bracket >= 0 else stop
    inner = {place for found in _BRACKETS.finditer(text, end, stop) for place in range(*found.span())}
    parts = [part for part in _mentions(text, end, stop) if part.start not in inner]
    parts = list(takewhile(lambda part: not _SUMMED.search(text, end, part.start), parts))
    if len(parts) < 2:
        return
    before = max(0, start - _LOOK_BACK)
    totals = _mentions(text, max(text.rfind("\n", before, start) + 1, before), start)
    same_sentence = text.rfind("。", before, start) < (totals[-1].start if totals else 0)
    for unit in dict.fromkeys(part.unit for part in parts):
        own = [part for part in parts if part.unit == unit]
        total = next((m for m in reversed(totals) if m.unit == unit), None)
        if total is None or len(own) < 2 or not total.exact or not all(part.exact for part in own):
            continue
        quarters = len(_QUARTERS.findall(text[end : own[-1].end])) >= len(own)
        distinguished = text.startswith("分别", start)
        if not (same_sentence or quarters):
            continue
        if _disagree(total.number, [part.number for part in own], quarters or distinguished):
            yield _finding(text, total, own)


def _disagree(total: Decimal, parts: list[Decimal], complete: bool) -> bool:
    """Parts above the total never fit; parts below it only where the list is complete, or nearly reaches it."""
    added = sum(parts)
    return added > total or (added < total and (complete or added >= _NEARLY * total))


def _finding(text: str, total: _Mention, parts: list[_Mention]) -> Finding:
    whole = text[total.start : parts[-1].end]
    excerpt = (
        whole if len(whole) <= 60 and "\n" not in whole else text[_clause_start(text, parts[0].start) : parts[-1].end]
    )
    sum_of = " + ".join(plain_number(part.number) for part in parts)
    added = plain_number(Decimal(sum(part.number for part in parts)))
    message = f"分项相加 {sum_of} = {added}{total.unit}，同总数 {plain_number(total.number)}{total.unit} 不符，请核对。"
    return Finding("", shortened(excerpt), message)


def _clause_start(text: str, place: int) -> int:
    """Where the clause around the place begins, the place itself in a long one."""
    start = max(text.rfind(mark, 0, place) for mark in "，,；;。：:、（\n") + 1
    return start if place - start < 20 else place


_TOTAL = re.compile(r"(?:合计|共计|总计)[^\d，。；、\n]{0,6}(\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|千元|元)")
_NO_PART = re.compile(r"(?:每|标准|单价|按|人均|亩均|预算数[为是]?|总额[为是]?)[^，。；、]{0,6}\Z")


def _before_total(text: str) -> Iterator[Finding]:
    """Parts, then «合计». Any run of the parts that ends at the total may be what is added."""
    coming = iter(list(amounts(text)))
    amount = next(coming, None)
    sums, number = {Decimal(0)}, 0
    added = Decimal(0)
    for found in _TOTAL.finditer(text):
        while amount and amount.end <= found.start():
            if not _NO_PART.search(text[max(0, amount.start - 12) : amount.start]):
                number, added = number + 1, added + amount.value
                sums.add(added)
            amount = next(coming, None)
        total = next(iter(amounts(found[0])), None)
        if total is None or number < 2:
            continue
        # The parts from any of them on make up the total where what is left of the whole is the sum of those before.
        if added - total.value not in sums and total.value / 2 < added < total.value * 2:
            message = f"前面各项相加是 {plain_number(added)} 万元，同「{found[0]}」不符，请核对。"
            yield Finding("", shortened(found[0]), message)


_WRITTEN_OUT = re.compile(
    r"(?P<total>(?<!\d)\d++(?:\.\d++)?)[\u4e00-\u9fff]{0,4}[：:（(=＝](?P<parts>\d++(?:\.\d++)?(?:[\u4e00-\u9fff]{0,3}[+＋]\d++(?:\.\d++)?)+)"
)


def _written_out(text: str) -> Iterator[Finding]:
    for found in _WRITTEN_OUT.finditer(text):
        parts = [Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", found["parts"])]
        if sum(parts) != Decimal(found["total"]):
            message = f"分项相加是 {plain_number(Decimal(sum(parts)))}，同总数 {found['total']} 不符，请核对。"
            yield Finding("", shortened(found[0]), message)
