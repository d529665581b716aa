"""项目编码: its form and its check character (domain.md §4; found empirically, no published rule)."""

import re

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100's 31 characters."""

LENGTH = 21
_FORM = re.compile(r"[0-9]{8}P[0-9A-Z]{12}")
_BEGINNING = re.compile(r"[0-9]{8}P")
_HEAD = 9
"""Region, year and P: what distinguishes the budget system's codes from all others."""
_SLIPPED = re.compile(r"[0-9]{8}[0-9A-Z]*[A-Z]")
FORM_WORDS = f"共 {LENGTH} 位：8 位数字、字母 P、12 位数字或大写字母"


def has_known_form(code: str) -> bool:
    """Whether the code has the 21 characters of the budget system's form."""
    return bool(_FORM.fullmatch(code))


def begins_like_one(code: str) -> bool:
    """Whether the code is meant to have that form; codes of other shapes are nobody's business."""
    return bool(_BEGINNING.match(code))


def is_meant_as_one(code: str) -> bool:
    """A code that begins like the budget system's, or has its region and year and another letter than P, or its length and one
    slip in the beginning."""
    if begins_like_one(code) or _SLIPPED.match(code):
        return True
    head = code[:_HEAD]
    slips = sum(not (char.isascii() and char.isdigit()) for char in head[:-1]) + (head[-1:] != "P")
    return len(code) == LENGTH and slips == 1


def check_character(body: str) -> str | None:
    """The 21st character for the first 20; None where a character is outside the alphabet."""
    if len(body) != LENGTH - 1 or any(char not in ALPHABET for char in body):
        return None
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return ALPHABET[(30 - total) % 31]


def wrong_place(code: str) -> int | None:
    """The first character (from 0) that breaks the form, or the length where characters are missing; None when all fit."""
    for place, char in enumerate(code[:LENGTH]):
        fits = char.isascii() and (
            char.isdigit() if place < 8 else char == "P" if place == 8 else char.isdigit() or char.isupper()
        )
        if not fits:
            return place
    return None if len(code) == LENGTH else min(len(code), LENGTH)
