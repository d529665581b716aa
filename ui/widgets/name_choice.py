"""A box to choose from whose entries are names of any length."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QWidget

from ui.widgets.style import characters

_LEAST = 6
"""Characters of a name that are seen in any case."""
_NAME = "currentText"
"""What the style draws; the stubs do not know it."""


class NameChoice(QComboBox):
    """As wide as its names where there is room; else the chosen one is shortened with «…», and its tool tip has it whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def minimumSizeHint(self) -> QSize:
        size = super().minimumSizeHint()
        return QSize(min(size.width(), characters(self, _LEAST) + size.height()), size.height())

    def shown_name(self) -> str:
        """The chosen name as the box has room for it."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return str(getattr(option, _NAME))

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        part, metrics = QStyle.SubControl.SC_ComboBoxEditField, self.fontMetrics()
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - 2
        # The blank half of a bracket at the end may lie beyond the edge, as Qt reckons when it is asked for the width.
        if metrics.boundingRect(self.currentText()).width() > room:
            setattr(option, _NAME, metrics.elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.currentText())
        return super().event(event)
