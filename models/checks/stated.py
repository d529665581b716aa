"""Which amounts in a text are said to be those of the whole project."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from models.checks.prose import Amount, amounts

_BETWEEN = r"(?:总额|总计|共计|合计|共|总|为|是|约|：|:|数|人民币|\s)*+$"
_NAMED = re.compile(
    r"(?:预算数|预算总?金额|预算总额|预算总数|总预算|预算规模|(?:本|该|此)?项目(?:年度)?预算(?:资金|经费|数)?|(?:本|该|此)项目总?(?:资金|经费|投资)|年度预算(?:资金)?)"
    + _BETWEEN
)
"""Words that name the whole, wherever they stand in the clause."""

_TOTAL = re.compile(
    r"(?:^|[（(])(?:以上|各项|上述)?(?:本|该|此)?(?:项目)?(?:预算|资金|经费|支出)?(?:合计|共计|总计|总共|共需|共安排|共|总额)(?:需|安排|投入|支出|资金|经费|预算|为|是|约|\s)*$"
)
"""A sum at the begin of a clause, without a subject of its own."""

_ONLY = re.compile(
    r"^(?:本|该|此)?(?:年|年度)?(?:项目)?(?:总)?(?:计划|拟|需|需要|所需|安排|申请|下达|投入|使用)*(?:财政)?(?:预算|项目)?(?:资金|经费|投资)"
    r"(?:共|共计|合计|总计|为|是|约|：|:|\s)*$"
)
"""Words that may speak of a part as well: they name the whole where no other amount stands in the text."""

_NOT_THIS = re.compile(
    r"其中|上年|去年|往年|以前|已|结转|累计|剩余|原|每|平均|不超过|不低于|以上(?!各?项?(?:合计|共计|总计|总共))|签约|引进|企业|带动|节约"
)
_OF_A_PART = re.compile(r"财政|上级|中央|省级|市级|县级|区级|本级|配套|自筹|其他")
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*年")
_STOP = re.compile(r"[，,。；;、\n]")


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount with the begin of the words that name it. `of_a_part`: it may be that of one kind of funds."""

    amount: Amount
    start: int
    of_a_part: bool


def stated_amounts(text: str, year: int | None) -> Iterator[Stated]:
    """The amounts the text gives for the whole project in the plan's year; what cannot be decided is left out."""
    found = list(amounts(text))
    summed = [Decimal(0), *accumulate(amount.value for amount in found)]
    years = [(mark.start(), int(mark[1])) for mark in _YEAR.finditer(text)] if year is not None else []
    for number, amount in enumerate(found):
        previous = found[number - 1].end if number else 0
        begin = max([previous, *(stop.end() for stop in _STOP.finditer(text, previous, amount.start))])
        words = text[begin : amount.start]
        named = _NAMED.search(words) or _TOTAL.search(words)
        if not named and len(found) == 1:
            named = _ONLY.search(words)
        if not named or _NOT_THIS.search(words) or _speaks_of_another_year(text, begin, amount.start, years, year):
            continue
        if text[amount.end : amount.end + 2] in {"以上", "左右", "以内", "以下"} and not _NAMED.search(words):
            continue
        if _is_subtotal(text, found, number, summed[number]) or (
            not _NAMED.search(words) and _is_of_one_piece(text, found, number)
        ):
            continue
        yield Stated(amount, begin + named.start() + (named[0][:1] in "（("), bool(_OF_A_PART.search(words)))


def _speaks_of_another_year(text: str, begin: int, end: int, years: list[tuple[int, int]], year: int | None) -> bool:
    """Whether the sentence names years before the amount, and the plan's is not among them."""
    sentence = max(text.rfind(stop, 0, begin) for stop in "。；;\n") + 1
    spoken = years[bisect_left(years, (sentence, 0)) : bisect_left(years, (end, 0))]
    return bool(spoken) and not any(own == year for _place, own in spoken)


def _is_subtotal(text: str, found: list[Amount], number: int, before: Decimal) -> bool:
    """A sum of what stands before it, with more to come."""
    amount = found[number]
    return number > 1 and number + 1 < len(found) and before == amount.value and "其中" not in text[amount.end :]


_PRICE = re.compile(r"每|单价|[人户亩均][均约][^，。；]{0,3}\d|[/／]")


def _is_of_one_piece(text: str, found: list[Amount], number: int) -> bool:
    """«购置6台，每台2万元，共12万元；安装5万元»: the total of what its own sentence prices, beside amounts of other pieces."""
    amount = found[number]
    start = max(text.rfind(stop, 0, amount.start) for stop in "。；;\n") + 1
    price = _PRICE.search(text, start, amount.start)
    if price is None:
        return False
    # Within the sentence another piece may follow, or its sum: «…，共12万元，合计17万元».
    return any(other.end <= start or other.start >= amount.end for other in found)
