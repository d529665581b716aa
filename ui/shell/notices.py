"""What the start page says above the list of drafts, as long as the program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ui.shell.start_page import StartPage

NoticeKind = Literal["crash", "backup", ""]
"""`crash`: how the last time ended, gone once a draft is opened; `backup`: replaced by the next of its kind."""


class Notices:
    """Several sentences, each of a kind."""

    def __init__(self, page: StartPage) -> None:
        self._page = page
        self._shown: list[tuple[NoticeKind, str]] = []

    def add(self, sentence: str, kind: NoticeKind = "") -> None:
        """One more; of the kinds with a name there is one at most."""
        if kind:
            self._shown = [shown for shown in self._shown if shown[0] != kind]
        self._shown.append((kind, sentence))
        self._show()

    def drop(self, kind: NoticeKind) -> None:
        """What is of that kind was read, or holds no more."""
        self._shown = [shown for shown in self._shown if shown[0] != kind]
        self._show()

    def clear(self) -> None:
        """Another store was opened: what was said is said again where it still holds."""
        self._shown = []
        self._show()

    def _show(self) -> None:
        self._page.notice("\n".join(sentence for _kind, sentence in self._shown))
