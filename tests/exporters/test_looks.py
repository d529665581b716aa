"""The looks the paginator computes with are those of the Word file's styles."""

import io
import zipfile
from xml.etree import ElementTree

import pytest

from exporters.looks import Look, contents_entry, contents_title, looks
from exporters.word import STYLES, write_word
from models.document.blocks import Role
from tests.exporters.samples import TEMPLATE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FONTS = TEMPLATE.font_scheme("gb")
LOOKS = looks(TEMPLATE.page)


def _styles() -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(write_word((), TEMPLATE))) as archive:
        root = ElementTree.fromstring(archive.read("word/styles.xml"))
    return {node.get(f"{W}styleId") or "": node for node in root.iter(f"{W}style")}


ALL = _styles()


def found(style: str, path: str, name: str = "val") -> str | None:
    """What the style says, or the one it is based on."""
    node: ElementTree.Element | None = ALL[style]
    while node is not None:
        value = node.find("/".join(f"{W}{part}" for part in path.split("/")))
        if value is not None and value.get(f"{W}{name}") is not None:
            return value.get(f"{W}{name}")
        base = node.find(f"{W}basedOn")
        node = None if base is None else ALL[base.get(f"{W}val") or ""]
    return None


def number(style: str, path: str, name: str = "val") -> float:
    return float(found(style, path, name) or 0)


def check(style: str, look: Look) -> None:
    assert number(style, "rPr/sz") == look.size * 2
    assert number(style, "pPr/spacing", "line") == look.pitch * 20
    assert found(style, "pPr/spacing", "lineRule") == "exact"
    assert number(style, "pPr/spacing", "after") == look.after * 20
    assert found(style, "pPr/jc") == look.align
    assert number(style, "pPr/ind", "firstLine") == look.first_indent * look.size * 20
    assert number(style, "pPr/ind", "left") == look.left * 20
    assert found(style, "rPr/rFonts", "eastAsia") == getattr(FONTS, look.font)
    assert (ALL[style].find(f"{W}pPr/{W}keepNext") is not None) == look.keep_next
    assert (ALL[style].find(f"{W}pPr/{W}keepLines") is not None) == look.keep_lines


@pytest.mark.parametrize("role", Role)
def test_a_role_looks_the_same_on_our_pages_and_in_word(role: Role) -> None:
    check(STYLES[role], LOOKS[role])


def test_the_contents_look_the_same() -> None:
    check("TOCHeading", contents_title(TEMPLATE.page))
    check("TOC1", contents_entry(TEMPLATE.page, 1))
    check("TOC2", contents_entry(TEMPLATE.page, 2))
