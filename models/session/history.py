"""Undo and redo as a list of values. Typing into one field is one step until it is ended, the field is left or the hands pause."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

StateT = TypeVar("StateT")

PAUSE = 1.0
"""Seconds without a keystroke after which typing in the same field begins a new step."""


@dataclass(frozen=True, slots=True)
class _Entry(Generic[StateT]):
    state: StateT
    label: str
    field: str | None
    at: float


class History(Generic[StateT]):
    """States in order, and where we stand. States are immutable, so a step costs what it changed."""

    def __init__(self, state: StateT, clock: Callable[[], float] = time.monotonic) -> None:
        self._entries = [_Entry(state, "", None, 0.0)]
        self._at = 0
        self._clock = clock

    @property
    def current(self) -> StateT:
        return self._entries[self._at].state

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, in the user's words; None when there is nothing."""
        return self._entries[self._at].label if self._at else None

    @property
    def redo_label(self) -> str | None:
        return self._entries[self._at + 1].label if self._at + 1 < len(self._entries) else None

    def typing_label(self, field: str) -> str | None:
        """What the last step is called, where it is typing into that field and not ended; else None."""
        last = self._entries[self._at]
        return last.label if last.field == field else None

    def record(self, state: StateT, label: str, field: str | None = None, patient: bool = False) -> None:
        """A new step. With `field`, it joins the step before when that was typing into the same field within PAUSE seconds;
        `patient`: however long ago it was."""
        now = self._clock()
        last = self._entries[self._at]
        del self._entries[self._at + 1 :]
        if self._at and field is not None and last.field == field and (patient or now - last.at <= PAUSE):
            self._entries[self._at] = _Entry(state, label, field, now)
        else:
            self._entries.append(_Entry(state, label, field, now))
            self._at += 1

    def cancel(self, field: str) -> StateT | None:
        """Takes the typing step back as if it had not been, with no way to redo it; the state before, or None where the last
        step is no typing into that field, or was ended."""
        if not self._at or self._entries[self._at].field != field:
            return None
        del self._entries[self._at :]
        self._at -= 1
        self.seal()
        return self.current

    def seal(self) -> None:
        """Ends the typing step: the field was left, or something was saved by name."""
        last = self._entries[self._at]
        self._entries[self._at] = _Entry(last.state, last.label, None, last.at)

    def undo(self) -> StateT | None:
        """The state before, or None when there is none."""
        return self._go_to(self._at - 1)

    def redo(self) -> StateT | None:
        """The state after, or None when there is none."""
        return self._go_to(self._at + 1)

    def _go_to(self, place: int) -> StateT | None:
        if not 0 <= place < len(self._entries):
            return None
        self._at = place
        self.seal()
        return self.current
