"""Runs all rules over a document; what did not change since the last time is not looked at again."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from operator import is_
from typing import TYPE_CHECKING, Any, TypeVar

from models.checks.catalogue import OFF_BY_DEFAULT, RULES
from models.checks.joining import joined
from models.checks.offered_corrections import row_after, sound
from models.checks.page_order import place_in_document, place_in_project, where_in_project
from models.checks.registry import (
    Context,
    Finding,
    Found,
    Place,
    Problem,
    Rule,
    Scope,
    Whole,
    joined_path,
    most_findings,
)
from models.checks.texts import Text, front_texts, project_texts, row_texts
from models.checks.vocabulary import Vocabulary, load_vocabulary
from models.document import fieldnames
from models.document.places import place_words
from models.document.template import load_template
from models.document.tree import Draft, GoalDocument, IgnoredProblem, Indicator, Project, Settings

if TYPE_CHECKING:
    from models.checks.report_checker import ReportChecker

ResultT = TypeVar("ResultT")

OnFault = Callable[[str, Exception], None]
"""Called with the id of a rule that failed, and how."""

ANNUAL_ROWS = frozenset({"annual"})
"""The rows every text has: those of its year."""

_REMEMBERED = 20_000
"""Texts and rows whose findings are kept; a full memory is emptied."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """A project as it was last checked: what its own rules found, what document rules said of it, and both as problems.

    Holds the project, so that its identity stays taken.
    """

    project: Project
    number: int
    own: tuple[Found, ...]
    across: tuple[Found, ...]
    problems: tuple[Problem, ...]


_Outside = tuple[tuple[object, object], list[Found], tuple[Problem, ...]]
"""The two sections, what was found outside the projects, and the problems made of it."""


class Checker:
    """Checks one draft again and again (or many, one after the other). Not for several threads at once.

    `off`: ids of rules that are switched off, all of them; `forbidden`: the unit's own forbidden words; `on_fault`: hears
    of a rule that fails, once for each, and the others go on (without it the exception is the caller's).
    """

    def __init__(
        self,
        off: Collection[str] = OFF_BY_DEFAULT,
        forbidden: Iterable[str] = (),
        rules: Iterable[Rule] = RULES,
        vocabulary: Vocabulary | None = None,
        on_fault: OnFault | None = None,
    ) -> None:
        self._on_fault = on_fault
        self._failed: set[str] = set()
        self._forbidden = tuple(forbidden)
        silent = {*off} if self._forbidden else {*off, "forbidden-word"}
        rules = [rule for rule in rules if rule.id not in silent]
        self._vocabulary = vocabulary or load_vocabulary()
        self._rows = [rule for rule in rules if rule.scope is Scope.ROW]
        self._projects = [rule for rule in rules if rule.scope is Scope.PROJECT]
        self._documents = [rule for rule in rules if rule.scope is Scope.DOCUMENT]
        self._texts = {
            kind: [rule for rule in rules if kind in rule.fields]
            for kind in frozenset().union(*(rule.fields for rule in rules))
        }
        self._off = frozenset(off)
        self._reports: ReportChecker | None = None
        self._context: Context | None = None
        self._row_scopes: Collection[str] = ANNUAL_ROWS
        self._forget()

    @property
    def failed(self) -> tuple[str, ...]:
        """The ids of the rules that failed so far: of some part of what was checked they said nothing."""
        return tuple(sorted(self._failed))

    def check(self, subject: Draft | GoalDocument, row_scopes: Collection[str] = ANNUAL_ROWS) -> tuple[Problem, ...]:
        """The problems in the order of the page; those the draft's user ignores are left out. `row_scopes`: of the indicators
        that are judged each by itself, which a form may name; what rules say of several rows is of this year's alone."""
        draft = subject if isinstance(subject, Draft) else Draft(subject)
        document = draft.document
        self._enter(document, draft.settings, row_scopes)
        outside = list(self._in_texts(front_texts(document)))
        by_project: dict[str, list[Found]] = {}
        for found in self._across(document):
            owner = _project_of(found.finding.path)
            (by_project.setdefault(owner, []) if owner else outside).append(found)
        problems = list(self._outside(document, outside))
        split = next((place for place, p in enumerate(problems) if p.path.startswith(_BEHIND_PROJECTS)), len(problems))
        behind = problems[split:]
        del problems[split:]
        for checked in self._of_projects(document, by_project):
            problems.extend(checked.problems)
        placed = [_placed(problem, document) for problem in (*problems, *behind)]
        return _without([*placed, *self._in_reports(draft)], draft.ignored)

    def check_reports(self, draft: Draft) -> tuple[Problem, ...]:
        """The problems of the draft's reports alone: its targets are not what is judged."""
        return _without(self._in_reports(draft), draft.ignored)

    def _in_reports(self, draft: Draft) -> list[Problem]:
        if not draft.reports:
            return []
        from models.checks.report_checker import ReportChecker  # few drafts have any

        if self._reports is None:
            self._reports = ReportChecker(self._off, self._on_fault and self._note_fault)
        return list(self._reports.check(draft))

    # memory

    def _note_fault(self, rule: str, error: Exception) -> None:
        if self._on_fault is not None and rule not in self._failed:
            self._failed.add(rule)
            self._on_fault(rule, error)

    def _enter(self, document: GoalDocument, settings: Settings, row_scopes: Collection[str]) -> None:
        template = load_template(document.template)
        scheme = template.scheme(settings.tier_scheme)
        context = Context(document.year, scheme, template, self._vocabulary, self._forbidden)
        if context != self._context or row_scopes != self._row_scopes:
            self._context, self._row_scopes = context, row_scopes
            self._forget()

    def _forget(self) -> None:
        self._by_text: dict[tuple[str, str], tuple[Found, ...]] = {}
        self._by_row: dict[tuple[str, ...], tuple[Found, ...]] = {}
        self._by_project: dict[int, _Checked] = {}
        self._last_outside: _Outside | None = None
        self._once: dict[tuple[object, ...], tuple[object, Any]] = {}
        self._asked: dict[tuple[object, ...], tuple[object, Any]] = {}

    def _ask(self, function: Callable[..., ResultT], /, *parts: object) -> ResultT:
        """`Whole.once`. The parts are kept beside the answer, so that their identities stay taken."""
        key = (function, *map(id, parts))
        held = self._once.get(key) or self._asked.get(key) or (parts, function(*parts))
        self._asked[key] = held
        answer: ResultT = held[1]
        return answer

    # kinds of rules

    def _outside(self, document: GoalDocument, found: list[Found]) -> tuple[Problem, ...]:
        """What was found outside the projects as problems: the last ones again, where nothing there has changed."""
        sections = (document.sub_goals, document.safeguards)
        known = self._last_outside
        if known and known[0][0] is sections[0] and known[0][1] is sections[1] and known[1] == found:
            return known[2]
        ordered = sorted(found, key=lambda item: place_in_document(document, item.finding.path))
        words_of = place_words(document)
        problems = tuple(_problem(item, words_of(item.finding.path)) for item in joined(ordered, self._vocabulary))
        self._last_outside = (sections, found, problems)
        return problems

    def _across(self, document: GoalDocument) -> list[Found]:
        assert self._context is not None  # check has set it
        self._asked = {}
        whole = Whole(self._annual(document), self._context, self._ask)
        found = [
            Found(rule.id, finding.severity or rule.severity, finding, finding.also)
            for rule in self._documents
            for finding in self._findings(rule, whole)
        ]
        self._once, self._asked = self._asked, {}
        return found

    def _annual(self, document: GoalDocument) -> GoalDocument:
        """The document with the rows of this year alone; a project without others is the same object."""
        projects = tuple(self._ask(_annual, project) for project in document.projects)
        if all(map(is_, projects, document.projects)):
            return document
        return replace(document, projects=projects)

    def _of_projects(self, document: GoalDocument, across: dict[str, list[Found]]) -> list[_Checked]:
        checked = [
            self._of_project(project, number, tuple(across.get(project.id, ())))
            for number, project in enumerate(document.projects, 1)
        ]
        self._by_project = {id(known.project): known for known in checked}
        return checked

    def _of_project(self, project: Project, number: int, across: tuple[Found, ...]) -> _Checked:
        known = self._by_project.get(id(project))
        if known and known.number == number and known.across == across:
            return known
        path = f"projects[{project.id}]"
        own = known.own if known else tuple(_below(path, found) for found in self._own(project))
        start = len(path) + 1
        found = sorted((*own, *across), key=lambda item: place_in_project(project, item.finding.path[start:]))
        problems = tuple(
            _problem(item, f"项目 {number}{where_in_project(project, item.finding.path[start:])}")
            for item in joined(found, self._vocabulary)
        )
        return _Checked(project, number, own, across, problems)

    def _own(self, project: Project) -> Iterator[Found]:
        yield from self._run(self._projects, _annual(project))
        yield from self._in_texts(project_texts(project))
        for row in project.indicators:
            for found in self._in_row(row) if row.scope in self._row_scopes else ():
                yield _below(f"indicators[{row.id}]", found)

    def _in_row(self, row: Indicator) -> tuple[Found, ...]:
        key = (row.tier1, row.tier2, row.name, row.description, row.value, row.basis)
        known = self._by_row.get(key)
        if known is None:
            if len(self._by_row) > _REMEMBERED:
                self._by_row.clear()
            known = self._sound_in_row(row)
            self._by_row[key] = known
        return known

    def _sound_in_row(self, row: Indicator) -> tuple[Found, ...]:
        found = (*self._run(self._rows, row), *self._in_texts(row_texts(row)))
        length = sum(len(text) for _path, _kind, text in row_texts(row))
        return sound(found, length, row, lambda _rule, fix: self._after_in_row(row_after(row, fix)))

    def _after_in_row(self, row: Indicator) -> Iterator[Found]:
        """What is found in a row, whatever can be corrected of it."""
        yield from self._run(self._rows, row)
        for path, kind, text in row_texts(row):
            for found in self._by_text.get((kind, text)) or self._raw_text(kind, text):
                yield _below(path, found)

    def _in_texts(self, texts: Iterable[Text]) -> Iterator[Found]:
        for path, kind, text in texts:
            for found in self._in_text(kind, text):
                yield _below(path, found)

    def _in_text(self, kind: str, text: str) -> tuple[Found, ...]:
        known = self._by_text.get((kind, text))
        if known is None:
            if len(self._by_text) > _REMEMBERED:
                self._by_text.clear()
            found = tuple(self._raw_text(kind, text))
            spoken = frozenset(item.rule for item in found)
            known = sound(
                found,
                len(text),
                text,
                # Rules that spoke before may go on to speak: only the correction's own rule is asked again.
                lambda rule, fix: self._raw_text(kind, str(fix.edits[-1].value), spoken - {rule}, rule),
            )
            self._by_text[kind, text] = known
        return known

    def _raw_text(self, kind: str, text: str, but: Collection[str] = (), first: str = "") -> Iterator[Found]:
        """What all rules `but` some say of the text, those of the id `first` before the others."""
        if not text:
            return
        most = most_findings(text)
        rules = self._texts.get(kind, ())
        for rule in sorted(rules, key=lambda rule: rule.id != first) if first else rules:
            if rule.id not in but:
                for finding in islice(self._findings(rule, text, kind, self._context), most):
                    yield Found(rule.id, finding.severity or rule.severity, finding, finding.also)

    def _run(self, rules: Iterable[Rule], part: object) -> Iterator[Found]:
        for rule in rules:
            for finding in self._findings(rule, part, self._context):
                yield Found(rule.id, finding.severity or rule.severity, finding, finding.also)

    def _findings(self, rule: Rule, *parts: object) -> Iterable[Finding]:
        """What the rule says."""
        return rule.check(*parts) if self._on_fault is None else self._guarded(rule, *parts)

    def _guarded(self, rule: Rule, *parts: object) -> Iterator[Finding]:
        """A rule that fails says no more of this part, and the others go on."""
        try:
            yield from rule.check(*parts)
        except Exception as error:
            self._note_fault(rule.id, error)


def _annual(project: Project) -> Project:
    """Rows of other years are checked only by rules that ask for them."""
    rows = project.annual_indicators
    return project if rows is project.indicators else replace(project, indicators=rows)


_BEHIND_PROJECTS = ("unplaced",)


def _project_of(path: str) -> str:
    """The id of the project a path leads into, "" elsewhere."""
    return path[len("projects[") :].partition("]")[0] if path.startswith("projects[") else ""


def _below(path: str, found: Found) -> Found:
    """The finding with its path, and its corrections' paths, counted from further up."""
    finding = found.finding
    placed = replace(
        finding,
        path=joined_path(path, finding.path),
        fix=finding.fix and finding.fix.below(path),
        choices=tuple(choice.below(path) for choice in finding.choices),
        places=tuple(joined_path(path, place) for place in finding.places),
    )
    return found._replace(finding=placed)


def _problem(found: Found, where: str) -> Problem:
    finding = found.finding
    places = tuple(Place(path, "") for path in (finding.path, *finding.places)) if finding.places else ()
    return Problem(
        found.rule,
        found.severity,
        finding.path,
        where,
        finding.excerpt,
        finding.message,
        finding.fix,
        finding.choices,
        found.also,
        places,
    )


def _placed(problem: Problem, document: GoalDocument) -> Problem:
    """A contradiction with its places in the user's words, as the document stands; they count projects and rows."""
    if not problem.places:
        return problem
    here, *others = (Place(place.path, fieldnames.where(document, place.path)) for place in problem.places)
    other_places = "、".join(place.where for place in others)
    return replace(problem, message=f"{problem.message}（另一处：{other_places}）", places=(here, *others))


def _without(problems: list[Problem], ignored: tuple[IgnoredProblem, ...]) -> tuple[Problem, ...]:
    """The problems but for the ignored ones, which are known by rule, place and words; without a place it is a whole kind."""
    if not ignored:
        return tuple(problems)
    hidden = {(entry.rule, entry.path, entry.excerpt) for entry in ignored}
    kinds = {entry.rule for entry in ignored if not entry.path}
    return tuple(
        problem
        for problem in problems
        if problem.rule not in kinds and (problem.rule, problem.path, problem.excerpt) not in hidden
    )
