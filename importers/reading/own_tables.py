"""The form's own tables in other words: 3月末 for 3月底, sign, number and unit in columns of their own. They become its words."""

import re
from collections.abc import Iterator, Sequence

from importers.budget import Budget
from importers.form_tables import known_tiers
from importers.reading.headers import Header, Headers
from importers.reading.indicator_rows import SIGN_FIELDS, read_row
from importers.reading.sheet import Sheet, sheet_of
from importers.report import Kind, Note
from importers.table_grid import squeeze
from models.document.blocks import Block, Cell, Row, Table, paragraph, paragraphs
from models.document.template import Template
from models.document.tree import Indicator

_MONTH = re.compile(r"\d{1,2}月[底末份]?")
_MONTH_ENDS = ("月", "底", "末", "份", " ", "\u3000")
_LONGEST_MONTH = 12
_HEAD = 12
"""Rows of a table among which labels of the form stand."""
_FIELDS = ("name", "description", "value", "basis")


def in_own_words(table: Table, headers: Headers, template: Template, notes: list[Note]) -> Table:
    """The table with the form's own labels; the same one where nothing is to be done. What was done is added to the notes."""
    own = frozenset(column.label for column in template.indicator_columns)
    for place, row in enumerate(table.rows[:_HEAD]):
        texts = [cell.text for cell in row.cells]
        if len(texts) >= _LEAST and sum(text[-1:] in _MONTH_ENDS for text in texts) >= _LEAST:
            table = _with_checkpoints(table, place, template, notes)
        elif any(label is not None and label.field in _JOINED for label in map(headers.vocabulary.label, texts)):
            joined = _joined(table, place, headers, template)
            if joined is not None:
                return joined
        if len(own.intersection(texts)) >= _LEAST:
            break
    return table


_LEAST = 3


_JOINED = (*SIGN_FIELDS, "unit")


def _joined(table: Table, place: int, headers: Headers, template: Template) -> Table | None:
    """The table with sign, number and unit in one cell, where this row is a header that has them apart."""
    sheet = sheet_of("", (table,), Budget())
    header = headers.header(sheet, place + 1)
    if header is None or header.has_projects or not (header.signs or "unit" in header.fields.values()):
        return None
    return Table((*table.rows[:place], *_joined_rows(table, sheet, header, headers, template)))


def _with_checkpoints(table: Table, at: int, template: Template, notes: list[Note]) -> Table:
    """The spending plan's labels as the form writes them: 3月末 for 3月底, and each in its order where a month is another."""
    own, row = template.checkpoints.labels, table.rows[at]
    short = ((place, cell.text) for place, cell in enumerate(row.cells) if len(cell.text) <= _LONGEST_MONTH)
    places = [place for place, text in short if _MONTH.fullmatch(squeeze(text))]
    words = [squeeze(row.cells[place].text) for place in places]
    if len(places) != len(own) or words == list(own):
        return table
    cells = list(row.cells)
    for place, label in zip(places, own, strict=True):
        cells[place] = cells[place]._replace(paragraphs=paragraphs(label))
    pairs = [(word, label) for word, label in zip(words, own, strict=True) if word[:-1] != label[:-1]]
    if pairs:
        placed = "、".join(f"「{word}」放在「{label}」" for word, label in pairs)
        notes.append(Note(Kind.HINT, f"资金支出计划的月份与表式不同：{placed}，请核对。"))
    return Table((*table.rows[:at], Row(tuple(cells)), *table.rows[at + 1 :]), table.columns, table.header_rows)


def _joined_rows(table: Table, sheet: Sheet, header: Header, headers: Headers, template: Template) -> Iterator[Row]:
    """The header, and every row below it, with the parts of each value in one cell. Columns nobody knows stay as they are."""
    tiers = known_tiers(template)
    names = {column.field: column.label for column in template.indicator_columns}
    columns, labels = {**header.fields, **header.signs}, header.labels
    kept = [column for column, name in sorted(header.fields.items()) if name not in ("unit", "")]
    covered = sheet.covered.get(header.row, {})
    others = [
        column
        for column in range(1, sheet.width + 1)
        if column not in columns and labels.get(column) and column not in covered
    ]
    own = (names.get(header.fields[column], labels[column]) for column in kept)
    yield _row([*own, *(labels[column] for column in others)])
    above = Indicator("")
    for number in range(header.row + 1, len(table.rows) + 1):
        values = {name: sheet.text(number, column) for column, name in columns.items() if name}
        if not sheet.rows.get(number) or not any(values.get(name) for name in _FIELDS):
            yield table.rows[number - 1]
            continue
        read = read_row(values, above, headers.vocabulary, tiers)
        above = read.indicator
        texts = [getattr(above, header.fields[column]) for column in kept]
        rest = [sheet.text(number, column) for column in others]
        yield _row([*texts, *rest, *(words for _field, words in read.left)])


def _row(texts: Sequence[str]) -> Row:
    return Row(tuple(Cell(paragraphs(text) if text else ()) for text in texts))


def blocks_in_own_words(
    blocks: Sequence[Block], headers: Headers, template: Template, notes: list[Note]
) -> Sequence[Block]:
    """The blocks with every table of the form in the form's own words; rows of signatures stand below their tables."""
    found: list[Block] = []
    for block in blocks:
        if not isinstance(block, Table):
            found.append(block)
            continue
        end = len(block.rows)
        while end > max(1, len(block.rows) - _LAST_ROWS) and _signs(block.rows[end - 1], headers):
            end -= 1
        table = block if end == len(block.rows) else Table(block.rows[:end], block.columns, block.header_rows)
        found.append(in_own_words(table, headers, template, notes))
        found += [paragraph("\t".join(cell.text for cell in row.cells if cell.text)) for row in block.rows[end:]]
    return found


_LAST_ROWS = 4


def _signs(row: Row, headers: Headers) -> bool:
    first = next((cell.text for cell in row.cells if cell.text.strip()), "")
    return headers.vocabulary.is_signature(first)
