"""All families of rules. A new family is a module beside this one and its name in FAMILIES."""

from models.checks import (
    bureau_rules,
    code_rules,
    copies,
    coverage_rules,
    date_rules,
    forbidden,
    foreign_places,
    funds,
    goal_rules,
    indicator_rules,
    irrelevance,
    missing,
    money_rules,
    number_rules,
    outline,
    part_sums,
    priced,
    remains,
    repeated_rows,
    structure_rules,
    tier_rules,
    unit_prices,
    value_forms,
    value_rules,
    wording_rules,
    year_rules,
)
from models.checks.registry import Rule, rules_in

FAMILIES = (
    money_rules,
    priced,
    unit_prices,
    part_sums,
    code_rules,
    year_rules,
    missing,
    structure_rules,
    outline,
    remains,
    goal_rules,
    funds,
    irrelevance,
    repeated_rows,
    tier_rules,
    indicator_rules,
    coverage_rules,
    foreign_places,
    value_rules,
    number_rules,
    date_rules,
    value_forms,
    copies,
    wording_rules,
    forbidden,
    bureau_rules,
)

RULES: tuple[Rule, ...] = tuple(rules_in(FAMILIES))

OFF_BY_DEFAULT = frozenset(rule.id for rule in rules_in((bureau_rules,)))
"""Rules the user switches on who needs them."""
