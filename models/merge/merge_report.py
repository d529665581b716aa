"""A merge in the user's words: where a conflict is, both texts, and what was left as it is."""

from typing import Any

from models.comparing.diff import shown_value
from models.document.fieldnames import PART_NAMES, where
from models.document.fieldpath import parent
from models.document.tree import GoalDocument
from models.merge.remembered_units import MergedUnit, unit_words
from models.merge.threeway import NOTHING, Conflict, Note

_DELETED = "（已删除）"


def place(conflict: Conflict, document: GoalDocument) -> str:
    """«项目 3（管网改造） · 预算数» in the department's text; of a part that is gone there, its name."""
    if conflict.kind == "deleted_here":
        return _named(conflict.theirs, conflict.path, document)
    return where(document, conflict.path)


def kind(conflict: Conflict) -> str:
    """What happened on the two sides."""
    return {
        "both": "两边都改了",
        "deleted_there": "单位已删除",
        "deleted_here": "部门已删除",
    }[conflict.kind]


def texts(conflict: Conflict) -> tuple[str, str]:
    """(the department's, the unit's)."""
    return _text(conflict.ours), _text(conflict.theirs)


def sentence(note: Note, units: tuple[MergedUnit, ...], document: GoalDocument) -> str:
    """One sentence on what was left as it is."""
    unit = units[note.number].unit
    name = unit.name or unit_words(unit)
    if note.kind == "order":
        return f"{name}：{where(document, note.path)}的顺序两边都调整过，保留部门的顺序。"
    return f"{name}：{_named(note.part, note.path, document)}在部门文本中已删除，单位没有改动，保持删除。"


def _named(part: Any, path: str, document: GoalDocument) -> str:
    """«项目「管网改造」»; of a row, with the project it was in."""
    owner, _, last = parent(path)[0].rpartition(".")
    words = getattr(part, "name", "") or getattr(part, "heading", "") or "未命名"
    name = f"{PART_NAMES.get(type(part), '')}「{words}」"
    return f"{where(document, owner)} · {name}" if owner and last == "indicators" else name


def _text(value: Any) -> str:
    return _DELETED if value is NOTHING else shown_value(value)
