"""The children of a Word file's body one by one, each forgotten once it was read, so that a large file never stands in memory whole."""

from collections.abc import Callable, Iterator

from lxml import etree

from importers.budget import MUCH, TooMuchError
from importers.word.word_package import SAFE, Held, WordPackage
from importers.word.word_text import W
from models.errors import CancelledError

MAX_TAGS = 50_000_000
"""Tags of the body; a text of 2,000 projects × 20 indicators has about 6 million, as Word itself writes it 25 million."""
MAX_HELD = 250_000_000
"""Bytes of memory one child of the body may take, such as a table. One of 1,000 rows as LibreOffice writes it takes 60 million."""

_BODY = f"{W}body"


def body_children(package: WordPackage, go_on: Callable[[], bool]) -> Iterator[etree._Element]:
    """Each child of w:body, in order. A child is whole when the next one has begun."""
    parser: etree.XMLPullParser = etree.XMLPullParser(("start",), tag="{*}body", **SAFE)
    body: etree._Element | None = None
    held = Held(MAX_HELD)
    for chunk in package.chunks(package.main):
        if not go_on():
            raise CancelledError
        held.take(chunk)
        if held.tags > MAX_TAGS:
            raise TooMuchError(MUCH)
        parser.feed(chunk)
        body = _found_body(parser, package) if body is None else body
        if body is not None and len(body) > 1:
            held.begin(chunk)
            yield from _taken(body, leave=1)
    body = _found_body(parser, package) if body is None else body
    parser.close()
    if body is None:
        raise package.broken("没有正文")
    yield from _taken(body, leave=0)


def _found_body(parser: etree.XMLPullParser, package: WordPackage) -> etree._Element | None:
    """The body once the parser has met it. UserError for another kind of elements."""
    for _event, node in parser.read_events():
        assert isinstance(node, etree._Element)  # no other events were asked for
        if node.tag != _BODY:
            raise package.broken("是「严格的 Open XML」格式，本程序读不了")
        package.check_type(node)
        return node
    return None


def _taken(body: etree._Element, leave: int) -> Iterator[etree._Element]:
    for child in list(body)[: len(body) - leave]:
        yield child
        child.clear()  # frees what stands in it; removed whole, lxml would walk through it once more
        body.remove(child)
