"""A department's text out of its units', and their later changes: nothing typed on either side goes without a word."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from exporters.jxmb import write_jxmb
from importers.jxmb import read_jxmb
from models import fieldpath
from models.diff import changes
from models.document import Draft, GoalDocument, Indicator, Items, Measure, Project, SubGoal, Unit, without_ids
from models.merge import (
    Choice,
    Incoming,
    Outcome,
    PartOne,
    Source,
    department_text,
    merged_units,
    told_of,
    totals_by_unit,
    update,
)
from models.merge.lines import merged_lines
from models.merge.totals import total_of
from models.merge.words import kind, place, sentence, texts
from models.store import open_store
from models.template import load_template

TEMPLATE = load_template()
DEPARTMENT = Unit("618", "云泽县农业农村局")
UNITS = (
    Unit("618001", "云泽县农业技术推广站"),
    Unit("618002", "云泽县畜牧水产站"),
    Unit("618003", "云泽县农机监理所"),
)


def project(id_: str, name: str, unit: Unit, budget: str = "10.00") -> Project:
    rows = tuple(Indicator(f"i{number}", "产出指标", "数量指标", f"{name}{number}", value="5次") for number in (1, 2))
    goals = (f"{name}按期完成",)
    return Project(
        id_, unit, name=name, budget=budget, fiscal_funds=budget, fund_use=f"用于{name}。", goals=goals, indicators=rows
    )


def unit_text(number: int, year: int | None = 2026) -> Draft:
    """A unit's text with two projects, p1 and p2 in each: ids of different units meet."""
    unit = UNITS[number]
    names = (f"{unit.name[3:5]}一", f"{unit.name[3:5]}二")
    return Draft(
        GoalDocument(
            year=year,
            unit=unit,
            overall_goal=f"{unit.name}的任务。\n{unit.name}的要求。",
            sub_goals=Items(items=(SubGoal("s1", heading=f"{names[0]}目标", goal="办好"),)),
            safeguards=Items(items=(Measure("m1", heading=f"{names[0]}措施。", text="落实"),)),
            projects=(project("p1", names[0], unit), project("p2", names[1], unit)),
        )
    )


def sources(drafts: Mapping[int, Draft]) -> list[Source]:
    return [Source(f"{UNITS[number].name}.jxmb", draft) for number, draft in drafts.items()]


THREE = {number: unit_text(number) for number in range(3)}


def merged(part_one: PartOne = PartOne.NONE, chosen: int = 0) -> Draft:
    return department_text(sources(THREE), TEMPLATE, 2026, DEPARTMENT, part_one, chosen)


def again(draft: Draft, number: int, unit: Draft, decided: Mapping[tuple[int, str], Choice] | None = None) -> Outcome:
    return update(draft, [Incoming(Source("再报.jxmb", unit), number)], decided)


def edited(draft: Draft, path: str, value: object) -> Draft:
    return replace(draft, document=fieldpath.replace(draft.document, path, value))


def without(draft: Draft, path: str) -> Draft:
    return replace(draft, document=fieldpath.remove(draft.document, path))


def names(draft: Draft) -> list[str]:
    return [one.name for one in draft.document.projects]


def here(draft: Draft, name: str) -> str:
    """The path of the project of that name in the department's text."""
    return next(f"projects[{one.id}]" for one in draft.document.projects if one.name == name)


def test_part_two_stands_in_the_order_of_the_units_with_every_word_of_theirs() -> None:
    department = merged()
    assert names(department) == [one.name for draft in THREE.values() for one in draft.document.projects]
    theirs = GoalDocument(projects=tuple(one for draft in THREE.values() for one in draft.document.projects))
    assert without_ids(GoalDocument(projects=department.document.projects)) == without_ids(theirs)
    assert len({one.id for one in department.document.projects}) == 6
    assert (department.document.year, department.document.unit) == (2026, DEPARTMENT)
    assert department.document.overall_goal == ""


def test_part_one_may_be_one_units() -> None:
    document, theirs = merged(PartOne.ONE, 1).document, THREE[1].document
    assert document.overall_goal == theirs.overall_goal
    assert [item.heading for item in document.sub_goals.items] == ["畜牧一目标"]
    assert [item.text for item in document.safeguards.items] == ["落实"]


def test_part_one_may_be_that_of_all_under_their_names() -> None:
    document = merged(PartOne.ALL).document
    lines = document.overall_goal.split("\n")
    assert [line for line in lines if line.endswith("：")] == [f"{unit.name}：" for unit in UNITS]
    assert lines[1] == "云泽县农业技术推广站的任务。"
    assert [item.heading for item in document.sub_goals.items] == ["农业一目标", "畜牧一目标", "农机一目标"]
    assert len({item.id for item in document.safeguards.items}) == 3


def test_a_table_that_names_no_unit_gets_its_units() -> None:
    draft = edited(unit_text(0), "projects[p1].unit", Unit())
    department = department_text([Source("甲", draft)], TEMPLATE, 2026, DEPARTMENT)
    assert department.document.projects[0].unit == UNITS[0]


def test_what_only_the_unit_changed_is_taken() -> None:
    department = merged()
    outcome = again(department, 1, edited(THREE[1], "projects[p2].fund_use", "改用于防疫。"))
    assert outcome.conflicts == ()
    (change,) = [one for one in changes(department, outcome.draft) if one.path != "provenance"]
    assert (change.path, change.after) == (f"{here(department, '畜牧二')}.fund_use", "改用于防疫。")


def test_what_only_the_department_changed_stays() -> None:
    department = merged()
    department = edited(department, f"{here(department, '畜牧二')}.budget", "99.00")
    outcome = again(department, 1, edited(THREE[1], "projects[p2].fund_use", "改用于防疫。"))
    found = fieldpath.get(outcome.draft.document, here(outcome.draft, "畜牧二"))
    assert (found.budget, found.fund_use, outcome.conflicts) == ("99.00", "改用于防疫。", ())


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    department = merged()
    department = edited(department, f"{here(department, '畜牧二')}.budget", "99.00")
    outcome = again(department, 1, edited(THREE[1], "projects[p2].budget", "99.00"))
    assert (outcome.conflicts, outcome.draft.document) == ((), department.document)


def both_changed() -> tuple[Draft, Draft, str]:
    department = merged()
    path = f"{here(department, '畜牧二')}.budget"
    return edited(department, path, "99.00"), edited(THREE[1], "projects[p2].budget", "77.00"), path


def test_different_changes_are_a_conflict_in_the_users_words_and_the_departments_stay() -> None:
    department, unit, path = both_changed()
    outcome = again(department, 1, unit)
    (conflict,) = outcome.conflicts
    assert outcome.draft.document == department.document
    assert (conflict.path, conflict.unit, texts(conflict)) == (path, UNITS[1], ("99.00", "77.00"))
    assert place(conflict, department.document) == "项目 4 · 预算数"
    assert kind(conflict) == "两边都改了"


@pytest.mark.parametrize(
    ("choice", "words", "asked_again"),
    [(Choice.LATER, "99.00", 1), (Choice.OURS, "99.00", 0), (Choice.THEIRS, "77.00", 0)],
)
def test_a_conflict_is_decided_once_and_comes_again_only_when_left_for_later(
    choice: Choice, words: str, asked_again: int
) -> None:
    department, unit, path = both_changed()
    decided = again(department, 1, unit, {(1, path): choice}).draft
    assert fieldpath.get(decided.document, path) == words
    repeated = again(decided, 1, unit)
    assert len(repeated.conflicts) == asked_again
    assert repeated.draft.document == decided.document


def test_a_project_the_unit_deleted_goes_where_the_department_left_it_alone() -> None:
    outcome = again(merged(), 0, without(THREE[0], "projects[p2]"))
    assert "农业二" not in names(outcome.draft)
    assert outcome.conflicts == ()


@pytest.mark.parametrize(("choice", "stays"), [(Choice.LATER, True), (Choice.OURS, True), (Choice.THEIRS, False)])
def test_a_project_the_unit_deleted_and_the_department_edited_is_asked_about(choice: Choice, stays: bool) -> None:
    department = merged()
    path = here(department, "农业二")
    department = edited(department, f"{path}.fund_use", "部门另有安排。")
    unit = without(THREE[0], "projects[p2]")
    (conflict,) = again(department, 0, unit).conflicts
    assert (conflict.kind, conflict.path, texts(conflict)[1]) == ("deleted_there", path, "（已删除）")
    decided = again(department, 0, unit, {conflict.key: choice}).draft
    assert ("农业二" in names(decided)) is stays
    assert len(again(decided, 0, unit).conflicts) == (choice is Choice.LATER)


def test_a_project_the_department_deleted_stays_deleted_and_is_told() -> None:
    department = merged()
    department = without(department, here(department, "农业二"))
    outcome = again(department, 0, edited(THREE[0], "projects[p1].budget", "11.00"))
    assert "农业二" not in names(outcome.draft)
    told = [sentence(note, merged_units(department.provenance), department.document) for note in outcome.notes]
    assert told == ["云泽县农业技术推广站：项目「农业二」在部门文本中已删除，单位没有改动，保持删除。"]


@pytest.mark.parametrize(("choice", "back"), [(Choice.LATER, False), (Choice.OURS, False), (Choice.THEIRS, True)])
def test_a_project_deleted_here_and_changed_there_may_be_brought_back_to_its_place(choice: Choice, back: bool) -> None:
    department = merged()
    department = without(department, here(department, "农业二"))
    unit = edited(THREE[0], "projects[p2].budget", "11.00")
    (conflict,) = again(department, 0, unit).conflicts
    assert conflict.kind == "deleted_here"
    assert place(conflict, department.document) == "项目「农业二」"
    assert "11.00" in texts(conflict)[1]
    decided = again(department, 0, unit, {conflict.key: choice}).draft
    assert (names(decided)[:2] == ["农业一", "农业二"]) is back
    assert len(again(decided, 0, unit).conflicts) == (choice is Choice.LATER)


def test_a_new_project_goes_to_its_units_place() -> None:
    new = project("p9", "畜牧新", UNITS[1])
    unit = replace(THREE[1], document=fieldpath.insert(THREE[1].document, "projects", 1, new))
    assert names(again(merged(), 1, unit).draft) == [
        *("农业一", "农业二", "畜牧一", "畜牧新", "畜牧二", "农机一", "农机二"),
    ]


def test_a_unit_that_had_no_project_gets_its_first_one_between_the_others() -> None:
    bare = replace(THREE[1], document=replace(THREE[1].document, projects=()))
    department = department_text(sources(THREE | {1: bare}), TEMPLATE, 2026, DEPARTMENT)
    assert names(again(department, 1, THREE[1]).draft) == names(merged())


def test_a_new_order_is_taken_unless_the_department_has_one_of_its_own() -> None:
    unit = replace(THREE[0], document=fieldpath.move(THREE[0].document, "projects[p2]", 0))
    assert names(again(merged(), 0, unit).draft)[:2] == ["农业二", "农业一"]
    three = replace(
        THREE[0],
        document=replace(THREE[0].document, projects=(*THREE[0].document.projects, project("p3", "农业三", UNITS[0]))),
    )
    department = department_text([Source("甲", three)], TEMPLATE, 2026, DEPARTMENT)
    ours = replace(department, document=fieldpath.move(department.document, here(department, "农业三"), 0))
    theirs = replace(three, document=fieldpath.move(three.document, "projects[p2]", 0))
    outcome = again(ours, 0, theirs)
    assert names(outcome.draft) == ["农业三", "农业一", "农业二"]
    assert [note.kind for note in outcome.notes] == ["order"]


def test_rows_are_merged_one_by_one() -> None:
    department = merged()
    path = here(department, "农业一")
    department = edited(department, f"{path}.indicators[i1].value", "≥8次")
    department = replace(
        department,
        document=fieldpath.insert(department.document, f"{path}.indicators", 2, Indicator("i3", name="部门加的")),
    )
    unit = edited(THREE[0], "projects[p1].indicators[i2].value", "≥9次")
    unit = replace(
        unit, document=fieldpath.insert(unit.document, "projects[p1].indicators", 2, Indicator("i3", name="单位加的"))
    )
    outcome = again(department, 0, unit)
    rows = fieldpath.get(outcome.draft.document, path).indicators
    assert [(row.name, row.value) for row in rows] == [
        *(("农业一1", "≥8次"), ("农业一2", "≥9次"), ("单位加的", ""), ("部门加的", "")),
    ]
    assert len({row.id for row in rows}) == 4
    assert again(outcome.draft, 0, unit).draft.document == outcome.draft.document


def test_a_file_read_anew_is_known_again_by_codes_names_and_rows() -> None:
    """What comes as Word has other ids each time."""
    department = merged()
    fresh = replace(
        THREE[0].document,
        projects=tuple(
            replace(
                one,
                id=f"x{at}",
                budget="12.00",
                indicators=tuple(replace(row, id=f"y{at}{row.id}", value="6次") for row in one.indicators),
            )
            for at, one in enumerate(THREE[0].document.projects)
        ),
    )
    outcome = again(department, 0, Draft(fresh))
    assert names(outcome.draft) == names(department)
    assert [one.id for one in outcome.draft.document.projects] == [one.id for one in department.document.projects]
    assert [one.budget for one in outcome.draft.document.projects[:2]] == ["12.00", "12.00"]
    assert [row.value for row in outcome.draft.document.projects[0].indicators] == ["6次", "6次"]


def test_one_units_part_one_is_merged_like_its_projects() -> None:
    department = edited(merged(PartOne.ONE, 1), "overall_goal", "部门自己的目标。")
    unit = edited(edited(THREE[1], "overall_goal", "单位的新目标。"), "sub_goals[s1].goal", "办得更好")
    outcome = again(department, 1, unit)
    assert [conflict.path for conflict in outcome.conflicts] == ["overall_goal"]
    assert outcome.draft.document.sub_goals.items[0].goal == "办得更好"
    assert outcome.draft.document.overall_goal == "部门自己的目标。"


def test_in_the_text_of_all_units_a_change_finds_its_place_beside_the_departments() -> None:
    department = merged(PartOne.ALL)
    text = "部门总述。\n" + department.document.overall_goal.replace(
        "农机监理所的要求。", "农机监理所的要求（部门改）。"
    )
    department = edited(department, "overall_goal", text)
    outcome = again(department, 1, edited(THREE[1], "overall_goal", "畜牧的新任务。\n云泽县畜牧水产站的要求。"))
    assert outcome.conflicts == ()
    assert outcome.draft.document.overall_goal == text.replace("云泽县畜牧水产站的任务。", "畜牧的新任务。")


@pytest.mark.parametrize("choice", Choice)
def test_in_the_text_of_all_units_the_same_line_changed_twice_is_asked_about(choice: Choice) -> None:
    department = merged(PartOne.ALL)
    text = department.document.overall_goal.replace("云泽县畜牧水产站的任务。", "部门改写的任务。")
    department = edited(department, "overall_goal", text)
    unit = edited(THREE[1], "overall_goal", "畜牧的新任务。\n云泽县畜牧水产站的要求。")
    (conflict,) = again(department, 1, unit).conflicts
    assert texts(conflict) == (text, "云泽县畜牧水产站：\n畜牧的新任务。\n云泽县畜牧水产站的要求。")
    decided = again(department, 1, unit, {conflict.key: choice}).draft
    wanted = text.replace("部门改写的任务。", "畜牧的新任务。") if choice is Choice.THEIRS else text
    assert decided.document.overall_goal == wanted
    assert len(again(decided, 1, unit).conflicts) == (choice is Choice.LATER)


def test_a_unit_that_comes_later_is_added_behind_the_others() -> None:
    department = department_text(sources({0: THREE[0], 1: THREE[1]}), TEMPLATE, 2026, DEPARTMENT, PartOne.ALL)
    outcome = update(department, [Incoming(Source("丙.jxmb", THREE[2]))])
    assert outcome.draft.document.projects[-1].unit == UNITS[2]
    assert "云泽县农机监理所：" in outcome.draft.document.overall_goal
    assert [unit.unit for unit in merged_units(outcome.draft.provenance)] == list(UNITS)


def test_what_was_merged_travels_with_the_draft(tmp_path: Path) -> None:
    department = merged(PartOne.ALL)
    store = open_store(tmp_path / "a.db")
    kept = store.load(store.create(department))
    store.close()
    assert kept == department
    assert read_jxmb(write_jxmb(department), "a.jxmb").draft == department
    assert [unit.source for unit in merged_units(kept.provenance)] == [f"{unit.name}.jxmb" for unit in UNITS]


def test_lines_of_other_programs_stay_where_they_are() -> None:
    department = merged()
    lines = ("甲.json", "乙 !!.??", "丙 e30=.e30=", *department.provenance.merged_from)
    department = replace(department, provenance=replace(department.provenance, merged_from=lines))
    outcome = again(department, 1, edited(THREE[1], "projects[p1].budget", "1.00"))
    assert outcome.draft.provenance.merged_from[:3] == lines[:3]
    assert len(merged_units(outcome.draft.provenance)) == 3


def test_the_words_of_a_version_name_the_units_and_hold_no_data() -> None:
    (change,) = changes(Draft(), replace(Draft(), provenance=merged().provenance))
    assert change.after.split("\n")[0] == "618001 云泽县农业技术推广站（云泽县农业技术推广站.jxmb）"
    assert len(change.after) < 200


def test_what_an_import_could_not_place_comes_along_once() -> None:
    unit = replace(THREE[0], document=replace(THREE[0].document, unplaced=("附注一行",)))
    department = department_text([Source("甲", unit)], TEMPLATE, 2026, DEPARTMENT)
    assert department.document.unplaced == ("附注一行",)
    away = replace(department, document=replace(department.document, unplaced=()))
    assert again(away, 0, unit).draft.document.unplaced == ()


def test_doubts_are_told_in_a_line_each() -> None:
    coded = edited(edited(THREE[0], "projects[p1].code", "X1"), "projects[p2].code", "X1")
    bare = Draft(GoalDocument(unit=UNITS[2], year=2025))
    told = list(told_of([Source("a", coded), Source("b", THREE[0]), Source("c", bare)], 2026))
    assert len(told) == 4
    assert "年度不一致" in told[0]
    assert "云泽县农机监理所 2025年" in told[0]
    assert "「618001 云泽县农业技术推广站」选了 2 份" in told[1]
    assert "项目编码 X1 出现了 2 次" in told[2]
    assert "「云泽县农机监理所」没有项目" in told[3]
    assert list(told_of(sources(THREE), 2026)) == []


def test_totals_are_counted_for_each_unit() -> None:
    department = merged()
    department = edited(department, f"{here(department, '农业一')}.budget", "待定")
    totals = totals_by_unit(department.document)
    assert [total.unit for total in totals] == list(UNITS)
    assert [total.budget for total in totals] == [Decimal("10.00"), Decimal("20.00"), Decimal("20.00")]
    assert [total.unclear for total in totals] == [1, 0, 0]
    whole = total_of(totals)
    assert (whole.projects, whole.budget, whole.fiscal_funds) == (6, Decimal("50.00"), Decimal("60.00"))


@pytest.mark.parametrize(
    ("theirs", "ours", "wanted", "clean"),
    [
        ("a\nB\nc", "a\nb\nc", "a\nB\nc", True),
        ("B\nb\nc", "a\nb\nC", "B\nb\nC", True),
        ("a\nX\nc", "a\nY\nc", "a\nX\nc", False),
        ("a\nX\nc", "a\nX\nc", "a\nX\nc", True),
        ("", "a\nb\nc", "", True),
        ("a\nb\nc\nd", "z\na\nb\nc", "z\na\nb\nc\nd", True),
    ],
)
def test_lines_of_two_sides_are_merged_where_they_do_not_touch(
    theirs: str, ours: str, wanted: str, clean: bool
) -> None:
    assert merged_lines("a\nb\nc", theirs, ours) == (wanted, clean)


WORDS = ("fund_use", "budget", "name")


class Department(RuleBasedStateMachine):
    """Three units and their department, each edited at will; merges of any of them in any order, with any answers."""

    @initialize(part_one=st.sampled_from(PartOne))
    def begin(self, part_one: PartOne) -> None:
        self.units = dict(THREE)
        self.department = department_text(sources(self.units), TEMPLATE, 2026, DEPARTMENT, part_one, 1)
        self.typed = 0

    def word(self, by: str) -> str:
        self.typed += 1
        return f"<{by}{self.typed}>"

    def change(self, draft: Draft, data: st.DataObject, by: str) -> Draft:
        """Something is typed, added, deleted or moved; at random."""
        document = draft.document
        what = data.draw(
            st.sampled_from(("field", "row", "new row", "delete row", "new", "delete", "move", "goal", "item"))
        )
        if what == "goal":
            lines = document.overall_goal.split("\n")
            at = data.draw(st.integers(0, len(lines) - 1))
            return edited(draft, "overall_goal", "\n".join([*lines[:at], self.word(by), *lines[at + 1 :]]))
        if what == "item" and document.sub_goals.items:
            item = data.draw(st.sampled_from(document.sub_goals.items))
            return edited(draft, f"sub_goals[{item.id}].goal", self.word(by))
        if what == "new":
            new = project(f"p{by}{self.typed}", self.word(by), document.unit)
            at = data.draw(st.integers(0, len(document.projects)))
            return replace(draft, document=fieldpath.insert(document, "projects", at, new))
        if not document.projects:
            return draft
        one = data.draw(st.sampled_from(document.projects))
        path = f"projects[{one.id}]"
        if what == "delete":
            return without(draft, path)
        if what == "move":
            return replace(draft, document=fieldpath.move(document, path, data.draw(st.integers(0, 6))))
        if what == "new row":
            row = Indicator(f"i{data.draw(st.integers(3, 5))}", name=self.word(by))
            taken = any(row.id == old.id for old in one.indicators)
            return draft if taken else replace(draft, document=fieldpath.insert(document, f"{path}.indicators", 1, row))
        if what in {"row", "delete row"} and one.indicators:
            row_path = f"{path}.indicators[{data.draw(st.sampled_from(one.indicators)).id}]"
            return (
                without(draft, row_path) if what == "delete row" else edited(draft, f"{row_path}.value", self.word(by))
            )
        return edited(draft, f"{path}.{data.draw(st.sampled_from(WORDS))}", self.word(by))

    @rule(data=st.data())
    def edit_the_department(self, data: st.DataObject) -> None:
        self.department = self.change(self.department, data, "d")

    @rule(data=st.data(), number=st.sampled_from((0, 1, 2)))
    def edit_a_unit(self, data: st.DataObject, number: int) -> None:
        self.units[number] = self.change(self.units[number], data, "u")

    @rule(data=st.data(), number=st.sampled_from((0, 1, 2)))
    def edit_the_same_place_on_both_sides(self, data: st.DataObject, number: int) -> None:
        """By chance the two would seldom meet."""
        unit = self.units[number]
        ids = dict(merged_units(self.department.provenance)[number].ids)
        there = {one.id: one for one in self.department.document.projects}
        pairs = [(one, there[ids[one.id]]) for one in unit.document.projects if ids.get(one.id) in there]
        if not pairs:
            return
        theirs, ours = data.draw(st.sampled_from(pairs))
        rows = [row.id for row in theirs.indicators if row.id in {old.id for old in ours.indicators}]
        part = data.draw(st.sampled_from(["", *(f".indicators[{id_}]" for id_ in rows)]))
        field = ".value" if part else ".fund_use"
        self.units[number] = self.one_of_two(unit, f"projects[{theirs.id}]{part}", field, data, "u")
        self.department = self.one_of_two(self.department, f"projects[{ours.id}]{part}", field, data, "d")

    def one_of_two(self, draft: Draft, path: str, field: str, data: st.DataObject, by: str) -> Draft:
        """Deleted, or edited."""
        return without(draft, path) if data.draw(st.booleans()) else edited(draft, path + field, self.word(by))

    @precondition(lambda self: self.typed)
    @rule(data=st.data(), numbers=st.permutations((0, 1, 2)), count=st.integers(1, 3))
    def merge(self, data: st.DataObject, numbers: list[int], count: int) -> None:
        incoming = [Incoming(Source("x", self.units[number]), number) for number in numbers[:count]]
        asked = update(self.department, incoming)
        answers = {conflict.key: data.draw(st.sampled_from(Choice)) for conflict in asked.conflicts}
        decided = update(self.department, incoming, answers)
        self.nothing_is_lost(asked, {}, incoming)
        self.nothing_is_lost(decided, answers, incoming)
        self.untouched_is_untouched(asked, incoming)
        self.department = decided.draft
        self.is_settled(decided, answers, incoming)

    def nothing_is_lost(
        self, outcome: Outcome, answers: Mapping[tuple[int, str], Choice], incoming: list[Incoming]
    ) -> None:
        before, after = found_words(self.department), found_words(outcome.draft)
        known = merged_units(self.department.provenance)
        given_up: set[str] = set()
        shown: set[str] = set()
        for conflict in outcome.conflicts:
            taken = answers.get(conflict.key, Choice.LATER)
            given_up |= words_in(repr(conflict.ours)) if taken is Choice.THEIRS else set()
            shown |= words_in(repr(conflict.theirs))
        # What the department alone has typed stays, unless the unit's words were asked for in its place.
        from_units = set().union(*(words_in(repr(unit.base)) for unit in known))
        assert before - from_units - given_up <= after
        for one in incoming:
            # What a unit has typed since it was merged last is here, or it is asked about.
            new = words_in(repr(part_of(one.source.draft, known[one.number]))) - words_in(repr(known[one.number].base))
            assert new <= after | shown

    def untouched_is_untouched(self, outcome: Outcome, incoming: list[Incoming]) -> None:
        """Units that did not come keep every letter in the department's text."""
        came = {one.number for one in incoming}
        for number, unit in enumerate(merged_units(self.department.provenance)):
            if number not in came:
                ids = {one.id for one in unit.base.projects}
                before, after = (
                    {one.id: one for one in draft.document.projects if one.id in ids}
                    for draft in (self.department, outcome.draft)
                )
                assert before == after

    def is_settled(self, outcome: Outcome, answers: Mapping[tuple[int, str], Choice], incoming: list[Incoming]) -> None:
        """The same again changes nothing, and asks only what was left for later."""
        repeated = update(self.department, incoming)
        assert repeated.draft.document == self.department.document
        later = {conflict.key for conflict in outcome.conflicts if answers[conflict.key] is Choice.LATER}
        asked = {conflict.key for conflict in repeated.conflicts}
        assert later <= asked
        assert {number for number, _path in asked} == {number for number, _path in later}

    @invariant()
    def ids_are_given_once(self) -> None:
        if hasattr(self, "department"):
            document = self.department.document
            for parts in (document.projects, document.sub_goals.items, *(one.indicators for one in document.projects)):
                assert len({part.id for part in parts}) == len(parts)


def words_in(text: str) -> set[str]:
    return set(re.findall(r"<[du]\d+>", text))


def found_words(draft: Draft) -> set[str]:
    return words_in(repr(draft.document))


def part_of(draft: Draft, unit: object) -> tuple[object, ...]:
    """What of the unit's text belongs into the department's."""
    document = draft.document
    if not unit.part_one:
        return (document.projects,)
    return document.projects, document.overall_goal, document.sub_goals


# Many steps each: a merge goes wrong in what came before it.
TestDepartment = Department.TestCase
TestDepartment.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
