"""打印: the system's own dialog, then the pages one by one, so that the window goes on and the work can be stopped."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from exporters.pdf import NO_CHINESE_FONT, PagePainter, can_show_chinese
from exporters.placed_pages import Page
from models.document.template import FontScheme

_POINTS = 72.0


def choose_printer(parent: QWidget, name: str, count: int, *, landscape: bool = False) -> QPrinter | None:
    """The printer the user chose for a text of that name and so many pages; None when cancelled."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    across = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(across)
    printer.setFullPage(True)  # the margins are part of the page
    dialog = QPrintDialog(printer, parent)
    dialog.setProperty("help", "export#print")
    dialog.setWindowTitle("打印")
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
    dialog.setMinMax(1, count)
    dialog.setFromTo(1, count)
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if accepted else None


def chosen_pages(pages: Sequence[Page], printer: QPrinter) -> Sequence[Page]:
    """Those of the range asked for, counted from the first sheet."""
    if printer.printRange() != QPrinter.PrintRange.PageRange or not printer.fromPage():
        return pages
    return pages[printer.fromPage() - 1 : printer.toPage() or None]


class PrintJob(QObject):
    """Prints a page whenever the window has nothing else to do."""

    progressed = Signal(int, int)
    """How many pages are printed, of how many."""
    ended = Signal(str)
    """Why it ended early, "" when all is printed."""

    def __init__(self, pages: Sequence[Page], printer: QPrinter, scheme: FontScheme, parent: QObject) -> None:
        super().__init__(parent)
        self._pages, self._printer = pages, printer
        self._pen = PagePainter(scheme)
        self._painter = QPainter()
        self._done = 0

    @property
    def sent(self) -> str:
        """What to say when all is printed: without a printer Qt's dialog offers a PDF file in its place."""
        name = self._printer.outputFileName()
        return f"已打印成 PDF 文件：{name}" if name else "已送到打印机。"

    def start(self) -> None:
        """Begins; its outcome is reported by the signals."""
        if not can_show_chinese():
            self._end(NO_CHINESE_FONT.rstrip("."))
            return
        if not self._painter.begin(self._printer):
            self._end("打印机没有响应，请检查打印机后重试")
            return
        QTimer.singleShot(0, self, self._next)

    def cancel(self) -> None:
        """Stops; sheets already sent may still come out."""
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
            self._end("已取消")

    def _next(self) -> None:
        if not self._painter.isActive():
            return
        if self._done and not self._printer.newPage():
            self._painter.end()
            self._end("打印机没有接受下一页，请检查打印机后重试")
            return
        scale = self._printer.resolution() / _POINTS
        self._painter.save()
        self._painter.scale(scale, scale)
        self._pen.paint(self._painter, self._pages[self._done])
        self._painter.restore()
        self._done += 1
        self.progressed.emit(self._done, len(self._pages))
        if self._done < len(self._pages):
            QTimer.singleShot(0, self, self._next)
            return
        self._painter.end()
        self._end("")

    def _end(self, why: str) -> None:
        self.ended.emit(why)
        self.deleteLater()
