"""The tab-indented text form: what stands in it, line for line."""

from hypothesis import given

from exporters.build import build
from exporters.text_writer import write_text
from importers.text_reader import read_text
from models.document.blocks import Contents, PageBreak, Role, Row, Table, paragraph
from models.document.tree import GoalDocument
from tests.exporters.samples import TEMPLATE, cell, merged_table
from tests.strategies import documents


def test_a_cell_is_a_line_with_a_tab_and_an_empty_line_ends_the_row() -> None:
    assert write_text((Table((Row((cell("甲"), cell(""))), Row((cell("乙"),)))),)) == "\t甲\n\t\n\n\t乙\n\n"


def test_further_paragraphs_of_a_cell_begin_with_two_tabs() -> None:
    assert write_text((Table((Row((cell("甲\n\n乙"),)),)),)) == "\t甲\n\t\t\n\t\t乙\n\n"


def test_a_place_covered_from_above_is_a_blank_cell_and_a_wide_cell_is_one_line() -> None:
    lines = write_text((merged_table(),)).split("\n")
    assert lines == ["\t头一", "\t头二", "\t头三", "", "\t甲", "\t乙", "", "\t", "\t丙", "\t\t丁", "\t", "", ""]


def test_two_tables_that_touch_stay_two() -> None:
    blocks = (merged_table(), PageBreak(), merged_table())
    assert len([block for block in read_text(write_text(blocks)) if isinstance(block, Table)]) == 2


def test_an_empty_line_parts_a_table_from_the_words_after_it() -> None:
    assert write_text((Table((Row((cell("甲"),)),)), paragraph("乙"))) == "\t甲\n\n\n乙\n"


def test_a_tab_before_a_paragraph_does_not_make_it_a_cell() -> None:
    assert write_text((paragraph("\t\t甲\t乙"), Table((Row((cell("\t丙"),)),)))) == "甲\t乙\n\t丙\n\n"


def test_page_breaks_and_contents_are_not_written() -> None:
    assert write_text((Contents("目录"), PageBreak(), paragraph("", Role.BLANK), paragraph("甲"))) == " \n甲\n"


@given(documents(wild=True))
def test_every_cell_comes_back_from_the_text(document: GoalDocument) -> None:
    blocks = build(document, TEMPLATE)
    written = [block for block in blocks if isinstance(block, Table)]
    read = [block for block in read_text(write_text(blocks)) if isinstance(block, Table)]
    assert [len(table.rows) for table in read] == [len(table.rows) for table in written]
    for before, after in zip(written, read, strict=True):
        for placed, row in zip(before.placed(), after.rows, strict=True):
            words = ["" if place.covered else _words(place.cell.text) for place in placed]
            assert [_words(found.text) for found in row.cells] == words


def _words(text: str) -> str:
    return "\n".join(line.lstrip("\t") for line in text.split("\n"))
