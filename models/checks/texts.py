"""The text fields of a document, each with the kind of field it is: `projects[].goals[]`, `sub_goals[].heading` …"""

from collections.abc import Iterator
from operator import attrgetter

from models.document.tree import GoalDocument, Indicator, Items, Measure, Project, SubGoal

HEADINGS = (
    "headings.part_one",
    "headings.part_one_name",
    "headings.overall_goal",
    "headings.sub_goals",
    "headings.safeguards",
    "headings.part_two",
    "headings.part_two_name",
)
PREFACES = ("sub_goals.preface", "safeguards.preface")
ITEM_HEADINGS = ("sub_goals[].heading", "safeguards[].heading")
SUB_GOAL_TEXTS = ("sub_goals[].text", "sub_goals[].goal", "sub_goals[].indicator")
ITEM_TEXTS = (*SUB_GOAL_TEXTS, "safeguards[].text")
PROJECT_TEXTS = ("projects[].fund_use", "projects[].goals[]")
ROW_TEXTS = (
    "projects[].indicators[].name",
    "projects[].indicators[].description",
    "projects[].indicators[].value",
    "projects[].indicators[].basis",
)

PROSE = ("overall_goal", *PREFACES, *ITEM_TEXTS, *PROJECT_TEXTS)
"""Fields of whole sentences."""

ALL = ("title", *HEADINGS, *PROSE, *ITEM_HEADINGS, "projects[].name", *ROW_TEXTS)
"""Every field with words in it."""

Text = tuple[str, str, str]
"""(path, kind of field, text)"""


def front_texts(document: GoalDocument) -> Iterator[Text]:
    """Every filled text field before the projects, in the order of the page."""
    yield from _filled(document, *HEADINGS[:2], "title", "headings.overall_goal", "overall_goal", "headings.sub_goals")
    yield from section_texts("sub_goals", document.sub_goals)
    yield from _filled(document, "headings.safeguards")
    yield from section_texts("safeguards", document.safeguards)
    yield from _filled(document, *HEADINGS[-2:])


def section_texts(name: str, section: Items[SubGoal] | Items[Measure]) -> Iterator[Text]:
    """The filled texts of one section of items."""
    if section.preface:
        yield f"{name}.preface", f"{name}.preface", section.preface
    for item in section.items:
        for field in ("heading", "text", "goal", "indicator"):
            text = getattr(item, field, None)
            if text:
                yield f"{name}[{item.id}].{field}", f"{name}[].{field}", text


def project_texts(project: Project) -> Iterator[Text]:
    """The filled texts of a project but for its rows; paths from the project."""
    for field in ("name", "fund_use"):
        text = getattr(project, field)
        if text:
            yield field, f"projects[].{field}", text
    for place, goal in enumerate(project.goals):
        if goal:
            yield f"goals[{place}]", "projects[].goals[]", goal


def row_texts(row: Indicator) -> Iterator[Text]:
    """The filled texts of an indicator row; paths from the row."""
    for field, kind in zip(("name", "description", "value", "basis"), ROW_TEXTS, strict=True):
        text = getattr(row, field)
        if text:
            yield field, kind, text


def _filled(document: GoalDocument, *paths: str) -> Iterator[Text]:
    for path in paths:
        if text := attrgetter(path)(document):
            yield path, path, text
