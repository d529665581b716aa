"""Two texts side by side: what differs is underlined and bold, all else plain."""

from PySide6.QtGui import QFont, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from ui.widgets.text_differences import TextPair


def marked(text: QPlainTextEdit) -> str:
    found = ""
    cursor = QTextCursor(text.document())
    while not cursor.atEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        look = cursor.charFormat()
        if look.fontUnderline() and look.fontWeight() == QFont.Weight.Bold:
            found += cursor.selectedText()
        cursor.clearSelection()
    return found


def test_what_differs_is_marked_in_both(qtbot: QtBot) -> None:
    pair = TextPair(("上年", "本年"), 3)
    qtbot.addWidget(pair)
    pair.show_pair("培训农户1200人次。", "培训农户1500人次。")
    assert [marked(text) for text in pair.texts] == ["1200", "1500"]
    assert [text.accessibleName() for text in pair.texts] == ["上年", "本年"]
    assert all(text.isReadOnly() for text in pair.texts)


def test_a_text_without_a_counterpart_is_not_marked_as_a_whole(qtbot: QtBot) -> None:
    pair = TextPair(("上年", "本年"), 3)
    qtbot.addWidget(pair)
    pair.show_pair("", "新增加的一项。")
    assert [marked(text) for text in pair.texts] == ["", ""]
    assert pair.texts[1].toPlainText() == "新增加的一项。"
