"""What is taken out at entry: what no file format can hold, and nothing else."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document.cleaning import clean_line, clean_text
from models.document.tree import Draft
from tests.models.paths import leaves
from tests.strategies import drafts, line, text

# The alphabet of hypothesis leaves surrogates out unless they are asked for.
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=40)


@pytest.mark.parametrize(
    ("dirty", "clean", "count"),
    [
        ("一\x00二\x07三", "一二三", 2),
        ("一\r\n二\r三\u2028四\u2029五\x85六", "一\n二\n三\n四\n五\n六", 0),
        ("一\u202e二\u2066三", "一二三", 2),
        ("一\ud800二\ufffe三\uffff", "一二三", 3),
        ("𠮷😀\u200e\u200f\t　é&<>", "𠮷😀\u200e\u200f\t　é&<>", 0),
    ],
)
def test_forbidden_characters_go_and_are_counted(dirty: str, clean: str, count: int) -> None:
    assert clean_text(dirty) == (clean, count)


@pytest.mark.parametrize(
    ("dirty", "clean"), [("一\n二", "一 二"), ("一\r\n\r\n二", "一 二"), ("\n一\n", "一"), (" 一 ", " 一 "), ("\n", "")]
)
def test_a_line_has_no_line_ends(dirty: str, clean: str) -> None:
    assert clean_line(dirty) == (clean, 0)


@given(ANYTHING)
def test_clean_text_is_clean_and_lost_only_what_was_counted(dirty: str) -> None:
    clean, count = clean_text(dirty)
    assert clean_text(clean) == (clean, 0)
    assert len(re.sub("\r\n", "\n", dirty)) - len(clean) == count
    assert clean_line(clean_line(dirty)[0])[0] == clean_line(dirty)[0]
    assert "\n" not in clean_line(dirty)[0]


@given(ANYTHING)
def test_clean_text_survives_xml_and_utf_8(dirty: str) -> None:
    clean, _count = clean_text(dirty)
    element = ElementTree.Element("t")
    element.text = clean
    assert (ElementTree.fromstring(ElementTree.tostring(element, encoding="utf-8")).text or "") == clean


@given(st.one_of(line(), text(wild=True)))
def test_what_people_write_is_clean_already(written: str) -> None:
    assert clean_text(written) == (written, 0)


@given(drafts(wild=True))
def test_generated_drafts_hold_nothing_that_could_not_have_been_entered(draft: Draft) -> None:
    dirty = [value for _path, value in leaves(draft) if isinstance(value, str) and clean_text(value) != (value, 0)]
    assert dirty == []
