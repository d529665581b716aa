"""Problems as lines for a terminal, and as JSON for other programs."""

import json
from collections import Counter
from collections.abc import Iterable

from models.checks.registry import Problem, Severity

SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.WARN: "疑问", Severity.INFO: "提示"}
"""In the order of their weight."""


def json_line(file: str, problems: Iterable[Problem]) -> str:
    """One file's problems as one JSON object; `fix` is the field's text afterwards, or what the correction does."""
    listed = [
        {
            "rule": problem.rule,
            "severity": problem.severity.value,
            "path": problem.path,
            "where": problem.where,
            "excerpt": problem.excerpt,
            "message": problem.message,
            "fix": None if problem.fix is None else problem.fix.label if problem.fix.text is None else problem.fix.text,
        }
        for problem in problems
    ]
    return json.dumps({"file": file, "problems": listed}, ensure_ascii=False)


def text_lines(file: str, problems: tuple[Problem, ...]) -> str:
    """One file's problems, a line each, under its name and their number."""
    lines = [f"{file}：{summary(problems)}"]
    for problem in problems:
        words = f"「{problem.excerpt}」" if problem.excerpt else ""
        lines.append(f"  {SEVERITY_NAMES[problem.severity]}  {problem.where}{words}  {problem.message}")
    return "\n".join(lines)


def summary(problems: Iterable[Problem]) -> str:
    """«错误 3 处，疑问 1 处» or «没有发现问题»."""
    counts = Counter(problem.severity for problem in problems)
    parts = [f"{name} {counts[severity]} 处" for severity, name in SEVERITY_NAMES.items() if counts[severity]]
    return "，".join(parts) or "没有发现问题"
