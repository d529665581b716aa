"""What a feature sees of the window: the store, the open draft, and the few things it can ask the window to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from models.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtCore import QRect
    from PySide6.QtWidgets import QFrame, QPushButton, QWidget

    from importers.import_files import Imported
    from models.checks.chosen_rules import Rules
    from models.document.tree import Draft
    from models.help.help_texts import KeyPlace
    from models.help.manual_chapters import Chapter
    from models.preferences import Preferences
    from models.session.session import Session
    from models.store import DraftSummary, Store
    from ui.shell.file_reader import FileReader
    from ui.shell.notices import NoticeKind
    from ui.shell.side_panel import Panel
    from ui.shell.version_keeper import VersionKeeper


class Workbench(Protocol):
    """The window as the features see it. A path is a field path; "" means no field."""

    home: Path
    """The folder of the drafts and the log."""
    store: Store | None
    """None while the drafts cannot be opened."""
    reader: FileReader
    """Reads files in a worker, one at a time."""

    @property
    def versions(self) -> VersionKeeper | None:
        """Keeps versions of the open draft; None where none is open or the store is read-only."""

    @property
    def widget(self) -> QWidget:
        """The parent of dialogs."""

    @property
    def session(self) -> Session | None:
        """The open draft; None on the start page."""

    @property
    def path(self) -> str:
        """The path of the field with the cursor, or of the part that is shown."""

    @property
    def step(self) -> int:
        """The number of the step shown, from 1; 0 on the start page."""

    @property
    def settings(self) -> Preferences:
        """What the user chose; the usual settings where the store cannot be read."""

    # messages

    def status(self, text: str) -> None:
        """One line in the status bar, for a while; "" clears it."""

    def log_fault(self, error: BaseException) -> None:
        """A bug of ours: its trace goes into the log."""

    # remembering

    def remember(self, key: str, value: str) -> None:
        """Keeps a small thing between two starts."""

    def recall(self, key: str) -> str | None:
        """What was kept under the key; None where nothing was, or the store cannot be read."""

    def recall_folder(self, key: str) -> Path | None:
        """A folder used before; None where there is none or it is gone."""

    # drafts

    def open_draft(self, draft_id: int) -> None:
        """Opens a draft at the field where it was left."""

    def take_draft(self, draft: Draft) -> bool:
        """Stores a new draft and opens it; False where it could not be, which is reported."""

    def take_imported(self, imported: Imported) -> bool:
        """The same with what was read from a file, and the versions that came with it."""

    def leave_draft(self) -> bool:
        """Saves and leaves the open draft; False when the user stays because it could not be saved."""

    def commit_pending(self) -> None:
        """Takes over what is still being typed."""

    def save_now(self) -> bool:
        """Takes over what is being typed and saves; False when the store could not."""

    def confirm_saved(self) -> bool:
        """Saves, and asks whether the store still holds the open draft; False when it does not."""

    def count_errors(self, report_id: str = "") -> int:
        """How many errors the checks find in the open text as it stands, or in the 监控 or 自评 with that id."""

    # the window

    def go_to(self, path: str, step: int = 0) -> None:
        """Shows a field of the open draft and puts the cursor into it; `step` where the path leads nowhere."""

    def select(self, path: str, start: int, end: int) -> tuple[QWidget, QRect] | None:
        """Selects characters of a field of the shown step; the widget, and the place in it to be seen."""

    def bring_forward(self) -> None:
        """The window comes in front of all others."""

    def rebuild_pages(self) -> None:
        """Makes the pages of the open draft again, for another font or size."""

    def add_panel(self, panel: str, make: Callable[[], Panel]) -> QPushButton:
        """A panel beside the form of the open draft, by its id in `PANELS`, and the button that opens it."""

    def panel(self, panel: str) -> Panel | None:
        """The panel with that id; None while it was never open."""

    def open_panel(self, panel: str) -> Panel | None:
        """Shows the panel; None where no draft is open."""

    def count_on_panel(self, panel: str, count: int) -> None:
        """Behind the title on its button: how much waits in the panel; nothing for 0."""

    def close_panel(self) -> None:
        """Folds the panel away."""

    @property
    def shown_panel(self) -> str:
        """The id of the panel shown; "" for none."""

    def focus_page(self) -> None:
        """The keyboard goes on where it last was on the step shown."""

    def add_banner(self, banner: QFrame) -> None:
        """A line above the steps of the open draft, shown and hidden by who made it."""

    @property
    def chosen_draft(self) -> int:
        """The id of the draft that is marked on the start page; 0 where none is."""

    # checks

    @property
    def check_rules(self) -> Rules:
        """The rules that are off, and the forbidden words."""

    @property
    def manual(self) -> tuple[Chapter, ...]:
        """The chapters of the manual."""

    @property
    def key_places(self) -> Mapping[str, KeyPlace]:
        """Every place of the window with the keys that work there."""

    def judge_again(self) -> None:
        """Other rules are chosen: everything is judged by them."""

    def set_action_text(self, action: str, text: str) -> None:
        """Renames a menu entry."""

    # the store as a whole

    @property
    def start_folder(self) -> Path:
        """The folder the program started from; a note in it may have led to `home`."""

    def open_store(self) -> None:
        """Opens the drafts again and shows them, or says why they cannot be."""

    def close_store(self) -> None:
        """Lets the file go. Leave the draft first."""

    def show_notice(self, text: str, kind: NoticeKind = "") -> None:
        """A sentence on the start page, as long as the program runs."""

    def explain_fault(self, text: str) -> None:
        """One more sentence on the page that says why the drafts cannot be opened."""

    def use_backup_folder(self, folder: Path) -> None:
        """Backups go there from now on; those elsewhere stay where they are."""

    def restart(self) -> None:
        """Closes the window; another one opens over the folder the drafts are in now."""


class Controller(QObject):
    """One task of the window. Heavy modules are loaded inside its methods: the first paint does not wait for them."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench.widget)
        self._workbench = workbench

    @property
    def _session(self) -> Session:
        """The open draft; for what can be asked for only while one is open."""
        session = self._workbench.session
        assert session is not None  # the table of actions says which need one
        return session

    def _drafts(self) -> list[DraftSummary] | None:
        """Those outside the trash, the one saved last first; None where they cannot be listed, which is reported."""
        store = self._workbench.store
        try:
            return [line for line in store.list() if not line.deleted] if store is not None else None
        except UserError as error:
            self._workbench.status(str(error))
            return None

    def _choose_export(self, name: str, title: str, help_place: str = "") -> Path | None:
        """Asks where to write a file of that name, in the folder used last; None where nothing was chosen."""
        from ui.widgets.file_dialogs import choose_export, documents_folder

        folder = self._workbench.recall_folder("export.folder") or documents_folder()
        path = choose_export(self._workbench.widget, folder / name, title, help_place)
        if path is not None:
            self._workbench.remember("export.folder", str(path.parent))
        return path

    def draft_opened(self, session: Session) -> None:
        """A draft is open from now on."""

    def draft_left(self) -> None:
        """No draft is open any more."""
