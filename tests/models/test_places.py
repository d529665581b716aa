"""Places told many at once are those told one by one."""

import pytest
from hypothesis import given

from models.checks.engine import Checker
from models.document import fieldnames
from models.document.places import place_words
from models.document.tree import GoalDocument, Items, SubGoal
from tests.models.paths import leaves
from tests.strategies import documents


@given(documents())
def test_every_place_is_told_as_it_is_alone(document: GoalDocument) -> None:
    words_of = place_words(document)
    for path, _value in leaves(document):
        assert words_of(path) == fieldnames.where(document, path)


def test_a_check_searches_the_document_for_no_item_of_a_long_list(monkeypatch: pytest.MonkeyPatch) -> None:
    items = tuple(
        SubGoal(f"s{number}", heading=f"第{number}类工作", goal=f"2016年做好第{number}类工作。") for number in range(50)
    )
    asked: list[str] = []
    alone = fieldnames.where
    monkeypatch.setattr(fieldnames, "where", lambda document, path: asked.append(path) or alone(document, path))
    places = {problem.where for problem in Checker().check(GoalDocument(year=2026, sub_goals=Items(items=items)))}
    assert {f"分项目标 {number} · 标题" for number in range(1, 51)} <= places
    assert [path for path in asked if path.startswith("sub_goals[")] == []
