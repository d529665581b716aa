"""What the program says about fields, steps and keys, and what is new."""

import re
from dataclasses import fields as parts_of
from pathlib import Path

import pytest

from models.document.fieldnames import LABELS
from models.document.template import load_template
from models.document.tree import GoalDocument, Indicator, Items, Measure, Project, Settings, SubGoal
from models.help import help_texts as texts
from models.help.help_texts import HelpError
from models.help.version_changes import versions, written
from tests.models.paths import leaves
from tests.shared import CHECKOUT
from ui.shell.manual_texts import keys, manual, shortcuts

WHOLE = GoalDocument(
    sub_goals=Items(items=(SubGoal("s1", goal="", indicator=""),)),
    safeguards=Items(items=(Measure("m1"),)),
    projects=(Project("p1", goals=("一",), indicators=(Indicator("i1"),)),),
    unplaced=("甲",),
)
NOT_TYPED = {"template", "unplaced[0]"}
"""What the form shows and nobody edits there."""
EDITED = sorted({path for path, _value in leaves(WHOLE)} - NOT_TYPED)
VALUE = "projects[p1].indicators[i1].value"


@pytest.mark.parametrize("path", [*EDITED, *(f"{VALUE}.{part}" for part in ("sign", "number", "unit"))])
def test_every_field_is_explained_with_one_good_and_one_bad_example(path: str) -> None:
    field = texts.field_help(path)
    assert field is not None
    assert field.title
    assert len(field.text) > 15
    assert field.good
    assert field.bad
    assert field.why
    assert field.good != field.bad


@pytest.mark.parametrize("name", [field.name for field in parts_of(Settings)])
def test_every_setting_of_the_form_is_explained(name: str) -> None:
    field = texts.field_help(f"settings.{name}")
    assert field is not None
    assert len(field.text) > 15


def test_no_text_explains_a_field_that_is_not_there() -> None:
    paths = {*EDITED, *NOT_TYPED, *(f"settings.{field.name}" for field in parts_of(Settings))}
    known = {texts.key_of(path) for path in paths} | {
        f"{texts.key_of(VALUE)}.{part}" for part in ("sign", "number", "unit")
    }
    assert texts.fields().keys() - known == set()


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("sub_goals[s9f].goal", "sub_goals[].goal"),
        ("projects[p1].goals[3]", "projects[].goals"),
        ("projects[p1].spending_plan[0]", "projects[].spending_plan"),
        ("projects[p1].indicators[i7].value", "projects[].indicators[].value"),
        ("unplaced[2]", "unplaced"),
        ("year", "year"),
    ],
)
def test_a_path_is_known_without_its_ids(path: str, key: str) -> None:
    assert texts.key_of(path) == key


def test_a_title_is_what_the_form_calls_the_field() -> None:
    assert texts.fields()["year"].title == LABELS["year"]
    assert texts.field_help("projects[p].goals[1]").title == "绩效目标"
    assert texts.field_help("safeguards[m].heading").title == "标题"


@pytest.mark.parametrize(("part", "title"), [("sign", "符号"), ("number", "指标值"), ("unit", "单位")])
def test_the_three_columns_of_a_value_are_explained_one_by_one(part: str, title: str) -> None:
    column = texts.field_help(VALUE, part)
    assert column.title == title
    assert column.text != texts.field_help(VALUE).text


@pytest.mark.parametrize("path", ["", "projects[p1]", "sub_goals", "nothing.there"])
def test_what_is_no_field_has_no_help(path: str) -> None:
    assert texts.field_help(path) is None


def test_a_choice_named_in_help_is_one_the_form_offers() -> None:
    template = load_template()
    tiers = {name for scheme in template.schemes for name in scheme.tiers}
    assert texts.fields()["projects[].indicators[].tier1"].good in tiers
    assert texts.fields()["projects[].indicators[].value.unit"].good.partition("（")[0] in template.known_units


def test_every_step_and_the_start_page_say_what_to_do_first() -> None:
    assert set(texts.steps()) == set(range(8))
    known = {chapter.id for chapter in manual()}
    for step in texts.steps().values():
        assert len(step.text) > 20
        assert 2 <= len(step.order) <= 6
        assert step.chapter in known


def test_the_keys_of_the_nearest_place_come_first() -> None:
    assert [place.id for place in texts.keys_for("projects[p].indicators[i].name", 5, keys())][:2] == ["table", "cell"]
    assert texts.keys_for("projects[p].goals[0]", 5, keys())[0].id == "goals"
    assert texts.keys_for("overall_goal", 2, keys())[0].id == "text"
    assert texts.keys_for("", 0, keys())[0].id == "start"
    assert {place.id for place in texts.keys_for("", 6, keys())} == {"export", "charts", "anywhere"}


def test_every_shortcut_of_the_actions_and_panels_is_among_the_keys() -> None:
    listed = {
        pressed for place in keys().values() for line, _does in place.keys for pressed in re.split("、| 或 ", line)
    }
    wanted = {pressed for sequences in shortcuts().values() for pressed in sequences.split()}
    assert len(wanted) > 25
    assert sorted(wanted - listed) == []


@pytest.mark.parametrize("lost", ["find.replace", "comments"])
def test_keys_of_an_action_that_is_not_there_are_found_out(lost: str) -> None:
    there = {name: pressed for name, pressed in shortcuts().items() if name != lost}
    with pytest.raises(HelpError, match=lost):
        texts.key_places(there)


def test_the_list_of_keys_repeats_no_shortcut_that_works_anywhere() -> None:
    written = (texts.FOLDER / "keys.toml").read_text(encoding="utf-8")
    repeated = {pressed for line in shortcuts().values() for pressed in line.split() if f'"{pressed}"' in written}
    # The manual's own window has a search of its own.
    assert repeated <= {"Ctrl+F"}


def test_a_damaged_help_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(HelpError, match=r"gone\.toml"):
        texts.read_toml(tmp_path / "gone.toml")


# what is new


def test_what_is_new_begins_with_the_version_of_the_program() -> None:
    assert f'version = "{versions()[0].number}"' in (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    assert versions()[-1].number == "0.1.0"
    assert all(version.changes for version in versions())
    assert written().startswith(f"{versions()[0].number}（")
