"""What Excel shows of a cell: its number or date drawn by its number format, as a Chinese system draws it."""

import math
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from models.document.cleaning import clean_text
from models.document.numbering import to_chinese

CHINESE_BUILTIN = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
}
"""Formats that files name by number alone on a Chinese system (ECMA-376 part 1, 18.8.30)."""

# Excel draws its own number 14 by the system's habit, whatever the file calls it.
_LOCAL = {"mm-dd-yy": "yyyy/m/d", "m/d/yy h:mm": "yyyy/m/d h:mm"}

_ESCAPED = re.compile(r"_x000([9AD])_")
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[^;"])*)(?:;|$)')
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<skip>[_*].)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<bracket>\[[^\]]*\])'
    r"|(?P<general>General|@|G/通用格式)|(?P<digits>[0#?,.]+)|(?P<percent>%)|(?P<special>[Ee][+-]|/)|(?P<literal>.)"
)
_DATE_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<skip>[_*].|\[[^\]]*\]|@)|(?P<half>AM/PM|A/P|上午/下午)'
    r"|(?P<code>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e)|(?P<literal>.)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\[[<>=]")
_WEEKDAYS = "一二三四五六日"
_PLACE = re.compile(r"[0#?]")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


def shown(value: object, number_format: str | None) -> str:
    """The words a cell shows. Texts as they are (their characters cleaned), numbers without the noise of binary fractions."""
    if value is None:
        return ""
    if isinstance(value, str):
        return shown_text(value)[0]
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format or "General")
    if isinstance(value, date | time):
        return _date(value, number_format or "yyyy/m/d")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return clean_text(str(value))[0]


def shown_text(value: str) -> tuple[str, int]:
    """The words of a text, and how many characters were taken out of them."""
    if "_x000" in value:
        value = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return clean_text(value)


def _plain(value: Decimal) -> str:
    if value == 0:
        return "0"
    if abs(value) >= Decimal(10) ** 21 or abs(value) < Decimal(10) ** -15:
        return f"{value.normalize():E}"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One section of a number format: literals around one run of digit places; `plain` where the number stands as it is."""

    before: str = ""
    after: str = ""
    whole: int = 0
    needed: int = 0
    allowed: int = 0
    groups: bool = False
    scale: int = 0
    plain: bool = False
    has_number: bool = True
    inserted: tuple[tuple[int, str], ...] = ()
    """Literals among the places of the whole number, each with the places on its right: «0!.0000» shows 万元 so."""


@lru_cache(maxsize=512)
def _patterns(number_format: str) -> tuple[_Pattern, ...]:
    """The sections of a format; one plain one where it asks for more than places and literals."""
    if _CONDITION.search(number_format):
        return (_Pattern(plain=True),)
    sections = [found for found in _SECTION.findall(number_format)[:4] if found] or [""]
    found = [_pattern(section) for section in sections[:3]]
    return tuple(found) if all(found) else (_Pattern(plain=True),)  # type: ignore[arg-type]  # all() leaves no None


def _pattern(section: str) -> _Pattern | None:
    literals: tuple[list[str], list[str]] = ([], [])
    digits, general, scale = None, False, 0
    inserted: list[tuple[int, str]] = []
    for token in _TOKEN.finditer(section):
        kind = token.lastgroup
        number_seen = digits is not None or general
        if kind in ("skip", "bracket"):
            continue
        if kind == "digits" and digits is not None and literals[1] and "." not in digits + token["digits"]:
            right = len(_PLACE.findall(token["digits"]))
            inserted = [(right, "".join(literals[1])), *((place + right, text) for place, text in inserted)]
            literals[1].clear()
            digits += token["digits"]
            continue
        if kind == "special" or (kind in ("digits", "general") and number_seen):
            return None
        if kind == "digits":
            digits = token["digits"]
        elif kind == "general":
            general = True
        elif kind is not None:
            scale += 2 * (kind == "percent")
            literals[number_seen].append(token[kind])
    before, after = "".join(literals[0]).lstrip(), "".join(literals[1]).rstrip()
    if digits is None:
        return _Pattern(before, after, plain=general, has_number=general)
    found = _with_digits(digits, before, after, scale)
    return found and replace(found, inserted=tuple(inserted))


def _with_digits(digits: str, before: str, after: str, scale: int) -> _Pattern | None:
    whole, point, fraction = digits.partition(".")
    if "." in fraction or not re.search("[0#?]", digits):
        return None
    trimmed = (fraction if point else whole).rstrip(",")
    scale -= 3 * (len(fraction if point else whole) - len(trimmed))
    whole, fraction = (whole, trimmed) if point else (trimmed, "")
    return _Pattern(
        before,
        after,
        whole=whole.count("0"),
        needed=fraction.count("0"),
        allowed=len(fraction),
        groups="," in whole,
        scale=scale,
    )


def _number(value: float, number_format: str) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    # A double holds 15 decimal digits; what follows is the noise of its binary form.
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    patterns = _patterns(number_format)
    own_sign = len(patterns) > 1 and number < 0
    pattern = patterns[1 if own_sign else 2 if len(patterns) > 2 and number == 0 else 0]
    sign = "-" if number < 0 and not own_sign else ""
    return f"{sign}{pattern.before}{_places(abs(number), pattern)}{pattern.after}".strip()


def _places(number: Decimal, pattern: _Pattern) -> str:
    if pattern.plain:
        return _plain(number)
    if not pattern.has_number:
        return ""
    scaled = number.scaleb(pattern.scale)
    if scaled.adjusted() + pattern.allowed > 25:
        return _plain(scaled)
    rounded = scaled.quantize(Decimal(1).scaleb(-pattern.allowed), ROUND_HALF_UP)
    whole, _point, fraction = f"{rounded:f}".partition(".")
    whole = whole.lstrip("0").rjust(pattern.whole, "0")
    if pattern.groups:
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", whole)
    for place, text in pattern.inserted:
        whole = f"{whole[:-place]}{text}{whole[-place:]}"
    while len(fraction) > pattern.needed and fraction.endswith("0"):
        fraction = fraction[:-1]
    return f"{whole}.{fraction}" if pattern.allowed else whole


def _date(value: date | time, number_format: str) -> str:
    section = _SECTION.findall(_LOCAL.get(number_format, number_format))[0]
    tokens = list(_DATE_TOKEN.finditer(section))
    if not any(token["code"] for token in tokens):
        tokens = list(_DATE_TOKEN.finditer("h:mm:ss" if isinstance(value, time) else "yyyy/m/d"))
    codes = [(token["code"] or "").lower() for token in tokens]
    in_chinese = "[dbnum1]" in section.lower()
    has_half = any(token["half"] for token in tokens)
    drawn = []
    for place, token in enumerate(tokens):
        if codes[place]:
            text = _date_part(value, codes[place], _is_minute(codes, place), has_half)
            drawn.append(_chinese(text, codes[place]) if in_chinese else text)
        elif token["half"]:
            drawn.append("下午" if getattr(value, "hour", 0) >= 12 else "上午")
        elif not token["skip"]:
            drawn.append(token["quoted"] or token["escaped"] or token["literal"] or "")
    return "".join(drawn).strip()


def _is_minute(codes: list[str], place: int) -> bool:
    """An m after the hours or before the seconds counts minutes."""
    before = next((code for code in reversed(codes[:place]) if code), "")
    after = next((code for code in codes[place + 1 :] if code), "")
    return before.startswith("h") or after.startswith("s")


def _date_part(value: date | time, code: str, is_minute: bool, has_half: bool) -> str:
    moment = value if isinstance(value, datetime) else datetime(1900, 1, 1)  # noqa: DTZ001 - Excel's dates have no zone
    if isinstance(value, time):
        moment = datetime.combine(moment, value)
    elif not isinstance(value, datetime):
        moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001
    letter, wide = code[0], len(code)
    if letter == "a":
        return ("星期" if wide == 4 else "") + _WEEKDAYS[moment.weekday()]
    if wide >= 3 and letter in "md":
        return moment.strftime({("m", 3): "%b", ("m", 4): "%B", ("d", 3): "%a"}.get((letter, wide), "%A"))
    if letter in "ye":
        return f"{moment.year % 100:02d}" if letter == "y" and wide <= 2 else str(moment.year)
    hour = (moment.hour % 12 or 12) if has_half else moment.hour
    number = {"m": moment.minute if is_minute else moment.month, "d": moment.day, "h": hour, "s": moment.second}[letter]
    return f"{number:02d}" if wide >= 2 else str(number)


def _chinese(text: str, code: str) -> str:
    if code[0] in "ye" or not text.isdigit() or not int(text):
        return text.translate(_DIGITS)
    return to_chinese(int(text))
