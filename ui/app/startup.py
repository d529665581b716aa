"""How the window comes up: where the drafts lie, and what happens where there is no display to show it on."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from models.errors import UserError
from models.store.data_folder import FolderGoneError, followed

HOME_VARIABLE = "GOALFORM_HOME"
NOBODY_LISTENS = 141
"""Exit code of a program whose output was closed, as the shell gives it: 128 and the number of SIGPIPE."""
PORTABLE_NOTE, PORTABLE_FOLDER = "portable.txt", "data"
"""Either of them beside the bundled program makes it keep its data in that folder there, on a stick for instance."""


def usual_home() -> Path:
    """Where the drafts are looked for: the folder the environment names, the one beside a portable program, or the system's
    place for a program's data. Where the data folder was moved, a note in it leads on (`models.store.data_folder.followed`).
    """
    if named := os.environ.get(HOME_VARIABLE):
        return Path(named)
    if (beside := _beside_the_program()) is not None:
        return beside
    import platformdirs

    return Path(platformdirs.user_data_dir("goalform", appauthor=False))


def _beside_the_program() -> Path | None:
    if not getattr(sys, "frozen", False):
        return None
    folder = Path(sys.executable).absolute().parent
    data = folder / PORTABLE_FOLDER
    return data if data.is_dir() or (folder / PORTABLE_NOTE).is_file() else None


def log_folder(start_folder: Path) -> Path:
    """Where the log lies: beside the drafts, or where their folder is gone, in the start folder itself."""
    try:
        return followed(start_folder)
    except FolderGoneError:
        return start_folder


def guarded(start_folder: Path, work: Callable[[], object]) -> None:
    """Runs it; what goes wrong is one Chinese line and an exit code: 2 for what the user can mend, 1 for our bugs. Who stops
    listening (`| head`) hears nothing more."""
    try:
        _log_faults(start_folder, work)
    except BrokenPipeError:
        # What is still held back would be written at the end, and that would be reported as an error.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
        sys.exit(NOBODY_LISTENS)


def _log_faults(start_folder: Path, work: Callable[[], object]) -> None:
    try:
        work()
    except BrokenPipeError:
        raise
    except UserError as error:
        sys.stderr.write(" ".join(str(error).split("\n")) + "\n")
        sys.exit(2)
    except Exception as error:  # the user gets a sentence, the log the trace
        from ui.app.faults import log_fault

        home = log_folder(start_folder)
        log_fault(home, error)
        sys.stderr.write(f"程序内部出错（{type(error).__name__}），详情已记入 {home} 下的日志。\n")
        sys.exit(1)


def open_window(start_folder: Path, files: tuple[Path, ...] = ()) -> None:
    """Shows the window until it is closed; where there is no display the sample is exported instead.

    `start_folder`: the folder of drafts and log, or the one whose note leads there.
    """
    from ui.app.headless import export_sample, has_display

    if not has_display():
        guarded(start_folder, lambda: sys.stdout.write(f"{export_sample()}\n"))
        return
    from ui.app.application import run

    sys.exit(run(start_folder, files))
