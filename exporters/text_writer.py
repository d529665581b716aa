"""Writes the tab-indented text form: a line that begins with a tab is a cell, an empty line ends the row."""

from collections.abc import Iterator

from models.document.blocks import Block, Cell, Paragraph, Role, Table

_BLANK_LINE = " "  # an empty line would end a row; a space is how the form's own texts part two tables


def write_text(blocks: tuple[Block, ...]) -> str:
    """The text of the blocks. A place covered from above is a blank cell, a span of columns is one cell;
    page breaks and the contents are not written."""
    lines: list[str] = []
    previous: Block | None = None
    for block in blocks:
        if isinstance(block, Table):
            if isinstance(previous, Table):
                lines.append(_BLANK_LINE)
            lines.extend(_table(block))
        elif isinstance(block, Paragraph):
            if isinstance(previous, Table) and block.role is not Role.BLANK:
                lines.append("")
            lines.append(_words(block) or _BLANK_LINE)
        else:
            continue
        previous = block
    return "".join(f"{line}\n" for line in lines)


def _table(table: Table) -> Iterator[str]:
    for row in table.placed():
        for place in row:
            yield from ("\t",) if place.covered else _cell(place.cell)
        yield ""


def _cell(cell: Cell) -> Iterator[str]:
    for place, part in enumerate(cell.paragraphs or (Paragraph(),)):
        yield ("\t\t" if place else "\t") + _words(part)


def _words(part: Paragraph) -> str:
    """A tab at the start would read as a cell."""
    return part.text.replace("\n", " ").lstrip("\t")
