"""Forms nobody announced: other places' tables and lists are read by their words, and nothing of them is gone."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from exporters.export_files import file_bytes
from exporters.form_files import form_bytes
from importers.import_files import Imported, read_file
from importers.reading.reader import understand
from importers.reading.table_kinds import load_headers
from importers.text_reader import read_text
from models.document.template import load_template
from models.document.tree import Project, plain
from models.document.values import money
from models.forms.form_definition import load_form
from resources import ROOT
from tests.importers import other_places
from tests.importers.word_files import cell, docx, line, row, table

AMOUNTS = ("budget", "fiscal_funds", "other_funds")
EMPTY_COLUMN = "备注"
"""A header of one of the lists with nothing below it."""
CASES = [(name, kind) for name in other_places.names() for kind in other_places.ALL_KINDS]


def squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Imported]:
    folder = tmp_path_factory.mktemp("forms")
    return {
        (name, kind): read_file(other_places.write(other_places.load(name), kind, folder / f"{name}.{kind}"))
        for name, kind in CASES
    }


def found_of(project: Project, name: str) -> str:
    if name == "goal":
        return "\n".join(project.goals)
    if name == "unit":
        return project.unit.name
    return str(getattr(project if hasattr(project, name) else project.details, name))


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_every_fact_of_another_places_form_is_in_its_field(
    name: str, kind: str, read: dict[tuple[str, str], Imported]
) -> None:
    imported, form = read[name, kind], other_places.load(name)
    projects = imported.draft.document.projects
    assert [project.name for project in projects] == [expected.name for expected in form.projects]
    for project, expected in zip(projects, form.projects, strict=True):
        for field, words in expected.fields.items():
            found = found_of(project, field)
            if field in AMOUNTS:
                assert money(found, project.amount_unit) == money(words, project.amount_unit), field
            else:
                assert squeeze(words) in squeeze(found), field
        rows = [(row.tier1, row.tier2, row.name, row.value) for row in project.annual_indicators]
        assert rows == expected.indicators
    part_one = squeeze(str(plain(imported.draft.document.sub_goals))) + squeeze(imported.draft.document.overall_goal)
    for words in form.part_one:
        assert squeeze(words) in part_one


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_no_words_of_another_places_form_are_gone(name: str, kind: str, read: dict[tuple[str, str], Imported]) -> None:
    imported, form = read[name, kind], other_places.load(name)
    kept = squeeze("\n".join(texts(plain(imported.draft.document)))) + squeeze("".join(imported.report.lines))
    vocabulary = load_headers("hebei-2022").vocabulary
    for text in form.written():
        words = squeeze(text)
        is_label = vocabulary.label(text) or vocabulary.scope(text) or vocabulary.is_total(text)
        heads_goal = words in (*vocabulary.words["goal_content"], *vocabulary.words["goal_time"])
        if words not in ("", EMPTY_COLUMN) and not is_label and not heads_goal:
            # A code before the unit's name and a label before its value are fields of their own; of a line of the year it is the
            # year; both ends of a time are two fields; the form's own number in front of a name is told; the unit
            # of an amount is a field of its own.
            likely = (
                words,
                words.partition("-")[2],
                words.partition("：")[2],
                words.strip("（年度）"),
                figure(words),
                figure(words.removesuffix("万元")),
            )
            parts = words.split("至") if "至" in words else re.split("(?<=、)", words) if words[:2] == "指标" else ()
            assert (parts and all(part in kept for part in parts)) or any(each and each in kept for each in likely), (
                text
            )


def texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for each in part.values() if isinstance(part, dict) else part:
            yield from texts(each)


def figure(text: str) -> str:
    """A number as a cell of a workbook shows it."""
    return f"{float(text):g}" if re.fullmatch(r"\d+\.\d+", text) else text


OWN = "一、总体绩效目标\n全年演出三十场。\n三、工作保障措施\n（一）加强领导。专人负责。\n"
FORM = """项目支出绩效目标表
（2026年度）
\t项目名称
\t{name}

\t主管部门
\t青坪乡

\t年度资金总额（元）
\t125000

\t一级指标
\t三级指标
\t年度指标值

\t产出指标
\t演出场次
\t≥30场

填报人：王某
"""


def test_other_places_forms_below_the_own_text_are_its_projects() -> None:
    found = understand(read_text(OWN + FORM.format(name="送戏下乡") + FORM.format(name="农家书屋")), load_template())
    document = found.document
    assert document.overall_goal == "全年演出三十场。"
    assert [item.heading for item in document.safeguards.items] == ["加强领导。"]
    projects = [(project.name, project.budget, project.amount_unit) for project in document.projects]
    assert projects == [("送戏下乡", "125000", "元"), ("农家书屋", "125000", "元")]
    assert document.year == 2026
    assert [text.count("填报人：王某") for text in document.unplaced] == [2]


COLUMNS = """项目绩效目标表
（2026年度）
金额单位：万元
项目名称{0}古桥修缮{0}项目编码{0}21000025P00BRDG10007
主管部门{0}柳湾区文物局{0}实施单位{0}柳湾区博物馆
年度资金总额{0}86.40
年度绩效目标{0}修缮古桥两座，排除险情
一级指标{0}二级指标{0}三级指标{0}指标方向{0}指标值{0}计量单位
产出指标{0}数量指标{0}修缮古桥数量{0}＝{0}2{0}座
效益指标{0}社会效益指标{0}险情排除率{0}≥{0}95{0}%
"""


@pytest.mark.parametrize("mark", ["\t", " | ", "    "])
def test_a_text_with_a_row_a_line_is_read(mark: str, tmp_path: Path) -> None:
    file = tmp_path / "表.txt"
    file.write_text(COLUMNS.format(mark), encoding="utf-8")
    document = read_file(file).draft.document
    (project,) = document.projects
    assert (project.name, project.budget, project.code) == ("古桥修缮", "86.40", "21000025P00BRDG10007")
    assert (project.details.implementing_unit, document.year) == ("柳湾区博物馆", 2026)
    assert project.goals == ("修缮古桥两座，排除险情",)
    assert [(row.name, row.value) for row in project.indicators] == [("修缮古桥数量", "＝2座"), ("险情排除率", "≥95%")]


def test_what_lines_above_a_form_say_otherwise_is_kept() -> None:
    form = "项目支出绩效目标表\n填报单位：白沙乡\n" + FORM.format(name="农田水渠").partition("\n")[2]
    form = form.replace("\t主管部门", "\t填报单位\n\t青坪乡\n\n\t主管部门")
    document = understand(read_text(form), load_template()).document
    assert document.projects[0].unit.name == "青坪乡"
    assert any("白沙乡" in text for text in document.unplaced)


def test_three_goals_of_one_form_are_all_there() -> None:
    goals = "\t中长期目标\n\t三年目标文字\n\n\t总体目标\n\t总的目标文字\n\n\t年度目标\n\t本年目标文字\n\n\t年度资金总额"
    form = FORM.format(name="农田水渠").replace("\t年度资金总额", goals)
    (project,) = understand(read_text(form), load_template()).document.projects
    assert project.goals == ("本年目标文字",)
    assert project.details.long_term_goal == "三年目标文字\n总的目标文字"


LINES = """项目名称：水闸自动化改造
项目主管部门：柳湾区水利局    实施单位：柳湾区河闸管理所
预算金额：1,208.50万元
其中：财政拨款：1,000.50万元
其他资金：208万元
年度绩效目标：目标1：改造水闸四座。目标2：汛期无故障。

一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t改造水闸数量\t4座
"""


def test_lines_of_labels_above_indicators_are_the_project(tmp_path: Path) -> None:
    file = tmp_path / "项目.txt"
    file.write_text(LINES, encoding="utf-8")
    document = read_file(file).draft.document
    (project,) = document.projects
    amounts = (project.budget, project.fiscal_funds, project.other_funds, project.amount_unit)
    assert (project.name, *amounts) == ("水闸自动化改造", "1,208.50", "1,000.50", "208", "万元")
    details = project.details
    assert (details.department, details.implementing_unit) == ("柳湾区水利局", "柳湾区河闸管理所")
    assert "".join(project.goals) == "目标1：改造水闸四座。目标2：汛期无故障。"
    assert [row.value for row in project.indicators] == ["4座"]
    assert not document.unplaced


TWO_HEADERS = """项目名称,项目金额(元),绩效目标,绩效指标,,,指标性质,指标值,度量单位
,,,一级指标,二级指标,三级指标,,,
21000025T000000000091-河堤绿化养护,"1,456,000.00",养护河堤绿化带,产出指标,数量指标,养护绿化带长度,≥,26,公里
,,,满意度指标,服务对象满意度指标,居民满意度,≥,85,%
21000025T000000000092-苗圃补植,,,产出指标,数量指标,补植苗木,＝,900,株
"""


def test_headers_in_two_rows_without_merged_cells_are_read(tmp_path: Path) -> None:
    file = tmp_path / "清单.csv"
    file.write_text(TWO_HEADERS, encoding="utf-8-sig")
    first, second = read_file(file).draft.document.projects
    assert (first.code, first.name) == ("21000025T000000000091", "河堤绿化养护")
    assert (first.budget, first.amount_unit, first.goals) == ("1,456,000.00", "元", ("养护河堤绿化带",))
    assert [row.value for row in first.indicators] == ["≥26公里", "≥85%"]
    assert [row.value for row in second.indicators] == ["＝900株"]


def test_lines_above_a_list_are_taken_or_kept(tmp_path: Path) -> None:
    file = tmp_path / "清单.csv"
    above = "主管部门：柳湾区水利局　填报单位：柳湾区河闸管理所　金额单位：元\n"
    file.write_text(above + TWO_HEADERS.replace("(元)", ""), encoding="utf-8")
    document = read_file(file).draft.document
    assert {(project.unit.name, project.amount_unit) for project in document.projects} == {("柳湾区河闸管理所", "元")}
    assert any("柳湾区水利局" in text for text in document.unplaced)


NUMBERED = """项目名称\t{0}
主管部门\t柳湾区水利局
年度资金总额（万元）\t12
一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t{1}\t≥3处
"""


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("指标1：清淤沟渠", "清淤沟渠"),
        ("指标 2: 清淤沟渠", "清淤沟渠"),
        ("三级指标1：清淤沟渠", "清淤沟渠"),
        ("指标一、清淤沟渠", "清淤沟渠"),
        ("指标①：5G水位站", "5G水位站"),
        ("指标3.清淤沟渠", "清淤沟渠"),
    ],
)
def test_the_forms_number_in_front_of_a_name_is_told(written: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / "表.txt"
    file.write_text(NUMBERED.format("沟渠清淤", written), encoding="utf-8")
    imported = read_file(file)
    (row,) = imported.draft.document.projects[0].indicators
    assert (row.name, row.value) == (name, "≥3处")
    told = [line for line in imported.report.lines if "编号" in line]
    assert [written.removesuffix(name).strip() in line for line in told] == [True]


@pytest.mark.parametrize(
    "name", ["指标1达标率", "指标1.5倍扩容", "指标体系建设", "指标：完成率", "新指标1：清淤", "1.清淤沟渠"]
)
def test_a_name_that_only_looks_numbered_stays(name: str, tmp_path: Path) -> None:
    file = tmp_path / "表.txt"
    file.write_text(NUMBERED.format("沟渠清淤", name), encoding="utf-8")
    imported = read_file(file)
    assert [row.name for row in imported.draft.document.projects[0].indicators] == [name]
    assert not [line for line in imported.report.lines if "编号" in line]


def test_a_form_number_without_name_and_value_is_no_indicator(tmp_path: Path) -> None:
    file = tmp_path / "表.txt"
    file.write_text(
        NUMBERED.format("沟渠清淤", "指标1：清淤沟渠") + "产出指标\t质量指标\t指标2：\t\n", encoding="utf-8"
    )
    imported = read_file(file)
    assert [row.name for row in imported.draft.document.projects[0].indicators] == ["清淤沟渠"]
    assert any("「指标1：」「指标2：」" in line for line in imported.report.lines)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".txt"])
@pytest.mark.parametrize("form_id", ["hebei-2022", "project-2015"])
def test_numbers_typed_into_tier_and_name_come_back_from_the_programs_own_files(
    suffix: str, form_id: str, tmp_path: Path
) -> None:
    draft = read_file(ROOT / "sample" / "sample.txt").draft
    first, *rest = draft.document.projects
    typed = replace(first.indicators[0], tier1="产出指标（50分）", name="指标1：培训农户")
    named = replace(first, indicators=(typed, *first.indicators[1:]))
    draft = replace(draft, document=replace(draft.document, projects=(named, *rest)))
    form, file = load_form(form_id), tmp_path / f"文本{suffix}"
    file.write_bytes(file_bytes(draft, suffix) if form is None else form_bytes(draft, form, suffix))
    read = read_file(file).draft.document.projects[0].indicators[0]
    assert (read.tier1, read.name) == ("产出指标（50分）", "指标1：培训农户")


TITLES = [
    "2026年度部门预算项目绩效目标",
    "柳湾区水利局2026年项目绩效目标汇总",
    "2026年项目支出绩效目标申报",
    "2026年项目绩效目标",
    "项目支出绩效目标（2026年度）",
    "附件：2026年项目绩效目标公开",
]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("suffix", [".txt", ".csv"])
def test_a_title_without_the_word_table_gives_the_year(title: str, suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"表{suffix}"
    file.write_text(f"{title}\n{NUMBERED.format('沟渠清淤', '清淤沟渠')}", encoding="utf-8")
    imported = read_file(file)
    assert imported.draft.document.year == 2026
    assert any(title in line for line in imported.report.lines)


@pytest.mark.parametrize("line", ["2025年10月项目申报", "2025年预算与2026年目标", "2026年，项目目标已定", "2026年大事"])
def test_other_lines_with_a_year_are_no_titles(line: str, tmp_path: Path) -> None:
    file = tmp_path / "表.txt"
    file.write_text(f"{line}\n{NUMBERED.format('沟渠清淤', '清淤沟渠')}", encoding="utf-8")
    document = read_file(file).draft.document
    assert document.year is None
    assert any(line in text for text in document.unplaced)


def test_titles_of_forms_below_the_own_text_are_told() -> None:
    title = "柳湾区水利局2026年项目支出绩效目标表"
    form = FORM.format(name="送戏下乡").replace("项目支出绩效目标表\n（2026年度）", title)
    found = understand(read_text(OWN + form), load_template())
    assert found.document.year == 2026
    assert any(title in line for line in found.report.lines)
    assert any("送戏下乡" in line and "预算数取自" in line for line in found.report.lines)


def test_lines_of_a_form_without_a_project_are_kept() -> None:
    lines = "联系电话：0310-1234567\n项目支出绩效目标表\n（2026年度）"
    form = FORM.format(name="送戏下乡").replace("项目支出绩效目标表\n（2026年度）", f"项目支出绩效目标表\n{lines}")
    document = understand(read_text(form), load_template()).document
    assert any("0310-1234567" in text for text in document.unplaced)


@pytest.mark.parametrize("between", [("绩效指标",), ("三、绩效指标", ""), ("绩效指标设置情况如下：",), ()])
def test_the_indicators_in_a_table_of_their_own_below_a_line_are_the_forms(
    between: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "申报表.docx"
    form = table(
        row(*map(cell, ("项目名称", "联检楼维护", "实施单位", "邕河市口岸办"))),
        row(*map(cell, ("项目总投资", "560", "2026年申请资金", "180"))),
        row(cell("年度目标"), cell("维修屋面2400平方米。")),
    )
    headers = ("序号", "一级指标", "二级指标", "三级指标", "指标方向", "目标值", "计量单位")
    indicators = table(
        row(*map(cell, headers)), row(*map(cell, ("1", "产出", "数量", "屋面维修面积", "≥", "2400", "平方米")))
    )
    file.write_bytes(docx(line("2026年项目支出绩效目标申报表"), form, *map(line, between), indicators))
    imported = read_file(file)
    (project,) = imported.draft.document.projects
    assert (project.name, project.budget, project.details.whole_total) == ("联检楼维护", "180", "560")
    assert [(each.name, each.value) for each in project.indicators] == [("屋面维修面积", "≥2400平方米")]


def test_a_further_form_below_a_line_is_a_project_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "申报表.docx"
    forms = [
        table(
            row(*map(cell, ("项目名称", name, "预算金额", "180"))),
            row(cell("年度目标"), cell("维修屋面。")),
            row(*map(cell, ("一级指标", "二级指标", "三级指标", "目标值"))),
            row(*map(cell, ("产出", "数量", "维修面积", "90平方米"))),
        )
        for name in ("联检楼维护", "仓库维护")
    ]
    file.write_bytes(docx(line("项目支出绩效目标表"), forms[0], line("下一个项目"), forms[1]))
    projects = read_file(file).draft.document.projects
    assert [(each.name, len(each.indicators)) for each in projects] == [("联检楼维护", 1), ("仓库维护", 1)]
