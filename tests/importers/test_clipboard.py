"""Whole selections copied from Word, WPS, LibreOffice, Excel and browsers, as these programs put them on the clipboard."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape

import pytest

from exporters.build import build
from exporters.text_writer import write_text
from importers.clipboard import MAX_LENGTH, read_clipboard, read_plain
from importers.html import read_html
from importers.recognise import NothingFoundError, recognise
from importers.report import Kind
from importers.text_reader import read_text
from models.document.blocks import Paragraph, Table
from models.document.template import load_template
from models.document.tree import GoalDocument, Settings, without_ids
from models.errors import UserError
from tests.shared import TEXTS

TEMPLATE = load_template()

WORD_HEAD = """Version:1.0\r\nStartHTML:0000000105\r\nEndHTML:0000099999\r\nStartFragment:0000000500\r\n
<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><title>绩效文本</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-parent:""; font-size:16.0pt;} @list l0:level1 {mso-level-text:"（%1）";} --></style>
<!--[if gte mso 10]><style>table.MsoNormalTable {mso-style-name:普通表格;}</style><![endif]--></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
"""
WORD_FOOT = "<!--EndFragment--></body></html>"


def word_line(text: str) -> str:
    """A paragraph as Word writes it: Latin and Chinese in spans of their own, tags broken over lines, an empty o:p at its end."""
    parts = [
        f"<span lang=EN-US\nstyle='mso-ascii-font-family:仿宋_GB2312'>{escape(part)}</span>"
        if part.isascii()
        else f"<span\nstyle='font-family:仿宋_GB2312'>{escape(part)}</span>"
        for part in re.findall(r"[ -~]+|[^ -~]+", text)
    ]
    inside = "".join(parts).replace("    ", "<span style='mso-spacerun:yes'>&nbsp;&nbsp;&nbsp; </span>")
    return f"<p class=MsoNormal style='text-indent:32.0pt'>{inside}<span lang=EN-US><o:p></o:p></span></p>\n\n"


def wps_line(text: str) -> str:
    return f'<p class="MsoNormal" style="text-indent:32pt"><span style="font-size:16pt"><font face="仿宋">{escape(text)}</font></span></p>'


def libreoffice_line(text: str) -> str:
    return f'<p align="justify" style="line-height: 100%; orphans: 0">\n{escape(text)}</p>\n'


def browser_line(text: str) -> str:
    return f'<div style="box-sizing: border-box;">{escape(text)}<br></div>'


def drawn(document: GoalDocument, line: Callable[[str], str], settings: Settings | None = None) -> str:
    """The page of a document as HTML, each paragraph by `line`."""
    parts = []
    for block in build(document, TEMPLATE, settings):
        if isinstance(block, Paragraph):
            parts.append(line(block.text) if block.text else "<p class=MsoNormal><o:p>&nbsp;</o:p></p>")
        elif isinstance(block, Table):
            rows = "".join(
                "<tr style='height:20pt'>"
                + "".join(
                    f"<td width=83 colspan={cell.colspan} rowspan={cell.rowspan} valign=top>\n"
                    + "".join(line(each) for each in cell.text.split("\n"))
                    + "</td>\n"
                    for cell in row.cells
                )
                + "</tr>\n"
                for row in block.rows
            )
            parts.append(f"<table class=MsoNormalTable border=1 cellspacing=0>\n<tbody>{rows}</tbody></table>")
    return "".join(parts)


def fragment(*parts: str) -> str:
    return WORD_HEAD + "".join(parts) + WORD_FOOT


def twin(number: int) -> GoalDocument:
    """A text without blanks at the ends of lines, which HTML does not know."""
    lines = TEXTS[number].read_text(encoding="utf-8").split("\n")
    return recognise(read_text("\n".join(line.rstrip(" ") for line in lines)), TEMPLATE).document


def texts(html: str) -> list[str]:
    return [block.text for block in read_html(html).blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("line", [word_line, wps_line, libreoffice_line, browser_line])
@pytest.mark.parametrize("number", range(5))
def test_a_whole_text_copied_from_a_program_is_read(number: int, line: Callable[[str], str]) -> None:
    html = drawn(twin(number), line)
    found = read_clipboard(fragment(html) if line is word_line else html, None).draft.document
    assert without_ids(found) == without_ids(twin(number))


@pytest.mark.parametrize("line", [word_line, wps_line, libreoffice_line, browser_line])
def test_headings_of_units_are_known_in_what_was_copied(line: Callable[[str], str]) -> None:
    found = read_clipboard(drawn(twin(2), line, Settings(cover=False, contents=False, unit_headings=True)), None).draft
    assert without_ids(found.document) == without_ids(twin(2))
    assert found.settings.unit_headings


def test_numbers_that_word_drew_count_as_typed() -> None:
    item = (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US "
        "style='mso-list:Ignore'>（{}）<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"
        "</span><![endif]><span>{}。</span></p>"
    )
    html = fragment(word_line("三、工作保障措施"), item.format("一", "健全制度"), item.format("二", "强化监督"))
    found = read_clipboard(html, None).draft.document.safeguards
    assert [(each.number, each.heading) for each in found.items] == [(None, "健全制度。"), (None, "强化监督。")]
    assert found.numbering == "（{cn}）"


def test_numbers_of_an_html_list_count_as_typed_and_bullets_do_not() -> None:
    html = "<p>三、工作保障措施</p><ol start=1><li><p>健全制度。</p></li><li>强化监督。</li></ol><ul><li>补充</li></ul>"
    found = read_clipboard(html, None).draft.document.safeguards
    assert [each.heading for each in found.items] == ["健全制度。", "强化监督。"]
    assert found.items[1].text == "补充"


def test_what_word_hides_from_other_programs_is_no_text() -> None:
    html = fragment(
        "<p>甲<![if !vml]><img src=x><![endif]><span style='display:none;mso-hide:all'>藏</span>乙<del>删</del><ins>增</ins></p>",
        "<p>丙<a style='mso-special-character:comment'>[批1]</a></p><div style='mso-element:comment-list'><p>批注</p></div>",
    )
    assert texts(html) == ["甲乙增", "丙"]
    assert read_html(html).left_out == ("有 1 处图片没有读入。",)


def test_footnotes_are_kept_aside() -> None:
    html = "<p>一、总体绩效目标</p><p>目标<a style='mso-special-character:footnote'>[1]</a></p>"
    found = read_clipboard(html + "<div style='mso-element:footnote-list'><p>含续建</p></div>", None)
    assert (found.draft.document.overall_goal, found.draft.document.unplaced) == ("目标", ("含续建",))
    assert "含续建" in found.report.of(Kind.UNPLACED)[0].text


def test_lines_and_spaces_are_as_a_browser_shows_them() -> None:
    assert texts("<p>一行\n  接着<br>二行&nbsp;&nbsp;有空格 a\nb<p>三</p>四") == [
        "一行接着",
        "二行  有空格 a b",
        "三",
        "四",
    ]


def test_a_sign_that_opens_no_element_is_a_word() -> None:
    assert texts("<p>产出<5%，1<2</p><p>a &lt; b</p>") == ["产出<5%，1<2", "a < b"]


def test_a_form_inside_a_layout_table_is_read() -> None:
    html = f"<table><tr><td>{drawn(twin(1), browser_line)}</td></tr></table>"
    assert without_ids(read_clipboard(html, None).draft.document) == without_ids(twin(1))


def test_a_fragment_that_begins_inside_its_table_is_read() -> None:
    html = drawn(replace(twin(1), projects=twin(1).projects[:1]), browser_line)
    inside = html[html.index("<tr") : html.rindex("</table>")]
    assert len(read_clipboard(inside.split("</table>")[0], None).draft.document.projects) == 1


def test_the_text_form_of_this_program_is_read() -> None:
    text = write_text(build(twin(1), TEMPLATE))
    assert without_ids(read_clipboard(None, text).draft.document) == without_ids(twin(1))


def tabbed(document: GoalDocument) -> str:
    """Plain text as Word gives it: rows with tabs, covered places empty, no cell with two lines."""
    lines = []
    for block in build(document, TEMPLATE):
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            for row in block.placed():
                lines.append("\t".join("" if place.covered else place.cell.text for place in row))
    return "\r\n".join(lines)


@pytest.mark.parametrize("number", range(5))
def test_rows_with_tabs_are_tables(number: int) -> None:
    assert without_ids(read_clipboard("", tabbed(twin(number))).draft.document) == without_ids(twin(number))


def test_a_quoted_cell_goes_on_in_the_next_line() -> None:
    before, table = read_plain('标题\n甲\t"一\n二""三"""\t丙\n"不是引用\t丁')
    assert isinstance(before, Paragraph)
    assert isinstance(table, Table)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["甲", '一\n二"三"', "丙"],
        ['"不是引用', "丁"],
    ]


def test_text_is_taken_where_the_html_says_nothing() -> None:
    found = read_clipboard("<p><img src=x></p>", "一、总体绩效目标\n目标")
    assert found.draft.document.overall_goal == "目标"


@pytest.mark.parametrize(("html", "text"), [(None, None), ("", " \n"), (" ", None)])
def test_an_empty_clipboard_is_said(html: str | None, text: str | None) -> None:
    with pytest.raises(UserError, match="剪贴板里没有文字"):
        read_clipboard(html, text)


@pytest.mark.parametrize(
    "html",
    [
        "<p>今天天气不错</p>",
        "x" * (MAX_LENGTH + 1),
        "<table>" * 20_000,
        "<table><tr>" + "<td>" * 300_001,
        "<table><tr><td colspan=99999999999 rowspan=-3>甲<td>" * 2_000,
        "<!--" * 100_000,
        "<![" * 100_000,
        "<!" * 100_000,
        "<?" * 100_000,
        "</" * 20_000,
        "<a" * 20_000,
        "<a b='" * 20_000,
        "&#" * 20_000,
        "<script>" * 20_000,
        "<a b='>" * 20_000,
        "<div>" * 100_000,
        "<p style='display:none'>" * 1000,
        "</td></tr></table></span>" * 1000,
        "<p " + "a=1 " * 50_000,
        "&#xD800;&#0;&#99999999999;&bogus;",
    ],
)
def test_html_with_nothing_of_the_form_in_it_is_refused(html: str) -> None:
    with pytest.raises(UserError):
        read_clipboard(html, None)


@pytest.mark.parametrize(("html", "text"), [("<p>今天天气不错</p>", None), (None, "值班安排"), ("<p>甲</p>", "乙")])
def test_what_was_copied_and_is_no_text_of_ours_is_not_called_a_wrong_file(html: str | None, text: str | None) -> None:
    with pytest.raises(NothingFoundError, match="复制整个文本") as refused:
        read_clipboard(html, text)
    assert "文件" not in str(refused.value)
