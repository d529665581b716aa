"""All families of rules. A new family is a module beside this one and its name in FAMILIES."""

from models.checks import (
    bureau,
    codes,
    forbidden,
    funds,
    goals,
    indicators,
    missing,
    money,
    outline,
    priced,
    remains,
    structure,
    value_forms,
    values,
    words,
    years,
)
from models.checks.registry import Rule, rules_in

FAMILIES = (
    money,
    priced,
    codes,
    years,
    missing,
    structure,
    outline,
    remains,
    goals,
    funds,
    indicators,
    values,
    value_forms,
    words,
    forbidden,
    bureau,
)

RULES: tuple[Rule, ...] = tuple(rules_in(FAMILIES))

OFF_BY_DEFAULT = frozenset(rule.id for rule in rules_in((bureau,)))
"""Rules the user switches on who needs them."""
