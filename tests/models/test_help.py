"""What the program says about fields, steps and keys, and the manual it is gathered in."""

from dataclasses import fields as parts_of
from pathlib import Path

import pytest

from models import help as texts
from models import manual
from models.changes import versions, written
from models.document import GoalDocument, Indicator, Items, Measure, Project, Settings, SubGoal
from models.fieldnames import LABELS
from models.help import HelpError
from models.template import load_template
from tests.models.paths import leaves
from tests.shared import CHECKOUT

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
    assert set(texts.steps()) == set(range(7))
    known = {chapter.id for chapter in manual.chapters()}
    for step in texts.steps().values():
        assert len(step.text) > 20
        assert 2 <= len(step.order) <= 6
        assert step.chapter in known


def test_the_keys_of_the_nearest_place_come_first() -> None:
    assert [place.id for place in texts.keys_for("projects[p].indicators[i].name", 5)][:2] == ["table", "cell"]
    assert texts.keys_for("projects[p].goals[0]", 5)[0].id == "goals"
    assert texts.keys_for("overall_goal", 2)[0].id == "text"
    assert texts.keys_for("", 0)[0].id == "start"
    assert {place.id for place in texts.keys_for("", 6)} == {"export", "anywhere"}


def test_a_damaged_help_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(HelpError, match=r"gone\.toml"):
        texts.read_toml(tmp_path / "gone.toml")


# the manual


def test_every_chapter_has_a_title_and_sections_and_no_mark_is_left_over() -> None:
    assert len(manual.chapters()) >= 20
    for chapter in manual.chapters():
        assert chapter.title
        for section in chapter.sections:
            assert section.title
            for mark in ("**", "`", "{{", "](", "|--"):
                assert mark not in section.text, (section.id, mark)


def test_a_link_that_leads_nowhere_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manual, "_source", lambda _id: "# 题\n\n见[别处](nowhere)。\n")
    with pytest.raises(HelpError, match="nowhere"):
        manual.chapters.__wrapped__()


def test_a_clerk_finds_answers_to_a_dozen_questions() -> None:
    questions = next(chapter for chapter in manual.chapters() if chapter.id == "questions")
    asked = [section for section in questions.sections[1:] if section.title.endswith("？") and len(section.text) > 10]
    assert len(asked) >= 12


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("一段\n二段", "<p>一段</p><p>二段</p>"),
        ("- 甲\n- 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("1. 甲\n2. 乙", "<ol><li>甲</li><li>乙</li></ol>"),
        ("按 `F1` 看**说明**", "<p>按 <b>F1</b> 看<b>说明</b></p>"),
        ("a < b", "<p>a &lt; b</p>"),
        ("见[导出](export)", '<p>见<a href="manual:export">导出</a></p>'),
        ("> 小心", "<p><b>提示：</b>小心</p>"),
    ],
)
def test_marks_become_html(source: str, written: str, tmp_path: Path) -> None:
    assert manual.to_html(source, tmp_path) == written


def test_a_table_keeps_its_cells(tmp_path: Path) -> None:
    written = manual.to_html("| 列 | 填什么 |\n|---|---|\n| 符号 | ≥ |", tmp_path)
    assert [word for word in ("列", "填什么", "符号", "≥") if word not in written] == []
    assert "---" not in written


def test_a_picture_is_shown_only_where_its_file_is(tmp_path: Path) -> None:
    assert manual.to_html("![首页](pictures/start.png)", tmp_path) == ""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "start.png").write_bytes(b"")
    assert 'src="pictures/start.png"' in manual.to_html("![首页](pictures/start.png)", tmp_path)
    with pytest.raises(HelpError):
        manual.to_html("![首页](../start.png)", tmp_path)


def test_a_search_finds_sections_with_all_words_whatever_their_width_and_case() -> None:
    found = manual.search("ｅｘｃｅｌ 粘贴")
    assert found
    assert found[0].chapter_title == "指标表"
    assert all("粘贴" in hit.excerpt or "xcel" in hit.excerpt for hit in found)
    assert {hit.section for hit in found} <= {hit.section for hit in manual.search("粘贴")}


@pytest.mark.parametrize("query", ["", "  ", "没有人写过的词"])
def test_a_search_for_nothing_finds_nothing(query: str) -> None:
    assert manual.search(query) == ()


def test_the_manual_speaks_of_the_fictional_county_alone() -> None:
    text = "\n".join(section.text for chapter in manual.chapters() for section in chapter.sections)
    assert "云泽县" in text
    assert [word for word in ("http", "www.", "/home/") if word in text] == []


# what is new


def test_what_is_new_begins_with_the_version_of_the_program() -> None:
    assert f'version = "{versions()[0].number}"' in (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")
    assert versions()[-1].number == "0.1.0"
    assert all(version.changes for version in versions())
    assert written().startswith(f"{versions()[0].number}（")
