"""The main job by keyboard alone: a real text in, edited, exported, the process killed, and nothing lost."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from importers.import_files import read_file
from importers.json_reader import read_package
from models.document.tree import GoalDocument
from tests import words
from tests.e2e.clerk import to_project_fields, until_told
from tests.e2e.desktop import Desktop, desktop, needs_screen_reader
from tests.shared import CHECKOUT, SEEDS, TEXTS
from tests.waiting import until

SOURCE = (SEEDS or TEXTS)[2]
SENTENCE = "全年任务。"
INDICATOR = "新增设备台数"


def stored(home: Path) -> GoalDocument | None:
    """What is on the disk of the one draft, read by a process of its own; None while there is none."""
    code = (
        "import sys; from pathlib import Path; from models.store import open_store; from exporters.json_writer import write_package\n"
        "store = open_store(Path(sys.argv[1]))\n"
        "sys.stdout.buffer.write(write_package(store.load(store.list()[0].id)) if store.list() else b'')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(home / "goalform.db")], capture_output=True, check=False, cwd=CHECKOUT
    )
    if done.returncode or not done.stdout:
        return None
    return read_package(done.stdout, "stored").document


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    pictures = Path(os.environ.get("GOALFORM_PICTURES", tmp_path))
    pictures.mkdir(parents=True, exist_ok=True)
    with desktop(pictures, read_out=True) as shown:
        shown.put_on_keys(SENTENCE + INDICATOR)
        yield shown
        shown.picture("last")


# More than a second: a window, a window manager and a keyboard at a person's pace.
@needs_screen_reader
@pytest.mark.e2e
def test_a_text_is_imported_edited_exported_and_survives_a_kill(screen: Desktop, tmp_path: Path) -> None:
    home, before = tmp_path / "数据", read_file(SOURCE).draft.document
    screen.start(home)
    import_file(screen, SOURCE)
    write_a_sentence(screen)
    change_the_budget(screen)
    add_an_indicator(screen)

    def is_stored(document: GoalDocument) -> bool:
        found = stored(home)
        return found is not None and found.projects == document.projects and found.overall_goal == document.overall_goal

    screen.picture("edited")
    edited = until(lambda: edited_document(home), "the edits in the database")
    screen.keys("ctrl+z")
    until(lambda: len((stored(home) or before).projects[0].indicators[-1].name) == 0, "the name of the new row undone")
    screen.keys("ctrl+y")
    until(lambda: is_stored(edited), "the undone step done again")
    word, excel = tmp_path / "export.docx", tmp_path / "export.xlsx"
    export(screen, "ctrl+shift+w", "导出 Word", word)
    until_told(screen, f"已导出：{word}")  # until then the next one is refused
    export(screen, "ctrl+shift+e", "导出 Excel", excel)
    screen.to_step(5)
    screen.picture("main-job")
    screen.kill()

    screen.start(home)
    screen.keys("Return")
    screen.wait_for_window(before.unit.name)
    screen.picture("main-job-again")
    assert stored(home) == edited
    check(before, edited)
    rows = words.of_word(word.read_bytes())
    assert any(isinstance(row, tuple) and INDICATOR in row for row in rows)
    assert words.lost_in_excel(rows, excel.read_bytes()) == []


def import_file(screen: Desktop, source: Path) -> None:
    screen.keys("ctrl+o")
    screen.wait_for_window("导入文件")
    screen.paste(str(source))  # in one piece: the box completes what is typed letter by letter
    screen.keys("Return")
    screen.wait_for_window("导入结果")
    screen.keys("Return")
    screen.wait_for_window("年 ")


def write_a_sentence(screen: Desktop) -> None:
    screen.to_step(2)
    screen.keys("ctrl+Home")
    screen.type(SENTENCE)


def change_the_budget(screen: Desktop) -> None:
    to_project_fields(screen)
    screen.tab_to("预算数")
    screen.type("19.50")


def add_an_indicator(screen: Desktop) -> None:
    """A row after the last, its tiers from the dropdowns, its value in three parts."""
    screen.tab_to("绩效指标表")
    screen.keys("ctrl+End", "Tab", "shift+Tab", "shift+Tab")
    screen.keys("F2", "Home", "Return", "Tab")
    screen.keys("F2", "Home", "Return", "Tab")
    screen.type(INDICATOR)
    screen.keys("Tab")


def edited_document(home: Path) -> GoalDocument | None:
    found = stored(home)
    return found if found and found.projects[0].indicators[-1].name == INDICATOR else None


def export(screen: Desktop, keys: str, title: str, target: Path, seen_as: Path | None = None) -> None:
    """`seen_as`: the path of the target here, where the program runs in a root of its own."""
    screen.keys(keys)
    if "还有错误" in until(lambda: next((one for one in (title, "还有错误") if one in screen.title()), ""), title):
        screen.keys("Return")
    screen.wait_for_window(title)
    screen.keys("ctrl+a")
    screen.paste(str(target))
    screen.keys("Return")
    until((seen_as or target).exists, f"the file {target.name}")


def check(before: GoalDocument, after: GoalDocument) -> None:
    """Exactly the edits, and nothing else."""
    first, changed = before.projects[0], after.projects[0]
    assert after.overall_goal == SENTENCE + before.overall_goal
    assert (changed.budget, changed.indicators[:-1]) == ("19.50", first.indicators)
    assert (changed.indicators[-1].tier1, changed.indicators[-1].tier2) == ("产出指标", "数量指标")
    assert after.projects[1:] == before.projects[1:]
    assert (after.sub_goals, after.safeguards, after.headings) == (before.sub_goals, before.safeguards, before.headings)
