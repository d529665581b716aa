"""A unit's own form of 自评 or 监控, a folder in the data folder and nothing else, on the command line and in files."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from exporters.export_files import write_file
from exporters.reports.report_files import report_bytes, write_report
from exporters.reports.result_fill_in import write_result_fill_in
from importers.import_files import read_file
from models.document.tree import Draft, Report
from models.errors import UserError
from models.forms.form_definition import list_forms, user_forms
from models.reports.report_form import form_ids, form_of, load_form, shown
from tests.exporters.test_report_files import clean, printed_in, tidy, told
from tests.models.checks.test_report_rules import RUNNING, SELF
from tests.models.reports.own_forms import MIDYEAR, TOWN, installed
from tests.strategies import drafts
from ui.app.command_line import main

SUFFIXES = (".docx", ".xlsx", ".txt")
CASES = ((SELF, "town-yearbook"), (RUNNING, "town-midyear"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with both forms in it."""
    folder = tmp_path_factory.mktemp("home")
    installed(user_forms(folder))
    return folder


def comes_back(draft: Draft, report: Report, form_id: str, suffix: str, home: Path, folder: Path) -> None:
    form = load_form(form_id, user_forms(home))
    path = folder / f"表{suffix}"
    path.write_bytes(report_bytes(draft, report, form, suffix))
    found = read_file(path, home=home)
    (read,) = found.draft.reports
    assert (read.kind, read.form, read.year) == (form.kind, form_id, report.year)
    assert tidy(printed_in(form, found.draft, read)) == tidy(printed_in(form, draft, report))
    assert found.draft.document.unplaced == ()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("draft", "form_id"), CASES)
def test_what_it_shows_comes_back(draft: Draft, form_id: str, suffix: str, home: Path, tmp_path: Path) -> None:
    report = replace(draft.reports[0], grades="system" if form_id == "town-yearbook" else "")
    comes_back(replace(draft, reports=(report,)), report, form_id, suffix, home, tmp_path)
    read = read_file(tmp_path / f"表{suffix}", home=home).draft.reports[0]
    assert (read.as_of, read.grades) == (report.as_of, report.grades)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
@pytest.mark.parametrize("form_id", ["town-yearbook", "town-midyear"])
@settings(max_examples=8, deadline=None)
@given(drawn=drafts())
def test_the_law_holds_for_it(
    form_id: str, suffix: str, home: Path, tmp_path_factory: pytest.TempPathFactory, drawn: Draft
) -> None:
    draft = told(drawn)
    rows = tuple(project for project in draft.document.projects if project.indicators)
    if not rows:
        return
    kind = load_form(form_id, user_forms(home)).kind
    found = next((report for report in draft.reports if report.kind == kind), Report("r9", kind, 2025))
    kept = {project.id for project in rows}
    results = tuple(clean(result) for result in found.projects if result.project_id in kept)
    report = replace(found, year=found.year or 2025, state="草稿", projects=results)
    draft = replace(draft, document=replace(draft.document, projects=rows))
    comes_back(draft, report, form_id, suffix, home, tmp_path_factory.mktemp("law"))


def test_a_workbook_to_fill_in_comes_back_as_its_form(home: Path, tmp_path: Path) -> None:
    form = load_form("town-yearbook", user_forms(home))
    write_result_fill_in(SELF, SELF.reports[0], form, tmp_path / "填报.xlsx")
    read = read_file(tmp_path / "填报.xlsx", home=home).draft
    (report,) = read.reports
    assert report.form == "town-yearbook"
    found = next(result for _project, result in shown(read, report))
    wanted = next(result for _project, result in shown(SELF, SELF.reports[0]))
    assert [one.actual for one in found.indicators] == [one.actual for one in wanted.indicators]


def test_without_the_folder_its_words_are_kept(home: Path, tmp_path: Path) -> None:
    write_report(SELF, "town-yearbook", tmp_path / "表.docx", own_forms=user_forms(home))
    read = read_file(tmp_path / "表.docx")
    assert not read.is_report
    assert all(words in repr(read.draft) for words in ("农业技术培训项目", "≥1200人次", "1260人次", "96.75"))


def test_the_command_line_lists_writes_and_reads_it(home: Path, tmp_path: Path) -> None:
    write_file(SELF, tmp_path / "草稿.json")
    run = CliRunner()
    listed = run.invoke(main, ["--home", str(home), "forms"])
    assert "town-yearbook\t云泽县年终对账表" in listed.output.splitlines()
    target = tmp_path / "表.xlsx"
    made = run.invoke(
        main, ["--home", str(home), "convert", str(tmp_path / "草稿.json"), str(target), "--form", "town-yearbook"]
    )
    assert made.exit_code == 0, made.output
    back = run.invoke(main, ["--home", str(home), "convert", str(target), str(tmp_path / "回.json")])
    assert back.exit_code == 0, back.output
    (report,) = read_file(tmp_path / "回.json").draft.reports
    assert report.form == "town-yearbook"


def test_a_shipped_form_is_not_replaced_and_goal_forms_are_others(tmp_path: Path) -> None:
    own = installed(tmp_path, TOWN.replace("town-yearbook", "monitoring"), MIDYEAR)
    assert form_ids(own) == ("monitoring", "self-evaluation", "town-midyear")
    assert load_form("monitoring", own).name == "绩效运行监控表"
    assert [form.id for form in list_forms(own)] == [form.id for form in list_forms()]


def test_a_report_whose_form_is_gone_says_so_by_name(tmp_path: Path) -> None:
    report = replace(SELF.reports[0], form="town-yearbook")
    with pytest.raises(UserError, match=r"没有名为「town-yearbook」的表式"):
        form_of(report, tmp_path)


def test_a_slip_in_its_file_is_named_and_keeps_no_other_file_away(tmp_path: Path) -> None:
    installed(user_forms(tmp_path), TOWN.replace("one.remark", "one.remarks"))
    with pytest.raises(UserError, match=r"form\.toml 第 \d+ 行的「.*field」指向不存在的栏目「one\.remarks」"):
        load_form("town-yearbook", user_forms(tmp_path))
    write_report(SELF, "self-evaluation", tmp_path / "自评.docx")
    found = read_file(tmp_path / "自评.docx", home=tmp_path)
    assert found.is_report
    assert any("单位自己的表样没有用上" in line for line in found.report.lines)
