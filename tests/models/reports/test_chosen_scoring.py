"""What a report counts by: kept in store and package, checked and offered by it; where nothing is chosen, nothing is written."""

from dataclasses import replace
from pathlib import Path

from exporters.export_files import write_file
from importers.import_files import read_file
from models.document.tree import plain
from models.reports import report_cells, results
from tests.models.checks.test_report_rules import SELF
from tests.opening import open_store


def test_a_choice_comes_back_from_store_and_package(tmp_path: Path) -> None:
    report = replace(SELF.reports[0], weights="henan", grades="2020")
    draft = replace(SELF, reports=(report,))
    store = open_store(tmp_path / "goalform.db")
    assert store.load(store.create(draft)).reports == (report,)
    for suffix in (".json", ".jxmb"):
        write_file(draft, tmp_path / f"包{suffix}")
        assert read_file(tmp_path / f"包{suffix}").draft.reports == (report,)


def test_a_report_that_chooses_nothing_is_written_as_before() -> None:
    assert not {"weights", "grades", "thresholds"} & plain(SELF.reports[0]).keys()


def test_points_are_proposed_by_the_choice_of_the_report() -> None:
    report = replace(SELF.reports[0], weights="hubei", projects=())
    project, result = next(results.shown_projects(SELF.document, report))
    assert report_cells.fund_rows(project, result, report)[0][4].proposal == "20"
