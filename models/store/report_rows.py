"""How reports look as rows among what surrounds a draft's document: one for each report, one for each project's results.

Named by their places (`reports[0]`, `reports[0].projects[2]`), so that typing into one result writes that project's row alone.
"""

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from models.document.tree import ProjectResult, Report, new_id, plain

_NAME = re.compile(r"reports\[(\d+)\](?:\.projects\[(\d+)\])?")


def named_rows(reports: tuple[Report, ...]) -> dict[str, Any]:
    """Name → the record whose row it is: the report, or what it says of a project."""
    found: dict[str, Any] = {}
    for place, report in enumerate(reports):
        found[f"reports[{place}]"] = report
        for at, result in enumerate(report.projects):
            found[f"reports[{place}].projects[{at}]"] = result
    return found


def plain_row(record: Any) -> Any:
    """What stands in the row of a record."""
    return plain(replace(record, projects=()) if isinstance(record, Report) else record)


def kinds_of(heads: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    """The kinds of report each draft has, by its number, from the rows of reports. What cannot be read counts for none."""
    found: dict[int, tuple[str, ...]] = {}
    for draft, value in heads:
        with suppress(ValueError, AttributeError, TypeError):
            found[draft] = (*found.get(draft, ()), str(json.loads(value).get("kind", "")))
    return found


Reached = dict[tuple[int, str, str], str]
"""(number of the draft, ids of project and row) → 实际完成值."""


def reached(rows: Iterable[tuple[int, str, str]]) -> Reached:
    """What the 自评 among these rows (number of the draft, name, text) say was reached; of several the last one counts."""
    texts = [row for row in rows if _is_json(row[2])]
    evaluations = {
        (draft, name) for draft, name, value in texts if "." not in name and json.loads(value).get("kind") == "自评"
    }
    found: Reached = {}
    for draft, name, value in texts:
        head, dot, _rest = name.partition(".")
        if dot and (draft, head) in evaluations:
            result = json.loads(value)
            for one in result["indicators"]:
                if one["actual"]:
                    found[draft, result["project_id"], one["indicator_id"]] = one["actual"]
    return found


def _is_json(value: str) -> bool:
    with suppress(ValueError, TypeError):
        return isinstance(json.loads(value), dict)
    return False


def kind_of(name: str) -> type[Report | ProjectResult] | None:
    """What stands in the row of that name; None where it is no report's."""
    found = _NAME.fullmatch(name)
    return found and (ProjectResult if found[2] else Report)


def put_together(around: Mapping[str, Any]) -> dict[str, Any]:
    """The draft's fields of all rows read, the reports whole again. Results whose report is gone get one of their own."""
    fields = {name: value for name, value in around.items() if not _NAME.fullmatch(name)}
    heads: dict[int, Report] = {}
    results: dict[int, list[tuple[int, Any]]] = {}
    for name, value in around.items():
        if found := _NAME.fullmatch(name):
            if found[2]:
                results.setdefault(int(found[1]), []).append((int(found[2]), value))
            else:
                heads[int(found[1])] = value
    reports = []
    for place in sorted(heads.keys() | results.keys()):
        report = heads.get(place) or Report(new_id("r"))
        parts = sorted(results.get(place, ()), key=lambda one: one[0])
        reports.append(replace(report, projects=tuple(result for _at, result in parts)))
    return fields | ({"reports": tuple(reports)} if reports else {})
