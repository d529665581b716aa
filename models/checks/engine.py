"""Runs all rules over a document; what did not change since the last time is not looked at again."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeVar

from models import fieldnames
from models.checks.catalogue import RULES
from models.checks.order import place_in_document, place_in_project
from models.checks.registry import Context, Edit, Finding, Fix, Problem, Rule, Scope, Severity, Whole
from models.checks.texts import Text, front_texts, project_texts, row_texts
from models.checks.vocabulary import Vocabulary, load_vocabulary
from models.document import Draft, GoalDocument, IgnoredProblem, Indicator, Project, Settings
from models.template import load_template

PartT = TypeVar("PartT")
ResultT = TypeVar("ResultT")

_REMEMBERED = 100_000
"""Texts and rows whose findings are kept; a full memory is emptied."""


class Found(NamedTuple):
    """A finding with its rule, before it has a place in a document."""

    rule: str
    severity: Severity
    finding: Finding


@dataclass(frozen=True, slots=True)
class _Checked:
    """A project's own problems as they read in project `number`. Holds the project, so that its identity stays taken."""

    project: Project
    number: int
    problems: tuple[Problem, ...]


class Checker:
    """Checks one draft again and again (or many, one after the other). Not for several threads at once.

    `off`: ids of rules that are switched off; `forbidden`: the unit's own forbidden words.
    """

    def __init__(
        self,
        off: Collection[str] = (),
        forbidden: Iterable[str] = (),
        rules: Iterable[Rule] = RULES,
        vocabulary: Vocabulary | None = None,
    ) -> None:
        rules = [rule for rule in rules if rule.id not in off]
        self._forbidden = tuple(forbidden)
        self._vocabulary = vocabulary or load_vocabulary()
        self._rows = [rule for rule in rules if rule.scope is Scope.ROW]
        self._projects = [rule for rule in rules if rule.scope is Scope.PROJECT]
        self._documents = [rule for rule in rules if rule.scope is Scope.DOCUMENT]
        self._texts = {
            kind: [rule for rule in rules if kind in rule.fields]
            for kind in frozenset().union(*(rule.fields for rule in rules))
        }
        self._context: Context | None = None
        self._forget()

    def check(self, subject: Draft | GoalDocument) -> tuple[Problem, ...]:
        """The problems in the order of the page; those the draft's user ignores are left out."""
        draft = subject if isinstance(subject, Draft) else Draft(subject)
        document = draft.document
        self._enter(document, draft.settings)
        assert self._context is not None  # _enter has set it
        front = [*self._front(document), *self._across(document)]
        by_project: dict[str, list[Problem]] = {}
        problems: list[Problem] = []
        for problem in front:
            owner = _project_of(problem.path)
            (by_project.setdefault(owner, []) if owner else problems).append(problem)
        problems.sort(key=lambda problem: place_in_document(document, problem.path))
        after = [problem for problem in problems if problem.path.startswith(_BEHIND_PROJECTS)]
        problems = [problem for problem in problems if not problem.path.startswith(_BEHIND_PROJECTS)]
        for own in self._of_projects(document):
            across = by_project.get(own.project.id)
            problems.extend(_merged(own, across) if across else own.problems)
        problems.extend(after)
        return _without(problems, draft.ignored)

    # memory

    def _enter(self, document: GoalDocument, settings: Settings) -> None:
        template = load_template(document.template)
        scheme = template.scheme(settings.tier_scheme)
        context = Context(document.year, scheme, template, self._vocabulary, self._forbidden)
        if context != self._context:
            self._context = context
            self._forget()

    def _forget(self) -> None:
        self._by_text: dict[tuple[str, str], tuple[Found, ...]] = {}
        self._by_row: dict[tuple[str, ...], tuple[Found, ...]] = {}
        self._by_project: dict[int, _Checked] = {}
        self._once: dict[tuple[Any, int], tuple[Any, Any]] = {}
        self._asked: dict[tuple[Any, int], tuple[Any, Any]] = {}

    def _ask(self, function: Callable[[PartT], ResultT], part: PartT) -> ResultT:
        """`Whole.once`. The part is kept beside the answer, so that its identity stays taken."""
        key = (function, id(part))
        held = self._asked.get(key) or self._once.get(key) or (part, function(part))
        self._asked[key] = held
        answer: ResultT = held[1]
        return answer

    # kinds of rules

    def _across(self, document: GoalDocument) -> Iterator[Problem]:
        assert self._context is not None
        self._asked = {}
        whole = Whole(document, self._context, self._ask)
        found = [
            Found(rule.id, finding.severity or rule.severity, finding)
            for rule in self._documents
            for finding in rule.check(whole)
        ]
        self._once, self._asked = self._asked, {}
        for item in found:
            yield _problem(item, fieldnames.where(document, item.finding.path))

    def _front(self, document: GoalDocument) -> Iterator[Problem]:
        for path, kind, text in front_texts(document):
            for found in self._in_text(kind, text):
                yield _problem(_below(path, found), fieldnames.where(document, path))

    def _of_projects(self, document: GoalDocument) -> list[_Checked]:
        checked = [self._of_project(project, number) for number, project in enumerate(document.projects, 1)]
        self._by_project = {id(own.project): own for own in checked}
        return checked

    def _of_project(self, project: Project, number: int) -> _Checked:
        known = self._by_project.get(id(project))
        if known and known.number == number:
            return known
        if known:
            old, new = f"项目 {known.number}", f"项目 {number}"
            moved = tuple(replace(p, where=new + p.where.removeprefix(old)) for p in known.problems)
            return _Checked(project, number, moved)
        return _Checked(project, number, self._problems(project, number))

    def _problems(self, project: Project, number: int) -> tuple[Problem, ...]:
        found = [*self._own(project)]
        if not found:
            return ()
        alone = GoalDocument(projects=(project,))
        path = f"projects[{project.id}]"
        found.sort(key=lambda item: place_in_project(project, item.finding.path))
        problems = []
        for item in found:
            placed = _below(path, item)
            where = fieldnames.where(alone, placed.finding.path).removeprefix("项目 1")
            problems.append(_problem(placed, f"项目 {number}{where}"))
        return tuple(problems)

    def _own(self, project: Project) -> Iterator[Found]:
        yield from self._run(self._projects, project)
        yield from self._in_texts(project_texts(project))
        for row in project.indicators:
            for found in self._in_row(row):
                yield _below(f"indicators[{row.id}]", found)

    def _in_row(self, row: Indicator) -> tuple[Found, ...]:
        key = (row.tier1, row.tier2, row.name, row.description, row.value, row.basis)
        known = self._by_row.get(key)
        if known is None:
            if len(self._by_row) > _REMEMBERED:
                self._by_row.clear()
            known = (*self._run(self._rows, row), *self._in_texts(row_texts(row)))
            self._by_row[key] = known
        return known

    def _in_texts(self, texts: Iterable[Text]) -> Iterator[Found]:
        for path, kind, text in texts:
            for found in self._in_text(kind, text):
                yield _below(path, found)

    def _in_text(self, kind: str, text: str) -> tuple[Found, ...]:
        known = self._by_text.get((kind, text))
        if known is None:
            if len(self._by_text) > _REMEMBERED:
                self._by_text.clear()
            known = tuple(
                Found(rule.id, finding.severity or rule.severity, finding)
                for rule in self._texts.get(kind, ())
                for finding in rule.check(text, kind, self._context)
            )
            self._by_text[kind, text] = known
        return known

    def _run(self, rules: Iterable[Rule], part: object) -> Iterator[Found]:
        for rule in rules:
            for finding in rule.check(part, self._context):
                yield Found(rule.id, finding.severity or rule.severity, finding)


_BEHIND_PROJECTS = ("unplaced",)


def _project_of(path: str) -> str:
    """The id of the project a path leads into, "" elsewhere."""
    return path[len("projects[") :].partition("]")[0] if path.startswith("projects[") else ""


def _below(path: str, found: Found) -> Found:
    """The finding with its path, and its correction's paths, counted from further up."""
    finding = found.finding
    fix = finding.fix and Fix(
        finding.fix.label,
        finding.fix.text,
        tuple(Edit(e.operation, _joined(path, e.path), e.value, e.index) for e in finding.fix.edits),
    )
    placed = Finding(_joined(path, finding.path), finding.excerpt, finding.message, fix, finding.severity)
    return Found(found.rule, found.severity, placed)


def _joined(above: str, below: str) -> str:
    return f"{above}.{below}" if above and below else above or below


def _problem(found: Found, where: str) -> Problem:
    finding = found.finding
    return Problem(found.rule, found.severity, finding.path, where, finding.excerpt, finding.message, finding.fix)


def _merged(own: _Checked, across: list[Problem]) -> list[Problem]:
    start = len(f"projects[{own.project.id}]") + 1
    return sorted([*own.problems, *across], key=lambda problem: place_in_project(own.project, problem.path[start:]))


def _without(problems: list[Problem], ignored: tuple[IgnoredProblem, ...]) -> tuple[Problem, ...]:
    """The problems but for the ignored ones, which are known by rule, place and words."""
    hidden = {(entry.rule, entry.path, entry.excerpt) for entry in ignored}
    return tuple(problem for problem in problems if (problem.rule, problem.path, problem.excerpt) not in hidden)
