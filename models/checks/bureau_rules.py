"""能否录入系统: what the bureau's online system would refuse. These rules are off until the user switches them on."""

from collections.abc import Iterator

from models.checks.registry import ROWS, Context, Finding, Severity, row_rule, shortened
from models.document.tree import Indicator
from models.document.values import parse_number
from models.exchange.bureau_system import WORDS, BureauColumn, split_value, usual_system

_SOURCE = "录入系统的收录要求：resources/bureau/"


@row_rule(
    "system-length",
    Severity.WARN,
    source=_SOURCE,
    wrong={f"{ROWS}[quantity].name": "参加小麦节水灌溉和测土配方施肥技术培训的种粮大户与家庭农场农户人次"},
    right={f"{ROWS}[quantity].name": "参加节水技术培训的农户人次"},
)
def too_long(row: Indicator, _context: Context) -> Iterator[Finding]:
    """More characters than the system's column takes; it would cut the rest off."""
    for column, text in _columns(row):
        if column.longest and len(text) > column.longest:
            message = f"录入系统的「{column.label}」最多 {column.longest} 个字，这里有 {len(text)} 个，请缩短。"
            yield Finding(column.field, shortened(text), message)


@row_rule(
    "system-characters",
    Severity.WARN,
    source=_SOURCE,
    wrong={f"{ROWS}[quantity].description": "全年参加技术培训的农户累计人次*"},
    right={f"{ROWS}[quantity].description": "全年参加技术培训的农户累计人次"},
)
def refused_characters(row: Indicator, _context: Context) -> Iterator[Finding]:
    """A character the system does not take."""
    refused = usual_system().refused
    for column, text in _columns(row):
        found = list(dict.fromkeys(char for char in text if char in refused)) if column.plain else []
        if found and not (column.content == "number" and split_value(row.value).sign != WORDS):
            message = f"录入系统的「{column.label}」不收字符「{'」「'.join(found)}」，请改用文字或全角符号。"
            yield Finding(column.field, shortened(text), message)


@row_rule(
    "system-number",
    Severity.WARN,
    source=_SOURCE,
    wrong={f"{ROWS}[quantity].value": "≥1200人次至1500人次"},
    right={f"{ROWS}[quantity].value": "≥1200人次"},
)
def no_number(row: Indicator, _context: Context) -> Iterator[Finding]:
    """A sign without one number after it, or a number below nought: the system takes neither."""
    entry = split_value(row.value)
    if entry.sign == WORDS and entry.doubt and row.value.strip()[:1] in "≥≤＝＞＜≧≦⩾⩽><=":
        message = "有计算符号的指标值要写成一个数字加单位（不能是区间或文字），否则录入系统里只能按定性指标填。"
        yield Finding("value", shortened(row.value), message)
    amount = parse_number(entry.number)
    if entry.sign != WORDS and amount is not None and amount < 0:
        yield Finding("value", shortened(row.value), "录入系统不收负数，请换一种说法，使指标值不小于 0。")


def _columns(row: Indicator) -> Iterator[tuple[BureauColumn, str]]:
    """The system's columns that are filled from a row, each with its text as the system would get it."""
    entry = split_value(row.value)
    for column in usual_system().columns:
        if column.field:
            yield column, getattr(entry if column.field == "value" else row, column.content)
