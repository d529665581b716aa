"""A long name in the list at the left of a step: two lines, shortened in its middle, and told in full."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.checks.example import EXAMPLE
from models.document.tree import Draft
from ui.editor.steps.item_lines import two_lines
from ui.shell.main_window import MainWindow

LONG = "2026年高标准农田建设及小麦节水灌溉新技术集成示范推广项目补助资金（县级配套部分）"


def test_a_long_name_takes_two_lines_and_keeps_both_its_ends(qapp: QApplication) -> None:
    font = QApplication.font()
    width = QFontMetrics(font).horizontalAdvance("字") * 12
    assert two_lines("农业技术培训", font.toString(), width) == ("农业技术培训",)
    first, second = two_lines(f"3. {LONG}", font.toString(), width)
    assert f"3. {LONG}".startswith(first)
    assert "…" in second
    assert second.endswith("部分）")
    assert QFontMetrics(font).horizontalAdvance(second) <= width
    with_amount = two_lines(f"3. {LONG} · 128.50", font.toString(), width)[1]
    assert "…" in with_amount
    assert with_amount.endswith(" · 128.50"), "half of a number would be another number"
    assert two_lines(
        "1. 农业技术培训项目 · 60.00", font.toString(), QFontMetrics(font).horizontalAdvance("1. 农业技术培训项目 ·")
    ) == (
        "1. 农业技术培训项目",
        "60.00",
    )


@given(text=st.text(st.characters(blacklist_categories=["Cc", "Cs"])), width=st.integers(1, 400))
def test_any_text_in_any_width(qapp: QApplication, text: str, width: int) -> None:
    lines = two_lines(text, QApplication.font().toString(), width)
    assert len(lines) in {1, 2}
    assert text.startswith(lines[0])
    if len(lines) == 1:
        assert lines[0].strip() == text.strip()


@pytest.mark.parametrize("section", ["sub_goals", "projects"])
def test_the_whole_name_is_in_the_tool_tip_and_read_out(window: MainWindow, qtbot: QtBot, section: str) -> None:
    items = EXAMPLE.sub_goals
    document = replace(
        EXAMPLE,
        sub_goals=replace(items, items=(replace(items.items[0], heading=LONG), *items.items[1:])),
        projects=(replace(EXAMPLE.projects[0], name=LONG), *EXAMPLE.projects[1:]),
    )
    window.resize(1366, 700)
    window.take_draft(Draft(document))
    window.editor.show_step(3 if section == "sub_goals" else 5)
    shown = window.editor.current._list._list
    qtbot.waitUntil(lambda: shown.viewport().width() > 0 and shown.visualItemRect(shown.item(0)).height() > 0)
    item = shown.item(0)
    assert LONG in item.toolTip()
    assert LONG in item.data(Qt.ItemDataRole.AccessibleTextRole)
    line = QFontMetrics(shown.font()).height()
    assert shown.visualItemRect(item).height() >= 2 * line
    assert shown.visualItemRect(shown.item(1)).top() > shown.visualItemRect(item).bottom()
    assert shown.itemAt(shown.visualItemRect(item).center() + QPoint(0, line // 2)) is item


@pytest.mark.parametrize("text", ["1. 渠道清淤 · 128.00", "1. 北岭乡渠道清淤和护岸加固工程 · 10086.50"])
def test_an_amount_is_shown_whole_or_not_at_all(qapp: QApplication, text: str) -> None:
    font, amount = qapp.font().toString(), text.rpartition(" · ")[2]
    for width in range(30, 400, 5):
        *_, last = two_lines(text, font, width)
        assert last.endswith(amount) or not last[-1].isdigit(), (width, last)
        if width > 140:
            assert last.endswith(amount)
