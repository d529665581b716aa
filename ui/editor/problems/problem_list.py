"""The lines of the list of problems: what is more severe by step and project, the notes by their kind, what is ignored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from models.checks.name_rules import rule_name
from models.checks.problem_lines import SEVERITY_NAMES
from models.checks.registry import Problem, Severity
from models.document.tree import IgnoredProblem
from ui.editor.field_places import step_of, words_at
from ui.editor.marks import SYMBOLS
from ui.editor.problems.live_check import Entry, LiveCheck
from ui.editor.problems.problem_words import offer_words

Line: TypeAlias = "tuple[str, Entry | None]"
"""Its words, and what it is about: None for a heading."""


class ProblemLines:
    """Writes lines of what `live` found. `steps`: the names of all steps."""

    def __init__(self, live: LiveCheck, steps: Sequence[str]) -> None:
        self._live, self._steps = live, steps

    def grouped(self, entries: list[Entry]) -> Iterator[Line]:
        """Lines of the list: a heading for each step and project, then its problems."""
        names = {p.id: f"项目 {n} {p.name}" for n, p in enumerate(self._live.session.document.projects, 1)}
        groups: dict[str, list[Entry]] = {}
        for entry in entries:
            project = names.get(entry.path[len("projects[") :].partition("]")[0]) if "[" in entry.path else None
            groups.setdefault(project or self._steps[step_of(entry.path or "year") - 1], []).append(entry)
        for name, members in groups.items():
            yield f"{name}　{len(members)}", None
            for entry in members:
                yield self._words(entry), entry

    def folded(self, entries: list[Entry]) -> Iterator[Line]:
        """What is more severe as it stands on the pages; behind it the notes, by their kind, each with its first place."""
        kinds: dict[str, list[Problem]] = {}
        for entry in entries:
            if isinstance(entry, Problem) and entry.severity is Severity.INFO:
                kinds.setdefault(entry.rule, []).append(entry)
        yield from self.grouped([e for e in entries if not (isinstance(e, Problem) and e.severity is Severity.INFO)])
        if kinds:
            yield f"提示（相同的合在一起）　{len(kinds)} 类", None
        for rule, found in kinds.items():
            if len(found) == 1:
                yield self._words(found[0], whole=True), found[0]
                continue
            first, head = found[0], f"{SYMBOLS[Severity.INFO]} {SEVERITY_NAMES[Severity.INFO]}"
            count = sum(problem.fix is not None for problem in found)
            offer = f"\n可改正：{count} 处，按「全部改正」" if count > 1 else offer_words(first)
            yield (
                f"{head}　{rule_name(rule)}　{len(found)} 处\n如 {first.where}「{first.excerpt}」{first.message}{offer}",
                first,
            )

    def awaited(self, step: int) -> Iterator[Line]:
        """What nobody had time to write yet, of one step or all, listed apart for who wants to know, and counted nowhere."""
        waiting = [problem for problem in self._live.waiting if not step or step_of(problem.path) == step]
        if waiting:
            yield f"还没有填到　{len(waiting)}", None
        for problem in waiting:
            yield self._words(problem, whole=True), problem

    def _words(self, entry: Entry, whole: bool = False) -> str:
        """`whole`: the place with its project, which no heading names."""
        words = f"「{entry.excerpt}」" if entry.excerpt else ""
        if isinstance(entry, IgnoredProblem):
            where = words_at(self._live.session, entry.path, "（已删除的内容）" if entry.path else "全文的这一类")
            reason = f"\n理由：{entry.reason}" if entry.reason else ""
            return f"已忽略　{where}\n{words}{rule_name(entry.rule)}{reason}"
        in_project = entry.path.startswith("projects[") and not whole
        where = (entry.where.partition(" · ")[2] if in_project else "") or entry.where
        head = f"{SYMBOLS[entry.severity]} {SEVERITY_NAMES[entry.severity]}　{where}"
        return "\n".join(filter(None, (head, words, f"{entry.message}{offer_words(entry)}")))
