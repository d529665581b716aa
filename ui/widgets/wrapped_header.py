"""A table's header whose names wrap where their columns are narrower than they are."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QHeaderView, QStyle, QWidget

_FLAGS = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value | Qt.TextFlag.TextWrapAnywhere.value
_HIGHEST = 10_000


class WrappedHeader(QHeaderView):
    """As high as the name that takes the most lines, at the widths the columns have."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._heights: dict[tuple[str, int, str], int] = {}
        """Of names, measured once for each width and font they are shown in."""
        self.setSectionsClickable(True)
        self.setDefaultAlignment(Qt.AlignmentFlag(_FLAGS))

    def name(self, column: int) -> str:
        """What stands above that column."""
        model = self.model()
        return str(model.headerData(column, self.orientation()) or "") if model is not None else ""

    def room_for_name(self, column: int) -> int:
        """The pixels a line of that column's name may take."""
        margin = self.style().pixelMetric(QStyle.PixelMetric.PM_HeaderMargin, None, self)
        return max(self.sectionSize(column) - 2 * margin, 1)

    def height_of_name(self, column: int) -> int:
        """The pixels that column's name takes, wrapped at its width."""
        key = (self.name(column), self.room_for_name(column), self.font().key())
        if key not in self._heights:
            room = QRect(0, 0, key[1], _HIGHEST)
            self._heights[key] = self.fontMetrics().boundingRect(room, _FLAGS, key[0]).height()
        return self._heights[key]

    def sectionSizeFromContents(self, column: int) -> QSize:
        size = super().sectionSizeFromContents(column)
        more = self.height_of_name(column) - self.fontMetrics().height()
        return QSize(size.width(), size.height() + max(more, 0))
