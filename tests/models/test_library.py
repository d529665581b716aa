"""What the library and earlier drafts know of an indicator, and what of it comes into a row."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.document.template import load_template
from models.document.tree import Draft, GoalDocument, Indicator, Project, Unit
from models.indicators.indicator_library import (
    Entry,
    UsedIndicator,
    entries_of,
    kinds_of,
    library,
    own_units,
    remember_unit,
    with_entry,
)
from models.indicators.pinyin import initials
from models.session.history import History
from models.session.session import Session
from models.store import Store
from tests.opening import open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "goalform.db")


def draft(year: int, *rows: Indicator) -> Draft:
    projects = (Project("p1", name="灌溉项目", fund_use="灌溉", indicators=rows),)
    return Draft(GoalDocument(year=year, unit=Unit("1", "云泽县推广站"), projects=projects))


ROW = Indicator("i1", "产出指标", "数量指标", "铺设管道长度", "铺设的管道", "≥6公里", "计划标准")


def test_every_entry_of_the_library_has_tiers_of_the_form_a_name_and_a_source() -> None:
    tiers = {(first, second) for s in load_template().schemes for first, below in s.tiers.items() for second in below}
    assert len(library()) > 200
    assert [entry for entry in library() if not entry.name or not entry.source] == []
    assert {(e.tier1, e.tier2) for e in library()} - tiers == set()


@pytest.mark.parametrize(
    ("text", "letters"), [("培训班次", "pxbc"), ("A4 纸", "a4z"), ("培训（参会）人次", "pxchrc"), ("", "")]
)
def test_initials_are_those_one_would_type(text: str, letters: str) -> None:
    assert initials(text) == letters


def test_earlier_drafts_are_offered_with_what_was_written_last(store: Store) -> None:
    store.create(draft(2024, replace(ROW, value="≥4公里", description="旧的")))
    store.create(draft(2025, ROW))
    open_now = store.create(draft(2026, replace(ROW, name="自己")))
    gone = store.create(draft(2026, replace(ROW, name="删掉的")))
    store.trash(gone)
    used = store.used_indicators(open_now)
    assert [(row.year, row.value) for row in used] == [(2025, "≥6公里"), (2024, "≥4公里")]
    first = entries_of(used)[0]
    assert (first.name, first.description, first.sign, first.unit, first.uses) == (
        ROW.name,
        "铺设的管道",
        "≥",
        "公里",
        2,
    )
    assert (first.year, first.value, used[0].fund_use) == (2025, "≥6公里", "灌溉")


def test_the_value_of_the_last_year_is_remembered_whichever_draft_was_saved_last(store: Store) -> None:
    store.create(draft(2025, ROW))
    store.create(draft(2023, replace(ROW, value="≥1公里")))
    assert [(entry.year, entry.value) for entry in entries_of(store.used_indicators(0))] == [(2025, "≥6公里")]


def test_a_project_is_known_by_the_words_of_its_kind() -> None:
    assert kinds_of("2026年招商推介和客商洽谈经费")[0] == "招商引资"
    assert kinds_of("其他") == ()


def test_an_entry_fills_only_what_is_empty() -> None:
    entry = Entry("产出指标", "数量指标", "铺设管道长度", "铺设的管道", "≥", "公里")
    filled = with_entry(Indicator("i1"), entry)
    assert (filled.name, filled.description, filled.value) == ("铺设管道长度", "铺设的管道", "≥公里")
    kept = with_entry(replace(ROW, value="＝7米", description="自己写的"), entry)
    assert (kept.value, kept.description) == ("＝7米", "自己写的")
    assert with_entry(replace(ROW, value="优良"), entry).value == "优良"
    assert with_entry(replace(ROW, value=" 7 "), entry).value == "≥7公里"


def test_the_value_of_last_year_comes_only_where_it_is_asked_for_and_nothing_is_typed() -> None:
    entry = Entry("产出指标", "数量指标", "铺设管道长度", sign="≥", unit="公里", year=2025, value="≥6公里")
    units = load_template().known_units
    assert with_entry(Indicator("i1"), entry, units).value == "≥公里"
    assert with_entry(Indicator("i1"), entry, units, with_value=True).value == "≥6公里"
    assert with_entry(Indicator("i1", value="≥公里"), entry, units, with_value=True).value == "≥6公里"
    for typed in ("7", "≥7公里", "优良"):
        assert "6" not in with_entry(Indicator("i1", value=typed), entry, units, with_value=True).value


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


def test_an_entry_knows_what_was_reached_in_its_last_year() -> None:
    row = UsedIndicator(2024, "站", "绿化", "产出指标", "数量指标", "绿化里程", "", "≥5公里", "", actual="5.2公里")
    newer = row._replace(year=2025, value="≥6公里", actual="6.4公里")
    (entry,) = entries_of([row, newer])
    assert (entry.year, entry.value, entry.actual) == (2025, "≥6公里", "6.4公里")
