"""Turns .doc, .wps, .rtf and .odt into .docx by the LibreOffice of this computer, where there is one, and without its network."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from importers.opened import read_whole
from models.disk import why
from models.errors import CancelledError, UserError

TIME_LIMIT = 90.0
"""Seconds one conversion may take; the first start of LibreOffice on an old computer takes some 20."""

MAX_MEMORY = 2 * 1024**3
"""Bytes of address space one conversion may take, where the system allows a limit; a text takes 600 million, a few million brackets
take all there is."""
_ANSWER = 10.0
"""Seconds in which the system says whether it can take the network away."""

_NO_PROGRAM = (126, 127)
"""Codes by which one command says that it could not start another."""

_NO_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Windows would show a black window for a moment for each program that is started."""

_OLE, _ZIP, _RTF = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"{\\rtf"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_PLACES = {
    "win32": tuple(
        f"{os.environ.get(variable, folder)}\\LibreOffice\\program\\soffice.com"
        for variable, folder in (
            ("ProgramFiles", "C:\\Program Files"),
            ("ProgramFiles(x86)", "C:\\Program Files (x86)"),
        )
    ),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    "linux": (
        "/usr/lib/libreoffice/program/soffice",
        "/usr/lib64/libreoffice/program/soffice",
        "/snap/bin/libreoffice",
    ),
}
_OTHER_VERSIONS = "libreoffice*/program/soffice"  # below /opt, where LibreOffice's own packages go

_FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
_PROGRAMS = {".docx": "Word 或 WPS", ".xlsx": "Excel 或 WPS"}

_NOWHERE = "127.0.0.1", 9
"""Where nobody answers; what goes through a proxy there goes nowhere."""

# No macro runs, no link is followed, nothing is asked: the file may come from anywhere. Style sheets and backgrounds are fetched
# all the same: they are what the proxy is for, where the system cannot take the network away.
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Common/Misc", "FirstRun", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    *(("Inet/Settings", f"ooInet{kind}ProxyName", _NOWHERE[0]) for kind in ("HTTP", "HTTPS", "FTP")),
    *(("Inet/Settings", f"ooInet{kind}ProxyPort", str(_NOWHERE[1])) for kind in ("HTTP", "HTTPS", "FTP")),
)
_PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")


def find_office() -> str | None:
    """The program file of an installed LibreOffice."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    usual = (Path(place) for place in _PLACES.get(sys.platform, ()))
    own = sorted(Path("/opt").glob(_OTHER_VERSIONS), reverse=True) if sys.platform == "linux" else []
    return next((str(place) for place in (*usual, *own) if place.is_file()), None)


def to_docx(data: bytes, name: str, go_on: Callable[[], bool] = lambda: True) -> bytes:
    """The file as .docx. UserError names it where there is no LibreOffice, or where that fails or takes too long.

    `go_on` is asked while LibreOffice works; once it says no, LibreOffice is ended and CancelledError raised.
    """
    suffix = _true_suffix(data, Path(name).suffix.lower())
    return data if suffix == ".docx" else _converted(data, name, suffix, ".docx", go_on)


def to_xlsx(data: bytes, name: str, go_on: Callable[[], bool] = lambda: True) -> bytes:
    """A workbook of an old format (.xls, .et) as .xlsx. Errors as in `to_docx`."""
    return _converted(data, name, ".xls", ".xlsx", go_on)


def _converted(data: bytes, name: str, suffix: str, wanted: str, go_on: Callable[[], bool]) -> bytes:
    office = find_office()
    if office is None:
        raise UserError(
            f"读取「{name}」这类文件要用 LibreOffice，这台电脑上没有找到。请用 {_PROGRAMS[wanted]} 打开它，另存为 {wanted} 后再导入。"
        )
    with tempfile.TemporaryDirectory(prefix="goalform-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, f"source{suffix}"), Path(folder, "converted")
        source.write_bytes(data)
        _write_settings(Path(folder, "profile", "user"))
        _run(_command(office, Path(folder, "profile"), source, target, wanted), name, go_on)
        converted = target / f"source{wanted}"
        if not converted.is_file() or not converted.stat().st_size:
            raise UserError(
                f"文件「{name}」没能转换成 {wanted}（可能带有密码或已经损坏）。请用 {_PROGRAMS[wanted]} 打开检查，另存为 {wanted} 后再导入。"
            )
        return read_whole(converted)


@cache
def network_taken_away() -> tuple[str, ...]:
    """The words before a command by which Linux runs it in a network of its own that leads nowhere; none where it cannot."""
    unshare = shutil.which("unshare") if sys.platform == "linux" else None
    if unshare is None:
        return ()
    for options in (("--user", "--map-root-user", "--net"), ("--net",)):
        command = (unshare, *options, "--")
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            asked = [*command, "true"]
            subprocess.run(asked, capture_output=True, check=True, timeout=_ANSWER, creationflags=_NO_CONSOLE)
            return command
    return ()


def _environment() -> dict[str, str]:
    """The process's own, with proxies that lead nowhere: for LibreOffice and for whatever it asks to fetch something."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in (*_PROXIES, "no_proxy")}
    proxy = f"http://{_NOWHERE[0]}:{_NOWHERE[1]}"
    return kept | {name: proxy for each in _PROXIES for name in (each, each.upper())}


def _true_suffix(data: bytes, suffix: str) -> str:
    """What the file is by its first bytes: WPS writes Word's old format, some programs .docx, under any name."""
    if data.startswith(_ZIP):
        return ".odt" if _OPEN_DOCUMENT in data[:200] else ".docx"
    if data.startswith(_OLE):
        return ".doc"
    return ".rtf" if data.startswith(_RTF) else suffix


def _command(office: str, profile: Path, source: Path, target: Path, wanted: str) -> list[str]:
    options = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard")
    conversion = ("--convert-to", _FILTERS[wanted], "--outdir", str(target), str(source))
    return [*network_taken_away(), office, f"-env:UserInstallation={profile.as_uri()}", *options, *conversion]


def _write_settings(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    (folder / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def _run(command: list[str], name: str, go_on: Callable[[], bool]) -> None:
    """Runs it to its end in a process group of its own, so that everything it starts ends with it."""
    window = _NO_CONSOLE | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    nothing = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            start_new_session=True,
            creationflags=window,
            env=_environment(),
        )
    except OSError as error:
        raise _not_started(name, why(error)) from None
    _bound(process)
    end = time.monotonic() + TIME_LIMIT
    try:
        while process.poll() is None:
            if not go_on():
                raise CancelledError
            if time.monotonic() > end:
                raise UserError(
                    f"LibreOffice 转换「{name}」超过 {TIME_LIMIT:.0f} 秒没有完成，已停止。请用 Word 或 WPS 另存为 .docx 后再导入。"
                )
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
    finally:
        _end(process)
    if process.returncode in _NO_PROGRAM:
        raise _not_started(name, "它的程序文件不能运行")


def _bound(process: "subprocess.Popen[bytes]") -> None:
    """Keeps the process, and what it starts, from taking all the memory."""
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(OSError):  # over already, or not allowed
            resource.prlimit(process.pid, resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def _not_started(name: str, reason: str) -> UserError:
    return UserError(f"LibreOffice 无法启动（{reason}），「{name}」没有读取。请用 Word 或 WPS 另存为 .docx 后再导入。")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends the process and all it started; one that is over has left nothing behind."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        command = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False, creationflags=_NO_CONSOLE)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
