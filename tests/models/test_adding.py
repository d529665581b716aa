"""Another text's parts are taken in behind one's own; nothing of either is lost."""

from dataclasses import replace

from hypothesis import given

from models.document.adding import added
from models.document.tree import GoalDocument, Unit, without_ids
from tests.strategies import documents


def ids(document: GoalDocument) -> list[str]:
    parts = (*document.sub_goals.items, *document.safeguards.items, *document.projects)
    return [part.id for part in parts] + [row.id for project in document.projects for row in project.indicators]


@given(documents(wild=True), documents(wild=True))
def test_every_part_of_both_is_there_in_order_under_ids_of_its_own(one: GoalDocument, other: GoalDocument) -> None:
    both = added(one, other)
    assert len(ids(both)) == len(set(ids(both)))
    mine, theirs, all_of_them = without_ids(one), without_ids(other), without_ids(both)
    assert all_of_them.projects == mine.projects + theirs.projects
    assert all_of_them.sub_goals.items == mine.sub_goals.items + theirs.sub_goals.items
    assert all_of_them.safeguards.items == mine.safeguards.items + theirs.safeguards.items
    kept = [both.title, *both.unplaced]
    assert all(title in kept for title in (one.title, other.title) if title)
    assert both.unplaced[: len(one.unplaced)] == one.unplaced
    assert both.unplaced[len(both.unplaced) - len(other.unplaced) :] == other.unplaced
    assert len(both.unplaced) - len(one.unplaced) - len(other.unplaced) in {0, 1}
    assert one.overall_goal in both.overall_goal
    assert other.overall_goal in both.overall_goal
    assert both.projects[: len(one.projects)] == one.projects


def test_year_and_unit_are_filled_and_never_replaced() -> None:
    ours = GoalDocument(year=2026, unit=Unit("1", "甲"))
    theirs = GoalDocument(year=2025, unit=Unit("2", "乙"), title="标题")
    assert added(ours, theirs) == replace(ours, title="标题")
    assert added(GoalDocument(), theirs) == theirs


def test_the_same_text_is_not_doubled() -> None:
    text = GoalDocument(overall_goal="完成培训。")
    assert added(text, text).overall_goal == "完成培训。"
