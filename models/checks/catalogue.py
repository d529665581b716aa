"""All families of rules. A new family is a module beside this one and its name in FAMILIES."""

from models.checks import bureau_rules as bureau
from models.checks import code_rules as codes
from models.checks import (
    coverage_rules,
    date_rules,
    forbidden,
    foreign_places,
    funds,
    missing,
    number_rules,
    outline,
    part_sums,
    priced,
    remains,
    unit_prices,
    value_forms,
)
from models.checks import goal_rules as goals
from models.checks import indicator_rules as indicators
from models.checks import money_rules as money
from models.checks import structure_rules as structure
from models.checks import value_rules as values
from models.checks import wording_rules as words
from models.checks import year_rules as years
from models.checks.registry import Rule, rules_in

FAMILIES = (
    money,
    priced,
    unit_prices,
    part_sums,
    codes,
    years,
    missing,
    structure,
    outline,
    remains,
    goals,
    funds,
    indicators,
    coverage_rules,
    foreign_places,
    values,
    number_rules,
    date_rules,
    value_forms,
    words,
    forbidden,
    bureau,
)

RULES: tuple[Rule, ...] = tuple(rules_in(FAMILIES))

OFF_BY_DEFAULT = frozenset(rule.id for rule in rules_in((bureau,)))
"""Rules the user switches on who needs them."""
