"""Which problems of a text are problems of a form: those of the checks it names, about what it prints."""

import re
from collections.abc import Collection, Iterable, Iterator

from models.checks.registry import Problem
from models.checks.vocabulary import load_vocabulary
from models.document.tree import GoalDocument, Scope
from models.forms.form_definition import Checks, ProjectForm

_IN_A_ROW = re.compile(r"(?P<row>projects\[[^]]*\]\.indicators\[[^]]*\])\.?(?P<field>.*)")
_IN_A_PROJECT = re.compile(r"projects\[[^]]*\]\.?(?P<field>.*)")
_ALWAYS = ("", "indicators", "unplaced")
"""What every form has: the project itself, its rows, and the words that found no place."""


def of_form(problems: Iterable[Problem], form: ProjectForm, document: GoalDocument) -> Iterator[Problem]:
    """The problems of the document that are some for whoever reads the form."""
    rules = rules_of(form.checks)
    shown = {*form.document_fields, *form.fields, *_ALWAYS}
    scopes: dict[str, Scope] = {
        f"projects[{project.id}].indicators[{row.id}]": row.scope
        for project in document.projects
        for row in project.indicators
        if row.scope != "annual"
    }
    for problem in problems:
        if rules is not None and problem.rule not in rules:
            continue
        if found := _IN_A_ROW.fullmatch(problem.path):
            fields = form.scopes.get(scopes.get(found["row"], "annual"))
            if fields is not None and found["field"] in (*fields, ""):
                yield problem
        elif _is_shown(problem.path, shown):
            yield problem


def rules_of(checks: Checks) -> frozenset[str] | None:
    """The ids of the rules that speak for a form; None for all of them."""
    groups = load_vocabulary().groups("rules.groups")
    chosen = groups if checks.groups is None else checks.groups
    if checks.groups is None and not checks.without:
        return None
    return frozenset(rule for group in chosen for rule in groups[group]) - set(checks.without)


def _is_shown(path: str, shown: Collection[str]) -> bool:
    found = _IN_A_PROJECT.fullmatch(path)
    name = found["field"] if found else path
    whole = name.partition("[")[0]
    return name in shown or whole in shown or name.partition(".")[0] in shown
