"""Which problems of a text are problems of a form: those of the checks it names, about what it prints."""

import re
from collections.abc import Collection, Iterable, Iterator

from models.checks.registry import Problem
from models.checks.vocabulary import load_vocabulary
from models.forms.form_definition import Checks, ProjectForm

_IN_A_ROW = re.compile(r"projects\[[^]]*\]\.indicators\[[^]]*\]\.?(?P<field>.*)")
_IN_A_PROJECT = re.compile(r"projects\[[^]]*\]\.?(?P<field>.*)")
_ALWAYS = ("", "indicators", "unplaced")
"""What every form has: the project itself, its rows, and the words that found no place."""


def of_form(problems: Iterable[Problem], form: ProjectForm) -> Iterator[Problem]:
    """The problems that are some for whoever reads the form."""
    rules = rules_of(form.checks)
    shown = {*form.document_fields, *form.fields, *_ALWAYS}
    for problem in problems:
        if (rules is None or problem.rule in rules) and _is_shown(problem.path, form, shown):
            yield problem


def rules_of(checks: Checks) -> frozenset[str] | None:
    """The ids of the rules that speak for a form; None for all of them."""
    groups = load_vocabulary().groups("rules.groups")
    chosen = groups if checks.groups is None else checks.groups
    if checks.groups is None and not checks.without:
        return None
    return frozenset(rule for group in chosen for rule in groups[group]) - set(checks.without)


def _is_shown(path: str, form: ProjectForm, shown: Collection[str]) -> bool:
    if found := _IN_A_ROW.fullmatch(path):
        return found["field"] in (*form.row_fields, "")
    found = _IN_A_PROJECT.fullmatch(path)
    name = found["field"] if found else path
    whole = name.partition("[")[0]
    return name in shown or whole in shown or name.partition(".")[0] in shown
