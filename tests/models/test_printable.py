"""Words that a terminal would obey, or that turn a line around, are written out; all others stay."""

import json

import pytest

from models.errors import UserError
from models.printable import printable
from models.store.store_errors import StoreError


@pytest.mark.parametrize(
    "char", ["\x00", "\x07", "\x1b", "\r", "\x7f", "\x9b", "\u200f", "\u202e", "\u2066", "\u2028", "\udcff"]
)
def test_what_acts_instead_of_being_shown_is_written_out(char: str) -> None:
    shown = printable(f"甲{char}乙")
    assert shown == f"甲\\u{ord(char):04x}乙"
    assert json.loads(f'"{shown}"') == f"甲{char}乙"


def test_words_lines_and_tabs_are_as_they_were() -> None:
    words = "《绩效》 “甲”\t①\n𠮷👍é—…"
    assert printable(words) == words


def test_no_sentence_of_an_error_gives_orders() -> None:
    assert "\x1b" not in str(UserError("文件「\x1b[2J」"))
    assert "\u202e" not in str(StoreError("full", "甲\u202e"))  # type: ignore[arg-type]
