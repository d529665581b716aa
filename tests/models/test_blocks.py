"""Tables on their grid: which cell covers which place."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.document.blocks import (
    Cell,
    Contents,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Span,
    Table,
    paragraph,
    paragraphs,
    strip,
)
from models.document.template import load_template


def cell(text: str, colspan: int = 1, rowspan: int = 1) -> Cell:
    return Cell((paragraph(text),), colspan, rowspan)


def drawn(table: Table) -> list[list[str]]:
    """Each row as the texts at its columns; a covered place in brackets."""
    return [
        [f"{place.column}{'(' + place.cell.text + ')' if place.covered else place.cell.text}" for place in row]
        for row in table.placed()
    ]


def test_cells_stand_side_by_side() -> None:
    assert drawn(Table((Row((cell("a", colspan=2), cell("b"))), Row((cell("c"), cell("d"), cell("e")))))) == [
        ["0a", "2b"],
        ["0c", "1d", "2e"],
    ]


def test_a_merge_downwards_covers_its_places() -> None:
    table = Table((Row((cell("a", rowspan=3), cell("b"))), Row((cell("c", rowspan=2),)), Row(())))
    assert drawn(table) == [["0a", "1b"], ["0(a)", "1c"], ["0(a)", "1(c)"]]


def test_a_wide_merge_pushes_what_follows() -> None:
    table = Table((Row((cell("a"), cell("b", 2, 2), cell("c"))), Row((cell("d"), cell("e")))))
    assert drawn(table) == [["0a", "1b", "3c"], ["0d", "1(b)", "3e"]]


def test_a_row_that_ends_early_still_shows_the_merges_further_right() -> None:
    table = Table((Row((cell("a"), cell("b"), cell("c", rowspan=2))), Row((cell("d"),))))
    assert drawn(table) == [["0a", "1b", "2c"], ["0d", "2(c)"]]


def test_the_project_table_of_the_form_fills_its_grid() -> None:
    template = load_template()
    rows = tuple(
        Row(tuple(cell(part.label or part.field or "", part.columns, part.rows) for part in row))
        for row in template.project_rows
    )
    for placed in Table(rows).placed():
        widths = [(place.column, place.column + place.cell.colspan) for place in placed]
        assert widths[0][0] == 0
        assert widths[-1][1] == len(template.columns)
        assert all(left[1] == right[0] for left, right in pairwise(widths))


@st.composite
def tilings(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    """(rows, columns, rectangles) that cover a grid without gap: (row, column, height, width)."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    free = [[True] * columns for _ in range(rows)]
    rectangles = []
    for row in range(rows):
        for column in range(columns):
            if not free[row][column]:
                continue
            width = 1
            limit = draw(st.integers(1, columns))
            while width < limit and column + width < columns and free[row][column + width]:
                width += 1
            height = draw(st.integers(1, rows - row))
            for covered in range(row, row + height):
                free[covered][column : column + width] = [False] * width
            rectangles.append((row, column, height, width))
    return rows, columns, rectangles


@given(tilings())
def test_any_grid_of_merges_is_placed_as_it_was_cut(tiling: tuple[int, int, list[tuple[int, int, int, int]]]) -> None:
    rows, _columns, rectangles = tiling
    table = Table(
        tuple(
            Row(tuple(cell(str(n), w, h) for n, (top, _left, h, w) in enumerate(rectangles) if top == row))
            for row in range(rows)
        )
    )
    expected = [
        sorted((left, top < row, str(n)) for n, (top, left, h, _w) in enumerate(rectangles) if top <= row < top + h)
        for row in range(rows)
    ]
    assert [[(p.column, p.covered, p.cell.text) for p in row] for row in table.placed()] == expected


def test_an_empty_cell_still_has_its_path() -> None:
    assert paragraphs("", path="year") == (Paragraph((Span("", "year"),)),)
    assert [part.text for part in paragraphs("一\n\n二")] == ["一", "", "二"]


def test_strip_leaves_only_what_is_visible() -> None:
    blocks = (
        Contents("目录"),
        Paragraph((Span("（一）", None), Span("甲", "sub_goals[s1].heading")), Role.ITEM, "_Toc"),
        PageBreak(),
        Table(
            (Row((Cell((paragraph("乙", Role.CELL_TEXT, "year"),), 2, 1, Role.CELL_TEXT),)),), (100, 200), header_rows=1
        ),
    )
    assert strip(blocks) == (paragraph("（一）甲"), PageBreak(), Table((Row((cell("乙", 2),)),)))
