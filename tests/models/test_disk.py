"""The disk in the user's words: no English reason in a Chinese sentence; whose a folder is; how long a path may be."""

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.disk import LONGEST_PATH, other_owner, why
from models.store import StoreError, connection
from models.store.data_folder import FolderGoneError, followed
from models.store.moving import refusal
from tests.opening import open_store


@pytest.mark.parametrize(
    "number", ["EACCES", "EROFS", "ENOSPC", "ENAMETOOLONG", "EIO", "ENOTDIR", "ENOENT", "EBUSY", "EINVAL"]
)
def test_the_reason_is_said_in_chinese(number: str) -> None:
    code = getattr(errno, number)
    assert not re.search("[A-Za-z]", why(OSError(code, os.strerror(code))))


def test_a_reason_without_words_of_ours_is_the_system_s() -> None:
    assert why(OSError(10_000, "something else")) == "something else"
    assert why(OSError("nothing but words")) == "OSError"


@pytest.mark.parametrize("said", ["无效名字。", "无效名字。\r\n", "无效名字."])
def test_a_sentence_of_the_system_can_be_gone_on_from(said: str) -> None:
    assert why(OSError(10_000, said)) == "无效名字"


@pytest.fixture
def another_account() -> Iterator[Path]:
    """A folder of an account of its own, and this process as yet another one."""
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("needs a process that may give its rights away")
    with tempfile.TemporaryDirectory() as outside:
        Path(outside).chmod(0o755)
        folder = Path(outside) / "data"
        open_store(folder / "goalform.db").close()
        for path in (folder / "goalform.db", folder):
            os.chown(path, 1, 1)
        os.seteuid(65534)
        try:
            yield folder
        finally:
            os.seteuid(0)


def test_a_folder_of_another_account_is_told_as_that_and_by_its_name(another_account: Path) -> None:
    name = other_owner(another_account)
    with pytest.raises(FolderGoneError, match=f"没有权限.*另一个账户（{name}）"):
        followed(another_account)


def test_drafts_of_another_account_are_told_as_that_and_not_as_read_only(another_account: Path) -> None:
    os.seteuid(0)
    another_account.chmod(0o777)
    os.seteuid(65534)
    name = other_owner(another_account / "goalform.db")
    with pytest.raises(StoreError, match=f"没有权限.*另一个账户（{name}）") as caught:
        open_store(another_account / "goalform.db")
    assert caught.value.fault == "read_only"


def test_what_is_one_s_own_has_no_other_owner(tmp_path: Path) -> None:
    assert other_owner(tmp_path) == other_owner(tmp_path / "gone") == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has a limit of its own")
def test_a_path_too_long_for_the_drafts_is_told_as_that(tmp_path: Path) -> None:
    folder = tmp_path
    while len(os.fsencode(folder / "goalform.db")) <= LONGEST_PATH:
        folder = folder / ("很长的名称" * 10)
    with pytest.raises(StoreError, match="路径太长"):
        open_store(folder / "goalform.db")
    assert "路径太长" in refusal(tmp_path / "now", folder)
    while len(os.fsencode(folder)) < 5000:
        folder = folder / ("很长的名称" * 10)
    with pytest.raises(FolderGoneError, match="路径太长"):
        followed(folder)


def test_a_full_disk_at_the_start_says_nothing_of_words_in_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(connection, "_create", full)
    with pytest.raises(StoreError, match=r"磁盘空间不足.*没有能打开或建立") as caught:
        open_store(tmp_path / "goalform.db")
    assert caught.value.fault == "full"
    assert "窗口" not in str(caught.value)


@pytest.mark.skipif(os.name == "nt", reason="Windows has a limit of its own")
def test_just_short_enough_opens_and_is_written(tmp_path: Path) -> None:
    room = LONGEST_PATH - len(os.fsencode(tmp_path / "goalform.db")) - 1
    folder = tmp_path / ("a" * min(room, 250))
    if room > 252:
        folder = folder / ("b" * (room - 251))
    store = open_store(folder / "goalform.db")
    store.remember("a", "b")
    assert store.recall("a") == "b"
    store.close()
