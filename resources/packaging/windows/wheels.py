"""Checks that everything the program needs exists as a wheel for 64-bit Windows: `wheels.py [FOLDER [EXTRA…]]` collects them there.

With the folder the program can be built on a machine without network: pip install --no-index --find-links FOLDER.
pip weighs conditions such as «only on Windows» by the machine it runs on, so the dependencies are followed here.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable
from email.parser import Parser
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
CONSTRAINTS = (HERE.parent / "constraints.txt", HERE / "constraints.txt")
PYTHON = "3.11"
WINDOWS = {
    "os_name": "nt",
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.9",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
}

TOOLS = {"pip", "setuptools"}
"""What makes a package of the program itself, and installs it; setuptools is asked for anew each time, in a place of its own."""


def pins() -> dict[str, str]:
    """Name → «==version» of the constraints."""
    lines = [line for file in CONSTRAINTS for line in file.read_text(encoding="utf-8").splitlines()]
    found = (re.fullmatch(r"([A-Za-z0-9._-]+)(==\S+)", line.strip()) for line in lines)
    return {canonicalize_name(match[1]): match[2] for match in found if match}


def wanted_by(requirements: Iterable[str], extras: Iterable[str] = ()) -> set[str]:
    """The names of those that hold on Windows."""
    names = set()
    for text in requirements:
        requirement = Requirement(text)
        environments = [default_environment() | WINDOWS | {"extra": extra} for extra in ("", *extras)]
        if requirement.marker is None or any(requirement.marker.evaluate(each) for each in environments):
            names.add(canonicalize_name(requirement.name))
    return names


def of_the_program(extras: Iterable[str] = ("bundle",)) -> set[str]:
    """What pyproject.toml names for running and, by the names of its extras, for bundling and testing; and the tools."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [line for extra in extras for line in project["optional-dependencies"][extra]]
    return wanted_by(project["dependencies"] + optional) | TOOLS


def download(names: Iterable[str], folder: Path) -> None:
    """The wheels of exactly these. CalledProcessError where one does not exist."""
    known = pins()
    if unpinned := sorted(set(names) - set(known)):
        sys.exit(f"No version in constraints.txt: {', '.join(unpinned)}")
    tags = ["--platform", "win_amd64", "--only-binary=:all:", "--python-version", PYTHON, "--implementation", "cp"]
    command = [sys.executable, "-m", "pip", "-qq", "download", "--disable-pip-version-check", "--no-deps", *tags]
    pinned = [f"{name}{known[name]}" for name in sorted(names)]
    subprocess.run([*command, "--dest", str(folder), *pinned], check=True)


def requirements_of(wheel: Path) -> list[str]:
    """Its «Requires-Dist»."""
    with zipfile.ZipFile(wheel) as content:
        name = next(name for name in content.namelist() if name.endswith(".dist-info/METADATA"))
        told = Parser().parsestr(content.read(name).decode("utf-8"))
    return told.get_all("Requires-Dist") or []


def collect(folder: Path, extras: Iterable[str] = ("bundle",)) -> list[Path]:
    """All wheels of the program and of what they need, and so on."""
    done: set[str] = set()
    left = of_the_program(extras)
    while left:
        download(left, folder)
        done |= left
        wheels = list(folder.glob("*.whl"))
        left = {name for wheel in wheels for name in wanted_by(requirements_of(wheel))} - done
    return sorted(folder.glob("*.whl"))


def main(folder: Path, extras: Iterable[str] = ("bundle",)) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    wheels = collect(folder, extras)
    for wheel in wheels:
        sys.stdout.write(f"{wheel.name}\n")
    size = sum(wheel.stat().st_size for wheel in wheels) / 1e6
    sys.stdout.write(f"{len(wheels)} wheels for 64-bit Windows and Python {PYTHON}, {size:.0f} MB\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), sys.argv[2:] or ("bundle",))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
