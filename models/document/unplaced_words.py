"""Words an import could not place, put into a field by hand: which they are, where they may go, and the document after."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from models.document import fieldpath
from models.document.fieldnames import is_text, project_label, where
from models.document.tree import Details, GoalDocument, Indicator, Measure, SubGoal, new_id
from models.errors import UserError

PARTS = {
    "overall_goal": "总体绩效目标",
    "sub_goals": "分项绩效目标（新的一项）",
    "safeguards": "工作保障措施（新的一项）",
    "unit.name": "单位名称",
}
"""Where words may go that are of no project."""

PROJECT_FIELDS = (
    *("unit.name", "unit.code", "code", "name", "budget", "fiscal_funds", "other_funds", "fund_use", "goals"),
    *(f"details.{name}" for name in Details.__dataclass_fields__),
)
"""Where they may go in a project."""

INDICATOR_FIELDS = ("name", "description", "value", "basis", "weight")
"""Where they may go in one of its indicators."""
NEW_ROW = "indicators"
"""The path within a project by which they become the name of a further indicator."""

_ROW = re.compile(r"第\d+行：")
_COLUMN = re.compile(r"「([^「」]{1,20})」列")
_PAIR = re.compile(r"([^：\s]{1,20})：\s*(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words that found no place. `text`, `line`: which of the document's they are; `heading`: where they stood; `label`: what
    named them there, "" where nothing did; `row`: the name of the indicator they stood beside."""

    text: int
    line: int
    words: str
    heading: str = ""
    label: str = ""
    row: str = ""


def unplaced_pieces(document: GoalDocument) -> tuple[Unplaced, ...]:
    """The words without a place, one by one."""
    rows = frozenset(row.name for project in document.projects for row in project.indicators if row.name)
    return tuple(piece for place, text in enumerate(document.unplaced) for piece in _pieces(place, text, rows))


def _pieces(place: int, text: str, rows: frozenset[str]) -> Iterator[Unplaced]:
    lines = text.split("\n")
    listed = len(lines) > 1 and (_ROW.match(lines[1]) is not None or lines[0].startswith("项目「"))
    if not listed:
        yield _piece(place, -1, text, "", rows)
        return
    for number, line in enumerate(lines[1:], 1):
        yield _piece(place, number, _ROW.sub("", line, count=1), lines[0], rows)


def _piece(place: int, line: int, words: str, heading: str, rows: frozenset[str]) -> Unplaced:
    column = _COLUMN.search(heading)
    pair = _PAIR.fullmatch(words)
    row, _colon, rest = words.partition("：")
    if column is not None and row in rows and rest:
        return Unplaced(place, line, rest, heading, column[1], row)
    if column is not None:
        return Unplaced(place, line, words, heading, column[1])
    return Unplaced(place, line, pair[2], heading, pair[1]) if pair else Unplaced(place, line, words, heading)


def placed(document: GoalDocument, piece: Unplaced, path: str) -> GoalDocument:
    """The document with the words in the field, and no longer among those without a place. Texts take them as a further
    paragraph; UserError where a field of one line says something else already."""
    document = replace(document, unplaced=_without(document.unplaced, piece))
    words = piece.words
    if path == "sub_goals":
        return fieldpath.insert(document, path, len(document.sub_goals.items), SubGoal(new_id("s"), heading=words))
    if path == "safeguards":
        return fieldpath.insert(document, path, len(document.safeguards.items), Measure(new_id("m"), heading=words))
    old = fieldpath.get(document, path)
    if path.endswith(f"].{NEW_ROW}"):
        last = old[-1] if old else Indicator("")
        return fieldpath.replace(document, path, (*old, Indicator(new_id("i"), last.tier1, last.tier2, name=words)))
    if isinstance(old, tuple):
        return fieldpath.replace(document, path, (*old, *words.split("\n")))
    if old and old != words and (not is_text(path) or path.endswith(_OF_ONE_LINE)):
        name = field_name(document, path)
        raise UserError(f"「{name}」已经写着「{old}」，没有放进去。请先看看哪一个对，需要时清空那一栏再放。")
    return fieldpath.replace(document, path, f"{old}\n{words}" if old and old != words else words)


def field_name(document: GoalDocument, path: str) -> str:
    """The field's name in the user's words."""
    name = path.partition("].")[2]
    if path in PARTS:
        return PARTS[path]
    return where(document, path) if name == NEW_ROW or name.startswith(f"{NEW_ROW}[") else project_label(name)


_OF_ONE_LINE = ("].name", "].value")


def _without(unplaced: tuple[str, ...], piece: Unplaced) -> tuple[str, ...]:
    """The texts but for these words; a heading that is left alone goes with its last line."""
    lines = unplaced[piece.text].split("\n")
    rest = lines[: piece.line] + lines[piece.line + 1 :] if piece.line >= 0 else []
    kept = ("\n".join(rest),) if len(rest) > 1 else ()
    return (*unplaced[: piece.text], *kept, *unplaced[piece.text + 1 :])
