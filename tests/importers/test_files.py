"""A file that cannot be read at all: one sentence says which and why."""

from pathlib import Path

import pytest

from importers.import_files import read_file
from models.errors import UserError


@pytest.mark.parametrize("name", ["没有的.docx", "没有的", "没有的.pptx", "没有的.xls"])
def test_a_file_that_is_not_there_is_said_before_its_kind(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=rf"找不到文件「.*{name}」"):
        read_file(tmp_path / name)


def test_a_folder_is_named_as_one(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="是一个文件夹"):
        read_file(tmp_path)


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.pptx", "类型（.pptx），可以读取的有：.docx"), ("a", "没有后缀"), ("a.XLSB", "可以读取的有：")],
)
def test_a_kind_nobody_reads_is_named_with_what_to_do(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / name).write_bytes(b"1")
    with pytest.raises(UserError, match=words):
        read_file(tmp_path / name)


def test_a_folder_that_may_not_be_entered_is_no_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_kinds: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refused)
    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(UserError, match="无法读取"):
        read_file(tmp_path / "a.docx")
