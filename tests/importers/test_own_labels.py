"""Labels and headers the user explained: known to the next file, in a file of their own that may be changed by hand."""

from pathlib import Path

import pytest

from importers.checking import check_file
from importers.clipboard import read_clipboard
from importers.import_files import read_file
from importers.reading.own_labels import NAME, load, remember
from models.errors import UserError
from tests.importers.workbooks import book

FORM = [
    ["项目名称", "送戏下乡"],
    ["主管部门", "青坪乡"],
    ["掌事人", "王某"],
    ["备用金总额", "12.5"],
    ["一级指标", "三级指标", "指标值"],
    ["产出指标", "场次", "≥30场"],
]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "表.xlsx"
    path.write_bytes(book({"表": FORM}))
    return path


def test_a_label_that_was_explained_is_known_to_the_next_file(form: Path, tmp_path: Path) -> None:
    before = read_file(form, home=tmp_path).draft.document
    assert "掌事人：王某" in "".join(before.unplaced)
    remember(tmp_path, "掌事人", "details.lead")
    remember(tmp_path, "备用金 总额：", "budget")
    after = read_file(form, home=tmp_path).draft.document
    assert (after.projects[0].details.lead, after.projects[0].budget) == ("王某", "12.5")
    assert after.unplaced == ()


def test_another_persons_labels_are_not_known(form: Path, tmp_path: Path) -> None:
    remember(tmp_path, "掌事人", "details.lead")
    assert read_file(form).draft.document.projects[0].details.lead == ""
    text = "\n".join("\t".join(row) for row in FORM)
    assert read_clipboard(None, text, tmp_path).draft.document.projects[0].details.lead == "王某"
    assert read_clipboard(None, text).draft.document.projects[0].details.lead == ""


def test_a_label_explained_anew_means_the_new_field_alone(form: Path, tmp_path: Path) -> None:
    remember(tmp_path, "掌事人", "details.lead")
    remember(tmp_path, "掌事人", "details.contact")
    details = read_file(form, home=tmp_path).draft.document.projects[0].details
    assert (details.lead, details.contact) == ("", "王某")


@pytest.mark.parametrize("label", ['掌"事"人', "掌\\事人", "掌事人'"])
def test_any_label_can_be_remembered(label: str, tmp_path: Path) -> None:
    remember(tmp_path, label, "details.lead")
    path = tmp_path / "表.xlsx"
    path.write_bytes(book({"表": [[label if cell == "掌事人" else cell for cell in row] for row in FORM]}))
    assert read_file(path, home=tmp_path).draft.document.projects[0].details.lead == "王某"


BROKEN = [
    "[project",
    "[colours]\na = []",
    "[project]\nname = 3",
    "[project]\nname = [3]",
    "project = 3",
    "[project]\nnames = ['甲']",
    "[indicator]\nfoo = ['甲']",
]


def test_headers_of_indicators_may_be_written_by_hand(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('[indicator]\nvalue = ["约定值"]\nname = ["考核点"]\n', encoding="utf-8")
    path = tmp_path / "清单.xlsx"
    path.write_bytes(
        book({"清单": [["项目名称", "一级指标", "考核点", "约定值"], ["送戏下乡", "产出指标", "场次", "≥30场"]]})
    )
    (row,) = read_file(path, home=tmp_path).draft.document.projects[0].indicators
    assert (row.name, row.value) == ("场次", "≥30场")


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_file_of_labels_is_named(content: str, form: Path, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=r"您自己的表头文件.*labels\.toml"):
        read_file(form, home=tmp_path)


def test_a_check_knows_them_too(form: Path, tmp_path: Path) -> None:
    remember(tmp_path, "掌事人", "details.lead")
    remember(tmp_path, "备用金总额", "budget")
    assert any("掌事人" in text for text in check_file(form).unplaced)
    assert check_file(form, tmp_path).unplaced == ()


@pytest.mark.parametrize(("path", "section"), [("indicators[i1].value", "indicator"), ("details.lead", "details")])
def test_a_label_is_remembered_in_the_section_of_its_field(path: str, section: str, tmp_path: Path) -> None:
    remember(tmp_path, "约定", path)
    assert f"[{section}]" in (tmp_path / NAME).read_text(encoding="utf-8")
    assert load(tmp_path) == (("约定", "value" if section == "indicator" else "detail.lead"),)
