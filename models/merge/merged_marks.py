"""沿用上年 marks through a merge: what a unit has not confirmed is not confirmed in the department's text either."""

from collections.abc import Iterable, Iterator

from models.document.tree import GoalDocument
from models.years.carried_over import AMOUNTS


def merged_marks(
    marks: Iterable[str], before: GoalDocument, after: GoalDocument, theirs: GoalDocument, their_marks: Iterable[str]
) -> tuple[str, ...]:
    """The department's marks once a unit's text was merged. `theirs`, `their_marks`: the unit's, under the department's ids.

    A marked value that came in now is marked here; one the unit changed or confirmed is so no more. What was confirmed here
    stays so as long as its value stays, and what the department wrote itself is left alone.
    """
    was, now = dict(_values(before)), dict(_values(after))
    kept, marked = dict.fromkeys(marks), frozenset(their_marks)
    for path, value in _values(theirs):
        if now.get(path) != value:
            continue
        if path not in marked:
            kept.pop(path, None)
        elif was.get(path) != value:
            kept[path] = None
    here = [path for path in now if path in kept]
    return (*here, *(path for path in kept if path not in now))


def aligned_marks(marks: Iterable[str], document: GoalDocument, aligned: GoalDocument) -> Iterator[str]:
    """Marks of a text, under the ids its parts have in `aligned`, the same text part by part."""
    wanted = frozenset(marks)
    pairs = zip(_values(document), _values(aligned), strict=True)
    return (new for (old, _value), (new, _same) in pairs if old in wanted)


def _values(document: GoalDocument) -> Iterator[tuple[str, str]]:
    """Path and text of every field that can bear a mark."""
    for project in document.projects:
        here = f"projects[{project.id}]"
        for name in AMOUNTS:
            yield f"{here}.{name}", getattr(project, name)
        for row in project.indicators:
            yield f"{here}.indicators[{row.id}].value", row.value
