"""From a page to a document: what stands where, and that nothing is dropped."""

import itertools
from pathlib import Path

import pytest

from exporters.build import build
from importers.import_files import read_file
from importers.recognise import Recognition, recognise, section_starts
from importers.report import Kind
from importers.text_reader import read_text
from models.document.blocks import strip
from models.document.template import load_template
from models.document.tree import GoalDocument, Unit
from models.errors import UserError
from tests.shared import SEEDS, TEXTS, needs_shared

HEAD = "一、总体绩效目标\n2026年完成全部任务。\n二、分项绩效目标\n"


def read(text: str) -> Recognition:
    return recognise(read_text(text), load_template())


def twin(number: int) -> GoalDocument:
    return read_file(TEXTS[number]).draft.document


@pytest.mark.parametrize("path", TEXTS + SEEDS, ids=lambda path: path.stem[:3])
def test_a_real_text_is_read_whole_and_reads_the_same_again(path: Path) -> None:
    document = read_file(path).draft.document
    assert document.unplaced == ()
    assert recognise(strip(build(document, load_template())), load_template()).document == document


def test_part_one_alone_has_its_title_and_no_part_lines() -> None:
    document = twin(0)
    assert document.title is not None
    assert "年" in document.title
    assert (document.headings.part_one, document.headings.part_two, document.projects) == (None, None, ())
    assert document.sub_goals.numbering == "（{cn}）、"
    assert document.unit == Unit()


def test_half_width_markers_prefaces_and_padded_tables_are_read() -> None:
    document = twin(2)
    assert document.safeguards.items[0].number == "(一) "
    assert document.safeguards.items[1].number is None
    assert document.safeguards.preface
    assert (document.headings.part_two, document.headings.part_two_name) == (None, "预算项目绩效目标")
    assert len(document.projects) == 5
    assert all(project.code and len(project.indicators) >= 8 for project in document.projects)
    assert all(all(project.spending_plan) for project in document.projects)


def test_sub_goals_without_the_pair_and_rows_under_one_tier_are_read() -> None:
    document = twin(3)
    assert {(item.goal, item.indicator) for item in document.sub_goals.items} == {(None, None)}
    assert document.sub_goals.preface == "分项绩效目标："
    assert any("" in project.spending_plan for project in document.projects)
    tiers = [(row.tier1, row.tier2) for project in document.projects for row in project.indicators]
    assert all(tier1 and tier2 for tier1, tier2 in tiers)
    assert any(first == second for first, second in itertools.pairwise(tiers))


def test_a_text_that_states_no_year_says_what_was_seen_instead() -> None:
    imported = read_file(TEXTS[4])
    assert imported.draft.document.year is None
    (note,) = [note for note in imported.report.of(Kind.SOURCE) if note.path == "year"]
    assert "请补填" in note.text
    assert "立项年份" in note.text


@needs_shared
def test_the_real_texts_give_the_years_and_projects_they_have() -> None:
    documents = [read_file(path).draft.document for path in SEEDS]
    assert [document.year for document in documents] == [2023, 2025, 2022, 2023, None]
    assert [len(document.projects) for document in documents] == [0, 3, 5, 3, 2]


def test_words_before_the_first_section_that_are_no_title_are_kept_and_reported() -> None:
    found = read("关于报送材料的说明\n" + HEAD)
    assert found.document.unplaced == ("关于报送材料的说明",)
    assert any("关于报送材料的说明" in note.text for note in found.report.of(Kind.UNPLACED))


def test_a_table_of_something_else_is_kept_word_for_word() -> None:
    found = read(HEAD + "\t姓名\n\t电话\n\n\t王小明\n\t12345\n\n")
    assert found.document.unplaced == ("姓名\t电话", "王小明\t12345")


def test_a_label_line_begins_its_field_and_following_lines_belong_to_it() -> None:
    (item,) = read(HEAD + "（一）招商\n正文一\n绩效目标：目标\n目标续\n绩效指标:签约3个").document.sub_goals.items
    assert (item.heading, item.text, item.goal, item.indicator) == ("招商", "正文一", "目标\n目标续", "签约3个")


def test_a_title_that_the_form_would_print_otherwise_is_kept() -> None:
    table = "\t项目编码\n\tA\n\t项目名称\n\t乙项目\n\n"
    found = read("一、总体绩效目标\n目标\n7.甲项目绩效目标表\n" + table)
    assert found.document.projects[0].name == "乙项目"
    assert found.document.unplaced == ("7.甲项目绩效目标表",)


def test_a_project_without_an_amount_unit_is_pointed_out() -> None:
    found = read("一、总体绩效目标\n目标\n1.乙项目绩效目标表\n\t项目编码\n\tA\n\t项目名称\n\t乙项目\n\n")
    assert any("金额单位" in note.text for note in found.report.of(Kind.HINT))


def test_two_words_where_one_belongs_are_both_kept() -> None:
    found = read("一、总体绩效目标\n目标\n1.乙绩效目标表\n\t项目编码\n\tA\n\t项目名称\n\t乙\n\t丙\n\n")
    assert found.document.projects[0].name == "乙"
    assert found.document.unplaced == ("丙",)


def test_a_text_with_nothing_of_the_form_is_refused() -> None:
    with pytest.raises(UserError, match="没有找到绩效文本"):
        read("今天天气不错。\n\t甲\n\t乙")


def test_the_report_says_where_year_unit_and_amounts_unit_come_from() -> None:
    sources = [note.text for note in read_file(TEXTS[1]).report.of(Kind.SOURCE)]
    assert [sentence.split("：")[0] for sentence in sources[:3]] == ["预算年度", "单位", "金额单位"]
    assert all("取自" in sentence for sentence in sources)
    assert "万元" in sources[2]


PLACES = """一、总体绩效目标
办好全年的演出。
二、分项绩效目标
三、工作保障措施
第二部分
1.送戏下乡绩效目标表
\t601001青坪乡文化站
\t单位：万元

\t项目编码
\t12345625P00ABCD100017
\t项目名称
\t送戏下乡

\t预算规模及资金用途
\t预算数
\t12.50
\t其中：财政资金
\t12.50
\t其他资金

\t一级指标
\t二级指标
\t三级指标
\t绩效指标描述
\t指标值
\t指标值确定依据

\t产出指标
\t数量指标
\t演出场次
\t演出的场次
\t≥30场
\t计划

\t产出指标
\t质量指标
\t验收
\t验收合格
\t≥95%
\t计划
"""


def test_the_report_says_where_every_fact_of_the_own_form_comes_from() -> None:
    notes = read(PLACES).report.of(Kind.SOURCE)
    told = {note.path: note.text for note in notes if note.path and "取自" in note.text}
    assert "总体绩效目标取自「一、总体绩效目标」下面" in told["overall_goal"]
    parts = told["projects[p1]"].partition("：")[2].split("；")
    assert parts == [
        "单位、金额单位取自第 1 张表第 1 行",
        "项目编码、项目名称取自第 1 张表第 2 行",
        "预算数、财政资金取自第 1 张表第 3 行",
        "指标取自第 1 张表第 5 至 6 行",
    ]


DIVIDED = """2026年部门整体绩效目标
一、总体绩效目标
2025年，新建村级卫生室12所。2025年6月底前完成招标。到2025年底，签约率达到75%。
"""


def test_a_year_the_text_is_not_sure_of_is_asked_with_all_that_was_seen() -> None:
    found = read(DIVIDED)
    assert found.document.year is None
    (question,) = (note for note in found.report.of(Kind.HINT) if note.path == "year")
    assert "标题写的是 2026 年；正文中「2025年」出现 3 次" in question.text
    assert "看起来像 2026 年" in question.text


def test_a_cover_decides_and_what_says_another_year_is_pointed_out() -> None:
    found = read("云泽县卫生健康局\n2026年度\n部门预算绩效文本\n" + DIVIDED.replace("2026年部门", "2025年部门"))
    assert found.document.year == 2026
    (source,) = (note.text for note in found.report.of(Kind.SOURCE) if note.path == "year")
    assert source == "预算年度：2026 年（取自封面）"
    (doubt,) = (note.text for note in found.report.of(Kind.HINT) if note.path == "year")
    assert "标题写的是 2025 年" in doubt
    assert "正文中「2025年」出现 3 次" in doubt


def test_the_year_met_first_is_not_the_plans_where_the_rest_says_another() -> None:
    first = "根据《2024年医疗卫生机构能力建设通知》（云财社〔2024〕7号），2024年已改造卫生室6所，2024年投入180万元；"
    found = read(f"一、总体绩效目标\n{first}2026年再改造卫生室9所。\n1.2026年卫生室改造经费绩效目标表\n{TABLE}")
    assert found.document.year == 2026


TABLE = "\t项目编码\n\tA\n\t项目名称\n\t2026年卫生室改造经费\n\n"


def test_a_typed_contents_list_begins_no_section() -> None:
    entries = "目录\n一、总体绩效目标\n二、分项绩效目标\n三、工作保障措施\n"
    document = read(entries + HEAD + "（一）培训。\n三、工作保障措施\n（一）监督。").document
    assert document.overall_goal == "2026年完成全部任务。"
    assert (len(document.sub_goals.items), len(document.safeguards.items)) == (1, 1)
    assert (document.title, document.unplaced) == (None, ())


def test_titles_that_stand_thousands_of_times_begin_their_section_where_they_come_last() -> None:
    titles = ["一、总体绩效目标", "二、分项绩效目标", "三、工作保障措施"]
    lines = [*titles * 5000, "保障。"]
    starts = section_starts(lines, load_template())
    assert starts == {14_997: "overall_goal", 14_998: "sub_goals", 14_999: "safeguards"}
