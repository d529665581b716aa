"""The year a text is of: how it is read from what a clerk types or pastes, and which numbers are one."""

import re
import unicodedata

FIRST, LAST = 1990, 2100
_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_BEGUN = re.compile(r"\s*+([0-9]{1,3})\s*+年?\s*+")


def is_year(number: int | None) -> bool:
    """Whether a budget can be of that year."""
    return number is not None and FIRST <= number <= LAST


def year_in(text: str) -> int | None:
    """The year, whole or just being typed, in «2027», «２０２７年», «2027年度部门预算»; None where there is none to be sure of."""
    plain = unicodedata.normalize("NFKC", text)
    numbers = {int(found) for found in _FOUR.findall(plain)}
    # «2026年决算和2027年预算» may be of either; of «单位6180，2027年» only one number can be meant.
    years = set(filter(is_year, numbers)) or numbers
    if years:
        return years.pop() if len(years) == 1 else None
    begun = _BEGUN.fullmatch(plain)
    return int(begun[1]) if begun else None


def strange_year(written: int | str) -> str:
    """Why that is no year, as a sentence for who wrote it."""
    return f"预算年度「{written}」不像一个年份，请写四位数字，例如 2027；还不知道可以留空。"
