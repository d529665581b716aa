"""What a rule on a report is: a generator over one project of a report, its findings' paths counted from the project's result.

Rules on reports read reports alone, and the rules on targets read the text alone. A figure is corrected only where it is the
sum or the quotient of others that stand there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from models.checks.registry import Edit, Finding, Fix, Severity
from models.document.tree import Indicator, IndicatorResult, Project, ProjectResult, Report
from models.document.values import parse_number
from models.reports.results import results_by_id

_NO_REASON = frozenset(
    ["0", "无", "没有", "/", "-", "—", "——", "、", ".", "。", "无偏差", "无原因", "暂无", "同上", "略", "nan", "n/a"]
)
_HALF = Decimal("0.5")
_TEN_THOUSANDTH = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Reported:
    """What a rule on a report gets: the project as the report shows it, its results, and whose report it is."""

    project: Project
    result: ProjectResult
    report: Report

    def rows(self) -> Iterator[tuple[Indicator, IndicatorResult]]:
        found = results_by_id(self.result)
        for row in self.project.indicators:
            yield row, found.get(row.id, IndicatorResult(row.id))


@dataclass(frozen=True, slots=True)
class ReportRule:
    """A rule on one project of a report; `kinds`: of which reports. Paths count from the project's result."""

    id: str
    severity: Severity
    kinds: tuple[str, ...]
    check: Callable[[Reported], Iterator[Finding]]


def report_rule(
    rule_id: str, severity: Severity, *kinds: str
) -> Callable[[Callable[[Reported], Iterator[Finding]]], ReportRule]:
    return lambda check: ReportRule(rule_id, severity, kinds or ("自评", "监控"), check)


def row_path(one: IndicatorResult, field: str) -> str:
    return f"indicators[{one.indicator_id}].{field}"


def is_reason(text: str) -> bool:
    """Whether somebody gave a reason, and not «0» or «无»."""
    words = "".join(text.split()).lower().strip("。.；;")
    return bool(words) and words not in _NO_REASON and parse_number(words) is None


def points_in(text: str) -> Decimal | None:
    return parse_number(text.strip().removesuffix("分"))


def putting(path: str, text: str) -> Fix:
    """The correction that puts a figure in its place; the path counts from the project's result."""
    return Fix(f"改为 {text}", text, (Edit("replace", path, text),))


def agrees(typed: str, computed: Decimal) -> bool:
    """Whether a typed figure is the computed one, rounded to no fewer places than one."""
    number = points_in(typed)
    if number is None:
        return True
    places = len(typed.strip().partition(".")[2].rstrip("分% "))
    step = Decimal(1).scaleb(-max(1, min(places, 2)))
    return abs(number - computed) <= step * _HALF + _TEN_THOUSANDTH
