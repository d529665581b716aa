"""The open draft as the window sees it: edits, names of undo steps, cleaning, listeners, saving."""

from dataclasses import replace

import pytest

from models.document import fieldpath
from models.document.template import load_template
from models.document.tree import Draft, GoalDocument, Headings, Measure, Project, SubGoal, Unit
from models.errors import UserError
from models.session.history import History
from models.session.session import Change, Session, new_document, new_project
from tests.models.clock import Clock

TEMPLATE = load_template()
TWO_PROJECTS = Draft(GoalDocument(projects=(Project("p1", name="甲"), Project("p2", name="乙"))))


class Memory:
    """A store that remembers what it was asked to write, and refuses on demand."""

    def __init__(self) -> None:
        self.saves: list[tuple[int, Draft, Draft | None]] = []
        self.refuses = False

    def save(self, draft_id: int, after: Draft, saved: Draft | None) -> None:
        if self.refuses:
            raise UserError("磁盘空间不足")
        self.saves.append((draft_id, after, saved))


def open_session(draft: Draft = TWO_PROJECTS, store: Memory | None = None) -> Session:
    return Session(draft, store, 7, History(draft, Clock()))


def test_undo_brings_a_deleted_project_back_and_names_it() -> None:
    session = open_session()
    session.remove("projects[p2]")
    assert session.undo_label == "删除 项目 2"
    assert session.undo()
    assert session.draft is TWO_PROJECTS
    assert session.redo_label == "删除 项目 2"


@pytest.mark.parametrize(
    ("step", "label"),
    [
        (lambda s: s.edit("projects[p2].budget", "165.00"), "修改 项目 2 · 预算数"),
        (lambda s: s.edit("overall_goal", "目标"), "修改 总体绩效目标"),
        (lambda s: s.edit("settings.cover", False), "修改 设置"),
        (lambda s: s.edit("state", "定稿"), "修改 状态"),
        (lambda s: s.insert("projects", 2, Project("p3")), "添加 项目"),
        (lambda s: s.insert("sub_goals", 0, SubGoal("s1")), "添加 分项目标"),
        (lambda s: s.insert("safeguards", 0, Measure("m1")), "添加 保障措施"),
        (lambda s: s.insert("projects", 2, Project("p3"), "复制 项目 1"), "复制 项目 1"),
        (lambda s: s.move("projects[p2]", 0), "移动 项目 2"),
        (lambda s: s.change("导入 3 个项目", GoalDocument()), "导入 3 个项目"),
    ],
)
def test_undo_names_the_step_in_the_users_words(step: object, label: str) -> None:
    session = open_session()
    assert step(session)
    assert session.undo_label == label


def test_typing_is_cleaned_and_counted() -> None:
    session = open_session()
    session.edit("overall_goal", "第一段\x00\x07\r\n第二段\u202e")
    assert session.get("overall_goal") == "第一段\n第二段"
    assert session.removed_characters == 3
    session.edit("projects[p1].name", "甲\n乙")
    assert session.get("projects[p1].name") == "甲 乙"
    assert session.removed_characters == 0


def test_the_count_belongs_to_the_last_edit() -> None:
    session = open_session()
    session.edit("overall_goal", "甲\x00")
    session.edit("year", 2026)
    assert session.removed_characters == 0


def test_an_edit_that_changes_nothing_is_no_step() -> None:
    session = open_session()
    heard: list[Change] = []
    session.subscribe(heard.append)
    assert not session.edit("projects[p1].name", "甲")
    assert not session.edit("projects[p1].name", "甲\x00")
    assert not session.move("projects[p1]", 0)
    assert not session.undo()
    assert not session.redo()
    assert session.undo_label is None
    assert heard == []


def test_a_section_gets_its_heading_with_its_first_words() -> None:
    session = open_session()
    session.edit("overall_goal", "目标")
    session.insert("sub_goals", 0, SubGoal("s1"))
    session.edit("safeguards.preface", "引言")
    labels = TEMPLATE.labels
    assert session.document.headings == Headings(
        overall_goal=labels.overall_goal, sub_goals=labels.sub_goals, safeguards=labels.safeguards
    )
    for _ in range(3):
        session.undo()
    assert session.draft is TWO_PROJECTS


def test_a_heading_as_read_stays() -> None:
    document = GoalDocument(headings=Headings(overall_goal="一、 总体绩效目标"))
    session = open_session(Draft(document))
    session.edit("overall_goal", "目标")
    assert session.document.headings.overall_goal == "一、 总体绩效目标"


def test_listeners_hear_what_changed_and_who_did_it() -> None:
    session = open_session()
    heard: list[Change] = []
    stop = session.subscribe(heard.append)
    origin = object()
    session.edit("projects[p1].name", "丙", origin)
    after = session.draft
    session.undo()
    stop()
    session.redo()
    assert heard == [
        Change(TWO_PROJECTS, after, "projects[p1].name", origin),
        Change(after, TWO_PROJECTS),
    ]


def test_a_listener_may_end_its_subscription_while_it_hears() -> None:
    session = open_session()
    heard: list[str] = []
    stops = []
    for name in ("甲", "乙"):
        stops.append(
            session.subscribe(lambda _change, name=name: (heard.append(name), stops[0]() if name == "甲" else None))
        )
    session.edit("overall_goal", "一")
    session.edit("overall_goal", "二")
    assert heard == ["甲", "乙", "乙"]


def test_a_save_hands_over_what_was_saved_before() -> None:
    store = Memory()
    session = open_session(store=store)
    assert session.is_saved
    assert not session.save()
    session.edit("overall_goal", "目标")
    first = session.draft
    assert not session.is_saved
    assert session.save()
    session.undo()
    assert session.save()
    assert store.saves == [(7, first, TWO_PROJECTS), (7, TWO_PROJECTS, first)]


def test_a_refused_save_is_tried_again_from_what_really_was_saved() -> None:
    store = Memory()
    session = open_session(store=store)
    session.edit("overall_goal", "目标")
    store.refuses = True
    with pytest.raises(UserError):
        session.save()
    assert not session.is_saved
    store.refuses = False
    session.edit("overall_goal", "目标二")
    assert session.save()
    assert store.saves == [(7, session.draft, TWO_PROJECTS)]


def test_leaving_a_field_ends_the_typing_step() -> None:
    session = open_session()
    session.edit("overall_goal", "一")
    session.leave_field()
    session.edit("overall_goal", "一二")
    session.undo()
    assert session.get("overall_goal") == "一"


def test_a_new_document_has_all_of_the_forms_lines() -> None:
    document = new_document(TEMPLATE, 2026, Unit("806001", "青禾县文化服务中心"))
    labels = TEMPLATE.labels
    assert document.headings == Headings(
        *(labels.part_one, labels.part_one_name, labels.overall_goal, labels.sub_goals, labels.safeguards),
        *(labels.part_two, labels.part_two_name),
    )
    assert (document.year, document.unit.name, document.template) == (2026, "青禾县文化服务中心", TEMPLATE.id)
    assert document.sub_goals.numbering == TEMPLATE.numbering.items


def test_a_new_project_is_the_documents_units_and_has_an_id_of_its_own() -> None:
    document = replace(GoalDocument(), unit=Unit("021", "白杨街道办事处"))
    first, second = new_project(document, TEMPLATE), new_project(document, TEMPLATE)
    assert first.unit == document.unit
    assert first.id != second.id
    assert fieldpath.get(fieldpath.insert(document, "projects", 0, first), f"projects[{first.id}]") is first


def test_typing_is_named_by_the_place_its_field_has_now() -> None:
    session = open_session()
    session.edit("projects[p2].name", "乙乙")
    session.edit("projects[p2].name", "乙乙丙")
    assert session.undo_label == "修改 项目 2 · 项目名称"
    session.move("projects[p2]", 0)
    session.edit("projects[p2].name", "乙乙丙丁")
    assert session.undo_label == "修改 项目 1 · 项目名称"
    session.edit("projects[p1].name", "甲甲")
    assert session.undo_label == "修改 项目 2 · 项目名称"
