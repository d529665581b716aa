"""Collects the licences of what the bundle holds: `notices.py PARTS.json FOLDER`, PARTS.json as goalform.spec writes it.

FOLDER gets components.json (see models/help/licences.py) and a text per component. A part without a licence text stops the build:
what cannot be named may not be given away.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from importlib.metadata import packages_distributions
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from models.help.licences import PROGRAM, Component, of_package, of_qt, package_texts

QT = {"PySide6_Essentials", "shiboken6"}
STARTER = "pyinstaller"
STARTER_LICENCE = "GPL-2.0-or-later WITH Bootloader-exception"
"""Its starter is the bundle's executable; the exception lets it start a program under any licence."""
COMMON = re.compile(r"/usr/share/common-licenses/([A-Z][A-Za-z]*(?:-[0-9]+(?:\.[0-9]+)?)?)")
"""Where Debian's files send the reader for the whole text."""
WINDOWS_LIBRARIES = ("vcruntime", "msvcp", "concrt", "ucrtbase", "api-ms-win")


@dataclass(frozen=True)
class Found:
    """A component with its licence texts, each with its file's name."""

    component: Component
    texts: list[tuple[str, str]]


def main(parts: Path, folder: Path) -> None:
    told = json.loads(parts.read_text(encoding="utf-8"))
    found = [python_itself(), *packages(told["modules"], told["binaries"]), *libraries(told["binaries"])]
    if nameless := sorted(part.component.name for part in found if not part.texts):
        sys.exit(f"no licence text of: {', '.join(nameless)}")
    write([*found, *whole_texts(found)], folder)


def write(found: Iterable[Found], folder: Path) -> None:
    """The list, Qt first, and the texts."""
    texts = folder / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    listed = [asdict(component) for component in of_qt()]
    for part in found:
        name = f"{part.component.name}.txt"
        text = "\n\n".join(f"{file}\n\n{text.strip()}\n" for file, text in part.texts)
        texts.joinpath(name).write_text(text, encoding="utf-8")
        listed.append({**asdict(part.component), "texts": [name]})
    written = json.dumps(listed, ensure_ascii=False, indent=1)
    folder.joinpath("components.json").write_text(f"{written}\n", encoding="utf-8")


def python_itself() -> Found:
    """The interpreter with its standard library."""
    prefix, version = Path(sys.base_prefix), f"{sys.version_info.major}.{sys.version_info.minor}"
    places = (
        prefix / "lib" / f"python{version}" / "LICENSE.txt",
        prefix / "LICENSE.txt",
        Path(f"/usr/share/doc/python{version}/copyright"),
        Path(f"/usr/share/doc/libpython{version}-minimal/copyright"),
    )
    texts = [(place.name, place.read_text(encoding="utf-8")) for place in places if place.is_file()][:1]
    return Found(Component("Python", sys.version.split()[0], "PSF-2.0", "https://www.python.org/"), texts)


def packages(modules: Iterable[str], binaries: Iterable[list[str]]) -> Iterator[Found]:
    """The Python packages, Qt's apart."""
    providers = packages_distributions()
    inside = {*modules, *(Path(place).parts[0] for place, _source in binaries)}
    names = {name for module in inside for name in providers.get(module, ())} | {STARTER}
    for name in sorted(names - QT - {PROGRAM}, key=str.lower):
        component = of_package(name)
        if name == STARTER:
            component = replace(component, licence=STARTER_LICENCE)
        yield Found(component, package_texts(name))


def libraries(binaries: Iterable[list[str]]) -> Iterator[Found]:
    """The libraries of the build machine: on Debian by the source package they were made from."""
    homes = (Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve())
    files = sorted({os.path.realpath(source) for _place, source in binaries})
    others = [
        file for file in files if sys.base_prefix == "/usr" or not any(Path(file).is_relative_to(h) for h in homes)
    ]
    if sys.platform == "win32":
        yield from _of_windows(others)
        return
    named = tomllib.loads(Path(__file__).with_name("licences.toml").read_text(encoding="utf-8"))
    seen = set()
    for package in sorted({_package(file) for file in others if "/lib-dynload/" not in file}):
        name, version = _asked("dpkg-query", "-W", "-f", "${source:Package} ${source:Version}", package).split()
        if name in seen or re.fullmatch(r"python3\.\d+", name):
            continue
        seen.add(name)
        place = Path("/usr/share/doc", package.partition(":")[0], "copyright")
        texts = [("copyright", place.read_text(encoding="utf-8"))] if place.is_file() else []
        licence = (
            "GPL-3.0-or-later WITH GCC-exception-3.1" if name.startswith("gcc-") else named.get(name, "见许可文本")
        )
        yield Found(Component(name, version, licence, f"https://sources.debian.org/src/{name}/{version}/"), texts)


def _of_windows(files: Iterable[str]) -> Iterator[Found]:
    """Python's folder holds the libraries it needs, and its licence file their licences; but for Microsoft's own."""
    if strange := [file for file in files if not Path(file).name.lower().startswith(WINDOWS_LIBRARIES)]:
        sys.exit(f"no licence is known of: {', '.join(strange)}")
    if files:
        text = "Microsoft Visual C++ Runtime，按微软的可再发行组件条款随程序提供。"
        home = "https://learn.microsoft.com/visualstudio/releases/2022/redistribution"
        yield Found(Component("Microsoft Visual C++ Runtime", "14", "Microsoft", home), [("redist", text)])


def whole_texts(found: Iterable[Found]) -> Iterator[Found]:
    """The licences that the others' texts refer to by Debian's place for them."""
    named = {name for part in found for _file, text in part.texts for name in COMMON.findall(text)}
    for name in sorted(named):
        place = Path("/usr/share/common-licenses", name)
        if place.is_file():
            text = place.read_text(encoding="utf-8")
            yield Found(Component(f"{name} 全文", "", "许可证", "https://spdx.org/licenses/"), [(name, text)])


def _package(file: str) -> str:
    """The package a library was installed by; its folder may be known to dpkg by the name before /usr was merged.

    What older.sh compiled anew it made from the source of the package whose library lies in the usual place.
    """
    soname = re.sub(r"(\.so\.\d+).*", r"\1", Path(file).name)
    anew = (
        [str(path.resolve()) for path in Path("/usr/lib").glob(f"*/{soname}")] if file.startswith("/usr/local/") else []
    )
    for name in (file, *anew, file.removeprefix("/usr"), *(name.removeprefix("/usr") for name in anew)):
        told = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True, check=False)
        if told.returncode == 0:
            return told.stdout.split("\n")[0].rpartition(": ")[0].split(",")[0]
    sys.exit(f"no package of this system brought {file}: its licence is unknown")


def _asked(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
