"""A unit's 监控 and 自评 brought into the department's: by kind, year and month, project by project."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.document.tree import ProjectResult, Report, new_id
from models.merge.threeway import ThreeWay

Reports = tuple[Report, ...]


def merged_reports(
    three: ThreeWay, base: Reports, theirs: Reports, ours: Reports, ids: Mapping[str, str]
) -> tuple[Reports, Reports]:
    """(the department's reports, what was merged last from now on). `ids`: the unit's ids, and the department's of the same parts.

    A final report of the department's is left as it is.
    """
    here, last = list(ours), []
    for report in _under_our_ids(theirs, ids):
        place = next((at for at, one in enumerate(here) if _is_of(one, report)), None)
        if place is None:
            here.append(replace(report, id=new_id("r"), state="草稿", projects=()))
            place = len(here) - 1
        mine = here[place]
        old = next((one.projects for one in base if _is_of(one, report)), ())
        if mine.state == "定稿":
            last.append(replace(report, id=mine.id, projects=old))
            continue
        # Results of the unit's projects alone: those of the others are none of its business.
        concerned = {part.id for part in (*old, *report.projects)}
        shared = tuple(part for part in mine.projects if part.id in concerned)
        merged, known = three.parts(f"reports[{mine.id}].projects", old, report.projects, shared)
        here[place] = replace(mine, projects=_put_back(mine.projects, merged))
        last.append(replace(report, id=mine.id, projects=known))
    return tuple(here), tuple(last)


def _is_of(one: Report, other: Report) -> bool:
    return (one.kind, one.year, one.as_of) == (other.kind, other.year, other.as_of)


def _under_our_ids(reports: Reports, ids: Mapping[str, str]) -> Reports:
    def project(result: ProjectResult) -> ProjectResult:
        inside = f"{result.project_id}/"
        rows = (
            replace(one, indicator_id=ids.get(f"{inside}{one.indicator_id}", one.indicator_id))
            for one in result.indicators
        )
        return replace(result, project_id=ids.get(result.project_id, result.project_id), indicators=tuple(rows))

    return tuple(replace(report, projects=tuple(map(project, report.projects))) for report in reports)


def _put_back(before: Sequence[ProjectResult], merged: Sequence[ProjectResult]) -> tuple[ProjectResult, ...]:
    """The merged results in the places of those before, new ones behind."""
    new = {part.id: part for part in merged}
    kept = [new.get(part.id, part) for part in before]
    there = {part.id for part in before}
    return (*kept, *(part for part in merged if part.id not in there))
