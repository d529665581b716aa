"""Which pages hold next to nothing: the ones a clerk would rather not print."""

import pytest

from exporters.build import build
from exporters.sparse_pages import sparse_pages
from models.document.blocks import Block, PageBreak, Role, Row, Table, paragraph
from tests.exporters.samples import TEMPLATE, cell, document, title
from tests.exporters.test_paginate import LINES, ROWS, lines, pages


def table(count: int) -> Table:
    head = Row((cell("一级指标"), cell("指标值")))
    return Table((head, *(Row((cell(f"行{number}"), cell("值"))) for number in range(count))), (3000, 3000), 1)


@pytest.mark.parametrize(("more", "found"), [(1, (2,)), (2, (2,)), (3, ())])
def test_a_last_page_of_one_or_two_lines_is_sparse(more: int, found: tuple[int, ...]) -> None:
    assert sparse_pages(pages(*lines(LINES + more))) == found


@pytest.mark.parametrize(("more", "found"), [(1, (2,)), (2, ())])
def test_a_last_page_of_one_row_is_sparse(more: int, found: tuple[int, ...]) -> None:
    assert sparse_pages(pages(table(ROWS - 1 + more))) == found


def test_it_is_so_in_the_midst_of_a_text_too() -> None:
    blocks: tuple[Block, ...] = (table(ROWS), PageBreak(), title("乙", "b"), table(3))
    assert sparse_pages(pages(*blocks)) == (2,)


def test_a_page_that_begins_something_is_as_short_as_it_is() -> None:
    begun = paragraph("三、工作保障措施", Role.SECTION)._replace(bookmark="c")
    assert sparse_pages(pages(*lines(LINES), PageBreak(), begun)) == ()
    assert sparse_pages(pages(paragraph("只有一行"))) == ()
    assert sparse_pages(pages(*build(document(3), TEMPLATE))) == ()
