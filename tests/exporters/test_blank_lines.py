"""A blank line keeps apart what stands around it: where a page ends there it takes no height, and heads no page."""

from itertools import pairwise

import pytest

from exporters.looks import TAIL_HEIGHT
from exporters.paginate import page_ends
from exporters.word import write_word
from models.document.blocks import Block, PageBreak, Paragraph, Role, paragraph
from tests.exporters.samples import TEMPLATE, merged_table, title
from tests.exporters.test_paginate import LINES, ROWS, lines, pages, rows, text
from tests.exporters.test_repeated_labels import part

BLANK = Paragraph(role=Role.BLANK)
TYPED = paragraph("")
THIN = f'<w:spacing w:line="{TAIL_HEIGHT * 20:.0f}" w:lineRule="exact"/>'


def first_tops(*blocks: Block) -> list[float]:
    """How far down the first line of each page stands."""
    return [min(line.top for line in page.lines if line.block >= 0) for page in pages(*blocks)]


@pytest.mark.parametrize("blank", [BLANK, TYPED])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_blank_lines_after_a_full_page_stay_at_its_foot(blank: Paragraph, count: int) -> None:
    blocks = (*lines(LINES), *[blank] * count, paragraph("乙"))
    found = pages(*blocks)
    assert [text(page)[-1] for page in found] == [f"第{LINES - 1}行", "乙"]
    top, second = first_tops(*blocks)
    assert second == top
    assert page_ends(blocks, TEMPLATE).thin == set(range(LINES, LINES + count))


@pytest.mark.parametrize("count", range(ROWS - 2, ROWS + 2))
def test_no_page_begins_a_line_further_down_after_a_table(count: int) -> None:
    tops = first_tops(rows(count), BLANK, rows(3), BLANK, title("乙"), rows(3))
    assert max(tops) - min(tops) <= TAIL_HEIGHT


def test_inside_a_page_and_where_a_page_is_asked_for_a_blank_line_is_one() -> None:
    blocks = (*lines(3), BLANK, *lines(3), PageBreak(), BLANK, *lines(3))
    assert page_ends(blocks, TEMPLATE).thin == set()
    assert [round(below.top - above.top) for above, below in pairwise(pages(*blocks)[0].lines[:6])] == [
        28,
        28,
        56,
        28,
        28,
    ]


def test_word_has_the_same_heights() -> None:
    shown = part(
        write_word((*lines(LINES), BLANK, paragraph("乙"), BLANK, merged_table()), TEMPLATE), "word/document.xml"
    )
    assert shown.count(f'<w:p><w:pPr><w:pStyle w:val="Blank"/>{THIN}</w:pPr></w:p>') == 1
    assert shown.count('<w:pStyle w:val="Blank"/>') == 2


def test_one_before_a_table_that_begins_a_page_goes_with_it() -> None:
    blocks = (rows(ROWS - 1), BLANK, rows(40, header=1))
    assert [len({line.top for line in page.lines if line.block == 2}) for page in pages(*blocks)] == [0, ROWS, 7]
    shown = part(write_word(blocks, TEMPLATE), "word/document.xml")
    assert f'<w:pStyle w:val="Blank"/><w:keepNext/>{THIN}' in shown
