"""Pages: every rule of the form on its own, in small documents."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from exporters.build import build
from exporters.line_breaking import wrap
from exporters.looks import looks, type_area
from exporters.metrics import EM, width_of
from exporters.paginate import page_ends, paginate
from exporters.placed_pages import Page, PlacedLine, page_numbers, places
from models.document.blocks import Block, Contents, PageBreak, Paragraph, Role, Row, Span, SpanRole, Table, paragraph
from models.document.tree import GoalDocument, Settings, Unit
from tests.exporters.samples import TEMPLATE, cell, document, merged_table, title
from tests.strategies import documents

AREA = type_area(TEMPLATE.page)
LINES, ROWS = 22, 34  # of a page: body lines; table rows of one line


def pages(*blocks: Block) -> tuple[Page, ...]:
    return paginate(blocks, TEMPLATE)


def words(line: PlacedLine) -> str:
    return "".join(run.text for run in line.runs)


def text(page: Page) -> list[str]:
    """The lines of the text, the page number aside."""
    return [words(line) for line in page.lines if line.block >= 0]


def lines(count: int, role: Role = Role.BODY) -> list[Paragraph]:
    return [paragraph(f"第{number}行", role) for number in range(count)]


def long(count: int) -> Paragraph:
    """A paragraph of that many lines."""
    return paragraph("字" * (25 + 27 * (count - 1)))


def rows(count: int, *, header: int = 0) -> Table:
    return Table(tuple(Row((cell(f"行{number}"), cell("值"))) for number in range(count)), (3000, 3000), header)


def room(text_line: str, width: float) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in wrap(text_line, int(width * EM), int(width * EM))]


# Lines


def test_a_line_holds_27_characters_the_first_one_25() -> None:
    assert [len(line) for line in text(pages(paragraph("字" * 80))[0])] == [25, 27, 27, 1]


def test_lines_stand_28_points_apart_and_begin_at_the_margin() -> None:
    placed = pages(paragraph("字" * 60))[0].lines
    assert [round(line.top - AREA.top, 2) for line in placed[:3]] == [0, 28, 56]
    assert [round(line.runs[0].x - AREA.left, 2) for line in placed[:3]] == [32, 0, 0]


def test_a_full_line_is_stretched_to_the_margin_and_the_last_one_is_not() -> None:
    first, last = pages(paragraph("字" * 30))[0].lines[:2]
    assert first.runs[0].x + first.runs[0].width == pytest.approx(AREA.left + AREA.width)
    assert (last.runs[0].spacing, last.runs[0].width) == (0, 5 * 16)


@pytest.mark.parametrize(
    ("written", "broken"),
    [
        ("甲乙丙丁，戊", ["甲乙丙", "丁，戊"]),
        ("甲乙丙（丁）", ["甲乙丙", "（丁）"]),
        ("甲乙丙丁。」戊", ["甲乙丙", "丁。」戊"]),
        ("甲乙丙——丁", ["甲乙丙", "——丁"]),
        ("甲乙abcde", ["甲乙", "abcde"]),
        ("到100%为止", ["到100%", "为止"]),
        ("甲 乙丙丁   戊", ["甲 乙丙", "丁   戊"]),
        ("甲乙丙丁   戊", ["甲乙丙丁", "戊"]),
        ("甲abcdefghijklm", ["甲", "abcdefghi", "jklm"]),
        ("", [""]),
    ],
)
def test_lines_break_where_word_breaks_them(written: str, broken: list[str]) -> None:
    assert room(written, 4.1) == broken


def test_300_latin_letters_are_cut_at_the_margin_and_none_is_lost() -> None:
    found = room("x" * 300, 10)
    assert "".join(found) == "x" * 300
    assert {len(line) for line in found[:-1]} == {20}


def test_latin_is_as_wide_as_times_and_chinese_signs_are_squares() -> None:
    assert width_of("1") == width_of("a") + width_of("i") - width_of("t") + 2 * 114 - 1 or width_of("1") == EM // 2
    assert [width_of(sign) for sign in "“”‘’—…·①≥，𠮷😀"] == [EM] * 12
    assert width_of("\u0301\u200f") == 0


# Pages


def test_a_page_holds_22_lines() -> None:
    assert [len(text(page)) for page in pages(*lines(48))] == [LINES, LINES, 4]


def test_two_lines_of_a_paragraph_at_least_stand_at_the_foot_and_at_the_head_of_a_page() -> None:
    assert [len(text(page)) for page in pages(*lines(21), long(4), *lines(3))] == [21, 7]
    assert [len(text(page)) for page in pages(*lines(19), long(4), *lines(3))] == [21, 5]
    assert [len(text(page)) for page in pages(*lines(20), long(3), *lines(3))] == [20, 6]


@pytest.mark.parametrize("role", [Role.SECTION, Role.ITEM, Role.PROJECT_TITLE, Role.TITLE, Role.PART, Role.PART_NAME])
def test_a_title_never_stands_at_the_foot_of_a_page(role: Role) -> None:
    assert text(pages(*lines(21), paragraph("标题", role), paragraph("正文"), *lines(2))[1])[:2] == ["标题", "正文"]
    assert text(pages(*lines(20), paragraph("标题", role), long(5))[1])[0] == "标题"
    before = 18 if role in (Role.TITLE, Role.PART_NAME) else 19  # an empty line follows a title of 22 points
    assert text(pages(*lines(before), paragraph("标题", role), long(5))[0])[-3] == "标题"


@pytest.mark.parametrize("role", [Role.TITLE, Role.PART_NAME])
def test_an_empty_line_follows_a_title_of_22_points(role: Role) -> None:
    titled, first = pages(paragraph("绩效文本", role), paragraph("正文"))[0].lines[:2]
    assert (words(titled), titled.runs[0].size, words(first)) == ("绩效文本", 22, "正文")
    assert first.top - titled.top == 2 * TEMPLATE.page.line_pitch


def test_titles_one_after_the_other_go_together() -> None:
    headings = (paragraph("一、", Role.SECTION), paragraph("（一）", Role.ITEM))
    found = pages(*lines(20), *headings, paragraph("正文"), *lines(3))
    assert text(found[1])[:3] == ["一、", "（一）", "正文"]


def test_a_project_title_keeps_with_the_head_and_first_row_of_its_table() -> None:
    assert text(pages(*lines(21), title("甲"), rows(3, header=1))[1])[:2] == ["甲", "行0"]
    assert "甲" in text(pages(*lines(20), title("甲"), rows(3, header=1))[0])


def test_a_long_title_is_centred_in_lines_that_stay_together() -> None:
    found = pages(*lines(21), Paragraph((Span("名" * 60),), Role.PROJECT_TITLE), paragraph("正文"))
    assert [len(line) for line in text(found[1])] == [27, 27, 6, 2]
    left = [line.runs[0].x for line in found[1].lines]
    assert left[2] == pytest.approx(AREA.left + (AREA.width - 6 * 16) / 2)


def test_more_titles_than_a_page_holds_do_no_harm() -> None:
    assert sum(len(text(page)) for page in pages(*lines(60, Role.SECTION))) == 60


def test_blank_lines_before_a_page_break_make_no_page_and_a_break_at_the_head_neither() -> None:
    blank = Paragraph(role=Role.BLANK)
    assert len(pages(*lines(22), blank, blank, PageBreak(), paragraph("乙"), blank)) == 2
    assert len(pages(PageBreak(), paragraph("甲"), PageBreak(), PageBreak(), paragraph("乙"), PageBreak())) == 2


# Tables


def test_a_page_holds_34_rows_of_one_line() -> None:
    found = [len({line.top for line in page.lines if line.block >= 0}) for page in pages(rows(80))]
    assert found == [ROWS, ROWS, 80 - 2 * ROWS]


@pytest.mark.parametrize(("count", "fits"), [(14, True), (15, False)])
def test_every_border_counts(count: int, fits: bool) -> None:
    """35 lines leave 7.8 points: room for 14 rows' borders and the one above them."""
    body = [Row((cell("\n".join("行" * (35 // count + (place < 35 % count)))), cell("值"))) for place in range(count)]
    after = [Row((cell("末"), cell("末")))] * 2
    assert (text(pages(Table((*body, *after), (3000, 3000)))[0]).count("值") == count) is fits


def test_the_head_of_a_table_is_repeated_and_takes_its_room() -> None:
    found = pages(rows(80, header=1))
    assert [text(page)[0] for page in found] == ["行0"] * 3
    assert text(found[1])[2] == f"行{ROWS}"


def test_a_row_is_never_split() -> None:
    tall = Row((cell("\n".join(map(str, range(6)))), cell("值")))
    found = pages(Table((*rows(31).rows, tall), (3000, 3000)))
    assert "0" not in text(found[0])
    assert {"0", "1", "2", "3", "4", "5"} <= set(text(found[1]))


def test_a_row_taller_than_a_page_goes_on_under_the_repeated_head() -> None:
    content = [f"第{number}句" for number in range(80)]
    table = Table((*rows(2).rows, Row((cell("\n".join(content)), cell("值"))), *rows(1).rows), (3000, 3000), 1)
    found = pages(table)
    assert [line for page in found for line in text(page) if line.startswith("第")] == content
    assert [text(page)[0] for page in found[1:]] == ["行0"] * (len(found) - 1)
    assert [page.hit(AREA.left + 160, AREA.top + 200) for page in found] == [None] * len(found)
    for page in found:
        assert max(line.top + line.height for line in page.lines if line.block >= 0) <= AREA.top + AREA.height


def test_what_a_merged_cell_lacks_is_given_to_its_last_row() -> None:
    grid = Table(
        (Row((cell("高\n" * 4 + "高", rowspan=2), cell("甲"))), Row((cell("乙"),)), Row((cell(""), cell("丙")))),
        (3000, 3000),
    )
    top = {words(line): line.top for line in pages(grid)[0].lines if words(line) != "高"}
    assert top["丙"] - AREA.top == pytest.approx(5 * 18 + 0.5 + 0.5)
    assert top["甲"] - AREA.top == pytest.approx(0.5)


def test_words_stand_in_the_middle_of_their_cell_and_texts_at_its_left() -> None:
    line, other = Role.CELL_VALUE, Role.CELL_TEXT
    grid = Table((Row((cell("一", role=line), cell("二\n三\n四", role=other))),), (4000, 4000))
    placed = {words(found): found for found in pages(grid)[0].lines}
    assert placed["一"].top == placed["三"].top
    assert placed["一"].runs[0].x == pytest.approx(AREA.left + 100 - 10.5 / 2)
    assert placed["二"].runs[0].x == pytest.approx(AREA.left + 200 + 57 / 20)


def test_a_merged_tier_that_crosses_a_page_is_written_once_and_bordered_on_both() -> None:
    body = [Row((cell("层", rowspan=60), cell("值")))] + [Row((cell("值"),)) for _ in range(59)]
    found = pages(Table(tuple(body), (3000, 3000)))
    assert [text(page).count("层") for page in found] == [1, 0]
    for page in found:
        assert min(box.left for box in page.rules) == pytest.approx(AREA.left - 0.25)
        tops = [box for box in page.rules if box.top == pytest.approx(AREA.top) and box.width > 1]
        assert sum(box.width for box in tops) == pytest.approx(300.5)


def test_a_merged_cell_has_no_line_through_it() -> None:
    page = pages(merged_table())[0]
    across = [box for box in page.rules if box.height == pytest.approx(0.5)]
    below = [box for box in across if box.top == pytest.approx(AREA.top + 2 * 18.5)]
    assert [(round(box.left - AREA.left, 2), round(box.width, 2)) for box in below] == [(49.75, 250.5)]


# Front pages and numbers


def test_cover_and_contents_have_no_number_and_the_text_begins_at_1() -> None:
    found = paginate(build(document(), TEMPLATE, Settings()), TEMPLATE)
    assert [page.label for page in found[:3]] == [None, None, "— 1 —"]
    assert words(found[2].lines[-1]) == "— 1 —"


@pytest.mark.parametrize(
    "name",
    ["青松县农技推广站", "青松县农业技术推广和农产品质量安全检验检测中心（县农业机械化服务总站、县土壤肥料工作站）"],
)
def test_the_cover_has_the_unit_above_the_year_and_title_and_the_month_at_its_foot(name: str) -> None:
    text = replace(document(1), unit=Unit("900001", name))
    blocks = build(text, TEMPLATE, Settings(contents=False), made=date(2025, 12, 1))
    cover = paginate(blocks, TEMPLATE)[0].lines
    shown = [words(line) for line in cover]
    assert "".join(shown[:-3]) == name
    assert shown[-3:] == ["2025年", "部门预算绩效文本", "2025年12月"]
    assert cover[0].top - AREA.top == 120
    assert 0.75 * AREA.height < cover[-1].top + cover[-1].height - AREA.top <= AREA.height


def test_the_number_stands_at_the_outer_edge_one_character_in() -> None:
    odd, even = (page.lines[-1] for page in pages(paragraph("甲"), PageBreak(), paragraph("乙")))
    assert odd.runs[0].x + odd.runs[0].width == pytest.approx(AREA.left + AREA.width - 14)
    assert even.runs[0].x == pytest.approx(AREA.left + 14)
    centre = odd.top + odd.height / 2 - AREA.top - AREA.height
    assert centre / 72 * 25.4 == pytest.approx(7, abs=0.05)


def test_the_contents_show_the_page_of_every_section_and_project_and_lead_there() -> None:
    found = paginate(build(document(3), TEMPLATE, Settings(cover=False)), TEMPLATE)
    numbers = page_numbers(found)
    shown = {link.bookmark: line.runs[-1].text for link, line in zip(found[0].links, found[0].lines[1:], strict=False)}
    assert shown == {name: str(number) for name, number in numbers.items()}
    assert list(numbers.values()) == [1, 1, 1, 1, 1, 2, 2, 3, 4]
    assert numbers == page_ends(build(document(3), TEMPLATE, Settings(cover=False)), TEMPLATE).numbers
    assert found[0].link_at(AREA.left + 5, found[0].lines[2].baseline) == list(numbers)[1]


def test_dots_lead_to_the_number_at_the_margin() -> None:
    line = paginate(build(document(), TEMPLATE, Settings(cover=False)), TEMPLATE)[0].lines[1]
    assert [run.text.strip(".") for run in line.runs] == ["第一部分　部门整体绩效目标", "", "1"]
    assert line.runs[2].x + line.runs[2].width == pytest.approx(AREA.left + AREA.width)
    assert line.runs[1].x + line.runs[1].width == pytest.approx(line.runs[2].x)


def test_contents_of_many_projects_take_several_pages() -> None:
    blocks = build(document(60), TEMPLATE, Settings())
    found = paginate(blocks, TEMPLATE)
    assert [bool(page.lines) for page in found[:6]] == [True] * 5 + [False]
    assert [page.number for page in found[:7]] == [None] * 6 + [1]


@pytest.mark.parametrize(("cover", "contents"), [(True, True), (True, False), (False, True), (False, False)])
def test_page_1_is_a_right_hand_page_after_any_front(cover: bool, contents: bool) -> None:
    found = paginate(build(document(), TEMPLATE, Settings(cover=cover, contents=contents)), TEMPLATE)
    first = next(place for place, page in enumerate(found) if page.number == 1)
    assert first % 2 == 0
    assert [bool(page.lines) for page in found[:first]] == ([True, cover and contents] if first else [])
    assert found[first].lines[-1].runs[0].x > AREA.left + AREA.width / 2


def test_the_contents_have_parts_sections_and_items_each_further_in() -> None:
    line = paginate(build(document(1), TEMPLATE, Settings(cover=False)), TEMPLATE)[0].lines
    shown = {words(each).split(".")[0]: round((each.runs[0].x - AREA.left) / 16) for each in line[1:]}
    assert shown == {
        "第一部分　部门整体绩效目标": 0,
        "一、总体绩效目标": 1,
        "二、分项绩效目标": 1,
        "（一）农技推广": 2,
        "三、工作保障措施": 1,
        "第二部分　预算项目绩效目标": 0,
        "1": 1,
    }


def test_a_contents_entry_too_long_for_its_number_gets_a_second_line() -> None:
    long_title = Paragraph((Span("名" * 26),), Role.PROJECT_TITLE, "a")
    blocks = (Contents("目录"), PageBreak(), *lines(22 * 9), long_title, *lines(6))
    assert [words(line).strip(".") for line in paginate(blocks, TEMPLATE)[0].lines[1:]] == ["名" * 26, "10"]


# Fields


def test_every_word_of_the_text_is_on_the_pages_with_its_field() -> None:
    blocks = build(document(), TEMPLATE)
    found = paginate(blocks, TEMPLATE)
    where = places(found)
    assert where["overall_goal"] == 0
    assert where["projects[p2].indicators[i3].value"] == len(found) - 1


def test_a_click_finds_the_field_of_the_words_under_it() -> None:
    page = paginate(build(document(), TEMPLATE), TEMPLATE)[1]
    for line in page.lines:
        for run in line.runs:
            if run.path:
                assert page.hit(run.x + run.width / 2, line.top + line.height / 2) == run.path
    assert page.hit(1, 1) is None


def test_a_click_into_an_empty_cell_finds_its_field() -> None:
    page = paginate(build(document(), TEMPLATE), TEMPLATE)[1]
    area = next(area for area in page.cells if area.path == "projects[p1].other_funds")
    assert page.hit(area.box.left + 3, area.box.top + 3) == "projects[p1].other_funds"


def test_a_run_in_heading_has_the_font_of_a_heading_and_the_rest_that_of_the_body() -> None:
    spans = (Span("（一）领导。", "a", SpanRole.RUN_IN), Span("成立2个专班。", "b"))
    runs = pages(Paragraph(spans))[0].lines[0].runs
    assert [(run.text, run.font, run.path) for run in runs] == [
        ("（一）领导。", "subheading", "a"),
        ("成立", "body", "b"),
        ("2", "latin", "b"),
        ("个专班。", "body", "b"),
    ]


# Anything


def in_order(found: Sequence[Page]) -> str:
    return "".join(words(line) for page in found for line in page.lines if line.block >= 0)


@settings(max_examples=40)
@given(documents(wild=True))
def test_any_document_is_paged_inside_the_type_area_and_no_character_is_lost(given_document: GoalDocument) -> None:
    blocks = build(given_document, TEMPLATE)
    found = paginate(blocks, TEMPLATE)
    assert [page.number for page in found] == list(range(1, len(found) + 1))
    for page in found:
        assert page.lines
        for line in page.lines[:-1]:
            assert AREA.top - 0.01 <= line.top
            assert line.top + line.height <= AREA.top + AREA.height + 1
            assert all(line.left - 0.01 <= run.x for run in line.runs)
    kept = [block.text for block in blocks if isinstance(block, Paragraph)]
    drawn = in_order(found)
    assert all("".join(kept_text.split()) in "".join(drawn.split()) for kept_text in kept)


def test_the_same_blocks_give_the_same_pages() -> None:
    blocks = build(document(), TEMPLATE, Settings())
    assert paginate(blocks, TEMPLATE) == paginate(blocks, TEMPLATE)


def test_another_type_size_is_nothing_but_data() -> None:
    small = replace(TEMPLATE, page=replace(TEMPLATE.page, body_size=14.0, line_pitch=24.0))
    assert [len(text(page)) for page in paginate(lines(27), small)] == [26, 1]
    assert looks(small.page)[Role.SECTION].size == 14.0
