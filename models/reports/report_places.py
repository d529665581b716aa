"""Where a path into a report leads, in the user's words: «自评 · 项目 2 · 指标 5 · 实际完成值»."""

from models.document import fieldpath
from models.document.fieldnames import PART_LABELS
from models.document.tree import Draft, FundResult, IndicatorResult, ProjectResult, Report
from models.reports.results import FUND_NAMES

_GONE = "已删除"


def where(draft: Draft, path: str) -> str:
    """The place; projects and rows are numbered as in the text."""
    steps = fieldpath.parse(path)
    keys = [step.key for step in steps if step.key]
    names = [step.name for step in steps if step.name]
    words = [_report_words(draft, keys[0])] if keys else ["监控和自评"]
    owner: type = Report
    if len(keys) > 1 and names[1] == "projects":
        words.append(_numbered("项目", [project.id for project in draft.document.projects], keys[1]))
        owner = ProjectResult
    if len(keys) > 2:
        if names[2] == "funds":
            words.append(FUND_NAMES[int(keys[2])] if keys[2].isdigit() and int(keys[2]) < len(FUND_NAMES) else "资金")
            owner = FundResult
        else:
            project = next((one for one in draft.document.projects if one.id == keys[1]), None)
            words.append(_numbered("指标", [row.id for row in project.indicators] if project else [], keys[2]))
            owner = IndicatorResult
    if not steps[-1].key and len(steps) > 1:
        words.append(PART_LABELS[owner].get(steps[-1].name, steps[-1].name))
    return " · ".join(words)


def _report_words(draft: Draft, report_id: str) -> str:
    report = next((one for one in draft.reports if one.id == report_id), None)
    if report is None:
        return f"报告（{_GONE}）"
    several = sum(one.kind == report.kind for one in draft.reports) > 1
    return f"{report.kind}（{report.as_of or report.year or ''}）" if several else report.kind


def _numbered(name: str, ids: list[str], wanted: str) -> str:
    return f"{name} {ids.index(wanted) + 1}" if wanted in ids else f"{name}（{_GONE}）"
