"""Old Word, WPS, RTF and OpenDocument files through an installed LibreOffice; its absence, failure and slowness in words."""

from pathlib import Path

import pytest

from exporters.build import build
from exporters.word import write_word
from importers import office
from importers.files import read_file
from models.document import without_ids
from models.errors import CancelledError, UserError
from models.template import load_template
from tests.importers.word_files import converted
from tests.shared import SEEDS, SHARED, TEXTS
from tests.waiting import until

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

needs_office = pytest.mark.skipif(office.find_office() is None, reason="no LibreOffice on this machine")
needs_posix = pytest.mark.skipif(not Path("/bin/sh").exists(), reason="the stand-in for LibreOffice is a shell script")


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "去年.doc"
    path.write_bytes(OLE)
    return path


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Another program in LibreOffice's place."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: str(program))


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


def test_without_libreoffice_the_user_is_told_to_save_as_docx(monkeypatch: pytest.MonkeyPatch, old_file: Path) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(UserError, match=r"去年\.doc.*另存为 \.docx"):
        read_file(old_file)


@needs_posix
def test_a_conversion_that_gives_nothing_names_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old_file: Path
) -> None:
    stand_in(monkeypatch, tmp_path, "exit 3")
    with pytest.raises(UserError, match=r"去年\.doc.*没能转换"):
        read_file(old_file)


def test_a_program_that_does_not_start_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old_file: Path) -> None:
    monkeypatch.setattr(office, "find_office", lambda: str(tmp_path / "not-there"))
    with pytest.raises(UserError, match=r"无法启动.*去年\.doc"):
        read_file(old_file)


@needs_posix
@pytest.mark.parametrize("cancelled", [True, False])
def test_a_conversion_that_does_not_end_is_ended_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old_file: Path, cancelled: bool
) -> None:
    started = tmp_path / "started"
    stand_in(monkeypatch, tmp_path, f'sleep 3600 &\necho $! > "{started}"\nsleep 3600')
    monkeypatch.setattr(office, "TIME_LIMIT", 3600.0 if cancelled else 0.0)

    def go_on() -> bool:
        """Asked again and again; in the other case the time is up once it has started what it starts."""
        until(lambda: started.exists() and started.read_text(encoding="utf-8").endswith("\n"), "the stand-in's child")
        return not cancelled

    if cancelled:
        with pytest.raises(CancelledError):
            read_file(old_file, go_on)
    else:
        with pytest.raises(UserError, match=r"去年\.doc.*没有完成"):
            read_file(old_file, go_on)
    child = int(started.read_text(encoding="utf-8"))
    until(lambda: not is_running(child), "the end of what the stand-in started")


@needs_posix
def test_the_conversion_has_a_profile_of_its_own_without_macros(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old_file: Path
) -> None:
    seen = tmp_path / "seen"
    stand_in(
        monkeypatch,
        tmp_path,
        f'for word; do echo "$word" >> "{seen}"; case "$word" in -env:*) '
        f'cat "${{word#*file://}}/user/registrymodifications.xcu" >> "{seen}";; esac; done',
    )
    with pytest.raises(UserError):
        read_file(old_file)
    words = seen.read_text(encoding="utf-8")
    assert "DisableMacrosExecution" in words
    assert "--headless" in words
    folder = Path(next(line for line in words.splitlines() if line.endswith("source.doc"))).parent
    assert not folder.exists()


@pytest.mark.parametrize(
    ("data", "named", "true"),
    [
        (OLE, ".wps", ".doc"),
        (OLE, ".rtf", ".doc"),
        (b"{\\rtf1 x}", ".doc", ".rtf"),
        (b"PK\x03\x04" + bytes(40), ".wps", ".docx"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", ".doc", ".odt"),
        (b"<html>", ".doc", ".doc"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(data: bytes, named: str, true: str) -> None:
    assert office._true_suffix(data, named) == true


def _samples() -> list[Path]:
    return sorted(path for path in (SHARED / "samples").glob("*.*") if path.suffix in {".doc", ".odt"})


@needs_office
@pytest.mark.skipif(not _samples(), reason="the folder of samples is not beside this checkout")
@pytest.mark.parametrize("path", _samples(), ids=lambda path: path.name[:3] + path.suffix)
def test_a_real_old_file_reads_as_its_text(path: Path, tmp_path: Path) -> None:
    (text,) = [seed for seed in SEEDS if seed.stem == path.stem]
    expected = read_file(text).draft.document
    assert without_ids(read_file(path).draft.document) == without_ids(expected)


@needs_office
@pytest.mark.parametrize("suffix", [".wps", ".rtf"])
def test_a_text_of_ours_reads_the_same_from_other_formats(suffix: str, tmp_path: Path) -> None:
    """LibreOffice writes the old format, then reads it: some seconds."""
    template = load_template()
    expected = read_file(TEXTS[1]).draft.document
    source = tmp_path / "文本.docx"
    source.write_bytes(write_word(build(expected, template), template))
    written = converted([source], {".wps": "doc", ".rtf": "rtf"}[suffix], tmp_path / "out")[0].rename(
        tmp_path / f"文本{suffix}"
    )
    assert without_ids(read_file(written).draft.document) == without_ids(expected)
