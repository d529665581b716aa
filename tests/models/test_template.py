"""The form as data: the shipped one is whole, and a fault in one is named by file and key."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from models.document.template import DEFAULT, FORMS, load_template, template_ids
from models.errors import UserError

SHIPPED = (FORMS / DEFAULT / "form.toml").read_text(encoding="utf-8")

Load = Callable[[str], object]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Loads a template from its text."""

    def from_text(text: str) -> object:
        folder = tmp_path / "other"
        folder.mkdir()
        (folder / "form.toml").write_text(text, encoding="utf-8")
        return load_template("other", tmp_path)

    return from_text


def changed(old: str, new: str) -> str:
    assert old in SHIPPED, f"the shipped template no longer holds {old!r}"
    return SHIPPED.replace(old, new, 1)


def test_the_shipped_template_is_the_form() -> None:
    template = load_template()
    assert template_ids() == (DEFAULT,)
    assert (template.id, template.labels.overall_goal) == (DEFAULT, "一、总体绩效目标")
    assert template.checkpoints.months == (3, 6, 10, 12)
    assert [scheme.id for scheme in template.schemes] == ["2015", "2021"]
    assert list(template.schemes[0].tiers) == ["产出指标", "效益指标", "满意度指标"]
    assert [column.field for column in template.indicator_columns] == [
        *("tier1", "tier2", "name", "description", "value", "basis")
    ]
    assert {"%", "百分比", "台（套）", "元/人天"} <= template.known_units


def test_every_field_of_the_project_is_in_its_table_once() -> None:
    shown = [cell.field for row in load_template().project_rows for cell in row if cell.field]
    assert sorted(shown) == sorted(
        {
            *("unit", "amount_unit", "code", "name", "budget", "fiscal_funds", "other_funds", "fund_use", "goals"),
            *(f"spending_plan[{place}]" for place in range(4)),
        }
    )


def test_a_second_tier_knows_its_first() -> None:
    old, new = load_template().schemes
    assert (old.parent("成本指标"), new.parent("经济成本指标"), old.parent("甲")) == ("产出指标", "成本指标", None)


def test_an_unknown_scheme_is_the_default_one() -> None:
    template = load_template()
    assert template.scheme("2021").id == "2021"
    assert template.scheme("1999").id == template.default_scheme
    assert template.font_scheme("windows").id == "windows"
    assert template.font_scheme("none").id == "gb"


def test_another_default_scheme_comes_first(load: Load) -> None:
    template = load(changed('default = "2015"', 'default = "2021"'))
    assert template.scheme("").id == "2021"


def test_an_unknown_template_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有名为「henan-2030」的模板"):
        load_template("henan-2030", tmp_path)
    assert template_ids(tmp_path) == ()


@pytest.mark.parametrize(
    ("old", "new", "key", "fault"),
    [
        ('id = "hebei-2022"', "", "id", "缺失"),
        ('part_one = "第一部分"', "", "labels.part_one", "缺失"),
        ('contents = "目录"', "contents = 1", "labels.contents", "应为 文字"),
        ("months = [3, 6, 10, 12]", 'months = ["3", "6"]', "checkpoints.months", "应为 整数"),
        ("months = [3, 6, 10, 12]", "months = 3", "checkpoints.months", "应为 列表"),
        ("width = 210.0", 'width = "210"', "page.width", "应为 数"),
        ("table_pitch = 18.0", "", "page.table_pitch", "缺失"),
        ("cell_margin = 57", "cell_margin = true", "page.cell_margin", "应为 整数"),
        ("[bookmarks]", "[bookmark]", "bookmarks", "缺失"),
        ('default = "2015"', 'default = "1999"', "tiers.default", "不存在的体系「1999」"),
        ('{ name = "产出指标", tier2 =', '{ name = "产出指标", below =', "tiers.schemes[0].tier1[0].tier2", "缺失"),
        ('units = ["人", "人次", "户", "家", "家次"]', "units = [1]", "choices.units[2].units", "应为 文字"),
        ('{ field = "unit", columns = 6,', '{ field = "unit", columns = 5,', "tables[0].rows[0].cells", "合计 6 列"),
        ('{ label = "项目编码" }', '{ label = "项目编码", rows = 2 }', "tables[0].rows[2].cells", "合计 8 列"),
        (
            '{ label = "项目编码" }',
            '{ label = "项目编码", columns = 0 }',
            "tables[0].rows[1].cells[0].columns",
            "1 以上",
        ),
        ('{ label = "项目编码" }', '{ label = "项目编码", rows = 0 }', "tables[0].rows[1].cells[0].rows", "1 以上"),
        ('{ label = "绩效目标" }', '{ label = "绩效目标", rows = 2 }', "tables[0].rows[6].cells", "超出"),
        (
            '{ label = "项目编码" }',
            '{ label = "项目编码", field = "code" }',
            "tables[0].rows[1].cells[0].label",
            "恰有一个",
        ),
        ('{ label = "项目编码" }', "{ }", "tables[0].rows[1].cells[0].label", "恰有一个"),
        ('{ field = "budget" }', '{ field = "buget" }', "tables[0].rows[2].cells[2].field", "「buget」"),
        ('field = "basis"', 'field = "base"', "tables[1].rows[1].cells[5].field", "「base」"),
        ('field = "description", columns = 2,', 'field = "description",', "tables[1].rows[1].cells", "合计 6 列"),
    ],
)
def test_a_fault_is_named_by_file_and_key(load: Load, tmp_path: Path, old: str, new: str, key: str, fault: str) -> None:
    text = changed(old, new)
    tomllib.loads(text)  # the fault is in the form, not in the writing
    with pytest.raises(UserError) as caught:
        load(text)
    assert str(tmp_path / "other" / "form.toml") in str(caught.value)
    assert f"「{key}」" in str(caught.value)
    assert fault in str(caught.value)


def test_a_file_that_is_no_toml_is_named(load: Load) -> None:
    with pytest.raises(UserError, match=r"form\.toml 不是正确的 TOML"):
        load("id = ")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "form.toml").write_bytes('id = "河北"'.encode("gbk"))
    with pytest.raises(UserError, match=r"form\.toml 不是正确的 TOML"):
        load_template("other", tmp_path)
