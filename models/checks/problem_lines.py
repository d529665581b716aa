"""Problems as lines for a terminal, and as JSON for other programs."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from models.checks.name_rules import rule_name
from models.checks.registry import Fix, Problem, Severity

SEVERITY_NAMES = {Severity.ERROR: "错误", Severity.WARN: "疑问", Severity.INFO: "提示"}
"""In the order of their weight."""


def json_line(
    file: str,
    problems: Iterable[Problem],
    unchecked: Sequence[str] = (),
    notices: Sequence[str] = (),
    unplaced: Sequence[str] = (),
) -> str:
    """One file's problems as one JSON object; `fix` is the field's text afterwards, or what the correction does; `choices`
    are such texts, too; `also` are rules that report the same fault; `places` both places of a contradiction.

    `unchecked`: the ids of rules that failed, `notices`: sentences on what could not be judged or read, `unplaced`: the words
    that found no place in the form; without any there is no such key.
    """
    listed = [
        {
            "rule": problem.rule,
            "severity": problem.severity.value,
            "path": problem.path,
            "where": problem.where,
            "excerpt": problem.excerpt,
            "message": problem.message,
            "fix": problem.fix and outcome(problem.fix),
            "choices": [outcome(choice) for choice in problem.choices],
            "also": [*problem.also],
            "places": [{"path": place.path, "where": place.where} for place in problem.places],
        }
        for problem in problems
    ]
    more = {"unchecked": [*unchecked], "notices": [*notices], "unplaced": [*unplaced]}
    found = {key: values for key, values in more.items() if values}
    return json.dumps({"file": file, "problems": listed} | found, ensure_ascii=False)


def outcome(fix: Fix) -> str:
    """The field's text after a correction, or what it does where no single text can be shown."""
    return fix.label if fix.text is None else fix.text


def text_lines(
    file: str,
    problems: tuple[Problem, ...],
    unchecked: Sequence[str] = (),
    notices: Sequence[str] = (),
    unplaced: Sequence[str] = (),
) -> str:
    """One file's problems under its name and the numbers of all there is, a line each, notes that say the same of one project
    in one line; the rest as in `json_line`."""
    apart = f"，没有归位的文字 {len(unplaced)} 处" if unplaced else ""
    lines = [f"{file}：{summary(problems)}{apart}{f'（有 {len(unchecked)} 项没有查）' if unchecked else ''}"]
    lines += (f"  {notice}" for notice in notices)
    for problem, alike in folded(problems):
        words = f"「{problem.excerpt}」" if problem.excerpt else ""
        more = f"（{also_at(alike)}）" if alike else ""
        lines.append(f"  {SEVERITY_NAMES[problem.severity]}  {problem.where}{words}  {problem.message}{more}")
    return "\n".join(lines)


def folded(problems: Iterable[Problem]) -> Iterator[tuple[Problem, tuple[Problem, ...]]]:
    """Each problem in its order, notes that say the same of one project with the first of them; what can be corrected
    stands alone, as each has its own words afterwards."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        project, is_in_one, _ = problem.path.partition("]")
        is_note = problem.severity is Severity.INFO and problem.fix is None
        is_note = is_note and bool(is_in_one) and project.startswith("projects[")
        key = (project, problem.rule, problem.message) if is_note else (id(problem),)
        groups.setdefault(key, []).append(problem)
    return ((first, tuple(alike)) for first, *alike in groups.values())


def also_at(alike: Sequence[Problem]) -> str:
    """«同样的还有 2 处：指标 3 · 绩效指标描述、指标 5 · 绩效指标描述»."""
    places = "、".join(problem.where.partition(" · ")[2] or problem.where for problem in alike)
    return f"同样的还有 {len(alike)} 处：{places}"


def unchecked_words(rules: Sequence[str]) -> str:
    """One sentence on the rules that failed, "" for none."""
    if not rules:
        return ""
    names = "、".join(f"「{rule_name(rule)}」" for rule in rules)
    return f"检查 {names} 时程序内部出错，这 {len(rules)} 项没有查，其余各项照常查了。"


def summary(problems: Iterable[Problem]) -> str:
    """«错误 3 处，疑问 1 处» or «没有发现问题»."""
    counts = Counter(problem.severity for problem in problems)
    parts = [f"{name} {counts[severity]} 处" for severity, name in SEVERITY_NAMES.items() if counts[severity]]
    return "，".join(parts) or "没有发现问题"


def left_to_do(problems: Sequence[Problem]) -> str:
    """What is left to do, for the panel's head: what must be mended, what to look at; notes by their kinds, as they can wait."""
    counts = Counter(problem.severity for problem in problems)
    parts = [
        f"{words} {counts[severity]} 处"
        for severity, words in ((Severity.ERROR, "要改正"), (Severity.WARN, "要看一看"))
        if counts[severity]
    ]
    kinds = {problem.rule for problem in problems if problem.severity is Severity.INFO}
    first = "，".join(parts) or ("没有要改的" if problems else "没有发现问题")
    corrected = sum(problem.fix is not None for problem in problems)
    notes = f"；另有提示 {len(kinds)} 类，可以最后再整理" if kinds else ""
    return f"{first}{notes}{f'。其中 {corrected} 处可一键改正' if corrected else ''}"


def in_what_is_exported(problems: Iterable[Problem], report_id: str = "") -> tuple[Problem, ...]:
    """Those of the text, or of the 监控 or 自评 with that id: what is still empty in one says nothing of the other."""
    if report_id:
        return tuple(problem for problem in problems if problem.path.startswith(f"reports[{report_id}]"))
    return tuple(problem for problem in problems if not problem.path.startswith("reports"))


def count_left(problems: Iterable[Problem]) -> int:
    """How many of them a reviewer would return or ask about."""
    return sum(problem.severity is not Severity.INFO for problem in problems)
