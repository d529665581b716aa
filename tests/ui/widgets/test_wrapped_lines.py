"""Lines of a list that wrap show all their words, also in a font whose lines are high, as those of Chinese fonts are."""

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QFont, QFontInfo, QTextLayout
from PySide6.QtWidgets import QApplication, QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from ui.widgets.style import apply_style
from ui.widgets.wrapped_lines import WrappedLines

TEXT = "！ 错误　指标 3 · 指标值\n「≥15」\n指标值只有数字，没有单位，请补上单位，或者写明这个数字说的是什么。"


class Options(QStyledItemDelegate):
    """What Qt paints a line with."""

    def option(self, listed: QListWidget, index: QModelIndex) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        option.initFrom(listed)
        self.initStyleOption(option, index)
        option.rect, option.widget = listed.visualRect(index), listed
        return option


def height_in(width: float, font: QFont) -> float:
    layout = QTextLayout(TEXT.replace("\n", "\u2028"), font)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        height += line.height()
    layout.endLayout()
    return height


@pytest.mark.parametrize("points", [9, 11, 14, 20])
@pytest.mark.parametrize("family", ["", "Noto Sans CJK SC"])
def test_a_line_is_as_high_as_its_words_in_the_room_they_are_painted_in(
    qapp: QApplication, qtbot: QtBot, family: str, points: int
) -> None:
    apply_style(qapp)
    listed = QListWidget()
    qtbot.addWidget(listed)
    font = QFont(listed.font())
    if family:
        font.setFamily(family)
        if QFontInfo(font).family() != family:
            pytest.skip(f"not on this machine: {family}")
    font.setPointSize(points)
    listed.setFont(font)
    listed.setWordWrap(True)
    listed.setSpacing(1)
    listed.setResizeMode(QListWidget.ResizeMode.Adjust)
    listed.setItemDelegate(WrappedLines(listed))
    listed.addItem(TEXT)
    options, style = Options(), listed.style()
    margin = 2 * (style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, listed) + 1)
    listed.show()
    for width in range(20 * points, 40 * points, 7):
        listed.resize(width, 600)
        qapp.processEvents()
        painted = style.subElementRect(
            QStyle.SubElement.SE_ItemViewItemText, options.option(listed, listed.indexFromItem(listed.item(0))), listed
        )
        assert painted.height() >= height_in(painted.width() - margin, font), f"{width} dots wide"
