"""Chinese as clerks type it, by pinyin through a real input method: what is seen is kept, in fields and in every cell."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from models.checks.example import EXAMPLE
from models.document.template import load_template
from models.document.tree import Draft, GoalDocument, Indicator
from tests.e2e.clerk import at_work, screen_for, to_project_fields, until_stored, until_told
from tests.e2e.desktop import Desktop, needs_screen_reader
from tests.e2e.input_method import needs_pinyin
from tests.waiting import until
from ui.editor.table import indicator_edits as edits

LETTERS, WORD = ("jixiao", "mubiao"), "绩效目标"
TABLE = "绩效指标表"
EMPTY = Indicator("empty", "产出指标", "数量指标")
LAST = Indicator("last", "产出指标", "数量指标", "印发资料数量")
ROWS = (*EXAMPLE.projects[0].indicators, EMPTY, LAST)
FILLED_ROW, EMPTY_ROW, OTHER_ROW = 1, len(ROWS) - 2, 5
"""The empty one is not the last: Enter at the end of the last row begins another. The words to choose from at the filled one
do not cover the other."""
TEXTS = (edits.NAME, edits.DESCRIPTION, edits.NUMBER, edits.UNIT, edits.BASIS)
CHOICES = (
    (edits.TIER1, ("xiaoyi",), "效益指标"),
    (edits.TIER2, ("shuliang",), "数量指标"),
    (edits.SIGN, ("less", "equal"), "≤"),
)
"""Column, what is typed into it, what it chooses: the keys of a sign are no letters, and the input method makes 《 of «<»."""
SCREEN = 1366
"""Its width, within which the words to choose from stay."""
DRAFT = Draft(replace(EXAMPLE, overall_goal="", projects=(replace(EXAMPLE.projects[0], indicators=ROWS),)))

# All of these take more than a second: a window, an input method and a keyboard at a person's pace.
pytestmark = [pytest.mark.e2e, needs_screen_reader, needs_pinyin]


@pytest.fixture
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with screen_for(tmp_path_factory.mktemp("pictures"), writes_pinyin=True) as shown:
        yield shown
        shown.picture("pinyin-last")


def compose(screen: Desktop, letters: str) -> None:
    """Types a word's letters; it stands in the field underlined, the words to choose from stand below it."""
    screen.keys(*letters)
    until(screen.candidates, f"words for «{letters}»")


def write(screen: Desktop, *words: str) -> None:
    for letters in words or LETTERS:
        compose(screen, letters)
        screen.keys("space")
        until(lambda: not screen.candidates(), "the word confirmed")


def give_up(screen: Desktop, letters: str) -> None:
    compose(screen, letters)
    screen.keys("Escape")
    until(lambda: not screen.candidates(), "the word given up")


def to_cell(screen: Desktop, row: int, column: int) -> None:
    screen.keys("ctrl+Home", *["Down"] * row, *["Right"] * column)


def to_name(screen: Desktop) -> None:
    to_project_fields(screen)
    until(lambda: "项目名称" in {screen.focused()["name"], screen.focused()["label"]}, "the name of the project")


def to_table(screen: Desktop) -> None:
    screen.to_step(5)
    screen.tab_to(TABLE)


def place(screen: Desktop, row: int, column: int) -> tuple[int, int, int, int]:
    return screen.place(TABLE, f"第 {row + 1} 行 {edits.HEADERS[column]}")


def click_cell(screen: Desktop, row: int, column: int) -> None:
    left, top, width, height = place(screen, row, column)
    screen.click(left + width // 2, top + height // 2)


def click_end(screen: Desktop, name: str) -> None:
    """At the right edge of a field of one line, behind its words."""
    left, top, width, height = screen.place(name)
    screen.click(left + width - 20, top + height // 2)


def with_cell(row: Indicator, column: int, text: str) -> Indicator:
    template = load_template()
    return edits.with_cell(row, column, text, edits.Vocabulary(template.scheme(""), template.known_units))


def rows(document: GoalDocument) -> tuple[Indicator, ...]:
    return document.projects[0].indicators


def until_rows(home: Path, changed: dict[int, Indicator], what: str) -> None:
    wanted = tuple(changed.get(place, row) for place, row in enumerate(ROWS))
    until_stored(home, lambda draft: rows(draft.document) == wanted, what)


def take_back(screen: Desktop, home: Path, steps: int = 1) -> None:
    screen.keys(*["ctrl+z"] * steps)
    until_stored(home, lambda draft: draft == DRAFT, "all of it taken back")


def test_words_are_typed_into_text_line_and_search_box(screen: Desktop, tmp_path: Path) -> None:
    at_work(screen, tmp_path, DRAFT)
    screen.to_step(2)
    screen.tab_to("总体绩效目标")
    write(screen)
    until_stored(tmp_path, lambda draft: draft.document.overall_goal == WORD, "the text")
    to_name(screen)
    screen.keys("End")
    write(screen)
    name = f"{EXAMPLE.projects[0].name}{WORD}"
    until_stored(tmp_path, lambda draft: draft.document.projects[0].name == name, "the line")
    screen.keys("ctrl+f")
    until(lambda: screen.focused()["name"] == "查找", "the search box")
    screen.keys("ctrl+a")
    write(screen)
    until_told(screen, "共 6 处，在 6 个字段")
    screen.picture("pinyin-found")


@pytest.mark.parametrize("row", [FILLED_ROW, EMPTY_ROW], ids=["filled", "empty"])
def test_words_typed_on_a_selected_cell_replace_what_stood_there(screen: Desktop, tmp_path: Path, row: int) -> None:
    at_work(screen, tmp_path, DRAFT)
    to_table(screen)
    for column in TEXTS:
        to_cell(screen, row, column)
        write(screen)
        screen.picture(f"pinyin-cell-{column}")
        screen.keys("Return")
        until_rows(tmp_path, {row: with_cell(ROWS[row], column, WORD)}, f"{edits.HEADERS[column]} of the selected cell")
        take_back(screen, tmp_path)


def test_words_typed_into_an_open_cell_go_on_with_what_stands_there(screen: Desktop, tmp_path: Path) -> None:
    at_work(screen, tmp_path, DRAFT)
    to_table(screen)
    before = ROWS[FILLED_ROW]
    for column in TEXTS:
        to_cell(screen, FILLED_ROW, column)
        screen.keys("F2", "End")
        write(screen)
        screen.keys("Return")
        text = edits.cell_text(before, column, load_template().known_units)
        after = with_cell(before, column, f"{text}{WORD}")
        until_rows(tmp_path, {FILLED_ROW: after}, f"{edits.HEADERS[column]} of the open cell")
        take_back(screen, tmp_path)


@pytest.mark.parametrize("opened", [False, True], ids=["selected", "open"])
def test_letters_struck_while_the_program_is_busy_are_not_lost(screen: Desktop, tmp_path: Path, opened: bool) -> None:
    at_work(screen, tmp_path, DRAFT)
    to_table(screen)
    for column in TEXTS:
        to_cell(screen, EMPTY_ROW, column)
        screen.keys(*["F2"] * opened)
        compose(screen, LETTERS[0])
        with screen.busy():
            screen.keys("space", *LETTERS[1][:3])
        screen.keys(*LETTERS[1][3:])
        until(screen.candidates, "words")
        screen.keys("space", "Return")
        until_rows(tmp_path, {EMPTY_ROW: with_cell(EMPTY, column, WORD)}, f"both words in {edits.HEADERS[column]}")
        take_back(screen, tmp_path)


def test_words_choose_in_the_columns_that_are_lists(screen: Desktop, tmp_path: Path) -> None:
    at_work(screen, tmp_path, DRAFT)
    to_table(screen)
    for column, keys, chosen in CHOICES:
        to_cell(screen, FILLED_ROW, column)
        if column == edits.SIGN:
            screen.keys(*keys)
        else:
            write(screen, *keys)
        screen.keys("Return")
        changed = with_cell(ROWS[FILLED_ROW], column, chosen)
        until_rows(tmp_path, {FILLED_ROW: changed}, f"{edits.HEADERS[column]} chosen")
        take_back(screen, tmp_path)
    to_cell(screen, FILLED_ROW, edits.TIER1)
    write(screen, LETTERS[0])
    until_told(screen, f"「{WORD[:2]}」不在这一列的选项里，没有填入")
    screen.picture("pinyin-no-choice")


def test_a_click_on_another_row_keeps_the_word_and_the_next_one_goes_to_that_row(
    screen: Desktop, tmp_path: Path
) -> None:
    at_work(screen, tmp_path, DRAFT)
    to_table(screen)
    for column in TEXTS:
        to_cell(screen, FILLED_ROW, column)
        compose(screen, LETTERS[0])
        click_cell(screen, OTHER_ROW, column)
        until(lambda: not screen.candidates(), "the words to choose from gone")
        screen.picture(f"pinyin-clicked-{column}")
        changed = {FILLED_ROW: with_cell(ROWS[FILLED_ROW], column, "绩效")}
        until_rows(tmp_path, changed, f"{edits.HEADERS[column]} of the row that was left")
        write(screen, LETTERS[1])
        screen.keys("Return")
        changed[OTHER_ROW] = with_cell(ROWS[OTHER_ROW], column, "目标")
        until_rows(tmp_path, changed, f"{edits.HEADERS[column]} of the row clicked")
        take_back(screen, tmp_path, 2)


def stand_at(screen: Desktop, cell: tuple[int, int, int, int]) -> bool:
    """Whether the words to choose from do; a busy machine shows them for a moment where the last ones stood."""
    found = screen.candidates()
    if not found:
        return False
    (left, top, width, height), (x, y, wide, _high) = cell, found
    return min(left, SCREEN - wide) <= x <= left + width + height and top <= y <= top + 2 * height


def test_the_words_to_choose_from_stand_at_the_cell(screen: Desktop, tmp_path: Path) -> None:
    at_work(screen, tmp_path, DRAFT)
    to_table(screen)
    for column in range(edits.COLUMN_COUNT):
        to_cell(screen, FILLED_ROW, column)
        cell = place(screen, FILLED_ROW, column)
        compose(screen, LETTERS[0])
        until(partial(stand_at, screen, cell), f"the words to choose from at {edits.HEADERS[column]}")
        screen.picture(f"pinyin-candidates-{column}")
        give_up(screen, LETTERS[1])
        screen.keys("Escape")


def test_a_click_keeps_what_is_composed_in_a_field(screen: Desktop, tmp_path: Path) -> None:
    at_work(screen, tmp_path, DRAFT)
    to_name(screen)
    name = EXAMPLE.projects[0].name
    screen.keys("End")
    compose(screen, LETTERS[0])
    click_end(screen, "项目名称")
    until_stored(tmp_path, lambda draft: draft.document.projects[0].name == f"{name}绩效", "the word in the line")
    compose(screen, LETTERS[1])
    click_end(screen, "其他资金")
    until_stored(
        tmp_path, lambda draft: draft.document.projects[0].name == f"{name}{WORD}", "the word of the line left"
    )
    screen.tab_to("资金用途")
    use = EXAMPLE.projects[0].fund_use
    screen.keys("ctrl+End")
    compose(screen, LETTERS[0])
    click_end(screen, "资金用途")
    until_stored(tmp_path, lambda draft: draft.document.projects[0].fund_use == f"{use}绩效", "the word in the text")


def test_a_selection_is_back_when_the_word_over_it_is_given_up(screen: Desktop, tmp_path: Path) -> None:
    at_work(screen, tmp_path, DRAFT)
    to_name(screen)
    for field in ("项目名称", "资金用途"):
        if screen.focused()["label"] != field:
            screen.tab_to(field)
        before = screen.text(field)
        screen.keys("ctrl+a")
        give_up(screen, LETTERS[0])
        assert before
        until(lambda field=field, before=before: screen.text(field) == before, "the words again")
    to_table(screen)
    for column in TEXTS:
        to_cell(screen, FILLED_ROW, column)
        give_up(screen, LETTERS[0])
        screen.keys("Return")
        to_cell(screen, FILLED_ROW, column)
        screen.keys("F2", "ctrl+a")
        give_up(screen, LETTERS[0])
        screen.keys("Return")
    to_cell(screen, EMPTY_ROW, edits.NAME)
    write(screen)
    screen.keys("Return")
    until_stored(
        tmp_path,
        lambda draft: draft.document == with_empty_row(DRAFT.document, replace(EMPTY, name=WORD)),
        "that one word and nothing else",
    )


def with_empty_row(document: GoalDocument, row: Indicator) -> GoalDocument:
    """The document with that row in place of the empty one."""
    return replace(document, projects=(replace(document.projects[0], indicators=(*ROWS[:EMPTY_ROW], row, LAST)),))


def with_rows(wanted: tuple[Indicator, ...]) -> GoalDocument:
    """The example with these rows alone."""
    document = DRAFT.document
    return replace(document, projects=(replace(document.projects[0], indicators=wanted),))


def test_the_hint_of_an_empty_text_does_not_show_through_what_is_composed(screen: Desktop, tmp_path: Path) -> None:
    at_work(screen, tmp_path, DRAFT)
    screen.to_step(2)
    screen.tab_to("总体绩效目标")
    left, top, width, _height = screen.place("总体绩效目标")
    hint = (left + width // 4, top + 8, width // 2, 16)  # of its first line, well beside the word's own place
    until(lambda: colours(screen, hint) > 1, "the hint")
    compose(screen, LETTERS[0])
    until(lambda: colours(screen, hint) == 1, "no hint")
    screen.picture("pinyin-hint-hidden")
    screen.keys("Escape")
    until(lambda: colours(screen, hint) > 1, "the hint again")


def colours(screen: Desktop, place: tuple[int, int, int, int]) -> int:
    """How many there are in that part of the screen: one where nothing is written."""
    left, top, width, height = place
    command = [
        "convert",
        str(screen.picture("pinyin-hint")),
        "-crop",
        f"{width}x{height}+{left}+{top}",
        "-format",
        "%k",
    ]
    return int(subprocess.run([*command, "info:"], capture_output=True, text=True, check=True, timeout=30).stdout)


def test_a_whole_row_and_a_goal_are_written_in_chinese_by_keys_alone(screen: Desktop, tmp_path: Path) -> None:
    """Composed words, the list of suggestions, a number, and the list of bases, one after the other."""
    ending = with_rows(ROWS[: EMPTY_ROW + 1])
    at_work(screen, tmp_path, replace(DRAFT, document=ending))
    to_table(screen)
    to_cell(screen, EMPTY_ROW, edits.NAME)
    write(screen, "peixun")
    screen.keys("Down", "Return")
    screen.keys("1", "2", "Tab")
    write(screen, "jihua")
    screen.keys("Down", "Return")

    def is_written(draft: Draft) -> bool:
        row = rows(draft.document)[EMPTY_ROW]
        return (
            row.name.startswith("培训") and "12" in row.value and row.basis.startswith("计划") and bool(row.description)
        )

    found = until_stored(tmp_path, is_written, "the row by suggestions")
    assert len(rows(found.document)) == len(rows(ending)) + 1, "the cursor is in the name of a new row"
    screen.picture("pinyin-row")
    write(screen, "mubiao")
    until_stored(tmp_path, lambda draft: rows(draft.document)[-1].name == "目标", "the first word of the row after it")
    screen.keys("Escape", "Escape")
    to_project_fields(screen)
    screen.tab_to("绩效目标 2")
    screen.keys("ctrl+End", "Return")
    write(screen)
    until_stored(tmp_path, lambda draft: draft.document.projects[0].goals[-1] == WORD, "a goal of its own")
