"""The Word file against the schema's order, and against the parts as they were when somebody looked at them."""

import io
import os
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from exporters.blank import blank_form
from exporters.build import build
from exporters.made import Properties
from exporters.paginate import paginate
from exporters.placed_pages import page_numbers
from exporters.word import write_word
from importers.recognise import recognise
from importers.text_reader import read_text
from models.document.blocks import Block
from models.document.tree import GoalDocument, Settings
from tests.exporters.samples import TEMPLATE, document, merged_table
from tests.shared import CHECKOUT, TEXTS
from tests.strategies import documents
from tests.wordprocessingml import faults

GOLDEN = CHECKOUT / "tests" / "golden"
UPDATE = "GOALFORM_UPDATE_GOLDEN"
"""Set to 1 in the environment to write the golden files anew, after a look at what changed."""


def written(blocks: tuple[Block, ...]) -> bytes:
    numbers = page_numbers(paginate(blocks, TEMPLATE))
    properties = Properties("2025年部门预算绩效文本", "青松县农技推广站", "绩效")
    return write_word(blocks, TEMPLATE, properties=properties, page_numbers=numbers)


def small() -> bytes:
    return written(build(document(), TEMPLATE, Settings()))


# The order of elements


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_the_file_of_a_text_is_sound(text: Path) -> None:
    found = recognise(read_text(text.read_text(encoding="utf-8")), TEMPLATE).document
    assert faults(written(build(found, TEMPLATE, Settings()))) == []


@pytest.mark.parametrize("blocks", [(), (merged_table(), merged_table()), blank_form(TEMPLATE)])
def test_the_file_of_any_blocks_is_sound(blocks: tuple[Block, ...]) -> None:
    assert faults(written(blocks)) == []


@settings(max_examples=30)
@given(documents(wild=True))
def test_the_file_of_any_document_is_sound(given_document: GoalDocument) -> None:
    assert faults(written(build(given_document, TEMPLATE, Settings()))) == []


PLANTED = {
    "a property out of order": ("<w:pPr><w:pStyle", "<w:pPr><w:keepNext/><w:pStyle"),
    "an unknown element": ("<w:cantSplit/>", "<w:cantSplit/><w:cannotSplit/>"),
    "a property twice": ('<w:vAlign w:val="center"/>', '<w:vAlign w:val="center"/><w:vAlign w:val="top"/>'),
    "a cell without a paragraph": ("</w:p></w:tc>", "</w:p><w:tbl/></w:tc>"),
    "a span too wide": ('<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="3"/>'),
    "a merge from nothing": ('<w:vMerge w:val="restart"/>', ""),
    "a bookmark id used twice": ('<w:bookmarkStart w:id="2"', '<w:bookmarkStart w:id="1"'),
    "a bookmark name used twice": ('w:name="_Toc_2_2_0000000002"', 'w:name="_Toc_2_2_0000000001"'),
    "a link to nowhere": ('w:anchor="_Toc_2_2_0000000003"', 'w:anchor="elsewhere"'),
    "a field that does not end": ('<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""),
    "a style that is not there": ('w:val="TableLabel"', 'w:val="TableLable"'),
    "a footer that is not there": ('r:id="rId4"', 'r:id="rId44"'),
}


@pytest.mark.parametrize(("sound", "broken"), PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_fault_is_caught(sound: str, broken: str) -> None:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small())) as archive, zipfile.ZipFile(changed, "w") as target:
        for name in archive.namelist():
            part = archive.read(name).decode()
            if name == "word/document.xml":
                assert sound in part
                part = part.replace(sound, broken, 1)
            target.writestr(name, part)
    assert faults(changed.getvalue())


# Golden files


def parts() -> dict[str, str]:
    """Each part indented, one element a line, so that a difference can be read."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(small())) as archive:
        for name in archive.namelist():
            root = ElementTree.fromstring(archive.read(name))
            ElementTree.indent(root)
            lines = ElementTree.tostring(root, encoding="unicode").splitlines()
            # Stamps of time and program would differ with every version.
            kept = [line for line in lines if not any(word in line for word in ("dcterms:", "AppVersion"))]
            found[name.translate(str.maketrans("/", "-", "[]"))] = "\n".join(kept) + "\n"
    return found


def test_the_parts_of_the_word_file_are_the_golden_ones() -> None:
    written_parts = {f"{name.removesuffix('.xml')}.xml": text for name, text in parts().items()}
    if os.environ.get(UPDATE):
        GOLDEN.mkdir(exist_ok=True)
        for name, text in written_parts.items():
            (GOLDEN / name).write_text(text, encoding="utf-8")
    assert {file.name for file in GOLDEN.glob("*.xml")} == set(written_parts)
    for name, text in written_parts.items():
        assert text == (GOLDEN / name).read_text(encoding="utf-8"), f"{name}: look at it, then set {UPDATE}=1"
