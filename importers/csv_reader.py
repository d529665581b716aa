"""Reads tables of plain text (.csv, .tsv): one row a line, cells between commas, semicolons or tabs."""

import csv

from importers.budget import Budget
from models.document.blocks import Block, Cell, Row, Table, paragraphs
from models.document.cleaning import clean_text
from models.errors import UserError

_MARKS = ",\t;"
_SEARCHED = 20
"""Lines among which the mark between cells is found."""


def read_csv(text: str, name: str) -> tuple[Block, ...]:
    """The rows as one table. UserError names the file where its quotes are beyond understanding, TooMuchError where it holds more
    than any text does."""
    budget = Budget()
    budget.take(characters=len(text))
    words = clean_text(text)[0].lstrip("\ufeff")
    first = words.split("\n", _SEARCHED)[:_SEARCHED]
    # It stands in most of the first lines, and there most often.
    mark = max(_MARKS, key=lambda mark: (sum(mark in line for line in first), sum(line.count(mark) for line in first)))
    rows = []
    try:
        for cells in csv.reader((f"{line}\n" for line in words.split("\n")), delimiter=mark):
            budget.take(cells=len(cells), places=len(cells), lines=1)
            rows.append(Row(tuple(Cell(paragraphs(cell) if cell.strip() else ()) for cell in cells)))
    except csv.Error:
        raise UserError(
            f"文件「{name}」里的引号不成对，或者一格太长，没有读取。请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再导入。"
        ) from None
    return (Table(tuple(rows)),) if rows else ()
