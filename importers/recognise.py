"""From blocks to a document: finds the form's sections by their words, and keeps what it could not place."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from importers.budget import check_written
from importers.form_tables import TableReader, TableReading, empty_project, title_pattern
from importers.front import Front, contents_end, part_names, read_front, with_stated
from importers.numbered_lines import written_lines
from importers.report import Kind, Note, Report, shortened
from importers.sections import read_measures, read_sub_goals
from importers.sources import describe_sources, describe_unit_headings, stated_year, text_unit
from importers.table_grid import GridRow, grid, label_key, squeeze
from models.document.blocks import Block, Paragraph, Table
from models.document.fieldnames import project_label
from models.document.numbering import read_marker
from models.document.template import Labels, Template
from models.document.tree import GoalDocument, Headings
from models.document.unit_heading import unit_key
from models.errors import UserError

SECTIONS = ("overall_goal", "sub_goals", "safeguards")
_LONGEST_TITLE = 40
"""Characters a title line may have with all its white space."""
_SEARCHED_LINES = 500
"""Lines at the beginning among which a contents list is looked for."""


class NothingFoundError(UserError):
    """Nothing of the form is there; `advice`: what to do about it."""

    def __init__(self, advice: str = "请检查是否选错了文件。") -> None:
        super().__init__(f"没有找到绩效文本：既没有「一、总体绩效目标」这样的标题，也没有项目绩效目标表。{advice}")


@dataclass(frozen=True, slots=True)
class Recognition:
    """A document and the report on how it was read."""

    document: GoalDocument
    report: Report
    unit_headings: bool = False
    """Whether lines that name the unit of the next project stood before it: they are no part of the document."""
    form: str = ""
    """The id of the form whose tables were read, "" for a text: what that form does not show is not in the document."""

    def more(self, unplaced: Iterable[str], notes: Iterable[Note]) -> "Recognition":
        """The same with further words without a place, and further notes."""
        document = replace(self.document, unplaced=(*self.document.unplaced, *unplaced))
        return replace(self, document=document, report=Report((*self.report.notes, *notes)))


def recognise(blocks: Sequence[Block], template: Template, stated: Front | None = None) -> Recognition:
    """The document these blocks show. NothingFoundError where nothing of the form is found in them.

    `stated`: unit and year as the file states them beside the blocks; a cover among these comes first.
    """
    reader = _Recogniser(template)
    pieces = list(_pieces(blocks))
    starts = reader.starts(pieces)
    if not starts and not any(map(reader.begins_part_two, pieces)):
        raise NothingFoundError
    headings = reader.unit_headings(pieces)
    for place, piece in enumerate(pieces):
        if place in headings and reader.take_unit_heading(headings[place]):
            continue
        if isinstance(piece, _Line):
            reader.take_line(piece, starts.get(place))
        else:
            reader.take_table(piece)
    return reader.finish(stated or Front())


def text_in(blocks: Sequence[Block], template: Template) -> Recognition | None:
    """What these blocks say; None where nothing of the form is found in them."""
    try:
        return recognise(blocks, template)
    except NothingFoundError:
        return None


@dataclass(frozen=True, slots=True)
class _Line:
    """A written line outside of tables, and whether a table comes next."""

    text: str
    before_table: bool


_Piece = _Line | list[GridRow]


def _pieces(blocks: Sequence[Block]) -> Iterator[_Piece]:
    """The written lines and the tables, in order."""
    for place, block in enumerate(blocks):
        if isinstance(block, Table):
            yield grid(block)
        elif isinstance(block, Paragraph):
            following = next((b for b in blocks[place + 1 : place + 9] if not _is_blank(b)), None)
            yield from (_Line(line, isinstance(following, Table)) for line in written_lines([block.text]))


def _is_blank(block: Block) -> bool:
    return not isinstance(block, Table) and not (isinstance(block, Paragraph) and block.text.strip())


@dataclass(slots=True)
class _Found:
    """What was gathered so far."""

    front: list[str] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in SECTIONS})
    readings: list[TableReading] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    hints: list[Note] = field(default_factory=list)
    unit_headings: int = 0
    tables: int = 0


class _Recogniser:
    def __init__(self, template: Template) -> None:
        self._template = template
        self._tables = TableReader(template)
        self._part_names = part_names(template.labels)
        self._project_title = title_pattern(template.labels)
        self._state = "front"
        self._open_indicators = False
        self._found = _Found()

    def unit_headings(self, pieces: Sequence[_Piece]) -> dict[int, str]:
        """The places of the lines that stand directly before a project's title and are the words of its unit, each with its
        `unit_key`. A line of the form's own words is none, whatever a unit is called."""
        found: dict[int, str] = {}
        for place, (line, title, table) in enumerate(zip(pieces, pieces[1:], pieces[2:], strict=False)):
            if (
                isinstance(line, _Line)
                and isinstance(title, _Line)
                and isinstance(table, list)
                and title.before_table
                and self._project_title.fullmatch(title.text)
                and squeeze(line.text) not in self._part_names
                and section_named(line.text, self._template) is None
                and unit_key(self._tables.unit_in(table)) == squeeze(line.text)
            ):
                found[place] = squeeze(line.text)
        return found

    def take_unit_heading(self, key: str) -> bool:
        """Takes a line that names the unit of the project after it; False where it stands in the midst of a unit's projects:
        there none would be printed, and the line is like any other."""
        readings = self._found.readings
        if readings and unit_key(readings[-1].unit) == key:
            return False
        self._found.unit_headings += 1
        self._open_indicators = False
        return True

    def starts(self, pieces: Sequence[_Piece]) -> dict[int, str]:
        """The places of the part and section lines, all before the first table of the form. Those of part two are the last
        of their words: the same words may stand in the text before. Sections stand in part one, whose own lines are the last
        before them: a contents list may stand above."""
        found: dict[str, int] = {}
        part_one: dict[str, list[int]] = {}
        lines: dict[int, str] = {}
        above: list[str] = []
        for piece in pieces[:_SEARCHED_LINES]:
            if not isinstance(piece, _Line):
                break
            above.append(piece.text)
        contents = contents_end(above, self._template.labels)
        for place, piece in enumerate(pieces):
            if place < contents:
                continue
            if not isinstance(piece, _Line):
                if self._tables.is_form(piece):
                    break
                continue
            lines[place] = piece.text
            part = self._part_names.get(squeeze(piece.text))
            if part and part.startswith("part_one"):
                part_one.setdefault(part, []).append(place)
            elif part:
                found[part] = place
        end = min((place for part, place in found.items() if part.startswith("part_two")), default=len(pieces))
        places = [place for place in lines if place < end]
        sections = section_starts([lines[place] for place in places], self._template)
        first = min((places[at] for at in sections), default=len(pieces))
        for part, at in part_one.items():
            found[part] = max((place for place in at if place < first), default=at[0])
        return {place: part for part, place in found.items()} | {places[at]: name for at, name in sections.items()}

    def begins_part_two(self, piece: _Piece) -> bool:
        """Whether a line is a project's title, or a table one of the form's."""
        if isinstance(piece, _Line):
            return piece.before_table and self._project_title.fullmatch(piece.text) is not None
        return self._tables.is_form(piece)

    def take_line(self, piece: _Line, start: str | None) -> None:
        """Takes a line to where it belongs; `start`: the part or section it is the title line of, if it is one."""
        line = piece.text
        self._open_indicators = False
        if start in SECTIONS:
            self._found.headings[start] = line.strip()
            self._state = start
        elif start and (self._state == "front" or start.startswith("part_two")):
            self._found.headings[start] = line.strip()
            self._state = "projects" if start.startswith("part_two") else self._state
        elif piece.before_table and self._project_title.fullmatch(line):
            self._begin_project(line)
        elif self._state in SECTIONS:
            self._found.lines[self._state].append(line)
        elif self._state == "front":
            if section_named(line, self._template) is None:  # else an entry of a contents list
                self._found.front.append(line)
        else:
            self._leave(line)

    def take_table(self, rows: Sequence[GridRow]) -> None:
        """Takes a table of the form into its project, any other word for word into what could not be placed."""
        readings = self._found.readings
        self._found.tables += 1
        if self._tables.is_form(rows):
            self._take_form(rows)
        elif self._open_indicators and readings and self._tables.continues(rows, readings[-1]):
            self._tables.read(rows, readings[-1], header=True, at=(self._found.tables, 1))
        else:
            for row in rows:
                words = "\t".join(cell.text for cell in row if cell.text)
                if words:
                    self._leave(words)
            return
        self._open_indicators = True

    def _take_form(self, rows: Sequence[GridRow]) -> None:
        """Takes a table of one project, or of several below each other; a title may stand in a row of its own."""
        readings = self._found.readings
        self._state = "projects"
        heads = {
            place - 1 if place and self._title_in(rows[place - 1]) else place for place in self._tables.heads(rows)
        }
        for start, end in itertools.pairwise((0, *sorted(heads), len(rows))):
            part, first = rows[start:end], start + 1
            title = self._title_in(part[0])
            if title is not None:
                part, first = part[1:], first + 1
            if title is not None or not readings or (readings[-1].has_form and self._tables.begins_project(part)):
                self._begin_project(title)
            self._tables.read(part, readings[-1], at=(self._found.tables, first))

    def _title_in(self, row: GridRow) -> str | None:
        """The title of a project where a row of a table holds nothing else."""
        words = [cell.text for cell in row if cell.text]
        return words[0] if len(words) == 1 and self._project_title.fullmatch(words[0]) else None

    def finish(self, stated: Front) -> Recognition:
        """The document of all that was taken."""
        found = self._found
        if not found.headings and not found.readings:
            raise NothingFoundError
        front = read_front(found.front, self._template)
        for words in front.left:
            self._leave(words)
        for number, reading in enumerate(found.readings, 1):
            self._settle_title(number, reading)
            for words in reading.stray:
                self._leave(words, f"项目 {number} 的表中")
            for name, words in reading.repeated:
                label = project_label(name)
                self._leave(f"{label}：{words}", f"项目 {number} 的表中又一处「{label}」与先出现的不同，")
        projects = tuple(reading.finished() for reading in found.readings)
        document = GoalDocument(
            template=self._template.id,
            title=front.title,
            headings=Headings(**found.headings),
            overall_goal="\n".join(found.lines["overall_goal"]),
            sub_goals=read_sub_goals(found.lines["sub_goals"], self._template),
            safeguards=read_measures(found.lines["safeguards"], self._template),
            projects=projects,
            unplaced=tuple(found.unplaced),
        )
        check_written(document)
        front = with_stated(front, stated, len({project.unit for project in projects}))
        year = stated_year(document, front)
        document = replace(document, year=year.year, unit=text_unit(front, document.projects))
        heading_notes = describe_unit_headings(found.unit_headings, projects)
        notes = (*describe_sources(document, front, year, found.readings), *heading_notes, *found.hints)
        return Recognition(document, Report(notes), found.unit_headings > 0)

    def _leave(self, words: str, place: str = "") -> None:
        self._found.unplaced.append(words)
        self._found.hints.append(Note(Kind.UNPLACED, f"{place}未能归位，已保留：「{shortened(words)}」"))

    def _begin_project(self, title: str | None) -> None:
        self._state = "projects"
        project = empty_project(len(self._found.readings) + 1, self._template)
        found = None if title is None else self._project_title.fullmatch(title)
        self._found.readings.append(TableReading(project, title=found))

    def _settle_title(self, number: int, reading: TableReading) -> None:
        """A title gives the name where the table has none; one that the program would draw otherwise is kept."""
        if reading.title is None:
            return
        if not reading.has_form:
            reading.values["name"] = reading.title["name"]
        drawn = self._template.labels.project_title.format(n=number, name=reading.values.get("name", ""))
        if squeeze(drawn) != squeeze(reading.title[0]):
            self._leave(reading.title[0], f"项目 {number} 的标题行与项目名称或顺序不一致，")


def section_starts(lines: Sequence[str], template: Template) -> dict[int, str]:
    """The places of the section titles among these lines, each with its section: the first line of a section's words, with
    or without their number.

    A title whose words come again later is none where another title follows at once (an entry of a contents list) or where
    a section that stands before it begins in between (the words stood in a text).
    """
    named = [(place, name) for place, line in enumerate(lines) if (name := section_named(line, template))]
    starts: dict[str, int] = {}
    again = _next_places([name for _, name in named])
    for at, (place, name) in enumerate(named):
        if name in starts:
            continue
        between = named[at + 1 : again.get(at, at)]
        before = SECTIONS[: SECTIONS.index(name)]
        is_entry = bool(between) and between[0][0] == place + 1
        is_text = any(each in before and each not in starts for _, each in between)
        if not (is_entry or is_text):
            starts[name] = place
    return {place: name for name, place in starts.items()}


def _next_places(names: Sequence[str]) -> dict[int, int]:
    """For each place the next one of the same name, where there is one."""
    found: dict[int, int] = {}
    last: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in last:
            found[last[name]] = place
        last[name] = place
    return found


def section_named(line: str, template: Template) -> str | None:
    """The section whose title has this line's words, number, white space and a closing colon aside."""
    stripped = line.strip()
    if len(stripped) > _LONGEST_TITLE:
        return None
    marker = read_marker(stripped)
    return _section_names(template.labels).get(label_key(stripped[len(marker.text) :] if marker else stripped))


@lru_cache
def _section_names(labels: Labels) -> dict[str, str]:
    """The words of each section's title, its number taken off, and the section."""
    names = {}
    for section in SECTIONS:
        title = getattr(labels, section)
        marker = read_marker(title)
        names[label_key(title[len(marker.text) :] if marker else title)] = section
    return names
