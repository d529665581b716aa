"""Word files as hands and other programs leave them: each is read right, or what could not be placed is kept and told."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from importers.files import Imported, read_file
from importers.report import Kind
from models.document import GoalDocument, Indicator, Project, Unit, without_ids
from tests.importers.word_files import (
    CONTINUE,
    RESTART,
    cell,
    children,
    docx,
    line,
    listed,
    numbering,
    row,
    run,
    table,
)
from tests.shared import TEXTS

Read = Callable[..., Imported]
TWINS: dict[int, GoalDocument] = {}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a file of these children of the body, as the program does."""

    def one(*body: str, **companions: str) -> Imported:
        path = tmp_path / "文本.docx"
        path.write_bytes(docx(*body, **companions))
        return read_file(path)

    return one


def twin(number: int) -> GoalDocument:
    if number not in TWINS:
        TWINS[number] = read_file(TEXTS[number]).draft.document
    return TWINS[number]


def body(number: int = 1) -> list[str]:
    return children(twin(number))


def assert_reads(read: Imported, expected: GoalDocument, *unplaced: str) -> None:
    """The document field for field, and exactly these words kept aside."""
    assert without_ids(read.draft.document) == without_ids(replace(expected, unplaced=unplaced))


def told(read: Imported, kind: Kind) -> str:
    return "\n".join(note.text for note in read.report.of(kind))


def place_of(words: str, parts: Sequence[str]) -> int:
    return next(place for place, part in enumerate(parts) if words in re.sub("<[^>]*>", "", part))


def rows_of(drawn: str) -> list[str]:
    return re.findall(r"<w:tr>.*?</w:tr>", drawn, re.DOTALL)


def with_rows(document: GoalDocument, change: Callable[[tuple[Indicator, ...]], tuple[Indicator, ...]]) -> GoalDocument:
    """The document with other rows in its first project."""
    first, *others = document.projects
    return replace(document, projects=(replace(first, indicators=change(first.indicators)), *others))


def with_first(document: GoalDocument, **changes: object) -> GoalDocument:
    first, *others = document.projects
    return replace(document, projects=(replace(first, **changes), *others))


FORM, INDICATORS = "项目编码", "一级指标"


@pytest.mark.parametrize("number", range(5))
def test_a_file_without_any_style_reads_like_its_text(read: Read, number: int) -> None:
    assert_reads(read(*body(number)), twin(number))


# Tables


def test_padding_columns_hold_nothing(read: Read) -> None:
    parts = [part.replace("</w:tr>", f"{cell()}{cell()}</w:tr>") for part in body()]
    assert_reads(read(*parts), twin(1))


def test_the_words_of_a_column_the_form_does_not_have_are_kept(read: Read) -> None:
    parts = body()
    place = place_of(INDICATORS, parts)
    words = iter(["备注", "见附件", *[""] * 99])
    parts[place] = re.sub("</w:tr>", lambda _: f"{cell(next(words))}</w:tr>", parts[place])
    found = read(*parts)
    assert_reads(found, twin(1), "备注", "见附件")
    assert "见附件" in told(found, Kind.UNPLACED)


def test_a_column_of_weights_is_read_as_weights(read: Read) -> None:
    parts = body()
    place = place_of(INDICATORS, parts)
    words = iter(["分值", *["10"] * 99])
    parts[place] = re.sub("</w:tr>", lambda _: f"{cell(next(words))}</w:tr>", parts[place])
    expected = with_rows(twin(1), lambda rows: tuple(replace(each, weight="10") for each in rows))
    assert_reads(read(*parts), expected)


def test_project_and_indicators_in_one_table_are_read(read: Read) -> None:
    parts = body()
    place, below = place_of(FORM, parts), place_of(INDICATORS, parts)
    parts[place] = table(*rows_of(parts[place]), *rows_of(parts[below]))
    parts[below] = ""
    assert_reads(read(*parts), twin(1))


def test_all_projects_in_one_table_with_their_titles_are_read(read: Read) -> None:
    parts = body()
    start = place_of("预算项目绩效目标", parts) + 1
    rows: list[str] = []
    for part in parts[start:]:
        words = re.sub("<[^>]*>", "", part)
        rows += rows_of(part) if "<w:tbl>" in part else [row(cell(words, 7))] if words else []
    assert_reads(read(*parts[:start], table(*rows)), twin(1))


@pytest.mark.parametrize("between", [line(), line("   "), ""])
@pytest.mark.parametrize("repeated", [True, False])
def test_an_indicator_table_cut_in_two_is_one(read: Read, between: str, repeated: bool) -> None:
    parts = body()
    place = place_of(INDICATORS, parts)
    header, *rows = rows_of(parts[place])
    second = [header, *rows[5:]] if repeated else rows[5:]
    parts[place] = table(header, *rows[:5]) + between + table(*second)
    assert_reads(read(*parts), twin(1))


def test_a_cut_inside_a_merged_tier_loses_no_tier(read: Read) -> None:
    parts = body()
    place = place_of(INDICATORS, parts)
    header, *rows = rows_of(parts[place])
    parts[place] = table(header, *rows[:2]) + line() + table(*rows[2:4]) + line() + table(*rows[4:])
    assert_reads(read(*parts), twin(1))


def test_a_project_table_cut_in_two_is_one_project(read: Read) -> None:
    parts = body()
    place = place_of(FORM, parts)
    rows = rows_of(parts[place])
    parts[place] = table(*rows[:4]) + line() + table(*rows[4:])
    assert_reads(read(*parts), twin(1))


def test_a_header_typed_again_inside_the_table_is_no_row(read: Read) -> None:
    parts = body()
    place = place_of(INDICATORS, parts)
    header, *rows = rows_of(parts[place])
    parts[place] = table(header, *rows[:3], header, *rows[3:], header)
    assert_reads(read(*parts), twin(1))


def test_rows_of_the_project_table_may_stand_in_another_order(read: Read) -> None:
    parts = body()
    place = place_of(FORM, parts)
    unit, code, money, use, plan, shares, goals = rows_of(parts[place])
    parts[place] = table(unit, goals, plan, shares, code, money, use)
    assert_reads(read(*parts), twin(1))


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("项目编码", "项 目 编 码："),
        ("资金支出计划（%）", "资金支出\u3000计划(％)"),
        ("其中：财政    资金", "其中:财政资金"),
        ("单位：万元", "单位: 万元"),
        ("单位：万元", "（单位：万元）"),
        ("单位：万元", "金额单位：万元"),
        ("绩效目标<", "绩效 目标：<"),
        ("指标值确定依据", "指标值 确定依据"),
        ("一级指标", "一级\n指标"),
    ],
)
def test_labels_are_known_by_their_words(read: Read, usual: str, other: str) -> None:
    other = other.replace("\n", "</w:t><w:br/><w:t>")
    changed = [part.replace(usual, other) if "<w:tbl>" in part else part for part in body()]
    assert changed != body()
    expected = twin(1)
    if other == "单位: 万元":
        projects = tuple(replace(each, amount_unit=" 万元") for each in expected.projects)
        expected = replace(expected, projects=projects)
    assert_reads(read(*changed), expected)


def test_cells_whose_lines_were_moved_by_hand_are_read_in_their_order(read: Read) -> None:
    parts = body()
    place = place_of(INDICATORS, parts)
    header, first, *rows = rows_of(parts[place])
    moved = first.replace("<w:tcPr></w:tcPr>", '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>')
    parts[place] = table(header, moved, *rows)
    assert moved != first
    assert_reads(read(*parts), twin(1))


def test_one_cell_drawn_over_several_rows_holds_for_each(read: Read) -> None:
    parts = body()
    place = place_of(INDICATORS, parts)
    header, *rows = rows_of(parts[place])
    last = re.compile(r"<w:tc>(?:(?!<w:tc>).)*</w:tc></w:tr>")
    merged = [
        last.sub(cell("" if count else "年初工作计划", look=CONTINUE if count else RESTART) + "</w:tr>", each)
        for count, each in enumerate(rows)
    ]
    parts[place] = table(header, *merged)
    expected = with_rows(twin(1), lambda rows: tuple(replace(each, basis="年初工作计划") for each in rows))
    assert_reads(read(*parts), expected)


def test_a_merge_that_continues_nothing_is_a_cell(read: Read) -> None:
    parts = body()
    place = place_of(FORM, parts)
    parts[place] = parts[place].replace(RESTART, CONTINUE)
    assert_reads(read(*parts), twin(1))


def test_cells_merged_to_the_left_are_one(read: Read) -> None:
    parts = body()
    place = place_of(FORM, parts)
    joined = cell("项目编码") + cell("13992126P000", look='<w:hMerge w:val="restart"/>')
    joined += cell("41210003C", look="<w:hMerge/>") + cell("项目名称") + cell("甲", 3)
    rows = rows_of(parts[place])
    parts[place] = table(rows[0], row(joined), *rows[2:])
    found = read(*parts).draft.document.projects[0]
    assert (found.code, found.name) == ("13992126P000\n41210003C", "甲")


def test_a_table_of_something_else_in_between_is_kept(read: Read) -> None:
    parts = body()
    place = place_of(FORM, parts)
    other = table(row(cell("联系人"), cell("电话")), row(cell("王小明"), cell("0315")))
    parts.insert(place + 1, other)
    found = read(*parts)
    assert_reads(found, twin(1), "联系人\t电话", "王小明\t0315")
    assert "王小明" in told(found, Kind.UNPLACED)


def test_several_paragraphs_in_a_cell_are_its_lines(read: Read) -> None:
    parts = body()
    place = place_of(FORM, parts)
    old = line("建好蔬菜产地冷库配套设施")
    assert old in parts[place]
    parts[place] = parts[place].replace(old, line("建好蔬菜") + line() + line("产地冷库"))
    assert_reads(read(*parts), with_first(twin(1), fund_use="建好蔬菜\n产地冷库"))


def test_line_breaks_in_a_cell_are_its_lines(read: Read) -> None:
    parts = body()
    place = place_of(FORM, parts)
    parts[place] = parts[place].replace(line("1.完成蔬菜产地冷库配套设施建设"), line("1.完成建设\n2.完成验收"))
    assert_reads(read(*parts), with_first(twin(1), goals=("完成建设", "完成验收")))


def test_a_tier_broken_to_fit_its_column_is_that_tier(read: Read) -> None:
    parts = [part.replace(line("产出指标"), line("产出") + line("指标")) for part in body()]
    assert parts != body()
    assert_reads(read(*parts), twin(1))


def test_a_form_inside_layout_tables_is_read(read: Read) -> None:
    parts = body()
    start = place_of("预算项目绩效目标", parts) + 1
    assert_reads(read(*parts[:start], table(row(cell(content="".join(parts[start:]))))), twin(1))
    inner = table(row(cell(content=table(row(cell(content="".join(parts)))) + line())))
    assert_reads(read(inner), twin(1))


def test_a_frame_around_the_text_is_no_table(read: Read) -> None:
    parts = body()
    part_two = place_of("第二部分", parts)
    assert_reads(read(table(row(cell(content="".join(parts[:part_two])))), *parts[part_two:]), twin(1))


def test_tables_of_several_units_keep_their_units(read: Read) -> None:
    other = Unit("612004", "云泽县另一中心")
    first, second, third = twin(1).projects
    document = replace(twin(1), projects=(first, replace(second, unit=other), third))
    found = read(*children(document))
    assert_reads(found, document)
    assert found.draft.document.unit == first.unit
    assert "另有 1 个单位" in told(found, Kind.SOURCE)


REAL_VALUES = (
    *(">=85", "≤28.40元/株", "≤620万/月", "1次/月", "2023.07-2024.01", "优良", "全年", "≥**%", "＝4,204.68万元"),
    *("≥1亿", "100百分比", "＜3%", "无", "是/否", "5‰", "10㎡", "±2℃", "𠮷祥", "30 天", "≥9０％", "①", "1.5", "<5"),
)


def test_values_from_elsewhere_survive_to_the_letter(read: Read) -> None:
    rows = tuple(Indicator("", "产出指标", "数量指标", f"指标{n}", "", each) for n, each in enumerate(REAL_VALUES))
    document = with_rows(twin(1), lambda _: rows)
    assert_reads(read(*children(document)), document)


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


def test_comments_are_told_and_leave_the_words_whole(read: Read) -> None:
    mark = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    found = read(*changed("（一）产业培育", run("（一）") + mark.format(run("产业培育"))))
    assert_reads(found, twin(1))
    assert "批注" in told(found, Kind.HINT)


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
