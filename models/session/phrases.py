"""Where one phrase of typing ends and the next begins: undo takes words back as a person has thought them."""

from dataclasses import dataclass

MOST = 40
"""Characters after which a phrase ends by itself."""
_ENDS = frozenset("，。；：、！？…）》”’;!?\n")
_ENDS_AFTER_WORDS = frozenset(",.:")
"""Between digits these belong to a number."""


@dataclass(frozen=True, slots=True)
class _Difference:
    at: int
    removed: int
    inserted: str


def _difference(before: str, after: str) -> _Difference:
    """What one stroke has done to a text."""
    least = min(len(before), len(after))
    head = next((at for at in range(least) if before[at] != after[at]), least)
    tail = next((at for at in range(least - head) if before[-1 - at] != after[-1 - at]), least - head)
    return _Difference(head, len(before) - head - tail, after[head : len(after) - tail])


class Phrases:
    """Hears of every stroke. A phrase ends at a mark or a line's end, where deleting follows typing or the other way round,
    where the cursor has gone elsewhere, and after `MOST` characters; pauses are the history's."""

    def __init__(self) -> None:
        self._field = ""
        self._after = ""
        self._count = self._end = 0
        self._deletes = self._is_ended = False

    def goes_on(self, field: str, before: str, after: str) -> bool:
        """Whether the stroke that makes `after` of `before` belongs to the phrase of the one before it."""
        stroke = _difference(before, after)
        goes_on = field == self._field and before == self._after and self._joins(stroke)
        deletes = not stroke.inserted
        self._count = (self._count if goes_on else 0) + max(len(stroke.inserted), stroke.removed)
        self._field, self._after, self._deletes = field, after, deletes
        self._end = stroke.at + len(stroke.inserted)
        self._is_ended = _is_end(after[: self._end]) and not deletes
        return goes_on

    def _joins(self, stroke: _Difference) -> bool:
        if self._deletes != (not stroke.inserted) or (self._is_ended and not _is_mark(stroke.inserted)):
            return False
        beside = stroke.at in {self._end, self._end - len(stroke.inserted)} or stroke.at + stroke.removed == self._end
        return beside and self._count + len(stroke.inserted) <= MOST


def _is_mark(inserted: str) -> bool:
    """Marks behind each other, «。”», end one phrase together."""
    return bool(inserted) and set(inserted) <= _ENDS - {"\n"}


def _is_end(text: str) -> bool:
    last, before = text[-1:], text[-2:-1]
    return last in _ENDS or (last in _ENDS_AFTER_WORDS and bool(before) and not before.isdigit())
