"""Rows taller than a page are parted, and words of a cell are drawn narrower where a number would break."""

import pytest

from exporters.build import build, indicator_table
from models.document.blocks import Role, Row, Table
from models.document.tree import Indicator
from tests.exporters.samples import TEMPLATE, cell, document
from tests.exporters.test_paginate import ROWS, pages, rows, text, words


def tall(count: int, label: str = "") -> Row:
    words = cell("\n".join(f"第{number}句" for number in range(count)), role=Role.CELL_TEXT)
    return Row((cell(label, role=Role.CELL_LABEL), words))


def test_a_row_taller_than_a_page_begins_where_it_stands_and_any_other_is_whole() -> None:
    table = Table((*rows(10).rows, tall(60), *rows(1).rows), (3000, 3000))
    counts = [sum("句" in line for line in text(page)) for page in pages(table)]
    assert counts == [25, 35, 0]
    assert [
        sum("句" in line for line in text(page)) for page in pages(Table((*rows(10).rows, tall(ROWS)), (3000, 3000)))
    ] == [
        0,
        ROWS,
    ]


def test_what_a_label_says_is_said_again_where_its_row_goes_on() -> None:
    found = pages(Table((*rows(10).rows, tall(90, "资金用途")), (3000, 3000)))
    assert [[line.again for line in page.lines if words(line) == "资金用途"] for page in found] == [
        [False],
        [True],
        [True],
    ]


def test_a_tier_is_named_again_at_the_head_of_the_next_page() -> None:
    found = pages(*build(document(1), TEMPLATE)[:1], indicator_table(many_rows(60), TEMPLATE, "projects[p1]"))
    named = [[line for line in page.lines if words(line) == "产出指标"] for page in found]
    assert len(found) > 1
    assert [[line.again for line in lines] for lines in named] == [[False], *[[True]] * (len(found) - 1)]


def many_rows(count: int) -> tuple[Indicator, ...]:
    return tuple(Indicator(f"i{n}", "产出指标", "数量指标", f"第{n}项", "说明", "≥1次", "计划") for n in range(count))


@pytest.mark.parametrize(
    "number", ["12,345,678.90", "-123,456.78", "1234567890.12", "≥12,345,678.9", "123,456,789.01元"]
)
def test_no_number_of_a_cell_is_broken(number: str) -> None:
    shown = text(pages(Table((Row((cell(number), cell("值"))),), (1190, 3000)))[0])
    digits = number.strip("≥元")
    assert any(digits in line for line in shown)


def test_a_number_far_too_long_for_its_cell_is_broken_and_whole_all_the_same() -> None:
    shown = text(pages(Table((Row((cell("1" * 60),)),), (1190,)))[0])
    assert "".join(shown) == "1" * 60


@pytest.mark.parametrize("label", ["指标值确定依据", "经济效益指标", "社会效益指标", "成本控制指标。"])
def test_no_character_stands_alone_on_the_last_line_of_a_cell(label: str) -> None:
    (line,) = (
        line
        for line in pages(Table((Row((cell(label),)),), (1477 if len(label) == 7 else 1190,)))[0].lines
        if line.runs and line.block >= 0
    )
    assert words(line) == label
    assert 0.8 <= line.runs[0].narrow < 1
    assert line.runs[0].x + line.runs[0].width < line.right


@pytest.mark.parametrize(("words_", "narrow"), [("2023年工作计划", True), ("历年工作计划表", False), ("12月底", False)])
def test_words_that_just_fit_leave_room_for_the_gaps_others_put_before_digits(words_: str, narrow: bool) -> None:
    (line,) = (line for line in pages(Table((Row((cell(words_),)),), (1600,)))[0].lines if line.block >= 0)
    assert words(line) == words_
    assert (line.runs[0].narrow < 1) is narrow


def test_words_brought_onto_one_line_leave_that_room_too() -> None:
    (line,) = (line for line in pages(Table((Row((cell("2023年工作计划"),)),), (1477,)))[0].lines if line.block >= 0)
    gap = 10.5 / 4 * line.runs[0].narrow
    assert line.runs[-1].x + line.runs[-1].width - line.runs[0].x + gap <= (1477 - 114) / 20


def test_words_that_end_in_two_characters_keep_their_width() -> None:
    found = pages(Table((Row((cell("服务对象满意度"),)),), (1190,)))[0]
    assert [(words(line), line.runs[0].narrow) for line in found.lines if line.block >= 0] == [
        ("服务对象满", 1),
        ("意度", 1),
    ]
