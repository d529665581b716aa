"""The own library as a workbook: what is written comes back; tables somebody made by hand are read, too."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from exporters.library_writer import own_library_bytes, write_own_library
from importers.excel.library_reader import read_own_library
from models.errors import UserError
from models.indicators.indicator_library import Entry

ENTRY = Entry(
    *("产出指标", "数量指标", "铺设管道长度", "全年铺设的\n灌溉管道", "≥", "公里", "计划标准"),
    year=2025,
    value="≥6公里",
)


def workbook(path: Path, *lines: tuple[object, ...]) -> Path:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def test_what_is_exported_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "我的指标库.xlsx"
    words = Entry("满意度指标", "服务对象满意度指标", "群众评价", basis="问卷调查", source="自己添加", value="优良")
    write_own_library([ENTRY, words], path)
    found = read_own_library(path)
    assert [(e.tier2, e.name, e.description, e.sign, e.unit, e.basis, e.year, e.value) for e in found.entries] == [
        ("数量指标", "铺设管道长度", "全年铺设的\n灌溉管道", "≥", "公里", "计划标准", 2025, "≥6公里"),
        ("服务对象满意度指标", "群众评价", "", "", "", "问卷调查", 0, "优良"),
    ]
    assert found.notes == ()


def test_a_table_made_by_hand_is_read_with_its_merged_tiers_and_other_names(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "表.xlsx",
        ("云泽县指标", None, None, None, None),
        ("一级指标", "二级指标", "指标名称", "指标值", "计量单位"),
        ("产出指标", "数量指标", "培训期数", ">=6期", None),
        (None, None, "发放资料", 3000, "份"),
        ("效益指标", None, "增收", None, None),
        (None, None, None, "≥5", None),
    )
    found = read_own_library(path)
    assert [(e.tier1, e.tier2, e.name, e.sign, e.unit) for e in found.entries] == [
        ("产出指标", "数量指标", "培训期数", "≥", "期"),
        ("产出指标", "数量指标", "发放资料", "", "份"),
        ("效益指标", "", "增收", "", ""),
    ]
    assert found.notes == ("1 行没有写三级指标，没有读入。",)


@pytest.mark.parametrize("content", ["别的表", "", "不是 Excel"])
def test_a_file_without_indicators_says_what_is_missing(tmp_path: Path, content: str) -> None:
    path = tmp_path / "表.xlsx"
    if content.startswith("不是"):
        path.write_bytes(b"no workbook at all")
    else:
        workbook(path, (content, "其他"))
    with pytest.raises(UserError, match=r"表\.xlsx"):
        read_own_library(path)


def test_a_missing_file_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"没有\.xlsx"):
        read_own_library(tmp_path / "没有.xlsx")
    with pytest.raises(UserError, match="不存在"):
        write_own_library([ENTRY], tmp_path / "没有" / "表.xlsx")


def test_the_same_entries_give_the_same_file() -> None:
    assert own_library_bytes([ENTRY]) == own_library_bytes([ENTRY])
