"""What is taken out of text when it enters the program, and nothing later: characters no file format can hold."""

import re

# XML 1.0 refuses these; bidi overrides are invisible and reorder a line. 200E and 200F are left: they only mark direction.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c]|\u2028|\u2029|\x85")


def clean_text(text: str) -> tuple[str, int]:
    """(text for a field of several lines, how many characters were taken out). Every kind of line end becomes one."""
    return _FORBIDDEN.subn("", _LINE_END.sub("\n", text))


def clean_line(text: str) -> tuple[str, int]:
    """The same for a field of one line: its line ends become single spaces."""
    cleaned, count = clean_text(text)
    return re.sub("\n+", " ", cleaned.strip("\n")), count
