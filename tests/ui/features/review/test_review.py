"""审核意见 in the window: read from a returned file, seen beside the field, answered, ticked off, kept."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from models.document import fieldpath
from models.document.tree import Draft, GoalDocument, Remark
from models.preferences import PREFIX
from tests.importers.commented_files import CommentedFile, Note, file_with, full_document
from tests.importers.word_files import line
from tests.ui.features.imports.test_importing import choose as choose_way
from tests.ui.shell.test_window import unnamed
from ui.features.imports.imports_controller import ImportsController
from ui.features.review.review_controller import PANEL, RemarksController
from ui.features.review.review_panel import GONE, UNPLACED, WHOLE, RemarksPanel
from ui.shell.main_window import MainWindow
from ui.shell.returned_comments import read_remarks
from ui.shell.side_panel import LEAST_WIDTH
from ui.widgets.import_report_dialog import TakeOver
from ui.widgets.style import characters

WANTED = {
    "overall_goal": "人次与指标表不一致",
    "projects[p1].budget": "与批复不符",
    "projects[p1].indicators[i2].value": "请核对",
}


def returned(tmp_path: Path) -> Path:
    """A returned file with a comment on three fields and one that hangs nowhere."""
    first: set[str] = set()

    def wanted(path: str, _words: str) -> list[Note]:
        if path not in WANTED or path in first:
            return []
        first.add(path)
        return [Note(WANTED[path])]

    file = CommentedFile(full_document(), wanted)
    path = tmp_path / "退回.docx"
    path.write_bytes(file.data)
    return path


def desk(window: MainWindow) -> RemarksController:
    return window.controller(RemarksController)


def read(window: MainWindow, qtbot: QtBot, file: Path) -> RemarksPanel:
    desk(window).read(file)
    qtbot.waitUntil(lambda: bool(window.editor.session.draft.remarks))
    panel = window.editor.side.panel(PANEL)
    assert isinstance(panel, RemarksPanel)
    return panel


def shown(panel: RemarksPanel) -> list[str]:
    return [panel.list.item(row).text() for row in range(panel.list.count())]


def choose(panel: RemarksPanel, words: str) -> None:
    panel.list.setCurrentRow(next(row for row, text in enumerate(shown(panel)) if words in text))


def test_the_comments_of_a_returned_file_are_listed_by_field_in_one_step(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.take_draft(Draft(full_document()))
    session = window.editor.session
    before = session.document
    panel = read(window, qtbot, returned(tmp_path))
    assert session.document is before
    headings = [text for text in shown(panel) if "\n" not in text]
    assert headings == ["总体绩效目标", "项目 1 · 预算数", "项目 1 · 指标 2 · 指标值"]
    assert "「60.00」\n与批复不符" in "\n".join(shown(panel))
    assert window.editor.side.current == PANEL
    assert unnamed(panel) == []
    assert any(button.text() == "审核意见 3" for button in window.editor.findChildren(QPushButton))
    assert "读到 3 条审核意见，都放到了对应的栏目" in window.statusBar().currentMessage()
    session.undo()
    assert session.draft.remarks == ()


def test_enter_goes_to_the_field_which_carries_a_mark(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.take_draft(Draft(priced_document()))
    panel = read(window, qtbot, returned(tmp_path))
    choose(panel, "与批复不符")
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert window.editor.path == "projects[p1].budget"
    field = window.focusWidget()
    assert "意见" in field.findChild(QLabel).text()
    assert "审核意见（财政局 张）：与批复不符" in field.toolTip()
    choose(panel, "请核对")
    panel.show_place()
    assert window.editor.path == "projects[p1].indicators[i2].value"
    model = window.editor.current.form.table.indicators
    index = model.find("i2", 5)
    assert "审核意见（财政局 张）：请核对" in str(index.data(Qt.ItemDataRole.ToolTipRole))


def test_arrows_pass_over_headings_and_shift_f6_leads_from_the_field_to_its_remark(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.take_draft(Draft(full_document()))
    panel = read(window, qtbot, returned(tmp_path))
    assert window.focusWidget() is panel.list
    stops = []
    for key in (
        Qt.Key.Key_Home,
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_Down,
        Qt.Key.Key_Up,
        Qt.Key.Key_Home,
        Qt.Key.Key_Up,
    ):
        qtbot.keyClick(panel.list, key)
        stops.append(panel.list.currentItem().text().split("\n")[-1])
    first, second, third = WANTED.values()
    assert stops == [first, second, third, third, second, first, first]
    qtbot.keyClick(panel.list, Qt.Key.Key_End)
    window.editor.show_place("projects[p1].budget")
    desk(window).look()
    assert window.focusWidget() is panel.list
    assert second in panel.list.currentItem().text()


def test_a_click_on_a_heading_chooses_its_first_remark(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.take_draft(Draft(full_document()))
    panel = read(window, qtbot, returned(tmp_path))
    heading = panel.list.item(shown(panel).index("项目 1 · 预算数"))
    panel.list.scrollToItem(heading)
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=panel.list.visualItemRect(heading).center())
    assert WANTED["projects[p1].budget"] in panel.list.currentItem().text()
    assert panel.answer.isEnabled()


def test_without_a_remark_the_button_that_reads_a_file_gets_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    window.take_draft(Draft(full_document()))
    desk(window).look()
    assert window.focusWidget().text() == "读入审核意见…"


def priced_document() -> GoalDocument:
    """The same text, whose budget no check asks about."""
    return fieldpath.replace(
        full_document(), "projects[p1].indicators[i2].description", "按培训费标准参加培训的农户人次"
    )


def test_in_a_narrow_field_the_mark_is_short_and_leaves_the_words_room(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.take_draft(Draft(priced_document()))
    read(window, qtbot, returned(tmp_path))
    window.editor.show_place("projects[p1].budget")
    field = window.focusWidget()
    mark = field.findChild(QLabel)
    field.setFixedWidth(characters(field, 40))
    qtbot.waitUntil(lambda: mark.text() == "意见")
    wide = field.textMargins().right()
    field.setFixedWidth(characters(field, 6))
    qtbot.waitUntil(lambda: mark.text() == "意")
    assert mark.width() <= field.textMargins().right() < wide
    assert "与批复不符" in field.toolTip()


def test_an_answer_and_a_tick_are_steps_of_their_own_and_take_the_mark_away(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.take_draft(Draft(priced_document()))
    session = window.editor.session
    panel = read(window, qtbot, returned(tmp_path))
    choose(panel, "与批复不符")
    panel.answer.setFocus()
    qtbot.keyClicks(panel.answer, "fixed")
    assert session.undo_label == "修改 审核意见"
    panel.done.click()
    assert [(remark.answer, remark.done) for remark in session.draft.remarks if remark.text == "与批复不符"] == [
        ("fixed", True)
    ]
    assert any("答复：fixed" in text and "✓ 已处理" in text for text in shown(panel))
    window.editor.show_place("projects[p1].budget")
    assert window.focusWidget().toolTip() == ""
    session.undo()
    session.undo()
    assert {(remark.answer, remark.done) for remark in session.draft.remarks} == {("", False)}


def test_what_was_answered_stays_when_the_text_comes_back_again_and_when_the_draft_is_opened_again(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.take_draft(Draft(full_document()))
    session = window.editor.session
    panel = read(window, qtbot, returned(tmp_path))
    choose(panel, "与批复不符")
    panel.done.click()
    kept = session.draft.remarks
    desk(window).read(returned(tmp_path))
    qtbot.waitUntil(lambda: "先前已读入" in window.statusBar().currentMessage())
    assert session.draft.remarks == kept
    draft_id = session.draft_id
    window.go_home()
    window.open_draft(draft_id)
    assert window.editor.session.draft.remarks == kept
    assert window.editor.side.current == PANEL  # it stood open


def test_a_remark_outlives_its_field_and_one_without_a_place_is_listed_as_such(
    window: MainWindow, qtbot: QtBot
) -> None:
    remarks = (
        Remark("r1", "projects[p2].name", "张", "名称不对"),
        Remark("r2", "", "张", "全文重写"),
        Remark("r3", "", "张", "删", excerpt="附注"),
    )
    window.take_draft(Draft(full_document(), remarks=remarks))
    window.editor.side.open(PANEL)
    panel = window.editor.side.panel(PANEL)
    window.editor.session.remove("projects[p2]")
    assert [text for text in shown(panel) if "\n" not in text] == [f"预算项目绩效目标（{GONE}）", WHOLE, UNPLACED]
    choose(panel, "名称不对")
    panel.show_place()
    assert GONE in window.statusBar().currentMessage()
    panel.remove()
    assert [remark.id for remark in window.editor.session.draft.remarks] == ["r2", "r3"]
    assert window.editor.session.undo_label == "删除审核意见"


def test_without_remarks_the_panel_says_how_to_get_them(window: MainWindow) -> None:
    window.take_draft(Draft(full_document()))
    window.editor.side.open(PANEL)
    panel = window.editor.side.panel(PANEL)
    assert next(label.text() for label in panel.findChildren(QLabel) if label.isVisible()).startswith("还没有审核意见")
    assert not panel.list.isVisible()
    assert [button.text() for button in panel.findChildren(QPushButton) if button.isVisible()] == [
        "读入审核意见…",
        "写意见…",
    ]


def answering(monkeypatch: pytest.MonkeyPatch, words: str, accepted: bool = True) -> list[str]:
    """Writes that into the box that asks for a remark; the labels it had."""
    labels: list[str] = []

    def run(dialog: QInputDialog) -> int:
        labels.append(dialog.labelText())
        dialog.setTextValue(words)
        return int(accepted)

    monkeypatch.setattr(QInputDialog, "exec", run)
    return labels


def test_a_colleague_writes_a_remark_on_the_field_with_the_cursor(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.take_draft(Draft(full_document()))
    window.remember(f"{PREFIX}author", "李会计")
    editor = window.editor
    editor.show_place("projects[p1].budget")
    labels = answering(monkeypatch, "  与批复\n不符 ")
    desk(window).write()
    assert labels == ["对「项目 1 · 预算数」的意见"]
    (remark,) = editor.session.draft.remarks
    assert (remark.path, remark.text, remark.author, remark.done) == (
        "projects[p1].budget", "与批复\n不符", "李会计", False,
    )  # fmt: skip
    panel = editor.side.panel(PANEL)
    assert editor.side.current == PANEL
    assert any("与批复" in line for line in shown(panel))
    assert editor.session.undo_label == "写审核意见"
    editor.session.undo()
    assert editor.session.draft.remarks == ()


def test_words_that_were_not_written_stand_in_the_box_again_for_the_same_field(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.take_draft(Draft(full_document()))
    editor = window.editor
    editor.show_place("projects[p1].budget")
    answering(monkeypatch, "与批复不符", accepted=False)
    desk(window).write()
    assert editor.session.draft.remarks == ()
    assert "写下的字先留着" in window.statusBar().currentMessage()
    found: list[str] = []

    def run(dialog: QInputDialog) -> int:
        found.append(dialog.textValue())
        return 1

    monkeypatch.setattr(QInputDialog, "exec", run)
    editor.show_place("projects[p1].fund_use")
    desk(window).write()
    editor.show_place("projects[p1].budget")
    desk(window).write()
    desk(window).write()
    assert found == ["", "与批复不符", ""]
    assert [remark.text for remark in editor.session.draft.remarks] == ["与批复不符"]


@pytest.mark.parametrize(("words", "accepted"), [("  ", True), ("写了又取消", False)])
def test_no_words_are_no_remark(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, words: str, accepted: bool
) -> None:
    window.take_draft(Draft(full_document()))
    answering(monkeypatch, words, accepted)
    desk(window).write()
    assert window.editor.session.draft.remarks == ()
    assert window.editor.session.undo_label is None


def test_with_large_type_no_button_of_the_panel_is_cut_off(window: MainWindow) -> None:
    window.take_draft(Draft(full_document(), remarks=(Remark("r1", "overall_goal", "张", "核对"),)))
    editor = window.editor
    font = window.font()
    font.setPointSize(20)
    window.setFont(font)
    editor.side.open(PANEL)
    panel = editor.side.panel(PANEL)
    area = panel.findChild(QScrollArea)
    buttons = [button for button in panel.findChildren(QPushButton) if button.isVisible()]
    assert len(buttons) == 4
    assert characters(panel, LEAST_WIDTH) >= area.widget().minimumSizeHint().width()


def test_a_final_text_can_be_remarked_on(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.take_draft(Draft(full_document(), state="定稿"))
    answering(monkeypatch, "请改")
    desk(window).write()
    assert [remark.text for remark in window.editor.session.draft.remarks] == ["请改"]


def test_a_final_text_can_be_answered(window: MainWindow) -> None:
    window.take_draft(Draft(full_document(), state="定稿", remarks=(Remark("r1", "overall_goal", "张", "核对"),)))
    window.editor.side.open(PANEL)
    panel = window.editor.side.panel(PANEL)
    assert not panel.answer.isReadOnly()
    panel.done.click()
    assert window.editor.session.draft.remarks[0].done


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [("空.docx", None, "没有批注"), ("别的.xlsx", b"", "不是 Word 文件"), ("坏.docx", b"x", "坏.docx")],
)
def test_a_file_without_comments_is_told_in_a_line(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str, data: bytes | None, told: str
) -> None:
    window.take_draft(Draft(full_document()))
    before = window.editor.session.draft
    path = tmp_path / name
    path.write_bytes(file_with([line("一、总体绩效目标")], []) if data is None else data)
    desk(window).read(path)
    qtbot.waitUntil(lambda: told in window.statusBar().currentMessage())
    assert window.editor.session.draft is before


def test_replacing_the_text_by_an_import_keeps_the_remarks_at_their_places(tmp_path: Path) -> None:
    from models.checks.ignored import carried_over
    from models.document.tree import without_ids

    document = full_document()
    (remark, *_) = read_remarks(returned(tmp_path), Draft(document))
    other = replace(document, projects=tuple(replace(p, id=f"x{p.id}") for p in document.projects))
    moved = carried_over((replace(remark, path="projects[p1].budget"), replace(remark, path="")), document, other)
    assert [each.path for each in moved] == ["projects[xp1].budget", ""]
    assert without_ids(other) == without_ids(document)


def test_a_returned_file_read_as_a_text_of_its_own_brings_its_remarks(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_way(monkeypatch, TakeOver.NEW)
    window.controller(ImportsController).import_files([returned(tmp_path)])
    qtbot.waitUntil(lambda: window.editor is not None)
    draft = window.editor.session.draft
    assert [remark.text for remark in draft.remarks] == list(WANTED.values())
    row = draft.document.projects[0].indicators[1]
    assert draft.remarks[2].path == f"projects[{draft.document.projects[0].id}].indicators[{row.id}].value"


def test_a_returned_file_added_to_a_draft_brings_its_remarks_to_the_added_parts(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.take_draft(Draft())
    choose_way(monkeypatch, TakeOver.ADD)
    session = window.editor.session
    window.controller(ImportsController).import_files([returned(tmp_path)])
    qtbot.waitUntil(lambda: bool(session.document.projects))
    by_text = {remark.text: remark.path for remark in session.draft.remarks}
    assert by_text["与批复不符"] == f"projects[{session.document.projects[0].id}].budget"
    session.undo()
    assert session.draft == Draft()
