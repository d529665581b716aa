"""Checks a draft's reports; a project's results that did not change since the last time are not looked at again."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from models.checks import report_fund_rules, report_rules, report_score_rules
from models.checks.registry import Finding, Problem, Severity, joined_path
from models.checks.report_registry import Reported, ReportRule
from models.document.tree import Draft, Project, ProjectResult, Report
from models.reports import report_places, results

REPORT_RULES: tuple[ReportRule, ...] = tuple(
    value
    for module in (report_fund_rules, report_rules, report_score_rules)
    for value in vars(module).values()
    if isinstance(value, ReportRule)
)
TARGET_GONE = "target-gone"


def severities_of_reports() -> dict[str, Severity]:
    """The ids of all that may be found in a report."""
    return {rule.id: rule.severity for rule in REPORT_RULES} | {TARGET_GONE: Severity.INFO}


_Key = tuple[str, str, str, str, int | None, str, str]


@dataclass(frozen=True, slots=True)
class _Checked:
    """Holds what was checked, so that the identities stay taken."""

    project: Project | None
    result: ProjectResult
    key: _Key
    found: tuple[tuple[ReportRule, Finding], ...]


class ReportChecker:
    """Checks the reports of one draft again and again. `off`: ids of rules that are switched off; `on_fault`: called for one that
    fails."""

    def __init__(self, off: Collection[str] = (), on_fault: Callable[[str, Exception], None] | None = None) -> None:
        self._off, self._on_fault = frozenset(off), on_fault
        self._known: dict[tuple[str, str], _Checked] = {}

    def check(self, draft: Draft) -> Iterator[Problem]:
        """The problems report by report, in the order of the text; paths lead from the draft."""
        known: dict[tuple[str, str], _Checked] = {}
        for report in draft.reports:
            for project, result in _pairs(draft, report):
                checked = self._checked(report, project, result)
                known[report.id, result.project_id] = checked
                here = f"reports[{report.id}].projects[{result.project_id}]"
                for rule, finding in checked.found:
                    yield _problem(draft, here, rule.id, rule.severity, finding)
            if TARGET_GONE not in self._off:
                yield from _gone(draft, report)
        self._known = known

    def _checked(self, report: Report, project: Project | None, result: ProjectResult) -> _Checked:
        key = (report.id, report.kind, report.state, report.as_of, report.year, report.weights, report.thresholds)
        last = self._known.get((report.id, result.project_id))
        if last is not None and last.project is project and last.result is result and last.key == key:
            return last
        found: tuple[tuple[ReportRule, Finding], ...] = ()
        if results.says_something(result):
            reported = Reported(results.shown_project(project, result, report), result, report)
            rules = (rule for rule in REPORT_RULES if report.kind in rule.kinds and rule.id not in self._off)
            found = tuple((rule, finding) for rule in rules for finding in self._findings(rule, reported))
        return _Checked(project, result, key, found)

    def _findings(self, rule: ReportRule, reported: Reported) -> Iterator[Finding]:
        """What the rule says; one that fails says no more of this project, and the others go on."""
        try:
            yield from rule.check(reported)
        except Exception as error:
            if self._on_fault is None:
                raise
            self._on_fault(rule.id, error)


def _pairs(draft: Draft, report: Report) -> Iterator[tuple[Project | None, ProjectResult]]:
    """What a report says of each project, in the order of the text; of projects that are gone, behind the others."""
    known = {result.project_id: result for result in report.projects}
    for project in draft.document.projects:
        if project.id in known:
            yield project, known.pop(project.id)
    yield from ((None, result) for result in known.values())


def _gone(draft: Draft, report: Report) -> Iterator[Problem]:
    if report.state == "定稿":
        return
    for path, name in results.gone_rows(draft.document, report):
        message = f"目标「{name}」已从文本中删除，这里填的结果还保留着；不需要时可以清空。"
        yield _problem(draft, "", TARGET_GONE, Severity.INFO, Finding(path, "", message))


def _problem(draft: Draft, here: str, rule: str, severity: Severity, finding: Finding) -> Problem:
    path = joined_path(here, finding.path)
    return Problem(
        rule,
        finding.severity or severity,
        path,
        report_places.where(draft, path),
        finding.excerpt,
        finding.message,
        finding.fix and finding.fix.below(here),
        tuple(choice.below(here) for choice in finding.choices),
    )
