"""The Word file: sound in structure, true to the letter, the same on every run."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.build import build
from exporters.made import Properties
from exporters.word import STYLES, write_word
from importers.recognise import recognise
from importers.text_reader import read_text
from models.document.blocks import Block, Contents, PageBreak, Paragraph, Role, Row, Span, SpanRole, Table, paragraph
from models.document.tree import GoalDocument, Settings
from tests.exporters.samples import TEMPLATE, cell, document, merged_table, title
from tests.shared import SEEDS, SHARED, needs_shared
from tests.strategies import documents

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(data: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}


def body(data: bytes) -> ElementTree.Element:
    found = parts(data)["word/document.xml"].find(f"{W}body")
    assert found is not None
    return found


def drawn(*blocks: Block) -> ElementTree.Element:
    return body(write_word(blocks, TEMPLATE))


def words(node: ElementTree.Element) -> str:
    """The text as Word shows it."""
    return "".join(
        (part.text or "") if part.tag == f"{W}t" else "\t" if part.tag == f"{W}tab" and not part.attrib else ""
        for part in node.iter()
    )


def value(node: ElementTree.Element | None, name: str = "val") -> str | None:
    return None if node is None else node.get(f"{W}{name}")


def styles() -> dict[str, ElementTree.Element]:
    root = parts(write_word((), TEMPLATE))["word/styles.xml"]
    return {style.get(f"{W}styleId") or "": style for style in root.iter(f"{W}style")}


def full() -> bytes:
    return write_word(build(document(), TEMPLATE, Settings()), TEMPLATE)


def test_every_part_is_well_formed_and_declared() -> None:
    found = parts(full())
    types = found["[Content_Types].xml"]
    declared = {part.get("PartName") for part in types if part.get("PartName")}
    assert declared == {f"/{name}" for name in found if not name.endswith(".rels") and name != "[Content_Types].xml"}


def test_another_word_library_opens_it() -> None:
    opened = docx.Document(io.BytesIO(full()))
    assert len(opened.tables) == 4
    assert opened.tables[0].cell(0, 0).text == "900001青松县农技推广站"
    assert [p.style.name for p in opened.paragraphs if p.text == "一、总体绩效目标"] == ["Heading 2"]


def test_the_same_text_gives_the_same_bytes() -> None:
    """Also in another process, where sets and hashes come in another order."""
    command = "import sys; from tests.exporters.test_word import full; sys.stdout.buffer.write(full())"
    assert subprocess.check_output([sys.executable, "-c", command], cwd=Path(__file__).parents[2]) == full() == full()


def test_the_file_says_whose_it_is() -> None:
    data = write_word((), TEMPLATE, properties=Properties('2025年 "文本" & <表>', "青松县农技推广站", "绩效"))
    core = docx.Document(io.BytesIO(data)).core_properties
    assert (core.title, core.author, core.subject) == ('2025年 "文本" & <表>', "青松县农技推广站", "绩效")


def test_the_page_is_a4_with_the_margins_of_the_standard_and_no_grid() -> None:
    section = body(full()).findall(f".//{W}sectPr")[-1]
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert (value(size, "w"), value(size, "h")) == ("11906", "16838")
    assert [value(margins, side) for side in ("top", "bottom", "left", "right")] == ["2098", "1984", "1587", "1474"]
    assert section.find(f"{W}docGrid") is None


def test_fonts_stand_in_styles_and_never_in_the_words() -> None:
    assert not [run for run in body(full()).iter(f"{W}rFonts") if set(run.attrib) != {f"{W}hint"}]
    for style in ("Normal", "Heading1", "Heading2", "Heading3", "ProjectTitle", "Title", "PartName", "RunInHeading"):
        fonts = styles()[style].find(f"{W}rPr/{W}rFonts")
        assert value(fonts, "ascii") == value(fonts, "hAnsi") == "Times New Roman"
        assert value(fonts, "eastAsia")


@pytest.mark.parametrize(
    ("scheme", "font"), [("gb", "仿宋_GB2312"), ("windows", "仿宋"), ("noto", "Noto Serif CJK SC")]
)
def test_the_font_scheme_decides_the_font_of_the_body(scheme: str, font: str) -> None:
    root = parts(write_word((), TEMPLATE, font_scheme=scheme))["word/styles.xml"]
    assert value(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts"), "eastAsia") == font
    assert value(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"), "eastAsia") == "zh-CN"


def test_body_lines_are_28_points_with_two_characters_of_indent() -> None:
    look = styles()["Normal"].find(f"{W}pPr")
    assert look is not None
    spacing, indent = look.find(f"{W}spacing"), look.find(f"{W}ind")
    assert (value(spacing, "line"), value(spacing, "lineRule")) == ("560", "exact")
    assert (value(indent, "firstLineChars"), value(indent, "firstLine")) == ("200", "640")


def test_every_role_has_a_style_of_the_base_document() -> None:
    assert set(STYLES) == set(Role)
    assert set(STYLES.values()) <= set(styles())


def test_only_what_the_contents_list_has_an_outline_level() -> None:
    levels = {name: value(style.find(f"{W}pPr/{W}outlineLvl")) for name, style in styles().items()}
    assert {name: level for name, level in levels.items() if level} == {
        "Heading1": "0",
        "Heading2": "1",
        "ProjectTitle": "1",
        "UnitHeading": "1",
        "Heading3": "2",
    }


def test_the_settings_keep_lines_where_the_paginator_puts_them() -> None:
    found = parts(full())
    settings = found["word/settings.xml"]
    assert value(settings.find(f"{W}characterSpacingControl")) == "doNotCompress"
    assert settings.find(f"{W}evenAndOddHeaders") is not None
    assert settings.find(f"{W}updateFields") is None
    modes = {value(node, "name"): value(node) for node in settings.iter(f"{W}compatSetting")}
    assert modes["compatibilityMode"] == "15"
    for name in ("overflowPunct", "autoSpaceDE", "autoSpaceDN"):
        assert {value(node) for node in found["word/styles.xml"].iter(f"{W}{name}")} == {"0"}


def test_page_numbers_stand_at_the_outer_edge() -> None:
    found = parts(full())
    assert [value(found[f"word/footer{n}.xml"].find(f".//{W}jc")) for n in (1, 2)] == ["right", "left"]
    assert words(found["word/footer1.xml"]) == "— 1 —"


def test_cover_and_contents_carry_no_number_and_page_one_is_the_first_of_the_body() -> None:
    front, main = body(full()).findall(f".//{W}sectPr")
    assert front.find(f"{W}footerReference") is None
    assert [value(node, "type") for node in main.findall(f"{W}footerReference")] == ["default", "even"]
    assert value(main.find(f"{W}pgNumType"), "start") == "1"


@pytest.mark.parametrize(
    ("cover", "contents", "kind"), [(True, True, ""), (True, False, "oddPage"), (False, True, "oddPage")]
)
def test_an_empty_page_comes_before_page_one_where_it_would_be_a_left_hand_one(
    cover: bool, contents: bool, kind: str
) -> None:
    blocks = build(document(), TEMPLATE, Settings(cover=cover, contents=contents))
    front, main = body(write_word(blocks, TEMPLATE)).findall(f".//{W}sectPr")
    assert (value(main.find(f"{W}type")) or "") == kind
    assert front.find(f"{W}type") is None


def test_without_cover_and_contents_there_is_one_section() -> None:
    assert len(body(write_word(build(document(), TEMPLATE), TEMPLATE)).findall(f".//{W}sectPr")) == 1


def test_the_contents_link_to_the_sections_and_projects() -> None:
    root = body(full())
    links = root.findall(f".//{W}hyperlink")
    names = [value(node, "name") for node in root.iter(f"{W}bookmarkStart")]
    assert [value(link, "anchor") for link in links] == names
    assert [words(link).strip() for link in links][-1] == "2.农技推广项目2绩效目标表"
    marks = [value(node, "fldCharType") for node in root.iter(f"{W}fldChar")]
    assert marks.count("begin") == marks.count("separate") == marks.count("end") == len(links) + 1


def test_the_contents_show_page_numbers_only_when_they_are_known() -> None:
    blocks = build(document(), TEMPLATE, Settings())
    numbers = {"_Toc_2_2_0000000001": 1, "_Toc_4_4_0000000005": 12}
    data = write_word(blocks, TEMPLATE, page_numbers=numbers)
    shown = [words(link).rpartition("\t")[2] for link in body(data).iter(f"{W}hyperlink")]
    assert shown == ["", "1", "", "", "", "", "", "12"]
    assert not any(words(link).rpartition("\t")[2] for link in body(full()).iter(f"{W}hyperlink"))


def test_bookmarks_have_names_and_ids_of_their_own() -> None:
    root = drawn(title("甲", "a"), title("乙", "a"), title("丙", "b"))
    starts = list(root.iter(f"{W}bookmarkStart"))
    assert [(value(node, "name"), value(node, "id")) for node in starts] == [("a", "1"), ("b", "2")]
    assert [value(node, "id") for node in root.iter(f"{W}bookmarkEnd")] == ["1", "2"]


def grid(table: ElementTree.Element) -> Iterator[list[tuple[int, int, str, str]]]:
    """Each row's cells: column, span, how merged, words."""
    for row in table.iter(f"{W}tr"):
        column, cells = 0, []
        for node in row.findall(f"{W}tc"):
            look = node.find(f"{W}tcPr")
            assert look is not None
            span, merge = int(value(look.find(f"{W}gridSpan")) or 1), look.find(f"{W}vMerge")
            cells.append((column, span, "" if merge is None else value(merge) or "continue", words(node)))
            column += span
        yield cells


def test_a_merged_cell_is_merged_over_its_rows_and_columns() -> None:
    rows = list(grid(drawn(merged_table())))
    assert rows[1] == [(0, 1, "restart", "甲"), (1, 2, "", "乙")]
    assert rows[2] == [(0, 1, "continue", ""), (1, 1, "", "丙丁"), (2, 1, "", "")]


@given(documents(wild=True))
def test_every_row_fills_the_grid_and_no_row_breaks_across_pages(given_document: GoalDocument) -> None:
    root = body(write_word(build(given_document, TEMPLATE, Settings()), TEMPLATE))
    for table in root.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        open_merges: dict[int, int] = {}
        for row in grid(table):
            assert sum(span for _, span, _, _ in row) == columns
            merges = {column: span for column, span, merge, _ in row if merge}
            for column, span, merge, text in row:
                assert merge != "continue" or (open_merges.get(column) == span and not text)
            open_merges = merges
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(f"{W}tr"))
        assert all(node[-1].tag == f"{W}p" for node in table.iter(f"{W}tc"))


def test_the_head_of_the_indicator_table_is_repeated_on_every_page_and_never_stands_alone() -> None:
    tables = body(full()).findall(f"{W}tbl")
    heads = [[row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.iter(f"{W}tr")] for table in tables]
    assert [sum(head) for head in heads] == [0, 1, 0, 1]
    assert heads[1][0]
    first = next(tables[1].iter(f"{W}tr"))
    assert all(node.find(f"{W}pPr/{W}keepNext") is not None for node in first.iter(f"{W}p"))


def test_a_table_has_fixed_columns_of_the_form_and_borders() -> None:
    table = body(full()).find(f"{W}tbl")
    assert table is not None
    assert value(table.find(f"{W}tblPr/{W}tblLayout"), "type") == "fixed"
    assert tuple(int(value(node, "w") or 0) for node in table.iter(f"{W}gridCol")) == TEMPLATE.columns
    assert table.find(f"{W}tblPr/{W}tblBorders") is None  # so that one change of the style changes all tables
    edges = styles()["GoalTable"].findall(f"{W}tblPr/{W}tblBorders/*")
    assert [(edge.tag.removeprefix(W), value(edge, "sz")) for edge in edges] == [
        (name, "4") for name in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]


def test_a_table_says_its_look_and_what_it_holds_to_who_cannot_see_it() -> None:
    first, second = (table.find(f"{W}tblPr") for table in body(full()).findall(f"{W}tbl")[:2])
    assert first is not None
    assert second is not None
    assert value(first.find(f"{W}tblLook"), "firstRow") == "1"
    assert value(first.find(f"{W}tblCaption")) == value(second.find(f"{W}tblCaption")) == "1.农技推广项目1绩效目标表"
    assert str(value(first.find(f"{W}tblDescription"))).startswith("项目编码、项目名称、预算规模及资金用途")
    assert (
        value(second.find(f"{W}tblDescription")) == "一级指标、二级指标、三级指标、绩效指标描述、指标值、指标值确定依据"
    )


def test_the_file_is_dated_when_it_is_made() -> None:
    made = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=8)))
    core = docx.Document(io.BytesIO(write_word((), TEMPLATE, properties=Properties(made=made)))).core_properties
    assert core.created == core.modified == datetime(2026, 1, 1, 19, 4, 5, tzinfo=UTC)


def test_a_run_in_heading_has_its_own_look_and_the_text_after_it_the_look_of_the_body() -> None:
    spans = (Span("（一）", role=SpanRole.RUN_IN), Span("加强领导。", role=SpanRole.RUN_IN), Span("成立专班。"))
    (line,) = drawn(Paragraph(spans)).findall(f"{W}p")
    runs = [(value(run.find(f"{W}rPr/{W}rStyle")), words(run)) for run in line.iter(f"{W}r")]
    assert runs == [("RunInHeading", "（一）加强领导。"), (None, "成立专班。")]


def breaks(root: ElementTree.Element) -> list[str]:
    return [words(node) for node in root.findall(f"{W}p") if node.find(f"{W}pPr/{W}pageBreakBefore") is not None]


def test_a_page_break_is_a_property_of_what_follows() -> None:
    assert breaks(drawn(paragraph("甲"), PageBreak(), paragraph("乙"))) == ["乙"]
    assert breaks(drawn(PageBreak(), merged_table())) == [""]


def test_blank_lines_at_the_end_of_a_page_cannot_make_a_page_of_their_own() -> None:
    blank = paragraph("", Role.BLANK)
    root = drawn(merged_table(), blank, blank, PageBreak(), paragraph("乙"), blank)
    assert [node.tag.removeprefix(W) for node in root] == ["tbl", "p", "sectPr"]


def test_two_tables_that_touch_stay_two_and_one_at_the_end_is_followed_by_a_paragraph() -> None:
    root = drawn(merged_table(), merged_table())
    assert [node.tag.removeprefix(W) for node in root] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_a_document_of_nothing_but_a_cover_has_no_second_page() -> None:
    assert (
        len(drawn(paragraph("青松县", Role.COVER), PageBreak(), Contents("目录"), PageBreak()).findall(f".//{W}sectPr"))
        == 1
    )


def test_spaces_and_tabs_stay_where_they_were_typed() -> None:
    (line,) = drawn(paragraph("  甲  乙\t丙 ")).findall(f"{W}p")
    assert words(line) == "  甲  乙\t丙 "


def test_chinese_quotes_are_drawn_in_the_chinese_font() -> None:
    (line,) = drawn(paragraph("“甲”≥3")).findall(f"{W}p")
    assert value(line.find(f"{W}r/{W}rPr/{W}rFonts"), "hint") == "eastAsia"


ODD = st.text(st.one_of(st.sampled_from("<>&\"' \t=𠮷😀中文é\u3000\u200e"), st.characters(codec="utf-8")), max_size=40)
HELD = str.maketrans("", "", "".join(map(chr, {*range(0x20)} - {0x09})) + "\ufffe\uffff")


@given(ODD)
def test_words_come_out_to_the_letter_but_for_what_no_file_can_hold(text: str) -> None:
    text = text.replace("\n", "").replace("\r", "")
    root = drawn(paragraph(text), Table((Row((cell(text),)),)))
    held = text.translate(HELD)
    assert words(root.findall(f"{W}p")[0]) == held
    assert list(grid(root)) == [[(0, 1, "", held)]]


@pytest.mark.parametrize("text", ["\x00甲\x0b", "\ud800甲", "\ufffe甲\uffff"])
def test_characters_no_xml_can_hold_are_left_out(text: str) -> None:
    assert words(drawn(paragraph(text))) == "甲"


def test_three_hundred_letters_without_a_space_do_no_harm() -> None:
    assert words(drawn(Table((Row((cell("x" * 300),)),)))) == "x" * 300


@needs_shared
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem[:3])
def test_a_real_text_comes_out_in_the_same_words_and_structure(seed: Path, tmp_path: Path) -> None:
    found = recognise(read_text(seed.read_text(encoding="utf-8")), TEMPLATE)
    export = tmp_path / "export.docx"
    export.write_bytes(write_word(build(found.document, TEMPLATE, Settings()), TEMPLATE))
    judge = [sys.executable, str(SHARED / "tools" / "same_text.py"), str(seed), str(export)]
    done = subprocess.run(judge, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
