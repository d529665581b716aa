"""Tables as clipboard text: tab-separated cells as Excel, WPS and LibreOffice write and read them."""

import re
from collections.abc import Iterable, Sequence

_CELL = re.compile(r'"(?P<quoted>(?:[^"]|"")*)"(?=[\t\n]|\Z)|(?P<plain>[^\t\n]*)')
_LINE_END = re.compile("\r\n?")


def write_table(rows: Iterable[Sequence[str]]) -> str:
    """The rows as text; cells that hold tabs, line ends or begin with a quote are quoted."""
    return "\n".join("\t".join(_quoted(cell) for cell in row) for row in rows)


def read_table(text: str) -> list[list[str]]:
    """The rows of a text. The line end after the last row begins no row of its own; no text gives no row."""
    text = _LINE_END.sub("\n", text).removesuffix("\n")
    if not text:
        return []
    rows: list[list[str]] = [[]]
    position = 0
    while True:
        found = _CELL.match(text, position)
        assert found  # the plain alternative matches anywhere, even nothing
        rows[-1].append(_content(found))
        position = found.end()
        if position == len(text):
            return rows
        if text[position] == "\n":
            rows.append([])
        position += 1


def _quoted(cell: str) -> str:
    if re.search("[\t\n]", cell) or cell.startswith('"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _content(found: re.Match[str]) -> str:
    quoted = found["quoted"]
    if quoted is None:
        return found["plain"]
    # Spreadsheets quote only what needs it; «"开放"» with nothing to protect inside is what somebody wrote.
    return quoted.replace('""', '"') if re.search('[\t\n]|""', quoted) else found[0]
