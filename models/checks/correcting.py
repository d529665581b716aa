"""全部改正: every problem of one kind that the program can correct, corrected in one go."""

from itertools import pairwise

from models.checks.engine import Checker
from models.checks.registry import Edit, Fix
from models.document.fieldpath import PathError, parse
from models.document.tree import Draft

_ROUNDS = 40
"""Corrections of the same field come one after the other; none needs as many."""


def corrected(checker: Checker, draft: Draft, rule: str) -> tuple[Draft, int]:
    """(the draft with the rule's corrections, how many there were). What is ignored is left as it is."""
    done = 0
    for _round in range(_ROUNDS):
        fixes = [problem.fix for problem in checker.check(draft) if problem.rule == rule and problem.fix]
        after, count = _applied(draft, fixes)
        if after == draft:
            break
        draft, done = after, done + count
    return draft, done


def _applied(draft: Draft, fixes: list[Fix]) -> tuple[Draft, int]:
    """The corrections that do not touch the same field: the others may read otherwise afterwards."""
    taken: set[str] = set()
    count = 0
    for fix in fixes:
        places = [_territory(edit) for edit in fix.edits]
        if any(_meet(place, other) for place in places for other in taken):
            continue
        taken.update(places)
        try:
            draft = fix.applied(draft)
        except PathError:
            continue
        count += 1
    return draft, count


def _territory(edit: Edit) -> str:
    """The field an edit changes; the whole list where its places have no ids of their own."""
    steps = parse(edit.path)
    for step, following in pairwise(steps):
        if step.name in {"goals", "spending_plan"} and following.key:
            return edit.path[: edit.path.index(f"{step.name}[") + len(step.name)]
    return edit.path


def _meet(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) : len(short) + 1] in {"", ".", "["}
