"""`make pages`: the program's PDF beside LibreOffice's rendering of the Word file, page by page, to be looked at; and the workbook."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from exporters.export_files import file_bytes
from exporters.form_files import form_bytes
from exporters.reports.report_files import report_bytes, report_for
from importers.import_files import read_file
from models.document.tree import Details, Draft, GoalDocument, Indicator, Settings
from models.forms.form_definition import load_project_forms
from models.reports.report_form import form_ids, load_form
from tests.exporters.libreoffice import convert
from tests.exporters.test_pages_in_libreoffice import CASES, department
from tests.models.checks.test_report_rules import SELF
from tests.shared import CHECKOUT, SEEDS, TEXTS

FOLDER = CHECKOUT / "dist" / "pages"
TOOLS = ("soffice", "pdftoppm", "montage")
RESOLUTION = "70"  # dots an inch
_ROWS = 6  # more make a picture too large for some viewers
SUFFIXES = (".docx", ".pdf", ".xlsx")
NOTO = Settings(font_scheme="noto")
DETAILS = Details(
    department="青松县农业农村局",
    implementing_unit="青松县农技推广站",
    nature="延续性项目",
    category="其他运转类",
    starts="2024年1月",
    ends="2026年12月",
    carry_over="5.00",
    whole_total="480.00",
    whole_fiscal="450.00",
    whole_other="30.00",
    long_term_goal="三年内让良种良法到每个乡镇，建成一批示范田。",
)


def main() -> None:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)} (Debian: libreoffice, poppler-utils, imagemagick)")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    names = []
    for name, suffix, data in files():
        ours = "-program" if suffix == ".pdf" else "-workbook" if suffix == ".xlsx" else ""
        (FOLDER / f"{name}{ours}{suffix}").write_bytes(data)
        names += [name] * (suffix == ".docx")
    rendered = convert([FOLDER / f"{name}.docx" for name in names], FOLDER, "pdf")
    for name, theirs in zip(names, rendered, strict=True):
        _beside(name, pictures(FOLDER / f"{name}-program.pdf"), pictures(theirs))
    for workbook in convert([FOLDER / f"{name}-workbook.xlsx" for name in names], FOLDER, "pdf"):
        _beside(workbook.stem, [], pictures(workbook))
    shutil.rmtree(FOLDER / "profile", ignore_errors=True)
    print(FOLDER)


def files() -> Iterator[tuple[str, str, bytes]]:
    """Texts, a department, long cells, every form of one table and of results: a name, a suffix, what the file holds."""
    drafts = [(f"{kind}-{file.stem[:3]}", file) for kind, found in (("text", TEXTS), ("seed", SEEDS)) for file in found]
    drafts += [(f"case-{file.stem[:2]}", file) for file in CASES]
    texts = [(name, Draft(read_file(file).draft.document, NOTO)) for name, file in drafts]
    texts.append(("department", Draft(department(3, 30), replace(NOTO, unit_headings=True))))
    results = replace(SELF, settings=NOTO)
    for suffix in SUFFIXES:
        yield from ((name, suffix, file_bytes(draft, suffix)) for name, draft in texts)
        for form in load_project_forms():
            yield form.id, suffix, form_bytes(Draft(with_details(department(3, 6)), NOTO), form, suffix)
        for result in map(load_form, form_ids()):
            yield result.kind, suffix, report_bytes(results, report_for(results, result), result, suffix)


def with_details(document: GoalDocument) -> GoalDocument:
    """The first project with all columns of other forms, and tiers in the order of 2021; the others leave theirs empty."""
    first, *others = document.projects
    tiers = ("成本指标", "经济成本指标"), ("产出指标", "数量指标"), ("效益指标", "可持续影响指标")
    rows = (Indicator(f"t{place}", *pair, f"指标{place}", value=f"≥{place}年") for place, pair in enumerate(tiers, 1))
    return replace(document, projects=(replace(first, details=DETAILS, indicators=tuple(rows)), *others))


def pictures(file: Path) -> list[Path]:
    """A picture of each page."""
    subprocess.run(["pdftoppm", "-r", RESOLUTION, "-png", str(file), str(file.with_suffix(""))], check=True)
    return sorted(FOLDER.glob(f"{file.stem}-[0-9]*.png"))


def _beside(name: str, ours: list[Path], theirs: list[Path]) -> None:
    """Pictures of a text, of six rows at most: a row a page, ours left, LibreOffice's right."""
    pairs = [page for row in zip(ours, theirs, strict=False) for page in row] or theirs
    columns = 2 if ours else 3
    for number, start in enumerate(range(0, len(pairs), _ROWS * columns), 1):
        shown = map(str, pairs[start : start + _ROWS * columns])
        target = FOLDER / f"{name}_{number}.png"
        subprocess.run(["montage", *shown, "-tile", f"{columns}x", "-geometry", "+6+6", str(target)], check=True)
    for page in (*ours, *theirs):
        page.unlink()


if __name__ == "__main__":
    main()
