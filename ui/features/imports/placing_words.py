"""What becomes of words without a place: put into a field, their label remembered, before an import or after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from models.document.tree import GoalDocument
    from models.document.unplaced_words import Unplaced


def put(
    document: GoalDocument, piece: Unplaced, path: str, remembers: bool, home: Path, *, is_draft: bool
) -> tuple[GoalDocument | None, str]:
    """The document with the words in the field, None where they do not go there, and what is to be said of it; their label is
    remembered where that is asked for. `is_draft`: the document is that of the open draft, where it is a step of its own."""
    from importers.reading.own_labels import remember
    from models.document.unplaced_words import field_name, placed

    try:
        after = placed(document, piece, path)
    except UserError as error:
        return None, str(error)
    said = f"已放到「{field_name(document, path)}」{'，可以撤销' if is_draft else ''}"
    if not remembers:
        return after, f"{said}。"
    try:
        remember(home, piece.label, path.partition("].")[2])
    except UserError as error:
        return after, f"{said}。{error}"
    return after, f"{said}；以后导入时认得「{piece.label}」。"


def place_before_import(document: GoalDocument, home: Path, parent: QWidget) -> GoalDocument:
    """Asks where words go that a file which is not taken over yet left without a place; the document after."""
    from ui.features.imports.placing_dialog import PlacingDialog

    holder = [document]

    def place(piece: Unplaced, path: str, remembers: bool) -> str:
        after, said = put(holder[-1], piece, path, remembers, home, is_draft=False)
        if after is not None:
            holder.append(after)
        return said

    PlacingDialog(lambda: holder[-1], place, parent, is_draft=False).exec()
    return holder[-1]
