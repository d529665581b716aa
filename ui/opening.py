"""How the window comes up: where the drafts lie, and what happens where there is no display to show it on."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from models.errors import UserError

HOME_VARIABLE = "GOALFORM_HOME"


def usual_home() -> Path:
    """The folder of drafts and log: the one the environment names, or the system's place for a program's data."""
    if named := os.environ.get(HOME_VARIABLE):
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("goalform", appauthor=False))


def guarded(home: Path, work: Callable[[], object]) -> None:
    """Runs it; what goes wrong is one Chinese line and an exit code: 2 for what the user can mend, 1 for our bugs."""
    try:
        work()
    except UserError as error:
        sys.stderr.write(" ".join(str(error).split("\n")) + "\n")
        sys.exit(2)
    except Exception as error:  # the user gets a sentence, the log the trace
        from ui.faults import log_fault

        log_fault(home, error)
        sys.stderr.write(f"程序内部出错（{type(error).__name__}），详情已记入 {home} 下的日志。\n")
        sys.exit(1)


def open_window(home: Path, files: tuple[Path, ...] = ()) -> None:
    """Shows the window until it is closed; where there is no display the sample is exported instead."""
    from ui.without_display import export_sample, has_display

    if not has_display():
        guarded(home, lambda: sys.stdout.write(f"{export_sample()}\n"))
        return
    from ui.app import run

    sys.exit(run(home, files))
