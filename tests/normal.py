"""What no reader of a page could tell apart, as rules on documents: the right side of the round-trip law.

`normal` is for tests alone. Typing never passes through it: what cannot be re-read is kept and printed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from importers.front import read_front
from importers.numbered_lines import read_goals, written_lines
from importers.recognise import SECTIONS, section_named, section_starts
from importers.sections import read_measures, read_sub_goals
from importers.sources import tables_unit
from importers.table_grid import squeeze
from models.document import fieldpath
from models.document.numbering import draw
from models.document.template import Template, load_template
from models.document.tree import GoalDocument, Indicator, Project, Scope, Unit
from models.forms.form_definition import SCOPES, ProjectForm
from models.forms.printed_fields import shown
from models.years.plan_year import plan_year

Rule = Callable[[GoalDocument, Template], GoalDocument]


def _lines(text: str) -> str:
    return "\n".join(written_lines([text]))


def _projects(document: GoalDocument, change: Callable[[Project], Project]) -> GoalDocument:
    return replace(document, projects=tuple(map(change, document.projects)))


def white_space(document: GoalDocument, template: Template) -> GoalDocument:
    """Lines of white space alone, the tabs a line begins with, and the white space around a heading are no words.

    «一。\n \n\t二。» reads as «一。\n二。»; a cell of one blank is an empty cell.
    """

    def row(indicator: Indicator) -> Indicator:
        names = ("tier1", "tier2", "name", "description", "value", "basis")
        return replace(indicator, **{name: _lines(getattr(indicator, name)) for name in names})

    def project(old: Project) -> Project:
        names = ("code", "name", "budget", "fiscal_funds", "other_funds", "fund_use")
        plan = tuple(map(_lines, old.spending_plan))
        changed = {name: _lines(getattr(old, name)) for name in names}
        return replace(old, spending_plan=plan, indicators=tuple(map(row, old.indicators)), **changed)

    headings = {
        name: value.strip() for name in document.headings.__slots__ if (value := getattr(document.headings, name))
    }
    return replace(
        _projects(document, project),
        overall_goal=_lines(document.overall_goal),
        headings=replace(document.headings, **headings),
        title=document.title and document.title.strip(),
    )


def sections_as_read(document: GoalDocument, template: Template) -> GoalDocument:
    """Part one is read anew, line by line: a section's title begins the section, a line with the next number is an item, the
    words of a part line that is not printed begin part two, a line that begins with a label is that label's, a heading ends
    at its first closing mark, and the pattern is the one most items show. Words of a text that two section titles below each
    other make an entry of a contents list stand before the first section: one of their lines may be the text's title.

    An item «（一）强化管理» run in with «完善制度。» is the item «（一）强化管理完善制度。» with nothing run in.
    """
    lines: dict[str, list[str]] = {name: [] for name in ("", *SECTIONS)}
    headings: dict[str, str | None] = dict.fromkeys(SECTIONS)
    printed = _part_one_lines(document, template)
    part_two = _part_two_lines(document, template, printed)
    current = ""
    part_one = printed[: min(part_two.values(), default=None)]
    starts = section_starts(part_one, template)
    for place, line in enumerate(part_one):
        if place in starts:
            current = starts[place]
            headings[current] = line
        else:
            lines[current].append(line)
    above = [line for line in lines[""] if section_named(line, template) is None]
    return replace(
        document,
        title=document.title if document.title is not None else read_front(above, template).title,
        headings=replace(
            document.headings, **headings, **{name: printed[place].strip() for name, place in part_two.items()}
        ),
        overall_goal="\n".join(lines["overall_goal"]),
        sub_goals=read_sub_goals(lines["sub_goals"], template),
        safeguards=read_measures(lines["safeguards"], template),
    )


def _part_one_lines(document: GoalDocument, template: Template) -> list[str]:
    texts = (
        document.overall_goal.split("\n"),
        _printed(document.sub_goals, template),
        _printed(document.safeguards, template),
    )
    return written_lines(
        [
            line
            for name, text in zip(SECTIONS, texts, strict=True)
            for line in (getattr(document.headings, name) or "", *text)
        ]
    )


def _part_two_lines(document: GoalDocument, template: Template, printed: list[str]) -> dict[str, int]:
    """Where lines of the text, the last of their words, read as the lines of part two that are not printed."""
    found = {}
    for name in ("part_two", "part_two_name"):
        if getattr(document.headings, name) is None:
            places = [
                place for place, line in enumerate(printed) if squeeze(line) == squeeze(getattr(template.labels, name))
            ]
            if places:
                found[name] = places[-1]
    return found


def _printed(items: object, template: Template) -> list[str]:
    lines = items.preface.split("\n")
    for place, item in enumerate(items.items):
        text = item.text.split("\n") if item.text else []
        run_in = text.pop(0) if item.run_in and text else ""
        lines += [(item.number or draw(items.numbering, place + 1)) + item.heading + run_in, *text]
        for label, name in ((template.labels.goal, "goal"), (template.labels.indicator, "indicator")):
            if getattr(item, name, None) is not None:
                lines += (label + getattr(item, name)).split("\n")
    return lines


def goals_as_read(document: GoalDocument, template: Template) -> GoalDocument:
    """The 绩效目标 cell is read anew: goals without numbers are one a line.

    Numbering "" and the goal «完成甲\n完成乙» are the two goals «完成甲», «完成乙».
    """

    def project(old: Project) -> Project:
        lines = [draw(old.goals_numbering, place + 1) + goal for place, goal in enumerate(old.goals)]
        numbering, goals = read_goals(written_lines(lines), template.numbering.goals)
        return replace(old, goals_numbering=numbering, goals=goals)

    return _projects(document, project)


def blank_tiers(document: GoalDocument, template: Template) -> GoalDocument:
    """A blank tier cell means «same as above»; a row without a word is no row.

    A row («», «», 培训人次 …) under (产出指标, 数量指标, …) has those tiers.
    """

    def project(old: Project) -> Project:
        rows = [
            row
            for row in old.indicators
            if any((row.tier1, row.tier2, row.name, row.description, row.value, row.basis))
        ]
        return replace(old, indicators=_below_each_other(rows))

    return _projects(document, project)


def _below_each_other(rows: Sequence[Indicator]) -> tuple[Indicator, ...]:
    found: list[Indicator] = []
    for row in rows:
        above = found[-1] if found else Indicator("")
        tier1 = row.tier1 or above.tier1
        found.append(replace(row, tier1=tier1, tier2=row.tier2 or (above.tier2 if tier1 == above.tier1 else "")))
    return tuple(found)


def merged_rows_of_one_tier(document: GoalDocument, template: Template) -> GoalDocument:
    """A row whose only words are the tiers of the row above disappears in their merged cells."""

    def project(old: Project) -> Project:
        rows: list[Indicator] = []
        for row in old.indicators:
            bare = not any((row.name, row.description, row.value, row.basis))
            if not (bare and rows and (row.tier1, row.tier2) == (rows[-1].tier1, rows[-1].tier2)):
                rows.append(row)
        return replace(old, indicators=tuple(rows))

    return _projects(document, project)


def weights(document: GoalDocument, template: Template) -> GoalDocument:
    """This form prints no weights: «权重 10» is not on the page."""
    return _projects(document, lambda p: replace(p, indicators=tuple(replace(row, weight="") for row in p.indicators)))


def table_units(document: GoalDocument, template: Template) -> GoalDocument:
    """A table's unit is one cell: the digits it begins with are the code. Unit(«», «806001某管委会») has the code 806001."""

    def project(old: Project) -> Project:
        text = _lines(old.unit.code + old.unit.name)
        digits = len(text) - len(text.lstrip("0123456789"))
        return replace(old, unit=Unit(text[:digits], text[digits:]) if digits >= 3 else Unit("", text))

    return _projects(document, project)


def document_unit(document: GoalDocument, template: Template) -> GoalDocument:
    """The unit of the whole text stands on the cover alone; without one it is the unit most tables name."""
    return replace(document, unit=tables_unit(document.projects))


def document_year(document: GoalDocument, template: Template) -> GoalDocument:
    """The year stands on the cover alone; without one it is the year the words state: «2026年，…» is the year 2026."""
    return replace(document, year=plan_year(replace(document, year=None)).year)


def section_titles(document: GoalDocument, template: Template) -> GoalDocument:
    """A section that has content is printed with its title line, so it has one when it is read."""
    filled = {
        "overall_goal": bool(document.overall_goal),
        "sub_goals": bool(document.sub_goals.items or document.sub_goals.preface),
        "safeguards": bool(document.safeguards.items or document.safeguards.preface),
    }
    missing = {
        name: getattr(template.labels, name)
        for name, content in filled.items()
        if content and getattr(document.headings, name) is None
    }
    return replace(document, headings=replace(document.headings, **missing))


RULES: tuple[Rule, ...] = (
    section_titles,
    white_space,
    sections_as_read,
    goals_as_read,
    blank_tiers,
    merged_rows_of_one_tier,
    weights,
    table_units,
    document_unit,
    document_year,
)
"""In the order they are applied; each leaves what the ones before it made."""


def normal(document: GoalDocument) -> GoalDocument:
    """The document as a reader of its page sees it; ids and `unplaced` aside."""
    template = load_template(document.template)
    for rule in RULES:
        document = rule(document, template)
    return document


def _said(row: Indicator, above: Indicator | None, merging: Sequence[str]) -> bool:
    """Whether a printed row has a word outside the cells that it shares with the row above. `merging`: the fields whose cells
    go on below as long as they, and those left of them, say the same."""
    own, other = ([getattr(each, name) for name in merging] if each else [] for each in (row, above))
    shared = {name for at, name in enumerate(merging, 1) if above is not None and own[:at] == other[:at]}
    names = ("tier1", "tier2", "name", "description", "value", "basis", "weight")
    return any(_lines(getattr(row, name)) for name in names if name not in shared)


def normal_form(document: GoalDocument, form: ProjectForm) -> GoalDocument:
    """What a reader of the pages of a form sees: what the form shows, by those of the rules that speak of tables."""
    document = shown(document, form)
    in_cells = {cell.field for table in form.tables for row in table.rows for cell in row.cells if not row.each}

    def project(old: Project) -> Project:
        texts = {
            name: _lines(text) if name in in_cells else text.replace("\n", " ").strip()
            for name in form.fields
            if name != "goals"
            for text in (fieldpath.get(old, name),)
        }
        rows = tuple(row for scope in form.scopes for row in _printed_rows(old, form, scope))
        return fieldpath.replace_all(replace(old, indicators=rows), texts)

    template = replace(load_template(), numbering=replace(load_template().numbering, goals=form.numbering))
    return goals_as_read(_projects(document, project), template)


def _printed_rows(project: Project, form: ProjectForm, scope: Scope) -> tuple[Indicator, ...]:
    """The rows of one scope, which stand one below the other."""
    drawn = (row for table in form.tables for row in table.rows if SCOPES.get(row.each) == scope)
    merging = [cell.field for row in drawn for cell in row.cells if cell.merge and cell.field]
    own = [row for row in project.indicators if row.scope == scope]
    printed = [row for row, above in zip(own, (None, *own), strict=False) if _said(row, above, merging)]
    names = form.scopes[scope]
    return _below_each_other([replace(row, **{name: _lines(getattr(row, name)) for name in names}) for row in printed])
