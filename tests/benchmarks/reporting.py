"""监控 and 自评 of a large text against the goal side of the same one: a result saved and judged, files written, read back."""

import tempfile
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path

from exporters.export_files import file_bytes
from exporters.reports.report_files import report_bytes
from importers.import_files import read_file
from models.checks.engine import Checker
from models.document.tree import Draft, FundResult, IndicatorResult, Project, ProjectResult, Report
from models.reports.report_form import load_form
from models.session.session import Session
from models.store import open_store
from tests.benchmarks.large import large_draft
from tests.benchmarks.measure import in_turn, show

GOAL = "projects[p100].indicators[i100x7].value"
RESULT = "reports[r1].projects[p100].indicators[i100x7].actual"


@cache
def large_report() -> Draft:
    """200 × 20 results, all filled in."""
    draft = large_draft()
    return replace(draft, reports=(Report("r1", "自评", 2026, projects=tuple(map(_filled, draft.document.projects))),))


def _filled(project: Project) -> ProjectResult:
    funds = (FundResult("年度资金总额", "165.00", "165.00", "160.00", rate="96.97%", weight="10", score="9.7"),)
    rows = tuple(IndicatorResult(row.id, "99%", weight="4.5", score="4.5") for row in project.indicators)
    return ProjectResult(project.id, funds, "完成道路养护12公里。", total="99.7", indicators=rows)


def one_result() -> None:
    """One result edited and saved, against one value of the text."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "goalform.db")
        session = Session(large_report(), store, store.create(large_report()))
        numbers = count(1)

        def saved(path: str) -> None:
            session.edit(path, f"{next(numbers)}%")
            session.leave_field()
            session.save()

        timing, base = in_turn(lambda: saved(RESULT), lambda: saved(GOAL), runs=25)
        show("one result saved, 200 projects × 20", timing, "one value of the text saved", base, "≤ 2")
        store.close()


def judged() -> None:
    """The checks after one result was edited, against those after one value was."""
    checker, session, numbers = Checker(), Session(large_report()), count(1)
    checker.check(session.draft)

    def after(path: str) -> None:
        session.edit(path, f"{90 + next(numbers) % 9}%")
        session.leave_field()
        checker.check(session.draft)

    timing, base = in_turn(lambda: after(RESULT), lambda: after(GOAL), runs=15)
    show("checked after one result, 200 × 20", timing, "after one value of the text", base, "≤ 2")


def files() -> None:
    """Word and Excel of the report against those of the text; the report read back."""
    draft, form = large_report(), load_form("self-evaluation")
    for suffix in (".docx", ".xlsx"):
        timing, base = in_turn(
            lambda suffix=suffix: report_bytes(draft, draft.reports[0], form, suffix),  # type: ignore[misc]
            lambda suffix=suffix: file_bytes(draft, suffix),  # type: ignore[misc]
        )
        show(f"自评 of 200 × 20 as {suffix}", timing, f"the text as {suffix}", base, "≤ 1.5")
    with tempfile.TemporaryDirectory() as folder:
        ours, text = Path(folder) / "report.docx", Path(folder) / "text.docx"
        ours.write_bytes(report_bytes(draft, draft.reports[0], form, ".docx"))
        text.write_bytes(file_bytes(draft, ".docx"))
        timing, base = in_turn(lambda: read_file(ours), lambda: read_file(text))
        show("自评 of 200 × 20 read from Word", timing, "the text read from Word", base, "≤ 1.5")
