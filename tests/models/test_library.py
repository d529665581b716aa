"""Suggestions for indicators: from the library and from earlier drafts, found by words and by pinyin initials."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.document import Draft, GoalDocument, Indicator, Project, Unit
from models.history import History
from models.library import (
    Entry,
    combined,
    earlier_values,
    library,
    own_units,
    remember_unit,
    suggestions,
    with_entry,
)
from models.pinyin import initials
from models.session import Session
from models.store import Store, open_store
from models.template import load_template


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "goalform.db")


def draft(year: int, *rows: Indicator) -> Draft:
    projects = (Project("p1", name="灌溉项目", indicators=rows),)
    return Draft(GoalDocument(year=year, unit=Unit("1", "云泽县推广站"), projects=projects))


ROW = Indicator("i1", "产出指标", "数量指标", "铺设管道长度", "铺设的管道", "≥6公里", "计划标准")


def test_every_entry_of_the_library_has_tiers_of_the_form_a_name_and_a_source() -> None:
    tiers = {(first, second) for s in load_template().schemes for first, below in s.tiers.items() for second in below}
    assert len(library()) > 200
    assert [entry for entry in library() if not entry.name or not entry.source] == []
    assert {(e.tier1, e.tier2) for e in library()} - tiers == set()


def test_indicators_are_found_by_tier_text_and_pinyin_initials() -> None:
    found = [entry.name for entry in suggestions(library(), "pxbc")]
    assert found[0] == "培训班次"
    assert "培训班次" in [entry.name for entry in suggestions(library(), "培训", "产出指标", "数量指标")]
    assert suggestions(library(), "培训班次", "满意度指标") == ()
    assert len(suggestions(library(), "", most=5)) == 5


@pytest.mark.parametrize(
    ("text", "letters"), [("培训班次", "pxbc"), ("A4 纸", "a4z"), ("培训（参会）人次", "pxchrc"), ("", "")]
)
def test_initials_are_those_one_would_type(text: str, letters: str) -> None:
    assert initials(text) == letters


def test_what_begins_with_the_text_comes_before_what_holds_it_and_what_is_used_before_what_is_not() -> None:
    entries = (Entry("产出指标", "数量指标", "管道"), Entry("产出指标", "数量指标", "新管道", uses=9))
    used = Entry("产出指标", "数量指标", "管道二", uses=2)
    assert [e.name for e in suggestions((*entries, used), "管道")] == ["管道二", "管道", "新管道"]


def test_earlier_drafts_are_offered_with_what_was_written_last(store: Store) -> None:
    store.create(draft(2024, replace(ROW, value="≥4公里", description="旧的")))
    store.create(draft(2025, ROW))
    open_now = store.create(draft(2026, replace(ROW, name="自己")))
    gone = store.create(draft(2026, replace(ROW, name="删掉的")))
    store.trash(gone)
    used = store.used_indicators(open_now)
    assert [(row.year, row.value) for row in used] == [(2025, "≥6公里"), (2024, "≥4公里")]
    first = combined(used)[0]
    assert (first.name, first.description, first.sign, first.unit, first.uses) == (
        ROW.name,
        "铺设的管道",
        "≥",
        "公里",
        2,
    )
    assert [(row.year, row.value) for row in earlier_values(used, ROW.name)] == [(2025, "≥6公里"), (2024, "≥4公里")]


def test_an_entry_fills_only_what_is_empty() -> None:
    entry = Entry("产出指标", "数量指标", "铺设管道长度", "铺设的管道", "≥", "公里")
    filled = with_entry(Indicator("i1"), entry)
    assert (filled.name, filled.description, filled.value) == ("铺设管道长度", "铺设的管道", "≥公里")
    kept = with_entry(replace(ROW, value="＝7米", description="自己写的"), entry)
    assert (kept.value, kept.description) == ("＝7米", "自己写的")
    assert with_entry(replace(ROW, value="优良"), entry).value == "优良"
    assert with_entry(replace(ROW, value=" 7 "), entry).value == "≥7公里"


def test_units_somebody_added_are_remembered_the_last_one_first(store: Store) -> None:
    for unit in ("标准箱", "羽", "标准箱"):
        remember_unit(store, unit)
    assert own_units(store) == ("标准箱", "羽")


def test_typing_and_what_ends_it_are_one_step_however_long_it_took() -> None:
    now = [0.0]
    start = draft(2026, ROW)
    session = Session(start, history=History(start, lambda: now[0]))
    path = "projects[p1].indicators[i1].name"
    session.edit(path, "铺")
    now[0] = 900.0
    assert session.finish_typing("选用指标", draft(2026, replace(ROW, name="铺设", basis="另")).document, path)
    assert session.undo_label == "选用指标"
    session.undo()
    assert session.draft == start
