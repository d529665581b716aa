"""Numbers of items: Chinese numerals both ways, markers as the real texts write them, patterns drawn and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document.numbering import Marker, draw, from_chinese, most_common_pattern, read_marker, to_chinese
from models.document.template import load_template

NUMBERING = load_template().numbering


def test_every_number_is_read_back() -> None:
    assert [number for number in range(1, 10_000) if from_chinese(to_chinese(number)) != number] == []


def test_no_two_numbers_are_written_alike() -> None:
    assert len({to_chinese(number) for number in range(1, 10_000)}) == 9_999


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *((1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "一百")),
        *((101, "一百〇一"), (110, "一百一十"), (999, "九百九十九"), (1001, "一千〇一"), (1010, "一千〇一十")),
        *((2025, "二千〇二十五"), (9999, "九千九百九十九")),
    ],
)
def test_numbers_are_written_as_the_form_does(number: int, words: str) -> None:
    assert to_chinese(number) == words


@pytest.mark.parametrize(
    ("words", "number"), [("二〇二五", 2025), ("二零二五", 2025), ("两百", 200), ("一百零一", 101)]
)
def test_other_ways_of_writing_are_read(words: str, number: int) -> None:
    assert from_chinese(words) == number


@pytest.mark.parametrize("words", ["", "甲", "一甲", "1", "十a"])
def test_what_is_no_numeral_is_none(words: str) -> None:
    assert from_chinese(words) is None


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_there_is_no_numeral_beyond(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        to_chinese(number)


@pytest.mark.parametrize(
    ("line", "text", "pattern", "number"),
    [
        ("（一）招商引资", "（一）", "（{cn}）", 1),
        ("（二）、专项经费", "（二）、", "（{cn}）、", 2),
        ("(一) 保障机关", "(一) ", "({cn}) ", 1),
        ("三、工作保障措施", "三、", "{cn}、", 3),
        ("三、 工作保障措施", "三、 ", "{cn}、 ", 3),
        ("十二、甲", "十二、", "{cn}、", 12),
        ("1、完成任务", "1、", "{n}、", 1),
        ("1.完成任务", "1.", "{n}.", 1),
        ("1.2025年装备项目", "1.", "{n}.", 1),
        ("2．全角点", "2．", "{n}．", 2),
        ("（1）甲", "（1）", "（{n}）", 1),
        ("（１２）甲", "（１２）", "（{n}）", 12),
        ("①甲", "①", "{circled}", 1),
        ("⑳、甲", "⑳、", "{circled}、", 20),
        ("1. 5亿元", "1. ", "{n}. ", 1),
        ("（一百〇一）甲", "（一百〇一）", "（{cn}）", 101),
    ],
)
def test_markers_of_real_texts_are_read(line: str, text: str, pattern: str, number: int) -> None:
    assert read_marker(line) == Marker(text, pattern, number)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "",
            "一是签约项目",
            "一",
            "2025年",
            "100%",
            "1.5亿元",
            "1．5亿元",
            "（一项目",
            "一）项目",
            "（）",
            "（甲）",
            "、甲",
        ),
        *("第一部分", "（一2）甲", "1000、甲", " （一）前有空格", "十几个项目", "（〇）甲", "0、甲"),
    ],
)
def test_what_only_begins_like_a_number_is_no_marker(line: str) -> None:
    assert read_marker(line) is None


def test_brackets_and_digits_make_a_family() -> None:
    families = {text: read_marker(f"{text}甲") for text in ("（一）", "(一) ", "（一）、", "一、", "（1）", "1.", "①")}
    family = {text: marker.family for text, marker in families.items() if marker}
    assert family["（一）"] == family["(一) "] == family["（一）、"]
    assert len(set(family.values())) == 5


@given(st.sampled_from((*NUMBERING.item_choices, *filter(None, NUMBERING.goal_choices))), st.integers(1, 999))
def test_a_drawn_number_is_read_back(pattern: str, number: int) -> None:
    marker = read_marker(f"{draw(pattern, number)}完成任务")
    assert marker == Marker(draw(pattern, number), pattern, number)


@given(st.text(max_size=12))
def test_a_marker_is_the_beginning_of_its_line(line: str) -> None:
    marker = read_marker(line)
    if marker:
        assert line.startswith(marker.text)
        assert marker.number > 0


@pytest.mark.parametrize(
    ("pattern", "number", "drawn"),
    [
        *(("（{cn}）", 1, "（一）"), ("{n}、", 12, "12、"), ("({cn}) ", 3, "(三) "), ("", 5, ""), ("·", 2, "·")),
        *(
            ("{circled}", 20, "⑳"),
            ("{circled}", 21, "(21)"),
            ("{n}.", 10_000, "10000."),
            ("（{cn}）", 10_000, "（10000）"),
        ),
    ],
)
def test_a_pattern_is_drawn(pattern: str, number: int, drawn: str) -> None:
    assert draw(pattern, number) == drawn


def test_the_most_common_pattern_wins_and_the_earlier_on_a_tie() -> None:
    half, full = Marker("(一) ", "({cn}) ", 1), Marker("（二）", "（{cn}）", 2)
    assert most_common_pattern([half, full, full], "{n}、") == "（{cn}）"
    assert most_common_pattern([half, full], "{n}、") == "({cn}) "
    assert most_common_pattern([], "{n}、") == "{n}、"


def test_the_pattern_of_most_markers_is_found_among_thousands_of_patterns() -> None:
    markers = [Marker("", f"{{n}}、{' ' * number}", 1) for number in range(3000)]
    assert most_common_pattern(markers, "") == "{n}、"
    assert most_common_pattern([*markers, markers[7]], "") == markers[7].pattern
    assert most_common_pattern([], "{n}.") == "{n}."
