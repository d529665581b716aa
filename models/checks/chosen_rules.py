"""Which rules the user switched off or on, and the words the unit does not use: how the choice is kept."""

from collections.abc import Callable

OFF_BY_DEFAULT = ("system-length", "system-characters", "system-number")
"""Rules of a bureau's online system: only who uses it switches them on."""

_OFF, _ON, _FORBIDDEN = "check.off", "check.on", "check.forbidden"
"""`_ON`: the rules that are off by default and were switched on."""

Rules = tuple[tuple[str, ...], tuple[str, ...]]
"""(ids of the rules that are off, forbidden words)."""


def recall_rules(recall: Callable[[str], str | None]) -> Rules:
    """The choice as it was kept; `recall` gives what is kept under a key."""
    on, off = (recall(_ON) or "").split(), (recall(_OFF) or "").split()
    usual = (rule for rule in OFF_BY_DEFAULT if rule not in on)
    return tuple(dict.fromkeys((*off, *usual))), tuple(filter(None, (recall(_FORBIDDEN) or "").split("\n")))


def remember_rules(remember: Callable[[str, str], None], off: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
    """Keeps the choice; `remember` keeps a value under a key."""
    remember(_OFF, " ".join(rule for rule in off if rule not in OFF_BY_DEFAULT))
    remember(_ON, " ".join(rule for rule in OFF_BY_DEFAULT if rule not in off))
    remember(_FORBIDDEN, "\n".join(forbidden))
