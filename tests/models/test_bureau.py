"""The bureau's system: a value taken apart, the columns of a system as data, what cannot be told for sure."""

from pathlib import Path

import pytest
from hypothesis import given

from models.checks.example import EXAMPLE
from models.document.tree import GoalDocument, Indicator, Project
from models.errors import UserError
from models.exchange.bureau_system import FOLDER, doubts, header, load_systems, project_rows, split_value, usual_system
from tests.strategies import documents


@pytest.mark.parametrize(
    ("value", "code", "number", "unit"),
    [
        ("≥95%", "1", "95", "%"),
        (">=85", "1", "85", ""),
        ("＞3次", "2", "3", "次"),
        ("300亩", "3", "300", "亩"),
        ("=1个", "3", "1", "个"),
        ("<5%", "4", "5", "%"),
        ("≤4,204.68万元", "5", "4204.68", "万元"),
        ("≤１２个", "5", "12", "个"),
        ("100百分比", "3", "100", "百分比"),
        ("≤28.40元/株", "5", "28.40", "元/株"),
        ("优良", "6", "优良", ""),
    ],
)
def test_a_value_is_taken_apart_for_the_systems_columns(value: str, code: str, number: str, unit: str) -> None:
    entry = split_value(value)
    assert (usual_system().signs[entry.sign], entry.number, entry.unit, entry.doubt) == (code, number, unit, "")


@pytest.mark.parametrize("value", ["≥**%", "2023.07-2024.01", "1次/月、2次/年", "≥95%且≤98%", "不低于95%", "≥优良"])
def test_what_cannot_be_split_goes_in_whole_as_words_and_is_told(value: str) -> None:
    entry = split_value(value)
    assert (usual_system().signs[entry.sign], entry.number, entry.unit) == ("6", value, "")
    assert "照原文写入" in entry.doubt


def test_the_usual_systems_columns_stand_in_its_order() -> None:
    assert "·".join(header(usual_system())) == (
        "项目编码·项目名称·一级指标·二级指标·指标名称·计算符号·指标值·计量单位·权重·指标解释·指标值确定依据"
    )
    project = Project(
        "p1",
        code="C1",
        name="管网",
        indicators=(Indicator("i1", "产出指标", "数量指标", "长度", "新铺", "≥6公里", "计划", "10"),),
    )
    assert project_rows(project, usual_system()) == [
        ("C1", "管网", "产出指标", "数量指标", "长度", "1", "6", "公里", "10", "新铺", "计划")
    ]


def test_a_doubt_names_project_row_and_words() -> None:
    project = Project("p1", indicators=(Indicator("a", value="6公里"), Indicator("b", value="≥**%"), Indicator("c")))
    found = list(doubts(GoalDocument(projects=(Project("p0"), project))))
    assert [(doubt.path, doubt.text) for doubt in found] == [
        (
            "projects[p1].indicators[b].value",
            "项目 2 · 指标 2 · 指标值「≥**%」：拆不出符号、数字和单位，按定性指标照原文写入。",
        ),
        ("projects[p1].indicators[c].value", "项目 2 · 指标 3 · 指标值：指标值是空的，计算符号和指标值都留空。"),
    ]
    assert list(doubts(GoalDocument(projects=(Project("p0"), project)), "p0")) == []
    assert [doubt.path for doubt in doubts(EXAMPLE)] == [
        f"projects[{project}].indicators[{row}].value" for project, row in (("p1", "time"), ("p2", "i3"))
    ]  # dates


@pytest.mark.parametrize(
    ("value", "quoted"), [("≥" + "*" * 29, "≥" + "*" * 29), ("≥" + "*" * 30, "≥" + "*" * 29 + "…")]
)
def test_a_doubt_quotes_thirty_characters_of_a_value(value: str, quoted: str) -> None:
    (doubt,) = doubts(GoalDocument(projects=(Project("p1", indicators=(Indicator("a", value=value),)),)))
    assert f"「{quoted}」" in doubt.text


@pytest.mark.parametrize("columns", ["", "columns = []\n", "columns = 3\n"])
def test_a_system_without_columns_is_refused_by_name(tmp_path: Path, columns: str) -> None:
    (tmp_path / "other.toml").write_text(columns + OTHER[: OTHER.index("[[columns]]")], encoding="utf-8")
    with pytest.raises(UserError, match="「columns」缺失或不是列表"):
        load_systems(tmp_path)


@given(documents())
def test_any_text_gives_a_row_an_indicator_with_every_word_of_its_value(document: GoalDocument) -> None:
    system = usual_system()
    for project in document.projects:
        for row, cells in zip(project.indicators, project_rows(project, system), strict=True):
            assert len(cells) == len(system.columns)
            entry = split_value(row.value)
            digits = [char for char in row.value if char.isdigit()]
            assert len(digits) == sum(char.isdigit() for char in entry.number + entry.unit)


OTHER = """
id = "other"
name = "邻县系统"
sheet = "指标"
[signs]
"≥" = "不小于"
"＞" = "大于"
"＝" = "等于"
"＜" = "小于"
"≤" = "不大于"
"定性" = "文字"
[[columns]]
label = "名称"
content = "name"
[[columns]]
label = "符号"
content = "sign"
"""


def test_another_bureaus_columns_are_a_new_file(tmp_path: Path) -> None:
    (tmp_path / "hebei.toml").write_text((FOLDER / "hebei.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "a-other.toml").write_text(OTHER, encoding="utf-8")
    usual, other = load_systems(tmp_path)
    assert usual == usual_system()
    project = Project("p1", indicators=(Indicator("i1", name="长度", value="≤6公里"),))
    assert (other.name, project_rows(project, other)) == ("邻县系统", [("长度", "不大于")])


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('content = "name"', 'content = "nome"', "columns[0].content"),
        ('"≤" = "不大于"', "", "signs.≤"),
        ('sheet = "指标"', "sheet = 3", "sheet"),
        ('label = "符号"', "label = 1", "columns[1].label"),
    ],
)
def test_a_fault_in_a_file_is_named_by_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    (tmp_path / "other.toml").write_text(OTHER.replace(old, new), encoding="utf-8")
    with pytest.raises(UserError) as told:
        load_systems(tmp_path)
    assert "other.toml" in str(told.value)
    assert f"「{key}」" in str(told.value)
