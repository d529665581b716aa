"""One line in the status bar of a widget's window, from wherever the widget stands."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QWidget


def say(widget: QWidget, text: str) -> None:
    """One line in the status bar of the widget's window."""
    QCoreApplication.sendEvent(widget, QStatusTipEvent(text))


def say_removed(widget: QWidget, count: int) -> None:
    """Tells of characters that were taken out of what was typed or pasted; nothing where there were none."""
    if count:
        say(widget, f"已去掉 {count} 个文件里存不下的字符。")
