"""The manual's window: contents, links, search; and that what it says of the window is there."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.shared import CHECKOUT
from ui.editor.draft_editor import MARKS, STEPS
from ui.features.help.manual_window import ManualWindow
from ui.shell.main_window import MainWindow
from ui.shell.manual_texts import manual


@pytest.fixture
def book(qtbot: QtBot) -> ManualWindow:
    shown = ManualWindow(manual())
    qtbot.addWidget(shown)
    shown.open_at("first")
    return shown


def test_the_contents_lead_to_every_section(book: ManualWindow) -> None:
    for place, chapter in enumerate(manual()):
        top = book.contents.topLevelItem(place)
        book.contents.setCurrentItem(top)
        assert chapter.title in book.reader.toPlainText()
        for number, section in enumerate(chapter.sections[1:]):
            book.contents.setCurrentItem(top.child(number))
            assert book.section == section.id
            assert section.title in book.reader.toPlainText()


def test_what_is_drawn_is_what_is_searched(book: ManualWindow) -> None:
    """No mark is read otherwise by the window than by the search."""
    for chapter in manual():
        book.open_at(chapter.id)
        drawn = book.reader.toPlainText().replace("\ufffc", "")
        searched = "".join(section.title + section.text for section in chapter.sections)
        assert "".join(drawn.split()) == "".join(searched.split())


def test_a_link_leads_on_and_back_again(book: ManualWindow) -> None:
    book.open_at("questions")
    book.reader.setSource("manual:merge")
    assert book.section == "merge"
    assert book.buttons["back"].isEnabled()
    book.buttons["back"].click()
    assert book.section == "questions"
    assert book.contents.currentItem().text(0) == "常见问题"
    book.open_at("keys")
    assert book.contents.currentItem().text(0) == "快捷键一览"


def test_a_link_is_followed_by_keyboard(book: ManualWindow) -> None:
    book.open_at("merge")
    QTest.keyClick(book.reader, Qt.Key.Key_Tab)
    QTest.keyClick(book.reader, Qt.Key.Key_Return)
    assert book.section == "exchange"
    QTest.keyClick(book.reader, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert book.section == "merge"


def test_a_link_is_written_in_the_colour_of_the_text_and_underlined(book: ManualWindow) -> None:
    book.open_at("menus")
    palette = QPalette(book.palette())
    palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.red)
    book.reader.setPalette(palette)
    links = [line for line in book.reader.toHtml().split("<a ") if "href=" in line]
    assert links
    assert all("text-decoration: underline; color:#ff0000" in line for line in links)


def test_a_search_lists_the_places_and_marks_the_words(book: ManualWindow, qtbot: QtBot) -> None:
    QTest.keyClick(book, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert book.search.hasFocus()
    book.search.setText("粘贴")
    qtbot.waitUntil(lambda: book.hits.count() > 0)
    assert book.hits.isVisible()
    assert f"找到 {book.hits.count()} 处" in book.said.text()
    marks = book.reader.extraSelections()
    assert {mark.cursor.selectedText() for mark in marks} == {"粘贴"}
    assert all(mark.format.fontUnderline() for mark in marks)
    QTest.keyClick(book.search, Qt.Key.Key_Down)
    assert book.hits.hasFocus()
    first = book.section
    QTest.keyClick(book.hits, Qt.Key.Key_Down)
    assert book.section != first
    book.search.clear()
    qtbot.waitUntil(book.contents.isVisible)
    assert book.reader.extraSelections() == []


def test_f3_goes_from_one_place_to_the_next(book: ManualWindow) -> None:
    book.search.setText("粘贴")
    book.find_words()
    starts = [mark.cursor.selectionStart() for mark in book.reader.extraSelections()]
    book.reader.moveCursor(book.reader.textCursor().MoveOperation.Start)
    for start in (*starts, starts[0]):
        QTest.keyClick(book, Qt.Key.Key_F3)
        assert book.reader.textCursor().position() == start
    QTest.keyClick(book, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert book.reader.textCursor().position() == starts[-1]


def test_the_first_place_found_is_seen_and_enter_goes_on_from_it(book: ManualWindow) -> None:
    book.search.setText("权重 100")
    book.find_words()
    assert book.hits.currentRow() == 0
    book.hits.setCurrentRow(book.hits.count() - 1)
    assert book.section == "fields#5"
    reader, places = book.reader, [mark.cursor.selectionStart() for mark in book.reader.extraSelections()]
    cursor = reader.textCursor()
    assert cursor.position() in places
    cursor.movePosition(cursor.MoveOperation.Right, cursor.MoveMode.KeepAnchor, 2)
    assert cursor.selectedText() == "权重"
    assert reader.viewport().rect().contains(reader.cursorRect())
    before = reader.textCursor().position()
    QTest.keyClick(book.search, Qt.Key.Key_Return)
    assert reader.textCursor().position() > before


def test_enter_before_the_search_is_done_shows_the_first_place(book: ManualWindow) -> None:
    book.search.setText("回收站")
    QTest.keyClick(book.search, Qt.Key.Key_Return)
    marks = [mark.cursor.selectionStart() for mark in book.reader.extraSelections()]
    assert book.hits.count() > 0
    assert book.reader.textCursor().position() in marks


def test_words_are_marked_with_and_without_the_blank_before_latin(book: ManualWindow) -> None:
    book.search.setText("U盘")
    book.find_words()
    assert {mark.cursor.selectedText() for mark in book.reader.extraSelections()} == {"U 盘"}


def test_what_is_only_near_is_said_to_be_so(book: ManualWindow) -> None:
    book.search.setText("误删")
    book.find_words()
    assert book.said.text().startswith("没有「误删」这几个字，相近的有")
    assert book.hits.count() > 0
    assert book.reader.extraSelections()


def test_a_section_of_a_chapter_can_be_opened(book: ManualWindow) -> None:
    book.open_at("table#own_library")
    assert book.contents.currentItem().text(0) == "我的指标库"


def test_a_narrower_window_has_narrower_pictures(book: ManualWindow, qtbot: QtBot) -> None:
    book.resize(1000, 600)
    book.open_at("basics")
    reader = book.reader
    qtbot.waitUntil(lambda: reader.horizontalScrollBar().maximum() == 0)
    reader.verticalScrollBar().setValue(reader.verticalScrollBar().maximum() // 2)
    top = reader.cursorForPosition(QPoint(0, 0)).position()
    book.resize(620, 600)
    assert reader.horizontalScrollBar().maximum() > 0
    qtbot.waitUntil(lambda: reader.horizontalScrollBar().maximum() == 0)
    assert abs(reader.cursorForPosition(QPoint(0, 0)).position() - top) < 60
    assert book.section == "basics"


def test_a_search_in_vain_says_so(book: ManualWindow) -> None:
    book.search.setText("量子纠缠")
    book.find_words()
    assert "没有「量子纠缠」" in book.said.text()
    assert not book.buttons["next"].isEnabled()


def menu_actions(actions: list[QAction]) -> Iterator[QAction]:
    """Every entry of these menus and of all menus in them."""
    for action in actions:
        if action.menu() is not None:
            yield from menu_actions(action.menu().actions())
        elif not action.isSeparator():
            yield action


def menu_entries(window: MainWindow) -> set[str]:
    """The entries of the menu bar as they are written there."""
    return {action.text().replace("&", "").partition("\t")[0] for action in menu_actions(window.menuBar().actions())}


def test_every_menu_entry_and_step_is_in_the_manual(window: MainWindow) -> None:
    text = "\n".join(f"{section.title}\n{section.text}" for chapter in manual() for section in chapter.sections)
    entries = menu_entries(window)
    assert {"撤销", "使用手册", "退出"} <= entries
    assert sorted(entry for entry in entries if entry not in text) == []
    names = [f"{MARKS[place]} {title}" for place, (title, _make) in enumerate(STEPS)]
    assert [name for name in names if name not in text] == []
    buttons = {re.sub(r" ?\d{4}", "…", button.text()) for button in window.start_page.findChildren(QPushButton)}
    assert sorted(button for button in buttons if button not in text) == []


NO_NAMES = {
    "约5",
    "618001云泽县农业技术推广站",
    "确定吗",
    "撤销 删除项目 2",
    "其他资金 填入 28.00",
    "高度重视",
    "不断加强",
    "≥24场",
    "10余场",
    "明显提高",
}
"""What the manual quotes as an example of what one writes or sees."""


def test_what_the_manual_quotes_is_written_in_the_window() -> None:
    sources = [
        path for folder in ("ui", "models", "importers", "exporters") for path in (CHECKOUT / folder).rglob("*.py")
    ]
    sources += [
        path for folder in ("forms", "checks", "reading") for path in (CHECKOUT / "resources" / folder).rglob("*.toml")
    ]
    written = "".join(path.read_text(encoding="utf-8") for path in sources)
    chapters = [section for chapter in manual() if chapter.id != "fields" for section in chapter.sections]
    quoted = {words for section in chapters for words in re.findall("「([^」『（]+)」", section.text)}
    assert len(quoted) > 60
    # Where a year stands the manual writes «…».
    assert sorted(words for words in quoted - NO_NAMES if any(part not in written for part in words.split("…"))) == []
