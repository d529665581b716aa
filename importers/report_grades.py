"""等级 in a filled 自评表: it follows from the total score, so what a table says is held against the standards that are known."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from importers.report import Kind, Note
from importers.report_labels import load_labels
from models.document.tree import Draft, GoalDocument, Report
from models.reports import scoring
from models.reports.report_form import grade_of, shown


def known_grade(text: str) -> str:
    """«优» of «优秀»; "" for words that are no grade."""
    return load_labels().grades.get("".join(text.split()), "")


def graded(
    document: GoalDocument, report: Report, stated: Mapping[str, str]
) -> tuple[GoalDocument, Report, list[Note]]:
    """(the document, the report with the standard by which all of its totals have the grades that are `stated` by the ids of
    projects, notes). Where none is such a standard the grades are kept among the words without a place."""
    if not stated:
        return document, report, []
    fitting = [one for one in scoring.load_scoring().grades if not list(_differing(document, report, stated, one.id))]
    if fitting:
        others = "；也与另外的标准一致，可以在自评页改" if len(fitting) > 1 else ""
        words = f"表里的等级与「{fitting[0].name}」一致，已按它评等级{others}。"
        return document, replace(report, grades=fitting[0].id), [Note(Kind.HINT, words, f"reports[{report.id}].grades")]
    names = {project.id: project.name or "（未命名）" for project in document.projects}
    kept = tuple(f"项目「{names[project_id]}」的等级：{grade}" for project_id, grade in stated.items())
    notes = [Note(Kind.HINT, "；".join(_differing(document, report, stated, "")), f"reports[{report.id}].grades")]
    return replace(document, unplaced=(*document.unplaced, *kept)), report, notes


def _differing(document: GoalDocument, report: Report, stated: Mapping[str, str], grades_id: str) -> Iterator[str]:
    """A sentence for each project whose total has another grade by that standard; by "" for each."""
    by = replace(report, grades=grades_id)
    for project, result in shown(Draft(document, reports=(by,)), by):
        wanted = stated.get(project.id)
        if wanted and grade_of(by, result) != wanted:
            total = f"总分 {result.total}" if result.total else "没有总分"
            yield f"「{project.name or '（未命名）'}」{total}，表里的等级「{wanted}」与已知的等级标准都对不上，已保留，请核对"
