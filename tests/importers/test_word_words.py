"""Headings, numbers, marks of editing and other things inside the paragraphs of Word files: read as the page shows them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from importers.import_files import read_file
from importers.report import Kind
from importers.word.word_package import CHUNK
from models.document.tree import Project, without_ids
from tests.importers.variants import (
    FORM,
    INDICATORS,
    Read,
    assert_reads,
    body,
    place_of,
    rows_of,
    told,
    twin,
    with_first,
)
from tests.importers.word_files import cell, document_xml, line, listed, numbering, row, run, table, word_parts, zipped

# Encodings


@pytest.mark.parametrize("mark", ["\ufeff", ""], ids=["marked", "unmarked"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["UTF-8", "UTF-16"])
def test_a_body_of_two_bytes_a_character_reads_like_one_in_utf8(
    declared: str, encoding: str, mark: str, tmp_path: Path
) -> None:
    xml = document_xml("".join(body()) + line("𠮷祥" * CHUNK))  # longer than one piece, a character over its edge
    (tmp_path / "甲.docx").write_bytes(zipped(word_parts(xml)))
    wide = (mark + xml.replace("UTF-8", declared, 1)).encode(encoding)
    (tmp_path / "乙.docx").write_bytes(zipped({**word_parts(""), "word/document.xml": wide}))
    one, other = (read_file(tmp_path / name).draft.document for name in ("甲.docx", "乙.docx"))
    assert "𠮷祥" in str(other)
    assert without_ids(other) == without_ids(one)


# Headings


@pytest.mark.parametrize(
    "written",
    ["分项绩效目标", "（二）分项绩效目标", "二.分项绩效目标：", "2、分项绩效目标", "\u3000二、 分项 绩效目标"],
)
def test_a_section_line_is_known_with_any_number_or_none(read: Read, written: str) -> None:
    parts = [line(written) if part == line("二、分项绩效目标") else part for part in body()]
    expected = replace(twin(1), headings=replace(twin(1).headings, sub_goals=written.strip()))
    assert_reads(read(*parts), expected)


@pytest.mark.parametrize(
    ("missing", "heading"),
    [("第一部分", "part_one"), ("部门整体绩效目标", "part_one_name"), ("预算项目绩效目标", "part_two_name")],
)
def test_a_missing_part_line_is_absent(read: Read, missing: str, heading: str) -> None:
    parts = [part for part in body() if part != line(missing)]
    assert_reads(read(*parts), replace(twin(1), headings=replace(twin(1).headings, **{heading: None})))


def test_without_titles_projects_are_known_by_their_tables(read: Read) -> None:
    assert_reads(read(*(part for part in body() if "绩效目标表" not in part)), twin(1))


def test_soft_returns_end_lines_like_paragraphs(read: Read) -> None:
    parts = body()
    start, end = place_of("一、总体", parts), place_of("第二部分", parts)
    words = [re.sub("<[^>]*>", "", part) for part in parts[start:end]]
    assert_reads(read(*parts[:start], line("\n".join(words)), *parts[end:]), twin(1))


# Automatic numbers


def numbered(parts: list[str]) -> list[str]:
    """Items whose number Word draws: （一） … anew in the second section."""
    drawn, number = [], 0
    for part in parts:
        number += part in (line("二、分项绩效目标"), line("三、工作保障措施"))
        found = re.search(r"（[一二三四五六七八九十]+）", part) if number and "<w:tbl>" not in part else None
        drawn.append(
            part.replace(found[0], "", 1).replace("<w:p>", f"<w:p><w:pPr>{listed(0, number)}</w:pPr>")
            if found
            else part
        )
    return drawn


def test_numbers_that_word_draws_count_as_typed(read: Read) -> None:
    parts = numbered(body())
    assert "（一）" not in "".join(part for part in parts if "<w:tbl>" not in part)
    assert_reads(read(*parts, numbering=numbering("chineseCounting （%1）")), twin(1))


def test_numbers_of_a_style_count_as_typed(read: Read) -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:style w:type="paragraph" w:styleId="a"><w:name w:val="条"/><w:pPr>{listed()}</w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="条二"/><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    parts = [part.replace(listed(0, 1), '<w:pStyle w:val="b"/>') for part in numbered(body())]
    assert_reads(read(*parts, numbering=numbering("chineseCounting （%1）"), styles=styles), twin(1))


@pytest.mark.parametrize(("switch", "drawn"), [("", "二.1"), ("<w:isLgl/>", "2.1"), ('<w:isLgl w:val="0"/>', "二.1")])
def test_a_level_may_draw_the_numbers_above_it_as_arabic_ones(read: Read, switch: str, drawn: str) -> None:
    levels = numbering("chineseCounting %1、", "decimal %1.%2").replace(
        '<w:lvlText w:val="%1.%2"/>', f'{switch}<w:lvlText w:val="%1.%2"/>'
    )
    above, below = f"<w:pPr>{listed(0)}</w:pPr>", f"<w:pPr>{listed(1)}</w:pPr>"
    lines = [line("巡河").replace("<w:p>", f"<w:p>{look}") for look in (above, above, below)]
    found = read(line("一、总体绩效目标"), *lines, numbering=levels)
    assert f"{drawn}巡河" in found.draft.document.overall_goal


def test_goals_numbered_by_word_in_their_cell_are_goals(read: Read) -> None:
    parts = body()
    place = place_of(FORM, parts)
    goals = line("完成建设", listed()) + line("完成验收", listed())
    parts[place] = parts[place].replace(line("1.完成蔬菜产地冷库配套设施建设"), goals)
    expected = with_first(twin(1), goals=("完成建设", "完成验收"))
    assert_reads(read(*parts, numbering=numbering("decimal %1.")), expected)


def test_an_empty_numbered_line_counts_and_a_deleted_one_does_not(read: Read) -> None:
    items = [
        line("甲。", listed()),
        line("", listed()),
        line("", listed() + "<w:rPr><w:del/></w:rPr>", content="<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"),
        line("丙。", listed()),
    ]
    found = read(line("三、工作保障措施"), *items, numbering=numbering("chineseCounting （%1）")).draft.document
    assert [(each.number, each.heading) for each in found.safeguards.items] == [(None, "甲。"), ("（三）", "丙。")]


# Marks of editing and other things inside paragraphs


def changed(old: str, content: str, parts: Sequence[str] | None = None) -> list[str]:
    """The body with another content in the one paragraph of these words."""
    before = line(old)
    parts = body() if parts is None else parts
    assert any(before in part for part in parts)
    return [part.replace(before, line(content=content)) for part in parts]


def test_tracked_changes_read_as_accepted(read: Read) -> None:
    content = (
        run("（一）")
        + f"<w:del><w:r><w:delText>旧业</w:delText></w:r></w:del><w:ins>{run('产业')}</w:ins>"
        + f"<w:moveFrom>{run('搬走')}</w:moveFrom><w:moveTo>{run('培育')}</w:moveTo>"
    )
    assert_reads(read(*changed("（一）产业培育", content)), twin(1))


@pytest.mark.parametrize("mark", ["del", "moveFrom"])
def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(read: Read, mark: str) -> None:
    look = f'<w:rPr><w:{mark} w:id="1"/></w:rPr>'
    parts = body()
    place = place_of("（一）产业培育", parts)
    parts[place] = line("（一）产", look) + line("", look) + line("业培育")
    assert_reads(read(*parts), twin(1))


def test_a_deleted_row_is_gone_and_an_inserted_one_is_there(read: Read) -> None:
    parts = body()
    place = place_of(INDICATORS, parts)
    header, *rows = rows_of(parts[place])
    gone = row(*[cell("删")] * 4, cell("删"), cell("删"), look='<w:del w:id="1"/>')
    parts[place] = table(header, gone, *(each.replace("<w:tr>", "<w:tr><w:trPr><w:ins/></w:trPr>") for each in rows))
    assert_reads(read(*parts), twin(1))


def test_comments_leave_the_words_whole(read: Read) -> None:
    mark = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    found = read(*changed("（一）产业培育", run("（一）") + mark.format(run("产业培育"))))
    assert_reads(found, twin(1))
    assert not told(found, Kind.HINT)


def test_the_words_of_a_footnote_are_kept_aside(read: Read) -> None:
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1">'
        f'{line("含续建项目")}</w:footnote><w:footnote w:id="2">{line("没有引用")}</w:footnote></w:footnotes>'
    )
    content = run("（一）产业培育") + '<w:r><w:footnoteReference w:id="1"/></w:r>'
    assert_reads(read(*changed("（一）产业培育", content), footnotes=notes), twin(1), "含续建项目")


@pytest.mark.parametrize(
    "content",
    [
        f'<w:hyperlink r:id="r9">{run("（一）产业")}</w:hyperlink>{run("培育")}',
        f'<w:fldSimple w:instr=" DOCPROPERTY x ">{run("（一）")}</w:fldSimple>{run("产业培育")}',
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('（一）产业')}</w:sdtContent></w:sdt>{run('培育')}",
        f"<w:smartTag>{run('（一）')}<w:customXml>{run('产业')}</w:customXml></w:smartTag>{run('培育')}",
        run("（一）产业") + run("内部底稿", "<w:vanish/>") + run("培育", '<w:vanish w:val="0"/>'),
        run("（一）") + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> QUOTE "x" </w:instrText>'
        f'<w:fldChar w:fldCharType="separate"/></w:r>{run("产业")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + run("培育"),
        run("（一）产业") + "<w:r><w:lastRenderedPageBreak/><w:softHyphen/></w:r>" + run("培育"),
        f"{run('（一）')}<m:oMath><m:r><m:t>产业</m:t></m:r></m:oMath>{run('培育')}",
        f"{run('（一）')}<w:r><w:ruby><w:rt>{run('chan')}</w:rt><w:rubyBase>{run('产')}</w:rubyBase></w:ruby></w:r>"
        + run("业培育"),
        '<w:proofErr w:type="gramStart"/>' + "".join(run(letter) for letter in "（一）产业培育"),
    ],
)
def test_words_are_read_through_whatever_holds_them(read: Read, content: str) -> None:
    assert_reads(read(*changed("（一）产业培育", content)), twin(1))


def test_a_contents_field_over_several_paragraphs_is_no_text(read: Read) -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-2" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    page = (
        '<w:r><w:tab/><w:fldChar w:fldCharType="begin"/><w:instrText> PAGEREF _Toc1 </w:instrText>'
        f'<w:fldChar w:fldCharType="separate"/></w:r>{run("3")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    contents = [
        line("目录"),
        line(content=begin + run("一、总体绩效目标") + page),
        line(content=run("二、分项绩效目标") + page),
        line(content=run("1.甲绩效目标表") + page + end),
    ]
    assert_reads(read(*contents, *body()), twin(1))


def test_a_typed_contents_list_is_no_text(read: Read) -> None:
    typed = [line("目  录"), line("一、总体绩效目标\t1"), line("二、分项绩效目标……………2"), line("1.甲绩效目标表....12")]
    assert_reads(read(*typed, *body()), twin(1))


def test_a_field_that_never_ends_swallows_nothing(read: Read) -> None:
    broken = (
        run("（一）") + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>' + run("产业培育")
    )
    parts = changed("（一）产业培育", broken)
    found = read(*parts).draft.document
    assert found.projects == twin(1).projects
    assert found.sub_goals.items[1:] == twin(1).sub_goals.items[1:]


def controlled(inside: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def test_content_controls_around_anything_are_transparent(read: Read) -> None:
    parts = [controlled(part) for part in body()]
    assert_reads(read(*parts), twin(1))
    rows = [re.sub(r"<w:tr>.*?</w:tr>", lambda each: controlled(each[0]), part) for part in body()]
    assert_reads(read(*rows), twin(1))
    cells = [re.sub(r"<w:tc>.*?</w:tc>", lambda each: controlled(each[0]), part) for part in body()]
    assert_reads(read(*cells), twin(1))
    inside = [re.sub(r"(?<=</w:tcPr>).*?(?=</w:tc>)", lambda each: controlled(each[0]), part) for part in body()]
    assert_reads(read(controlled(controlled("".join(inside)))), twin(1))


def test_pictures_and_text_boxes_are_told(read: Read) -> None:
    picture = "<w:r><w:drawing/></w:r>"
    box = f"<mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{line('框里的字')}</w:txbxContent></w:drawing></mc:Choice>"
    box += f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{line('框里的字')}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    content = f"{run('（一）产业培育')}{picture}<w:r>{box}</mc:AlternateContent></w:r>"
    found = read(*changed("（一）产业培育", content))
    assert_reads(found, twin(1), "框里的字")
    assert "图片" in told(found, Kind.HINT)
    assert "框里的字" in told(found, Kind.UNPLACED)


def test_hidden_text_is_left_out_and_told(read: Read) -> None:
    found = read(*changed("（一）产业培育", run("（一）产业培育") + run("底稿", "<w:vanish/>")))
    assert_reads(found, twin(1))
    assert "隐藏文字" in told(found, Kind.HINT)


def test_a_project_is_found_without_part_one(read: Read) -> None:
    parts = body()
    found = read(*parts[place_of("1.2026年", parts) :]).draft.document
    first: Project = found.projects[0]
    assert replace(first, id="", indicators=()) == replace(twin(1).projects[0], id="", indicators=())
    assert found.headings.part_two is None
