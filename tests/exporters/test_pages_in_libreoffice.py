"""The program's pages against LibreOffice's of the same Word file, with the fonts both have."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from exporters.build import build
from exporters.form_files import form_bytes, form_pages
from exporters.paginate import paginate
from exporters.placed_pages import Page, page_numbers
from exporters.reports.report_files import report_bytes, report_for, report_pages
from exporters.word import write_word
from importers.import_files import read_file
from importers.recognise import recognise
from importers.text_reader import read_text
from models.document.blocks import Block, PageBreak, Paragraph, Role, Row, Span, Table, paragraph
from models.document.template import load_template
from models.document.tree import Draft, GoalDocument, Settings, Unit
from models.forms.form_definition import load_project_forms
from models.reports.report_form import form_ids, load_form
from tests.benchmarks.large import large_draft
from tests.exporters.libreoffice import convert, needs_libreoffice, pdf_pages, squeezed
from tests.exporters.samples import cell, document, project, title
from tests.exporters.test_tall_rows import many_rows
from tests.models.checks.test_report_rules import RUNNING, SELF
from tests.models.units import merged
from tests.shared import SEEDS, SHARED, TEXTS

TEMPLATE = load_template()


@dataclass(frozen=True)
class Case:
    name: str
    file: Path
    pages: tuple[Page, ...]


def texts() -> Iterator[tuple[str, GoalDocument]]:
    """The fictional texts, and the real ones where they are there."""
    for kind, files in (("text", TEXTS), ("seed", SEEDS)):
        for file in files:
            yield f"{kind}-{file.stem[:3]}", recognise(read_text(file.read_text(encoding="utf-8")), TEMPLATE).document


def case(
    name: str, document: GoalDocument, folder: Path, *, front: bool, new_pages: bool = True, headed: bool = False
) -> Case:
    settings = Settings(cover=front, contents=front, new_page_per_project=new_pages, unit_headings=headed)
    blocks = build(document, TEMPLATE, settings)
    pages = paginate(blocks, TEMPLATE)
    file = folder / f"{name}-{front:d}{new_pages:d}.docx"
    file.write_bytes(write_word(blocks, TEMPLATE, font_scheme="noto", page_numbers=page_numbers(pages)))
    return Case(file.stem, file, pages)


def headings(case: Case, rendered: list[list[str]]) -> Iterator[bool]:
    """For each heading whether it stands on the same page there."""
    for page, shown in zip(case.pages, rendered, strict=False):
        words = "".join(shown)
        yield from (squeezed(heading.title) in words for heading in page.headings)


def compare(cases: list[Case], folder: Path) -> int:
    """Holds the numbers of pages and the pages of the headings against LibreOffice's; how many headings there are."""
    rendered = [pdf_pages(file) for file in convert([case.file for case in cases], folder, "pdf")]
    ours = {case.name: len(case.pages) for case in cases}
    assert ours == {case.name: len(pages) for case, pages in zip(cases, rendered, strict=True)}
    found = [same for case, pages in zip(cases, rendered, strict=True) for same in headings(case, pages)]
    assert all(found)
    return len(found)


# One call of LibreOffice for all: starting it takes longer than most texts.
@needs_libreoffice
def test_every_text_takes_as_many_pages_as_in_libreoffice_and_its_headings_stand_on_the_same_ones(
    tmp_path: Path,
) -> None:
    cases = [case(name, text, tmp_path, front=front) for name, text in texts() for front in (True, False)]
    cases += [case("text-002", recognised("002"), tmp_path, front=True, new_pages=False)]
    cases += [
        case("units", merged().document, tmp_path, front=new, new_pages=new, headed=True) for new in (True, False)
    ]
    assert compare(cases, tmp_path) > 80


@needs_libreoffice
@pytest.mark.parametrize("front", [True, pytest.param(False, marks=pytest.mark.soak)])
def test_a_text_of_four_hundred_pages_does_so_too(tmp_path: Path, front: bool) -> None:
    """LibreOffice takes half a minute for it."""
    assert compare([case("large", large_draft().document, tmp_path, front=front)], tmp_path) > 200


CASES = sorted((SHARED / "cases" / "files").glob("*.json"))
"""Long cells, a department of thirty projects, no cover, amounts of many digits; where they are there."""


def department(units: int, projects: int) -> GoalDocument:
    """A department whose units come one after the other, each project with rows of its own length."""
    found = tuple(
        replace(
            project(number, rows=3 + number % 9),
            unit=Unit(f"9000{number % units:02d}", f"青松县第{number % units}农技站"),
        )
        for number in range(1, projects + 1)
    )
    return replace(
        document(1), unit=Unit("900", "青松县农业农村局"), projects=tuple(sorted(found, key=lambda p: p.unit.code))
    )


@needs_libreoffice
def test_texts_of_long_cells_and_departments_do_so_too(tmp_path: Path) -> None:
    cases = [
        case(file.stem, read_file(file).draft.document, tmp_path, front=front)
        for file in CASES
        for front in (True, False)
    ]
    cases += [
        case("department", department(3, 30), tmp_path, front=front, headed=headed)
        for front, headed in ((True, True), (False, False))
    ]
    assert compare(cases, tmp_path) > 60


@needs_libreoffice
def test_forms_of_one_table_take_as_many_pages_as_in_libreoffice(tmp_path: Path) -> None:
    text = department(3, 12)
    long = replace(text.projects[0], fund_use="设备购置、委托业务和租赁等各项费用，" * 120, indicators=many_rows(50))
    draft = Draft(replace(text, projects=(long, *text.projects[1:])), Settings(font_scheme="noto"))
    cases = []
    for form in load_project_forms():
        file = tmp_path / f"{form.id}.docx"
        file.write_bytes(form_bytes(draft, form, ".docx"))
        cases.append(Case(form.id, file, form_pages(draft, form)))
    assert len(cases) > 1
    assert min(len(case.pages) for case in cases) > len(text.projects)
    assert compare(cases, tmp_path) >= len(cases) * len(text.projects)


@needs_libreoffice
def test_forms_of_results_take_as_many_pages_as_in_libreoffice(tmp_path: Path) -> None:
    first, *others = SELF.document.projects
    many = tuple(replace(first.indicators[place % len(first.indicators)], id=f"m{place}") for place in range(40))
    many = tuple(sorted(many, key=lambda row: (row.tier1, row.tier2)))
    longer = replace(
        SELF.document, projects=(replace(first, indicators=many, goals=("提高服务水平，" * 150,)), *others)
    )
    cases = []
    for draft in (SELF, RUNNING, replace(SELF, document=longer)):
        draft = replace(draft, settings=Settings(font_scheme="noto"))
        for form in map(load_form, form_ids()):
            report = report_for(draft, form)
            file = tmp_path / f"{form.kind}-{len(cases)}.docx"
            file.write_bytes(report_bytes(draft, report, form, ".docx"))
            cases.append(Case(file.stem, file, report_pages(draft, report, form)))
    assert len(cases) >= 6
    assert max(len(case.pages) for case in cases) > len(SELF.document.projects) + 1
    assert compare(cases, tmp_path) >= len(cases)


def recognised(number: str) -> GoalDocument:
    file = next(file for file in TEXTS if file.stem == number)
    return recognise(read_text(file.read_text(encoding="utf-8")), TEMPLATE).document


def table(rows: int, lines: int, header: int = 0) -> Table:
    """Rows that hold so many lines together, and three more."""
    counts = [lines // rows + (place < lines % rows) for place in range(rows)] + [1, 1, 1]
    return Table(tuple(Row((cell("\n".join("行" * count)), cell("值"))) for count in counts), (4000, 4844), header)


def body(count: int) -> list[Block]:
    return [paragraph(f"第{number}行") for number in range(count)]


TALL = Row((cell("\n".join(f"第{number}句" for number in range(90))), cell("值")))
LONG = Row((cell("设备购置、委托业务和租赁等各项费用" * 40), cell("≥1")))
NUMBERS = Row(
    tuple(map(cell, ("12,345,678.90", "1234567890.5", "-12,345,678.9", "≥1,234,567.89", "123,456,789.01", "99.5%")))
)
ALONE = Row(
    tuple(
        map(cell, ("经济效益指标", "成本控制指标。", "满意度的调查数", "五字加一字", "指标值确定依据", "共计12345项"))
    )
)
TIER = [Row((cell("一\n二\n三\n四\n五", rowspan=3), cell("值"))), Row((cell("值"),)), Row((cell("值"),))]


def labelled(before: int, *counts: int, words: str = "服务对象满意度指标") -> Table:
    """Rows of one line, then a merged label over as many rows of so many lines each, then rows again."""
    first, *others = (cell("\n".join("行" * count)) for count in counts)
    tier = Row((cell(words, rowspan=len(counts), role=Role.CELL_LABEL), first))
    rows = table(before, before).rows[:before]
    return Table((*rows, tier, *(Row((each,)) for each in others), *rows[:2]), (1190, 4844), 1)


def beside_tall(count: int) -> Row:
    return Row((cell("项目绩效目标", role=Role.CELL_LABEL), cell("\n".join(f"第{n}句" for n in range(count)))))


def tiers(before: int, lines: int) -> Table:
    """Two tiers over rows of which one is taller than a page."""
    above = tuple(Row((cell("上"), cell("下"), cell("值"))) for _ in range(before))
    head = (
        cell("服务对象满意度指标", rowspan=6, role=Role.CELL_LABEL),
        cell("数量指标", rowspan=4, role=Role.CELL_LABEL),
    )
    rows = [Row((cell("值"),)) for _ in range(6)]
    rows[2] = Row((cell("\n".join(f"第{n}句" for n in range(lines))),))
    rows[4] = Row((cell("时效指标", rowspan=2, role=Role.CELL_LABEL), cell("值")))
    return Table((*above, Row((*head, *rows[0].cells)), *rows[1:], *above[:2]), (1190, 1218, 3000))


EDGES: dict[str, list[Block]] = {
    **{f"{rows}-rows-of-35-lines": [table(rows, 35)] for rows in (13, 14, 15, 16)},
    "a-row-taller-than-a-page": [Table((TALL, *table(1, 1).rows), (4000, 4844))],
    "the-same-under-a-header": [Table((*table(2, 2).rows, TALL, *table(1, 1).rows), (4000, 4844), 1)],
    **{
        f"a-row-taller-than-a-page-after-{count}-others": [Table((*table(count, count, 0).rows, TALL), (4000, 4844), 1)]
        for count in (1, 20, 28, 29, 30, 31, 32)
    },
    "a-row-of-one-long-paragraph": [*body(3), Table((*table(9, 9).rows, LONG, *table(1, 1).rows), (2000, 4844))],
    "a-tall-row-first-in-its-table-after-a-title": [
        *body(12),
        title("甲"),
        Table((LONG, *table(1, 1).rows), (2000, 4844)),
    ],
    **{
        f"a-label-beside-a-tall-row-after-{count}-others": [
            Table((*table(count, count, 0).rows, beside_tall(90), *table(2, 2).rows), (1190, 4000), 1)
        ]
        for count in (1, 17, 28, 29, 30, 31)
    },
    **{f"tiers-over-a-tall-row-after-{count}-others": [tiers(count, 80)] for count in (0, 3, 20, 27)},
    "amounts-of-many-digits": [Table((NUMBERS,), (1190,) * 6)],
    "characters-that-would-stand-alone": [Table((ALONE,), (1218, 1190, 1275, 1247, 1477, 1190))],
    "a-tier-over-the-page-end": [Table((*table(30, 30).rows, *TIER, *table(1, 1).rows), (4000, 4844))],
    **{f"a-label-over-the-page-end-after-{count}-rows": [labelled(count, *[1] * 6)] for count in range(28, 35)},
    **{f"a-label-of-long-rows-after-{count}-rows": [labelled(count, 3, 2, 1, 4)] for count in (26, 28, 30, 31)},
    "a-label-over-three-pages": [labelled(20, *[1] * 80)],
    "a-label-of-three-lines": [labelled(29, *[1] * 5, words="社会效益和可持续影响指标")],
    "a-label-drawn-narrower": [labelled(30, *[1] * 8, words="经济效益指标")],
    "a-long-item-heading-at-the-foot": [*body(19), paragraph("（一）" + "长" * 70, Role.ITEM), paragraph("正" * 90)],
    "a-section-before-three-lines": [*body(20), paragraph("一、", Role.SECTION), paragraph("正" * 70)],
    "a-title-before-its-table": [*body(20), title("甲"), table(3, 3, 1)],
    **{
        f"a-unit-heading-after-{count}-lines": [
            *body(count),
            paragraph("618001云泽县农业技术推广站", Role.UNIT),
            title("甲"),
            table(3, 3),
        ]
        for count in (18, 19, 20)
    },
    "a-unit-heading-of-two-lines": [*body(19), paragraph("单" * 30, Role.UNIT), title("甲"), table(3, 3, 1)],
    "a-title-of-three-lines": [*body(20), Paragraph((Span("名" * 60),), Role.PROJECT_TITLE), paragraph("正文")],
    **{f"{count}-lines-pulled-in": body(count) for count in (23, 45, 46, 67)},
    "a-row-pulled-in": [title("甲"), table(30, 30, 1), PageBreak(), *body(3)],
    **{
        f"{count}-rows-pulled-in-under-a-label": [title("甲"), labelled(1, *[1] * count), PageBreak(), *body(3)]
        for count in (30, 31, 62, 63, 64, 65)
    },
    "a-section-pulled-in": [*body(20), paragraph("一、", Role.SECTION), *body(2)],
    "a-title-and-a-section-pulled-in": [
        *(paragraph("文本", Role.PART_NAME), *body(19), paragraph("一、", Role.SECTION), *body(1)),
        *(PageBreak(), *body(2)),
    ],
    **{
        f"a-blank-line-after-{count}-lines": [*body(count), *[paragraph("", Role.BLANK)] * 2, title("甲"), table(3, 3)]
        for count in (20, 21, 22)
    },
    **{
        f"a-blank-line-after-{count}-rows": [table(count, count), paragraph("", Role.BLANK), table(40, 40, 1)]
        for count in range(29, 33)
    },
    "an-empty-line-typed-at-the-foot": [*body(22), paragraph(""), *body(22), paragraph(""), *body(3)],
    "tables-that-touch": [table(10, 12), table(10, 12, 1), table(10, 12, 1)],
    "nothing-but-headings": [paragraph(f"标题{number}", Role.SECTION) for number in range(30)],
}


@needs_libreoffice
def test_edges_fall_on_the_same_pages_as_in_libreoffice(tmp_path: Path) -> None:
    files = []
    for name, blocks in EDGES.items():
        files.append(tmp_path / f"{name}.docx")
        files[-1].write_bytes(write_word(tuple(blocks), TEMPLATE, font_scheme="noto"))
    for blocks, file in zip(EDGES.values(), convert(files, tmp_path, "pdf"), strict=True):
        ours = [
            sorted("".join(run.text for line in page.lines for run in line.runs)) for page in paginate(blocks, TEMPLATE)
        ]
        assert [[sign for sign in page if sign != " "] for page in ours] == [
            sorted("".join(page)) for page in pdf_pages(file)
        ], file.stem


# LibreOffice 7.4 reads overflowPunct the wrong way round and always puts a gap between Chinese and Latin, which the
# Word file switches off. With both set right it must break every line where the program does.
@needs_libreoffice
@pytest.mark.soak
def test_every_line_of_the_body_breaks_where_it_does_in_libreoffice(tmp_path: Path) -> None:
    cases = [case(name, text, tmp_path, front=False) for name, text in texts()]
    flat = convert([case.file for case in cases], tmp_path, "fodt")
    for file in flat:
        text = file.read_text(encoding="utf-8")
        text = text.replace('style:punctuation-wrap="hanging"', 'style:punctuation-wrap="simple"')
        file.write_text(text.replace('style:text-autospace="ideograph-alpha"', 'style:text-autospace="none"'))
    for found, file in zip(cases, convert(flat, tmp_path, "pdf"), strict=True):
        rendered = pdf_pages(file)
        assert len(rendered) == len(found.pages)
        for page, shown in zip(found.pages, rendered, strict=True):
            cells = {area.block for area in page.cells}
            ours = [line for line in page.lines if line.block >= 0 and line.block not in cells]
            words = [squeezed("".join(run.text for run in line.runs)) for line in ours]
            assert [line for line in words if line and line not in shown] == []
