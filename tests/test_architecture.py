"""The shape of the source, where the import contracts cannot see it."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.shared import CHECKOUT

SOURCES = [
    path
    for folder in ("models", "importers", "exporters", "ui", "resources", "tests")
    for path in (CHECKOUT / folder).rglob("*.py")
]
ALLOWED_AT_THE_ROOT = {"pyproject.toml", "main.py", "ui", "models", "importers", "exporters", "resources", "tests"} | {
    "README.md",
    "Makefile",
    ".ci",
    ".github",
    ".gitignore",
}


FOR_THE_SYSTEM_S_PYTHON = {"at_spi_listener.py", "at_spi_reader.py", "windows_fonts.py"}
"""Scripts that Debian's own Python runs, with packages of Debian's that `machine.sh` or `wine_root.sh` installs."""


def tracked() -> list[str]:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=False, cwd=CHECKOUT)
    if listed.returncode:
        pytest.skip("this copy is no git checkout")
    return [name for name in listed.stdout.split("\0") if name]


def test_no_source_file_asks_to_be_two() -> None:
    lengths = {str(path.relative_to(CHECKOUT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def imported_packages(nodes: Iterable[ast.AST]) -> set[str]:
    """The first parts of the absolute names that these statements import."""
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    from_them = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.partition(".")[0] for name in plain | from_them}


def distribution(requirement: str) -> str:
    """The name a requirement starts with, as pip compares names."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


def test_main_is_short_and_imports_heavy_things_late() -> None:
    source = (CHECKOUT / "main.py").read_text(encoding="utf-8")
    imported = imported_packages(ast.parse(source).body)
    assert len(source.splitlines()) <= 120
    assert imported & {"PySide6", "ui", "docx", "openpyxl", "lxml", "sqlite_utils", "importers", "exporters"} == set()


def test_every_module_says_what_it_is_for() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in SOURCES}
    silent = [path for path, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))]
    assert [str(path.relative_to(CHECKOUT)) for path in silent] == []


def test_no_program_is_started_with_a_black_window() -> None:
    """On Windows each one shows its console for a moment, unless it is told not to."""
    starters = {"run", "Popen", "call", "check_call", "check_output"}
    silent = []
    for path in SOURCES:
        if path.relative_to(CHECKOUT).parts[0] in {"tests", "resources"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"subprocess.{name}" for name in starters}:
                silent.append((path.name, "creationflags" in {keyword.arg for keyword in node.keywords}))
    assert silent
    assert [name for name, is_told in silent if not is_told] == []


def test_the_root_holds_only_what_belongs_there() -> None:
    assert {Path(name).parts[0] for name in tracked()} - ALLOWED_AT_THE_ROOT == set()


def test_no_file_names_a_place_on_one_machine() -> None:
    place = re.compile(rb"(?<![\w.])/(?:work|root|home)/\w")
    found = [name for name in tracked() if place.search((CHECKOUT / name).read_bytes())]
    assert found == []


def test_every_package_that_is_imported_is_declared_and_pinned() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {distribution(line) for line in project["dependencies"]}
    with_tools = declared | {
        distribution(line) for extra in project["optional-dependencies"].values() for line in extra
    }
    constraints = (CHECKOUT / "resources" / "packaging" / "constraints.txt").read_text(encoding="utf-8")
    pinned = {distribution(line) for line in constraints.splitlines() if "==" in line}
    own = sys.stdlib_module_names | {"ui", "models", "importers", "exporters", "resources", "tests", "main"}
    providers = packages_distributions()

    def undeclared(path: Path, allowed: set[str]) -> set[str]:
        used = imported_packages(list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))) - own
        used -= {beside.stem for beside in path.parent.glob("*.py")}  # of a folder of scripts
        known = {name for name in used if allowed & {distribution(brought) for brought in providers.get(name, ())}}
        return used - known

    missing = {}
    for path in [CHECKOUT / "main.py", *SOURCES]:
        place = path.relative_to(CHECKOUT)
        is_tool = place.parts[0] == "tests" or place.parts[:2] == ("resources", "packaging")
        if place.name not in FOR_THE_SYSTEM_S_PYTHON and (
            names := undeclared(path, with_tools if is_tool else declared)
        ):
            missing[str(place)] = names
    assert missing == {}
    assert with_tools - pinned == set()
