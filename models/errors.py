"""Errors the user can do something about, apart from our own bugs."""


class UserError(Exception):
    """A Chinese sentence: what happened, to which file or field, and what to do.

    Shown as it is; everything that is not a UserError is a bug and goes to the log with its trace.
    """


class CancelledError(Exception):
    """The user stopped a long piece of work; nothing of it was taken over."""
