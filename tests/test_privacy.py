"""Nothing leaves the machine: no code of ours can speak to a network, and the log holds no words of the drafts."""

import ast
from pathlib import Path

import pytest

from tests.shared import CHECKOUT

NETWORK = {
    *(
        "socket",
        "ssl",
        "http",
        "urllib",
        "ftplib",
        "smtplib",
        "poplib",
        "imaplib",
        "telnetlib",
        "socketserver",
        "xmlrpc",
    ),
    *("asyncio", "webbrowser", "requests", "httpx", "aiohttp", "urllib3"),
}
QT_NETWORK = {"QtNetwork", "QtWebEngineCore", "QtWebEngineWidgets", "QtWebSockets", "QtHttpServer", "QtNetworkAuth"}
SOURCES = [CHECKOUT / "main.py"] + [
    path
    for folder in ("models", "importers", "exporters", "ui", "resources")
    for path in (CHECKOUT / folder).rglob("*.py")
]


def imported(path: Path) -> set[str]:
    """Every name a module imports, its parts one by one."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_no_network_code_is_imported(path: Path) -> None:
    found = imported(path)
    assert {name for name in found if name.split(".")[0] in NETWORK} == set()
    assert {name for name in found if set(name.split(".")) & QT_NETWORK} == set()
