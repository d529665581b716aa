"""How a line of the list at the left of a step is drawn: up to two lines of its name, and the number of its problems."""

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.widgets.style import characters
from ui.widgets.view_options import option_of

Index = QModelIndex | QPersistentModelIndex

COUNT_ROLE = Qt.ItemDataRole.UserRole + 1
"""How many problems an item has."""

_SIDE, _ABOVE, _GAP = 0.4, 0.3, 0.5
"""Characters left and right of the words, above and below them, and before the number."""


class ItemLines(QStyledItemDelegate):
    """A name that two lines do not hold is shortened in its middle: what distinguishes names often stands at their end."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        shown = option_of(drawn)
        view = shown.widget
        text, shown.text = shown.text, ""
        style = view.style() if view is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, drawn, painter, view)
        role = QPalette.ColorRole
        chosen = bool(shown.state & QStyle.StateFlag.State_Selected)
        group = (
            QPalette.ColorGroup.Normal if shown.state & QStyle.StateFlag.State_Enabled else QPalette.ColorGroup.Disabled
        )
        side, above = characters(view, _SIDE), characters(view, _ABOVE)
        place = shown.rect.adjusted(side, above, -side, -above)
        painter.save()
        painter.setFont(view.font())
        painter.setPen(shown.palette.color(group, role.HighlightedText if chosen else role.Text))
        count = index.data(COUNT_ROLE)
        if count:
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"⚠{count}")
        height = line_height(view)
        for at, line in enumerate(_lines(view, text, count)):
            row = QRect(place.x(), place.y() + at * height, place.width(), height)
            painter.drawText(
                row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, line
            )
        painter.restore()


def fit(item: QListWidgetItem) -> None:
    """Makes an item as high as its lines. Asked for by the list when one changes: a delegate is asked for all at every key."""
    view = item.listWidget()
    lines = _lines(view, item.text(), item.data(COUNT_ROLE))
    size = QSize(0, len(lines) * line_height(view) + 2 * characters(view, _ABOVE))
    if item.sizeHint() != size:
        item.setSizeHint(size)


def _lines(view: QWidget, text: str, count: object) -> tuple[str, ...]:
    room = view.width() - 2 * characters(view, _SIDE)
    if isinstance(view, QAbstractScrollArea):
        # With the bar counted in, so that it changes nothing when it comes.
        room -= view.verticalScrollBar().sizeHint().width() + 2 * view.frameWidth()
    if count:
        room -= QFontMetrics(view.font()).horizontalAdvance(f"⚠{count}") + characters(view, _GAP)
    return two_lines(text, view.font().toString(), max(room, characters(view, 3)))


@lru_cache(maxsize=4096)
def two_lines(text: str, font: str, width: int) -> tuple[str, ...]:
    """The text in one line of so many pixels, or in two of which the second may be shortened in its middle."""
    shown = QFont()
    shown.fromString(font)
    layout = QTextLayout(text, shown)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    units = line.textLength()
    layout.endLayout()
    # Qt counts UTF-16 units.
    first = text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "surrogatepass")
    rest = text[len(first) :].strip()
    if not rest:
        return (first.rstrip(),)
    metrics = QFontMetrics(shown)
    if first.endswith(" · ") and metrics.horizontalAdvance(rest) > width:
        return first.rstrip(" ·"), "…"
    # Where the amount has a line of its own, the dot before it joins nothing.
    return first.rstrip(" ·"), _shortened(rest, metrics, width)


def _shortened(text: str, metrics: QFontMetrics, width: int) -> str:
    """In its middle; the amount behind the dot stays whole or goes, for half of a number is another number."""
    name, dot, amount = text.rpartition(" · ")
    room = width - metrics.horizontalAdvance(f"{dot}{amount}")
    if metrics.horizontalAdvance(text) <= width or not dot:
        return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)
    if room < metrics.horizontalAdvance("字…"):
        return metrics.elidedText(f"{name}…", Qt.TextElideMode.ElideRight, width)
    return f"{metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)}{dot}{amount}"


@lru_cache(maxsize=16)
def _height(font: str) -> int:
    shown = QFont()
    shown.fromString(font)
    # Of Chinese: the font it really comes from may be taller than the one that was asked for.
    return max(QFontMetrics(shown).height(), QFontMetrics(shown).boundingRect(QRect(0, 0, 999, 999), 0, "字g").height())


def line_height(view: QWidget) -> int:
    """Of one line in the view's font, in pixels."""
    return _height(view.font().toString())
