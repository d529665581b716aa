"""A second program on the display that offers things to paste, as a spreadsheet does: text and HTML at once.

One JSON object a line on standard input (`text`, `html`); answered with «ok» when it is on the clipboard.
"""

import json
import os
import sys

from PySide6.QtCore import QMimeData, QSocketNotifier
from PySide6.QtGui import QGuiApplication


def main() -> None:
    application = QGuiApplication([])
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)

    def offer() -> None:
        line = sys.stdin.readline()
        if not line:
            os._exit(0)  # the asker is gone
        wanted, data = json.loads(line), QMimeData()
        data.setText(wanted["text"])
        if wanted.get("html"):
            data.setHtml(wanted["html"])
        application.clipboard().setMimeData(data)
        sys.stdout.write("ok\n")
        sys.stdout.flush()

    notifier.activated.connect(offer)
    application.exec()


main()
