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
