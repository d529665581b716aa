"""One document from the form's sheets and the lists of a file: the form's sheets win, what a list says otherwise is reported."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from importers.budget import check_written
from importers.form_tables import TableReading
from importers.front import Front
from importers.reading.listed import ListedProject, ListedRow, Listing, may_be_one
from importers.reading.own_tables import blocks_in_own_words
from importers.reading.reading_notes import (
    details_kept,
    details_of,
    numbering_notes,
    origin_notes,
    with_departments,
)
from importers.reading.table_kinds import load_headers, other_tables
from importers.recognise import NothingFoundError, Recognition, recognise
from importers.report import Kind, Note, Report, shortened
from importers.sources import describe_sources, stated_year, text_unit
from importers.table_grid import squeeze
from models.document import fieldpath
from models.document.blocks import Block
from models.document.fieldnames import project_label
from models.document.template import Template
from models.document.tree import PLAN_LENGTH, Indicator, Project, Unit
from models.document.values import money, parse_value
from models.session.session import new_document
from models.years.plan_year import PlanYear

_AMOUNTS = ("budget", "fiscal_funds", "other_funds")
_FIELDS = (*_AMOUNTS, "fund_use", *(f"spending_plan[{place}]" for place in range(PLAN_LENGTH)), "goals")
_OTHERWISE = "指标清单里项目「{}」的{}与绩效目标表不一致，以绩效目标表为准，清单的已保留：「{}」"
_COMPARED = ("tier1", "tier2", "name", "description", "value", "basis")


def join(blocks: Sequence[Block], listing: Listing, template: Template) -> Recognition:
    """The document of a file: what its text says, and what its lists and forms say. UserError where nothing of the form and
    no list is found in it."""
    check_written(listing.projects)
    first: list[Note] = []
    blocks = blocks_in_own_words(blocks, load_headers(template.id), template, first)
    if not listing.projects and not listing.departments:
        found = _of_text(blocks, listing, template)
    elif blocks:
        found = _with_lists(recognise(blocks, template, stated_by_lists(listing)), listing)
    else:
        found = _of_lists(listing, template)
    found = _with_year(with_departments(found, listing.departments, template), listing.front_years)
    others = listing.years - {found.document.year}
    years = ("、".join(f"{each}年" for each in sorted(listing.years)),) if others else ()
    details = list(details_kept(listing.projects))
    kept = (*listing.unplaced(), *(words for words, _note in details))
    merged = (Note(Kind.UNPLACED, f"指标清单的年度列没有采用，已保留：「{words}」") for words in years)
    notes = (
        *first,
        *listing.notes,
        *numbering_notes(listing),
        *listing.loose_notes(),
        *(note for _words, note in details),
        *merged,
    )
    return found.more((*kept, *years), notes)


def _with_year(found: Recognition, years: Collection[int]) -> Recognition:
    """The document with the year that stands above its forms and lists, where nothing else says it."""
    if found.document.year is not None or len(years) != 1:
        return found
    year = next(iter(years))
    note = Note(Kind.SOURCE, f"预算年度：{year} 年（取自表上面的文字）", "year")
    notes = (*(each for each in found.report.notes if each.path != "year"), note)
    return replace(found, document=replace(found.document, year=year), report=Report(notes))


def _of_text(blocks: Sequence[Block], listing: Listing, template: Template) -> Recognition:
    """The form's own text. A table of another kind is named as what it is; its words are kept."""
    others = list(other_tables(blocks, load_headers(template.id).vocabulary))
    if not others:
        return recognise(blocks, template, stated_by_lists(listing))
    names = "、".join(dict.fromkeys(name for _table, name in others))
    try:
        rest = [block for block in blocks if not any(block is table for table, _name in others)]
        found = recognise(rest, template, stated_by_lists(listing))
    except NothingFoundError:
        raise NothingFoundError(f"这是一份{names}，不是绩效目标表。请选择申报绩效目标的表。") from None
    lines = ("\t".join(cell.text for cell in row.cells if cell.text) for table, _name in others for row in table.rows)
    note = Note(Kind.UNPLACED, f"{names}不是绩效目标表，没有读成项目，文字已保留。")
    return found.more(("\n".join(filter(None, lines)),), (note,))


def stated_by_lists(listing: Listing) -> Front:
    """What the program's own lists say of the whole text."""
    stated = listing.stated
    if stated is None:
        return Front()
    code = stated.unit.code if stated.unit != Unit() else None
    place = "文件属性" if stated.is_hidden else "清单的表头"
    return Front(stated.year, stated.unit.name, unit_code=code, place=place, is_hidden=stated.is_hidden)


def _of_lists(listing: Listing, template: Template) -> Recognition:
    """A new text with the form's lines, of the projects the lists name."""
    listed = listing.projects
    projects = tuple(_numbered(each, number) for number, each in enumerate(listed, 1))
    front = stated_by_lists(listing)
    front = Front() if front.is_hidden else front
    document = replace(new_document(template, None, text_unit(front, projects)), projects=projects)
    years = listing.years
    readings = [
        TableReading(
            project,
            has_form=each.has_form,
            has_indicators=bool(each.rows),
            has_amount_unit=each.has_amount_unit,
        )
        for project, each in zip(projects, listed, strict=True)
    ]
    column = next(iter(years)) if len(years) == 1 else None
    above = next(iter(listing.front_years)) if len(listing.front_years) == 1 and front.year is None else None
    year, source = (column, "表中的年度列") if column else (above, "表上面的文字")
    found = PlanYear(year, year, source) if year else stated_year(document, front)
    document = replace(document, year=found.year)
    notes = (*describe_sources(document, front, found, readings), *origin_notes(listing))
    return Recognition(document, Report(notes))


def _numbered(listed: ListedProject, number: int) -> Project:
    rows = tuple(replace(row.indicator, id=f"i{place}") for place, row in enumerate(listed.rows, 1))
    return replace(listed.project, id=f"p{number}", indicators=rows, details=details_of(listed))


def _with_lists(found: Recognition, listing: Listing) -> Recognition:
    merged = _Merged(found.document.projects)
    notes: list[Note] = []
    unplaced: list[str] = []
    added: list[Project] = []
    for listed in listing.projects:
        same = merged.same(listed.project)
        if not same:
            added.append(_numbered(listed, len(merged.projects) + len(added) + 1))
            notes.append(_added(listed, len(merged.projects) + len(added)))
            continue
        listed.is_repeated = True
        for name, words in merged.take_fields(same, listed.project):
            label = project_label(name)
            unplaced.append(f"项目「{listed.project.name}」{label}：{words}")
            notes.append(Note(Kind.UNPLACED, _OTHERWISE.format(listed.project.name, label, shortened(words))))
        for row in listed.rows:
            if not merged.take(same, row.indicator):
                notes.append(_differs(row, listed.project))
                unplaced.append("\t".join((f"工作表「{row.sheet}」第{row.row}行", *_fields(row.indicator))))
    found = replace(found, document=replace(found.document, projects=(*merged.finished(), *added)))
    return found.more(unplaced, (*notes, *origin_notes(listing, len(merged.projects) + 1)))


class _Merged:
    """The projects the form's sheets gave, and which of their rows a list has repeated so far."""

    def __init__(self, projects: Sequence[Project]) -> None:
        self.projects = list(projects)
        self._codes: dict[str, list[int]] = defaultdict(list)
        self._names: dict[str, list[int]] = defaultdict(list)
        self._rows: dict[tuple[int, tuple[str, ...]], list[int]] = defaultdict(list)
        self._weights: dict[tuple[int, int], str] = {}
        for place, project in enumerate(projects):
            self._codes[squeeze(project.code)].append(place)
            self._names[squeeze(project.name)].append(place)
            for number, row in enumerate(project.indicators):
                self._rows[place, _key(row)].append(number)

    def same(self, listed: Project) -> list[int]:
        """The places of the projects of that code, and of those of that name where one of both has no code; not those of
        another unit."""
        coded = self._codes.get(squeeze(listed.code), []) if listed.code else []
        named = self._names.get(squeeze(listed.name), [])
        likely = [*coded, *(place for place in named if not (listed.code and self.projects[place].code))]
        return [place for place in likely if may_be_one(self.projects[place].unit, listed.unit)]

    def take_fields(self, places: Sequence[int], listed: Project) -> Iterator[tuple[str, str]]:
        """The fields that the list gives otherwise than each of these projects, with the list's words. Where there is one, what
        it leaves blank it takes from the list."""
        for name in _FIELDS:
            words = _field_words(listed, name)
            if not words or any(_says_the_same(self.projects[place], listed, name) for place in places):
                continue
            own = self.projects[places[0]]
            same_measure = name not in _AMOUNTS or own.amount_unit == listed.amount_unit
            if len(places) == 1 and not _field_words(own, name) and same_measure:
                own = replace(own, goals_numbering=listed.goals_numbering) if name == "goals" else own
                self.projects[places[0]] = fieldpath.replace(own, name, fieldpath.get(listed, name))
            else:
                yield name, words

    def finished(self) -> Iterator[Project]:
        """The projects with the weights that lists gave their rows."""
        for place, project in enumerate(self.projects):
            rows = (
                replace(row, weight=self._weights.get((place, number), row.weight))
                for number, row in enumerate(project.indicators)
            )
            yield replace(project, indicators=tuple(rows)) if self._weights else project

    def take(self, places: Sequence[int], listed: Indicator) -> bool:
        """Whether one of these projects has that row and no other of the list was it. Its weight, which the form's table
        may lack, is taken over; with another weight it is another row."""
        key = _key(listed)
        place = next((place for place in places if self._rows.get((place, key))), None)
        if place is None:
            return False
        number = self._rows[place, key][0]
        weight = self.projects[place].indicators[number].weight
        if listed.weight and weight and squeeze(weight) != squeeze(listed.weight):
            return False
        self._rows[place, key].pop(0)
        if listed.weight and not weight:
            self._weights[place, number] = listed.weight
        return True


def _field_words(project: Project, name: str) -> str:
    value = fieldpath.get(project, name)
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def _says_the_same(project: Project, listed: Project, name: str) -> bool:
    """Whether both give the field the same words, or the same amount of money."""
    own, other = _field_words(project, name), _field_words(listed, name)
    amount = money(own, project.amount_unit) if name in _AMOUNTS else None
    return squeeze(own) == squeeze(other) or (amount is not None and amount == money(other, listed.amount_unit))


def _key(row: Indicator) -> tuple[str, ...]:
    """What two rows are compared by: words without white space, a value by the meaning of its parts."""
    value = parse_value(row.value)
    meaning = (value.meaning, value.number, value.measure, value.words)
    return tuple(map(squeeze, (*(getattr(row, name) for name in _COMPARED if name != "value"), *meaning)))


def _added(listed: ListedProject, number: int) -> Note:
    sheets = "」「".join(dict.fromkeys(row.sheet for row in listed.rows))
    return Note(
        Kind.FOUND,
        f"项目 {number}「{listed.project.name}」只在工作表「{sheets}」的指标清单里，已加在最后，指标 {len(listed.rows)} 行。",
        f"projects[p{number}]",
    )


def _differs(row: ListedRow, project: Project) -> Note:
    words = shortened(" ".join(_fields(row.indicator)))
    return Note(
        Kind.UNPLACED,
        f"工作表「{row.sheet}」第 {row.row} 行与项目「{project.name}」的绩效目标表不一致，以绩效目标表为准，这一行已保留：「{words}」",
    )


def _fields(row: Indicator) -> Sequence[str]:
    return [text for name in (*_COMPARED, "weight") if (text := getattr(row, name))]
