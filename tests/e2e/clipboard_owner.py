"""A second program on the display that offers things to paste, as a spreadsheet does: text and HTML at once.

One JSON object a line on standard input (`text`, `html`); answered with «ok» when it is on the clipboard. An empty object
asks for what another program has put there: answered with its `text` and `html`.
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
        if wanted:
            data.setText(wanted["text"])
            if wanted.get("html"):
                data.setHtml(wanted["html"])
            application.clipboard().setMimeData(data)
            answer = "ok"
        else:
            there = application.clipboard().mimeData()
            answer = json.dumps({"text": there.text(), "html": there.html()})
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()

    notifier.activated.connect(offer)
    application.exec()


main()
