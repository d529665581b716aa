"""The rule on how a 指标值 is written: its sign, its number, its unit."""

import re
from collections.abc import Iterator

from models.checks.answers import Value, read_value
from models.checks.kinds import is_filled_up
from models.checks.registry import ROWS, Context, Finding, Fix, Severity, replacing, row_rule, shortened
from models.checks.unit_rules import PER_POPULATION, is_cost_tier
from models.document.tree import Indicator
from models.document.values import parse_value

_SIGNS = {
    **dict.fromkeys((">=", "=>", "＞＝", "＞=", ">＝", "≧", "⩾", "》", "〉", "》＝", "》="), "≥"),
    **dict.fromkeys(("<=", "=<", "＜＝", "＜=", "<＝", "≦", "⩽", "《", "〈", "《＝", "《="), "≤"),
}
_WRONG_SIGN = re.compile(f"\\s*(?P<sign>{'|'.join(map(re.escape, sorted(_SIGNS, key=len, reverse=True)))})\\s*(?=\\d)")
_SIGN_TWICE = re.compile(r"\s*(?P<sign>[≥≤])\s*\d[\d,.]*\s*[^\d\s]{0,6}?(?P<after>及?以上|及?以下|以内|之内)\s*\Z")
_MEANS = {"≥": {"以上", "及以上"}, "≤": {"以下", "及以下", "以内", "之内"}}
_BARE_LETTER = frozenset({"M", "MM", "K", "W"})
_LETTER_IS_A_UNIT = re.compile("带宽|宽带|网络|网速|速率|流量|容量|存储|功率|装机")
_WHOLE_UNITS = (
    "人 人次 名 户 家 个 次 场 场次 期 班次 批次 起 例 台 套 辆 座 处 件 项 份 篇 册 株 只 头 条 支 所 幢 栋 张"
)
_AVERAGE = re.compile("均|每|率|比|幅")
_FALLS = re.compile("增|减|降|升|净|变化|差|温")
_SHORT_MONEY = re.compile(r"(?P<unit>[万亿])(?=[/／])")


@row_rule(
    "value-form",
    Severity.ERROR,
    source="指标值由符号、数字和单位组成",
    wrong={f"{ROWS}[quantity].value": "≥1200人次以上"},
    right={f"{ROWS}[quantity].value": "1200人次以上"},
)
def value_form(row: Indicator, context: Context) -> Iterator[Finding]:
    """«》10亩», «80O张», «120人人», «≥50人以上», «≥-3个», «24人/次», «10-12次», «≥8.5人», «≥80M», «≤6万/月», «0万元»."""
    if is_filled_up(row, context.vocabulary):
        return
    value = read_value(row.value, context.vocabulary)
    found = (
        _sign(row.value)
        or _mistyped(row.value, context)
        or (_number(row, value) if value.is_number else None)
        or _unit(row, value)
    )
    if found:
        message, fix, choices = found
        yield Finding("value", shortened(row.value), message, fix, choices=choices)


_Told = tuple[str, Fix | None, tuple[Fix, ...]]


def _sign(text: str) -> _Told | None:
    wrong = _WRONG_SIGN.match(text)
    if wrong:
        right = _SIGNS[wrong["sign"]]
        better = right + text[wrong.end() :]
        return f"符号「{wrong['sign']}」应写作「{right}」。", replacing(f"改为「{better}」", "value", better), ()
    twice = _SIGN_TWICE.match(text)
    if twice and twice["after"] in _MEANS[twice["sign"]]:
        better = text[: twice.start("after")].rstrip()
        message = f"「{twice['sign']}」和「{twice['after']}」是一个意思，留一个就够。"
        return message, replacing(f"改为「{better}」", "value", better), ()
    if twice:
        return f"「{twice['sign']}」和「{twice['after']}」意思相反，请核对。", None, ()
    return None


_LETTER_IN_A_NUMBER = re.compile(r"\d[OoＯｏlI](?=[\d\u4e00-\u9fff%％]|\Z)|(?<![A-Za-z])[OoＯｏ](?=\d)")
_UNIT_TWICE = re.compile(r"\d\s*(?P<unit>[\u4e00-\u9fff]{1,3}?)(?P=unit)\s*\Z")


def _mistyped(text: str, context: Context) -> _Told | None:
    letter = _LETTER_IN_A_NUMBER.search(text)
    if letter:
        return f"数字里混进了字母「{letter[0].strip('0123456789')}」，请核对「{text.strip()}」。", None, ()
    twice = _UNIT_TWICE.search(text)
    if twice and twice["unit"] in context.template.known_units:
        better = text[: twice.end("unit")]
        message = f"单位「{twice['unit']}」写了两遍。"
        return message, replacing(f"改为「{better}」", "value", better), ()
    return None


def _number(row: Indicator, value: Value) -> _Told | None:
    amount, whole = value.amount, value.unit in _WHOLE_UNITS.split()
    if amount is None or not whole or _AVERAGE.search(row.name) or PER_POPULATION.search(row.name):
        return None
    if amount < 0 and not _FALLS.search(row.name):
        return f"「{row.value.strip()}」是负数，数量不会是负的，请核对。", None, ()
    if value.is_range and row.tier2 == "数量指标":
        return (
            f"「{row.value.strip()}」是一个范围，请写一个确定的数，如「≥{amount.normalize():f}{value.unit}」。",
            None,
            (),
        )
    if amount != amount.to_integral_value() and not value.is_range:
        return f"「{value.unit}」不能有小数，请核对「{row.value.strip()}」。", None, ()
    return None


def _unit(row: Indicator, value: Value) -> _Told | None:
    unit, text = parse_value(row.value).unit, row.value
    if unit in _BARE_LETTER and not _LETTER_IS_A_UNIT.search(row.name):
        return f"看不出单位「{unit}」是什么，请写中文单位。", None, ()
    if unit in {"人/次", "人／次"}:
        better = text.replace(unit, "人次")
        choices = (replacing("改为「人次」", "value", better),)
        return f"「{unit}」分不清是人次还是每次的人数，请改写。", None, choices
    if not is_cost_tier(row.tier2):
        return None
    short = _SHORT_MONEY.match(unit)
    if short:
        better = text.replace(unit, f"{short['unit']}元{unit[1:]}")
        message = f"单位「{unit}」少了「元」，应写作「{short['unit']}元{unit[1:]}」。"
        return message, replacing(f"改为「{better.strip()}」", "value", better), ()
    if unit in {"万元", "亿元"} and value.amount == 0 and not re.search("新增|增加|增长|超支|额外", row.name):
        return "成本是 0，像是还没有填，请核对；确实不花钱的，这一行可以不设。", None, ()
    return None
