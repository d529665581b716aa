"""Headings of units in part two: which projects have one, where it stands, which files hold it and what an import makes of it."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from exporters.build import build
from exporters.export_files import file_bytes, write_file, write_project
from exporters.page_maker import PageMaker
from exporters.paginate import paginate
from exporters.placed_pages import Page
from importers.clipboard import read_clipboard
from importers.import_files import Imported, read_file
from importers.report import Kind
from models.document.blocks import Block, PageBreak, Paragraph, Role, Table
from models.document.tree import Draft, GoalDocument, Items, Settings, Unit, without_ids
from tests.exporters.samples import TEMPLATE, document
from tests.exporters.test_page_maker import whole, without_blocks

STATION, BUREAU, FARM = (
    Unit("618001", "云泽县农业技术推广站"),
    Unit("", "云泽县农业农村局"),
    Unit("618003", "云泽县农机监理所"),
)
WANTED = Settings(unit_headings=True)


def text_of(*units: Unit) -> GoalDocument:
    """A department's text, one project for each of these."""
    text = document(len(units))
    projects = (replace(project, unit=unit) for project, unit in zip(text.projects, units, strict=True))
    return replace(text, unit=BUREAU, projects=tuple(projects))


def headings(blocks: tuple[Block, ...]) -> list[str]:
    """The headings of units, each with what follows it at once."""
    return [
        f"{block.text}｜{following.text if isinstance(following, Paragraph) else ''}"
        for block, following in pairwise(blocks)
        if isinstance(block, Paragraph) and block.role is Role.UNIT
    ]


def read(draft: Draft, file: Path) -> Imported:
    write_file(draft, file)
    return read_file(file)


def words(page: Page) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in page.lines]


def test_a_heading_stands_before_the_first_project_of_each_run() -> None:
    text = text_of(STATION, STATION, BUREAU, FARM, FARM, STATION)
    assert headings(build(text, TEMPLATE, WANTED)) == [
        "618001云泽县农业技术推广站｜1.农技推广项目1绩效目标表",
        "云泽县农业农村局｜3.农技推广项目3绩效目标表",
        "618003云泽县农机监理所｜4.农技推广项目4绩效目标表",
        "618001云泽县农业技术推广站｜6.农技推广项目6绩效目标表",
    ]


def test_without_the_setting_the_page_is_as_before() -> None:
    text = text_of(STATION, BUREAU)
    assert headings(build(text, TEMPLATE, Settings())) == []
    bare = [block for block in build(text, TEMPLATE, WANTED) if getattr(block, "role", None) is not Role.UNIT]
    assert tuple(bare) == build(text, TEMPLATE, Settings())


def test_a_unit_without_words_has_no_heading_and_parts_its_neighbours() -> None:
    text = text_of(STATION, Unit(), STATION, Unit("", "　"))
    assert [line.partition("｜")[0] for line in headings(build(text, TEMPLATE, WANTED))] == [
        "618001云泽县农业技术推广站"
    ] * 2


def test_units_written_alike_are_one() -> None:
    alike = (STATION, Unit("", "618001云泽县农业技术推广站"), Unit("618001", " 云泽县农业技术推广站"))
    assert len(headings(build(text_of(*alike), TEMPLATE, WANTED))) == 1


def test_the_words_of_a_heading_lead_to_the_unit_of_its_project() -> None:
    (heading,) = [
        block for block in build(text_of(STATION), TEMPLATE, WANTED) if getattr(block, "role", "") == Role.UNIT
    ]
    assert isinstance(heading, Paragraph)
    assert [span.path for span in heading.spans] == ["projects[p1].unit.code", "projects[p1].unit.name"]


def test_a_heading_begins_the_page_of_its_project() -> None:
    blocks = build(text_of(STATION, FARM), TEMPLATE, WANTED)
    place = next(at for at, block in enumerate(blocks) if getattr(block, "text", "") == "618003云泽县农机监理所")
    assert isinstance(blocks[place - 1], PageBreak)
    assert isinstance(blocks[place + 2], Table)


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    settings = replace(WANTED, cover=False, contents=False, new_page_per_project=False)
    for rows in range(1, 30):  # the second project begins a line lower each time
        text = text_of(STATION, FARM)
        first = replace(text.projects[0], fund_use="\n".join(["用途"] * rows))
        pages = paginate(build(replace(text, projects=(first, text.projects[1])), TEMPLATE, settings), TEMPLATE)
        (page,) = [
            page
            for page in pages
            if "618003云泽县农机监理所" in words(page)[:-1] and any("2.农技" in line for line in words(page))
        ]
        lines = words(page)
        title = next(at for at, line in enumerate(lines) if "2.农技" in line)
        assert lines[title - 1] == "618003云泽县农机监理所"
        assert "单位：万元" in lines[title:]


def test_contents_and_outline_list_units_above_their_projects() -> None:
    pages = paginate(build(text_of(STATION, STATION, FARM), TEMPLATE, replace(WANTED, cover=False)), TEMPLATE)
    found = [(heading.level, heading.title, page.number) for page in pages for heading in page.headings][6:]
    assert found == [
        (2, "618001云泽县农业技术推广站", 2),
        (3, "1.农技推广项目1绩效目标表", 2),
        (3, "2.农技推广项目2绩效目标表", 3),
        (2, "618003云泽县农机监理所", 4),
        (3, "3.农技推广项目3绩效目标表", 4),
    ]
    entries = [line.replace(".", "") for line in words(pages[0])]
    assert entries[7:] == [f"{title.replace('.', '')}{number}" for _level, title, number in found]


def test_names_of_sections_and_projects_do_not_depend_on_the_headings() -> None:
    def marks(settings: Settings) -> set[str]:
        blocks = build(text_of(STATION, FARM), TEMPLATE, settings)
        return {block.bookmark for block in blocks if isinstance(block, Paragraph) and block.bookmark}

    assert marks(WANTED) - marks(Settings()) == {"_Toc_3_3_0000000001", "_Toc_3_3_0000000002"}
    assert marks(Settings()) < marks(WANTED)


@pytest.mark.parametrize("suffix", [".docx", ".txt"])
def test_a_written_text_comes_back_whole_with_the_setting_on(suffix: str, tmp_path: Path) -> None:
    text = text_of(STATION, STATION, FARM, STATION)
    found = read(Draft(text, WANTED), tmp_path / f"部门{suffix}")
    assert without_ids(found.draft.document).projects == without_ids(text).projects
    assert found.draft.document.unplaced == ()
    assert found.draft.settings.unit_headings
    told = [note.text for note in found.report.of(Kind.FOUND) if "单位标题" in note.text]
    assert told == [
        "单位标题：3 处，与项目表中的单位相同，打印时由程序加上；新草稿已勾选「在各单位项目前加单位标题」。"
    ]


def test_without_headings_the_setting_stays_off_and_nothing_is_told(tmp_path: Path) -> None:
    found = read(Draft(text_of(STATION, FARM)), tmp_path / "部门.docx")
    assert not found.draft.settings.unit_headings
    assert not [note for note in found.report.notes if "单位标题" in note.text]


def test_excel_names_the_unit_on_each_projects_sheet_alone() -> None:
    text = text_of(STATION, FARM)
    assert file_bytes(Draft(text, WANTED), ".xlsx") == file_bytes(Draft(text), ".xlsx")


def test_one_project_alone_has_no_heading(tmp_path: Path) -> None:
    write_project(Draft(text_of(STATION, FARM), WANTED), "p2", tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith("2.农技推广项目2绩效目标表")


def with_line(line: str, before: int) -> str:
    """The text of three projects (two of one unit) with a line of somebody's own before one of them."""
    lines = file_bytes(Draft(text_of(STATION, STATION, FARM)), ".txt").decode()
    return lines.replace(f"{before}.农技", f"{line}\n{before}.农技", 1)


@pytest.mark.parametrize("line", ["618001 云泽县农业技术推广站", "  618001云泽县　农业技术推广站"])
def test_a_heading_somebody_wrote_with_blanks_is_one(line: str) -> None:
    found = read_clipboard(None, with_line(line, 1))
    assert found.draft.settings.unit_headings
    assert found.draft.document.unplaced == ()
    (told,) = [note.text for note in found.report.notes if "单位标题" in note.text]
    assert told.endswith("另有 1 处原文没有，打印时也会加上。")


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("云泽县农业技术推广站", 1),
        ("618003云泽县农机监理所", 1),
        ("618001云泽县农业技术推广站（本级）", 1),
        ("618001云泽县农业技术推广站", 2),
    ],
    ids=["other words", "another unit's", "more words", "in the midst of a unit's projects"],
)
def test_a_line_that_would_not_be_printed_there_stays_what_it_was(line: str, before: int) -> None:
    found = read_clipboard(None, with_line(line, before))
    assert found.draft.document.unplaced == (line,)
    assert not found.draft.settings.unit_headings


def test_a_heading_is_no_line_of_part_one_where_no_line_of_part_two_is_printed() -> None:
    text = text_of(STATION, FARM)
    text = replace(text, headings=replace(text.headings, part_two=None, part_two_name=None))
    page = file_bytes(Draft(text, WANTED), ".txt").decode()
    found = read_clipboard(None, page).draft
    assert found.document.safeguards.items[-1].text == text.safeguards.items[-1].text
    assert found.settings.unit_headings


@pytest.mark.parametrize("name", ["第二部分", "预算项目绩效目标", "三、工作保障措施"])
def test_a_line_of_the_form_is_no_heading_whatever_the_unit_is_called(name: str) -> None:
    text = text_of(Unit("", name))
    own = {"part_two": None, "part_two_name": None} | {
        "第二部分": {"part_two": name},
        "预算项目绩效目标": {"part_two_name": name},
    }.get(name, {})
    text = replace(text, headings=replace(text.headings, **own), safeguards=Items())
    found = read_clipboard(None, file_bytes(Draft(text), ".txt").decode()).draft
    assert (found.document.headings, found.settings.unit_headings) == (text.headings, False)


def changes() -> list[GoalDocument]:
    """One after the other: another unit, one less, one split, other words, without any."""
    return [
        text_of(STATION, STATION, FARM, FARM),
        text_of(STATION, FARM, FARM, FARM),
        text_of(STATION, FARM, FARM),
        text_of(STATION, FARM, STATION, FARM),
        text_of(STATION, replace(FARM, name="云泽县农机站"), STATION, FARM),
        text_of(Unit(), Unit(), STATION),
        text_of(),
        text_of(STATION, STATION, FARM, FARM),
    ]


@pytest.mark.parametrize("settings", [WANTED, replace(WANTED, cover=False, contents=False)])
def test_the_preview_shows_them_after_each_edit_and_each_switch(settings: Settings) -> None:
    maker = PageMaker()
    for text in changes():
        for wanted in (settings, replace(settings, unit_headings=False), settings):
            assert without_blocks(maker.pages(text, TEMPLATE, wanted)) == whole(text, wanted)


def test_other_units_projects_are_not_laid_out_again_when_a_unit_changes() -> None:
    maker = PageMaker()
    before = maker.pages(text_of(STATION, STATION, FARM, FARM), TEMPLATE, WANTED)
    after = maker.pages(text_of(STATION, STATION, FARM, replace(FARM, code="618009")), TEMPLATE, WANTED)
    same = [page for page in after if any(page is old for old in before)]
    shown = {line.path.split(".")[0] for page in same for line in page.lines if line.path and "projects" in line.path}
    assert shown == {"projects[p1]", "projects[p2]", "projects[p3]"}
