"""Units' reports come into the department's: new results, changed ones, and those both sides changed."""

from dataclasses import replace

from models.document import fieldpath
from models.document.template import load_template
from models.document.tree import Draft, Report, Unit
from models.merge import Choice, Incoming, Source, department_text, update
from models.session.session import Session
from tests.models.reports.drafts_with_reports import DRAFT

DEPARTMENT = Unit("712", "临溪县文化局")


def with_actual(draft: Draft, value: str, row: str = "i2") -> Draft:
    session = Session(draft)
    session.edit(f"reports[r1].projects[p1].indicators[{row}].actual", value)
    return session.draft


def department(*drafts: Draft) -> Draft:
    sources = [Source(f"{place}.jxmb", draft) for place, draft in enumerate(drafts)]
    return department_text(sources, load_template(), 2025, DEPARTMENT)


def other_unit() -> Draft:
    """Another unit whose parts have the same ids."""
    unit = Unit("712004", "临溪县博物馆")
    projects = tuple(
        replace(project, unit=unit, name=f"{project.name}（馆）", code="") for project in DRAFT.document.projects
    )
    return replace(DRAFT, document=replace(DRAFT.document, unit=unit, projects=projects))


def actuals(draft: Draft) -> list[str]:
    return [one.actual for report in draft.reports for result in report.projects for one in result.indicators]


def test_two_units_reports_become_one_of_the_department() -> None:
    merged = department(with_actual(DRAFT, "97%"), with_actual(other_unit(), "88%"))
    (report,) = merged.reports
    assert actuals(merged) == ["97%", "88%"]
    for result in report.projects:
        assert fieldpath.get(
            merged.document, f"projects[{result.project_id}].indicators[{result.indicators[0].id}].name"
        )


def test_a_units_change_is_brought_and_the_departments_own_stays() -> None:
    unit = with_actual(DRAFT, "97%")
    merged = department(unit)
    (result,) = merged.reports[0].projects
    session = Session(merged)
    session.edit(f"reports[{merged.reports[0].id}].projects[{result.project_id}].conclusion", "完成较好")
    outcome = update(session.draft, [Incoming(Source("甲", with_actual(unit, "99%")), 0)])
    (result,) = outcome.draft.reports[0].projects
    assert (result.indicators[0].actual, result.conclusion) == ("99%", "完成较好")
    assert not outcome.conflicts


def test_what_both_changed_is_asked() -> None:
    unit = with_actual(DRAFT, "97%")
    merged = department(unit)
    here = merged.reports[0]
    path = f"reports[{here.id}].projects[{here.projects[0].project_id}].indicators[i2].actual"
    session = Session(merged)
    session.edit(path, "96%")
    incoming = [Incoming(Source("甲", with_actual(unit, "99%")), 0)]
    outcome = update(session.draft, incoming)
    (conflict,) = outcome.conflicts
    assert (conflict.path, conflict.ours, conflict.theirs) == (path, "96%", "99%")
    assert actuals(outcome.draft) == ["96%"]
    assert actuals(update(session.draft, incoming, {conflict.key: Choice.THEIRS}).draft) == ["99%"]


def test_a_units_report_of_another_month_is_one_of_its_own() -> None:
    unit = replace(DRAFT, reports=(Report("r1", "监控", 2025, "2025-06"),))
    merged = department(with_actual(unit, "50%"))
    later = replace(DRAFT, reports=(Report("r1", "监控", 2025, "2025-09"),))
    outcome = update(merged, [Incoming(Source("甲", with_actual(later, "80%")), 0)])
    assert [report.as_of for report in outcome.draft.reports] == ["2025-06", "2025-09"]
    assert actuals(outcome.draft) == ["50%", "80%"]
