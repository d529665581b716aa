"""Several units' texts as one department's text, and their later changes brought into it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import Any

from models.document.template import Template
from models.document.tree import Draft, GoalDocument, Items, Provenance, Settings, Unit
from models.merge.align import Aligner
from models.merge.merged_lines import merged_lines
from models.merge.merged_marks import aligned_marks, merged_marks
from models.merge.merged_reports import merged_reports
from models.merge.remembered_units import (
    NOTHING,
    SECTION,
    WHOLE,
    MergedUnit,
    merged_units,
    unit_of,
    unit_words,
    with_units,
)
from models.merge.threeway import Choice, Conflict, Note, ThreeWay
from models.session.session import new_document

__all__ = [
    "Choice",
    "Conflict",
    "Incoming",
    "Note",
    "Outcome",
    "PartOne",
    "Source",
    "department_text",
    "source_doubts",
    "unit_number",
    "update",
]

_TEXTS = ("overall_goal", "sub_goals.preface", "safeguards.preface")


class PartOne(Enum):
    """Where the department's part one comes from."""

    NONE = "不取，由部门自己写"
    ONE = "取一个单位的"
    ALL = "各单位的依次列出，前面写明单位"


@dataclass(frozen=True, slots=True)
class Source:
    """A unit's text, and what the user knows it by: the name of a file or a draft."""

    name: str
    draft: Draft

    @property
    def unit(self) -> Unit:
        return unit_of(self.draft.document)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A source and the unit of the department's text it belongs to, counted from 0; None: a unit that is not in it yet."""

    source: Source
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The department's draft after a merge, what was asked about, and what was left alone."""

    draft: Draft
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[Note, ...] = ()


def department_text(
    sources: Sequence[Source],
    template: Template,
    year: int | None,
    unit: Unit,
    part_one: PartOne = PartOne.NONE,
    chosen: int = 0,
    *,
    unit_headings: bool = False,
) -> Draft:
    """A new department's text: part two in the order of the sources, under the headings of their units where these are
    wanted, part one as said. `chosen`: whose, for PartOne.ONE."""
    schemes = {source.draft.settings.tier_scheme for source in sources}
    draft = Draft(new_document(template, year, unit), Settings(unit_headings=unit_headings))
    if len(schemes) == 1:
        draft = replace(draft, settings=replace(draft.settings, tier_scheme=schemes.pop()))
    uses = [_use(part_one, place == chosen) for place in range(len(sources))]
    merge = _Merge(draft, {})
    for source, use in zip(sources, uses, strict=True):
        merge.bring(Incoming(source), use)
    return merge.outcome().draft


def _use(part_one: PartOne, is_chosen: bool) -> str:
    if part_one is PartOne.ALL:
        return SECTION
    return WHOLE if part_one is PartOne.ONE and is_chosen else NOTHING


def update(
    draft: Draft, incoming: Iterable[Incoming], decided: Mapping[tuple[int, str], Choice] | None = None
) -> Outcome:
    """The department's draft with the units' changes. `decided`: by `Conflict.key`; every other conflict is left for later.

    A unit that is not in the text yet is added behind the others; its part one only where those of all units are listed.
    """
    merge = _Merge(draft, decided or {})
    for one in incoming:
        merge.bring(one)
    return merge.outcome()


class _Merge:
    """Units brought into one draft, one after the other."""

    def __init__(self, draft: Draft, decided: Mapping[tuple[int, str], Choice]) -> None:
        self._draft, self._decided = draft, decided
        self._document = draft.document
        self._marks = draft.provenance.carried_over
        self._reports = draft.reports
        self._units = list(merged_units(draft.provenance))
        self._conflicts: list[Conflict] = []
        self._notes: list[Note] = []

    def outcome(self) -> Outcome:
        provenance: Provenance = with_units(replace(self._draft.provenance, carried_over=self._marks), self._units)
        draft = replace(self._draft, document=self._document, provenance=provenance, reports=self._reports)
        return Outcome(draft, tuple(self._conflicts), tuple(self._notes))

    def bring(self, incoming: Incoming, use: str | None = None) -> None:
        source = incoming.source
        if incoming.number is None:
            listed = any(unit.part_one == SECTION for unit in self._units)
            use = use if use is not None else (SECTION if listed else NOTHING)
            self._units.append(MergedUnit(source.unit, part_one=use, base=self._empty(use)))
        number = len(self._units) - 1 if incoming.number is None else incoming.number
        known = self._units[number]
        aligner = Aligner(known.base, known.ids, self._document)
        before, theirs = self._document, aligner.align(_prepared(source), self._taken(number))
        three = ThreeWay(number, known.unit, self._decided)
        base = replace(known.base, unplaced=theirs.unplaced)
        base = self._unplaced(known, base)
        base = self._part_one(three, number, theirs, base)
        base = self._projects(three, number, theirs, base)
        marks = aligned_marks(source.draft.provenance.carried_over, source.draft.document, theirs)
        self._marks = merged_marks(self._marks, before, self._document, theirs, marks)
        ids = aligner.known_ids(base)
        self._reports, last = merged_reports(three, known.reports, source.draft.reports, self._reports, dict(ids))
        self._units[number] = replace(known, source=source.name, base=base, ids=ids, reports=last)
        self._conflicts += three.conflicts
        self._notes += three.notes

    def _empty(self, use: str) -> GoalDocument:
        """What was merged of a unit that was not. The patterns of numbers are the unit's where all of part one is."""
        here = self._document
        numbering = (here.sub_goals.numbering, here.safeguards.numbering) if use == WHOLE else ("", "")
        return GoalDocument(
            here.template, sub_goals=Items(numbering=numbering[0]), safeguards=Items(numbering=numbering[1])
        )

    def _taken(self, number: int) -> set[str]:
        """Ids of other units' parts, those among them that were deleted here."""
        others = (unit.base for at, unit in enumerate(self._units) if at != number)
        return {
            part.id
            for base in others
            for parts in (base.projects, base.sub_goals.items, base.safeguards.items)
            for part in parts
        }

    def _unplaced(self, known: MergedUnit, base: GoalDocument) -> GoalDocument:
        """What an import could not place is kept here, too; what the department took away stays away."""
        here = self._document.unplaced
        old = {*known.base.unplaced, *here}
        new = tuple(line for line in base.unplaced if line not in old)
        if new:
            self._document = replace(self._document, unplaced=(*here, *new))
        return base

    def _projects(self, three: ThreeWay, number: int, theirs: GoalDocument, base: GoalDocument) -> GoalDocument:
        place = partial(self._place, number, "projects")
        here, last = three.parts("projects", base.projects, theirs.projects, self._document.projects, place)
        self._document = replace(self._document, projects=here)
        return replace(base, projects=last)

    def _place(self, number: int, name: str, order: list[str]) -> int:
        """Where a unit's first part goes: behind the units before it, else before those after it."""

        def places(units: Sequence[MergedUnit]) -> list[int]:
            parts = (part for unit in units for part in _parts(unit.base, name))
            return [at[part.id] for part in parts if part.id in at]

        at = {id_: place for place, id_ in enumerate(order)}
        if before := places(self._units[:number]):
            return max(before) + 1
        return min(places(self._units[number + 1 :]), default=len(order))

    # part one

    def _part_one(self, three: ThreeWay, number: int, theirs: GoalDocument, base: GoalDocument) -> GoalDocument:
        known = self._units[number]
        if known.part_one == WHOLE:
            for name in ("overall_goal", "sub_goals", "safeguards"):
                sides = [getattr(document, name) for document in (known.base, theirs, self._document)]
                here, last = three.merge(name, *sides)
                self._document, base = _with(self._document, name, here), _with(base, name, last)
        elif known.part_one == SECTION:
            for path in _TEXTS:
                base = self._section(three, number, path, theirs, base)
            for name in ("sub_goals", "safeguards"):
                place = partial(self._place, number, name)
                old, new, ours = (_parts(document, name) for document in (known.base, theirs, self._document))
                parts, last = three.parts(name, old, new, ours, place)
                self._document = _with(self._document, f"{name}.items", parts)
                base = _with(base, f"{name}.items", last)
        return base

    def _section(
        self, three: ThreeWay, number: int, path: str, theirs: GoalDocument, base: GoalDocument
    ) -> GoalDocument:
        """The unit's share of a text that lists all units."""
        old, new, here = (_text(document, path) for document in (self._units[number].base, theirs, self._document))
        if old == new:
            return base
        before, after = self._listed(path, number, old), self._listed(path, number, new)
        merged, clean = merged_lines(before, after, here)
        choice = Choice.THEIRS
        if not clean:
            share = "\n".join(_share(self._units[number].unit, new))
            choice = three.choice(path, "both", "\n".join(_share(self._units[number].unit, old)), here, share)
        if choice is Choice.THEIRS:
            self._document = _with(self._document, path, merged)
        return base if choice is Choice.LATER else _with(base, path, new)

    def _listed(self, path: str, number: int, text: str) -> str:
        """The texts of all units under their names, that unit's being this one."""
        lines: list[str] = []
        for at, unit in enumerate(self._units):
            if unit.part_one == SECTION:
                lines += _share(unit.unit, text if at == number else _text(unit.base, path))
        return "\n".join(lines)


def _prepared(source: Source) -> GoalDocument:
    """Its tables that name no unit are the unit's: in a text of several it would be unknown."""
    document, unit = source.draft.document, source.unit
    projects = (replace(one, unit=unit) if one.unit == Unit() else one for one in document.projects)
    return replace(document, projects=tuple(projects))


def _share(unit: Unit, text: str) -> list[str]:
    return [f"{unit.name or unit_words(unit)}：", *text.split("\n")] if text else []


def _text(document: GoalDocument, path: str) -> str:
    name, _, inside = path.partition(".")
    value = getattr(document, name)
    return str(getattr(value, inside) if inside else value)


def _parts(document: GoalDocument, name: str) -> tuple[Any, ...]:
    """The projects, or the items of a section."""
    value: Any = getattr(document, name)
    return tuple(value.items if isinstance(value, Items) else value)


def _with(document: GoalDocument, path: str, value: Any) -> GoalDocument:
    name, _, inside = path.partition(".")
    changed: Any = {name: replace(getattr(document, name), **{inside: value}) if inside else value}
    return replace(document, **changed)


def unit_number(units: Sequence[MergedUnit], unit: Unit) -> int | None:
    """Which of the merged units that is, by its code, else by its name; None for one that is not among them."""
    for same in ("code", "name"):
        words = getattr(unit, same).strip()
        for number, known in enumerate(units):
            if words and getattr(known.unit, same).strip() == words:
                return number
    return None


def source_doubts(sources: Sequence[Source], year: int | None = None) -> Iterator[str]:
    """What the user should know of sources that shall become one text, one sentence each."""
    years = {year, *(source.draft.document.year for source in sources)} - {None}
    if len(years) > 1:
        listed = "、".join(
            f"{source.unit.name or source.name} {source.draft.document.year}年"
            for source in sources
            if source.draft.document.year is not None
        )
        yield f"年度不一致：{listed}，请核对是否选错了文件。"
    units = Counter(unit_words(source.unit) for source in sources if source.unit != Unit())
    for words in (words for words, count in units.items() if count > 1):
        yield f"「{words}」选了 {units[words]} 份，请只留一份，否则它的项目会重复。"
    yield from _contained(sources)
    codes = Counter(project.code.strip() for source in sources for project in source.draft.document.projects)
    for code in (code for code, count in codes.items() if code and count > 1):
        yield f"项目编码 {code} 出现了 {codes[code]} 次，请核对是否重复。"
    for source in sources:
        if not source.draft.document.projects:
            yield f"「{source.unit.name or source.name}」没有项目。"


def _contained(sources: Sequence[Source]) -> Iterator[str]:
    """A department's text chosen together with the texts it was merged from."""
    for source in sources:
        units = merged_units(source.draft.provenance)
        others = (other for other in sources if other is not source and unit_number(units, other.unit) is not None)
        if within := "、".join(unit_words(other.unit) for other in others):
            yield f"「{unit_words(source.unit)}」是汇总成的部门文本，已经包含 {within}，一起选项目会重复。"
