"""The shape of the source, where the import contracts cannot see it."""

import ast
import re
import subprocess
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


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=False, cwd=CHECKOUT)
    if listed.returncode:
        pytest.skip("this copy is no git checkout")
    return [name for name in listed.stdout.split("\0") if name]


def test_no_source_file_asks_to_be_two() -> None:
    lengths = {str(path.relative_to(CHECKOUT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_main_is_a_short_door_that_imports_heavy_things_late() -> None:
    source = (CHECKOUT / "main.py").read_text(encoding="utf-8")
    imported = {
        name.split(".")[0]
        for node in ast.parse(source).body
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert len(source.splitlines()) <= 120
    assert imported & {"PySide6", "ui", "docx", "openpyxl", "lxml", "sqlite_utils", "importers", "exporters"} == set()


def test_every_module_says_what_it_is_for() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in SOURCES}
    silent = [path for path, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))]
    assert [str(path.relative_to(CHECKOUT)) for path in silent] == []


def test_the_root_holds_only_what_belongs_there() -> None:
    assert {Path(name).parts[0] for name in tracked()} - ALLOWED_AT_THE_ROOT == set()


def test_no_file_names_a_place_on_one_machine() -> None:
    place = re.compile(rb"(?<![\w.])/(?:work|root|home)/\w")
    found = [name for name in tracked() if place.search((CHECKOUT / name).read_bytes())]
    assert found == []
