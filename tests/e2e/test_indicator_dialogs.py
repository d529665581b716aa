"""Rows of the indicator table from elsewhere, in a real window by keyboard: the libraries, recommendations, earlier years,
other projects, and what the cell offers while one types."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models.checks.example import EXAMPLE
from models.document import fieldpath
from models.document.tree import Draft, GoalDocument, Indicator
from tests.e2e.clerk import at_work, screen_for, until_at, until_line, until_stored, until_told
from tests.e2e.desktop import Desktop, needs_screen_reader
from tests.waiting import until

TYPED = "培训班"
OWN = "育苗棚座数"
MORE = ("推荐…", "从指标库选…", "复制上年或其他项目的指标…", "参考历年…")
BEFORE = EXAMPLE.projects[0].indicators
OFFERS = "三级指标候选"


DROPPED = Indicator("dropped", "效益指标", "可持续影响指标", "培训资料保存年限", "资料归档备查", "≥3年", "档案管理规定")
"""What stood in last year's table and is not in this one."""


def year(number: int, value: str) -> Draft:
    """The same unit's text of another year."""
    document = fieldpath.replace(replace(EXAMPLE, year=number), "projects[p1].indicators[quantity].value", value)
    return Draft(fieldpath.replace(document, "projects[p1].indicators", (*document.projects[0].indicators, DROPPED)))


DRAFTS = (year(2023, "≥900人次"), year(2024, "≥1000人次"), year(2025, "≥1100人次"), Draft(EXAMPLE))


@pytest.fixture
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with screen_for(tmp_path_factory.mktemp("pictures"), put_on_keys=TYPED) as shown:
        yield shown
        shown.picture("indicators-last")


# All of these take more than a second: a window, a window manager and a keyboard at a person's pace.


@needs_screen_reader
@pytest.mark.e2e
def test_rows_found_by_the_initials_of_their_pinyin_are_taken_in_one_step(screen: Desktop, tmp_path: Path) -> None:
    at_work(screen, tmp_path, *DRAFTS)
    to_table(screen)
    screen.tab_to("指标库…", "shift+Tab")
    screen.keys("Return")
    screen.wait_for_window("从指标库选")
    until_told(screen, "没有勾选，按「加入表格」只用光标所在的这一条。")
    find(screen, "pxbc", "培训班次")
    find(screen, "lhbzzs", "绿化补植株数")
    until_told(screen, "已勾选 2 条，按「加入表格」就用这 2 条，其中 1 条现在没有列出。")
    screen.picture("library")
    screen.keys("Return")
    screen.wait_for_window(EXAMPLE.unit.name)
    after = rows(until_stored(tmp_path, lambda draft: len(rows(draft)) == len(BEFORE) + 2, "both rows on the disk"))
    assert [row.name for row in after if row not in BEFORE] == ["培训班次", "绿化补植株数"]
    assert [row.tier2 for row in after[:3]] == ["数量指标"] * 3
    taken_back(screen, tmp_path)


@needs_screen_reader
@pytest.mark.e2e
def test_what_is_missing_is_recommended_and_taken_in_one_step(screen: Desktop, tmp_path: Path) -> None:
    at_work(screen, tmp_path, *DRAFTS)
    to_table(screen)
    choose_more(screen, "推荐…", "推荐指标")
    listed = until_line(screen, "推荐的指标", "适合「会议培训」类项目")
    assert any("同一项目2025 年用过" in cell for cell in listed)
    screen.tab_to("没有的二级指标各勾一条")
    screen.keys("Return")
    until_told(screen, "已勾选 3 条，按「加入表格」就用这 3 条。")
    screen.picture("recommended")
    screen.tab_to("加入表格", "shift+Tab")
    screen.keys("Return")
    screen.wait_for_window(EXAMPLE.unit.name)
    after = rows(until_stored(tmp_path, lambda draft: len(rows(draft)) == len(BEFORE) + 3, "the rows on the disk"))
    assert {row.tier2 for row in after if row not in BEFORE} == {"经济效益指标", "生态效益指标", "可持续影响指标"}
    assert DROPPED.name in {row.name for row in after}
    taken_back(screen, tmp_path)


@needs_screen_reader
@pytest.mark.e2e
def test_the_value_of_an_earlier_year_and_the_rows_of_another_project_are_taken(
    screen: Desktop, tmp_path: Path
) -> None:
    at_work(screen, tmp_path, *DRAFTS, theme="dark")
    to_table(screen)
    choose_more(screen, "参考历年…", "参考历年")
    listed = until_line(screen, "历年指标值", "≥900人次")
    assert [cell for cell in listed if cell.startswith("≥")] == ["≥1100人次", "≥1000人次", "≥900人次"]
    screen.picture("past-values-dark")
    screen.keys("Down", "Return")
    screen.wait_for_window(EXAMPLE.unit.name)
    after = until_stored(tmp_path, lambda draft: rows(draft)[0].value == "≥1000人次", "the value of 2024")
    assert rows(after) == (replace(BEFORE[0], value="≥1000人次"), *BEFORE[1:])
    taken_back(screen, tmp_path)

    choose_more(screen, "复制上年或其他项目的指标…", "复制上年或其他项目的指标")
    find(screen, "sftjssl", "示范田建设数量")
    screen.picture("copy-dark")
    screen.keys("Return")
    screen.wait_for_window(EXAMPLE.unit.name)
    after = until_stored(tmp_path, lambda draft: len(rows(draft)) == len(BEFORE) + 1, "the copied row")
    (copied,) = (row for row in rows(after) if row not in BEFORE)
    assert replace(copied, id="i1") == EXAMPLE.projects[1].indicators[0]
    taken_back(screen, tmp_path)


@needs_screen_reader
@pytest.mark.e2e
def test_an_indicator_of_ones_own_is_kept_and_offered_in_the_cell(screen: Desktop, tmp_path: Path) -> None:
    at_work(screen, tmp_path, *DRAFTS)
    to_table(screen)
    screen.keys("ctrl+shift+k")
    screen.wait_for_window("我的指标库")
    assert "4 次" in until_line(screen, "指标", "培训农户人次")
    add_own(screen)
    screen.keys("ctrl+z")
    until_told(screen, f"已撤销：已添加「{OWN}」。")
    until(lambda: OWN not in screen.lines("指标"), "the list without it")
    add_own(screen)
    screen.picture("own-library")
    screen.keys("Escape")
    screen.wait_for_window(EXAMPLE.unit.name)

    screen.tab_to("添加行", "shift+Tab")
    screen.keys("Return")  # to the name, the tiers being those of the row above
    screen.type("ympzs")
    until_line(screen, OFFERS, OWN)
    screen.picture("own-offered")
    screen.keys("Down", "Return")
    until_stored(tmp_path, lambda draft: rows(draft)[-1].name == OWN, "the own indicator in the row")


@needs_screen_reader
@pytest.mark.e2e
def test_what_is_typed_stays_as_typed_until_an_offer_is_chosen(screen: Desktop, tmp_path: Path) -> None:
    at_work(screen, tmp_path, *DRAFTS)
    to_table(screen)
    screen.tab_to("添加行", "shift+Tab")
    screen.keys("Return")
    for keys in (("Tab",), ("Down", "Up", "Return"), ("Return",)):
        screen.type(TYPED)
        until_line(screen, OFFERS, "培训班次")
        screen.picture("offers")
        screen.keys(*keys)
        screen.settle()  # the words are on the disk before the cell is left
        until_stored(tmp_path, lambda draft: rows(draft)[-1].name == TYPED, f"what was typed, left by {keys}")
        assert rows(until_stored(tmp_path, bool, "the draft"))[-1].value == ""
        screen.keys("ctrl+z")
        until_stored(tmp_path, lambda draft: rows(draft)[-1].name == "", "the name taken back")
        to_name_of_last_row(screen)
    screen.type(TYPED)
    until_line(screen, OFFERS, "培训班次")
    screen.keys("Down", "Return")
    until_stored(tmp_path, lambda draft: rows(draft)[-1].name == "培训班次", "the first offer")


def to_table(screen: Desktop) -> None:
    """Of the first project, to its first row."""
    screen.to_step(5)
    screen.tab_to("绩效指标表")
    screen.keys("ctrl+Home")


def to_name_of_last_row(screen: Desktop) -> None:
    until(lambda: screen.focused()["name"] == "绩效指标表", "the table")
    screen.keys("ctrl+End", "Home", "Right", "Right")


def choose_more(screen: Desktop, entry: str, title: str) -> None:
    """Of the menu beside the table."""
    screen.tab_to("更多", "shift+Tab")
    screen.keys("space", *["Down"] * (MORE.index(entry) + 1), "Return")
    screen.wait_for_window(title)


def find(screen: Desktop, text: str, name: str) -> None:
    """Ticks the row of that name, found first."""
    if screen.focused()["name"] != "查找":
        screen.tab_to("查找", "shift+Tab")
    screen.keys("ctrl+a")
    screen.type(text)
    until(lambda: name in screen.lines("指标")[5:10], f"{name} first")
    screen.keys("Down", "space")


def add_own(screen: Desktop) -> None:
    screen.tab_to("添加…")
    screen.keys("Return")
    screen.wait_for_window("添加指标")
    until_at(screen, "三级指标")
    screen.paste(OWN)
    screen.keys("Return")
    screen.wait_for_window("我的指标库")
    until_told(screen, f"已添加「{OWN}」，可以撤销（Ctrl+Z）。")


def rows(draft: Draft) -> tuple[Indicator, ...]:
    document: GoalDocument = draft.document
    return document.projects[0].indicators


def taken_back(screen: Desktop, home: Path) -> None:
    """By one step."""
    screen.keys("ctrl+z")
    until_stored(home, lambda draft: draft.document == EXAMPLE, "all of it taken back")
