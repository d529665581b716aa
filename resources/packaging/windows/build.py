"""Builds the program on a Windows machine: icon, version, the folder, its trial, the portable zip and the installer.

    py -3.11 -m venv .venv
    .venv\\Scripts\\python resources\\packaging\\windows\\build.py

Everything comes to dist\\. Inno Setup 6 is looked for at its usual place; without it there is no installer.
"""

import hashlib
import importlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
WORK = ROOT / "build" / "windows"
"""Where goalform.spec looks for the icon and the version."""
DIST = ROOT / "dist"
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""Pixels: those Windows asks for at 100 % to 250 %."""
NAME, COMPANY = "绩效目标填报", "goalform"
PORTABLE_NOTE = "有这个文件，草稿就保存在旁边的 data 文件夹里，可以整个放在 U 盘上带走。\r\n"


def version() -> str:
    """The program's, «0.1.0»."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def four_numbers(number: str) -> tuple[int, int, int, int]:
    """As Windows wants it: «0.1.0» → (0, 1, 0, 0); what is no number («rc1») stands for nothing."""
    parts = [int(match[0]) if (match := re.match(r"\d+", part)) else 0 for part in number.split(".")]
    first, second, third, fourth = (*parts, 0, 0, 0, 0)[:4]
    return first, second, third, fourth


def version_resource(number: str) -> str:
    """What the file's properties in Windows show, in PyInstaller's own notation. 0804 is Chinese, 04B0 Unicode."""
    told = {
        "CompanyName": COMPANY,
        "FileDescription": NAME,
        "FileVersion": number,
        "InternalName": "goalform",
        "OriginalFilename": "goalform.exe",
        "ProductName": NAME,
        "ProductVersion": number,
    }
    strings = ", ".join(f"StringStruct({key!r}, {text!r})" for key, text in told.items())
    return (
        "VSVersionInfo(\n"
        f"  ffi=FixedFileInfo(filevers={four_numbers(number)}, prodvers={four_numbers(number)}, mask=0x3F, flags=0,\n"
        "    OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),\n"
        f"  kids=[StringFileInfo([StringTable('080404B0', [{strings}])]),\n"
        "    VarFileInfo([VarStruct('Translation', [0x0804, 0x04B0])])],\n"
        ")\n"
    )


def icon(drawing: Path) -> bytes:
    """The SVG or picture as an .ico: a directory of PNGs, which Windows reads since Vista."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
    from PySide6.QtGui import QImage, QImageReader

    pictures = []
    for size in SIZES:
        reader = QImageReader(str(drawing))
        reader.setScaledSize(QSize(size, size))
        image = reader.read()
        if image.isNull():
            sys.exit(f"{drawing}: {reader.errorString()}")
        square = image.convertToFormat(QImage.Format.Format_ARGB32).scaled(
            QSize(size, size), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        written = QByteArray()
        buffer = QBuffer(written)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        square.save(buffer, "PNG")
        pictures.append(bytes(written.data()))
    head, place = (0).to_bytes(2, "little") + (1).to_bytes(2, "little") + len(SIZES).to_bytes(2, "little"), 0
    place = len(head) + 16 * len(SIZES)
    for size, picture in zip(SIZES, pictures, strict=True):
        side = size % 256  # 0 stands for 256
        head += bytes((side, side, 0, 0)) + (1).to_bytes(2, "little") + (32).to_bytes(2, "little")
        head += len(picture).to_bytes(4, "little") + place.to_bytes(4, "little")
        place += len(picture)
    return head + b"".join(pictures)


def prepare() -> None:
    """Icon and version, where goalform.spec looks for them."""
    WORK.mkdir(parents=True, exist_ok=True)
    drawings = [path for suffix in ("svg", "png") for path in [ROOT / "resources" / "icons" / f"goalform.{suffix}"]]
    drawing = next(path for path in drawings if path.is_file())
    (WORK / "goalform.ico").write_bytes(icon(drawing))
    (WORK / "version.txt").write_text(version_resource(version()), encoding="utf-8")


def portable(folder: Path, target: Path) -> None:
    """The folder as a zip that keeps its data beside the program; the same folder gives the same bytes."""
    from exporters.opc import DatedZip  # the program's own, once it is installed

    with DatedZip(target, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, Path(NAME) / file.relative_to(folder), compresslevel=9)
        archive.writestr(f"{NAME}/portable.txt", PORTABLE_NOTE.encode("utf-8-sig"))


def install_packages() -> None:
    """What is needed to build, at the versions of the constraints; from a folder of wheels where one is named."""
    constraints = [
        part for file in (HERE.parent / "constraints.txt", HERE / "constraints.txt") for part in ("-c", str(file))
    ]
    offline = ["--no-index", "--find-links", os.environ["WHEELS"]] if "WHEELS" in os.environ else []
    run(sys.executable, "-m", "pip", "install", "--quiet", *offline, *constraints, f"{ROOT}[bundle]")
    importlib.invalidate_caches()


def run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT)


def inno_setup() -> Path | None:
    """Its compiler."""
    folders = (os.environ.get(name) for name in ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA"))
    places = [Path(folder, *below, "ISCC.exe") for folder in folders if folder for below in (
        ("Inno Setup 6",), ("Programs", "Inno Setup 6"))]  # fmt: skip
    found = shutil.which("ISCC")
    return Path(found) if found else next((place for place in places if place.is_file()), None)


def main() -> None:
    if sys.platform != "win32":
        sys.exit("A program for Windows can only be bundled on Windows.")
    install_packages()
    prepare()
    spec = HERE.parent / "goalform.spec"
    run(sys.executable, "-m", "PyInstaller", "--noconfirm", "--distpath", DIST, "--workpath", ROOT / "build", spec)
    bundle = DIST / "goalform"
    parts = ROOT / "build" / "goalform" / "parts.json"
    run(sys.executable, HERE.parent / "notices.py", parts, bundle / "_internal" / "resources" / "notices")
    run(sys.executable, HERE / "smoke.py", bundle / "goalform-console.exe", bundle / "goalform.exe")
    made = [DIST / f"goalform-{version()}-windows-portable.zip"]
    portable(bundle, made[0])
    if compiler := inno_setup():
        run(compiler, f"/DVersion={version()}", f"/DBundle={bundle}", f"/O{DIST}", HERE / "goalform.iss")
        made.append(DIST / f"goalform-{version()}-windows-setup.exe")
    for file in made:
        sys.stdout.write(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n")


if __name__ == "__main__":
    main()
