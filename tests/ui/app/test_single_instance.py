"""One window per data folder: the second start hands over, a dead one leaves nothing that stands in the way."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.shared import CHECKOUT, TEXTS
from tests.waiting import PATIENCE, until
from ui.app import application as app
from ui.app.single_instance import LOCK_NAME, Instance

HOLD = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.app.single_instance import Instance
app = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
print(instance.take(), flush=True)
instance.called.connect(lambda files: print("called", files, flush=True))
if len(sys.argv) == 2:
    instance.listen()
    app.exec()
sys.stdin.read()
"""


def start(*arguments: object) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "True\n"
    return process


def test_a_second_start_hands_its_files_to_the_first_window(tmp_path: Path) -> None:
    first = start(tmp_path)
    try:
        second = Instance(tmp_path)
        assert not second.take()
        file = Path("/somewhere/去年的 文本.docx").absolute()  # with its drive, where there are drives
        assert second.call([file], seconds=PATIENCE)
        assert first.stdout.readline() == f"called {[str(file)]}\n"
        assert second.call([], seconds=PATIENCE)
        assert first.stdout.readline() == "called []\n"
    finally:
        first.kill()
        first.communicate()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_the_lock_of_a_killed_program_is_taken_over_at_once(tmp_path: Path) -> None:
    first = start(tmp_path)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert (tmp_path / LOCK_NAME).exists()
    second = Instance(tmp_path)
    assert second.take()
    second.release()


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder all accounts may write in, where root's program holds the lock, and this process as another account."""
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("needs a process that may give its rights away")
    with tempfile.TemporaryDirectory() as outside:
        Path(outside).chmod(0o755)
        folder = Path(outside) / "data"
        folder.mkdir()
        folder.chmod(0o777)
        try:
            yield folder
        finally:
            os.seteuid(0)


def test_the_lock_of_another_account_s_killed_program_is_taken_over(shared_folder: Path) -> None:
    first = start(shared_folder)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    os.seteuid(65534)
    second = Instance(shared_folder)
    assert second.take() or (not second.call([], seconds=0.2) and second.take_over())
    second.release()


def test_another_account_s_window_is_not_robbed_and_its_name_is_said(
    shared_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start(shared_folder)
    said: list[str] = []
    monkeypatch.setattr(app.QtWidgets.QMessageBox, "warning", lambda _parent, _title, text: said.append(text))
    try:
        os.seteuid(65534)
        second = Instance(shared_folder)
        assert not second.take()
        assert not second.call([], seconds=0.2)
        assert not second.take_over()
        assert app._say_who_holds_it(shared_folder) == 2
    finally:
        os.seteuid(0)
        first.kill()
        first.communicate()
    (sentence,) = said
    assert sentence.startswith(f"另一个账户（root）正在使用数据文件夹「{shared_folder}」")


def test_a_lock_whose_number_belongs_to_another_process_now_is_taken_over(tmp_path: Path) -> None:
    lock = Instance(tmp_path)
    assert lock.take()
    text = (tmp_path / LOCK_NAME).read_text()
    lock.release()
    lines = text.split("\n")
    (tmp_path / LOCK_NAME).write_text("\n".join([str(os.getpid()), *lines[1:]]))
    second = Instance(tmp_path)
    assert second.take() or (not second.call([], seconds=0.2) and second.take_over())


def test_a_window_that_hangs_is_not_robbed(tmp_path: Path) -> None:
    first = start(tmp_path, "deaf")
    try:
        second = Instance(tmp_path)
        assert not second.take()
        assert not second.call([], seconds=0.3)
        assert not second.take_over()
        assert list((tmp_path / "calls").iterdir()) == []
    finally:
        first.kill()
        first.communicate()


def test_a_call_left_by_a_dead_program_opens_nothing_later(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "1-1.json").write_text(json.dumps(["old.docx"]))
    first = Instance(tmp_path)
    heard: list[object] = []
    first.called.connect(heard.append)
    assert first.take()
    first.listen()
    later = tmp_path / "calls" / "2-1.json"
    (tmp_path / "new").write_text(json.dumps(["new.docx"]))
    (tmp_path / "new").replace(later)
    qtbot.waitUntil(lambda: not later.exists())
    assert heard == [["new.docx"]]
    first.release()


def test_a_folder_that_cannot_be_written_is_left_to_the_store_to_tell(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert Instance(tmp_path / "file" / "data").take()


def test_two_windows_over_two_folders_do_not_know_of_each_other(tmp_path: Path) -> None:
    first, second = Instance(tmp_path / "a"), Instance(tmp_path / "b")
    assert first.take()
    assert second.take()


def test_the_command_line_works_beside_an_open_window(tmp_path: Path) -> None:
    first = start(tmp_path)
    try:
        command = [sys.executable, "main.py", "--home", tmp_path, "convert", TEXTS[0], tmp_path / "a.docx"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=CHECKOUT)
        assert (done.returncode, done.stderr) == (0, "")
        assert (tmp_path / "a.docx").exists()
    finally:
        first.kill()
        first.communicate()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "calls", LOCK_NAME]


def test_a_program_started_twice_shows_one_window(tmp_path: Path) -> None:
    """The whole program, twice, without a screen; takes two starts."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "main.py", "--home", str(tmp_path / "data")]
    with subprocess.Popen(command, cwd=CHECKOUT, env=environment) as first:
        try:
            until((tmp_path / "data" / "goalform.db").exists, "the first window's store")
            assert Instance(tmp_path / "data").call([], seconds=PATIENCE)  # it listens from now on
            again = [*command, str(TEXTS[0])]
            second = subprocess.run(again, cwd=CHECKOUT, env=environment, check=False, timeout=PATIENCE)
            assert second.returncode == 0
            assert first.poll() is None
        finally:
            first.kill()
