"""The lines above the lists of an exported workbook: whose they are and of which year. Written and read here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from models.document.tree import GoalDocument, Unit

OVERVIEW_SHEET = "项目总览"
DETAIL_SHEET = "指标明细"

_GAP = "　"
_CODE, _NAME, _YEAR, _MONEY = "单位编码：", "单位名称：", "预算年度：", "金额单位："
_LINE = re.compile(
    rf"(?:{_CODE}(?P<code>.+?))?(?:(?:^|{_GAP}){_NAME}(?P<name>.+?))?(?:(?:^|{_GAP}){_YEAR}(?P<year>20\d\d)年)?"
    rf"(?:(?:^|{_GAP}){_MONEY}(?P<money>\S+))?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What such lines say. `rows`: where they stand; `amount_unit`: "" where they name none; `is_hidden`: they are
    properties of the file, which nobody sees on its pages."""

    unit: Unit
    year: int | None
    amount_unit: str = ""
    rows: frozenset[int] = frozenset()
    is_hidden: bool = False


def head_lines(document: GoalDocument, name: str, amount_unit: str = "") -> tuple[str, ...]:
    """The title of a list, and below it unit, year and the unit of its amounts, as far as there are any."""
    unit, year = document.unit, document.year
    parts = (
        (_CODE, unit.code),
        (_NAME, unit.name),
        (_YEAR, "" if year is None else f"{year}年"),
        (_MONEY, amount_unit),
    )
    line = _GAP.join(label + words for label, words in parts if words)
    return (_title(unit, year, name), *((line,) if line else ()))


def unit_line(unit: Unit) -> str:
    """The unit as the properties of a file hold it: code and name."""
    return _GAP.join(label + words for label, words in ((_CODE, unit.code), (_NAME, unit.name)) if words)


def read_unit_line(words: str) -> Unit:
    """What `unit_line` wrote; an empty unit from other words."""
    found = _LINE.fullmatch(words.strip())
    return Unit(found["code"] or "", found["name"] or "") if found else Unit()


def read_head(rows: Mapping[int, Mapping[int, str]], before: int) -> Stated | None:
    """What the rows before that one say as `head_lines` writes it; None where none of them does."""
    alone = {number: next(iter(row.values())) for number, row in rows.items() if number < before and len(row) == 1}
    found = Stated(Unit(), None)
    for number in sorted(alone):
        line = _LINE.fullmatch(alone[number])
        if line and any(line.groups()):
            year = int(line["year"]) if line["year"] else None
            unit = Unit(line["code"] or "", line["name"] or "")
            found = Stated(unit, year, line["money"] or "", frozenset((number,)))
            break
    titles = {_title(found.unit, found.year, name) for name in (OVERVIEW_SHEET, DETAIL_SHEET)}
    titled = [number for number in sorted(alone) if number not in found.rows and alone[number] in titles]
    if not titled:  # another's list may have such a line too
        return None
    return Stated(found.unit, found.year, found.amount_unit, found.rows | {titled[0]})


def _title(unit: Unit, year: int | None, name: str) -> str:
    return f"{unit.name}{'' if year is None else f'{year}年'}{name}"
