"""Amounts of several times beside each other: «资金来源 | 上年预算数 | 本年预算数» above rows of amounts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from importers.reading.form_fields import FormCell, Named
from importers.reading.reading_labels import DETAIL, PROJECT, Label, Vocabulary
from importers.table_grid import squeeze

_PAST = ("上年", "前年", "去年", "以前年", "近三年", "历年")
_LEAST = 2


class MoneyColumn(NamedTuple):
    """What a column of amounts is of: "annual", "long_term", or "" for a time no field is of; its header."""

    scope: str
    header: str


def money_columns(cells: Sequence[FormCell], vocabulary: Vocabulary) -> dict[int, MoneyColumn]:
    """The columns a row heads, by column; none where it is no row of such headers: one of them is the year's, all are known."""
    found = {cell.column: _column(cell.text, vocabulary) for cell in cells[1:]}
    scopes = [column.scope for column in found.values() if column is not None]
    if len(found) < _LEAST or len(scopes) < len(found) or scopes.count("annual") != 1 or len(set(scopes)) == 1:
        return {}
    first = vocabulary.label(cells[0].text)
    if first is not None and not (first.group or first.is_amount):
        return {}
    return {place: column for place, column in found.items() if column is not None}


def _column(text: str, vocabulary: Vocabulary) -> MoneyColumn | None:
    words, label = squeeze(text), vocabulary.label(text)
    if words.startswith(_PAST) and len(words) <= _LONGEST:
        return MoneyColumn("", words)
    if label is not None and label.field == f"{PROJECT}budget":
        return MoneyColumn("annual", words)
    if label is not None and label.field == f"{DETAIL}whole_total":
        return MoneyColumn("long_term", words)
    scope = vocabulary.scope(text)
    return MoneyColumn(scope, words) if scope else None


_LONGEST = 12


def money_row(
    cells: Sequence[FormCell], columns: Mapping[int, MoneyColumn], vocabulary: Vocabulary
) -> tuple[list[tuple[Named, FormCell]], list[str]] | None:
    """(labels with their values, words that no field takes) of a row of amounts; None where it does not begin with the label of one."""
    labels = [cell for cell in cells if cell.column < min(columns)]
    label = _amount(labels[-1].text, vocabulary) if labels else None
    if label is None:
        return None
    taken, left = [], [cell.text for cell in labels[:-1] if vocabulary.label(cell.text) is None]
    for cell in cells[len(labels) :]:
        column = columns.get(cell.column)
        if column is None or not column.scope:
            left.append(f"{column.header if column else ''}{squeeze(labels[-1].text)}：{cell.text}")
        else:
            head = labels[-1]._replace(column=cell.column)
            taken.append((Named(vocabulary.scoped(label, column.scope), head), cell))
    return taken, left


def _amount(text: str, vocabulary: Vocabulary) -> Label | None:
    label = vocabulary.label(text)
    if label is not None and label.is_amount:
        return label
    return Label(f"{PROJECT}budget") if vocabulary.is_total(text) else None


def units_of(cells: Sequence[FormCell], vocabulary: Vocabulary) -> Iterator[str]:
    """The units of money that the headers name."""
    for cell in cells:
        label = vocabulary.label(cell.text)
        if label is not None and label.amount_unit:
            yield label.amount_unit
