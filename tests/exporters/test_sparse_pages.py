"""Pages that hold next to nothing, the ones a clerk would rather not print: pulled in where lines may stand closer, else told."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import Pt

from exporters.build import build
from exporters.looks import type_area
from exporters.page_maker import PageMaker
from exporters.paginate import paginate
from exporters.sparse_pages import sparse_pages
from exporters.word import write_word
from exporters.word_base import base_file
from models.document.blocks import Block, PageBreak, Role, Row, Table, paragraph
from models.document.tree import Settings
from tests.exporters.samples import TEMPLATE, cell, document, title
from tests.exporters.test_paginate import LINES, ROWS, lines, pages, text
from tests.wordprocessingml import faults

AREA = type_area(TEMPLATE.page)


def table(count: int, last: str = "值") -> Table:
    """A header, so many rows of one line, and one row of these words."""
    head = Row((cell("一级指标"), cell("指标值")))
    rows = (Row((cell(f"行{number}"), cell("值"))) for number in range(count - 1))
    return Table((head, *rows, Row((cell("末"), cell(last)))), (3000, 3000), 1)


def counts(*blocks: Block) -> list[int]:
    """How many lines stand on each page."""
    return [len(text(page)) for page in pages(*blocks)]


@pytest.mark.parametrize(("full", "more"), [(1, 1), (2, 1), (2, 2), (4, 2)])
def test_lines_stand_closer_where_that_saves_a_page(full: int, more: int) -> None:
    found = pages(*lines(LINES * full + more))
    assert len(found) == full
    assert all(page.is_close for page in found)
    assert sum(len(text(page)) for page in found) == LINES * full + more
    for page in found:
        assert max(line.top + line.height for line in page.lines if line.block >= 0) <= AREA.top + AREA.height


def test_a_row_of_a_table_is_pulled_in_as_well() -> None:
    page, after = pages(table(ROWS), PageBreak(), *lines(3))
    assert (page.is_close, after.is_close) == (True, False)
    assert sum(words == "值" for words in text(page)) == ROWS
    assert max(rule.top + rule.height for rule in page.rules) <= AREA.top + AREA.height + 0.5


@pytest.mark.parametrize("more", [3, 9])
def test_a_last_page_that_holds_something_stays_as_it_is(more: int) -> None:
    found = pages(*lines(LINES + more))
    assert [len(text(page)) for page in found] == [LINES, more]
    assert not any(page.is_close for page in found)


def test_only_the_part_that_needs_it_is_closer() -> None:
    found = pages(
        *lines(LINES + 1), PageBreak(), *lines(LINES), PageBreak(), title("甲"), table(ROWS - 2), PageBreak(), *lines(3)
    )
    assert [page.is_close for page in found] == [True, False, True, False]
    assert counts(*lines(LINES + 1), PageBreak(), *lines(LINES))[1] == LINES


@pytest.mark.parametrize(("more", "found"), [(1, ()), (2, (2,)), (3, ())])
def test_a_last_page_of_lines_that_cannot_be_pulled_in_is_told(more: int, found: tuple[int, ...]) -> None:
    assert sparse_pages(pages(*lines(LINES + more))) == found


@pytest.mark.parametrize(("last", "found"), [("值", ()), ("值\n值\n值", (2,))])
def test_so_is_one_of_a_single_row(last: str, found: tuple[int, ...]) -> None:
    assert sparse_pages(pages(table(ROWS, last), PageBreak(), *lines(3))) == found
    assert sparse_pages(pages(table(ROWS + 4, last), PageBreak(), *lines(3))) == ()


def test_it_is_so_in_the_midst_of_a_text_too() -> None:
    blocks: tuple[Block, ...] = (table(ROWS, "值\n值\n值"), PageBreak(), title("乙", "b"), table(3))
    assert sparse_pages(pages(*blocks)) == (2,)


def test_a_page_that_begins_something_is_as_short_as_it_is() -> None:
    begun = paragraph("三、工作保障措施", Role.SECTION)._replace(bookmark="c")
    assert sparse_pages(pages(*lines(LINES), PageBreak(), begun)) == ()
    assert sparse_pages(pages(paragraph("只有一行"))) == ()
    assert sparse_pages(pages(*build(document(3), TEMPLATE))) == ()


# Word and the preview


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_word_gets_the_same_pitch_for_the_same_lines() -> None:
    data = write_word((*lines(LINES + 1), PageBreak(), title("甲"), table(ROWS - 2), PageBreak(), *lines(3)), TEMPLATE)
    pitches = re.findall(r'w:line="(\d+)"', part(data))
    assert pitches.count("554") == LINES + 1 + 1
    assert pitches.count("354") == 2 * (ROWS - 1)
    assert len(pitches) == LINES + 2 + 2 * (ROWS - 1)
    assert faults(data) == []


def test_who_chose_another_pitch_in_the_base_keeps_it(tmp_path: Path) -> None:
    own = tmp_path / "base.docx"
    opened = docx.Document(str(base_file(TEMPLATE.id)))
    opened.styles["Normal"].paragraph_format.line_spacing = Pt(27)
    opened.save(str(own))
    assert "w:line=" not in part(write_word(tuple(lines(LINES + 1)), TEMPLATE, base=own))
    assert 'w:line="554"' in part(write_word(tuple(lines(LINES + 1)), TEMPLATE))


def test_the_preview_shows_the_same_pages() -> None:
    given = replace(document(2), overall_goal="\n".join(["推广良种良法。"] * 11))
    wanted = Settings(cover=False, contents=False)
    found = [replace(given, overall_goal="\n".join(["推广良种良法。"] * count)) for count in range(8, 16)]
    shown = [PageMaker().pages(one, TEMPLATE, wanted) for one in found]
    whole = [paginate(build(one, TEMPLATE, wanted), TEMPLATE) for one in found]
    assert [[page.is_close for page in one] for one in shown] == [[page.is_close for page in one] for one in whole]
    assert any(page.is_close for one in shown for page in one)
