"""首页: finding a draft, the trash and back, deleting for good, and all of it at any size."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHeaderView, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from models.document.tree import Unit
from models.preferences import Preferences
from tests.ui.conftest import settle, small_draft
from tests.ui.features.checking.test_check_settings import shown
from ui.features.drafts.new_draft_dialog import NewDraftDialog
from ui.shell.draft_table import ID_ROLE, PROBLEMS, UNIT
from ui.shell.main_window import MainWindow
from ui.shell.start_page import StartPage
from ui.widgets.theme import apply_look

UNITS = (
    ("618001", "云泽县农业技术推广站", 2026),
    ("618002", "云泽县气象局", 2026),
    ("618001", "云泽县农业技术推广站", 2025),
)


@pytest.fixture(autouse=True)
def _usual_look(qapp: QApplication) -> Iterator[None]:
    yield
    apply_look(qapp, Preferences())


@pytest.fixture
def listed(window: MainWindow) -> MainWindow:
    """The start page with three drafts."""
    draft = small_draft()
    for code, name, year in UNITS:
        window.store.create(replace(draft, document=replace(draft.document, year=year, unit=Unit(code, name))))
    window.drafts.reload()
    return window


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("", 3),
        ("气象", 1),
        ("yzx", 3),
        ("NYJS", 2),
        ("2026 推广", 1),
        ("tgz 2025", 1),
        ("618002", 1),
        ("草稿 qxj", 1),
        ("定稿", 0),
        ("推广 618002", 0),
    ],
)
def test_words_in_any_order_and_initials_find_the_drafts(listed: MainWindow, words: str, count: int) -> None:
    page = listed.start_page
    page.search.setText(words)
    assert page.table.model().rowCount() == count
    assert page.table.isVisible() == (count > 0)
    assert page.buttons.buttons["open"].isEnabled() == (count > 0)
    if not count:
        assert words in page._empty.text()


def test_esc_empties_the_search_and_enter_opens_what_it_found(listed: MainWindow, qtbot: QtBot) -> None:
    page = listed.start_page
    page.search.setFocus()
    qtbot.keyClicks(page.search, "zzz")
    assert page.table.model().rowCount() == 0
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    qtbot.keyClicks(page.search, "qxj")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert listed.editor.session.document.unit.name == "云泽县气象局"


def test_what_went_into_the_trash_comes_back_by_one_button(listed: MainWindow, qtbot: QtBot) -> None:
    page = listed.start_page
    chosen = page.chosen()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.table.model().rowCount() == 2
    assert page._offer.isVisible()
    assert "移入回收站" in page._offer_text.text()
    page._offer_button.click()
    assert page.table.model().rowCount() == 3
    assert page.chosen() == chosen
    assert not page._offer.isVisible()


def test_after_a_draft_went_the_next_one_is_marked_and_no_stranger(listed: MainWindow, qtbot: QtBot) -> None:
    page, draft = listed.start_page, small_draft()
    ids = [listed.store.create(draft) for _ in range(4)]
    listed.drafts.reload(ids[2])
    newest_first = [line.id for line in listed.store.list()]
    for gone in (ids[2], ids[1]):
        assert page.chosen() == gone
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.chosen() == ids[0]
    listed.drafts.reload(newest_first[-1])
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.chosen() == newest_first[-2]


def test_the_draft_saved_last_comes_first_whatever_the_clock_said(listed: MainWindow) -> None:
    page, store = listed.start_page, listed.store
    wrong = iter(datetime(year, 3, 1, tzinfo=UTC) for year in (2099, 2099, 1970, 1970, 2026, 2026))
    store._clock = lambda: next(wrong)
    made = [store.create(small_draft()) for _ in range(3)]
    store._clock = lambda: datetime(2026, 11, 21, tzinfo=UTC)
    made.append(store.create(small_draft()))
    listed.drafts.reload()
    model = page.table.model()
    assert [model.index(row, 0).data(ID_ROLE) for row in range(4)] == made[::-1]
    page.search.setText("云泽县")
    page.search.clear()
    assert [model.index(row, 0).data(ID_ROLE) for row in range(4)] == made[::-1]


def test_a_draft_is_deleted_for_good_after_a_second_step_alone(listed: MainWindow, qtbot: QtBot) -> None:
    page = listed.start_page
    chosen = page.chosen()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    page.trash_box.setChecked(True)
    page.buttons.buttons["delete"].click()
    assert len(listed.store.list()) == 3
    assert page._offer_button.hasFocus()
    page._offer_button.click()
    assert chosen not in [line.id for line in listed.store.list()]
    assert len(listed.store.list()) == 2


def test_the_menu_of_a_row_offers_what_its_buttons_do(listed: MainWindow) -> None:
    page = listed.start_page
    assert [action.text() for action in page.row_menu().actions() if action.text() != "从上年生成"] == [
        "打开",
        "复制",
        "移入回收站",
    ]
    page.row_menu().actions()[-1].trigger()
    page.trash_box.setChecked(True)
    assert [action.text() for action in page.row_menu().actions()][-2:] == ["移出回收站", "彻底删除"]


@pytest.mark.parametrize("size", [9, 11, 20])
def test_the_columns_fill_the_table_and_no_more_at_any_size(
    listed: MainWindow, qapp: QApplication, qtbot: QtBot, size: int
) -> None:
    apply_look(qapp, Preferences(size=size))
    listed.resize(1366, 730)
    table, header = listed.start_page.table, listed.start_page.table.horizontalHeader()

    def fills() -> bool:
        return abs(header.length() - table.viewport().width()) <= 1 and not table.horizontalScrollBar().isVisible()

    qtbot.waitUntil(fills)
    assert not header.isSectionHidden(UNIT)
    assert header.sectionResizeMode(0) == QHeaderView.ResizeMode.Interactive
    buttons = [button for button in listed.start_page.buttons.buttons.values() if button.isVisible()]
    viewport = listed.start_page.buttons.viewport()

    def are_seen() -> bool:
        return all(viewport.rect().contains(button.mapTo(viewport, button.rect().bottomRight())) for button in buttons)

    qtbot.waitUntil(are_seen)
    assert fills()
    assert listed.height() <= 730


def test_numbers_of_problems_are_there_at_the_next_start(listed: MainWindow, qtbot: QtBot) -> None:
    ids = [line.id for line in listed.start_page.drafts]
    line = listed.start_page.drafts[0]
    listed.counts._counted((line.id, line.modified), listed.check_rules, (2, 1))
    listed.counts._counts.clear()
    listed.drafts.reload()
    table = listed.start_page._sorted
    shown = {table.index(row, 0).data(Qt.ItemDataRole.UserRole + 1): table.index(row, 5).data() for row in range(3)}
    assert shown[ids[0]] == "错误 2，疑问 1"


def test_the_rows_stay_where_they_are_when_one_goes(listed: MainWindow, qtbot: QtBot) -> None:
    """A second click at once shall hit what it was aimed at."""
    page = listed.start_page
    QApplication.processEvents()
    before = page.table.mapTo(page, page.table.rect().topLeft())
    box = page.trash_box.mapTo(page, page.trash_box.rect().center())
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    QApplication.processEvents()
    assert page._offer.isVisible()
    assert page.table.mapTo(page, page.table.rect().topLeft()) == before
    assert page.trash_box.mapTo(page, page.trash_box.rect().center()) == box


def test_a_copy_is_marked_named_and_can_be_taken_back(listed: MainWindow) -> None:
    page = listed.start_page
    first = page.chosen()
    name = page.name_of(first)
    page.buttons.buttons["copy"].click()
    assert page.table.model().rowCount() == 4
    assert page.chosen() != first
    assert f"已复制「{name}」" in page._offer_text.text()
    assert page.table.hasFocus(), "a second Enter opens the copy and makes no other one"
    page._offer_button.click()
    assert page.table.model().rowCount() == 3
    assert page.chosen() == first


def test_the_heading_says_what_is_listed(listed: MainWindow) -> None:
    page = listed.start_page
    assert page._heading.text() == "草稿列表"
    page.trash_box.setChecked(True)
    assert page._heading.text() == "回收站"
    page.trash_box.setChecked(False)
    assert page._heading.text() == "草稿列表"


def test_back_in_small_type_the_columns_are_as_wide_as_from_the_start(
    listed: MainWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    listed.resize(1366, 730)
    listed.counts.count_now()
    qtbot.waitUntil(lambda: all(shown(listed)))  # the numbers of problems, which make their column wider
    settle(listed)
    header = listed.start_page.table.horizontalHeader()
    rows = listed.start_page.table.verticalHeader()
    before = [header.sectionSize(column) for column in range(header.count())], rows.defaultSectionSize()
    for size in (20, 11):
        apply_look(qapp, Preferences(size=size))
        for _again in range(3):
            QApplication.processEvents()
    after = [header.sectionSize(column) for column in range(header.count())], rows.defaultSectionSize()
    assert after[0] == pytest.approx(before[0], abs=4)  # the frame of the focus
    assert after[1] == before[1]


def test_a_new_draft_is_in_the_menu_with_and_without_a_draft(
    listed: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NewDraftDialog, "exec", lambda _self: QDialog.DialogCode.Accepted)
    entry = listed.menus.actions["drafts.new"]
    for count in (4, 5):
        assert entry.isEnabled()
        entry.trigger()
        assert listed.editor is not None
        assert len(listed.store.list()) == count


def test_no_words_of_a_column_are_cut_off_once_the_problems_are_counted(listed: MainWindow, qtbot: QtBot) -> None:
    table = listed.start_page.table
    qtbot.waitUntil(lambda: all(table.model().index(row, PROBLEMS).data() for row in range(3)))
    for column in set(range(table.model().columnCount())) - {UNIT}:
        assert table.columnWidth(column) >= table.sizeHintForColumn(column), column


def test_the_question_about_deleting_for_good_goes_with_its_list(listed: MainWindow, qtbot: QtBot) -> None:
    page = listed.start_page
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    page.trash_box.setChecked(True)
    assert page._offer.isVisible(), "what was just trashed can still be had back"
    page.buttons.buttons["delete"].click()
    assert page._offer_button.text() == "确认彻底删除"
    page.trash_box.setChecked(False)
    assert not page._offer.isVisible()
    page.trash_box.setChecked(True)
    page.buttons.buttons["delete"].click()
    page.search.setText("推广")
    assert not page._offer.isVisible()
    assert len(listed.store.list()) == 3


@pytest.mark.parametrize(
    ("today", "button", "wanted"),
    [
        (date(2026, 1, 15), "继续填写", ("open", 1)),  # this year's two drafts are not final yet
        (date(2026, 4, 1), "", None),
        (date(2026, 11, 30), "生成 2027年文本", ("years.from_last_year", 1)),
        (date(2027, 9, 1), "新建 2028年文本", ("drafts.new", None)),
    ],
)
def test_the_page_has_one_main_button_and_it_does_what_the_season_asks(
    listed: MainWindow, qtbot: QtBot, today: date, button: str, wanted: tuple[str, int | None] | None
) -> None:
    page = StartPage(today=lambda: today)
    qtbot.addWidget(page)
    page.show_drafts(listed.store.list())
    page.show()
    done: list[tuple[str, int | None]] = []
    page.open_draft.connect(lambda draft: done.append(("open", draft)))
    page.action_wanted.connect(lambda action: done.append((action, page.chosen())))
    main = [one for one in page.findChildren(QPushButton) if one.property("primary") and one.isVisible()]
    assert [one.text() for one in main] == [button or "打开"]
    main[0].click()
    newest = {line.year: line.id for line in reversed(listed.store.list())}[2026]
    assert [action for action, _draft in done] == ["open" if wanted is None else wanted[0]]
    if wanted is not None and wanted[1]:
        assert done[0][1] == newest


def test_the_first_page_uses_the_width_it_has_and_wraps_in_large_type(
    window: MainWindow, qapp: QApplication, qtbot: QtBot
) -> None:
    page, cards = window.start_page, window.start_page.welcome.buttons
    for size, width, across in ((11, 1366, 2), (11, 1920, 2), (20, 1000, 1)):
        apply_look(qapp, Preferences(size=size))
        window.resize(width, 730)
        settle(window)
        places = [button.mapTo(page, button.rect().topLeft()) for button in cards.values()]
        assert len({place.x() for place in places}) == across, (size, width)
        assert all(button.width() >= button.sizeHint().width() for button in cards.values())
    qtbot.waitUntil(lambda: page.welcome.isVisible())


def inked_rows(label: QLabel) -> list[int]:
    """The rows of pixels in which its words stand."""
    shown = label.grab().toImage()
    ground = shown.pixel(0, 0)
    return [y for y in range(shown.height()) if any(shown.pixel(x, y) != ground for x in range(shown.width()))]


def test_beside_a_card_of_two_lines_the_words_begin_at_the_same_height(window: MainWindow, qapp: QApplication) -> None:
    apply_look(qapp, Preferences(size=11))
    window.resize(860, 600)
    settle(window)
    words = [label for label in window.start_page.welcome.findChildren(QLabel) if label.property("role") == "hint"]
    one, two = (inked_rows(label) for label in words[:2])
    assert two[-1] - two[0] > 1.5 * (one[-1] - one[0])
    assert abs(two[0] - one[0]) <= 3
