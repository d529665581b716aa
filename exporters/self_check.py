"""自查表: what was found, under the four heads targets are examined for (财预〔2015〕88号), project by project."""

from collections.abc import Iterable, Iterator

from models.checks.name_rules import HEADS, head_of, rule_name
from models.checks.problem_lines import count_left
from models.checks.registry import Problem, Severity
from models.grouping import grouped

TITLE = "绩效目标自查表"
COLUMNS = ("审核内容", "错误", "疑问", "提示", "发现的问题")
_ASKED = {
    "完整性": "内容是否完整、明确、清晰",
    "相关性": "目标、指标是否同职能、项目和用途相关",
    "适当性": "资金规模同目标、数量是否匹配",
    "可行性": "时间、进度和方向是否合理可行",
}
_FOUND, _NOTHING = "有 {count} 处要改或要看", "没有发现问题"


def self_check_rows(problems: Iterable[Problem]) -> Iterator[tuple[str, ...]]:
    """The four heads of one project, or of part one, each with its counts and what was found, the most severe kinds first."""
    groups: dict[str, list[Problem]] = {head: [] for head in HEADS}
    for problem in problems:
        groups.get(head_of(problem.rule), []).append(problem)
    for head, found in groups.items():
        counts = [str(sum(problem.severity is severity for problem in found)) for severity in Severity]
        yield f"{head}\n{_ASKED[head]}", *counts, _in_words(found)


def _in_words(found: list[Problem]) -> str:
    """«有 2 处要改或要看：成本超过预算数（指标 4 · 指标值）…», kind by kind."""
    if not found:
        return _NOTHING
    ordered = sorted(found, key=lambda problem: list(Severity).index(problem.severity))
    kinds = grouped((problem.rule, problem) for problem in ordered)
    lines = [f"{rule_name(rule)}（{_places(own)}）" for rule, own in kinds.items()]
    left = count_left(found)
    return "\n".join([_FOUND.format(count=left) if left else "只有提示", *lines])


def _places(found: list[Problem]) -> str:
    names = list(dict.fromkeys(problem.where.partition(" · ")[2] or problem.where for problem in found))
    return "、".join(names[:3]) + (f"等 {len(names)} 处" if len(names) > 3 else "")
