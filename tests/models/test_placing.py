"""Words an import could not place: taken apart, put into a field by hand, and gone from the rest."""

import pytest

from models.document import fieldpath
from models.document.tree import GoalDocument, Project
from models.document.unplaced_words import PARTS, PROJECT_FIELDS, placed, unplaced_pieces
from models.errors import UserError

LOOSE = (
    "项目「送戏下乡」\n起止时间：长期\n负责人：王某",
    "工作表「清单」「备注」列\n第4行：见附件\n第5行：另行通知",
    "审核人：李某\t填报人：王某",
    "一段没有标签的话\n还有一行",
)


def document(**fields: str) -> GoalDocument:
    return GoalDocument(projects=(Project("p1", name="送戏下乡", **fields),), unplaced=LOOSE)  # type: ignore[arg-type]


def test_the_words_are_shown_one_by_one_with_what_named_them() -> None:
    found = [(piece.label, piece.words) for piece in unplaced_pieces(document())]
    assert found == [
        ("起止时间", "长期"),
        ("负责人", "王某"),
        ("备注", "见附件"),
        ("备注", "另行通知"),
        ("审核人", "李某\t填报人：王某"),
        ("", "一段没有标签的话\n还有一行"),
    ]


def test_placed_words_stand_in_their_field_and_nowhere_else() -> None:
    after = placed(document(), unplaced_pieces(document())[1], "projects[p1].details.lead")
    assert after.projects[0].details.lead == "王某"
    assert after.unplaced == ("项目「送戏下乡」\n起止时间：长期", *LOOSE[1:])
    last = placed(after, unplaced_pieces(after)[0], "projects[p1].details.starts")
    assert last.unplaced == LOOSE[1:]


def test_a_text_takes_further_words_as_a_paragraph() -> None:
    before = document(fund_use="买道具。")
    after = placed(before, unplaced_pieces(before)[2], "projects[p1].fund_use")
    assert after.projects[0].fund_use == "买道具。\n见附件"
    goals = placed(after, unplaced_pieces(after)[-1], "projects[p1].goals")
    assert goals.projects[0].goals == ("一段没有标签的话", "还有一行")


def test_a_field_that_says_something_else_is_left_as_it_is() -> None:
    before = document(budget="12.5")
    with pytest.raises(UserError, match=r"「预算数」已经写着「12\.5」"):
        placed(before, unplaced_pieces(before)[2], "projects[p1].budget")


@pytest.mark.parametrize("path", [*PARTS, *(f"projects[p1].{name}" for name in PROJECT_FIELDS if name != "name")])
def test_every_field_that_is_offered_takes_words(path: str) -> None:
    before = document()
    after = placed(before, unplaced_pieces(before)[1], path)
    assert len(unplaced_pieces(after)) == len(unplaced_pieces(before)) - 1
    value = (
        getattr(after, path).items[-1].heading if path in ("sub_goals", "safeguards") else fieldpath.get(after, path)
    )
    assert value in ("王某", ("王某",))
