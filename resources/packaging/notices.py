"""Collects the licences of what the bundle holds: `notices.py PARTS.json FOLDER`, PARTS.json as goalform.spec writes it.

FOLDER gets components.json (see models/notices.py) and a text per component. A part without a licence text stops the build:
what cannot be named may not be given away.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import Distribution, packages_distributions
from importlib.metadata import distribution as installed
from pathlib import Path

OURS = "goalform"
QT = {"PySide6_Essentials", "PySide6-Essentials", "shiboken6"}
STARTER = "pyinstaller"
"""Its starter is the bundle's executable."""
PUBLIC_DOMAIN = {"sqlite-fts4": "Apache-2.0", "click-default-group": "public domain"}
LICENCE_FILES = ("LICEN", "COPYING", "NOTICE", "AUTHORS")


@dataclass(frozen=True)
class Part:
    """A component of the bundle: its licence's name, its home page, and its licence texts with the files' names."""

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[tuple[str, str], ...]


def main(parts: Path, folder: Path) -> None:
    told = json.loads(parts.read_text(encoding="utf-8"))
    found = [*python_itself(), *distributions(told["modules"], told["binaries"]), *system_libraries(told["binaries"])]
    if nameless := sorted(part.name for part in found if not part.texts):
        sys.exit(f"no licence text of: {', '.join(nameless)}")
    write(found, folder)


def write(found: Iterable[Part], folder: Path) -> None:
    texts = folder / "texts"
    texts.mkdir(parents=True, exist_ok=True)
    listed = []
    for part in found:
        name = f"{part.name}.txt"
        texts.joinpath(name).write_text("\n\n".join(_under_its_name(*text) for text in part.texts), encoding="utf-8")
        entry = asdict(part)
        entry["texts"] = [name]
        listed.append(entry)
    written = json.dumps(listed, ensure_ascii=False, indent=1)
    folder.joinpath("components.json").write_text(f"{written}\n", encoding="utf-8")


def _under_its_name(name: str, text: str) -> str:
    return f"【{name}】\n\n{text.strip()}\n"


def python_itself() -> Iterator[Part]:
    """The interpreter with its standard library."""
    prefix = Path(sys.base_prefix)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    places = (
        prefix / "lib" / f"python{version}" / "LICENSE.txt",
        prefix / "LICENSE.txt",
        Path(f"/usr/share/doc/python{version}/copyright"),
        Path(f"/usr/share/doc/libpython{version}-minimal/copyright"),
    )
    texts = [(place.name, place.read_text(encoding="utf-8")) for place in places if place.is_file()][:1]
    yield Part("Python", sys.version.split()[0], "PSF-2.0", "https://www.python.org/", tuple(texts))


def distributions(modules: Iterable[str], binaries: Iterable[list[str]]) -> Iterator[Part]:
    """The Python packages, Qt's apart: their conditions are told in resources/notices."""
    providers = packages_distributions()
    inside = {*modules, *(Path(place).parts[0] for place, _source in binaries)}
    names = {name for module in inside for name in providers.get(module, ())} | {STARTER}
    for name in sorted(names - QT - {OURS}, key=str.lower):
        found = installed(name)
        about = found.metadata
        yield Part(
            about["Name"],
            found.version,
            PUBLIC_DOMAIN.get(about["Name"]) or _licence(found),
            _home(found),
            _texts(found),
        )


def _licence(found: Distribution) -> str:
    about = found.metadata
    named = about.get("License-Expression") or about.get("License") or ""
    if not named or "\n" in named:
        classifiers = [line for line in about.get_all("Classifier") or () if line.startswith("License ::")]
        named = classifiers[0].rpartition(" :: ")[2] if classifiers else named.split("\n")[0]
    return named


def _home(found: Distribution) -> str:
    about = found.metadata
    links = [line.partition(",")[2].strip() for line in about.get_all("Project-URL") or ()]
    return about.get("Home-page") or next(iter(links), "") or f"https://pypi.org/project/{about['Name']}/"


def _texts(found: Distribution) -> tuple[tuple[str, str], ...]:
    files = [
        file
        for file in found.files or ()
        if ".dist-info" in str(file) and file.name.upper().startswith(LICENCE_FILES + ("LICENC",))
    ]
    return tuple((file.name, file.read_text(encoding="utf-8")) for file in sorted(files, key=lambda file: file.name))


def system_libraries(binaries: Iterable[list[str]]) -> Iterator[Part]:
    """The libraries of the build machine, by the Debian source package they were made from."""
    if not sys.platform.startswith("linux"):
        return
    homes = (Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve())
    sources = {os.path.realpath(source) for _place, source in binaries}
    taken = [
        file for file in sources if not any(Path(file).is_relative_to(home) for home in homes) or _is_debian_s(file)
    ]
    groups: dict[tuple[str, str], list[str]] = {}
    for package in sorted({_package(file) for file in taken}):
        name, version = _asked("dpkg-query", "-W", "-f", "${source:Package} ${Version}", package).split()
        groups.setdefault((name, version), []).append(package)
    for (name, version), packages in groups.items():
        places = [Path("/usr/share/doc", package.partition(":")[0], "copyright") for package in packages]
        texts = tuple(("copyright", place.read_text(encoding="utf-8")) for place in places if place.is_file())[:1]
        yield Part(name, version, _named_licences(texts), f"https://sources.debian.org/src/{name}/{version}/", texts)


def _is_debian_s(file: str) -> bool:
    return sys.base_prefix == "/usr" and "/python" not in file


def _package(file: str) -> str:
    """The package a library was installed by; its folder may be known to dpkg by the name before /usr was merged."""
    for name in (file, file.removeprefix("/usr")):
        told = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True, check=False)
        if told.returncode == 0:
            return told.stdout.split("\n")[0].rpartition(": ")[0].split(",")[0]
    sys.exit(f"no package of this system brought {file}: its licence is unknown")


def _named_licences(texts: tuple[tuple[str, str], ...]) -> str:
    """The licences a machine-readable Debian copyright file names, the most frequent first."""
    names = [
        line.partition(":")[2].strip()
        for _name, text in texts
        for line in text.split("\n")
        if line.startswith("License:")
    ]
    counted = sorted(dict.fromkeys(filter(None, names)), key=lambda name: -names.count(name))
    return "、".join(counted[:4]) or "见许可文本"


def _asked(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    if shutil.which("dpkg-query") is None and sys.platform.startswith("linux"):
        sys.exit("the licences of the system's libraries are collected from dpkg, which this machine has not")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
