"""The own library: rows added, changed, hidden, imported; what drafts used is remembered beside them."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.document.template import load_template
from models.document.tiers import in_scheme, plain_tier, tier_distance
from models.document.tree import Draft, GoalDocument, Indicator, Project
from models.indicators.indicator_library import Entry, UsedIndicator, library
from models.indicators.own_library import (
    OWN_KEY,
    OWN_SOURCE,
    OwnLibrary,
    keep_own,
    key_of,
    known_entries,
    load_own,
    merged,
    rows_named_like,
)
from models.store import Store
from tests.opening import open_store

OLD, NEW = load_template().scheme("2015"), load_template().scheme("2021")
MINE = Entry("产出指标", "数量指标", "育秧盘数", "全年育秧", "≥", "盘", "计划标准")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "goalform.db")


def used(year: int, value: str, name: str = "育秧盘数", tier2: str = "数量指标") -> UsedIndicator:
    return UsedIndicator(year, "云泽县农业技术推广站", "育秧", "产出指标", tier2, name, "", value, "")


def named(entries: tuple[Entry, ...], name: str) -> list[Entry]:
    return [entry for entry in entries if entry.name == name]


def test_a_row_that_is_kept_comes_back_with_all_its_parts(store: Store) -> None:
    own = OwnLibrary().with_row(replace(MINE, year=2025, value="≥90盘")).with_hidden([library()[0]])
    keep_own(store, own)
    assert load_own(store) == own
    assert load_own(store).rows[0].source == OWN_SOURCE


def test_what_two_windows_add_change_and_delete_is_all_kept(store: Store) -> None:
    mine, other, third = MINE, replace(MINE, name="育秧棚数"), replace(MINE, name="示范田块数")
    before = OwnLibrary().with_row(mine).with_row(other)
    keep_own(store, before)
    keep_own(store, before.with_row(third).without([other]).with_hidden([library()[0]]), before)
    kept = keep_own(store, before.with_row(replace(mine, unit="张")).with_hidden([library()[1]]), before)
    assert load_own(store) == kept
    assert [(row.name, row.unit) for row in kept.rows] == [("育秧盘数", "张"), ("示范田块数", "盘")]
    assert kept.hidden == {key_of(library()[0]), key_of(library()[1])}


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", '{"rows": 3}', '{"rows": [{"name": ""}], "hidden": [[1]]}', '{"rows": [7]}']
)
def test_what_cannot_be_read_counts_as_not_there(store: Store, kept: str) -> None:
    store.remember(OWN_KEY, kept)
    assert load_own(store) == OwnLibrary()


def test_own_rows_come_first_and_count_the_uses_and_the_last_value_of_their_name() -> None:
    own = OwnLibrary().with_row(MINE)
    entries = known_entries([used(2024, "≥80盘"), used(2025, "≥90盘")], own, OLD)
    assert entries[0].name == "育秧盘数"
    assert (entries[0].uses, entries[0].year, entries[0].value) == (2, 2025, "≥90盘")
    assert len(named(entries, "育秧盘数")) == 1


def test_changing_a_row_of_the_program_shows_the_changed_one_instead_of_it() -> None:
    before = library()[0]
    own = OwnLibrary().with_row(replace(before, name="我的说法"), before)
    entries = known_entries((), own, OLD)
    assert named(entries, before.name) == []
    assert [entry.source for entry in named(entries, "我的说法")] == [OWN_SOURCE]
    again = own.with_row(replace(own.rows[0], unit="期"), own.rows[0])
    assert [(row.name, row.unit) for row in again.rows] == [("我的说法", "期")]


def test_what_is_hidden_is_not_offered_until_it_is_shown_again() -> None:
    entry = library()[0]
    hidden = OwnLibrary().with_hidden([entry])
    assert key_of(entry) not in {key_of(each) for each in known_entries((), hidden, OLD)}
    assert key_of(entry) in {key_of(each) for each in known_entries((), hidden, OLD, hidden=True)}
    assert key_of(entry) in {key_of(each) for each in known_entries((), hidden.with_hidden([entry], False), OLD)}


def test_an_own_row_is_removed_and_nothing_else() -> None:
    own = OwnLibrary().with_row(MINE).with_row(replace(MINE, name="另一条"))
    assert [row.name for row in own.without([MINE]).rows] == ["另一条"]


def test_an_import_adds_what_is_new_and_changes_what_is_there() -> None:
    own = OwnLibrary().with_row(MINE).with_row(replace(MINE, name="不变"))
    rows = [replace(MINE, unit="个"), replace(MINE, name="不变"), replace(MINE, name="新的")]
    done = merged(own, rows)
    assert (done.new, done.changed, done.same) == (1, 1, 1)
    assert [(row.name, row.unit) for row in done.library.rows] == [("育秧盘数", "个"), ("不变", "盘"), ("新的", "盘")]


def test_the_values_of_an_indicator_are_told_year_by_year() -> None:
    rows = [used(2023, "≥7盘"), used(2025, "≥9盘"), used(2024, "≥8盘", tier2="数量"), used(2025, "≥1盘", "别的")]
    assert [(row.year, row.value) for row in rows_named_like(rows, MINE)] == [
        (2025, "≥9盘"),
        (2024, "≥8盘"),
        (2023, "≥7盘"),
    ]


def test_what_a_draft_of_the_store_used_is_remembered(store: Store) -> None:
    row = Indicator("i1", "产出指标", "数量指标", "育秧盘数", "", "≥90盘")
    store.create(Draft(GoalDocument(year=2025, projects=(Project("p1", name="育秧", indicators=(row,)),))))
    found = named(known_entries(store.used_indicators(0), load_own(store), OLD), "育秧盘数")
    assert [(entry.sign, entry.unit, entry.value, entry.year) for entry in found] == [("≥", "盘", "≥90盘", 2025)]


# Tiers by their several names


@pytest.mark.parametrize(
    ("tiers", "scheme", "wanted"),
    [
        (("产出指标", "成本指标"), NEW, ("成本指标", "经济成本指标")),
        (("成本指标", "经济成本指标"), OLD, ("产出指标", "成本指标")),
        (("成本指标", "社会成本指标"), OLD, ("产出指标", "成本指标")),
        (("效益", "可持续影响"), NEW, ("效益指标", "可持续影响指标")),
        (("满意度指标", "满意度指标"), OLD, ("满意度指标", "服务对象满意度指标")),
        (("别的", "别的指标"), OLD, ("别的", "别的指标")),
        (("产出指标", "质量指标"), NEW, ("产出指标", "质量指标")),
    ],
)
def test_a_row_of_another_scheme_finds_its_tier(tiers, scheme, wanted) -> None:  # type: ignore[no-untyped-def]
    row = in_scheme(Indicator("i1", *tiers, "名称"), scheme)
    assert (row.tier1, row.tier2, row.name) == (*wanted, "名称")


def test_the_distance_of_tiers_goes_by_what_they_mean() -> None:
    assert plain_tier("经济成本指标") == plain_tier("成本") == "成本"
    assert tier_distance(("成本指标", "经济成本指标"), ("产出指标", "成本指标")) == 0
    assert tier_distance(("产出指标", "质量指标"), ("产出指标", "数量指标")) == 1
    assert tier_distance(("效益指标", "经济效益指标"), ("产出指标", "数量指标")) == 2
    assert tier_distance(("效益指标", "经济效益指标"), ("", "")) == 0
