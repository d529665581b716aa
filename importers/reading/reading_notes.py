"""What forms say that the document has no field for, and the sentences on where everything came from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from importers.reading.listed import ListedDepartment, ListedProject, Listing, sheet_name
from importers.recognise import Recognition
from importers.report import Kind, Note, shortened
from importers.whole_department import in_first_part
from models.document.fieldnames import project_label
from models.document.template import Template
from models.document.tree import NO_DETAILS, Details, Unit

_TO = re.compile(r"\s*(?:至|到|—+|–|~|～|-(?=\s*20\d\d|\s*\d{4}年))\s*")
_TITLES = 2_000
"""Characters of the names of tables that a note holds."""
_MOST = 3
"""Signs made of words that a note holds one by one."""


def details_of(listed: ListedProject) -> Details:
    """The fields other forms have, as the project's own form gives them."""
    words = {**listed.details, **dict(zip(("starts", "ends"), _period(listed), strict=False))}
    return Details(**{each.name: words.get(each.name, "") for each in fields(Details)}) if words else NO_DETAILS


def _period(listed: ListedProject) -> list[str]:
    """Beginning and end of a time given in one cell; nothing where it is not two of them."""
    parts = [part.strip() for part in _TO.split(listed.details.get("period", ""))]
    return parts if len(parts) == 2 and all(parts) else []


def details_kept(projects: Sequence[ListedProject]) -> Iterator[tuple[str, Note]]:
    """The words of fields the document has not, project by project, each with a sentence on them."""
    for listed in projects:
        lines, name = _detail_lines(listed), listed.project.name
        if lines:
            words = shortened("；".join(lines))
            note = Note(Kind.UNPLACED, f"项目「{name}」的 {len(lines)} 项没有对应的填报项，已保留：「{words}」")
            yield "\n".join((f"项目「{name}」", *lines)), note


def _detail_lines(listed: ListedProject) -> list[str]:
    names = listed.details if listed.is_repeated else () if _period(listed) else ("period",)
    return [f"{_label(name)}：{words}" for name in names if (words := listed.details.get(name, ""))]


def origin_notes(listing: Listing, first_number: int = 1) -> Iterator[Note]:
    """Where the fields of each project only lists and forms tell stand in the file, by what names of tables it was read.
    `first_number`: that of the first of them."""
    if listing.titles:
        yield Note(Kind.FOUND, f"表名：「{shortened('」「'.join(listing.titles), _TITLES)}」")
    for number, listed in enumerate((each for each in listing.projects if not each.is_repeated), first_number):
        places = [f"{_label(name)}取自{place}" for name, place in listed.origins.items() if place]
        if listed.rows:
            first, last = listed.rows[0], listed.rows[-1]
            places.append(f"指标取自{sheet_name(first.sheet)}第 {first.row} 至 {last.row} 行")
        if places:
            yield Note(
                Kind.SOURCE, f"项目 {number}「{listed.project.name}」：{'；'.join(places)}", f"projects[p{number}]"
            )
    if listing.led:
        more = f" 等 {len(listing.led)} 处" if len(listing.led) > _MOST else ""
        words = "、".join(listing.led[:_MOST])
        yield Note(Kind.HINT, f"{words}{more}没有写符号，按方向加上了 ≥ 或 ≤，请核对这些指标值。")


def numbering_notes(listing: Listing) -> Iterator[Note]:
    """A sentence on the labels that stood in front of indicators' names."""
    for sheet, labels in listing.numbered.items():
        words = "」「".join(dict.fromkeys(labels))
        yield Note(
            Kind.HINT,
            f"{sheet_name(sheet)}有 {len(labels)} 个三级指标前面写着「{words}」，这是表上的编号，没有放进指标名称。",
        )


def _label(name: str) -> str:
    if name in _LABELS:
        return _LABELS[name]
    return project_label(f"details.{name}" if name in Details.__dataclass_fields__ else name)


_LABELS = {
    "unit": "单位",
    "unit_code": "单位代码",
    "unit_or_name": "单位或项目",
    "unit_or_code": "单位或项目编码",
    "project": "项目",
    "period": "起止时间",
    "overall_goals": "总体目标",
    "year": "年度",
}


def with_departments(found: Recognition, departments: Sequence[ListedDepartment], template: Template) -> Recognition:
    """The document with what forms of whole departments say of their goals and tasks in its first part."""
    if not departments:
        return found
    goals = [goal for department in departments for goal in department.goals]
    tasks = [task for department in departments for task in department.tasks]
    unit = next((department.unit for department in departments if department.unit != Unit()), Unit())
    document = in_first_part(found.document, unit, goals, tasks, template)
    notes = list(found.report.notes)
    if document.unit != found.document.unit:
        notes = [note for note in notes if note.path != "unit.name"]
        words = f"单位：{document.unit.code}{document.unit.name}（取自部门整体绩效目标表）"
        notes.append(Note(Kind.SOURCE, words, "unit.name"))
    words = f"部门整体绩效目标表：总体目标 {len(goals)} 段，任务 {len(tasks)} 项，已放进第一部分"
    notes.append(Note(Kind.FOUND, words, "overall_goal"))
    for department in departments:
        places = [f"{what}取自{'、'.join(dict.fromkeys(where))}" for what, where in department.origins.items()]
        if places:
            notes.append(Note(Kind.SOURCE, f"部门整体绩效目标表：{'；'.join(places)}", "overall_goal"))
    return replace(found, document=document, report=replace(found.report, notes=tuple(notes)))
