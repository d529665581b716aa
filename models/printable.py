"""Words as they may be shown: what a terminal would obey, or what would turn a line around, is written out instead."""

import re

# Line ends and tabs are as they are; a name may hold any of the others, and lone surrogates stand for bytes that are no UTF-8.
_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def printable(text: str) -> str:
    """The text with `\\u202e`, `\\u001b` and the like in the place of such characters; in JSON that is the same text."""
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
