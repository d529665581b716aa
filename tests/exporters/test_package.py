"""The JSON package: a draft goes out and comes back whole; what is wrong with a bad one is said in one sentence."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters import json_writer as writing
from exporters.json_writer import write_package
from importers import json_reader as reading
from importers.json_reader import read_package
from models.document.tree import Draft, GoalDocument, Provenance, Remark
from models.errors import UserError
from tests.exporters.samples import document
from tests.strategies import drafts

NAME = "青松县农技推广站.json"
DRAFT = Draft(document(), state="定稿", remarks=(Remark("r1", "overall_goal", "李科长", "请补充。\n另附说明。"),))


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    content = json.loads(write_package(DRAFT))
    change(content)
    return json.dumps(content, ensure_ascii=False).encode()


def refusal(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        read_package(data, NAME)
    sentence = str(caught.value)
    assert sentence.startswith(f"文件「{NAME}」")
    assert sentence.count("。") == 1
    assert sentence.endswith("。")
    return sentence


@given(drafts(wild=True))
def test_a_draft_comes_back_as_it_was(draft: Draft) -> None:
    assert read_package(write_package(draft), NAME) == draft


def test_the_package_is_text_a_person_can_read() -> None:
    lines = write_package(DRAFT).decode().split("\n")
    assert lines[:3] == ["{", ' "format": "goalform/1",', ' "document": {']
    assert '    "fund_use": "用于农技培训。\\n用于设备购置。",' in lines
    assert lines[-2:] == ["}", ""]


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert write_package(DRAFT) == write_package(DRAFT)


def test_reader_and_writer_speak_of_one_format() -> None:
    assert writing.FORMATS == reading.FORMATS


def test_what_a_package_leaves_out_takes_its_default() -> None:
    assert read_package(b'{"format": "goalform/1"}', NAME) == Draft()
    assert (
        read_package('\ufeff{"format": "goalform/1", "document": {"year": 2025}}'.encode(), NAME).document.year == 2025
    )


def test_a_lone_surrogate_costs_one_character_and_not_the_file() -> None:
    draft = Draft(GoalDocument(overall_goal="甲\ud800乙"))
    assert read_package(write_package(draft), NAME).document.overall_goal == "甲乙"


def test_text_is_cleaned_as_everywhere_it_enters() -> None:
    data = changed(lambda content: content["document"].update(overall_goal="甲\u202e\r\n乙\x00", title="一\n二"))
    found = read_package(data, NAME).document
    assert (found.overall_goal, found.title) == ("甲\n乙", "一 二")


def test_remarks_and_sources_keep_their_lines() -> None:
    draft = Draft(
        remarks=(Remark("r1", "year", text="一\n二", answer="三\n四"),), provenance=Provenance("甲", ("year",), ("乙",))
    )
    assert read_package(write_package(draft), NAME) == draft


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_an_empty_file_is_said_so(data: bytes) -> None:
    assert "是空的" in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"PK\x03\x04",
        "甲".encode("gb18030"),
        b'{"format": "goalform/1"',
        b"[" * 100_000,
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
)
def test_what_is_no_json_is_said_so(data: bytes) -> None:
    assert "不是完整的 JSON 数据" in refusal(data)


@pytest.mark.parametrize(
    "data", [b"[]", b'"a"', b"1", b"{}", b'{"format": 1}', b'{"format": "other/1"}', b'{"format": "goalform/x"}']
)
def test_what_is_no_package_is_said_so(data: bytes) -> None:
    assert "不是本程序的填报数据包" in refusal(data)


def test_a_newer_package_asks_for_a_newer_program() -> None:
    assert "由更新版本的程序生成（goalform/3），请升级本程序" in refusal(b'{"format": "goalform/3", "future": 1}')


def test_an_unknown_version_is_refused() -> None:
    assert "goalform/0 无法识别" in refusal(b'{"format": "goalform/0"}')


FAULTS: list[tuple[str, Callable[[dict[str, Any]], object], str]] = [
    ("an unknown key", lambda c: c["document"].update(colour="红"), "不认识的字段「document.colour」"),
    ("an unknown key at the top", lambda c: c.update(extra=1), "不认识的字段「extra」"),
    ("a missing id", lambda c: c["document"]["projects"][1].pop("id"), "缺少字段「document.projects[1].id」"),
    ("a number for text", lambda c: c["document"]["projects"][0].update(budget=165), "「document.projects[0].budget」类型不对，应为文字"),
    ("text for a number", lambda c: c["document"].update(year="2025"), "「document.year」类型不对，应为整数"),
    ("yes for a number", lambda c: c["document"].update(year=True), "「document.year」类型不对，应为整数"),
    ("a number for yes", lambda c: c["settings"].update(cover=1), "「settings.cover」类型不对，应为 true 或 false"),
    ("null for text", lambda c: c["document"].update(overall_goal=None), "「document.overall_goal」类型不对"),
    ("text for a list", lambda c: c["document"].update(unplaced="甲"), "「document.unplaced」类型不对，应为列表"),
    ("a list for an object", lambda c: c["document"].update(unit=[]), "「document.unit」类型不对"),
    ("a list for a choice", lambda c: c.update(state=[]), "「state」类型不对，应为草稿 或 定稿"),
    ("an unknown state", lambda c: c.update(state="废稿"), "「state」类型不对，应为草稿 或 定稿"),
    ("three checkpoints", lambda c: c["document"]["projects"][0]["spending_plan"].pop(), "spending_plan」类型不对，应为 4 项的列表"),
    ("an id twice", lambda c: c["document"]["projects"][1].update(id="p1"), "「document.projects[1].id」与前面的一项重复（p1）"),
    ("an id of digits", lambda c: c["document"]["projects"][0].update(id="12"), "「document.projects[0].id」不是合法的编号"),
    ("an id with a bracket", lambda c: c["remarks"][0].update(id="a]"), "「remarks[0].id」不是合法的编号"),
    ("an empty id", lambda c: c["document"]["sub_goals"]["items"][0].update(id=""), "「document.sub_goals.items[0].id」不是合法的编号"),
    ("an id with a line end", lambda c: c["document"]["projects"][0].update(id="a\n"), "不是合法的编号"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "words"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_named_with_its_field(change: Callable[[dict[str, Any]], object], words: str) -> None:
    assert words in refusal(changed(change))


def test_a_key_that_stands_twice_is_refused() -> None:
    assert "「year」在同一处出现了两次" in refusal(b'{"format": "goalform/1", "document": {"year": 1, "year": 2}}')


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 1024 * 1024)
    assert "超过 1 MB" in refusal(b" " * (1024 * 1024 + 1))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=8,
)
KEYS = ("document", "settings", "state", "ignored", "remarks", "provenance")


def draft_or_sentence(data: bytes) -> Draft | str:
    try:
        return read_package(data, NAME)
    except UserError as error:
        return str(error)


@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=2))
def test_no_content_ends_in_anything_but_a_draft_or_a_sentence(content: dict[str, Any]) -> None:
    found = draft_or_sentence(json.dumps({"format": "goalform/1", **content}).encode())
    assert isinstance(found, Draft) or found.startswith(f"文件「{NAME}」")


@given(st.data())
def test_no_damage_to_a_package_ends_in_anything_but_a_draft_or_a_sentence(data: st.DataObject) -> None:
    whole = write_package(DRAFT)
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:place] + data.draw(st.binary(max_size=3)) + whole[place + data.draw(st.integers(0, 3)) :]
    found = draft_or_sentence(damaged)
    assert isinstance(found, Draft) or found.startswith(f"文件「{NAME}」")
