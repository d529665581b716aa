"""What changed between two drafts, field by field and in the user's words: «项目 3：预算数 165.00 → 180.00»."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from models.comparing.line_match import longest_rising
from models.document import fieldnames
from models.document.tree import Draft, GoalDocument, Indicator, Items, Measure, Project, Provenance, SubGoal, stated
from models.reports import report_places, results

Kind = Literal["changed", "added", "removed", "moved"]

_LONGEST = 18
"""Characters of a text that are quoted in a sentence."""

_AROUND = {"settings": "设置", "state": "状态", "ignored": "已忽略的问题", "remarks": "审核意见", "provenance": "来源"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, or one part that came, went or moved.

    `path` leads to it in the draft after, of a removed part in the draft before; `place` names it in the user's words.
    `before` and `after` are whole texts; those of a part are its fields, one a line.
    """

    kind: Kind
    path: str
    place: str
    before: str = ""
    after: str = ""

    @property
    def words(self) -> str:
        """One short sentence."""
        if self.kind == "added":
            return f"{self.place} 新增{_named(self.after)}"
        if self.kind == "removed":
            return f"{self.place} 删除{_named(self.before)}"
        if self.kind == "moved":
            return f"{self.place} 移动：{self.before} → {self.after}"
        owner, _, field = self.place.rpartition(" · ")
        head = f"{owner}：{field} " if owner else f"{field}："
        return f"{head}{_around(self.before, self.after)}"


def changes(before: Draft, after: Draft) -> tuple[FieldChange, ...]:
    """Everything that differs, in the order of the form; empty where nothing does."""
    return tuple(_Comparison(before, after).run())


def summary(found: tuple[FieldChange, ...], most: int = 3) -> str:
    """The first of them in words, and how many more there are."""
    if not found:
        return "没有改动"
    more = f"；等 {len(found)} 处" if len(found) > most else ""
    return "；".join(change.words for change in found[:most]) + more


class _Comparison:
    def __init__(self, before: Draft, after: Draft) -> None:
        self._before, self._after = before, after

    def run(self) -> Iterator[FieldChange]:
        yield from self._compare(self._before.document, self._after.document, "")
        for name, label in _AROUND.items():
            old, new = getattr(self._before, name), getattr(self._after, name)
            if old != new:
                yield FieldChange("changed", name, label, shown_value(old), shown_value(new))
        if self._before.reports != self._after.reports:
            yield from _report_changes(self._before, self._after)

    def _compare(self, old: Any, new: Any, path: str) -> Iterator[FieldChange]:
        if old is new or old == new:
            return
        if isinstance(new, tuple) and isinstance(old, tuple):
            yield from self._compare_lists(old, new, path)
        elif is_dataclass(new) and type(new) is type(old):
            for field in fields(new):
                inside = isinstance(new, Items) and field.name == "items"
                name = path if inside else f"{path}.{field.name}".removeprefix(".")
                yield from self._compare(getattr(old, field.name), getattr(new, field.name), name)
        else:
            words = fieldnames.SCOPES if path.endswith("].scope") else {}
            yield FieldChange(
                "changed", path, self._place(path), *(words.get(one, shown_value(one)) for one in (old, new))
            )

    def _compare_lists(self, old: tuple[Any, ...], new: tuple[Any, ...], path: str) -> Iterator[FieldChange]:
        if not all(hasattr(part, "id") for part in (*old, *new)):
            yield from self._compare_texts(old, new, path)
            return
        known = {part.id: part for part in old}
        ids = {part.id for part in new}
        for place, part in enumerate(old):
            if part.id not in ids:
                name = f"{self._owner(path, self._before.document)}{_kind(part)} {place + 1}"
                yield FieldChange("removed", f"{path}[{part.id}]", name, before=shown_value(part))
        moved = _moved([part.id for part in old if part.id in ids], [part.id for part in new if part.id in known])
        places = {part.id: place for place, part in enumerate(old, 1)}
        for place, part in enumerate(new, 1):
            here = f"{path}[{part.id}]"
            name = f"{self._owner(path, self._after.document)}{_kind(part)} {place}"
            if part.id not in known:
                yield FieldChange("added", here, name, after=shown_value(part))
                continue
            if part.id in moved:
                yield FieldChange("moved", here, name, f"第 {places[part.id]} 位", f"第 {place} 位")
            yield from self._compare(known[part.id], part, here)

    def _compare_texts(self, old: tuple[str, ...], new: tuple[str, ...], path: str) -> Iterator[FieldChange]:
        if len(old) == len(new):
            for place, (was, now) in enumerate(zip(old, new, strict=True)):
                if was != now:
                    yield FieldChange("changed", f"{path}[{place}]", self._place(f"{path}[{place}]"), was, now)
        else:
            yield FieldChange("changed", path, self._place(path), "\n".join(old), "\n".join(new))

    def _place(self, path: str) -> str:
        return fieldnames.where(self._after.document, path)

    def _owner(self, path: str, document: GoalDocument) -> str:
        """«项目 3 · » for the rows of its table, "" for what stands at the top."""
        head, _, last = path.rpartition(".")
        return f"{fieldnames.where(document, head)} · " if last == "indicators" else ""


def _report_changes(before: Draft, after: Draft) -> Iterator[FieldChange]:
    """Reports that came, went, were closed or opened, and every text in them that differs."""
    was, now = ({report.id: report for report in draft.reports} for draft in (before, after))
    for id_ in dict.fromkeys((*was, *now)):
        path, old, new = f"reports[{id_}]", was.get(id_), now.get(id_)
        if old is None or new is None:
            words = report_places.where(after if new else before, path)
            yield FieldChange("added" if new else "removed", path, words)
        else:
            for name in ("state", "as_of", "year", "form"):
                if getattr(old, name) != getattr(new, name):
                    texts = shown_value(getattr(old, name)), shown_value(getattr(new, name))
                    yield FieldChange("changed", f"{path}.{name}", report_places.where(after, f"{path}.{name}"), *texts)
    texts_was, texts_now = dict(results.texts(before)), dict(results.texts(after))
    for path in dict.fromkeys((*texts_was, *texts_now)):
        old_text, new_text = texts_was.get(path, ""), texts_now.get(path, "")
        if old_text != new_text and not path.endswith("].name"):
            yield FieldChange("changed", path, report_places.where(after, path), old_text, new_text)


def _moved(old: list[str], new: list[str]) -> set[str]:
    """Of two orders of the same ids, the fewest that were moved: those outside a longest run that kept its order."""
    if old == new:
        return set()
    places = {id_: place for place, id_ in enumerate(old)}
    kept = longest_rising([(index, places[id_]) for index, id_ in enumerate(new)])
    return set(new) - {new[index] for index, _place in kept}


def _kind(part: SubGoal | Measure | Project | Indicator) -> str:
    return fieldnames.PART_NAMES[type(part)]


def shown_value(value: Any) -> str:
    """A value to be read: texts as they are, a part as its fields, one a line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "\n".join(filter(None, map(shown_value, value)))
    if isinstance(value, Provenance):
        from models.merge.remembered_units import (
            readable,  # which keeps its texts as a version does, and few drafts need it
        )

        marks = f"沿用上年 {len(value.carried_over)} 处" if value.carried_over else ""
        return "\n".join(filter(None, (value.source, marks, *map(readable, value.merged_from))))
    if isinstance(value, Indicator):
        words = (fieldnames.SCOPES[part] if name == "scope" else part for name, part in stated(value) if name != "id")
        return " ".join(filter(None, words))
    if is_dataclass(value):
        hidden = {"id", "unit", "amount_unit", "goals_numbering"}
        parts = [(name, part) for name, part in stated(value) if name not in hidden]
        parts.sort(key=lambda part: part[0] != "name")  # by its name a project is known
        return "\n".join(filter(None, (shown_value(part) for _, part in parts)))
    return str(value)


def _named(text: str) -> str:
    """«（管网改造）»: the first line of a part, to know it by."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return f"（{_short(first)}）" if first else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _around(old: str, new: str) -> str:
    """«165.00 → 180.00»; of long texts only where they differ."""
    old, new = old.replace("\n", " "), new.replace("\n", " ")
    start = max(0, changed_middle(old, new)[0] - 4) if max(len(old), len(new)) > _LONGEST else 0
    head = "…" if start else ""
    was, now = (f"{head}{_short(text[start:])}" if text else "（空）" for text in (old, new))
    return f"{was} → {now}"


Places = list[tuple[int, int]]
_Code = tuple[int, int, int, int]
"""From … to in the old text, from … to in the new one."""

_FINE = 4000
"""Characters of both texts up to which every difference is sought: it takes their product in steps."""
_DIGITS = frozenset("0123456789０１２３４５６７８９.．,")
_APART = 2
"""Equal characters between two differences that keep them apart: a single one makes no word."""


def differing(old: str, new: str) -> tuple[Places, Places]:
    """Where two texts differ, from … to in characters of each; of very long ones only where that begins and ends."""
    if old == new:
        return [], []
    start, end, new_end = changed_middle(old, new)
    if len(old) + len(new) - 2 * start > _FINE:
        codes = [(start, end, start, new_end)]
    else:
        from difflib import SequenceMatcher

        matcher = SequenceMatcher(None, old[start:end], new[start:new_end], autojunk=False)
        codes = [
            tuple(place + start for place in code[1:])  # type: ignore[misc]  # four places, as the opcode has them
            for code in matcher.get_opcodes()
            if code[0] != "equal"
        ]
    codes = [_whole_numbers(old, new, code) for code in codes]
    joined = _joined(codes)
    return [code[:2] for code in joined if code[0] < code[1]], [code[2:] for code in joined if code[2] < code[3]]


def _whole_numbers(old: str, new: str, code: _Code) -> _Code:
    """The places drawn out to the numbers they cut: «80.00» and «87.50» differ as a whole."""
    start, end, new_start, new_end = code
    inside = old[start:end], new[new_start:new_end]
    if any(part[:1] and part[0] in _DIGITS for part in inside):
        while start and new_start and old[start - 1] == new[new_start - 1] and old[start - 1] in _DIGITS:
            start, new_start = start - 1, new_start - 1
    if any(part[-1:] and part[-1] in _DIGITS for part in inside):
        while end < len(old) and new_end < len(new) and old[end] == new[new_end] and old[end] in _DIGITS:
            end, new_end = end + 1, new_end + 1
    return start, end, new_start, new_end


def changed_middle(old: str, new: str) -> tuple[int, int, int]:
    """Of two texts: (where they begin to differ, end of that in old, end of that in new), in characters."""
    shorter = min(len(old), len(new))
    start = _most(shorter, lambda low, high: old[low:high] == new[low:high])
    old_end, new_end = len(old), len(new)
    tail = _most(
        shorter - start,
        lambda low, high: old[old_end - high : old_end - low] == new[new_end - high : new_end - low],
    )
    return start, old_end - tail, new_end - tail


def _most(length: int, same: Callable[[int, int], bool]) -> int:
    """How many characters are the same, of `length` at most: halves are compared whole, which a step a character is not."""
    low, high = 0, length
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if same(low, middle) else (low, middle - 1)
    return low


def _joined(codes: Iterable[_Code]) -> list[_Code]:
    joined: list[_Code] = []
    for code in codes:
        if joined and code[0] - joined[-1][1] < _APART:
            start, end, new_start, new_end = joined[-1]
            joined[-1] = (start, max(end, code[1]), new_start, max(new_end, code[3]))
        else:
            joined.append(code)
    return joined
