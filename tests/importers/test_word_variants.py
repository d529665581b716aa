"""Tables in Word files as hands and other programs leave them: read right, or what could not be placed is kept and told."""

import re
from dataclasses import replace

import pytest

from importers.report import Kind
from models.document.tree import Indicator, Unit
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
    with_rows,
)
from tests.importers.word_files import CONTINUE, RESTART, cell, children, line, row, table


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


@pytest.mark.parametrize("end", ["月末", "月份", "月", " 月 末"])
def test_months_of_the_plan_are_known_in_other_words(read: Read, end: str) -> None:
    parts = body()
    place = place_of(FORM, parts)
    assert "月底" in parts[place]
    parts[place] = parts[place].replace("月底", end)
    assert_reads(read(*parts), twin(1))


def test_another_month_of_the_plan_takes_its_place_and_is_told(read: Read) -> None:
    parts = body()
    place = place_of(FORM, parts)
    parts[place] = parts[place].replace("10月底", "9月末").replace("月底", "月末")
    found = read(*parts)
    assert_reads(found, twin(1))
    assert "「9月末」放在「10月底」" in told(found, Kind.HINT)


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
