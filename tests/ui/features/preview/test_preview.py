"""The preview beside the form: follows typing, keeps the focus, leads to fields, zooms, paints what is seen."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from exporters.placed_pages import Page
from models.document.tree import Draft, Indicator, Project
from tests.exporters.samples import document
from tests.ui.conftest import settle, small_draft
from ui.app.faults import LOG_NAME
from ui.features.preview.preview_panel import WAIT, Preview
from ui.shell.main_window import MainWindow


def texts(pages: tuple[Page, ...]) -> str:
    return "".join(run.text for page in pages for line in page.lines for run in line.runs)


def spot(preview: Preview, path: str) -> QPoint:
    """Where the words of that field stand in the view, brought there first."""
    view = preview.view
    assert view.show_path(path)
    for index, page in enumerate(view._pages):
        for line in page.lines:
            for run in line.runs:
                if run.path == path:
                    at = QPointF(view._left(page), view._tops[index] - view.verticalScrollBar().value())
                    middle = QPointF(run.x + run.width / 2, line.top + line.height / 2)
                    return (at + middle * view._unit).toPoint()
    raise AssertionError(f"{path} is on no page")


def click(preview: Preview, path: str) -> None:
    QTest.mouseClick(preview.view.viewport(), Qt.MouseButton.LeftButton, pos=spot(preview, path))


def opened_preview(qtbot: QtBot, window: MainWindow, draft: Draft) -> Preview:
    window.take_draft(draft)
    editor = window.editor
    editor.side.open("preview")
    preview = editor.side.panel("preview")
    assert isinstance(preview, Preview)
    with qtbot.waitSignal(preview.shown):
        pass
    return preview


def with_indicator() -> Draft:
    draft = small_draft()
    row = Indicator("i1", "产出指标", "数量指标", "培训场次", "举办场次", "≥3场", "年初计划")
    project = Project("p1", name="管网", budget="128.00", goals=("修好管网",), indicators=(row,))
    return replace(draft, document=replace(draft.document, projects=(project,)))


@pytest.fixture
def preview(qtbot: QtBot, window: MainWindow) -> Preview:
    return opened_preview(qtbot, window, with_indicator())


def test_typing_is_followed_and_the_focus_stays(qtbot: QtBot, window: MainWindow, preview: Preview) -> None:
    editor = window.editor
    editor.show_place("overall_goal")
    field = QApplication.focusWidget()
    with qtbot.waitSignal(preview.shown):
        QTest.keyClicks(field, "abc123")
    assert "abc123" in texts(preview.view._pages)
    assert QApplication.focusWidget() is field


def test_keys_struck_without_a_pause_are_followed_too(qtbot: QtBot, window: MainWindow, preview: Preview) -> None:
    window.editor.show_place("overall_goal")
    field = QApplication.focusWidget()
    seen: list[str] = []
    preview.shown.connect(lambda: seen.append(texts(preview.view._pages)))
    struck = 0
    while len(seen) < 2 and struck < 1000:
        QTest.keyClicks(field, "x", delay=30)
        struck += 1
    assert len(seen) >= 2
    qtbot.waitUntil(lambda: "x" * struck in texts(preview.view._pages))


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ((), ""),
        ((("方正小标宋简体", "宋体"),), "本机没有方正小标宋简体，用宋体代替（见第 ⑥ 步）"),
        ((("方正小标宋简体", "宋体"), ("黑体", "微软雅黑")), "本机缺 2 种字体，已代用（见第 ⑥ 步）"),
    ],
)
def test_what_stands_in_for_a_font_is_told_below_the_pages(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, missing: tuple[tuple[str, str], ...], told: str
) -> None:
    monkeypatch.setattr("ui.features.preview.preview_panel.substituted_fonts", lambda *_asked: missing)
    preview = opened_preview(qtbot, window, with_indicator())
    notes = [label.text() for label in preview.findChildren(QLabel) if label.isVisible() and "本机" in label.text()]
    assert notes == ([told] if told else [])


def test_a_closed_panel_does_no_work(qtbot: QtBot, window: MainWindow, preview: Preview) -> None:
    editor = window.editor
    editor.show_place("overall_goal")
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert not preview.isVisible()
    before = preview.view._pages
    QTest.keyClicks(QApplication.focusWidget(), "abc")
    QTest.qWait(3 * WAIT)
    assert preview.view._pages is before
    with qtbot.waitSignal(preview.shown):
        QTest.keyClick(window, Qt.Key.Key_F9)
    assert "abc" in texts(preview.view._pages)


@pytest.mark.parametrize(
    "path",
    ["sub_goals[s1].goal", "sub_goals[s2].heading", "projects[p1].budget", "projects[p1].name", "unit.name", "year"],
)
def test_a_click_on_words_puts_the_cursor_into_their_field(window: MainWindow, preview: Preview, path: str) -> None:
    click(preview, path)
    assert window.editor.path == path
    focused = QApplication.focusWidget()
    assert focused is not None
    assert not preview.isAncestorOf(focused)


def test_a_click_on_a_cell_of_the_indicator_table_selects_it(window: MainWindow, preview: Preview) -> None:
    click(preview, "projects[p1].indicators[i1].description")
    assert window.editor.path == "projects[p1].indicators[i1].description"


def test_a_click_on_the_contents_leads_to_the_page(preview: Preview) -> None:
    view = preview.view
    contents = next(index for index, page in enumerate(view._pages) if page.links)
    link = view._pages[contents].links[-1]
    view.go_to_page(contents)
    page, scrolled = view._pages[contents], view.verticalScrollBar()
    at = QPointF(view._left(page), view._tops[contents] - scrolled.value())
    inside = QPointF(link.box.left + 20, link.box.top + 5) * view._unit
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=(at + inside).toPoint())
    assert any(heading.bookmark == link.bookmark for heading in view._pages[view.page].headings)


def test_the_page_of_the_focused_field_comes_into_view(window: MainWindow, preview: Preview) -> None:
    view = preview.view
    view.go_to_page(0)
    window.editor.show_place("projects[p1].budget")
    assert any(run.path == "projects[p1].budget" for line in view._pages[view.page].lines for run in line.runs)


def test_a_field_that_is_not_printed_shows_its_row_or_project(qtbot: QtBot, window: MainWindow) -> None:
    preview = opened_preview(qtbot, window, Draft(document(2)))
    assert preview.view.show_path("projects[p2].indicators[i2].tier1")  # one merged cell with the row above
    assert preview.view.show_path("projects[p2].indicators[i2].weight")
    assert not preview.view.show_path("projects[p9].budget")


@pytest.mark.parametrize(
    ("keys", "grows"), [(Qt.Key.Key_Plus, True), (Qt.Key.Key_Equal, True), (Qt.Key.Key_Minus, False)]
)
def test_keys_zoom_and_the_place_stays(window: MainWindow, preview: Preview, keys: Qt.Key, grows: bool) -> None:
    view = preview.view
    view.go_to_page(2)
    before, page = view.scale, view.page
    QTest.keyClick(window, keys, Qt.KeyboardModifier.ControlModifier)
    assert (view.scale > before) is grows
    assert view.page == page
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.scale == pytest.approx(before)


def test_fit_to_width_needs_no_sideways_scrolling_and_follows_the_splitter(
    window: MainWindow, preview: Preview
) -> None:
    view = preview.view
    before = view.scale
    assert view.horizontalScrollBar().maximum() == 0
    splitter = window.editor.side.parentWidget()
    splitter.setSizes([300, splitter.width() - 300])
    QApplication.processEvents()
    assert view.scale > before
    assert view.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize(
    ("key", "page"), [(Qt.Key.Key_PageDown, 1), (Qt.Key.Key_End, -1), (Qt.Key.Key_Home, 0), (Qt.Key.Key_PageUp, 0)]
)
def test_page_keys_turn_pages(preview: Preview, key: Qt.Key, page: int) -> None:
    view = preview.view
    view.go_to_page(0)
    view.setFocus()
    QTest.keyClick(view, key)
    assert view.page == page % len(view._pages)


def test_no_more_pages_are_painted_than_are_seen(qtbot: QtBot, window: MainWindow) -> None:
    preview = opened_preview(qtbot, window, Draft(document(30)))
    view = preview.view
    settle(window)
    assert len(view._pages) > 30
    before = view.painted
    view.viewport().repaint()
    assert 0 < view.painted - before <= 1 + view.viewport().height() // (view._pages[0].height * view._unit) + 1


def pixel(view: QWidget, at: QPoint) -> str:
    return view.grab().toImage().pixelColor(at).name()


def test_the_paper_is_white_in_a_dark_program(preview: Preview) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    light = app.palette()
    dark = app.palette()
    dark.setColor(dark.ColorRole.Base, Qt.GlobalColor.black)
    dark.setColor(dark.ColorRole.Window, Qt.GlobalColor.black)
    dark.setColor(dark.ColorRole.WindowText, Qt.GlobalColor.white)
    dark.setColor(dark.ColorRole.Text, Qt.GlobalColor.white)
    try:
        app.setPalette(dark)
        preview.view.go_to_page(0)
        assert pixel(preview.view.viewport(), QPoint(40, 40)) == "#ffffff"
    finally:
        app.setPalette(light)


def test_the_open_panel_and_its_width_are_remembered(qtbot: QtBot, window: MainWindow) -> None:
    opened_preview(qtbot, window, small_draft())
    draft_id = window.editor.session.draft_id
    splitter = window.editor.side.parentWidget()
    splitter.moveSplitter(splitter.width() - 420, 1)
    wide = window.editor.side.width()
    window.go_home()
    window.open_draft(draft_id)
    side = window.editor.side
    assert side.current == "preview"
    QApplication.processEvents()
    assert side.width() == pytest.approx(wide, abs=side.fontMetrics().horizontalAdvance("字"))
    side.close_panel()
    window.go_home()
    window.open_draft(draft_id)
    assert window.editor.side.current == ""


def test_a_page_of_a_line_or_two_is_pointed_out_until_it_is_gone(
    qtbot: QtBot, window: MainWindow, preview: Preview
) -> None:
    def told() -> list[str]:
        return [
            label.text() for label in preview.findChildren(QLabel) if label.isVisible() and "只有一两行" in label.text()
        ]

    assert told() == []
    path = "projects[p1].fund_use"
    for count in range(10, 40):  # until the only row of indicators stands alone on a page
        with qtbot.waitSignal(preview.shown):
            window.editor.session.edit(path, "\n".join(["购置设备。"] * count))
        if told():
            break
    assert told() == ["第 3 页只有一两行，把前面的文字写短一点，可以省下。"]
    with qtbot.waitSignal(preview.shown):
        window.editor.session.edit(path, "购置设备。")
    assert told() == []


def test_pages_whose_lines_stand_closer_are_named(qtbot: QtBot, window: MainWindow, preview: Preview) -> None:
    def told() -> list[str]:
        return [label.text() for label in preview.findChildren(QLabel) if label.isVisible() and "行距" in label.text()]

    assert told() == []
    for count in range(30, 60):
        with qtbot.waitSignal(preview.shown):
            window.editor.session.edit("overall_goal", "\n".join(["推广良种。"] * count))
        if told():
            break
    (sentence,) = told()
    assert sentence.startswith("第 1")
    assert "0.3 磅" in sentence


def test_undo_is_followed(qtbot: QtBot, window: MainWindow, preview: Preview) -> None:
    window.editor.show_place("projects[p1].budget")
    session = window.editor.session
    with qtbot.waitSignal(preview.shown):
        session.edit("projects[p1].budget", "777.00")
    assert "777.00" in texts(preview.view._pages)
    with qtbot.waitSignal(preview.shown):
        window.editor.undo()
    assert "777.00" not in texts(preview.view._pages)


def test_a_deleted_part_that_is_still_shown_leads_nowhere(window: MainWindow, preview: Preview) -> None:
    before = window.editor.path
    place = spot(preview, "sub_goals[s2].heading")
    window.editor.session.remove("sub_goals[s2]")
    QTest.mouseClick(preview.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.editor.path == before


def test_a_fault_is_told_to_the_log(window: MainWindow, preview: Preview) -> None:
    preview.faulted.emit(ValueError("x"))
    assert "ValueError" in (window.home / LOG_NAME).read_text(encoding="utf-8")


def test_in_a_narrow_window_the_form_keeps_its_room_and_nothing_is_cut_off(
    window: MainWindow, preview: Preview
) -> None:
    editor = window.editor
    editor.show_step(5)
    for width in (900, 1366):
        window.resize(width, 700)
        QTest.keyClick(window, Qt.Key.Key_F9)
        QTest.keyClick(window, Qt.Key.Key_F9)
        QApplication.processEvents()
        form = editor.current.form
        hidden = form.widget().minimumSizeHint().width() - form.viewport().width()
        assert form.horizontalScrollBar().maximum() >= hidden
        assert editor.current.width() >= editor.side.width()
    assert form.horizontalScrollBar().maximum() == 0


def test_a_strip_of_a_page_is_painted_as_the_whole_is(preview: Preview) -> None:
    viewport = preview.view.viewport()
    whole = viewport.grab().toImage()
    ground = whole.pixelColor(whole.width() // 2, 20)
    assert any(whole.pixelColor(x, y) != ground for y in range(20, whole.height()) for x in range(20, 200))
    high = 7
    for top in range(0, viewport.height() - high, high):
        strip = viewport.grab(QRect(0, top, viewport.width(), high)).toImage()
        assert strip == whole.copy(0, top, viewport.width(), high), top
