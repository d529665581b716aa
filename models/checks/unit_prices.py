"""The rules on quantity times price: the product is the amount that is stated, and no more than the budget."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from models.checks import texts
from models.checks.counted_things import Quantity, is_counted, quantities, row_quantity
from models.checks.money_rules import budget_of
from models.checks.priced import priced_parts
from models.checks.registry import Context, Finding, Severity, project_rule, replacing, shortened, text_rule
from models.document.tree import Project
from models.document.values import plain_number

_TEN_THOUSAND = Decimal(10_000)
_EXACT = Decimal("0.006")
"""A product may differ from the amount by rounding; in shares of the amount."""
_CENT = Decimal(100)
"""元: amounts are written with two decimals of 万元."""

_SENTENCE = re.compile(r"[。；;\n]")
_TOTAL = re.compile(r"(?:合计|共计|总计|共需|共|小计|计|总投资|总额|合|需|=|＝)[^\d，。；、]{0,8}\Z")
_RECKONED = re.compile(r"[，（(]?(?:系|主要)?(?:按照?|根据|以)")
_BY = re.compile("测算|计算|核算|核定|计提|安排")
"""The amount stands first: «制作费93万元，按620小时、每小时1500元测算»."""
_UNSURE = re.compile("约|左右|不超过|以内|最高|最低|至少|不低于|起步|不等|部分|分档|其余|另|分别|扣除|减免|折")
_REPEATED = frozenset(Decimal(times) for times in (2, 3, 4, 12, 52, 365, 366))
_ONE_BY_ONE = frozenset({"人", "例", "人次"})
"""People and cases are counted alike: «1500名居民，每例1200元», «3400人次，人均100元»."""
_PER_TIME = re.compile("(?<=.)(?:月|天|日|季度|次|场|期)+\\Z")
_TIMES = re.compile("每(?:月|天|日|季度?|周|年)|[/／](?:月|天|日|季|周)|月均|日均")


@dataclass(frozen=True, slots=True)
class Priced:
    """A price, the quantity it is for, and the amount both make up (None where none is stated)."""

    quantity: Quantity
    price: Quantity
    total: Quantity | None
    others: tuple[Quantity, ...]

    @property
    def product(self) -> Decimal:
        """Quantity times price in 元."""
        return self.quantity.number * self.price.number


def priced(text: str, found: Sequence[Quantity]) -> Iterator[Priced]:
    """The sentences of a text that state one price and one quantity for it. More than that is left alone."""
    stops = [0, *(stop.end() for stop in _SENTENCE.finditer(text)), len(text) + 1]
    for start, end in pairwise(stops):
        inside = [own for own in found if start <= own.start < end]
        prices = [own for own in inside if own.per and own.unit == "元"]
        if len(prices) != 1 or _UNSURE.search(text, start, end):
            continue
        price = prices[0]
        counted = [own for own in inside if own.unit not in {"元", "%", "‰"}]
        quantity = _priced_quantity(price, counted)
        if quantity is None:
            continue
        amounts = [own for own in inside if own.unit == "元" and not own.per]
        behind = [own for own in amounts if own.start > price.start]
        total = next((own for own in behind if _TOTAL.search(text, start, own.start)), None)
        if len(amounts) == 1 and amounts[0].end <= min(price.start, quantity.start):
            between = text[amounts[0].end : min(price.start, quantity.start)]
            total = amounts[0] if _RECKONED.match(between) and _BY.search(text[price.end : end]) else None
        if total is None and len(amounts) == 1 and quantity.end <= price.start:
            total = _said_beside(text, quantity, price, amounts[0])
        yield Priced(quantity, price, total, tuple(own for own in counted if own is not quantity))


def _said_beside(text: str, quantity: Quantity, price: Quantity, amount: Quantity) -> Quantity | None:
    """The amount straight behind a price («每公里3.5万元，全年651万元»), or before it («劳务补助63万元，人均3000元»), if it
    is called nothing of its own and near the product."""
    behind = _OF_ALL.fullmatch(text, price.end, amount.start)
    before = quantity.end <= amount.start and _OF_ONE.fullmatch(text, amount.end, price.start)
    product = quantity.number * price.number
    return amount if (behind or before) and product <= 2 * amount.number <= 4 * product else None


_OF_ALL = re.compile("[，,、](?:全年|年度|全部|所需)?(?:工程)?(?:费用|费|经费|资金|投资|造价|金额|预算)?(?:为|是)?")


_OF_ONE = re.compile("[，,（(](?:平均)?(?:[人户亩吨村]均|[单均]价|每[\u4e00-\u9fff]{1,2})(?:为|补助|费用)?")


def _priced_quantity(price: Quantity, counted: Sequence[Quantity]) -> Quantity | None:
    """The one quantity the price is for: of its unit, or of things called so; «单价» is that of what stands before."""
    fitting = [own for own in counted if own.unit == price.per or own.unit == _PER_TIME.sub("", price.per)]
    if not fitting and price.per in _ONE_BY_ONE:
        fitting = [own for own in counted if own.unit in _ONE_BY_ONE]
    if not fitting and price.per != "?":
        fitting = [own for own in counted if price.per[:1] in own.thing[-3:] or price.per in own.thing]
    if not fitting and price.per == "?":
        fitting = [own for own in counted if own.end <= price.start][-1:]
    return fitting[0] if len(fitting) == 1 else None


def is_made_up(own: Priced, text: str) -> bool:
    """Whether quantity and price give the amount, perhaps several times over."""
    if own.total is None:
        return False
    total = own.total.number
    numbers = [other.number for other in own.others[:4]]
    for size in range(len(numbers) + 1):
        for chosen in combinations(numbers, size):
            product = own.product
            for number in chosen:
                product *= number
            if _equal(product, total):
                return True
    return bool(_TIMES.search(text)) and own.product > 0 and any(_equal(own.product * n, total) for n in _REPEATED)


def _equal(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= max(_EXACT * other, _CENT)


@text_rule(
    "quantity-price",
    Severity.ERROR,
    texts.PROSE,
    source="数量乘单价应等于金额",
    wrong={"safeguards[m1].text": "成立工作专班，明确责任分工，印发手册300本，每本20元，共0.9万元。"},
    right={"safeguards[m1].text": "成立工作专班，明确责任分工，印发手册300本，每本20元，共0.6万元。"},
)
def quantity_times_price(text: str, _field: str, context: Context) -> Iterator[Finding]:
    """«扫描120万页，每页0.8元，共90万元»: quantity times price is another amount than the one stated."""
    if "元" not in text:
        return
    for own in priced(text, quantities(text, context.vocabulary)):
        total = own.total
        if total is None or not own.product or is_made_up(own, text):
            continue
        factors = f"{_words_of(text, own.quantity)} × {_words_of(text, own.price)}"
        message = f"{factors} = {_in_words(own.product)}，同{_words_of(text, total)}不符，请核对。"
        yield Finding("", shortened(text[min(own.quantity.start, own.price.start) : total.end]), message)


def _words_of(text: str, quantity: Quantity) -> str:
    return text[quantity.start : quantity.end]


def _in_words(amount: Decimal) -> str:
    return (
        f"{plain_number(amount)}元"
        if amount < _TEN_THOUSAND
        else f"{plain_number(round(amount / _TEN_THOUSAND, 4))}万元"
    )


_MORE = Decimal("1.02")
_CEILINGS = 2
"""Prices of rows are ceilings, often those of the dearest piece: only twice the budget and more is asked about."""


@project_rule(
    "quantity-price",
    Severity.ERROR,
    source="数量乘单价不应超过预算数",
    wrong={
        "projects[p1].fund_use": "用于编印培训教材9000册，每册80元。",
    },
    right={
        "projects[p1].fund_use": "用于编印培训教材900册，每册80元。",
    },
)
def price_over_budget(project: Project, context: Context) -> Iterator[Finding]:
    """Quantity times price, stated in 用途 without their amount, is more than 预算数."""
    budget = budget_of(project)
    if not budget or "元" not in project.fund_use:
        return
    for own in priced(project.fund_use, quantities(project.fund_use, context.vocabulary)):
        if own.total is not None or own.quantity.apart:
            continue
        if own.product > budget * _TEN_THOUSAND * _MORE:
            text = project.fund_use
            message = (
                f"{_words_of(text, own.quantity)} × {_words_of(text, own.price)} = {_in_words(own.product)}，"
                f"超过了预算数 {project.budget.strip()}{project.amount_unit}，请核对。"
            )
            words = text[min(own.quantity.start, own.price.start) : max(own.quantity.end, own.price.end)]
            yield Finding("fund_use", shortened(words), message, places=("budget",))


@project_rule(
    "quantity-price",
    Severity.ERROR,
    source="单位成本乘数量不应超过预算数",
    wrong={
        "projects[p1].indicators[cost].name": "人均培训成本",
        "projects[p1].indicators[cost].value": "≤1200元/人次",
    },
    right={
        "projects[p1].indicators[cost].name": "人均培训成本",
        "projects[p1].indicators[cost].value": "≤500元/人次",
    },
)
def row_price_over_budget(project: Project, context: Context) -> Iterator[Finding]:
    """A cost row's price times the one row that counts the same pieces is more than twice 预算数."""
    budget = budget_of(project)
    if not budget:
        return
    rows = [
        (row, quantity)
        for row in project.indicators
        if is_counted(row, context.vocabulary)
        and (quantity := row_quantity(row.name, row.description, row.value, context.vocabulary))
    ]
    for row, price in rows:
        if not price.per or price.unit != "元" or "成本" not in row.tier1 + row.tier2:
            continue
        counted = [(own, number) for own, number in rows if own.tier2 == "数量指标" and number.unit == price.per]
        if len(counted) != 1 or not counted[0][1].pairs & price.pairs:
            continue
        other, number = counted[0]
        product = number.number * price.number
        if product > budget * _TEN_THOUSAND * _CEILINGS:
            message = (
                f"「{other.value.strip()}」乘「{row.value.strip()}」是 {_in_words(product)}，"
                f"超过了预算数 {project.budget.strip()}{project.amount_unit}，请核对。"
            )
            places = (f"indicators[{other.id}].value", "budget")
            path = f"indicators[{row.id}].value"
            yield Finding(path, shortened(row.value), message, severity=Severity.WARN, places=places)


_LISTED = re.compile("等|主要|其中|部分|上年|结转|约|左右|以内|不超过|自筹|配套|另|标准")
_NEARLY = Decimal("0.9")


@project_rule(
    "quantity-price",
    Severity.ERROR,
    source="资金用途各项之和应等于预算数",
    wrong={"projects[p1].fund_use": "印制手册300本，每本200元，共6万元；聘请授课专家44万元；租用教学场地18万元。"},
    right={"projects[p1].fund_use": "印制手册300本，每本200元，共6万元；聘请授课专家36万元；租用教学场地18万元。"},
)
def listed_uses(project: Project, context: Context) -> Iterator[Finding]:
    """Uses between semicolons, each with its amount, one of them priced: together more than 预算数, or nearly it."""
    budget, text = budget_of(project), project.fund_use
    pieces = [piece for piece in _SENTENCE.split(text) if piece.strip()]
    if not budget or len(pieces) < 2 or _LISTED.search(text):
        return
    counted = [quantities(piece, context.vocabulary) for piece in pieces]
    if not any(own.per for found in counted for own in found):
        return
    sums = [_sum_of(piece, found) for piece, found in zip(pieces, counted, strict=True)]
    known = [amount for amount in sums if amount is not None]
    added, whole = sum(known, Decimal(0)), budget * _TEN_THOUSAND
    if len(known) < len(sums) or whole in known or _equal(added, whole):
        return
    if whole < added < 3 * whole or _NEARLY * whole <= added < whole:
        parts = " + ".join(map(_in_words, known))
        message = f"各项相加 {parts} = {_in_words(added)}，同预算数 {project.budget.strip()}{project.amount_unit} 不符，请核对。"
        yield Finding("fund_use", shortened(text.strip().split("\n")[0]), message, places=("budget",))


@project_rule(
    "amount-scale",
    Severity.WARN,
    source="金额的单位应前后一致",
    wrong={
        "projects[p1].budget": "600000",
        "projects[p1].fiscal_funds": "600000",
        "projects[p1].other_funds": "",
        "projects[p1].fund_use": "印制手册300本，每本200元，共6万元；聘请授课专家54万元。",
    },
    right={"projects[p1].fund_use": "印制手册300本，每本200元，共6万元；聘请授课专家54万元。"},
)
def amount_scale_of_uses(project: Project, context: Context) -> Iterator[Finding]:
    """预算数 is ten thousand times what the uses add up to, one of which is priced: 元 in the place of 万元."""
    budget, text = budget_of(project), project.fund_use
    if not budget or priced_parts(text):
        return
    pieces = [piece for piece in _SENTENCE.split(text) if piece.strip()]
    sums = [_sum_of(piece, quantities(piece, context.vocabulary)) for piece in pieces]
    known = [amount for amount in sums if amount is not None]
    added = sum(known, Decimal(0))
    if not known or len(known) < len(sums) or not _equal(added * _TEN_THOUSAND, budget * _TEN_THOUSAND):
        return
    typed = project.budget.strip()
    right = f"{added / _TEN_THOUSAND:.2f}"
    message = (
        f"预算数 {typed}{project.amount_unit} 是资金用途合计 {_in_words(added)}的一万倍，像是把元填成了万元，请核对。"
    )
    choices = (replacing(f"预算数改为 {right}", "budget", right),) if project.amount_unit == "万元" else ()
    yield Finding("budget", typed, message, choices=choices, places=("fund_use",))


def _sum_of(piece: str, found: Sequence[Quantity]) -> Decimal | None:
    """The amount of one use: its only one, the one that is called its total, or those of all its parts."""
    sums = [own for own in found if own.unit == "元" and not own.per]
    called = [own for own in sums if _TOTAL.search(piece, 0, own.start)]
    if len(sums) > 1 and not called and not any(own.per for own in found):
        parts = priced_parts(piece)
        return sum(parts, Decimal(0)) * _TEN_THOUSAND if parts else None
    chosen = sums if len(sums) == 1 else called
    return chosen[0].number if len(chosen) == 1 else None
