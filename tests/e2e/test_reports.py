"""监控 and 自评 from a real text in a real window, by keyboard alone: begun, filled in, written, read back to the same record."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from importers.import_files import read_file
from models.document.tree import Draft, Report
from tests.e2e.clerk import at_work, choose_files, is_shown, save_as, screen_for, until_stored, until_told
from tests.e2e.desktop import Desktop, needs_screen_reader
from tests.e2e.menus import choose
from tests.shared import SEEDS, needs_shared
from tests.waiting import until


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    with screen_for(tmp_path) as shown:
        yield shown
        shown.picture("reports-last")


def report(draft: Draft, kind: str) -> Report | None:
    return next((one for one in draft.reports if one.kind == kind), None)


def actuals(draft: Draft, kind: str) -> list[str]:
    found = report(draft, kind)
    return [one.actual for result in found.projects for one in result.indicators] if found else []


def come_back(screen: Desktop, home: Path, file: Path, kind: str) -> None:
    """The file read again into the draft it was made from: the same record."""
    before = until_stored(home, lambda draft: report(draft, kind) is not None, f"the {kind} on the disk")
    screen.keys("ctrl+o")
    choose_files(screen, "导入文件", file)
    screen.wait_for_window("导入结果")
    told = until(lambda: screen.text("导入说明"), "what was read")
    assert "没有找到" not in told
    assert "不同，用表里的" not in told
    screen.keys("Return")
    until_told(screen, "的结果填进当前草稿")
    after = until_stored(home, lambda draft: bool(actuals(draft, kind)), f"the {kind} after the import")
    old, new = report(before, kind), report(after, kind)
    assert old is not None
    assert new is not None
    assert new.id == old.id
    assert actuals(after, kind)[: len(actuals(before, kind))] == actuals(before, kind)
    assert after.document == before.document


def shown_after_a_key(screen: Desktop, text: str) -> bool:
    screen.keys("shift")
    return is_shown(screen, text)


# More than a second: a window and a keyboard at a person's pace.
def take_proposals(screen: Desktop) -> None:
    screen.wait_for_window("灰色的建议还没有采用")
    screen.keys("Return")


@needs_screen_reader
@needs_shared
@pytest.mark.e2e
def test_the_year_after_a_real_text_by_keyboard(screen: Desktop, tmp_path: Path) -> None:
    home = tmp_path / "home"
    seed = next(path for path in SEEDS if path.name.startswith("002"))
    draft = read_file(seed).draft
    at_work(screen, home, replace(draft, document=replace(draft.document, unplaced=())))

    choose(screen, "绩效自评")
    until_told(screen, "自评 · 项目 1 · 指标 1 · 实际完成值")
    for text in ("12", "95", "100"):
        screen.type(text)
        screen.keys("Return")
    until_stored(home, lambda found: actuals(found, "自评")[:3] == ["12", "95", "100"], "the results on the disk")
    screen.picture("reports-filled")
    screen.keys("ctrl+z")
    until_stored(
        home, lambda found: actuals(found, "自评")[:3] in (["12", "95"], ["12", "95", ""]), "the last one taken back"
    )
    screen.keys("ctrl+y")
    until_stored(home, lambda found: actuals(found, "自评")[:3] == ["12", "95", "100"], "and done again")
    choose(screen, "导出监控、自评 Word…")
    take_proposals(screen)
    word = save_as(screen, "导出项目支出绩效自评表", tmp_path / "self.docx")
    until_told(screen, "已导出 self.docx")
    come_back(screen, home, word, "自评")

    choose(screen, "绩效运行监控")
    until_told(screen, "截至月份")
    until(lambda: "截至月份" in screen.focused()["name"], "the cursor in the month")
    month = f"{draft.document.year}-07"
    screen.type(month)
    screen.keys("Tab")
    until_stored(home, lambda found: (one := report(found, "监控")) is not None and one.as_of == month, "the month")
    choose(screen, "绩效运行监控")
    place = "监控 · 项目 1 · 指标 1 · 实际完成值"
    # What was said of the import stays until a key is pressed once it was there to be read.
    until(lambda: shown_after_a_key(screen, place), place)
    for text in ("6", "95"):
        screen.type(text)
        screen.keys("Return")
    until_stored(home, lambda found: actuals(found, "监控")[:2] == ["6", "95"], "the monitoring on the disk")
    screen.picture("reports-monitoring")
    choose(screen, "导出监控、自评 Excel…")
    take_proposals(screen)
    excel = save_as(screen, "导出绩效运行监控表", tmp_path / "monitoring.xlsx")
    until_told(screen, "已导出 monitoring.xlsx")
    come_back(screen, home, excel, "监控")
