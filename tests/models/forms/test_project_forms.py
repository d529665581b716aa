"""Forms as data: the shipped ones, a further one as a folder alone, and faults that are named."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from exporters.build_form import build_form
from exporters.form_files import form_bytes, message
from importers.import_files import read_file
from importers.office import find_office
from models.document import fieldpath
from models.document.blocks import Block, Table
from models.document.template import FORMS
from models.document.tree import Details, Draft, GoalDocument, Indicator, Project, Unit, without_ids
from models.errors import UserError
from models.forms.form_definition import ProjectForm, list_forms, load_form, load_project_forms, user_forms
from models.forms.printed_fields import not_shown, shown, updated_by
from tests.importers.word_files import converted
from tests.models.forms.county_form import COUNTY

PROJECT = Project(
    "p1",
    Unit("806001", "青禾县文化服务中心"),
    "万元",
    "13020925P000653100010",
    "公益演出",
    "165.00",
    "150.00",
    "15.00",
    fund_use="用于演出。",
    goals=("办好演出", "开放剧场"),
    indicators=(
        Indicator("i1", "产出指标", "数量指标", "演出场次", "全年演出场次", "≥30场", "年初工作计划", "20"),
        Indicator("i2", "产出指标", "质量指标", "演出完成率", "", "100%"),
        Indicator("i3", "效益指标", "社会效益指标", "观众人次", "", "≥900人次"),
        Indicator("i4", "产出指标", "数量指标", "三年演出场次", "", "≥90场", scope="long_term"),
    ),
    details=Details(department="青禾县文化局", starts="2026年1月", ends="2028年12月", lead="张三"),
)
DOCUMENT = GoalDocument(year=2026, overall_goal="丰富群众文化生活。", projects=(PROJECT,))
NATIONAL, PERIOD = (load_form(name) for name in ("project-2015", "project-2021-period"))


def rows_of(blocks: tuple[Block, ...]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for block in blocks if isinstance(block, Table) for row in block.rows]


def installed(folder: Path, text: str = COUNTY, form_id: str = "county-2026") -> Path:
    (folder / form_id).mkdir(parents=True)
    (folder / form_id / "form.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_national_form_is_laid_out_as_published() -> None:
    assert NATIONAL is not None
    assert rows_of(build_form(DOCUMENT, NATIONAL)) == [
        ["项目名称", "公益演出"],
        ["主管部门", "青禾县文化局", "实施单位", ""],
        ["项目资金（万元）", "年度资金总额：", "165.00"],
        ["其中：财政拨款", "150.00"],
        ["上年结转资金", ""],
        ["其他资金", "15.00"],
        ["年度总体目标", "1.办好演出\n2.开放剧场"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "演出场次", "≥30场"],
        ["质量指标", "演出完成率", "100%"],
        ["效益指标", "社会效益指标", "观众人次", "≥900人次"],
    ]


def test_the_form_of_a_whole_term_has_its_funds_goals_and_years() -> None:
    assert PERIOD is not None
    rows = rows_of(build_form(DOCUMENT, PERIOD))
    assert rows[4:11] == [
        ["项目资金（万元）", "项目资金总额", "", "年度资金申请总额", "165.00"],
        ["其中：财政资金", "", "其中：当年财政拨款", "150.00"],
        ["其他资金", "", "上年结转资金", ""],
        ["", "", "其他资金", "15.00"],
        ["项目绩效目标", "项目总体目标（2026年1月-2028年12月）", "年度总体目标"],
        ["", "1.办好演出\n2.开放剧场"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度（/项目）指标值"],
    ]
    without_term = fieldpath.replace_all(DOCUMENT, {f"projects[p1].details.{name}": "" for name in ("starts", "ends")})
    assert rows_of(build_form(without_term, PERIOD))[8][1] == "项目总体目标"


def test_the_unit_of_amounts_is_the_projects_own() -> None:
    assert NATIONAL is not None
    in_yuan = fieldpath.replace(DOCUMENT, "projects[p1].amount_unit", "元")
    assert rows_of(build_form(in_yuan, NATIONAL))[2][0] == "项目资金（元）"


def test_every_word_shows_its_field() -> None:
    assert PERIOD is not None
    cells = (
        cell
        for block in build_form(DOCUMENT, PERIOD)
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
    )
    paths = {span.path for cell in cells for part in cell.paragraphs for span in part.spans if span.path}
    assert {"projects[p1].details.department", "projects[p1].goals[1]", "projects[p1].indicators[i3].value"} <= paths
    for path in paths:
        fieldpath.get(DOCUMENT, path)


def test_rows_of_the_whole_term_are_printed_where_a_form_names_them() -> None:
    form = load_form("county-term", Path(__file__).parents[2] / "data" / "forms")
    assert form is not None
    rows = rows_of(build_form(DOCUMENT, form))
    assert rows[2:] == [
        ["年度指标", "一级指标", "二级指标", "三级指标", "年度指标值"],
        ["产出指标", "数量指标", "演出场次", "≥30场"],
        ["质量指标", "演出完成率", "100%"],
        ["效益指标", "社会效益指标", "观众人次", "≥900人次"],
        ["实施期目标", ""],
        ["实施期指标", "一级指标", "二级指标", "三级指标", "实施期指标值"],
        ["产出指标", "数量指标", "三年演出场次", "≥90场"],
        ["负责人", "张三"],
    ]
    assert "实施期指标 1 行" not in not_shown(DOCUMENT, form)
    read = shown(DOCUMENT, form)
    assert [(row.name, row.scope) for row in read.projects[0].indicators][-1] == ("三年演出场次", "long_term")
    longer = fieldpath.replace(read, "projects[p1].indicators[i4].value", "≥99场")
    after = updated_by(DOCUMENT, longer, form)
    assert fieldpath.get(after, "projects[p1].indicators[i4].value") == "≥99场"
    assert updated_by(DOCUMENT, read, form) == DOCUMENT


def test_two_runs_of_rows_need_labels_between_them(tmp_path: Path) -> None:
    again = '[[tables.rows]]\neach = "long_term_indicators"\ncells = [{ field = "name", columns = 4 }]\n'
    own = installed(tmp_path, COUNTY + again)
    with pytest.raises(UserError, match="中间要有一行标签"):
        load_project_forms(own)


def in_files(form: ProjectForm, document: GoalDocument, home: Path) -> list[GoalDocument]:
    """What comes back from a file of each kind."""
    found = []
    for suffix in (".docx", ".xlsx", ".txt"):
        path = home / f"表{suffix}"
        path.write_bytes(form_bytes(Draft(document), form, suffix))
        read = read_file(path, home=home)
        assert read.form == form.id
        found.append(without_ids(read.draft.document))
    return found


LINE = 'title = "项目绩效表"\nline = "单位：{unit.name} 年度：{year}"'


@pytest.mark.parametrize(("year", "name"), [(2026, "青禾县 文化站"), (None, "青禾县文化站"), (2026, ""), (None, "")])
def test_the_line_is_printed_where_one_of_its_fields_says_something(tmp_path: Path, year: int, name: str) -> None:
    form = load_form("county-2026", installed(user_forms(tmp_path), COUNTY.replace('title = "项目绩效表"', LINE)))
    assert form is not None
    document = replace(DOCUMENT, year=year, unit=Unit(name=name))
    assert in_files(form, document, tmp_path) == [without_ids(shown(document, form))] * 3


MORE = (
    '[[tables.rows]]\noptional = true\ncells = [{ label = "资金" }, { field = "budget" }, { label = "备注[元]", columns = 2 }]\n'
    '[[tables]]\ncolumns = [4444, 4400]\n[[tables.rows]]\ncells = [{ label = "目标" }, { label = "用途" }]\n'
    '[[tables.rows]]\ncells = [{ field = "goals" }, { field = "fund_use" }]\n'
)


@pytest.mark.parametrize("budget", ["165.00", ""])
@pytest.mark.parametrize("use", ["用于演出。", ""])
@pytest.mark.parametrize("rows", [0, 2])
def test_rows_that_may_lack_and_a_second_table_come_back(tmp_path: Path, budget: str, use: str, rows: int) -> None:
    form = load_form("county-2026", installed(user_forms(tmp_path), COUNTY + MORE))
    assert form is not None
    goals = PROJECT.goals if use else ()
    project = replace(PROJECT, budget=budget, fund_use=use, goals=goals, indicators=PROJECT.indicators[:rows])
    document = replace(DOCUMENT, projects=(project, replace(PROJECT, id="p2", name="剧场开放")))
    assert in_files(form, document, tmp_path) == [without_ids(shown(document, form))] * 3


def test_a_workbook_of_a_form_that_is_not_installed_is_read_by_its_words(tmp_path: Path) -> None:
    """«项目» may be a name, a code or both; where it stands is told in the same word."""
    form = load_form("county-2026", installed(user_forms(tmp_path), COUNTY + MORE))
    assert form is not None
    path = tmp_path / "表.xlsx"
    path.write_bytes(form_bytes(Draft(replace(DOCUMENT, projects=(replace(PROJECT, indicators=()),))), form, ".xlsx"))
    found = read_file(path)
    assert [project.name for project in found.draft.document.projects] == ["公益演出"]
    assert any("项目取自" in line for line in found.report.lines)


def test_a_fourth_form_is_a_folder_and_no_code(tmp_path: Path) -> None:
    own = installed(user_forms(tmp_path))
    assert [form.id for form in list_forms(own)] == ["hebei-2022", "project-2015", "project-2021-period", "county-2026"]
    form = load_form("county-2026", own)
    assert form is not None
    for suffix in (".docx", ".xlsx", ".txt"):
        path = tmp_path / f"表{suffix}"
        path.write_bytes(form_bytes(Draft(DOCUMENT), form, suffix))
        found = read_file(path, home=tmp_path)
        assert found.form == "county-2026"
        assert without_ids(found.draft.document) == without_ids(shown(DOCUMENT, form))
    project = shown(DOCUMENT, form).projects[0]
    assert (project.details, project.budget, project.indicators[0].basis) == (Details(lead="张三"), "", "年初工作计划")
    assert form_bytes(Draft(DOCUMENT), form, ".pdf").startswith(b"%PDF")


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".txt"])
def test_forms_of_the_same_labels_are_known_by_their_titles(tmp_path: Path, suffix: str) -> None:
    """Neither the order of their names nor what was written last decides."""
    own = installed(user_forms(tmp_path))
    for form_id, title in (("a-town", "乡镇项目表"), ("z-town", "镇级项目表")):
        other = COUNTY.replace('"county-2026"', f'"{form_id}"').replace('title = "项目绩效表"', f'title = "{title}"')
        installed(own, other, form_id)
    for form_id in ("a-town", "county-2026", "z-town"):
        form = load_form(form_id, own)
        assert form is not None
        path = tmp_path / f"{form_id}{suffix}"
        path.write_bytes(form_bytes(Draft(DOCUMENT), form, suffix))
        assert read_file(path, home=tmp_path).form == form_id


@pytest.mark.skipif(find_office() is None, reason="needs LibreOffice")
def test_a_form_is_known_in_opendocument(tmp_path: Path) -> None:
    form = load_form("county-2026", installed(user_forms(tmp_path)))
    assert form is not None
    path = tmp_path / "表.xlsx"
    path.write_bytes(form_bytes(Draft(DOCUMENT), form, ".xlsx"))
    (saved,) = converted([path], "ods", tmp_path / "made")
    found = read_file(saved, home=tmp_path)
    assert (found.form, without_ids(found.draft.document)) == ("county-2026", without_ids(shown(DOCUMENT, form)))


def test_a_shipped_form_is_not_replaced_by_one_of_its_name(tmp_path: Path) -> None:
    own = installed(tmp_path, COUNTY.replace("county-2026", "project-2015"), "project-2015")
    form = load_form("project-2015", own)
    assert form is not None
    assert form.folder == FORMS / "project-2015"


@pytest.mark.parametrize("form_id", ["henan-2030", "../project-2015", "/etc", "", "x" * 5000])
def test_a_form_that_is_not_installed_is_refused_by_name(form_id: str, tmp_path: Path) -> None:
    shutil.copytree(FORMS / "project-2015", tmp_path / "project-2015")
    with pytest.raises(UserError, match="没有名为") as caught:
        load_form(form_id, tmp_path / "forms")
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("old", "new", "key", "line", "fault"),
    [
        ('title = "项目绩效表"\n', "", "title", 1, "缺失"),
        ('kind = "project"', 'kind = "project"\ncolour = "红"', "colour", 4, "不认识的键"),
        ('title = "项目绩效表"', 'title = "项目绩效表"\ntiers = "1999"', "tiers", 7, "不存在的体系「1999」"),
        ('title = "项目绩效表"', 'title = "项目绩效表"\nline = "（{month}）"', "line", 7, "不存在的栏目「month」"),
        (
            "columns = 2 }]\n[[tables.rows]]\neach",
            "columns = 3 }]\n[[tables.rows]]\neach",
            "tables[0].rows[1].cells",
            12,
            "合计 5 列",
        ),
        (
            'field = "details.lead"',
            'field = "details.boss"',
            "tables[0].rows[0].cells[3].field",
            10,
            "「details.boss」",
        ),
        *(
            ('field = "details.lead"', f'field = "{name}"', "tables[0].rows[0].cells[3].field", 10, f"「{name}」{what}")
            for name, what in (
                ("unit", "不是一栏文字，请写明是哪一栏，例如「unit.code」"),
                ("spending_plan", "不是一栏文字，请写明是哪一栏，例如「spending_plan[0]」"),
                ("spending_plan[4]", "不是一栏文字"),
                ("indicators", "不是一栏文字"),
                ("goals[0]", "不是一栏文字"),
            )
        ),
        ('{ field = "value" }', '{ field = "scope" }', "tables[0].rows[2].cells[1].field", 15, "不是一栏文字"),
        ('label = "要求"', 'label = "要求（{goals}）"', "tables[0].rows[1].cells[1].label", 12, "不是一栏文字"),
        ('label = "要求"', 'label = "{budget}{code}"', "tables[0].rows[1].cells[1].label", 12, "紧挨着"),
        (
            'title = "项目绩效表"',
            'title = "项目绩效表"\nline = "{unit.code} {unit.name}"',
            "line",
            7,
            "「{unit.code} {unit.name}」里有两个栏目紧挨着",
        ),
        ('title = "项目绩效表"', 'title = "项目绩效表"\nline = "{projects}"', "line", 7, "「projects」不是一栏文字"),
        (
            "[[tables]]",
            '[[tables]]\ncolumns = [8844]\n[[tables.rows]]\noptional = true\ncells = [{ field = "code" }]\n[[tables]]',
            "tables[0].rows",
            9,
            "没有一行总是印出来",
        ),
        (
            "[[tables]]",
            '[[tables]]\ncolumns = [8844]\n[[tables.rows]]\ncells = [{ field = "code" }]\n[[tables]]',
            "tables[0].rows",
            9,
            "都只有一格",
        ),
        ('each = "indicators"', 'each = "funds"', "tables[0].rows[2].each", 14, "不能是「funds」"),
        ('{ label = "要求" }', '{ label = "要求（{sum}）" }', "tables[0].rows[1].cells[1].label", 12, "「sum」"),
        (
            '{ field = "value" }',
            '{ field = "value", align = "left" }',
            "tables[0].rows[2].cells[1].align",
            15,
            "「left」",
        ),
        (
            '{ field = "name" }, { label = "负责人" }',
            '{ field = "code" }, { label = "负责人" }',
            "tables",
            7,
            "没有项目名称",
        ),
    ],
)
def test_a_broken_file_names_itself_its_key_and_its_line(
    tmp_path: Path, old: str, new: str, key: str, line: int, fault: str
) -> None:
    assert old in COUNTY
    own = installed(tmp_path, COUNTY.replace(old, new, 1))
    with pytest.raises(UserError) as caught:
        load_project_forms(own)
    words = str(caught.value)
    assert str(own / "county-2026" / "form.toml") in words
    assert f"第 {line} 行的「{key}」" in words
    assert fault in words


def test_a_broken_form_of_the_user_is_told_and_keeps_no_other_file_away(tmp_path: Path) -> None:
    assert NATIONAL is not None
    installed(user_forms(tmp_path), COUNTY.replace('title = "项目绩效表"', ""))
    path = tmp_path / "申报表.docx"
    path.write_bytes(form_bytes(Draft(DOCUMENT), NATIONAL, ".docx"))
    found = read_file(path, home=tmp_path)
    assert found.form == "project-2015"
    (told,) = [line for line in found.report.lines if "单位自己的表样没有用上" in line]
    assert "county-2026" in told
    assert "「title」" in told


def test_a_file_that_is_no_toml_names_itself_and_the_line(tmp_path: Path) -> None:
    own = installed(tmp_path, COUNTY + "\nx = [")
    with pytest.raises(UserError, match=r"form\.toml 不是正确的 TOML"):
        load_project_forms(own)


def test_what_a_form_does_not_print_is_told() -> None:
    assert NATIONAL is not None
    assert not_shown(DOCUMENT, NATIONAL) == (
        *("部门整体绩效目标（第一部分）", "单位代码", "单位名称", "项目编码", "资金用途"),
        *("开始时间", "完成时间", "项目负责人", "绩效指标描述", "指标值确定依据", "权重", "实施期指标 1 行"),
    )
    bare = shown(DOCUMENT, NATIONAL)
    assert message(Draft(bare), NATIONAL) == ""


def test_tiers_the_form_does_not_know_are_printed_and_told() -> None:
    assert NATIONAL is not None
    other = fieldpath.replace(DOCUMENT, "projects[p1].indicators[i1].tier1", "管理指标")
    assert ["管理指标", "数量指标", "演出场次", "≥30场"] in rows_of(build_form(other, NATIONAL))
    assert "照原样印出）：管理指标。" in message(Draft(other), NATIONAL)


def test_a_file_of_a_form_brings_only_what_it_shows_into_an_open_draft() -> None:
    assert NATIONAL is not None
    edited = fieldpath.replace(shown(DOCUMENT, NATIONAL), "projects[p1].budget", "180.00")
    edited = fieldpath.replace(edited, "projects[p1].indicators[i1].value", "≥36场")
    new = Indicator("i9", "产出指标", "时效指标", "完成时间", value="12月底前")
    edited = fieldpath.insert(edited, "projects[p1].indicators", 3, new)
    edited = replace(edited, projects=(replace(edited.projects[0], id="p7"),))
    after = updated_by(DOCUMENT, edited, NATIONAL)
    assert after.overall_goal == DOCUMENT.overall_goal
    (project,) = after.projects
    assert project.id == "p1"
    assert (project.budget, project.code, project.fund_use, project.details) == (
        *("180.00", PROJECT.code, PROJECT.fund_use, PROJECT.details),
    )
    assert [(row.name, row.value, row.basis) for row in project.indicators] == [
        ("演出场次", "≥36场", "年初工作计划"),
        ("演出完成率", "100%", ""),
        ("观众人次", "≥900人次", ""),
        ("完成时间", "12月底前", ""),
        ("三年演出场次", "≥90场", ""),
    ]
    assert [row.scope for row in project.indicators][-1] == "long_term"
    assert updated_by(DOCUMENT, shown(DOCUMENT, NATIONAL), NATIONAL) == DOCUMENT


def test_a_draft_without_projects_has_no_table() -> None:
    assert NATIONAL is not None
    with pytest.raises(UserError, match="还没有项目"):
        form_bytes(Draft(), NATIONAL, ".docx")
