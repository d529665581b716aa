"""One line in the status bar of a widget's window, from wherever the widget stands."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QWidget


class UndoableTip(QStatusTipEvent):
    """A line about a step that was just made: it can be undone beside it."""


def say(widget: QWidget, text: str, *, undoable: bool = False) -> None:
    """One line in the status bar of the widget's window. `undoable`: it speaks of the step just made."""
    QCoreApplication.sendEvent(widget, (UndoableTip if undoable else QStatusTipEvent)(text))


def say_removed(widget: QWidget, count: int) -> None:
    """Tells of characters that were taken out of what was typed or pasted; nothing where there were none."""
    if count:
        say(widget, f"已去掉 {count} 个文件里存不下的字符。")
