"""Long words on a workbook's pages: no line is cut by a page's end, what is typed comes back to the letter."""

import io
import re
import subprocess
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from exporters.export_files import file_bytes
from exporters.form_files import form_bytes
from importers.import_files import read_file
from models.document.blocks import GOES_ON_IN_SHEET
from models.document.list_head import DETAIL_SHEET
from models.document.tree import Draft, GoalDocument, Items, SubGoal
from models.forms.form_definition import load_project_forms
from tests.exporters.libreoffice import convert, needs_libreoffice
from tests.exporters.samples import document, project
from tests.exporters.test_repeated_labels import LONG, SETTINGS, without_ids

SHEET = "1.农技推广项目1"
AREA_END = 842 - 35 / 25.4 * 72 + 1  # points from a page's upper edge, where the type area ends


def numbered(count: int, gap: str = "，") -> str:
    """Words of which each piece is met once."""
    return gap.join(f"第{7000 + number}批按核实面积兑付到户" for number in range(count))


def with_fund_use(words: str) -> GoalDocument:
    return replace(document(1), projects=(project(fund_use=words),))


def with_description(words: str, place: int) -> GoalDocument:
    rows = list(LONG.projects[0].indicators)[:20]
    rows[place] = replace(rows[place], description=words)
    return replace(LONG, projects=(replace(LONG.projects[0], indicators=tuple(rows)),))


def with_goal(words: str) -> GoalDocument:
    return replace(document(1), sub_goals=Items(items=(SubGoal("s1", heading="加强水源地的保护", goal=words),)))


TEXTS = {
    "a page's rest": with_fund_use(numbered(28)),
    "nearly a page": with_fund_use(numbered(75)),
    "a little more than a page": with_fund_use(numbered(110)),
    "three pages": with_fund_use(numbered(260)),
    "a line each": with_fund_use(numbered(90, "\n")),
    "a narrow cell": with_description(numbered(20), 7),
    "a narrow cell, smaller": with_description(numbered(34), 11),
    "a narrow cell of pages": with_description(numbered(120), 3),
    "a paragraph": with_goal(numbered(150)),
    "an amount in the midst": with_fund_use("共计12,345,678.90元，".join([numbered(60)] * 3)),
}


def sheets(given: GoalDocument) -> bytes:
    return file_bytes(Draft(given, SETTINGS), ".xlsx")


def opened(given: GoalDocument) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(sheets(given)))[SHEET]


@pytest.mark.parametrize("given", TEXTS.values(), ids=list(TEXTS))
def test_the_words_come_back_to_the_letter(given: GoalDocument, tmp_path: Path) -> None:
    file = tmp_path / "文本.xlsx"
    file.write_bytes(sheets(given))
    found = read_file(file).draft.document
    assert without_ids(found) == without_ids(given)
    assert [item.goal for item in found.sub_goals.items] == [item.goal for item in given.sub_goals.items]
    assert found.unplaced == ()


@pytest.mark.parametrize("form", load_project_forms(), ids=lambda form: form.id)
def test_so_they_do_from_a_form(form: object, tmp_path: Path) -> None:
    given = with_description(numbered(120), 3)
    file = tmp_path / "表.xlsx"
    file.write_bytes(form_bytes(Draft(given, SETTINGS), form, ".xlsx"))  # type: ignore[arg-type]
    found = read_file(file).draft.document
    assert found.projects[0].goals == given.projects[0].goals
    assert [row[:3] for row in without_ids(found)] == [row[:3] for row in without_ids(given)]


def test_what_one_page_holds_is_one_cell_in_a_type_that_can_be_read() -> None:
    sizes = []
    for name in ("nearly a page", "a little more than a page"):
        words = TEXTS[name].projects[0].fund_use
        sizes += [cell.font.sz for row in opened(TEXTS[name]).iter_rows() for cell in row if cell.value == words]
    assert len(sizes) == 2
    assert sizes[0] == 10.5
    assert 8 <= sizes[1] < 10.5


def test_a_number_is_not_parted_where_words_go_on() -> None:
    for before in range(12):
        words = "字" * before + "合计12,345,678.90元" * 400
        cells = [cell.value for row in opened(with_fund_use(words)).iter_rows() for cell in row]
        parts = [str(value).removeprefix(GOES_ON_IN_SHEET) for value in cells if "345" in str(value)]
        assert len(parts) > 2
        assert "".join(parts) == words
        assert [
            one[-1] + next_one[0] for one, next_one in pairwise(parts) if re.match(r"[\d.,]{2}", one[-1] + next_one[0])
        ] == []


def printed_lines(file: Path) -> list[tuple[float, float, str]]:
    """Upper and lower edge of each word of a PDF, and the word."""
    done = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, check=True)
    found = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>', done.stdout.decode())
    return [(float(top), float(bottom), words) for top, bottom, words in found]


@needs_libreoffice
def test_libreoffice_prints_every_line_once_and_whole(tmp_path: Path) -> None:
    files = []
    for number, given in enumerate(TEXTS.values()):
        files.append(tmp_path / f"{number}.xlsx")
        book = openpyxl.load_workbook(io.BytesIO(sheets(given)))
        del book[DETAIL_SHEET]  # it holds the same words again
        book.save(files[-1])
    for name, given, printed in zip(TEXTS, TEXTS.values(), convert(files, tmp_path / "out", "pdf"), strict=True):
        lines = printed_lines(printed)
        shown = Counter(re.findall(r"(?<!\d)7\d\d\d(?!\d)", " ".join(words for _, _, words in lines)))
        text = "".join([given.projects[0].fund_use, *(row.description for row in given.projects[0].indicators)])
        wanted = Counter(
            re.findall(r"(?<!\d)7\d\d\d(?!\d)", text + "".join(str(item.goal) for item in given.sub_goals.items))
        )
        assert shown == wanted, name
        assert [
            words for _, bottom, words in lines if bottom > AREA_END and "—" not in words and not words.isdigit()
        ] == [], name
