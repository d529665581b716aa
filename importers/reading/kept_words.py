"""Words around the rows of a list or form that no field takes: unknown headers, lines above that say otherwise, odd numbers."""

import re
from collections.abc import Iterable, Mapping

from importers.reading.headers import Header, Headers
from importers.reading.listed import Listing
from importers.reading.reading_labels import DETAIL, PROJECT
from importers.reading.sheet import Sheet
from importers.table_grid import squeeze

_COUNT = re.compile(r"[\d.．、，,()（）\s一二三四五六七八九十百]*")
_COUNTED, _LONGEST_COUNT = 4, 9
_OPEN = frozenset(("备注", "说明"))
"""Headers that every table may have, with nothing below them."""
_FRONT = (f"{PROJECT}name", f"{PROJECT}code", f"{PROJECT}unit", f"{DETAIL}implementing_unit")


def only_counts(text: str, row: int) -> bool:
    """Whether a cell of a column of row numbers holds nothing else; a long one counts no further than its row."""
    digits = text.strip()
    return _COUNT.fullmatch(text) is not None and not (
        len(digits) > _COUNTED and digits.isdecimal() and int(digits[:_LONGEST_COUNT]) > row
    )


def leave_headers(used: Iterable[Header], headers: Headers, sheet: Sheet, listing: Listing) -> None:
    """Keeps the words of headers nobody knows, once each, but for those whose columns are told."""
    seen: set[str] = set()
    for header in used:
        for number in range(header.first, header.row + 1):
            for text in sheet.rows.get(number, {}).values():
                key = squeeze(text)
                if key in seen or key in _OPEN or (sheet.name, f"「{key}」列") in listing.loose:
                    continue
                seen.add(key)
                if (
                    headers.vocabulary.label(text) is None
                    and not headers.vocabulary.scope(text)
                    and not headers.tier(key)
                ):
                    listing.leave(sheet.name, "表头里没有用到的文字", number, text)


def leave_front(front: Mapping[str, str], rows: Mapping[str, int], sheet: Sheet, listing: Listing) -> None:
    """Keeps what lines above a list say of unit and project, where no project took it."""
    for field in _FRONT:
        words = squeeze(front.get(field, ""))
        if words and not any(words in taken for taken in _taken(listing)):
            listing.leave(sheet.name, "表头以外", rows.get(field, 1), front[field])


def _taken(listing: Listing) -> Iterable[str]:
    for listed in listing.projects:
        project = listed.project
        yield squeeze(project.unit.code + project.unit.name)
        yield squeeze(project.code)
        yield squeeze(project.name)
