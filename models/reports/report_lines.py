"""A department's report at a glance: one line a project, with what was budgeted, spent and reached."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from models.document.tree import Draft, Project, ProjectResult, Report
from models.document.values import money, plain_number
from models.reports import scoring
from models.reports.report_form import grade_of, shown
from models.reports.scoring import written


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """A project: amounts in 万元 as numbers where they are any, its rate in percent, its score and what is still open."""

    project_id: str
    unit: str
    name: str
    budget: Decimal | None
    executed: Decimal | None
    rate: Decimal | None
    total: str
    missing: int
    grade: str | None = None
    """None where the report has no grades."""

    def cells(self) -> tuple[str, ...]:
        """As texts, in the order of `HEADER`."""
        amounts = ("" if amount is None else plain_number(amount) for amount in (self.budget, self.executed))
        rate = "" if self.rate is None else f"{written(self.rate)}%"
        graded = () if self.grade is None else (self.grade,)
        return self.unit, self.name, *amounts, rate, self.total, *graded


HEADER = ("单位", "项目名称", "全年预算数（万元）", "全年执行数（万元）", "执行率", "得分")


def header(report: Report) -> tuple[str, ...]:
    """The heads of the columns: 等级 where the report has grades."""
    return (*HEADER, "等级") if report.grades else HEADER


def lines(draft: Draft, report: Report) -> Iterator[OverviewLine]:
    """One for each project, in the order of the text."""
    return lines_of(shown(draft, report), report)


def lines_of(pairs: Iterable[tuple[Project, ProjectResult]], report: Report) -> Iterator[OverviewLine]:
    """One for each of these projects, as the report shows them."""
    for project, result in pairs:
        fund = result.funds[0]
        rate = scoring.rate(fund, project.amount_unit)
        budget = money(fund.full_year or fund.year_start, project.amount_unit)
        executed = money(fund.executed, project.amount_unit)
        missing = sum(not one.actual.strip() for one in result.indicators)
        grade = grade_of(report, result) if report.grades else None
        yield OverviewLine(
            project.id, project.unit.name, project.name, budget, executed, rate, result.total, missing, grade
        )


def sum_line(found: tuple[OverviewLine, ...]) -> tuple[str, ...]:
    """The sums, of the amounts that are any; the rate is that of the sums of projects that have both."""
    budget = sum((line.budget for line in found if line.budget is not None), Decimal(0))
    executed = sum((line.executed for line in found if line.executed is not None), Decimal(0))
    both = [(line.budget, line.executed) for line in found if line.budget and line.executed is not None]
    planned = sum((one for one, _spent in both), Decimal(0))
    spent = sum((one for _planned, one in both if one is not None), Decimal(0))
    rate = f"{written(spent / planned * 100)}%" if planned else ""
    graded = ("",) if found and found[0].grade is not None else ()
    return "合计", f"{len(found)} 个项目", plain_number(budget), plain_number(executed), rate, "", *graded
