"""Chinese typed by pinyin into the table of results, as into the indicator table: by keys alone, and with a click between."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.document.tree import Draft, IndicatorResult
from tests.e2e.clerk import at_work, screen_for, until_stored, until_told
from tests.e2e.desktop import Desktop, needs_screen_reader
from tests.e2e.input_method import needs_pinyin
from tests.e2e.menus import choose
from tests.e2e.test_pinyin import compose, give_up, write
from tests.models.reports.drafts_with_reports import DRAFT
from tests.waiting import until

TABLE = "指标完成情况"
FIELDS = {4: "actual", 5: "expected", 7: "reason", 9: "remark"}
"""The columns that are typed into, with what they hold."""
WORD = "绩效目标"

# All of these take more than a second: a window, an input method and a keyboard at a person's pace.
pytestmark = [pytest.mark.e2e, needs_screen_reader, needs_pinyin]


@pytest.fixture
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with screen_for(tmp_path_factory.mktemp("pictures"), writes_pinyin=True) as shown:
        yield shown
        shown.picture("pinyin-results-last")


@pytest.fixture
def table(screen: Desktop, tmp_path: Path) -> Desktop:
    """The indicators of a 监控 that has just begun."""
    at_work(screen, tmp_path, Draft(DRAFT.document))
    choose(screen, "绩效运行监控")
    until_told(screen, "截至月份")
    screen.tab_to(TABLE)
    return screen


def to_cell(screen: Desktop, row: int, column: int) -> None:
    screen.keys("ctrl+Home", *["Down"] * row, *["Right"] * column)


def result(draft: Draft, row: int) -> IndicatorResult | None:
    found = draft.reports[0].projects[0].indicators if draft.reports and draft.reports[0].projects else ()
    wanted = draft.document.projects[0].indicators[row].id
    return next((one for one in found if one.indicator_id == wanted), None)


def until_written(home: Path, row: int, field: str, text: str) -> None:
    def is_so(draft: Draft) -> bool:
        found = result(draft, row)
        return found is not None and str(getattr(found, field)) == text

    until_stored(home, is_so, f"«{text}» as {field} of row {row + 1}")


def test_words_typed_on_a_selected_cell_replace_what_stood_there(table: Desktop, tmp_path: Path) -> None:
    for column, field in FIELDS.items():
        for words, text in (((), WORD), (("mubiao",), "目标")):
            to_cell(table, 1, column)
            write(table, *words)
            table.keys("Return")
            until_written(tmp_path, 1, field, text)
    table.picture("pinyin-results-written")


def test_an_open_cell_goes_on_and_a_word_given_up_leaves_it(table: Desktop, tmp_path: Path) -> None:
    for column, field in FIELDS.items():
        to_cell(table, 0, column)
        write(table, "jixiao")
        table.keys("Return")
        to_cell(table, 0, column)
        table.keys("F2", "End")
        write(table, "mubiao")
        give_up(table, "jixiao")
        table.keys("Return")
        until_written(tmp_path, 0, field, WORD)


def test_a_click_on_another_row_keeps_the_word_and_the_next_one_goes_to_that_row(
    table: Desktop, tmp_path: Path
) -> None:
    to_cell(table, 0, 7)
    compose(table, "jixiao")
    left, top, width, height = table.place(TABLE, "第 4 行 原因说明")
    table.click(left + width // 2, top + height // 2)
    until(lambda: not table.candidates(), "the words to choose from gone")
    until_written(tmp_path, 0, "reason", "绩效")
    write(table, "mubiao")
    table.keys("Return")
    until_written(tmp_path, 3, "reason", "目标")


def test_a_word_chooses_in_a_list(table: Desktop, tmp_path: Path) -> None:
    to_cell(table, 0, 8)
    write(table, "queding")
    table.keys("Return")
    until_written(tmp_path, 0, "likelihood", "确定能")
