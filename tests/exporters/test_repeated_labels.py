"""Labels of merged cells are named again where a page ends inside the cell, and are one cell again when the file is read."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.parser import parse_xml

from exporters.build import build
from exporters.export_files import file_bytes
from exporters.form_files import form_bytes
from exporters.paginate import page_ends, paginate
from exporters.word import write_word
from exporters.word_base import W, base_file
from importers.import_files import read_file
from importers.word.word_reader import read_word
from models.document.blocks import Role, Row, Table
from models.document.tree import Draft, GoalDocument, Settings
from models.forms.form_definition import load_project_forms
from tests.exporters.libreoffice import convert, needs_libreoffice
from tests.exporters.samples import TEMPLATE, cell, document, project
from tests.exporters.test_tall_rows import many_rows
from tests.wordprocessingml import faults

LONG = replace(document(1), projects=(replace(project(), indicators=many_rows(60)),))
SETTINGS = Settings(cover=False, contents=False, font_scheme="noto")


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode() if name in archive.namelist() else ""


def label_table(rows: int, words: str = "服务对象满意度指标", before: int = 0) -> Table:
    """A label over so many rows of one line, below others."""
    first = Row((cell(words, rowspan=rows, role=Role.CELL_LABEL), cell("值")))
    above = tuple(Row((cell("上"), cell("值"))) for _ in range(before))
    return Table((*above, first, *(Row((cell("值"),)) for _ in range(rows - 1))), (1190, 3000))


def read_rows(data: bytes) -> list[tuple[tuple[str, int], ...]]:
    """Of each row of the last table the words and the height of its cells."""
    table = [block for block in read_word(data, "a.docx").blocks if isinstance(block, Table)][-1]
    return [tuple((each.text, each.rowspan) for each in row.cells) for row in table.rows]


def without_ids(text: GoalDocument) -> list[tuple[str, ...]]:
    rows = [row for each in text.projects for row in each.indicators]
    return [(row.tier1, row.tier2, row.name, row.description, row.value, row.basis) for row in rows]


def test_a_tier_is_drawn_again_as_a_list_and_typed_once() -> None:
    data = file_bytes(Draft(LONG, SETTINGS), ".docx")
    pages = len(paginate(build(LONG, TEMPLATE, SETTINGS), TEMPLATE)) - 1
    shown = part(data, "word/document.xml")
    assert shown.count(">产出指标<") == 1
    assert shown.count('<w:vMerge w:val="restart"/>') == 4 + 2 * (pages - 1)  # 4: the tiers and two labels above them
    assert 'w:lvlText w:val="产出指标"' in part(data, "word/numbering.xml")
    assert shown.count("<w:numPr>") == 2 * (pages - 1)
    assert faults(data) == []


def test_a_text_whose_labels_end_with_their_pages_has_no_lists() -> None:
    assert part(file_bytes(Draft(document(2), SETTINGS), ".docx"), "word/numbering.xml") == ""


def test_what_was_parted_is_one_cell_again_when_read() -> None:
    table = label_table(80)
    assert read_rows(write_word((table,), TEMPLATE))[0] == (("服务对象满意度指标", 80), ("值", 1))


def test_a_text_comes_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "文本.docx"
    file.write_bytes(file_bytes(Draft(LONG, SETTINGS), ".docx"))
    assert without_ids(read_file(file).draft.document) == without_ids(LONG)


@pytest.mark.parametrize("form", load_project_forms(), ids=lambda form: form.id)
def test_so_does_a_form(form: object, tmp_path: Path) -> None:
    file = tmp_path / "表.docx"
    file.write_bytes(form_bytes(Draft(LONG, SETTINGS), form, ".docx"))  # type: ignore[arg-type]
    found = read_file(file).draft.document
    assert [(row[0], row[1], row[2]) for row in without_ids(found)] == [row[:3] for row in without_ids(LONG)]
    assert found.projects[0].goals == LONG.projects[0].goals


@needs_libreoffice
def test_it_does_after_libreoffice_saved_it(tmp_path: Path) -> None:
    file = tmp_path / "文本.docx"
    file.write_bytes(file_bytes(Draft(LONG, SETTINGS), ".docx"))
    (saved,) = convert([file], tmp_path / "out", "docx")
    assert without_ids(read_file(saved).draft.document) == without_ids(LONG)


def test_what_somebody_types_into_the_second_part_is_kept() -> None:
    opened = docx.Document(io.BytesIO(write_word((label_table(80),), TEMPLATE)))
    again = next(node for node in opened.element.body.iter(f"{{{W}}}p") if node.find(f".//{{{W}}}numPr") is not None)
    again.append(parse_xml(f'<w:r xmlns:w="{W}"><w:t>另写的</w:t></w:r>'))
    saved = io.BytesIO()
    opened.save(saved)
    assert any("另写的" in words for row in read_rows(saved.getvalue()) for words, _ in row)


def test_both_parts_have_room_for_their_words() -> None:
    """Where the page ends after the first of its rows, that row grows by what the label lacks."""
    tall = Row((cell("值\n值\n值"),))
    table = label_table(3, before=31)
    table = replace(table, rows=(*table.rows[:32], tall, tall))
    assert ends(table) == {32}
    assert label_parts(table)[:2] == [["服务对象满", "意度指标"]] * 2


def test_a_label_without_room_on_its_first_page_stands_whole_on_the_next() -> None:
    table = label_table(6, before=33)
    assert label_parts(table) == [[], ["服务对象满", "意度指标"]]
    assert ends(table) == set()


@pytest.mark.parametrize("before", range(28, 36))
@pytest.mark.parametrize("words", ["服务对象满意度指标", "社会效益和可持续发展影响类指标"])
def test_no_page_ends_below_a_label_that_has_no_room_on_it(words: str, before: int) -> None:
    table = label_table(6, words, before=before)
    lines = -(-len(words) // 5)
    assert {len(part) for part in label_parts(table)} <= {0, lines}
    pushed = page_ends((table,), TEMPLATE).pushed.get(0, {})
    shown = part(write_word((table,), TEMPLATE), "word/document.xml")
    assert shown.count("<w:trHeight") == len(pushed) <= 1
    for row, height in pushed.items():
        assert row >= before
        assert shown.count(f'<w:trHeight w:val="{height * 20:.0f}" w:hRule="atLeast"/>') == 1
        rows = [{line.top for line in page.lines if line.block >= 0} for page in paginate((table,), TEMPLATE)]
        assert len(rows[0]) == row
    assert read_rows(write_word((table,), TEMPLATE))[before][0] == (words, 6)


def label_parts(table: Table) -> list[list[str]]:
    """The lines of the label on each page."""
    pages = paginate((table,), TEMPLATE)
    return [
        [line.runs[0].text for line in page.lines if line.runs and len(line.runs[0].text) > 3 and line.block >= 0]
        for page in pages
    ]


def ends(table: Table) -> set[int]:
    return set(page_ends((table,), TEMPLATE).parted.get(0, ()))


@pytest.mark.parametrize("words", ["达到%1的指标", ""])
def test_words_no_list_can_draw_stay_in_one_cell(words: str) -> None:
    assert ends(label_table(60, words)) == set()
    assert part(write_word((label_table(60, words),), TEMPLATE), "word/numbering.xml") == ""


def test_lists_of_the_users_own_base_stay(tmp_path: Path) -> None:
    own = tmp_path / "base.docx"
    opened = docx.Document()  # python-docx's own file has lists
    shipped = docx.Document(str(base_file(TEMPLATE.id)))
    for style in shipped.styles.element.style_lst:
        opened.styles.element.append(style)
    opened.save(str(own))
    before = part(own.read_bytes(), "word/numbering.xml")
    found = part(write_word((label_table(80),), TEMPLATE, base=own), "word/numbering.xml")
    assert before.count("<w:num ") > 0
    assert found.count("<w:num ") == before.count("<w:num ") + 2
    assert "服务对象满" in found
    numbers = [node.get(f"{{{W}}}numId") for node in parse_xml(found.encode()).iter(f"{{{W}}}num")]
    assert len(numbers) == len(set(numbers))


def test_a_label_drawn_narrower_is_so_again() -> None:
    """LibreOffice looks at the end of the paragraph, Word at the list."""
    data = write_word((label_table(60, "经济效益指标"),), TEMPLATE)
    again = part(data, "word/document.xml").split("<w:numPr>")[1]
    (percent,) = {each.split('"')[1] for each in again.split("</w:pPr>")[0].split("<w:rPr><w:w w:val=")[1:]}
    assert 80 <= int(percent) < 100
    assert f'<w:w w:val="{percent}"/>' in part(data, "word/numbering.xml")
