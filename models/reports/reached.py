"""What was reached this year, offered as the target of another."""

from models.document.tree import Draft
from models.document.values import parse_value
from models.reports.results import report_of, results_by_id


def as_target(value: str, actual: str) -> str:
    """What was reached, under the sign the old target had; words as they are."""
    target, reached = parse_value(value), parse_value(actual)
    return f"{target.sign}{reached.number}{reached.unit or target.unit}" if reached.number else actual


def reached_values(draft: Draft) -> dict[str, str]:
    """Path of every target in numbers → the number its latest 自评 says was reached, where that is another one."""
    report = report_of(draft, "自评")
    if report is None:
        return {}
    results = {result.project_id: results_by_id(result) for result in report.projects}
    found: dict[str, str] = {}
    for project in draft.document.projects:
        ones = results.get(project.id, {})
        for row in project.indicators:
            actual = ones[row.id].actual.strip() if row.id in ones else ""
            if parse_value(row.value).number and parse_value(actual).number:
                value = as_target(row.value, actual)
                if value != row.value:
                    found[f"projects[{project.id}].indicators[{row.id}].value"] = value
    return found
