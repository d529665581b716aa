"""Folders a database is not safe in: other machines', drives that stand for them, and those a sync program looks after."""

from pathlib import Path

import pytest

from ui.app import folder_kinds
from ui.app.folder_kinds import is_network_folder, is_remote_drive, sync_program, warning


def test_this_disk_is_no_network_folder_and_a_share_is_one(tmp_path: Path) -> None:
    assert not is_network_folder(tmp_path)
    assert not is_network_folder(tmp_path / "not" / "there" / "yet")
    for share in ("\\\\server\\share\\goalform", "\\\\?\\UNC\\server\\share\\goalform"):
        assert is_network_folder(Path(share)), share


class MappedDrive(type(Path())):  # type: ignore[misc]  # the class of this system's paths
    """A folder of Windows on a drive of its own, wherever the test runs."""

    drive = "Z:"


def test_a_drive_that_stands_for_a_folder_of_another_machine_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def remote(drive: str) -> bool:
        asked.append(drive)
        return True

    monkeypatch.setattr(folder_kinds, "Path", MappedDrive)
    monkeypatch.setattr(folder_kinds, "is_remote_drive", remote)
    assert is_network_folder(tmp_path)
    assert asked == ["Z:"]


def test_the_drive_of_the_system_is_of_this_machine() -> None:
    assert not is_remote_drive("")
    assert not is_remote_drive(Path.home().drive)


@pytest.mark.parametrize(
    ("parts", "program"),
    [
        (("OneDrive", "绩效"), "OneDrive"),
        (("OneDrive - 农业农村局", "绩效"), "OneDrive"),
        (("Nutstore Files", "数据"), "坚果云"),
        (("我的坚果云",), "坚果云"),
        (("BaiduSyncdisk", "a"), "百度网盘"),
        (("WPSDrive", "123", "WPS云盘"), "WPS 云盘"),
        (("Dropbox",), "Dropbox"),
        (("Dropboxes",), ""),
        (("坚果云南店",), ""),
        (("绩效", "2026"), ""),
    ],
)
def test_a_folder_a_sync_program_looks_after_is_known_by_its_name(parts: tuple[str, ...], program: str) -> None:
    assert sync_program(Path("盘").joinpath(*parts)) == program


def test_where_the_system_says_onedrive_is_the_name_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "单位文件"))
    assert sync_program(tmp_path / "单位文件" / "绩效") == "OneDrive"
    assert sync_program(tmp_path / "单位文件二") == ""


def test_the_warning_says_why_and_what_to_do(tmp_path: Path) -> None:
    assert warning(tmp_path) == ""
    assert "网络盘" in warning(Path("\\\\server\\share"))
    told = warning(tmp_path / "OneDrive")
    assert "OneDrive" in told
    assert "请放在本机不同步的文件夹里" in told
