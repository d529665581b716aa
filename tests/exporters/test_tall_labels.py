"""The label beside a row of several pages is named on each of them, in Word too, typed once, and is one again when read."""

from dataclasses import replace
from pathlib import Path

import pytest

from exporters.export_files import file_bytes
from exporters.form_files import form_bytes
from exporters.paginate import page_ends, paginate
from exporters.placed_pages import PlacedLine
from exporters.word import write_word
from importers.import_files import read_file
from models.document.blocks import Role, Row, Table
from models.document.tree import Draft, Indicator
from models.forms.form_definition import load_project_forms
from tests.exporters.libreoffice import convert, needs_libreoffice
from tests.exporters.samples import TEMPLATE, cell, document, project
from tests.exporters.test_repeated_labels import SETTINGS, part, read_rows, without_ids
from tests.exporters.test_tall_rows import many_rows, tall
from tests.wordprocessingml import faults

SENTENCES = "，".join(f"第{number}批农机作业补助按核实面积兑付到户" for number in range(400))
ROW = Indicator("tall", "产出指标", "数量指标", "补助面积", "按村核实作业面积。" * 40, "≥100亩", "计划")


def table(before: int, count: int, label: str = "项目绩效目标") -> Table:
    above = tuple(Row((cell("上"), cell("值"))) for _ in range(before))
    return Table((*above, tall(count, label), Row((cell("下"), cell("值")))), (1190, 4000))


def tiered(place: int = 2) -> Table:
    """A tier over five rows, of which one is taller than a page."""
    rows = [Row((cell("值"),)) for _ in range(5)]
    rows[place] = Row(tall(80).cells[1:])
    first = Row((cell("服务对象满意度指标", rowspan=5, role=Role.CELL_LABEL), *rows[0].cells))
    return Table((first, *rows[1:]), (1190, 4000))


def named(given: Table, words: str) -> list[list[bool]]:
    """Of each page the lines that hold these words: whether they name a label again."""

    def holds(line: PlacedLine) -> bool:
        return "".join(run.text for run in line.runs) == words

    return [[line.again for line in page.lines if holds(line)] for page in paginate((given,), TEMPLATE)]


def test_word_types_the_label_once_and_draws_it_on_every_page() -> None:
    data = write_word((table(10, 90),), TEMPLATE)
    shown = part(data, "word/document.xml")
    assert named(table(10, 90), "项目绩效目标") == [[False], [True], [True]]
    assert shown.count("项目绩效目标</w:t>") == 1
    numbering = part(data, "word/numbering.xml")
    assert numbering.count('w:lvlText w:val="项目绩效目标"') == 1
    assert numbering.count('w:lvlText w:val=""') == 1
    assert faults(data) == []


@pytest.mark.parametrize("before", [0, 1, 10, 31, 32, 33])
def test_it_is_one_cell_of_the_same_words_when_read(before: int) -> None:
    given = table(before, 90)
    lines = "\n".join(f"第{number}句" for number in range(90))
    assert read_rows(write_word((given,), TEMPLATE))[before] == (("项目绩效目标", 1), (lines, 1))


@pytest.mark.parametrize("place", range(5))
def test_a_tier_over_a_tall_row_is_named_above_beside_and_below_it(place: int) -> None:
    given = tiered(place)
    sides = sum((place > 0, 1, place < 4))
    found = named(given, "意度指标")
    assert [len(lines) for lines in found] == [1 + (place > 0), len(found[1]), 1 + (place < 4)][: len(found)]
    assert sum(map(len, found)) == sides + len(page_ends((given,), TEMPLATE).tall[0][place]) - 1
    assert sum(not again for lines in found for again in lines) == 1
    assert read_rows(write_word((given,), TEMPLATE))[0][0] == ("服务对象满意度指标", 5)
    assert faults(write_word((given,), TEMPLATE)) == []


def test_a_part_without_room_for_the_label_is_left_blank() -> None:
    given = table(33, 90, "服务对象满意度指标")
    assert named(given, "意度指标") == [[], [False], [True], [True]]
    assert part(write_word((given,), TEMPLATE), "word/document.xml").count("服务对象满意度指标</w:t>") == 1


def tall_text() -> Draft:
    rows = (*many_rows(4), ROW, *many_rows(6))
    long = project(fund_use=SENTENCES, indicators=tuple(replace(row, id=f"i{place}") for place, row in enumerate(rows)))
    return Draft(replace(document(1), projects=(replace(long, goals=("提高水平，" * 500,)),)), SETTINGS)


@pytest.mark.parametrize("form", [None, *load_project_forms()], ids=lambda form: form.id if form else "text")
def test_texts_with_rows_of_several_pages_come_back(form: object, tmp_path: Path) -> None:
    draft = tall_text()
    file = tmp_path / "表.docx"
    file.write_bytes(file_bytes(draft, ".docx") if form is None else form_bytes(draft, form, ".docx"))  # type: ignore[arg-type]
    found = read_file(file).draft.document
    assert part(file.read_bytes(), "word/numbering.xml").count('w:lvlText w:val=""') == 1
    assert found.projects[0].goals == draft.document.projects[0].goals
    if form is None:
        assert without_ids(found) == without_ids(draft.document)
        assert found.projects[0].fund_use == SENTENCES
    else:
        assert [row[:3] for row in without_ids(found)] == [row[:3] for row in without_ids(draft.document)]


@needs_libreoffice
def test_they_do_after_libreoffice_saved_them(tmp_path: Path) -> None:
    draft = tall_text()
    file = tmp_path / "文本.docx"
    file.write_bytes(file_bytes(draft, ".docx"))
    (saved,) = convert([file], tmp_path / "out", "docx")
    found = read_file(saved).draft.document
    assert without_ids(found) == without_ids(draft.document)
    assert (found.projects[0].fund_use, found.projects[0].goals) == (SENTENCES, draft.document.projects[0].goals)


def test_words_far_too_long_for_a_label_are_written_once() -> None:
    given = tiered()
    long = cell("甲\ud800乙" * 2000, rowspan=5, role=Role.CELL_LABEL)
    given = replace(given, rows=(Row((long, *given.rows[0].cells[1:])), *given.rows[1:]))
    data = write_word((given,), TEMPLATE)
    assert part(data, "word/numbering.xml") == ""
    assert read_rows(data)[0][0] == ("甲乙" * 2000, 5)


def test_a_label_no_file_can_hold_whole_is_named_by_what_it_can() -> None:
    data = write_word((table(3, 90, "目\ud800标"),), TEMPLATE)
    assert 'w:lvlText w:val="目标"' in part(data, "word/numbering.xml")
