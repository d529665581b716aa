"""Starts the program: without arguments the window opens at once; with some, the command line decides."""

import io
import os
import sys
from typing import Any

from models.printable import printable


def main(arguments: list[str] | None = None, **how: Any) -> None:
    """`arguments`: those after the program's name, by default the process's own; `how` goes to the command line."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given:
        from ui.app.startup import open_window, usual_home

        open_window(usual_home())
        return
    # Reading arguments takes a library whose loading would be seen before the first paint.
    from ui.app.command_line import main as command_line

    command_line(given, prog_name="goalform", **how)


def _name_files_in_utf8() -> None:
    """File names are UTF-8 to Qt and to every desktop; where an old locale (zh_CN.GB18030) says otherwise, a file
    written here would be a mess of signs there, and one chosen there would not be found. So the program restarts.
    """
    if os.name == "nt" or getattr(sys, "frozen", False) or sys.getfilesystemencoding() == "utf-8":
        return  # a bundle is made so that it always names them in UTF-8
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


class _Printed(io.TextIOWrapper):
    """A stream on which nothing that was read, be it the name of a file, can give orders to the terminal."""

    def write(self, words: str) -> int:
        return super().write(printable(words))


def _speak_utf8() -> None:
    """A terminal that cannot show a character gets an escape in its place, never an error.

    On Windows the program with a window has no terminal at all: what it says there goes nowhere.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115  # kept open
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            at_once = stream.line_buffering
            setattr(sys, name, _Printed(stream.detach(), "utf-8", "backslashreplace", line_buffering=at_once))


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support  # worker processes of a bundle begin here

        freeze_support()
    _name_files_in_utf8()
    _speak_utf8()
    main()
