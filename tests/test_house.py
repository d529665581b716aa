"""The folders: a capability is a folder, no two files share a name, imports form no large circle, the README is true."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.shared import CHECKOUT

CODE = ("ui", "models", "importers", "exporters")
MOST_FILES = {"ui": 3, "models": 8}
LARGEST_CIRCLE = 4
MADE_LATER = {
    "backups/",
    "dist/goalform",
    "dist/windows/logs/unit-tests.txt",
    "dist/windows/pictures/",
    "forms/",
    "out/",
}
"""Places the README names which only a run or the user makes."""


def modules() -> dict[str, Path]:
    """The code's modules by their dotted names."""
    files = (path for folder in CODE for path in (CHECKOUT / folder).rglob("*.py"))
    return {
        ".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__"): path for path in files
    }


def named_in(path: Path, module: str, known: Mapping[str, Path]) -> Iterator[str]:
    """What a file imports, at any depth and for types alone, too, and «module:Class» in strings."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            whole = [f"{base}.{alias.name}" for alias in node.names]
            yield from (name if name in known else base for name in whole)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.partition(":")[0]


def reached(start: str, imports: Mapping[str, set[str]]) -> set[str]:
    found, waiting = set(), [start]
    while waiting:
        new = imports[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def test_folders_hold_few_files_of_their_own() -> None:
    counts = {folder: len(list((CHECKOUT / folder).glob("*.py"))) for folder in MOST_FILES}
    assert {folder: count for folder, count in counts.items() if count > MOST_FILES[folder]} == {}


def test_no_two_files_share_a_name() -> None:
    names = Counter(path.name for path in modules().values() if path.name != "__init__.py")
    assert [name for name, count in names.items() if count > 1] == []


def test_imports_form_no_large_circle() -> None:
    known = modules()
    imports = {
        name: {other for other in named_in(path, name, known) if other in known and other != name}
        for name, path in known.items()
    }
    below = {name: reached(name, imports) for name in known}
    circles = {frozenset({name, *(other for other in below[name] if name in below[other])}) for name in known}
    assert any(len(circle) > 1 for circle in circles), "the measure sees circles"
    assert [sorted(circle) for circle in circles if len(circle) > LARGEST_CIRCLE] == []


def test_every_place_the_readme_names_exists() -> None:
    text = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    places = set(re.findall(r"`([a-z_]+/[\w./-]*)`", text)) - MADE_LATER
    assert len(places) > 20
    assert [place for place in sorted(places) if not (CHECKOUT / place).exists()] == []
