"""Words that no correction touches: document numbers, quotations, the titles of documents, registered names."""

import re
from functools import lru_cache

from models.checks.prose import DOCUMENT_NUMBER

_ISSUERS = r"(?:中共|中办|国办|国发|中发|冀)[\u4e00-\u9fff]{0,6}?(?:发|字|函|规|办|教|财|建|政|民|农|水|环)"
# Bounded, and no mark within its own: a key that got stuck opens thousands.
_QUOTED = r"《[^《》\n]{0,100}》|“[^“”\n]{0,100}”|‘[^‘’\n]{0,100}’|「[^「」\n]{0,100}」|『[^『』\n]{0,100}』"
_COMPANY = (
    r"[\u4e00-\u9fff]{2,20}[（(][\u4e00-\u9fff]{2,6}[）)](?:[\u4e00-\u9fff]{0,12}?(?:公司|集团|合作社|事务所|研究院))"
)
_PROTECTED = re.compile(rf"{_QUOTED}|{DOCUMENT_NUMBER.pattern}|{_ISSUERS}|{_COMPANY}")
_ANY_BRACKET = str.maketrans("【】[]［］（）()", "〔〕〔〕〔〕〔〕〔〕")


@lru_cache(256)
def protected_spans(text: str) -> tuple[tuple[int, int], ...]:
    """From … to of each piece that is to stay as it was typed."""
    return tuple(found.span() for found in _PROTECTED.finditer(text))


def is_protected(text: str, start: int, end: int) -> bool:
    """Whether one of the characters start … end stands in such a piece."""
    return any(begin < end and start < stop for begin, stop in protected_spans(text))


def keeps_protected(before: str, after: str) -> bool:
    """Whether a correction leaves all of them alone. The brackets of a document number's year may become the form's."""
    return _pieces(before) == _pieces(after)


def _pieces(text: str) -> list[str]:
    pieces = [text[start:end] for start, end in protected_spans(text)]
    return [piece if piece[0] in "《“‘「『" else piece.translate(_ANY_BRACKET) for piece in pieces]
