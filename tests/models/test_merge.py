"""A department's text out of its units', and their later changes: what is taken, kept, asked about, and told."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from exporters.package_writer import write_jxmb
from importers.package_reader import read_jxmb
from models.comparing.diff import changes
from models.document import fieldpath
from models.document.tree import Draft, GoalDocument, Indicator, Unit, without_ids
from models.merge import (
    Choice,
    Incoming,
    PartOne,
    Source,
    department_text,
    merged_units,
    source_doubts,
    totals_by_unit,
    update,
)
from models.merge.merge_report import kind, place, sentence, texts
from models.merge.totals import total_of
from tests.models.units import (
    DEPARTMENT,
    TEMPLATE,
    THREE,
    UNITS,
    again,
    edited,
    here,
    merged,
    names,
    project,
    sources,
    unit_text,
    without,
)
from tests.opening import open_store


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


def test_a_new_project_of_the_department_is_not_taken_for_the_units() -> None:
    """Ids are made at random; but a draft that was copied has those of the other."""
    department = merged()
    ours, theirs = project("p9", "部门的", DEPARTMENT), project("p9", "农业新", UNITS[0])
    department = replace(department, document=fieldpath.insert(department.document, "projects", 9, ours))
    unit = replace(THREE[0], document=fieldpath.insert(THREE[0].document, "projects", 2, theirs))
    outcome = again(department, 0, unit)
    assert (names(outcome.draft)[2], names(outcome.draft)[-1], outcome.conflicts) == ("农业新", "部门的", ())
    assert len({one.id for one in outcome.draft.document.projects}) == 8


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
    told = list(source_doubts([Source("a", coded), Source("b", THREE[0]), Source("c", bare)], 2026))
    assert len(told) == 4
    assert "年度不一致" in told[0]
    assert "云泽县农机监理所 2025年" in told[0]
    assert "「618001 云泽县农业技术推广站」选了 2 份" in told[1]
    assert "项目编码 X1 出现了 2 次" in told[2]
    assert "「云泽县农机监理所」没有项目" in told[3]
    assert list(source_doubts(sources(THREE), 2026)) == []


def test_totals_are_counted_for_each_unit() -> None:
    department = merged()
    department = edited(department, f"{here(department, '农业一')}.budget", "待定")
    totals = totals_by_unit(department.document)
    assert [total.unit for total in totals] == list(UNITS)
    assert [total.budget for total in totals] == [Decimal("10.00"), Decimal("20.00"), Decimal("20.00")]
    assert [total.unclear for total in totals] == [1, 0, 0]
    whole = total_of(totals)
    assert (whole.projects, whole.budget, whole.fiscal_funds) == (6, Decimal("50.00"), Decimal("60.00"))


def test_a_department_chosen_together_with_its_own_units_is_told() -> None:
    units = sources(THREE)
    told = [*source_doubts([Source("草稿", merged()), units[2], units[0]])]
    within = "618003 云泽县农机监理所、618001 云泽县农业技术推广站"
    assert f"「618 云泽县农业农村局」是汇总成的部门文本，已经包含 {within}，一起选项目会重复。" in told
    assert [*source_doubts([Source("草稿", merged())])] == []
