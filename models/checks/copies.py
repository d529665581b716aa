"""The rule on long passages that stand in two fields of the same kind."""

import re
from collections.abc import Iterator

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
    lists: tuple[tuple[str, tuple[SubGoal | Measure | Project, ...], str, str], ...] = (
        ("sub_goals", document.sub_goals.items, "分项目标 {}", ""),
        ("safeguards", document.safeguards.items, "保障措施 {}", overall),
        ("projects", document.projects, "项目 {} 的绩效目标", ""),
    )
    for name, parts, words, before in lists:
        seen: dict[str, str] = {}
        for number, part in enumerate(parts, 1):
            passages = whole.once(_passages, part)
            yield from _copied(f"{name}[{part.id}].", passages, seen, words.format(number), before)


_Passages = tuple[tuple[str, str, str], ...]
"""(field, the passage without marks, its words)"""


def _passages(part: SubGoal | Measure | Project) -> _Passages:
    fields = (
        [(f"goals[{place}]", goal) for place, goal in enumerate(part.goals)]
        if isinstance(part, Project)
        else [(name, getattr(part, name, None)) for name in ("goal", "indicator", "text")]
    )
    return tuple(
        (field, words, sentence.strip())
        for field, text in fields
        for sentence in _SENTENCE.findall(text or "")
        if len(words := _MARKS.sub("", sentence)) >= _LEAST
    )


def _copied(path: str, passages: _Passages, seen: dict[str, str], here: str, overall: str) -> Iterator[Finding]:
    """At most one finding a field; a sentence within the overall goal counts as copied, too."""
    said = set()
    for field, words, sentence in passages:
        source = seen.get(words) or ("总体绩效目标" if words in overall else "")
        if source and source != here and field not in said:
            said.add(field)
            yield Finding(path + field, shortened(sentence), f"这段话和{source}里的一样，请按各自的内容分别写。")
        seen.setdefault(words, here)
