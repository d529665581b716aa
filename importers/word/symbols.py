"""Characters that Word draws by a symbol font or raises above the line, as such characters of their own."""

from collections.abc import Mapping

_SYMBOL = dict(
    zip(
        range(0xA0, 0xFF),
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\0\0↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑\0\0\0\0\0\0\0\0\0\0\0〉∫",
        strict=False,
    )
)
_GREEK = dict(
    zip(
        b"ABCDEFGHIKLMNOPQRSTUWXYZabcdefghijklmnopqrstuwxyz",
        "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖαβχδεφγηιϕκλμνοπθρστυωξψζ",
        strict=True,
    )
)
_WINGDINGS = {
    0x6C: "●",
    0x6D: "❍",
    0x6E: "■",
    0x6F: "□",
    0x70: "□",
    0x71: "❑",
    0x72: "❒",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0x9F: "•",
    0xA0: "▪",
    0xA1: "○",
    0xA4: "◉",
    0xA5: "◎",
    0xA7: "▪",
    0xA8: "☐",
    0xAB: "★",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    **{0x81 + place: digit for place, digit in enumerate("①②③④⑤⑥⑦⑧⑨⑩")},
}
_WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x2A: "☐",
    0xA3: "☐",
    0x97: "●",
    0x98: "•",
}
FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": {
        **_GREEK,
        **{code: chr(code) for code in b"0123456789%()+,./:;<=>?[]_{|}"},
        **_SYMBOL,
        0x2D: "−",
        0x2A: "∗",
    },
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
}
"""What each font shows for the codes texts use."""

UNKNOWN = "□"
_PRIVATE = range(0xE000, 0xF900)
_SUPERSCRIPTS = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def symbol(code: int, font: str) -> str | None:
    """The character a symbol font shows; None for one nobody knows. A code may lie in the private area or be its last byte."""
    known = FONTS.get(font.strip().lower())
    low = code & 0xFF if code in _PRIVATE else code
    if known is not None:
        shown = known.get(low, "\0")
        return None if shown == "\0" else shown
    return None if code in _PRIVATE else chr(code)


def is_symbol_font(font: str | None) -> bool:
    """Whether a font draws other characters than its text has."""
    return font is not None and font.strip().lower() in FONTS


def in_symbol_font(words: str, font: str) -> tuple[str, int]:
    """(the words as that font shows them, how many characters nobody knows)."""
    shown = [char if char.isspace() else symbol(ord(char), font) for char in words]
    return "".join(UNKNOWN if char is None else char for char in shown), shown.count(None)


def raised(words: str) -> str:
    """Digits above the line as such characters; other words as they are."""
    changed = words.translate(_SUPERSCRIPTS)
    return changed if all(char not in words or char.isspace() for char in changed) else words


def lowered(words: str) -> str:
    """Digits below the line as such characters; other words as they are."""
    changed = words.translate(_SUBSCRIPTS)
    return changed if all(char not in words or char.isspace() for char in changed) else words
