"""Leaving a draft: what was typed is in the store, or in a package beside it, or the window stays."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from models.errors import UserError
from ui.app.shutdown import is_ending
from ui.widgets import questions
from ui.widgets.file_dialogs import documents_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.document.tree import Draft
    from ui.editor.draft_editor import Editor

_UNSAVED, _TAKEN = "goalform-未保存-", "goalform-已取回-"
"""How the name of such a package begins, before and after its words became a draft; both go with the data folder."""


class Leaving(QObject):
    """For one open draft."""

    def __init__(self, editor: Editor, home: Path, log: Callable[[BaseException], None]) -> None:
        super().__init__(editor)
        self._editor, self._home, self._log = editor, home, log
        self._packed: Draft | None = None
        self.package: Path | None = None
        """Where the words are that the store did not take; None where there are none, or no place took them."""
        self._is_open = True
        editor.saver.saved.connect(self._saved)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.aboutToQuit.connect(self._program_ends)
            app.commitDataRequest.connect(self._program_ends)  # the user logs out

    def may_leave(self, parent: QWidget, save_elsewhere: Callable[[], bool]) -> bool:
        """Whether the draft can be left: the store has everything, or the user, informed where the words are, wants to."""
        if not self.secure() and not self._wants_to_leave(parent, save_elsewhere):
            return False
        self._is_open = False
        return True

    def _wants_to_leave(self, parent: QWidget, save_elsewhere: Callable[[], bool]) -> bool:
        if self.package is not None and is_ending():
            return True
        try:
            answer = questions.ask_to_leave(parent, self.package)
            if answer == questions.ELSEWHERE and save_elsewhere():
                self._drop_package()
                return True
        except Exception as error:  # who could not be asked stays
            self._log(error)
            return False
        return answer == questions.LEAVE

    def _program_ends(self, *_arguments: object) -> None:
        if self._is_open:
            self.secure()

    def _saved(self, _clock: str) -> None:
        self._drop_package()

    def secure(self) -> bool:
        """Puts all that was typed into the store, else into a package; whether the store has it.

        One guard around all of it: whatever goes wrong is logged, and counts as not saved.
        """
        saved = False
        try:
            try:
                self._editor.commit_pending()
            finally:
                saved = self._editor.saver.save_before_leaving()
        except Exception as error:
            self._log(error)
            saved = False
        if saved:
            self._drop_package()
        else:
            self._pack()
        return saved

    def _drop_package(self) -> None:
        """The store has the words now, or the user put them elsewhere."""
        if self.package is not None:
            try:
                self.package.unlink(missing_ok=True)
            except OSError as error:  # one package too many does no harm
                self._log(error)
        self.package = self._packed = None

    def _pack(self) -> None:
        draft = self._editor.session.draft
        if draft is self._packed and self.package is not None:
            return
        self._drop_package()
        for folder in (self._home, documents_folder(), Path(tempfile.gettempdir())):
            try:
                self.package, self._packed = _written(draft, folder), draft
            except UserError:
                continue  # another place may take it
            except Exception as error:
                self._log(error)
            else:
                return


def _written(draft: Draft, folder: Path) -> Path:
    from exporters.atomic import safe_file_name
    from exporters.export_files import write_file

    name = f"{draft.document.year or ''}{draft.document.unit.name}"
    stem = safe_file_name(f"{_UNSAVED}{datetime.now().astimezone():%Y%m%d-%H%M%S}-{name}")
    path = folder / f"{stem}.jxmb"
    write_file(draft, path)
    return path


def packages(home: Path) -> list[Path]:
    """The packages left there by an earlier time, the newest first."""
    try:
        return sorted(home.glob(f"{_UNSAVED}*.jxmb"), reverse=True)
    except OSError:
        return []


def mark_as_taken(package: Path) -> None:
    """Its words are a draft now: it is kept, and not offered again."""
    with suppress(OSError):
        package.rename(package.with_name(package.name.replace(_UNSAVED, _TAKEN, 1)))
