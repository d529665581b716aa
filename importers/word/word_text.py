"""The words of a Word paragraph as a reader of the page sees them: insertions accepted, deletions and field codes left out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from importers.word.symbols import UNKNOWN, in_symbol_font, is_symbol_font, lowered, raised, symbol

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_LETTERS = {f"{W}noBreakHyphen": "-", f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n"}
_DESCEND = frozenset(
    f"{W}{name}"
    for name in (
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "customXml",
        "sdt",
        "sdtContent",
        "fldSimple",
        "dir",
        "bdo",
        "ruby",
        "rubyBase",
    )
)
_PICTURES = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
"""Everything else that is not a run is left out: deletions, moved-away text, properties, marks, ruby's reading aid."""

_RUN, _TEXT, _BREAK, _FIELD, _CODE = f"{W}r", f"{W}t", f"{W}br", f"{W}fldChar", f"{W}instrText"
_PARAGRAPH_LOOK = f"{W}pPr"
_FOOTNOTE, _SYMBOL, _PROPERTIES, _HIDDEN = f"{W}footnoteReference", f"{W}sym", f"{W}rPr", f"{W}vanish"
_ENDNOTE = f"{W}endnoteReference"
_TYPE, _VALUE, _ID, _CHAR = f"{W}type", f"{W}val", f"{W}id", f"{W}char"
_DEEPEST_FIELD = 32
"""Fields inside fields; more of them are fields whose ends were lost."""
_LONGEST_CODE = 200
"""Characters of a field's code that are kept: its first word is all that is asked for."""
_OFF = frozenset(("0", "false", "off"))
_BOX, _CHOICES, _CHOICE = f"{W}txbxContent", f"{COMPATIBILITY}AlternateContent", f"{COMPATIBILITY}Choice"
_PARAGRAPH = f"{W}p"
_FALLBACK = f"{COMPATIBILITY}Fallback"
_CONTROL = f"{W}sdt"
_PROMPT = f"{W}sdtPr/{W}showingPlcHdr"
_STRIKES = (f"{W}strike", f"{W}dstrike")
_FONTS, _RAISED = f"{W}rFonts", f"{W}vertAlign"
FONT_NAMES = (f"{W}ascii", f"{W}hAnsi")
CHANGES_WORDS = (
    *(*_LETTERS, *_DESCEND, *_PICTURES, *_STRIKES, _BREAK, _FIELD, _CODE, _HIDDEN, _RAISED),
    *(_FOOTNOTE, _ENDNOTE, _SYMBOL, _CHOICES, f"{MATH}*"),
)
"""Every element that makes the words of a paragraph others than those of its w:t, symbol fonts aside."""
_MOST_STRUCK = 5
"""Struck words that are named one by one."""


@dataclass(slots=True)
class _Field:
    """A field that is open: its code so far, and whether its result has begun."""

    code: str = ""
    has_result: bool = False

    @property
    def is_contents(self) -> bool:
        return self.code.lstrip().upper().startswith("TOC")


@dataclass(slots=True)
class WordText:
    """Reads paragraphs in their order; fields may reach over several of them.

    `left_out` counts what has no words on the page (pictures, hidden text); `notes` are ids of foot- and endnotes.
    """

    left_out: Counter[str] = field(default_factory=Counter)
    notes: list[tuple[str, str]] = field(default_factory=list)
    in_contents: bool = False
    """Whether the place just read lies in the result of a table of contents."""
    boxed: list[str] = field(default_factory=list)
    """The words of each text box."""
    struck: list[str] = field(default_factory=list)
    """Words that are struck through."""
    _fields: list[_Field] = field(default_factory=list)
    _is_code: bool = False
    _code_words: list[str] = field(default_factory=list)

    @property
    def in_field(self) -> bool:
        """Whether a field is open, which may reach over paragraphs."""
        return bool(self._fields)

    def read(self, paragraph: etree._Element) -> str:
        """The words of one paragraph; a line break inside it is a newline."""
        pieces: list[str] = []
        self._read_into(pieces, paragraph)
        if self._is_code:
            # A field whose code does not end with its paragraph is broken: what stands after its beginning is text.
            self._fields = [each for each in self._fields if each.has_result]
            self._is_code = False
            pieces += self._code_words
        if self._code_words:
            self._code_words.clear()
        return pieces[0] if len(pieces) == 1 else "".join(pieces)

    def _read_into(self, pieces: list[str], parent: etree._Element) -> None:
        for node in parent:
            tag = node.tag
            if tag == _RUN:
                self._read_run(pieces, node)
            elif tag == _PARAGRAPH_LOOK:
                continue
            elif tag in _DESCEND:
                if tag != _CONTROL or not is_prompt(node):
                    self._read_into(pieces, node)
            elif tag == _CHOICES:
                self._read_into(pieces, chosen(node))
            elif tag.startswith(MATH):
                pieces.extend(part.text or "" for part in node.iter(f"{MATH}t"))

    def _read_run(self, pieces: list[str], run: etree._Element) -> None:
        look = _PLAIN_LOOK
        for node in run:
            tag = node.tag
            if tag == _TEXT:
                if self._is_code:
                    self._code_words.append(node.text or "")
                elif not self.in_contents:
                    words = node.text or ""
                    pieces.append(words if look is _PLAIN_LOOK else self._looking(words, look))
            elif tag == _PROPERTIES:
                if len(node):
                    look = _look(node)
                if look.hidden:
                    self.left_out["隐藏文字"] += 1
                    return
            else:
                self._read_other(pieces, node, tag)

    def _looking(self, words: str, look: "_Look") -> str:
        """Words as their look shows them: struck ones are left out, those of a symbol font and raised ones are other characters."""
        if look.struck:
            if words.strip():
                self.struck.append(words)
            return ""
        if look.font:
            words, unknown = in_symbol_font(words, look.font)
            if unknown:
                self.left_out[_UNKNOWN] += unknown
        return (
            raised(words) if look.raised == "superscript" else lowered(words) if look.raised == "subscript" else words
        )

    def left_out_messages(self) -> tuple[str, ...]:
        """Sentences on what was left out."""
        counted = [f"有 {count} 处{what}没有读入。" for what, count in self.left_out.items()]
        if self.struck:
            words = "」「".join(self.struck[:_MOST_STRUCK])
            counted.append(
                f"有 {len(self.struck)} 处带删除线的文字没有读入：「{words}」{'等' if len(self.struck) > _MOST_STRUCK else ''}。"
            )
        return tuple(counted)

    def _read_other(self, pieces: list[str], node: etree._Element, tag: str) -> None:
        if tag in _LETTERS:
            pieces.append(_LETTERS[tag])
        elif tag == _BREAK:
            pieces.append("\n" if node.get(_TYPE, "textWrapping") == "textWrapping" else "")
        elif tag == _FIELD:
            self._step_field(node.get(f"{W}fldCharType", ""))
        elif tag == _CODE and self._fields:
            if len(self._fields[-1].code) < _LONGEST_CODE:
                self._fields[-1].code += node.text or ""
        elif tag == _SYMBOL:
            pieces.append(self._symbol(node))
        elif tag in (_FOOTNOTE, _ENDNOTE):
            self.notes.append(("footnotes" if tag == _FOOTNOTE else "endnotes", node.get(_ID, "")))
        elif tag in _PICTURES or tag == _CHOICES:
            self._read_picture(node)
        elif tag in _DESCEND and not (tag == _CONTROL and is_prompt(node)):
            self._read_into(pieces, node)

    def _symbol(self, node: etree._Element) -> str:
        """A character of a symbol font; one whose shape only the font knows is counted."""
        try:
            shown = symbol(int(node.get(_CHAR, ""), 16), node.get(f"{W}font", ""))
        except (ValueError, OverflowError):  # no number, or that of no character
            return ""
        if shown is None:
            self.left_out[_UNKNOWN] += 1
        return UNKNOWN if shown is None else shown

    def _read_picture(self, node: etree._Element) -> None:
        """A picture, or a text box, whose words stand outside the text; of boxes in a box each has its own."""
        reader = WordText()
        words = [reader.read(each) for box in shown_below(node, _BOX) for each in shown_below(box, _PARAGRAPH)]
        if any(map(str.strip, words)):
            self.boxed.append("\n".join(filter(str.strip, words)))
        elif not reader.boxed:
            self.left_out["图片"] += 1
        self.boxed += reader.boxed

    def _step_field(self, kind: str) -> None:
        if kind == "begin":
            del self._fields[:-_DEEPEST_FIELD]
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()
        self._is_code = any(not each.has_result for each in self._fields)
        self.in_contents = any(each.has_result and each.is_contents for each in self._fields)


def shown_below(node: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The elements of that kind below the node, but for those inside another one. What newer files hold twice, as new
    programs and as old ones draw it, is looked at once."""
    shown = chosen(node) if node.tag == _CHOICES else node
    for child in node if shown is node else (shown,):
        if child.tag == tag:
            yield child
        else:
            yield from shown_below(child, tag)


def chosen(node: etree._Element) -> etree._Element:
    """Of what newer files hold twice, as new programs and as old ones draw it, the part that is read: the new one, but for one
    that is empty."""
    choice = node.find(_CHOICE)
    fallback = node.find(_FALLBACK)
    if choice is None or (len(choice) == 0 and fallback is not None):
        choice = fallback
    return node if choice is None else choice


def is_prompt(control: etree._Element) -> bool:
    """Whether a content control shows its prompt («单击此处输入文字»): it is empty then."""
    return control.find(_PROMPT) is not None


class _Look(NamedTuple):
    """What of a run's look changes its words."""

    hidden: bool = False
    struck: bool = False
    font: str = ""
    raised: str = ""


_PLAIN_LOOK = _Look()
_UNKNOWN = "符号字体里认不出的符号"


def _look(properties: etree._Element) -> _Look:
    """The look these properties (w:rPr) give."""
    found = _PLAIN_LOOK
    for node in properties:
        tag = node.tag
        if tag == _FONTS:
            font = next((name for each in FONT_NAMES if is_symbol_font(name := node.get(each))), "")
            found = found._replace(font=font or "") if font else found
        elif tag == _RAISED:
            found = found._replace(raised=node.get(_VALUE, ""))
        elif tag == _HIDDEN and node.get(_VALUE, "1") not in _OFF:
            found = found._replace(hidden=True)
        elif tag in _STRIKES and node.get(_VALUE, "1") not in _OFF:
            found = found._replace(struck=True)
    return found
