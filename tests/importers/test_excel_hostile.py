"""Excel files that are damaged, protected or made to hurt: one sentence, and no time or memory lost."""

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from exporters.build import build
from exporters.word import write_word
from importers.excel import scan, workbook
from importers.excel.excel_reader import read_excel
from importers.import_files import read_file
from importers.zipped import Bounds
from models.document.template import load_template
from models.errors import CancelledError, UserError
from tests.benchmarks.large import large_draft
from tests.importers.workbooks import book, imported, patched, rows_of, with_shared_strings

HEADER = ["项目名称", "一级指标", "三级指标", "指标值"]
ROWS = [HEADER, ["甲", "产出指标", "次数", "3次"]]
READ = [("产出指标", "", "次数", "3次")]
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENTITIES = '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


def refusal(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        read_excel(data, "指标.xlsx")
    words = str(caught.value)
    assert "「指标.xlsx」" in words
    assert words.endswith("。")
    assert "请" in words
    return words


def changed(change: Callable[[str], str], part: str = SHEET) -> bytes:
    """A sound workbook with the XML of one part changed."""
    return patched(change, part, book({"Sheet1": ROWS}))


def harmless(data: bytes) -> None:
    """It is read, or refused in a sentence; anything else fails the test."""
    with suppress(UserError):
        read_excel(data, "指标.xlsx")


def with_rows(xml: str) -> bytes:
    return changed(lambda sheet: sheet.replace("</sheetData>", f"{xml}</sheetData>"))


def with_merges(*areas: str, rows: str = "") -> bytes:
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return changed(lambda sheet: sheet.replace("</sheetData>", f"{rows}</sheetData><mergeCells>{merges}</mergeCells>"))


def test_a_word_file_with_the_wrong_suffix_is_called_by_its_name() -> None:
    template = load_template()
    assert ".docx" in refusal(write_word(build(large_draft(1).document, template), template))


def test_a_protected_or_old_workbook_is_said_to_be_one() -> None:
    assert "密码" in refusal(OLE)


@pytest.mark.parametrize("suffix", [".xls", ".et"])
def test_old_formats_are_to_be_saved_as_xlsx(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"指标{suffix}"
    path.write_bytes(OLE)
    with pytest.raises(UserError, match=r"另存为 \.xlsx"):
        read_file(path)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_refused(share: float) -> None:
    data = book({"Sheet1": ROWS})
    assert "不是完整的 Excel 文件" in refusal(data[: int(len(data) * share)])


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", SHEET, "xl/sharedStrings.xml", "[Content_Types].xml"]
)
@pytest.mark.parametrize("damage", ["", "<a", "<a/>", "不是 XML", ENTITIES])
def test_a_damaged_part_is_a_sentence_or_no_harm(part: str, damage: str) -> None:
    harmless(changed(lambda _xml: damage, part))


@pytest.mark.parametrize("place", range(0, 100, 5))
def test_a_flipped_byte_is_a_sentence_or_no_harm(place: int) -> None:
    data = bytearray(book({"Sheet1": ROWS}))
    data[len(data) * place // 100] ^= 0x55
    harmless(bytes(data))


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (SHEET, "A1:D2"),
        ("xl/sharedStrings.xml", "KEY"),
        ("xl/workbook.xml", "Sheet1"),
        ("xl/styles.xml", "Calibri"),
    ],
)
def test_entities_are_refused(part: str, words: str) -> None:
    data = with_shared_strings(book({"Sheet1": [HEADER, ["甲", "产出指标", "KEY", "3次"]]}))
    start = re.compile(r"^(<\?xml[^>]*>)?\s*")
    hostile = patched(lambda xml: start.sub(lambda found: found[0] + ENTITIES, xml).replace(words, "&b;"), part, data)
    assert "文档类型" in refusal(hostile)


def test_a_huge_claimed_size_with_few_cells_costs_nothing(tmp_path: Path) -> None:
    claimed = '<dimension ref="A1:XFD1048576"/>'
    data = changed(lambda xml: xml.replace('<dimension ref="A1:D2"/>', claimed).replace("A1:D2", "A1:XFD1048576"))
    assert claimed in zipfile.ZipFile(io.BytesIO(data)).read(SHEET).decode()
    tracemalloc.start()
    found = imported(tmp_path, data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows_of(found) == READ
    assert peak < 16_000_000


def test_a_cell_in_the_last_corner_is_read_and_kept(tmp_path: Path) -> None:
    data = with_rows('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>角落</t></is></c></row>')
    assert "角落" in imported(tmp_path, data).draft.document.unplaced[0]


def test_cells_spread_too_thin_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_PLACES", 100_000)
    rows = "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(10, 30))
    assert "太散" in refusal(with_rows(rows))


@pytest.mark.parametrize("number", ["99999999999", "1048577", "9" * 5000])
def test_row_numbers_beyond_excels_own_are_refused(number: str) -> None:
    assert "行号" in refusal(with_rows(f'<row r="{number}"><c r="A1"><v>1</v></c></row>'))


def test_a_row_of_more_cells_than_excel_has_is_refused() -> None:
    assert "一行" in refusal(with_rows(f'<row r="9">{"<c><v>1</v></c>" * 16_385}</row>'))


def test_more_elements_than_any_workbook_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MAX_ELEMENTS", 20_000)
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(10, 15_000))
    assert "多得不正常" in refusal(with_rows(rows))


@pytest.mark.parametrize(("limit", "value"), [("MAX_ROWS", 50), ("MAX_CHARACTERS", 500)])
def test_more_words_than_any_text_has_are_refused(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, limit, value)
    data = with_shared_strings(book({"Sheet1": [HEADER, *([["甲", "产出指标", "次数", "3次"]] * 100)]}))
    assert "多得不正常" in refusal(data)


def test_numbers_no_machine_can_hold_are_a_sentence_or_no_harm() -> None:
    assert "已损坏" in refusal(with_rows(f'<row r="9"><c r="A9"><v>{"9" * 5000}</v></c></row>'))
    read_excel(with_rows('<row r="9"><c r="A9"><v>1e999</v></c></row>'), "指标.xlsx")


def test_a_merged_cell_over_the_whole_sheet_costs_nothing(tmp_path: Path) -> None:
    assert rows_of(imported(tmp_path, with_merges("F1:XFD1048576", "A9:XFD1048576", "C9:D9"))) == READ


def test_merged_cells_that_overlap_or_stand_upside_down_do_no_harm(tmp_path: Path) -> None:
    assert imported(tmp_path, with_merges("A2:B2", "B2:C2")).draft.document.projects[0].name == "甲"
    for area in ("D9:A1", "XFE1:XFF2", "A0:B1", "nonsense", ""):
        harmless(with_merges(area))


def test_too_many_places_under_merged_cells_are_refused() -> None:
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "合并单元格" in refusal(with_merges("F1:XFD1048575", rows=corner))


def test_a_part_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    large = changed(lambda xml: xml + " " * 2_000_000)
    monkeypatch.setattr(workbook, "BOUNDS", Bounds(unpacked=1_000_000))
    assert "大得不正常" in refusal(large)
    monkeypatch.setattr(workbook, "BOUNDS", Bounds(unpacked=10_000_000, small=1_000_000))
    assert "大得不正常" in refusal(large)


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = (
        f'<Relationship Id="rId99" TargetMode="External" Target="file:///other.xlsx" Type="{kind}/externalLink"/>'
    )
    reference = f'<externalReferences><externalReference r:id="rId99" xmlns:r="{kind}"/></externalReferences>'
    data = changed(
        lambda xml: xml.replace("</Relationships>", f"{relation}</Relationships>"), "xl/_rels/workbook.xml.rels"
    )
    data = patched(lambda xml: xml.replace("</sheets>", f"</sheets>{reference}"), "xl/workbook.xml", data)
    assert rows_of(imported(tmp_path, data)) == READ


def test_words_in_a_part_of_their_own_are_read(tmp_path: Path) -> None:
    assert rows_of(imported(tmp_path, with_shared_strings(book({"Sheet1": ROWS})))) == READ


def test_control_characters_do_not_get_in(tmp_path: Path) -> None:
    data = book({"Sheet1": [HEADER, ["甲", "产出指标", "KEY", "3次"]]})
    data = with_shared_strings(data, lambda xml: xml.replace("KEY", "次\u202e数_x000D_\n甲"))
    assert rows_of(imported(tmp_path, data))[0][2] == "次数\n甲"


@pytest.mark.parametrize("answers", range(4))
def test_a_long_reading_can_be_stopped(answers: int) -> None:
    data = book({"Sheet1": [HEADER, *([["甲", "产出指标", "次数", "3次"]] * 20_000)]})
    asked = iter([True] * answers + [False] * 100)
    with pytest.raises(CancelledError):
        read_excel(data, "a.xlsx", lambda: next(asked))


@pytest.mark.parametrize("rows", [[], [["今天天气不错"], ["甲", "乙"]]])
def test_a_workbook_with_nothing_of_the_form_is_refused(rows: list[list[str]], tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有找到绩效文本"):
        imported(tmp_path, book({"Sheet1": rows}))
