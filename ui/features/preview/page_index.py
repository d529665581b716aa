"""Which fields stand on which of the pages shown; made in the worker that lays them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from exporters.sparse_pages import sparse_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.placed_pages import Page, PlacedLine


class _Known(NamedTuple):
    page: Page
    paths: frozenset[str]
    sparse: tuple[int, ...]


class PageIndex:
    """What is known of a page that stood among those before is taken over: one edit makes few new pages."""

    def __init__(self, pages: Sequence[Page], before: PageIndex | None = None) -> None:
        kept = {} if before is None else {id(known.page): known for known in before.known}
        self.known: Sequence[_Known] = [
            kept.get(id(page)) or _Known(page, _paths_on(page), sparse_pages((page,))) for page in pages
        ]

    @property
    def sparse(self) -> tuple[int, ...]:
        """The printed numbers of the pages that hold next to nothing."""
        return tuple(number for known in self.known for number in known.sparse)

    def find(self, path: str) -> tuple[int, PlacedLine] | None:
        """(which page, its line) where a field stands first; a merged tier or an empty list is not printed, so then its row or
        its project."""
        while path:
            for place, known in enumerate(self.known):
                if path in known.paths:
                    return place, _line_of(known.page, path)
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
            if path in {"projects", "sub_goals", "safeguards"}:
                break
        return None


def _line_of(page: Page, path: str) -> PlacedLine:
    return next(line for line in page.lines if any(_belongs(one, path) for one in _paths_in(line)))


def _paths_in(line: PlacedLine) -> Iterator[str]:
    if line.path is not None:
        yield line.path
    yield from (run.path for run in line.runs if run.path is not None)


def _paths_on(page: Page) -> frozenset[str]:
    """Of the page's words, and of all that those are parts of."""
    own = {path for line in page.lines for path in _paths_in(line)}
    return frozenset(own | {path[:at] for path in own for at, char in enumerate(path) if char in ".["})


def _belongs(path: str, wanted: str) -> bool:
    return path == wanted or (path.startswith(wanted) and path[len(wanted)] in ".[")
