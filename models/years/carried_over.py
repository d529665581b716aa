"""沿用上年 marks: the fields a draft took over from last year and nobody has looked at yet."""

from dataclasses import replace

from models.document import fieldpath
from models.document.tree import Draft, GoalDocument, Project, Provenance

AMOUNTS = ("budget", "fiscal_funds", "other_funds")


def carried_over_paths(document: GoalDocument) -> tuple[str, ...]:
    """The amounts and indicator values that are filled: what another year usually changes."""
    paths: list[str] = []
    for project in document.projects:
        here = f"projects[{project.id}]"
        paths += [f"{here}.{name}" for name in AMOUNTS if getattr(project, name).strip()]
        paths += [f"{here}.indicators[{row.id}].value" for row in project.indicators if row.value.strip()]
    return tuple(paths)


def confirmed(draft: Draft, paths: frozenset[str] | None = None) -> Draft:
    """The draft without the marks at those paths; None: without any."""
    marks = draft.provenance.carried_over
    return _with_marks(draft, tuple(path for path in marks if paths is not None and path not in paths))


def without_touched(before: Draft, after: Draft, path: str | None = None) -> Draft:
    """`after` without the marks of fields that are no longer what they were in `before`. `path`: the one that was edited."""
    marks = after.provenance.carried_over
    if not marks or before.document is after.document:
        return after
    if path is not None:
        return confirmed(after, frozenset({path})) if path in marks else after
    known = frozenset(before.provenance.carried_over)
    old = {project.id: project for project in before.document.projects}
    same = {f"projects[{new.id}]" for new in after.document.projects if new is old.get(new.id)}
    kept = (m for m in marks if m.partition("]")[0] + "]" in same or _same(before, after, m, m in known))
    return _with_marks(after, tuple(kept))


def marks_below(draft: Draft, path: str) -> tuple[str, ...]:
    """The marks at a path and below it, in their order."""
    marks = draft.provenance.carried_over
    return tuple(mark for mark in marks if mark == path or mark.startswith((f"{path}.", f"{path}[")))


def message(draft: Draft, project: Project) -> str:
    """«预算数、财政资金；指标值 7 个»: what of a project is still to be confirmed, "" where nothing is."""
    from models.document.fieldnames import PART_LABELS

    marks = set(draft.provenance.carried_over)
    here = f"projects[{project.id}]"
    amounts = [PART_LABELS[Project][name] for name in AMOUNTS if f"{here}.{name}" in marks]
    values = sum(mark.startswith(f"{here}.indicators[") for mark in marks)
    parts = (["、".join(amounts)] if amounts else []) + ([f"指标值 {values} 个"] if values else [])
    return "；".join(parts)


def _with_marks(draft: Draft, marks: tuple[str, ...]) -> Draft:
    if marks == draft.provenance.carried_over:
        return draft
    provenance: Provenance = replace(draft.provenance, carried_over=marks)
    return replace(draft, provenance=provenance)


def _same(before: Draft, after: Draft, path: str, was_marked: bool) -> bool:
    """Whether the mark holds. One that `before` had not came with its value: an earlier version was brought back."""
    try:
        now: object = fieldpath.get(after.document, path)
        return not was_marked or bool(fieldpath.get(before.document, path) == now)
    except fieldpath.PathError:
        return False
