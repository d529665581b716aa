"""Small files that would grow into gigabytes or minutes while they are read, by what each format lends to many places."""

import hashlib
import io
import itertools
import json
import zipfile
from collections.abc import Callable

from models.exchange.package_contents import FORMAT as PACKAGE_FORMAT
from tests.importers.hostile_files import HEAD, bomb
from tests.importers.word_files import WORD, cell, document_xml, docx, line, listed, numbering, row, table, word_parts
from tests.importers.workbooks import book, patched, with_shared_strings

SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
LIST = book({"清单": [["项目名称", "一级指标", "三级指标", "指标值"], ["巡河", "TIER", "巡河次数", "VALUE"]]})
FORM = book(
    {
        "项目": [
            ["项目名称", "巡河", "项目编码", "1"],
            ["预算规模及资金用途", "预算数", "1", "其中：财政资金"],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["TIER", "数量指标", "巡河次数", "VALUE"],
        ]
    }
)


# Word


def long_list_text() -> bytes:
    """A number's text of 400,000 characters, drawn before 15,000 paragraphs."""
    return docx(HEAD, line("x", listed()) * 15_000, numbering=numbering("decimal " + "甲" * 400_000))


def many_placeholders() -> bytes:
    return docx(HEAD, line("x", listed()) * 4_000, numbering=numbering("lowerLetter " + "%1" * 200_000))


def long_numbers() -> bytes:
    start = numbering("lowerLetter %1").replace('w:start w:val="1"', 'w:start w:val="99999"')
    return docx(HEAD, line("x", listed()) * 30_000, numbering=start)


def boxes_in_boxes() -> bytes:
    """A reader that looks into each box from every box around it looks 2⁴⁰ times."""
    inner = line("底")
    for _ in range(40):
        inner = f"<w:p><w:r><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></w:r></w:p>"
    return docx(HEAD, inner)


def long_field_code() -> bytes:
    code = "<w:instrText>abcdefghij</w:instrText>" * 190_000
    return docx(HEAD, f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>{code}</w:r></w:p>')


def paragraphs_without_end() -> bytes:
    return docx(HEAD, line("十个字的一段话在这里", "<w:rPr><w:del/></w:rPr>") * 60_000)


def many_styles() -> bytes:
    return docx(HEAD, styles=f'<w:styles xmlns:w="{WORD}">{"<a/>" * 2_000_000}</w:styles>')


def many_types() -> bytes:
    return bomb(word_parts(document_xml(HEAD)), "[Content_Types].xml", b"<a/>" * 100_000, 20)


def spaces_before_a_table() -> bytes:
    """White space and digits that a pattern could deal out in every way there is."""
    look = f"<w:p><w:r><w:t xml:space='preserve'>1.{' ' * 60_000}{'1' * 60_000}</w:t></w:r></w:p>"
    return docx(HEAD, look, table(row(cell("预算单位"), cell("甲"))))


def many_paragraphs() -> bytes:
    return docx(*(line(str(number)) for number in range(300_000)))


def many_cells_of_no_form() -> bytes:
    rows = (row(*(cell(f"{at}-{place}") for place in range(8))) for at in range(70_000))
    return docx(*(table(*itertools.islice(rows, 100)) for _ in range(700)))


def odd_levels() -> bytes:
    levels = numbering("decimal %1.").replace('w:ilvl="0"', 'w:ilvl="²"')
    return docx(HEAD, line("x", listed()), numbering=levels)


def long_level() -> bytes:
    levels = numbering("decimal %1.").replace('w:ilvl="0"', f'w:ilvl="{"9" * 5000}"')
    return docx(HEAD, line("x", listed()), numbering=levels)


def odd_symbols() -> bytes:
    return docx(
        HEAD, "<w:p><w:r>" + "".join(f'<w:sym w:char="{c}"/>' for c in ("FFFFFFFF", "-5", "D800", "?")) + "</w:r></w:p>"
    )


# Excel


def with_rows(data: bytes, rows: str, merges: str = "") -> bytes:
    return patched(lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>{merges}"), SHEET, data)


def with_words(data: bytes, key: str, words: str) -> bytes:
    return with_shared_strings(data, lambda xml: xml.replace(key, words))


def numbers(first: int, last: int) -> str:
    return "".join(f'<row r="{at}"><c r="C{at}"><v>{at}</v></c></row>' for at in range(first, last))


def one_text_in_a_row_of_cells() -> bytes:
    """A megabyte of escaped line ends, named by 16,000 cells of one row."""
    cells = '<c t="s"><v>7</v></c>' * 16_000
    return with_words(with_rows(LIST, f'<row r="3">{cells}</row>'), "VALUE", "_x000D_" * 150_000)


def one_text_in_a_column_of_cells() -> bytes:
    rows = "".join(f'<row r="{at}"><c r="C{at}" t="s"><v>7</v></c></row>' for at in range(3, 60_000))
    return with_words(with_rows(LIST, rows), "VALUE", "甲" * 30_000)


def a_merged_text_in_a_list() -> bytes:
    merged = with_rows(LIST, numbers(3, 60_000), '<mergeCells><mergeCell ref="D2:D59999"/></mergeCells>')
    return with_words(merged, "VALUE", "甲" * 30_000)


def a_merged_text_in_a_form() -> bytes:
    merged = with_rows(FORM, numbers(5, 60_000), '<mergeCells><mergeCell ref="D4:D59999"/></mergeCells>')
    return with_words(merged, "VALUE", "甲" * 30_000)


def a_tier_for_all_rows() -> bytes:
    return with_words(with_rows(LIST, numbers(3, 60_000)), "TIER", "甲" * 30_000)


def a_tier_for_all_rows_of_a_form() -> bytes:
    return with_words(with_rows(FORM, numbers(5, 60_000)), "TIER", "甲" * 30_000)


def a_tier_for_all_rows_beside_a_form() -> bytes:
    rows = [["项目名称", "一级指标", "三级指标", "指标值"], ["巡河", "TIER", "巡河次数", "VALUE"]]
    form = [["项目名称", "巡河", "项目编码", "1"], ["一级指标", "二级指标", "三级指标", "指标值"]]
    return with_words(with_rows(book({"清单": rows, "项目": form}), numbers(3, 60_000)), "TIER", "甲" * 30_000)


def a_wide_form() -> bytes:
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(10, 30_000))
    return with_rows(FORM, f'<row r="9"><c r="XFD9"><v>1</v></c></row>{rows}')


def with_format(code: str, cells: int = 1) -> bytes:
    styled = patched(
        lambda xml: xml.replace(
            "<cellXfs", f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts><cellXfs'
        ).replace("</cellXfs>", '<xf numFmtId="200" applyNumberFormat="1"/></cellXfs>'),
        STYLES,
        LIST,
    )
    cells = "<c s='1'><v>1</v></c>" * cells
    return with_rows(styled, f'<row r="3">{cells}</row>')


def a_format_of_many_places() -> bytes:
    return with_format("#," + "0" * 100_000)


def a_format_of_many_brackets() -> bytes:
    return with_format("0" + "[" * 200_000)


def a_format_of_many_words() -> bytes:
    return with_format(f"&quot;{'甲' * 1_000_000}&quot;0", 10_000)


def many_cell_styles() -> bytes:
    return patched(lambda xml: xml.replace("</cellXfs>", "<xf/>" * 700_000 + "</cellXfs>"), STYLES, LIST)


def many_cell_styles_elsewhere() -> bytes:
    """The same in a part that its name says nothing of."""
    part = "docProps/custom.xml"
    types = f'<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
    data = patched(lambda xml: xml.replace("</Types>", f"{types}</Types>"), "[Content_Types].xml", LIST)
    packed = io.BytesIO(data)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr(part, f"<Properties>{'<property/>' * 700_000}</Properties>")
    return packed.getvalue()


def many_names() -> bytes:
    names = "".join(f'<definedName name="n{at}">x</definedName>' for at in range(380_000))
    return patched(
        lambda xml: xml.replace("</workbook>", f"<definedNames>{names}</definedNames></workbook>"),
        "xl/workbook.xml",
        LIST,
    )


def many_merges() -> bytes:
    areas = "".join(f'<mergeCell ref="A{at}:B{at}"/>' for at in range(1, 400_000))
    return with_rows(LIST, "", f"<mergeCells>{areas}</mergeCells>")


def many_numbers() -> bytes:
    """Written cells, and nothing of the form."""
    cells = "".join(f"<c><v>{at}</v></c>" for at in range(8))
    rows = "".join(f'<row r="{at}">{cells}</row>' for at in range(3, 95_000))
    return with_rows(book({"数": [["甲", "乙"]]}), rows)


def one_sheet_many_times() -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheets = "".join(f'<sheet name="s{at}" sheetId="1" r:id="rId1" xmlns:r="{kind}"/>' for at in range(20_000))
    return patched(lambda xml: xml.replace("</sheets>", f"{sheets}</sheets>"), "xl/workbook.xml", LIST)


# the others


def page(body: str) -> bytes:
    return f"<html><body><p>一、总体绩效目标</p>{body}".encode()


def cells_that_reach_down() -> bytes:
    return page(f"<table><tr>{'<td rowspan=9999>' * 2000}</tr>{'<tr>' * 9999}</table>")


def many_tags() -> bytes:
    return page("<p>" * 3_000_000)


def many_cells() -> bytes:
    return page(f"<table><tr>{'<td>' * 700_000}")


def many_bookmarks() -> bytes:
    return ("一、总体绩效目标\n" + "[bookmark: " * 500_000).encode()


def many_lines_of_cells() -> bytes:
    return "".join("\n".join(f"\t{at}-{place}" for place in range(8)) + "\n\n" for at in range(70_000)).encode()


def many_lines() -> bytes:
    return ("一、总体绩效目标\n" + "a\n" * 3_000_000).encode()


def many_keys() -> bytes:
    return ("{" + "".join(f'"{at}":0,' for at in range(600_000)) + '"x":1,"x":2}').encode()


def many_projects(count: int = 1_200_000, more: str = "") -> bytes:
    projects = ",".join(f'{{"id":"p{at}"}}' for at in range(count))
    return f'{{"format":"goalform/1","document":{{"projects":[{projects}]}}{more}}}'.encode()


def many_lists() -> bytes:
    return ('{"format":"goalform/1","x":[' + "[]," * 5_000_000 + "0]}").encode()


def many_digits() -> bytes:
    return f'{{"format":"goalform/1","document":{{"year":{"9" * 4_000}}}}}'.encode()


def versions() -> bytes:
    """A package of 30 versions, each of as many projects as its few bytes can hold."""
    members = {"draft.json": b'{"format":"goalform/1"}'}
    members |= {f"versions/{at:03}.json": many_projects(300_000) for at in range(1, 31)}
    manifest = {
        "format": PACKAGE_FORMAT,
        "program": "",
        "made": "",
        "members": {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for name, data in members.items()
        },
        "versions": [{"member": name, "made": "", "name": "一"} for name in members if name != "draft.json"],
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"manifest.json": json.dumps(manifest).encode(), **members}.items():
            archive.writestr(name, data)
    return packed.getvalue()


KINDS: dict[str, tuple[Callable[[], bytes], ...]] = {
    ".docx": (
        *(long_list_text, many_placeholders, long_numbers, boxes_in_boxes, long_field_code, paragraphs_without_end),
        *(
            many_styles,
            many_types,
            spaces_before_a_table,
            many_paragraphs,
            many_cells_of_no_form,
            odd_levels,
            long_level,
            odd_symbols,
        ),
    ),
    ".xlsx": (
        *(one_text_in_a_row_of_cells, one_text_in_a_column_of_cells, a_merged_text_in_a_list, a_merged_text_in_a_form),
        *(
            a_tier_for_all_rows,
            a_tier_for_all_rows_of_a_form,
            a_tier_for_all_rows_beside_a_form,
            a_wide_form,
            a_format_of_many_places,
        ),
        *(a_format_of_many_brackets, a_format_of_many_words, many_cell_styles, many_cell_styles_elsewhere),
        *(many_names, many_merges, many_numbers, one_sheet_many_times),
    ),
    ".html": (cells_that_reach_down, many_tags, many_cells),
    ".txt": (many_bookmarks, many_lines, many_lines_of_cells),
    ".json": (many_keys, many_projects, many_lists, many_digits),
    ".jxmb": (versions,),
}
