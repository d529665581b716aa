"""What a rule is and what it yields: findings, problems, corrections, and the four kinds of rule.

A rule is a generator over one value and the Context; it yields a Finding for each fault, its path relative to that value:

- `text_rule`: one text field: `(text, field, context)`; `field` is the kind of field (`projects[].goals[]`), path "".
- `row_rule`: one indicator: `(row, context)`; path `value`, `name` …
- `project_rule`: one project: `(project, context)`; path `budget`, `goals[0]`, `indicators[i7].value` …
- `document_rule`: the whole: `(whole,)`; path as in models.document.fieldpath. What it needs of each project or item it asks
  `whole.once(function, part)` for (see Once), which is computed again only for parts that changed.

The first three depend on their arguments alone and are cached. One id may have several rules (a goal stands in sub-goals
and in projects); they share the severity. `source` says where the rule comes from. `wrong` and `right` are edits of
`models.checks.example.EXAMPLE` as {path: value}: with `wrong` this rule alone speaks, with `right` none does.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from operator import attrgetter
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

from models.checks.vocabulary import Vocabulary
from models.document import fieldpath
from models.document.template import Template, TierScheme
from models.document.tree import Draft, GoalDocument, Indicator, Project

RootT = TypeVar("RootT", GoalDocument, Draft)

PROJECT = "projects[p1]"
ROWS = f"{PROJECT}.indicators"
"""Paths in the example: of its first project and of that one's rows."""

LONGEST_EXCERPT = 60
"""Characters of a field that a problem quotes."""


class Severity(StrEnum):
    """error: a reviewer returns it; warn: would ask; info: tidy up."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


def joined_path(above: str, below: str) -> str:
    """The path `below` counted from where `above` counts from; either may be ""."""
    return f"{above}.{below}" if above and below else above or below


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of a correction: `replace` the value at the path, `remove` the part there, or `insert` before the place
    `index` of the list there."""

    operation: Literal["replace", "remove", "insert"]
    path: str
    value: Any = None
    index: int = 0


@dataclass(frozen=True, slots=True)
class Fix:
    """改正: what the button says, the field's text afterwards (None where nothing single can be shown), the edits."""

    label: str
    text: str | None
    edits: tuple[Edit, ...]

    def below(self, path: str) -> "Fix":
        """The same correction with its paths counted from further up."""
        edits = tuple(Edit(e.operation, joined_path(path, e.path), e.value, e.index) for e in self.edits)
        return Fix(self.label, self.text, edits)

    def applied(self, draft: Draft) -> Draft:
        """The draft corrected; PathError where a part it speaks of is gone."""
        in_a_report = any(edit.path.startswith("reports[") for edit in self.edits)
        return self.apply(draft) if in_a_report else replace(draft, document=self.apply(draft.document))

    def apply(self, document: RootT) -> RootT:
        """The document corrected, or the draft where the paths lead into its reports; PathError where a part it speaks of is gone."""
        for edit in self.edits:
            if edit.operation == "replace":
                document = fieldpath.replace(document, edit.path, edit.value)
            elif edit.operation == "remove":
                document = fieldpath.remove(document, edit.path)
            else:
                document = fieldpath.insert(document, edit.path, edit.index, edit.value)
        return document


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields. `excerpt`: exact words of the field, "" for an empty one; `message`: what is wrong and what
    to do, in the clerk's words; `severity` only where it differs from the rule's.

    `fix` only where the text itself makes the answer certain: an arithmetic identity, the form's own words, a unit in the
    name. What is judged (a direction, a tier, a year, a word) has `choices`, of which the clerk takes one or none.
    `places`: of a contradiction, the paths of the other places; `also`: other rules that name this very fault.
    """

    path: str
    excerpt: str
    message: str
    fix: Fix | None = None
    severity: Severity | None = None
    choices: tuple[Fix, ...] = ()
    places: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class Found(NamedTuple):
    """A finding with its rule, before it has a place in a document. `also`: the rules that report the same fault."""

    rule: str
    severity: Severity
    finding: Finding
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A field, and what the user calls it."""

    path: str
    where: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding in its place: `path` from the document's root, `where` in the user's words.

    `also`: the rules that report the same fault; `places`: of a contradiction both places, this one first.
    """

    rule: str
    severity: Severity
    path: str
    where: str
    excerpt: str
    message: str
    fix: Fix | None = None
    choices: tuple[Fix, ...] = ()
    also: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()

    def __reduce__(self) -> tuple[type["Problem"], tuple[object, ...]]:
        """Field by field would cost a process that gets the problems of many files from others a third more."""
        return Problem, _FIELDS_OF_A_PROBLEM(self)


_FIELDS_OF_A_PROBLEM = attrgetter(*(each.name for each in fields(Problem)))


@dataclass(frozen=True)
class Context:
    """What a rule may know besides its own value. Equal contexts give equal findings."""

    year: int | None
    scheme: TierScheme
    template: Template
    vocabulary: Vocabulary
    forbidden: tuple[str, ...] = ()


ResultT = TypeVar("ResultT", covariant=True)


class Once(Protocol):
    """`once(function, part, …)`: function(part, …), computed again only when one of the parts is another object.

    Projects, sections and the context keep their identity until they change; so
    `once(judged, project, document.sub_goals, context)` is looked up for every project but the edited one.
    The function gives a value that can be read again and again: a tuple, no generator.
    """

    def __call__(self, function: "Callable[..., ResultT]", /, *parts: object) -> "ResultT": ...


@dataclass(frozen=True, slots=True)
class Whole:
    """What a document rule gets."""

    document: GoalDocument
    context: Context
    once: Once


TextCheck = Callable[[str, str, Context], Iterable[Finding]]
RowCheck = Callable[[Indicator, Context], Iterable[Finding]]
ProjectCheck = Callable[[Project, Context], Iterable[Finding]]
DocumentCheck = Callable[[Whole], Iterable[Finding]]
CheckT = TypeVar("CheckT", bound=Callable[..., Iterable[Finding]])


class Scope(StrEnum):
    """The value a rule is given."""

    TEXT = "text"
    ROW = "row"
    PROJECT = "project"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule over one kind of value. `fields`: for a text rule, the kinds of field it reads."""

    id: str
    severity: Severity
    scope: Scope
    source: str
    wrong: Mapping[str, Hashable]
    right: Mapping[str, Hashable]
    check: Callable[..., Iterable[Finding]]
    fields: frozenset[str] = field(default_factory=frozenset)


Edits = Mapping[str, Hashable]


def text_rule(
    rule_id: str, severity: Severity, fields: Iterable[str], *, source: str, wrong: Edits, right: Edits
) -> Callable[[TextCheck], Rule]:
    """A rule over one text, in the kinds of field named (see models.checks.texts)."""
    kinds = frozenset(fields)
    return lambda check: Rule(rule_id, severity, Scope.TEXT, source, wrong, right, check, kinds)


def row_rule(
    rule_id: str, severity: Severity, *, source: str, wrong: Edits, right: Edits
) -> Callable[[RowCheck], Rule]:
    """A rule over one indicator row."""
    return lambda check: Rule(rule_id, severity, Scope.ROW, source, wrong, right, check)


def project_rule(
    rule_id: str, severity: Severity, *, source: str, wrong: Edits, right: Edits
) -> Callable[[ProjectCheck], Rule]:
    """A rule over one project."""
    return lambda check: Rule(rule_id, severity, Scope.PROJECT, source, wrong, right, check)


def document_rule(
    rule_id: str, severity: Severity, *, source: str, wrong: Edits, right: Edits
) -> Callable[[DocumentCheck], Rule]:
    """A rule over the whole document."""
    return lambda check: Rule(rule_id, severity, Scope.DOCUMENT, source, wrong, right, check)


def most_findings(text: str) -> int:
    """How many findings of one rule are reported for one text at a time. Each holds the corrected text, and is tried out: a key
    that got stuck must not cost gigabytes."""
    return max(10, min(100, 1_000_000 // (len(text) + 1)))


def shortened(words: str, longest: int = LONGEST_EXCERPT) -> str:
    """An excerpt: the words' first line, cut to the length a problem may quote."""
    return words.split("\n", 1)[0][:longest].strip()


def replacing(label: str, path: str, text: str) -> Fix:
    """The correction that puts a text into a field."""
    return Fix(label, text, (Edit("replace", path, text),))


def replacing_words(label: str, text: str, start: int, end: int, words: str) -> Fix:
    """For a text rule: the correction that puts `words` in the place of text[start:end]."""
    return replacing(label, "", text[:start] + words + text[end:])


def rules_in(modules: Iterable[object]) -> Iterator[Rule]:
    """The rules that stand in these modules, in the order of their writing."""
    for module in modules:
        yield from (value for value in vars(module).values() if isinstance(value, Rule))
