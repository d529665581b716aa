"""Tests by their names: what a table of promises points to must exist."""

import ast
from collections.abc import Iterable
from functools import cache

from tests.shared import CHECKOUT


@cache
def _tests_in(file: str) -> set[str]:
    tree = ast.parse((CHECKOUT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def without_test(names: Iterable[str]) -> list[str]:
    """Those of the names («tests/ui/features/find/test_find.py::test_…») to which there is no test."""
    return [name for name in names if name.partition("::")[2] not in _tests_in(name.partition("::")[0])]
