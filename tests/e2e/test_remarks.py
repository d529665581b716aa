"""审核意见 in a real window: a text goes out as Word, comes back with comments, and is put right field by field."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.checks.example import EXAMPLE
from models.document.tree import Draft
from tests.e2e.clerk import (
    at_work,
    choose_files,
    open_newest,
    save_as,
    screen_for,
    stored,
    until_at,
    until_line,
    until_stored,
    until_told,
)
from tests.e2e.desktop import Desktop, needs_screen_reader
from tests.e2e.menus import choose
from tests.importers.commented_files import Note, with_notes
from tests.waiting import until

ANSWER, BUDGET = "34.20", "34.20"
REMARKS = {
    "面向种粮大户和家庭农场开展节水技术培训，提高农户科学种田水平。": Note("说明覆盖哪些乡镇"),
    "36.50": Note("与批复不符，应为34.20"),
    "示范田验收合格率": Note("请核对\n口径"),
}
"""Words of the text → what the bureau remarks on them."""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    with screen_for(tmp_path) as shown:
        yield shown
        shown.picture("remarks-last")


# More than a second: a window, a window manager and a keyboard at a person's pace.
@needs_screen_reader
@pytest.mark.e2e
def test_a_returned_text_is_put_right_field_by_field_and_answers_survive_a_restart(
    screen: Desktop, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    at_work(screen, home, Draft(EXAMPLE))
    returned = come_back(screen, tmp_path)

    choose(screen, "读入审核意见…")
    choose_files(screen, "读入审核意见", returned)
    listed = until_line(screen, "意见列表", "请核对\n口径")
    assert [line for line in listed if "\n" not in line] == [
        "分项目标 1 · 绩效目标",
        "项目 2 · 预算数",
        "项目 2 · 指标 2 · 三级指标",
    ]
    screen.picture("remarks-read")
    project = EXAMPLE.projects[1]
    read = until_stored(home, lambda draft: len(draft.remarks) == len(REMARKS), "the remarks on the disk")
    assert [one.path for one in read.remarks] == [
        "sub_goals[s1].goal", f"projects[{project.id}].budget", f"projects[{project.id}].indicators[i2].name",
    ]  # fmt: skip
    assert read.document == EXAMPLE

    answer_the_budget(screen)
    tick_off_the_name(screen)
    done = until_stored(home, lambda draft: sum(one.done for one in draft.remarks) == 2, "two remarks done")
    choose(screen, "留下一个版本…")
    screen.wait_for_window("留下一个版本")
    screen.type("v1")
    screen.keys("Return")
    until_told(screen, "已留下版本「v1」")
    screen.kill()

    screen.start(home)
    open_newest(screen, done)
    (again,) = stored(home)
    assert again == done
    listed = until_line(screen, "意见列表", "说明覆盖哪些乡镇")
    assert len(listed) == 2  # the heading of its field, and the one that is left
    screen.tab_to("显示", "shift+Tab")
    screen.keys("End", "Up")
    listed = until_line(screen, "意见列表", f"答复：{ANSWER}")
    assert [line[0] for line in listed if "\n" in line] == ["○", "✓", "✓"]
    screen.picture("remarks-again")
    assert again.document.projects[1].budget == "34.20"
    choose(screen, "历史版本…")
    until_line(screen, "版本", "v1")


def answer_the_budget(screen: Desktop) -> None:
    """From the list, which has the focus, to the field; back to the list, and to the answer below it."""
    until_at(screen, "意见列表")
    screen.keys("Down", "Return")
    until(lambda: screen.focused()["name"] == "预算数", "the field of the second remark")
    screen.picture("remarks-field")
    screen.keys("ctrl+a")
    screen.type(BUDGET)
    screen.keys("shift+F6")
    until(lambda: screen.focused()["name"] == "意见列表", "the list again")
    screen.tab_to("答复")
    screen.type(ANSWER)
    screen.keys("Tab")
    until_at(screen, "已处理")
    screen.picture("remarks-answered")
    screen.keys("space")


def tick_off_the_name(screen: Desktop) -> None:
    """The one after it; the panel is folded away while the cell is looked at."""
    screen.keys("shift+F6", "Down", "Return")
    until(lambda: screen.focused()["name"] == "绩效指标表", "the table")
    screen.picture("remarks-cell")
    screen.keys("F6")
    until(lambda: not screen.lines("意见列表"), "the panel folded away")
    screen.keys("shift+F6")
    until(lambda: screen.focused()["name"] == "意见列表", "the list again")
    until(lambda: len(screen.lines("意见列表")) == 4, "the list without the one ticked off")
    screen.tab_to("已处理")
    screen.keys("space")


def come_back(screen: Desktop, folder: Path) -> Path:
    """The text as the bureau returns it: exported by keyboard, commented in Word's way."""
    screen.keys("ctrl+shift+w")
    exported = save_as(screen, "导出 Word", folder / "out.docx")
    returned = folder / "returned.docx"
    returned.write_bytes(with_notes(exported.read_bytes(), REMARKS))
    return returned
