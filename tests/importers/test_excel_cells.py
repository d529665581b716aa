"""The cells of a sheet say what openpyxl's own pass over them says, however they are written down."""

import io
import warnings

import pytest
from openpyxl import load_workbook

from importers.excel.workbook import ExcelWorkbook
from tests.importers.workbooks import book, patched

ROWS = {
    "words in stretches, pronounced": (
        '<row r="3"><c r="A3" t="inlineStr"><is><r><rPr><b/></rPr><t>道路</t></r><r><t xml:space="preserve"> 养护</t></r>'
        '<rPh sb="0" eb="2"><t>dàolù</t></rPh></is></c></row>'
    ),
    "no address": '<row><c t="inlineStr"><is><t>甲</t></is></c><c><v>5</v></c></row>',
    "cells out of order": '<row r="4"><c r="C4"><v>3</v></c><c r="A4"><v>1</v></c><c r="B4"><v>2</v></c></row>',
    "a cell that comes again": '<row r="4"><c r="A4"><v>1</v></c><c r="A4"><v>2</v></c><c r="B4"><v>2</v></c></row>',
    "a row that comes again": '<row r="4"><c r="A4"><v>1</v></c></row><row r="4"><c r="A4"><v>2</v></c></row>',
    "rows out of order": '<row r="6"><c r="A6"><v>6</v></c></row><row r="5"><c r="A5"><v>5</v></c></row>',
    "every kind of value": (
        '<row r="7"><c r="A7" t="b"><v>1</v></c><c r="B7" t="e"><v>#N/A</v></c><c r="C7" t="str"><v>算得</v></c>'
        '<c r="D7" t="inlineStr"/><c r="E7" t="inlineStr"><is/></c><c r="F7"/><c r="G7"><v>1E-3</v></c></row>'
    ),
    "an empty row": '<row r="9"/><row r="12"><c r="B12"><v>12</v></c></row>',
}


@pytest.mark.parametrize("name", ROWS)
def test_cells_are_read_as_openpyxl_reads_them(name: str) -> None:
    data = patched(
        lambda xml: xml.replace("</sheetData>", f"{ROWS[name]}</sheetData>"),
        "xl/worksheets/sheet1.xml",
        book({"清单": [["项目名称", "指标值"]]}),
    )
    (found,) = ExcelWorkbook(data, "清单.xlsx", lambda: True).sheets()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()  # type: ignore[union-attr]  # the stubs know no read-only sheets here
        rows = list(enumerate(sheet.iter_rows(values_only=True), 1))
    expected = {
        number: {column: shown(value) for column, value in enumerate(row, 1) if value not in (None, "")}
        for number, row in rows
    }
    assert found.rows == {number: row for number, row in expected.items() if row}
    assert all(list(row) == sorted(row) for row in found.rows.values())


def shown(value: object) -> str:
    return "TRUE" if value is True else str(value)
