"""Ends the program in order when the system asks for it: at logging out, at shutting down, by Ctrl+C in a terminal."""

import os
import signal

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

_ENDING = "ending"
"""A property of the application."""


def is_ending() -> bool:
    """Whether the system ends the program: nobody may be there to answer a question."""
    app = QApplication.instance()
    return app is not None and bool(app.property(_ENDING))


class OrderlyEnd(QObject):
    """Closes the windows as the user would, so that everything is saved, when a signal says that it is time.

    On Windows the system closes the windows itself.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        if os.name == "nt":
            return
        self._read, write = os.pipe()
        for end in (self._read, write):
            os.set_blocking(end, False)
        # Python's own handler would wait until the next event from elsewhere: Qt waits outside of Python.
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            if signal.getsignal(number) is not signal.SIG_IGN:  # as who started it with nohup wants it
                signal.signal(number, lambda _number, _frame: None)
        self._notifier = QSocketNotifier(self._read, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda *_arguments: self._end())

    def _end(self) -> None:
        os.read(self._read, 100)
        app = QApplication.instance()
        if app is not None:
            app.setProperty(_ENDING, True)
        QApplication.closeAllWindows()
