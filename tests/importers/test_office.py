"""Old Word, WPS, RTF and OpenDocument files through an installed LibreOffice; its absence, failure and slowness in words."""

import io
import os
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from exporters.build import build
from exporters.word import write_word
from importers import office
from importers.import_files import read_file
from models.document.template import load_template
from models.document.tree import without_ids
from models.errors import CancelledError, UserError
from tests.importers.word_files import converted
from tests.shared import SEEDS, SHARED, TEXTS
from tests.waiting import until

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

needs_office = pytest.mark.skipif(office.find_office() is None, reason="no LibreOffice on this machine")
needs_posix = pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a shell script")


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


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


def with_background(address: str) -> bytes:
    """An OpenDocument text whose only line has a picture elsewhere behind it; LibreOffice has no setting against that."""
    kind = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{name}="{kind}:{name}:1.0"' for name in ("office", "text", "style"))
    image = f'<style:background-image xlink:href="{address}/behind.png" xlink:type="simple" xlink:actuate="onLoad"/>'
    look = f"<style:paragraph-properties>{image}</style:paragraph-properties>"
    content = (
        f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f'<office:automatic-styles><style:style style:name="P1" style:family="paragraph">{look}</style:style>'
        "</office:automatic-styles><office:body><office:text><text:p>一、总体绩效目标</text:p>"
        '<text:p text:style-name="P1">目标</text:p></office:text></office:body></office:document-content>'
    )
    mime = "application/vnd.oasis.opendocument.text"
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{each}"/>'
        for path, each in (("/", mime), ("content.xml", "text/xml"))
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", mime)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{kind}:manifest:1.0">{entries}</m:manifest>')
    return packed.getvalue()


@needs_office
@pytest.mark.parametrize("is_taken_away", [True, False])
def test_what_a_file_names_elsewhere_is_not_fetched(
    is_taken_away: bool, asked: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the network taken away, and where the system cannot do that. LibreOffice by itself does fetch it."""
    address, paths = asked
    file = tmp_path / "背景.odt"
    file.write_bytes(with_background(address))
    converted([file], "docx", tmp_path / "out")
    assert "/behind.png" in paths
    paths.clear()
    if not is_taken_away:
        monkeypatch.setattr(office, "network_taken_away", lambda: ())
    elif not office.network_taken_away():
        pytest.skip("this system gives nobody a network of its own")
    assert read_file(file).draft.document.overall_goal == "目标"
    assert paths == []


@needs_office
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can bound another process")
def test_a_file_that_takes_all_the_memory_ends_the_conversion_alone(tmp_path: Path) -> None:
    """Four million brackets: LibreOffice would take 4.8 GB for them."""
    file = tmp_path / "括号.rtf"
    file.write_bytes(b"{\\rtf1 " + b"{" * 2_000_000 + b"x" + b"}" * 2_000_000 + b"}")
    with pytest.raises(UserError, match=r"括号\.rtf.*没能转换"):
        read_file(file)


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".rtf", ".odt", ".html", ".htm"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_page_is_read_by_ourselves_whatever_it_is_called(
    suffix: str, encoding: str, asked: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, paths = asked
    monkeypatch.setattr(office, "find_office", lambda: None)
    look = f'<link rel=stylesheet href="{address}/a.css"><style>@import url({address}/b.css)</style>'
    body = f'<body background="{address}/c.png"><p>一、总体绩效目标</p><p>目标<img src="{address}/d.png"></p></body>'
    file = tmp_path / f"网页{suffix}"
    file.write_bytes(f"\n<html><head>{look}</head>{body}</html>".encode(encoding))
    assert read_file(file).draft.document.overall_goal == "目标"
    assert paths == []


@needs_posix
def test_a_system_that_gives_no_network_of_its_own_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "unshare"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    office.network_taken_away.cache_clear()
    assert office.network_taken_away() == ()
    office.network_taken_away.cache_clear()


@needs_posix
def test_the_conversion_s_proxies_lead_nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old_file: Path) -> None:
    seen = tmp_path / "seen"
    monkeypatch.setenv("HTTPS_PROXY", "http://192.0.2.1:1")
    monkeypatch.setenv("NO_PROXY", "example.org")
    stand_in(monkeypatch, tmp_path, f'env > "{seen}"')
    with suppress(UserError):
        read_file(old_file)
    told = [line for line in seen.read_text(encoding="utf-8").splitlines() if "proxy" in line.lower()]
    assert len(told) == 8
    assert all(line.endswith("=http://127.0.0.1:9") for line in told)


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
