"""What all charts share: parts one goes through with the keys, each described in words; colours from the palette."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QToolTip, QWidget

from ui.widgets.colours import blend
from ui.widgets.parts import column_of
from ui.widgets.style import hint, labelled

_BACK = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up})
_ON = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down})


@dataclass(frozen=True, slots=True)
class Part:
    """A bar or a point: what is said of it, and what Enter asks for; "" for nothing."""

    words: str
    key: str = ""


class Chart(QWidget):
    """`describe` says what it shows; a part under the mouse or the keys is described by `message`, "" for none."""

    activated = Signal(str)
    """The key of the part that was asked for."""
    message = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: Sequence[Part] = ()
        self._summary = ""
        self.current = -1
        self._takes_keys = True

    def show_parts(self, parts: Sequence[Part], summary: str) -> None:
        """Shows these parts; the current one stays current while what it stands for is there."""
        key = self._parts[self.current].key if 0 <= self.current < len(self._parts) else ""
        self._parts, self._summary = parts, summary
        self.current = next((at for at, part in enumerate(parts) if key and part.key == key), -1)
        policy = Qt.FocusPolicy.StrongFocus if parts and self._takes_keys else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        self._describe()
        self.update()

    def rest_from_keys(self) -> None:
        """The chart is only looked at: what it shows is reached with the keys elsewhere."""
        self._takes_keys = False

    @property
    def parts(self) -> Sequence[Part]:
        return self._parts

    def _describe(self) -> None:
        now = f"{self._parts[self.current].words}。" if self.current >= 0 else ""
        self.setAccessibleDescription(f"{now}{self._summary}")

    def area(self, place: int) -> QRectF:
        """Where a part is, for the mouse."""
        raise NotImplementedError

    def draw(self, painter: QPainter) -> None:
        raise NotImplementedError

    def ink(self, share: float = 1.0) -> QColor:
        """The colour of the text, mixed into the ground."""
        return mixed(self.palette(), QPalette.ColorRole.WindowText, share)

    def fill(self, share: float = 1.0) -> QColor:
        """The colour of what is shown."""
        return mixed(self.palette(), QPalette.ColorRole.Highlight, share)

    # Going through the parts

    def go_to(self, place: int) -> None:
        """Makes that part the current one, and reports it."""
        if not self._parts:
            return
        self.current = min(max(place, 0), len(self._parts) - 1)
        self._describe()
        self.message.emit(self._parts[self.current].words)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _BACK:
            self.go_to(self.current - 1)
        elif key in _ON:
            self.go_to(self.current + 1)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.go_to(0 if key == Qt.Key.Key_Home else len(self._parts) - 1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._activate()
        else:
            super().keyPressEvent(event)

    def _activate(self) -> None:
        if 0 <= self.current < len(self._parts) and self._parts[self.current].key:
            self.activated.emit(self._parts[self.current].key)

    def part_at(self, place: QPointF) -> int:
        """The part there, -1 for none."""
        return next((at for at in range(len(self._parts)) if self.area(at).contains(place)), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.part_at(event.position())
        if at >= 0:
            self.go_to(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.part_at(event.position())
        if at >= 0:
            self.go_to(at)
            self._activate()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.go_to(max(self.current, 0))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.message.emit("")
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self.part_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._parts[at].words if at >= 0 else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


def mixed(palette: QPalette, role: QPalette.ColorRole, share: float) -> QColor:
    """A colour of the palette mixed into its ground."""
    return blend(palette.color(role), palette.color(QPalette.ColorRole.Window), share)


class ChartBox(QWidget):
    """A chart under its title, and below it the line that describes the current part, or else what there is to know."""

    def __init__(self, title: str, chart: QWidget, usual: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual, self._last_message = usual, ""
        self.title: QLabel = labelled(title, chart)
        self.line = hint(usual)
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        column_of(self, self.title, chart, self.line, 1, gap=0.25)

    def show_message(self, words: str) -> None:
        """What the line says of the current part; "" leaves it to the usual words."""
        self._last_message = words
        self.line.setText(words or self._usual)

    def set_usual(self, words: str) -> None:
        """What the line says while no part is described."""
        self._usual = words
        self.show_message(self._last_message)
