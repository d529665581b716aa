"""A step with a list at its left: its parts in order, one of which is chosen and shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ui.editor.steps import Step
from ui.editor.steps.item_list import ItemList
from ui.widgets.messages import say


class ListStep(Step):
    """Each command of the list is one undo step."""

    section = ""
    """The path of the parts."""
    _list: ItemList
    _current = ""
    """The id of the part that is shown, "" where there is none."""

    def _follow_list(self, opened: Callable[[], object]) -> None:
        """Does what the list asks for; `opened`: when its current line is entered."""
        self._list.chosen.connect(self._choose)
        self._list.add.connect(self._add)
        self._list.copy.connect(self._copy)
        self._list.remove.connect(self._remove)
        self._list.moved.connect(self._move)
        self._list.opened.connect(opened)
        self._list.entered.connect(lambda: self.part_entered.emit(self._path(self._current) if self._current else ""))

    def _parts(self) -> Sequence[Any]:
        raise NotImplementedError

    def _choose(self, part_id: str) -> None:
        """Shows that part."""
        raise NotImplementedError

    def _add(self) -> None:
        raise NotImplementedError

    def _copy(self) -> None:
        raise NotImplementedError

    def _removed(self, place: int) -> str:
        """How the part that stood there, counted from 1, is called when it was deleted."""
        raise NotImplementedError

    def _path(self, part_id: str, name: str = "") -> str:
        return f"{self.section}[{part_id}]" + (f".{name}" if name else "")

    def _place(self) -> int | None:
        return next((place for place, part in enumerate(self._parts()) if part.id == self._current), None)

    def _remove(self) -> None:
        self.commit_pending()
        place, parts = self._place(), self._parts()
        if place is None:
            return
        gone, after = self._current, parts[place + 1 :] or parts[:place][-1:]
        self._choose(after[0].id if after else "")
        self.session.remove(self._path(gone))
        say(self, f"已删除{self._removed(place + 1)}，按 Ctrl+Z 可以找回。", undoable=True)
        if not after:
            self._list.focus_add()

    def _move(self, by: int) -> None:
        self.commit_pending()
        place = self._place()
        if place is not None and 0 <= place + by < len(self._parts()):
            self.session.move(self._path(self._current), place + by)
