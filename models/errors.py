"""Errors the user can do something about, apart from our own bugs; of these, where they happened."""

import traceback

from models.printable import printable


class UserError(Exception):
    """A Chinese sentence: what happened, to which file or field, and what to do.

    Shown as it is, but for what a name in it would do to a terminal or a line; everything that is not a UserError is a bug and
    goes to the log with its trace.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(printable(sentence))


class CancelledError(Exception):
    """The user stopped a long piece of work; nothing of it was taken over."""


def trace_of(error: BaseException) -> str:
    """Where an error happened, its causes too, a line each. Its message is left out: it may quote what the user typed."""
    lines: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\n".join(lines)
