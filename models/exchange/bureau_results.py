"""The results of a report in the columns the bureau's online system imports: `resources/results/bureau.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.document.tree import Draft, IndicatorResult, Report, ReportKind
from models.reports.report_form import shown
from models.reports.results import results_by_id
from resources import ROOT


@dataclass(frozen=True, slots=True)
class ResultTable:
    """`columns`: (label, field) of each, the field below `project`, `row` or `one`; `source`: where it is laid down."""

    sheet: str
    source: str
    columns: tuple[tuple[str, str], ...]


@cache
def result_tables() -> Mapping[ReportKind, ResultTable]:
    """By the kind of report."""
    content = tomllib.loads((ROOT / "results" / "bureau.toml").read_text(encoding="utf-8"))
    return {
        one["kind"]: ResultTable(one["sheet"], one["source"], tuple((label, field) for label, field in one["columns"]))
        for one in content["tables"]
    }


def result_rows(draft: Draft, report: Report) -> Iterator[tuple[str, ...]]:
    """One for each target of every project, in the order of the text."""
    fields = [field.partition(".") for _label, field in result_tables()[report.kind].columns]
    for project, result in shown(draft, report):
        ones = results_by_id(result)
        for row in project.indicators:
            owners: dict[str, Any] = {"project": project, "row": row, "one": ones.get(row.id, IndicatorResult(row.id))}
            yield tuple(getattr(owners[owner], name) for owner, _dot, name in fields)
