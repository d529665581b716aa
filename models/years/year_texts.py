"""The texts of a document in which years may stand."""

from collections.abc import Callable, Iterator
from dataclasses import fields

from models.document.tree import NO_DETAILS, GoalDocument, Headings, Measure, SubGoal

DETAIL_TEXTS = ("long_term_goal", "basis_for_setting", "summary", "starts", "ends")


def year_texts(document: GoalDocument, wanted: Callable[[str], bool] = lambda _text: True) -> Iterator[tuple[str, str]]:
    """Every text a year may stand in, with its path, in the order of the form. Codes, amounts and units aside. `wanted`: asked of
    the texts of each indicator together, which are very many."""
    if document.title:
        yield "title", document.title
    for field in fields(Headings):
        if words := getattr(document.headings, field.name):
            yield f"headings.{field.name}", words
    yield "overall_goal", document.overall_goal
    for section, part in (("sub_goals", SubGoal), ("safeguards", Measure)):
        items = getattr(document, section)
        yield f"{section}.preface", items.preface
        for item in items.items:
            names = ("heading", "text", "goal", "indicator") if part is SubGoal else ("heading", "text")
            for name in names:
                yield f"{section}[{item.id}].{name}", getattr(item, name) or ""
    yield from _project_texts(document, wanted)
    for place, words in enumerate(document.unplaced):
        yield f"unplaced[{place}]", words


def _project_texts(document: GoalDocument, wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    for project in document.projects:
        here = f"projects[{project.id}]"
        yield f"{here}.name", project.name
        yield f"{here}.fund_use", project.fund_use
        for place, goal in enumerate(project.goals):
            yield f"{here}.goals[{place}]", goal
        if project.details != NO_DETAILS:
            for name in DETAIL_TEXTS:
                yield f"{here}.details.{name}", getattr(project.details, name)
        for row in project.indicators:
            if wanted(f"{row.name}{row.description}{row.value}{row.basis}"):
                for name in ("name", "description", "value", "basis"):
                    yield f"{here}.indicators[{row.id}].{name}", getattr(row, name)
