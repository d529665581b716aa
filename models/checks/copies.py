"""The rule on long passages that stand in two fields of the same kind."""

import re
from collections.abc import Iterable, Iterator

from models.checks.registry import Finding, Severity, Whole, document_rule, shortened
from models.document.tree import Measure, Project, SubGoal

_LEAST = 30
"""Characters, marks aside, from which on a passage is called copied."""

_SENTENCE = re.compile(r"[^。\n]+")
_MARKS = re.compile(r"[\W_]+")


@document_rule(
    "duplicate-text",
    Severity.WARN,
    source="各部分内容不应照抄",
    wrong={
        "safeguards[m2].text": "成立工作专班，严格执行财务制度，按进度拨付资金，接受审计监督，每季度调度一次进展情况。",
        "safeguards[m1].text": "成立工作专班，严格执行财务制度，按进度拨付资金，接受审计监督，每季度调度一次进展情况。",
    },
    right={"safeguards[m1].text": "严格执行财务制度，明确责任分工，每季度调度一次进展。"},
)
def duplicate_text(whole: Whole) -> Iterator[Finding]:
    """A passage of a sub-goal, a measure or a project's goal that was copied from another.

    That sub-goals repeat the overall goal, and goals the use of funds, is the form's way or another rule's business.
    """
    document = whole.document
    overall = _MARKS.sub("", document.overall_goal)
    seen: dict[str, str] = {}
    for number, item in enumerate(document.sub_goals.items, 1):
        passages = whole.once(_of_sub_goal, item)
        yield from _copied(f"sub_goals[{item.id}].", passages, seen, f"分项目标 {number}")
    seen = {}
    for number, measure in enumerate(document.safeguards.items, 1):
        passages = whole.once(_of_measure, measure)
        yield from _copied(f"safeguards[{measure.id}].", passages, seen, f"保障措施 {number}", overall)
    seen = {}
    for number, project in enumerate(document.projects, 1):
        passages = whole.once(_of_project, project)
        yield from _copied(f"projects[{project.id}].", passages, seen, f"项目 {number} 的绩效目标")


_Passages = tuple[tuple[str, str, str], ...]
"""(field, the passage without marks, its words)"""


def _passages(fields: Iterable[tuple[str, str | None]]) -> _Passages:
    return tuple(
        (field, words, sentence.strip())
        for field, text in fields
        for sentence in _SENTENCE.findall(text or "")
        if len(words := _MARKS.sub("", sentence)) >= _LEAST
    )


def _of_sub_goal(item: SubGoal) -> _Passages:
    return _passages((("goal", item.goal), ("indicator", item.indicator), ("text", item.text)))


def _of_measure(measure: Measure) -> _Passages:
    return _passages((("text", measure.text),))


def _of_project(project: Project) -> _Passages:
    return _passages((f"goals[{place}]", goal) for place, goal in enumerate(project.goals))


def _copied(path: str, passages: _Passages, seen: dict[str, str], here: str, overall: str = "") -> Iterator[Finding]:
    """At most one finding a field; a sentence within the overall goal counts as copied, too."""
    said = set()
    for field, words, sentence in passages:
        source = seen.get(words) or ("总体绩效目标" if words in overall else "")
        if source and source != here and field not in said:
            said.add(field)
            yield Finding(path + field, shortened(sentence), f"这段话和{source}里的一样，请按各自的内容分别写。")
        seen.setdefault(words, here)
