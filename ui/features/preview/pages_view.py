"""Shows finished pages one below the other, as large as wanted; paints no more of them than can be seen."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from exporters.pdf import PagePainter
from exporters.placed_pages import Page
from ui.features.preview.page_index import PageIndex

GAP = 10
"""Pixels between two pages and around them."""

LEAST, MOST = 0.2, 4.0
_STEP = 1.2
_POINTS = 72.0
_CLICK = 4  # pixels the mouse may move between press and release
_PAPER, _MARK, _EDGE = QColor("white"), QColor(255, 243, 196), QColor(150, 150, 150)


class PagesView(QAbstractScrollArea):
    """Pages on a grey ground. The paper is white in a dark program too: it is paper."""

    clicked = Signal(str)
    """The field path of the words that were clicked on."""
    turned = Signal(int)
    """The index of the page that takes most of the view."""
    zoomed = Signal(float)
    """The scale now shown: 1.0 is the size on paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: Sequence[Page] = ()
        self._index = PageIndex(())
        self._tops: list[float] = []
        self._pen: PagePainter | None = None
        self._path = ""
        self._pressed: QPointF | None = None
        self._shown = 0
        self.scale = 1.0
        self.fits_width = True
        self.painted = 0
        """How many pages were painted so far."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_page())

    # what is shown

    def pages(self) -> Sequence[Page]:
        """What is shown."""
        return self._pages

    @property
    def index(self) -> PageIndex:
        """Which fields stand on the pages."""
        return self._index

    def show_pages(self, pages: Sequence[Page], pen: PagePainter, index: PageIndex | None = None) -> None:
        """Other pages in the place of those shown; the view stays where it is."""
        self._pages, self._pen, self._index = pages, pen, index or PageIndex(pages)
        self._arrange()

    def show_path(self, path: str) -> bool:
        """Marks the field of that path and brings it into view; False where no page shows it."""
        self._path = path
        self.viewport().update()
        found = self._index.find(path)
        if found is None:
            return False
        index, line = found
        unit = self._unit
        top, bottom = self._tops[index] + line.top * unit, self._tops[index] + (line.top + line.height) * unit
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if top < bar.value() or bottom > bar.value() + height:
            bar.setValue(round(top - height / 3))
        left, sideways = GAP + line.left * unit, self.horizontalScrollBar()
        if not sideways.value() <= left <= sideways.value() + self.viewport().width():
            sideways.setValue(round(left - GAP))
        return True

    @property
    def page(self) -> int:
        """The index of the page that takes most of the view."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        return max(bisect_right(self._tops, middle) - 1, 0)

    def go_to_page(self, index: int) -> None:
        """Shows the head of a page; the first or last one where there is none such."""
        if self._pages:
            top = self._tops[min(max(index, 0), len(self._pages) - 1)]
            self.verticalScrollBar().setValue(round(top) - GAP)

    # how large

    def zoom(self, scale: float) -> None:
        """1.0 is the size on paper."""
        self.fits_width = False
        self._zoom(scale)

    def zoom_in(self) -> None:
        self.zoom(self.scale * _STEP)

    def zoom_out(self) -> None:
        self.zoom(self.scale / _STEP)

    def fit_width(self) -> None:
        """As wide as the view, also when that changes."""
        self.fits_width = True
        self._fit()

    def _zoom(self, scale: float) -> None:
        scale = min(max(scale, LEAST), MOST)
        index = self.page
        bar = self.verticalScrollBar()
        within = (bar.value() - self._tops[index]) / self._unit if self._tops else 0.0
        self.scale = scale
        self._arrange()
        if self._tops:
            bar.setValue(round(self._tops[index] + within * self._unit))
        self.zoomed.emit(scale)

    def _fit(self) -> None:
        wide = max((page.width for page in self._pages), default=0.0)
        if wide:
            # As if the bar were there: else the pages would jump when it comes and goes.
            bar = 0 if self.verticalScrollBar().isVisible() else self.verticalScrollBar().sizeHint().width()
            room = self.viewport().width() - bar - 2 * GAP
            self._zoom(room / wide * _POINTS / self.logicalDpiX())

    @property
    def _unit(self) -> float:
        """Pixels for a point."""
        return self.scale * self.logicalDpiX() / _POINTS

    def _arrange(self) -> None:
        unit = self._unit
        self._tops = []
        y = float(GAP)
        for page in self._pages:
            self._tops.append(y)
            y += page.height * unit + GAP
        view, wide = self.viewport(), max((page.width for page in self._pages), default=0.0) * unit + 2 * GAP
        for bar, whole, seen in (
            (self.verticalScrollBar(), y, view.height()),
            (self.horizontalScrollBar(), wide, view.width()),
        ):
            bar.setRange(0, max(round(whole) - seen, 0))
            bar.setPageStep(seen)
            bar.setSingleStep(max(round(28 * unit), 1))
        view.update()
        self._tell_page()

    def _tell_page(self) -> None:
        if self.page != self._shown:
            self._shown = self.page
            self.turned.emit(self._shown)

    # painting

    def _left(self, page: Page) -> float:
        spare = self.viewport().width() - page.width * self._unit
        return max(spare / 2, GAP) - self.horizontalScrollBar().value()

    def _visible(self, area: QRectF) -> Iterator[tuple[int, QRectF]]:
        """The pages that touch an area of the view, each with its place there."""
        offset, unit = self.verticalScrollBar().value(), self._unit
        first = max(bisect_right(self._tops, area.top() + offset) - 1, 0)
        for index in range(first, len(self._pages)):
            page = self._pages[index]
            place = QRectF(self._left(page), self._tops[index] - offset, page.width * unit, page.height * unit)
            if place.top() > area.bottom():
                return
            if place.bottom() >= area.top():
                yield index, place

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(event.rect(), self.palette().mid())
        area = QRectF(event.rect())
        for index, place in self._visible(area):
            painter.fillRect(place, _PAPER)
            painter.setPen(_EDGE)
            painter.drawRect(place)
            painter.save()
            painter.setClipRect(place)
            painter.translate(place.topLeft())
            painter.scale(self._unit, self._unit)
            self._paint_mark(painter, self._pages[index])
            if self._pen is not None:
                top, bottom = ((edge - place.top()) / self._unit for edge in (area.top(), area.bottom()))
                self._pen.paint(painter, self._pages[index], top, bottom)
            painter.restore()
            self.painted += 1

    def _paint_mark(self, painter: QPainter, page: Page) -> None:
        for line in page.lines if self._path else ():
            for run in line.runs:
                if run.path == self._path:
                    painter.fillRect(QRectF(run.x, line.top, run.width, line.height), _MARK)

    # mouse and keys

    def _on_page(self, place: QPointF, paper: QRectF) -> tuple[float, float]:
        """A place of the view in the page's own units."""
        return (place.x() - paper.left()) / self._unit, (place.y() - paper.top()) / self._unit

    def hit(self, place: QPointF) -> str | None:
        """The field path at a place of the view."""
        for index, paper in self._visible(QRectF(place, QSize(1, 1))):
            if paper.contains(place):
                return self._pages[index].hit(*self._on_page(place, paper))
        return None

    def link_at(self, place: QPointF) -> str | None:
        """The bookmark an entry of the contents at that place leads to."""
        for index, paper in self._visible(QRectF(place, QSize(1, 1))):
            if paper.contains(place):
                return self._pages[index].link_at(*self._on_page(place, paper))
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None or (event.position() - pressed).manhattanLength() > _CLICK:
            return
        bookmark = self.link_at(pressed)
        if bookmark is not None:
            self._follow(bookmark)
        elif path := self.hit(pressed):
            self.clicked.emit(path)

    def _follow(self, bookmark: str) -> None:
        for index, page in enumerate(self._pages):
            for heading in page.headings:
                if heading.bookmark == bookmark:
                    self.verticalScrollBar().setValue(round(self._tops[index] + heading.top * self._unit) - GAP)
                    return

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        leads = self.hit(event.position()) or self.link_at(event.position())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_PageDown: lambda: self.go_to_page(self.page + 1),
            Qt.Key.Key_PageUp: lambda: self.go_to_page(self.page - 1),
            Qt.Key.Key_Home: lambda: self.go_to_page(0),
            Qt.Key.Key_End: lambda: self.go_to_page(len(self._pages) - 1),
        }
        move = moves.get(Qt.Key(event.key())) if not event.modifiers() else None
        if move is not None:
            move()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.fits_width:
            self._fit()
        else:
            self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(400, 560)


def _belongs(path: str | None, wanted: str) -> bool:
    return path is not None and (path == wanted or (path.startswith(wanted) and path[len(wanted)] in ".["))
