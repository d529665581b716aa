"""Reads the comments of a Word file, and the lines of the page with the places they hang on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from importers.budget import Budget
from importers.word.word_package import WordPackage
from importers.word.word_text import COMPATIBILITY, W
from models.document.cleaning import clean_text
from models.session.file_comments import Comment, Commented, Line

MAX_COMMENTS = 20_000

_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_WORD_2012 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_PARAGRAPH, _CELL, _CELL_LOOK, _MERGE = f"{W}p", f"{W}tc", f"{W}tcPr", f"{W}vMerge"
_START, _END, _REFERENCE = f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"
_ID, _VALUE = f"{W}id", f"{W}val"
_MARKS = frozenset((_START, _END, _REFERENCE))
_TEXT, _BREAK = f"{W}t", f"{W}br"
_WORDS = {_TEXT: "", f"{W}noBreakHyphen": "-", f"{W}tab": "\t", f"{W}ptab": "\t"}
_DELETED = frozenset((f"{W}del", f"{W}moveFrom"))
_PASSED_OVER = frozenset(
    (
        *(f"{W}{name}" for name in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "sectPr", "sdtPr", "instrText")),
        *(f"{W}{name}" for name in ("drawing", "pict", "object")),
        f"{COMPATIBILITY}AlternateContent",
    )
)
"""Looks, and what floats above the page."""


def read_comments(data: bytes, name: str, go_on: Callable[[], bool] = lambda: True) -> Commented:
    """The comments of a .docx with its lines; nothing where it has none. UserError as in `read_word`.

    `go_on` is asked now and then; CancelledError once it says no.
    """
    package = WordPackage(data, name)
    root = package.tree("comments")
    if root is None or not len(root):
        return Commented()
    walk = _Walk(package.budget)
    with package.reading("的正文"):
        for child in package.body(go_on):
            walk.take(child)
        written = _written(root, package.budget)
    if len(written) > MAX_COMMENTS:
        raise package.broken("的批注多得不正常")
    states = _states(package.tree("commentsExtended"))
    return Commented(tuple(walk.lines), tuple(_comments(written, states, walk)))


_Place = tuple[int, int]
"""(line, character) in it."""


@dataclass(slots=True)
class _Walk:
    """Goes through the body's words and keeps the places of the comments' marks."""

    budget: Budget
    lines: list[Line] = field(default_factory=list)
    anchors: dict[str, tuple[_Place, _Place]] = field(default_factory=dict)
    """Where each comment begins and ends."""
    _text: list[str] = field(default_factory=list)
    _length: int = 0
    _in_line: bool = False
    _in_cell: int = 0

    def take(self, node: etree._Element, deleted: bool = False) -> None:
        """Takes an element and all below it; of what was deleted only the comments' marks."""
        tag = node.tag
        if tag == _PARAGRAPH:
            self._paragraph(node)
        elif tag == _CELL:
            self._cell(node)
        elif tag in _MARKS:
            self._mark(tag, node.get(_ID, ""))
        elif tag in _WORDS:
            if not deleted:
                self._add(clean_text(node.text or "")[0] if tag == _TEXT else _WORDS[tag])
        elif tag == _BREAK:
            if node.get(f"{W}type", "textWrapping") == "textWrapping" and self._in_line:
                self._end_line()
        elif tag not in _PASSED_OVER:
            for child in node:
                self.take(child, deleted or tag in _DELETED)

    def _paragraph(self, node: etree._Element) -> None:
        self._in_line = True
        for child in node:
            self.take(child)
        self._end_line()
        self._in_line = False

    def _cell(self, node: etree._Element) -> None:
        """A cell. One that only continues a merged one has no words on the page, and so no line."""
        merge = node.find(f"{_CELL_LOOK}/{_MERGE}")
        first = len(self.lines)
        self._in_cell += 1
        for child in node:
            if child.tag != _CELL_LOOK:
                self.take(child)
        self._in_cell -= 1
        if (
            merge is not None
            and merge.get(_VALUE) != "restart"
            and not any(line.text.strip() for line in self.lines[first:])
        ):
            del self.lines[first:]

    def _add(self, words: str) -> None:
        if words and self._in_line:
            self._text.append(words)
            self._length += len(words)

    def _end_line(self) -> None:
        self.budget.take(characters=self._length, cells=self._in_cell > 0, lines=not self._in_cell)
        self.lines.append(Line("".join(self._text), self._in_cell > 0))
        self._text.clear()
        self._length = 0

    def _mark(self, tag: str, comment: str) -> None:
        here = (len(self.lines), self._length)
        start, end = self.anchors.get(comment, (here, here))
        self.anchors[comment] = start, here if tag == _END else end


@dataclass(frozen=True, slots=True)
class _Written:
    """A comment as it stands in its part: `paragraph` is the id by which replies and ticks name it."""

    id: str
    author: str
    text: str
    paragraph: str


def _written(root: etree._Element, budget: Budget) -> list[_Written]:
    found = []
    for node in root.iterchildren(f"{W}comment"):
        walk = _Walk(budget)
        for child in node:
            walk.take(child)
        text = "\n".join(line.text for line in walk.lines).strip()
        ends = [part.get(f"{_WORD_2010}paraId", "") for part in node.iter(_PARAGRAPH)]
        found.append(_Written(node.get(_ID, ""), node.get(f"{W}author", ""), text, ends[-1] if ends else ""))
    return found


def _states(root: etree._Element | None) -> dict[str, tuple[str, bool]]:
    """By a comment's paragraph: (the paragraph of the comment it answers or "", whether it is ticked off)."""
    return {
        paragraph: (
            node.get(f"{_WORD_2012}paraIdParent", ""),
            node.get(f"{_WORD_2012}done", "0") in ("1", "true", "on"),
        )
        for node in (root if root is not None else ())
        if (paragraph := node.get(f"{_WORD_2012}paraId", ""))
    }


def _comments(written: list[_Written], states: dict[str, tuple[str, bool]], walk: _Walk) -> Iterator[Comment]:
    """The comments, each with the replies to it below its words."""
    replies: dict[str, list[_Written]] = {}
    known = {comment.paragraph for comment in written if comment.paragraph}
    for comment in written:
        above = states.get(comment.paragraph, ("", False))[0]
        if above in known:
            replies.setdefault(above, []).append(comment)
    answered = {id(reply) for each in replies.values() for reply in each}
    for comment in written:
        if id(comment) in answered:
            continue
        below = [f"回复（{reply.author}）：{reply.text}" for reply in replies.get(comment.paragraph, ())]
        done = states.get(comment.paragraph, ("", False))[1]
        merged = Comment(comment.author, "\n".join([comment.text, *below]), done)
        anchor = walk.anchors.get(comment.id)
        yield merged if anchor is None or not walk.lines else _hung(merged, anchor, len(walk.lines))


def _hung(comment: Comment, anchor: tuple[_Place, _Place], lines: int) -> Comment:
    line, start = anchor[0]
    end_line, end = max(anchor)
    if end_line > line and end == 0:  # the range ends where the next line begins: it is not part of it
        end_line, end = end_line - 1, 1_000_000_000
    line, end_line = min(line, lines - 1), min(end_line, lines - 1)
    return replace(comment, line=line, start=start, end_line=end_line, end=end)
