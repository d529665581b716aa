"""A row of words alone is read in one walk, any other element by element: whatever stands in a row, both say the same."""

import pytest

from importers.word.word_reader import read_word
from models.document.blocks import Row, Table
from tests.importers.word_files import RESTART, WORD, cell, docx, numbering, row, run, table

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
CHOICE = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
NAMES = (
    *("tc", "tr", "tbl", "p", "r", "t", "rPr", "pPr", "tcPr", "trPr", "sdt", "sdtContent", "sdtPr", "customXml"),
    *("smartTag", "ins", "del", "moveFrom", "moveTo", "hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase", "rt"),
    *("drawing", "pict", "object", "strike", "dstrike", "vanish", "br", "cr", "tab", "ptab", "noBreakHyphen", "sym"),
    *("softHyphen", "fldChar", "instrText", "delText", "footnoteReference", "endnoteReference", "commentReference"),
    *("vertAlign", "rFonts", "numPr", "pStyle", "gridSpan", "vMerge", "hMerge", "gridBefore", "gridAfter", "cnfStyle"),
    *("tcPrChange", "pPrChange", "rPrChange", "trPrChange", "altChunk", "proofErr", "bookmarkStart", "sz", "madeUp"),
)
SPANS = ("gridSpan", "vMerge")
"""They stand in a cell's properties alone."""
PLACES = {
    "in the row": "<w:tr>{0}<w:tc><w:p><w:r><w:t>道路</w:t></w:r></w:p></w:tc></w:tr>",
    "in the row's properties": "<w:tr><w:trPr>{0}</w:trPr><w:tc><w:p><w:r><w:t>道路</w:t></w:r></w:p></w:tc></w:tr>",
    "in the cell": "<w:tr><w:tc><w:p><w:r><w:t>道路</w:t></w:r></w:p>{0}</w:tc></w:tr>",
    "in the cell's properties": "<w:tr><w:tc><w:tcPr>{0}</w:tcPr><w:p><w:r><w:t>道路</w:t></w:r></w:p></w:tc></w:tr>",
    "in the paragraph": "<w:tr><w:tc><w:p><w:r><w:t>道</w:t></w:r>{0}<w:r><w:t>路</w:t></w:r></w:p></w:tc></w:tr>",
    "in its properties": "<w:tr><w:tc><w:p><w:pPr>{0}</w:pPr><w:r><w:t>道路</w:t></w:r></w:p></w:tc></w:tr>",
    "in the run": "<w:tr><w:tc><w:p><w:r><w:t>道</w:t>{0}<w:t>路</w:t></w:r></w:p></w:tc></w:tr>",
    "in the run's properties": "<w:tr><w:tc><w:p><w:r><w:rPr>{0}</w:rPr><w:t>道路</w:t></w:r></w:p></w:tc></w:tr>",
}
INSIDE = ("", "<w:t>养护</w:t>", "<w:r><w:t>养护</w:t></w:r>", "<w:p><w:r><w:t>养护</w:t></w:r></w:p>", cell("养护"))


def rows(first: str, given: str) -> tuple[Row, ...]:
    """The rows after the first of a table of three."""
    last = row(cell("道路条数"), cell("≥12条"))
    blocks = read_word(docx(table(first, given, last)), "文本.docx").blocks
    found = next((block for block in blocks if isinstance(block, Table)), Table())
    return found.rows[1:]


def both(given: str) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows as they are read in one walk, and where an accepted insertion around the first has each looked at."""
    first = row(cell("三级指标", look=RESTART), cell("指标值"))
    return rows(first, given), rows(f"<w:ins>{first}</w:ins>", given)


@pytest.mark.parametrize("place", PLACES)
def test_an_element_in_a_row_changes_it_the_same_in_both_ways(place: str) -> None:
    for name in NAMES if place == "in the cell's properties" else [name for name in NAMES if name not in SPANS]:
        for inside in INSIDE:
            given = PLACES[place].format(f'<w:{name} w:val="2">{inside}</w:{name}>')
            walked, looked_at = both(given)
            assert walked == looked_at, f"{name} {inside}"
            assert walked[-1].cells[-1].text == "≥12条", f"{name} {inside}"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (row(cell(content='<w:p><w:r><w:t>道</w:t></w:r><w:r w:rsidR="00A1"><w:t>路</w:t></w:r></w:p>')), ["道路"]),
        (row(cell("道路\n管网"), cell("")), ["道路\n管网", ""]),
        (row(cell("道路", columns=2), cell("桥梁")), ["道路", "桥梁"]),
        (
            row(cell(content=f"<w:p>{run('³', '<w:rFonts w:hAnsi=' + chr(34) + 'Symbol' + chr(34) + '/>')}</w:p>")),
            ["≥"],
        ),
        (
            row(cell(content=f"<w:p><m:oMath {MATH}><m:r><m:t>x</m:t></m:r></m:oMath></w:p>"), cell("桥梁")),
            ["x", "桥梁"],
        ),
        (
            row(cell(content=f"<w:p><w:r><mc:AlternateContent {CHOICE}/></w:r>{run('路')}</w:p>")),
            ["路"],
        ),
    ],
)
def test_rows_hold_the_words_as_they_are_shown(given: str, words: list[str]) -> None:
    walked, looked_at = both(given)
    assert walked == looked_at
    assert [cell.text for cell in walked[0].cells] == words


def test_a_style_that_numbers_its_paragraphs_is_no_look_alone() -> None:
    numbered = row(cell(content=f'<w:p><w:pPr><w:pStyle w:val="Goal"/></w:pPr>{run("道路养护")}</w:p>'), cell("≥12条"))
    style = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="Goal"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style></w:styles>"
    )
    data = docx(table(numbered), numbering=numbering("decimal %1."), styles=style)
    (block,) = read_word(data, "文本.docx").blocks
    assert isinstance(block, Table)
    assert block.rows[0].cells[0].text == "1.道路养护"
