"""Numbered lines are told from text that only looks like them."""

import pytest

from importers.numbered_lines import read_goals, read_items, split_run_in, typed_number


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("完善制度建设。制定办法。", ("完善制度建设。", True, "制定办法。")),
        ("完善制度建设：制定办法。", ("完善制度建设：", True, "制定办法。")),
        ("做好自评:按要求", ("做好自评:", True, "按要求")),
        ("保障机关运转。", ("保障机关运转。", False, "")),
        ("明晰发展方向，加大力度", ("明晰发展方向，加大力度", False, "")),
        ("落实“一事：一议”制度。按月调度", ("落实“一事：一议”制度。", True, "按月调度")),
        ("每日9:30调度。其余照旧", ("每日9:30调度。", True, "其余照旧")),
        ("长" * 61 + "。后文", ("", True, "长" * 61 + "。后文")),
        ("", ("", False, "")),
    ],
)
def test_a_heading_ends_at_its_first_closing_mark(line: str, expected: tuple[str, bool, str]) -> None:
    assert split_run_in(line) == expected


def test_a_half_width_marker_among_full_width_ones_is_kept_as_typed() -> None:
    _preface, pattern, items = read_items(["引言。", "(一) 甲", "（二）乙", "（三）丙"], "（{cn}）")
    assert pattern == "（{cn}）"
    assert [typed_number(item.marker, pattern, place) for place, item in enumerate(items)] == ["(一) ", None, None]


def test_numbers_inside_an_item_belong_to_its_text() -> None:
    lines = ["（一）甲", "1、抓进度。", "2、抓开工。", "（二）乙", "①一", "（一）从头数的是正文"]
    preface, _pattern, items = read_items(lines, "（{cn}）")
    assert preface == ""
    assert [(item.first, item.lines) for item in items] == [
        ("甲", ["1、抓进度。", "2、抓开工。"]),
        ("乙", ["①一", "（一）从头数的是正文"]),
    ]


def test_a_skipped_number_still_begins_an_item_and_keeps_its_marker() -> None:
    _preface, pattern, items = read_items(["（一）甲", "（三）丙"], "（{cn}）")
    assert [typed_number(item.marker, pattern, place) for place, item in enumerate(items)] == [None, "（三）"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], ("{n}.", ())),
        (["1.完成甲", "2.完成乙"], ("{n}.", ("完成甲", "完成乙"))),
        (["1、完成甲", "其中：丙", "2、完成乙"], ("{n}、", ("完成甲\n其中：丙", "完成乙"))),
        (["1.2026年完成甲"], ("{n}.", ("2026年完成甲",))),
        (["1.5亿元到位"], ("", ("1.5亿元到位",))),
        (["完成甲", "完成乙"], ("", ("完成甲", "完成乙"))),
        (["1."], ("{n}.", ("",))),
        (["1.甲", *["乙"] * 50_000], ("{n}.", ("甲" + "\n乙" * 50_000,))),
    ],
)
def test_goals_are_read_by_their_numbers(lines: list[str], expected: tuple[str, tuple[str, ...]]) -> None:
    assert read_goals(lines, "{n}.") == expected
