"""Takes another document's parts into one that is open: nothing of either is lost."""

from dataclasses import fields, replace

from models.document.tree import GoalDocument, Headings, Indicator, Items, ItemT, Project, Unit, new_id


def added(document: GoalDocument, other: GoalDocument) -> GoalDocument:
    """`document` with the parts of `other` behind its own, under fresh ids.

    Year, unit, title and part lines are taken only where `document` has none, and another title is kept among what has no
    place; words of a section's text and preface that it does not hold yet follow its own.
    """
    titles = (other.title,) if other.title and document.title not in {None, other.title} else ()
    return replace(
        document,
        year=document.year if document.year is not None else other.year,
        unit=document.unit if document.unit != Unit() else other.unit,
        title=document.title if document.title is not None else other.title,
        headings=_headings(document.headings, other.headings),
        overall_goal=_text(document.overall_goal, other.overall_goal),
        sub_goals=_items(document.sub_goals, other.sub_goals, "s"),
        safeguards=_items(document.safeguards, other.safeguards, "m"),
        projects=(*document.projects, *map(with_fresh_ids, other.projects)),
        unplaced=(*document.unplaced, *titles, *other.unplaced),
    )


def with_fresh_ids(project: Project) -> Project:
    """The same project as another one: it and its indicators get ids of their own."""
    indicators: tuple[Indicator, ...] = tuple(replace(row, id=new_id("i")) for row in project.indicators)
    return replace(project, id=new_id("p"), indicators=indicators)


def _headings(ours: Headings, others: Headings) -> Headings:
    missing = {f.name: getattr(others, f.name) for f in fields(Headings) if getattr(ours, f.name) is None}
    return replace(ours, **missing)


def _text(ours: str, others: str) -> str:
    if not others or others in ours:
        return ours
    return f"{ours}\n{others}" if ours else others


def _items(ours: Items[ItemT], others: Items[ItemT], prefix: str) -> Items[ItemT]:
    """Typed numbers are kept; where our list was empty its pattern is the other's."""
    fresh = (replace(item, id=new_id(prefix)) for item in others.items)
    numbering = ours.numbering if ours.items else others.numbering
    return Items(_text(ours.preface, others.preface), numbering, (*ours.items, *fresh))
