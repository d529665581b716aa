"""A table view that fills its width and whose rows grow with their text, without measuring more than has changed."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from ui.widgets.style import characters
from ui.widgets.wrapped_header import WrappedHeader

_ALL_ROWS = 120
"""Up to this many rows are measured at once; longer tables measure what comes into view."""
_LEAST_ROWS = 3
"""So many have their place in a shorter table, too: a text of some lines can be written in its first row."""

Index = QModelIndex | QPersistentModelIndex


class FittedTable(QTableView):
    """`least`: widths below which a column cannot be read, in Chinese characters; `shares`: who gets the rest."""

    def __init__(self, least: Sequence[float], shares: Sequence[float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._shares = least, shares
        self._height_limit = self._least_height_limit = self._rows_seen = 0
        self._fitting = False
        self._rows = 0
        self._row_timer = QTimer(self, singleShot=True, interval=0)
        self._row_timer.timeout.connect(self.fit_rows)
        self.setShowGrid(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.set_row_header(self.verticalHeader())
        self.setHorizontalHeader(WrappedHeader(self))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(characters(self, 2))
        self.horizontalHeader().sectionResized.connect(self._dragged)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._fit_visible())

    narrowest: Sequence[float] = ()
    """Widths at which the columns can just be read, taken before a part of them is out of sight; () for none below `least`."""
    grown = Signal()
    """Rows were added, and all are as high as they shall be: the current one has its place."""
    empty_words = ""
    """What an empty table says goes there."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.empty_words and self.model() is not None and not self.model().rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), flags, self.empty_words)

    def set_row_header(self, header: QHeaderView) -> None:
        """The header at the left; its rows are as high as they are set."""
        if header is not self.verticalHeader():
            self.setVerticalHeader(header)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        header.setMinimumWidth(characters(self, 2))

    def follow_model(self) -> None:
        """Fits from now on what the model changes."""
        model = self.model()
        for signal in (model.rowsInserted, model.layoutChanged, model.modelReset, model.rowsRemoved):
            signal.connect(lambda *_what: self._row_timer.start())
        model.dataChanged.connect(self._fit_changed)

    def cell_height(self, index: Index, width: int) -> int:
        """What the text of a cell of that width needs."""
        raise NotImplementedError

    def row_height(self, row: int, widths: Sequence[int]) -> int:
        """What the highest cell of a row needs, whose columns are so wide."""
        model = self.model()
        return max(self.cell_height(model.index(row, column), width) for column, width in enumerate(widths))

    def set_height_limit(self, pixels: int) -> None:
        """The table is as high as its rows, up to that height, and scrolls beyond it."""
        self._height_limit = pixels
        self._fit_height()

    def set_least_rows(self, rows: int, pixels: int) -> None:
        """The table is never less high than so many of its rows, unless they take more than that height."""
        self._rows_seen, self._least_height_limit = rows, pixels
        self._fit_height()

    def sizeHint(self) -> QSize:
        """Where its rows give it a least height it wants no more: a page around it scrolls no sooner than it must."""
        size = super().sizeHint()
        return QSize(size.width(), self.minimumHeight()) if self._rows_seen else size

    def fit_columns(self) -> None:
        """Gives each column what it needs, and the rest of the width by shares."""
        width = self.viewport().width()
        self._share(width)
        self.fit_rows()
        if self.viewport().width() != width:
            # As high as its rows now, it needs no scroll bar any more; while a page comes up, Qt does not signal that.
            self._share(self.viewport().width())
            self.fit_rows()

    def _share(self, room: int) -> None:
        least, shares = [characters(self, width) for width in self._least], self._shares
        if room < sum(least) and self._fits_narrow():
            narrow = [characters(self, width) for width in self.narrowest]
            least, shares = narrow, [width - below for width, below in zip(least, narrow, strict=True)]
        spare = max(0, room - sum(least))
        edge, total = 0, 0.0
        self._fitting = True
        for column, (width, share) in enumerate(zip(least, shares, strict=True)):
            total += share
            # By running totals, so that rounding leaves no gap at the right.
            end = round(spare * total / sum(shares))
            self.setColumnWidth(column, width + end - edge)
            edge = end
        self._fitting = False

    def _fits_narrow(self) -> bool:
        """Whether the narrow columns have room, beside a scroll bar, too: higher rows bring one, and must not turn the answer."""
        room = self.maximumViewportSize().width() - self.verticalScrollBar().sizeHint().width()
        return bool(self.narrowest) and sum(characters(self, width) for width in self.narrowest) <= room

    def fit_rows(self) -> None:
        """Every row as high as its highest cell; in a long table those in view, and the others when they come."""
        if self.model() is None:
            return
        if self.model().rowCount() <= _ALL_ROWS:
            self._fit(0, self.model().rowCount() - 1)
        else:
            self._fit_visible()
        self._fit_height()
        before, self._rows = self._rows, self.model().rowCount()
        if self._rows > before:
            # Whoever added them goes there after this, and Qt knows how far it can scroll when all is laid out.
            QTimer.singleShot(0, self, self._show_grown)

    def _show_grown(self) -> None:
        self._show_current()
        self.grown.emit()

    def _show_current(self) -> None:
        self.updateGeometries()
        self.scrollTo(self.currentIndex())

    def _fit(self, first: int, last: int) -> None:
        model, header = self.model(), self.verticalHeader()
        widths = [self.columnWidth(column) for column in range(model.columnCount())]
        for row in range(first, last + 1):
            height = self.row_height(row, widths)
            if header.sectionSize(row) != height:
                header.resizeSection(row, height)

    def _fit_visible(self) -> None:
        rows = self.model().rowCount() if self.model() else 0
        if rows > _ALL_ROWS:
            first, last = self.rowAt(0), self.rowAt(self.viewport().height())
            self._fit(max(first, 0), last if last >= 0 else rows - 1)

    def _fit_changed(self, top: Index, bottom: Index) -> None:
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            # A press that ends a composition must meet the row it was aimed at, and so must a second click on it.
            QTimer.singleShot(QApplication.doubleClickInterval(), self, self.fit_rows)
            return
        self._fit(top.row(), bottom.row())
        self._fit_height()

    def _fit_height(self) -> None:
        if not self._height_limit and not self._rows_seen:
            return
        bar = self.horizontalScrollBar()
        around = 2 * self.frameWidth() + self.horizontalHeader().sizeHint().height()
        # Not whether it is seen: beside a vertical bar it may be, which goes once the height is right.
        is_wider = self.horizontalHeader().length() > self.maximumViewportSize().width()
        around += bar.sizeHint().height() if is_wider else 0
        if self._rows_seen:
            first = range(min(self._rows_seen, self.verticalHeader().count()))
            rows = sum(self.verticalHeader().sectionSize(row) for row in first)
            self.setMinimumHeight(min(rows + around + 2, self._least_height_limit))
            return
        rows = max(self.verticalHeader().length(), _LEAST_ROWS * self.verticalHeader().defaultSectionSize())
        height = min(rows + around + 2, self._height_limit)
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)

    def _dragged(self, _column: int, _old: int, _new: int) -> None:
        """A column pulled wider or narrower keeps its part of the width when the window changes."""
        if self._fitting or len(self._least) != self.model().columnCount():
            return  # while other columns come
        least = [characters(self, width) for width in self._least]
        shares = [max(0, self.columnWidth(c) - least[c]) for c in range(len(least))]
        self._shares = shares if any(shares) else self._shares
        self._row_timer.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.model() is not None:
            self.fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        was_seen = QRect(QPoint(), event.oldSize()).intersects(self.visualRect(self.currentIndex()))
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_columns()
        if was_seen:
            QTimer.singleShot(0, self, self._show_current)
