"""Understands the blocks of a file: the form's own text and tables, and the forms and lists of other places among them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importers.announced_forms import read_announced
from importers.budget import Budget
from importers.reading.forms import read_forms
from importers.reading.front_lines import parted, read_line, title_year
from importers.reading.join import join
from importers.reading.listed import Listing
from importers.reading.lists import read_list
from importers.reading.reading_labels import PROJECT
from importers.reading.sheet import sheet_of
from importers.reading.table_kinds import Kinds, TableKind, title_in
from importers.recognise import Recognition, text_in
from models.document.blocks import Block, Paragraph, Table
from models.document.list_head import Stated
from models.document.template import Template
from models.document.tree import Unit

_LINES_ABOVE = 8
"""Lines above a table that may belong to it."""


def understand(blocks: Sequence[Block], template: Template, unit: Unit | None = None) -> Recognition:
    """The document these blocks show. NothingFoundError where neither the form nor another place's is found in them.

    `unit`: the one the properties of the file name.
    """
    stated = Stated(unit, None, is_hidden=True) if unit is not None and unit != Unit() else None
    if (announced := read_announced(blocks)) is not None:
        return announced
    kinds = Kinds(template)
    marked = list(_marked(blocks, kinds))
    if TableKind.FORM not in marked and TableKind.LIST not in marked:
        return join(blocks, Listing(stated=stated), template)
    others = _stretches(blocks, marked, kinds)
    taken = {place for stretch in others for place in range(stretch.start, stretch.end)}
    rest = tuple(block for place, block in enumerate(blocks) if place not in taken)
    text = text_in(rest, template)
    if text is None:
        whole = _Stretch(0, len(blocks), others[0].kind)
        others, rest = (_between(others, whole) if len(others) > 1 else [whole]), ()
    listing = Listing(stated=stated, text_year=text.document.year if text is not None else None)
    for stretch in others:
        _read(blocks[stretch.start : stretch.end], stretch.kind, kinds, template, listing)
    return join(rest, listing, template)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Blocks that belong together, and what the tables in them are."""

    start: int
    end: int
    kind: TableKind


def _marked(blocks: Sequence[Block], kinds: Kinds) -> Iterator[TableKind]:
    """For each block what table it is; a table of indicators alone is of the kind of the one before."""
    last: TableKind | None = None
    title = ""
    for place, block in enumerate(blocks):
        if isinstance(block, Table):
            named = any(map(kinds.headers.vocabulary.other_table, (title, title_in(block))))
            last = TableKind.NONE if named else _kind(block, last, kinds)
            if last is TableKind.OWN and _project_above(blocks, place, kinds) and _has_indicators(block, kinds):
                last = TableKind.FORM
            yield last
        else:
            title = block.text if isinstance(block, Paragraph) and block.text.strip() else title
            yield TableKind.NONE


def _kind(table: Table, last: TableKind | None, kinds: Kinds) -> TableKind:
    """The kind of a table; `last`: that of the one before, None where there was none."""
    rows = ([cell.text for cell in row.cells if cell.text.strip()] for row in table.rows[:_ROWS])
    found = kinds.evidence(rows)
    if found.own:
        return TableKind.OWN
    if kinds.is_form(found):
        return TableKind.FORM
    header = None
    if found.header and found.other:
        header = kinds.headers.find(sheet_of("", (Table(table.rows[:_ROWS]),), Budget()))
    if header is not None and (header.has_projects or last in (None, TableKind.LIST)):
        return TableKind.LIST
    return TableKind.FORM if last is TableKind.FORM else TableKind.OWN


def _has_indicators(table: Table, kinds: Kinds) -> bool:
    """Whether a table begins with the header of indicators, and has no label of the form's own."""
    found = kinds.evidence([cell.text for cell in row.cells if cell.text.strip()] for row in table.rows[:_ROWS])
    return found.header and not found.own


def _project_above(blocks: Sequence[Block], place: int, kinds: Kinds) -> int:
    """How many lines above a table are labels with their values, the name of a project among them; 0 where none is."""
    count, named = 0, False
    while count < min(place, _LABELS_ABOVE):
        block = blocks[place - count - 1]
        if not isinstance(block, Paragraph):
            break
        if block.text.strip():
            _head, words, label = parted(block.text[:_LONGEST_LINE], kinds.headers.vocabulary)
            fields = read_line(block.text, kinds.headers.vocabulary).fields
            if not fields and (label is None or ("." in label.field and not words.strip())):
                break
            named = named or f"{PROJECT}name" in fields
        count += 1
    return count if named else 0


_LABELS_ABOVE = 40
"""Lines above a table of indicators that may be labels of its project with their values."""
_LONGEST_LINE = 2000
_ROWS = 12
"""Rows of a table among which its kind shows."""


def _stretches(blocks: Sequence[Block], marked: Sequence[TableKind], kinds: Kinds) -> list[_Stretch]:
    """The tables of other forms with the lines that belong to them."""
    found: list[_Stretch] = []
    for place, kind in enumerate(marked):
        if kind in (TableKind.FORM, TableKind.LIST):
            start = place - _project_above(blocks, place, kinds)
            while start > max(place - _LINES_ABOVE, 0) and _belongs(blocks[start - 1], kinds):
                start -= 1
            end = place + 1
            while end < len(blocks) and _signs(blocks[end], kinds):
                end += 1
            goes_on = found and kind is TableKind.FORM is found[-1].kind
            if goes_on and (start <= found[-1].end or _goes_on(blocks, found[-1].end, place, kinds)):
                found[-1] = _Stretch(found[-1].start, end, kind)
            else:
                found.append(_Stretch(max(start, found[-1].end if found else 0), end, kind))
    return found


def _goes_on(blocks: Sequence[Block], end: int, place: int, kinds: Kinds) -> bool:
    """Whether a table is the indicators of the form that ended before: no project's name is between, and few lines are."""
    between = blocks[end:place]
    lines = [block.text for block in between if isinstance(block, Paragraph)]
    is_near = len(lines) == len(between) <= _LINES_ABOVE and not _project_above(blocks, place, kinds)
    table = blocks[place]
    assert isinstance(table, Table)  # only those are of a kind
    found = kinds.evidence([cell.text for cell in row.cells if cell.text.strip()] for row in table.rows[:_ROWS])
    return is_near and found.header and not found.label_rows


def _belongs(block: Block, kinds: Kinds) -> bool:
    """Whether a line above a table speaks of it."""
    if not isinstance(block, Paragraph):
        return False
    line = read_line(block.text, kinds.headers.vocabulary)
    return not block.text.strip() or line.says_something or bool(line.rest) or title_year(block.text) != ""


def _signs(block: Block, kinds: Kinds) -> bool:
    """Whether a line below a table is one of signatures."""
    if not isinstance(block, Paragraph):
        return False
    line = read_line(block.text, kinds.headers.vocabulary)
    return not block.text.strip() or (bool(line.rest or line.fields) and not line.title)


def _between(stretches: Sequence[_Stretch], whole: _Stretch) -> list[_Stretch]:
    """The same, each reaching to the next one: there is no other text the lines between could be of."""
    starts = [whole.start, *(stretch.start for stretch in stretches[1:]), whole.end]
    return [_Stretch(starts[at], starts[at + 1], stretch.kind) for at, stretch in enumerate(stretches)]


def _read(blocks: Sequence[Block], marked: TableKind, kinds: Kinds, template: Template, listing: Listing) -> None:
    sheet = sheet_of("", blocks, listing.budget)
    kind, header = kinds.of_sheet(sheet)
    if kind is TableKind.LIST and header is not None and (header.has_projects or marked is TableKind.LIST):
        read_list(sheet, header, kinds.headers, template, listing)
    else:
        read_forms(sheet, kinds.headers, template, listing)
