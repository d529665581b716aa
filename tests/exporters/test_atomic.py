"""A file that is replaced is whole at every moment; what cannot be written is said in one sentence."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters import atomic
from exporters.atomic import MAX_NAME_BYTES, safe_file_name, write_atomically
from models.errors import UserError


def left_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_new_file_holds_the_bytes_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_atomically(tmp_path / "绩效文本.docx", b"new")
    assert (tmp_path / "绩效文本.docx").read_bytes() == b"new"
    assert left_in(tmp_path) == ["绩效文本.docx"]


@pytest.mark.skipif(os.name == "nt", reason="rights of files are other ones on Windows")
def test_an_old_file_is_replaced_and_keeps_its_rights(tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_file_marked_read_only_stays_and_is_told_as_that(tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")
    target.chmod(0o444)
    with pytest.raises(UserError, match="原有的文件是只读的，请先取消它的只读属性，或另存为别的文件名") as caught:
        write_atomically(target, b"new")
    assert "Word" not in str(caught.value)
    assert target.read_bytes() == b"old"
    assert left_in(tmp_path) == ["a.docx"]
    target.chmod(0o644)
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"


def test_a_name_the_disk_does_not_take_is_told_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows and a stick in its format answer to a question mark."""
    really_open = Path.open

    def refuse(path: Path, *given: str, **named: str) -> object:
        if given == ("xb",):
            raise OSError(errno.EINVAL, "Invalid argument", str(path))
        return really_open(path, *given, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UserError, match=r"「a\?\.docx」没有写入.*名称里有这里不能用的字符，请改名后重试。$"):
        write_atomically(tmp_path / "a?.docx", b"new")


@pytest.mark.skipif(os.name == "nt", reason="links need rights of their own on Windows")
def test_a_link_goes_on_pointing_at_the_file_it_pointed_at(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / "a.docx"
    real.write_bytes(b"old")
    link = tmp_path / "a.docx"
    link.symlink_to(real)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"「a\.docx」没有写入.*没有的.*文件夹不存在，请换一个文件夹"):
        write_atomically(tmp_path / "没有的" / "a.docx", b"new")


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="文件夹不存在"):
        write_atomically(tmp_path / "file" / "a.docx", b"new")


def test_a_target_that_is_a_folder_stays_one(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    with pytest.raises(UserError, match="同名的文件夹已经存在，请换一个文件名"):
        write_atomically(tmp_path / "a.docx", b"new")
    assert left_in(tmp_path) == ["a.docx"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_or_a_device_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "a.docx"
    os.mkfifo(pipe)
    with pytest.raises(UserError, match="同名的不是普通文件（是管道、设备之类），请换一个文件名"):
        write_atomically(pipe, b"new")
    assert pipe.is_fifo()
    assert left_in(tmp_path) == ["a.docx"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has a limit of its own")
def test_a_name_that_is_too_long_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="文件名太长，请改短后重试"):
        write_atomically(tmp_path / ("长" * 100), b"new")
    assert left_in(tmp_path) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser, and Windows, may write everywhere")
def test_a_folder_without_write_permission_is_said_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UserError, match="没有写入权限"):
        write_atomically(tmp_path / "a.docx", b"new")


def test_a_write_that_ends_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    """A real fault: the system refuses more than 4 KB."""
    resource = pytest.importorskip("resource", reason="Windows sets a process no limits")
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(UserError, match=r"文件超过该磁盘允许的大小.*原有的文件没有改动"):
            write_atomically(target, b"new" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert target.read_bytes() == b"old"
    assert left_in(tmp_path) == ["a.docx"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A disk of 64 KB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if os.name == "nt" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs rights this machine does not give")
    return disk


def test_a_full_disk_leaves_the_old_file(small_disk: Path) -> None:
    target = small_disk / "a.docx"
    try:
        target.write_bytes(b"old")
        with pytest.raises(UserError, match=r"磁盘已满，请清理出空间.*原有的文件没有改动"):
            write_atomically(target, b"n" * 1_000_000)
        assert target.read_bytes() == b"old"
        assert left_in(small_disk) == ["a.docx"]
    finally:
        subprocess.run(["umount", str(small_disk)], check=True)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "没有写入权限"),
        (errno.EIO, "请换一个文件夹重试"),
    ],
)
def test_each_fault_of_the_disk_has_its_sentence(
    number: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")

    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UserError, match=words):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert left_in(tmp_path) == ["a.docx"]


class HeldOpen:
    """Windows' answer while Word holds the target: the first `times` tries fail."""

    def __init__(self, times: int, code: int) -> None:
        self.times, self.code, self.replace = times, code, Path.replace

    def __call__(self, source: Path, target: Path) -> Path:
        if self.times:
            self.times -= 1
            error = PermissionError(errno.EACCES, "sharing violation")
            error.winerror = self.code  # type: ignore[attr-defined]
            raise error
        return self.replace(source, target)


@pytest.mark.parametrize("code", [5, 32, 33])
def test_a_file_word_lets_go_of_in_time_is_written(code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = HeldOpen(2, code)
    monkeypatch.setattr(Path, "replace", lambda source, target: held(source, target))
    (tmp_path / "a.docx").write_bytes(b"old")
    write_atomically(tmp_path / "a.docx", b"new")
    assert (tmp_path / "a.docx").read_bytes() == b"new"


def test_a_file_that_stays_open_in_word_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = HeldOpen(10_000, 32)
    monkeypatch.setattr(Path, "replace", lambda source, target: held(source, target))
    monkeypatch.setattr(atomic, "OPEN_ELSEWHERE_SECONDS", 0.2)
    (tmp_path / "a.docx").write_bytes(b"old")
    with pytest.raises(UserError, match=r"「a\.docx」.*正在 Word、WPS 或其他程序中打开，请关闭后重试，或另存为"):
        write_atomically(tmp_path / "a.docx", b"new")
    assert left_in(tmp_path) == ["a.docx"]


WRITER = """
import sys
from pathlib import Path
from exporters.atomic import write_atomically
number = 0
while True:
    number += 1
    write_atomically(Path(sys.argv[1]), str(number % 10).encode() * 3_000_000)
    print(number, flush=True)
"""


def test_a_program_killed_while_writing_leaves_a_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    for pause in (0.001, 0.004, 0.009):
        root = str(Path(atomic.__file__).parents[1])
        child = subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE, cwd=root)
        assert child.stdout is not None
        with child.stdout:
            child.stdout.readline()
            time.sleep(pause)
            child.kill()
            child.wait()
        data = target.read_bytes()
        assert data == data[:1] * 3_000_000


def test_what_a_killed_program_left_goes_with_a_later_file_and_nothing_else_does(tmp_path: Path) -> None:
    yesterday = time.time() - 2 * 24 * 60 * 60
    for name, when in (
        (".goalform-0123456789ab.tmp", yesterday),
        (".goalform-ba9876543210.tmp", time.time()),  # another program may be writing it
        (".goalform-notes.tmp", yesterday),
        ("goalform-0123456789ab.tmp", yesterday),
    ):
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, (when, when))
    write_atomically(tmp_path / "a.docx", b"new")
    left = [".goalform-ba9876543210.tmp", ".goalform-notes.tmp", "a.docx", "goalform-0123456789ab.tmp"]
    assert left_in(tmp_path) == left


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2025年部门预算绩效文本", "2025年部门预算绩效文本"),
        ('甲/乙\\丙:丁*?"<>|', "甲／乙＼丙：丁＊？＂＜＞｜"),
        ("con", "_con"),
        ("COM1.2025", "_COM1.2025"),
        ("CONTENT", "CONTENT"),
        (" 名称. . ", "名称"),
        ("第一行\n第二行\t尾", "第一行 第二行 尾"),
        ("", "未命名"),
        ("...", "未命名"),
        ("\u202e\x00", "未命名"),
    ],
)
def test_a_file_name_is_one_every_system_takes(text: str, name: str) -> None:
    assert safe_file_name(text) == name


@given(st.text(max_size=400))
def test_no_text_makes_a_file_name_that_fails(text: str) -> None:
    name = safe_file_name(text)
    assert name
    assert name == name.strip(" .")
    assert len(name.encode()) <= MAX_NAME_BYTES + 1
    assert not set(name) & set('\\/:*?"<>|\n\0')
    assert safe_file_name(name) == name


def test_eighty_chinese_characters_are_kept_whole() -> None:
    assert safe_file_name("绩" * 300) == "绩" * 80
