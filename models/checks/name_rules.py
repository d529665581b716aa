"""What rules are called and how they are grouped, for people: `resources/checks/rules.toml`."""

from collections.abc import Mapping
from functools import cache

from models.checks.vocabulary import load_vocabulary


@cache
def rule_names() -> Mapping[str, str]:
    """The name of each rule, by its id."""
    return load_vocabulary().table("rules.names")


@cache
def rule_groups() -> Mapping[str, tuple[str, ...]]:
    """The ids of the rules under the name of their group."""
    return load_vocabulary().groups("rules.groups")


def rule_name(rule: str) -> str:
    """The name of one rule; its id where it has none."""
    return rule_names().get(rule, rule)


@cache
def _heads() -> Mapping[str, str]:
    groups = load_vocabulary().groups("rules.heads")
    return {rule: head for head, rules in groups.items() for rule in rules}


HEADS = ("完整性", "相关性", "适当性", "可行性")
"""What targets are examined for, in the Ministry's order (财预〔2015〕88号)."""


def head_of(rule: str) -> str:
    """Which of the four a rule belongs to; what is judged of a report's own has none."""
    return _heads().get(rule, "")
