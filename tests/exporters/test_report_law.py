"""The law for 监控 and 自评 on words of any kind: what is read back is what the form shows, rows that are called as labels are too."""

from pathlib import Path

import docx
import pytest

from exporters.reports.report_files import report_bytes
from importers.import_files import read_file
from models.reports.report_form import form_ids, load_form, shown
from tests.exporters.reports_of_any_words import any_report
from tests.exporters.test_report_files import printed, tidy

SEEDS = 25
"""A longer run was made of 400 for each form and kind of file."""


def test_words_beside_a_total_are_kept(tmp_path: Path) -> None:
    draft = any_report(3, "自评")
    form, path = load_form("self-evaluation"), tmp_path / "自评.docx"
    path.write_bytes(report_bytes(draft, draft.reports[0], form, ".docx", "p1"))
    word = docx.Document(str(path))
    word.tables[0].rows[0].cells[0].text = "项目全称"
    (row,) = [row for row in word.tables[0].rows if row.cells[0].text == "总分"]
    row.cells[-1].text = "县里复核后扣了两分"
    word.save(str(path))
    assert "县里复核后扣了两分" in read_file(path).draft.document.unplaced


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
@pytest.mark.parametrize("form_id", form_ids())
@pytest.mark.parametrize("part", range(5))
def test_it_holds_for_words_that_stand_there_anyway(form_id: str, suffix: str, part: int, tmp_path: Path) -> None:
    form, path = load_form(form_id), tmp_path / f"报告{suffix}"
    for seed in range(part, SEEDS, 5):
        draft = any_report(seed, form.kind)
        report = draft.reports[0]
        path.write_bytes(report_bytes(draft, report, form, suffix))
        found = read_file(path).draft
        (read,) = found.reports
        assert (read.kind, read.year, read.as_of, read.form) == (report.kind, report.year, report.as_of, form_id), seed
        assert tidy(printed(found, read, form_id)) == tidy(printed(draft, report, form_id)), seed
        assert found.document.unplaced == (), seed


def test_a_row_called_as_a_label_is_no_label_where_a_hand_has_changed_the_table(tmp_path: Path) -> None:
    """A column more, and the layout is no longer the form's: a row named 总分 is a target all the same."""
    seed = next(
        seed
        for seed in range(1000)
        for project in any_report(seed, "自评").document.projects[:1]
        for above, row in zip(project.indicators, project.indicators[1:], strict=False)
        if row.name == "总分" and row.value and (row.tier1, row.tier2) == (above.tier1, above.tier2)
    )
    draft = any_report(seed, "自评")
    form, report = load_form("self-evaluation"), draft.reports[0]
    path = tmp_path / "自评.docx"
    path.write_bytes(report_bytes(draft, report, form, ".docx", "p1"))
    word = docx.Document(str(path))
    word.tables[0].rows[0].cells[0].text = "项目全称"
    word.save(str(path))
    found = read_file(path).draft
    wanted = next(project for project, _result in shown(draft, report))
    assert [row.name for row in found.document.projects[0].indicators] == [row.name for row in wanted.indicators]
