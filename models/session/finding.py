"""Finds words in all texts of a document the user can edit, and replaces them: offsets are those of the text as it stands."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from operator import attrgetter

from models.document import fieldnames, fieldpath
from models.document.cleaning import clean_line, clean_text
from models.document.tree import NO_DETAILS, Details, Draft, GoalDocument, Items, Measure, Project, SubGoal
from models.grouping import grouped
from models.reports import results

_FRONT = (
    *("unit.code", "unit.name", "title", "headings.part_one", "headings.part_one_name", "headings.part_two"),
    *("headings.part_two_name", "headings.overall_goal", "overall_goal"),
)
_ITEM = ("number", "heading", "text", "goal", "indicator")
_PROJECT = ("name", "code", "unit.code", "unit.name", "budget", "fiscal_funds", "other_funds", "fund_use")
_DETAILS = tuple(f"details.{field.name}" for field in fields(Details))
_ROW = ("tier1", "tier2", "name", "description", "value", "basis")
_ABSENT_WHEN_EMPTY = re.compile(r"title|headings\.\w+|\w+\[[^\]]+\]\.number")
"""Fields an emptied line takes out of the text, as their boxes in the window do."""

_IN_REPORTS = "reports["
_BEFORE, _AFTER = 14, 24
"""Characters shown before and after a hit."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. `same_width`: （ is (, Ａ is A; nothing else is taken for equal, as ① and 1 are not."""

    words: str
    match_case: bool = False
    same_width: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """One place: characters `start` to `end` of the text at `path`."""

    path: str
    start: int
    end: int

    @property
    def is_replaceable(self) -> bool:
        """The year is a number of its own, and lines an import could not place are kept as they came."""
        return self.path != "year" and not self.path.startswith("unplaced[")


@cache
def _widths() -> Mapping[str, str]:
    """Every character that comes in two widths, and both of them."""
    found: dict[str, str] = {}
    for code in (0x3000, *range(0xFF01, 0xFFEF)):
        char = chr(code)
        kind, _, base = unicodedata.decomposition(char).partition(" ")
        if kind in {"<wide>", "<narrow>"}:
            usual = chr(int(base, 16))
            found[char] = found[usual] = usual + char
    return found


def _pattern(query: Query) -> re.Pattern[str]:
    widths = _widths() if query.same_width else {}
    parts = (f"[{re.escape(widths[char])}]" if char in widths else re.escape(char) for char in query.words)
    return re.compile("".join(parts), 0 if query.match_case else re.IGNORECASE)


def texts(document: GoalDocument) -> Iterator[tuple[str, str]]:
    """(path, text) of everything one can type, in the order of the steps; at the end what could not be placed. The year is among them."""
    yield from _front(document)
    for project in document.projects:
        yield from _of_project(project)
    yield from ((f"unplaced[{place}]", line) for place, line in enumerate(document.unplaced))


def _front(document: GoalDocument) -> Iterator[tuple[str, str]]:
    yield "year", "" if document.year is None else str(document.year)
    for path in _FRONT:
        yield path, attrgetter(path)(document) or ""
    yield from _of_items(document.sub_goals, "sub_goals", document.headings.sub_goals)
    yield from _of_items(document.safeguards, "safeguards", document.headings.safeguards)


def _of_items(section: Items[SubGoal] | Items[Measure], name: str, heading: str | None) -> Iterator[tuple[str, str]]:
    yield f"headings.{name}", heading or ""
    yield f"{name}.preface", section.preface
    for item in section.items:
        for field in _ITEM:
            yield f"{name}[{item.id}].{field}", getattr(item, field, None) or ""


def _of_project(project: Project) -> Iterator[tuple[str, str]]:
    # Unit of the amounts and kinds of numbers are chosen from lists: other words there would change what amounts mean.
    start = f"projects[{project.id}]"
    for field in (*_PROJECT, *(_DETAILS if project.details != NO_DETAILS else ())):
        yield f"{start}.{field}", fieldpath.get(project, field) if "." in field else getattr(project, field)
    for place, text in enumerate(project.spending_plan):
        yield f"{start}.spending_plan[{place}]", text
    for place, text in enumerate(project.goals):
        yield f"{start}.goals[{place}]", text
    for row in project.indicators:
        for field in _ROW:
            yield f"{start}.indicators[{row.id}].{field}", getattr(row, field)


class Finder:
    """Finds in one state of a document after the other; a project that is the same as before is not read again."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[Project, str]] = {}

    def find(self, searched: GoalDocument | Draft, query: Query) -> tuple[Hit, ...]:
        """All hits in the order of `texts`, of a draft then those in its reports; none of them overlap. No words: no hits."""
        if not query.words:
            return ()
        if isinstance(searched, Draft):
            in_reports = _hits(results.texts(searched), _pattern(query)) if searched.reports else ()
            return (*self.find(searched.document, query), *in_reports)
        document = searched
        pattern = _pattern(query)
        hits = list(_hits(_front(document), pattern))
        read: dict[str, tuple[Project, str]] = {}
        for project in document.projects:
            known = self._read.get(project.id)
            whole = known[1] if known and known[0] is project else "\0".join(t for _, t in _of_project(project))
            read[project.id] = project, whole
            if pattern.search(whole):
                hits += _hits(_of_project(project), pattern)
        self._read = read
        unplaced = ((f"unplaced[{place}]", line) for place, line in enumerate(document.unplaced))
        return (*hits, *_hits(unplaced, pattern))


def _hits(named: Iterable[tuple[str, str]], pattern: re.Pattern[str]) -> Iterator[Hit]:
    for path, text in named:
        for found in pattern.finditer(text):
            yield Hit(path, found.start(), found.end())


def find(searched: GoalDocument | Draft, query: Query) -> tuple[Hit, ...]:
    """All hits of the words in the document, or in the draft with its reports."""
    return Finder().find(searched, query)


def around(text: str, hit: Hit) -> tuple[str, str, str]:
    """(words before, the hit, words after) for one line of a list; «…» where words were left out."""
    start, end = max(0, hit.start - _BEFORE), min(len(text), hit.end + _AFTER)
    before, after = text[start : hit.start], text[hit.end : end]
    return (
        ("…" if start else "") + before.replace("\n", " "),
        text[hit.start : hit.end],
        after.replace("\n", " ") + ("…" if end < len(text) else ""),
    )


def text_at(searched: GoalDocument | Draft, path: str) -> str:
    """The text a hit lies in, "" where the field is gone or absent."""
    root = searched.document if isinstance(searched, Draft) and not path.startswith(_IN_REPORTS) else searched
    try:
        value = fieldpath.get(root, path)
    except fieldpath.PathError:
        return ""
    return "" if value is None else str(value)


def replaced_in_draft(draft: Draft, hits: Sequence[Hit], words: str) -> tuple[Draft, int]:
    """As `replaced`, in the reports too; a final report stays as it is."""
    in_reports = [hit for hit in hits if hit.path.startswith(_IN_REPORTS)]
    document, removed = replaced(draft.document, [hit for hit in hits if hit not in set(in_reports)], words)
    open_hits = [hit for hit in in_reports if not results.is_in_final_report(draft.reports, hit.path)]
    (in_text, taken_out), (in_line, _) = clean_text(words), clean_line(words)
    old, by_path = dict(results.texts(draft)) if open_hits else {}, grouped((hit.path, hit) for hit in open_hits)
    new = {
        path: _filled(old[path], found, in_text if fieldnames.is_text(path) else in_line)
        for path, found in by_path.items()
    }
    return fieldpath.replace_all(replace(draft, document=document), new), removed or (taken_out if new else 0)


def replaced(document: GoalDocument, hits: Sequence[Hit], words: str) -> tuple[GoalDocument, int]:
    """(the document with `words` in the place of these hits, how many characters no file can hold were left out).

    The hits are of this very document; those that cannot be replaced are passed over. A field of one line gets no line end.
    """
    (in_text, removed), (in_line, _) = clean_text(words), clean_line(words)
    by_path = grouped((hit.path, hit) for hit in hits if hit.is_replaceable)
    changes: dict[str, str | None] = {}
    old = dict(texts(document))
    for path, found in by_path.items():
        new = _filled(old[path], found, in_text if fieldnames.is_text(path) else in_line)
        changes[path] = None if not new and _ABSENT_WHEN_EMPTY.fullmatch(path) else new
    return fieldpath.replace_all(document, changes), removed if changes else 0


def _filled(text: str, hits: Iterable[Hit], words: str) -> str:
    parts, done = [], 0
    for hit in sorted(hits, key=lambda hit: hit.start):
        parts += [text[done : hit.start], words]
        done = hit.end
    return "".join((*parts, text[done:]))
