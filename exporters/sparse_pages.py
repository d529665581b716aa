"""Pages that hold next to nothing of what the page before them began: a shorter sentence there would save them."""

from collections.abc import Iterable

from exporters.page_filling import SPARSE_LINES
from exporters.placed_pages import Page

_EDGES = 3  # above and below the header, and below one row


def sparse_pages(pages: Iterable[Page]) -> tuple[int, ...]:
    """The printed numbers of the pages that only go on, with two lines or one row of a table at most."""
    return tuple(page.number for page in pages if page.number is not None and page.number > 1 and _is_sparse(page))


def closer_pages(pages: Iterable[Page]) -> tuple[int, ...]:
    """The printed numbers of the pages whose lines stand closer, so that there is one less."""
    return tuple(page.number for page in pages if page.number is not None and page.is_close)


def _is_sparse(page: Page) -> bool:
    if page.headings:
        return False
    if page.rules:
        edges = {round(rule.top, 1) for rule in page.rules if rule.width > rule.height}
        return len(edges) <= _EDGES
    return sum(line.block >= 0 for line in page.lines) <= SPARSE_LINES
