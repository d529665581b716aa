"""The part of a document that a form shows, computed from the form's own file: what a reader gets back from its pages."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from models.document import fieldpath
from models.document.fieldnames import PART_LABELS
from models.document.tree import GoalDocument, Indicator, Project, new_id
from models.forms.form_definition import ProjectForm

_GOALS = "goals"


def shown(document: GoalDocument, form: ProjectForm) -> GoalDocument:
    """A document that says what the form shows of this one, and nothing else."""
    found = GoalDocument(template=document.template, projects=tuple(_project(one, form) for one in document.projects))
    for name in form.document_fields:
        found = fieldpath.replace(found, name, fieldpath.get(document, name))
    return found


def updated_by(document: GoalDocument, read: GoalDocument, form: ProjectForm) -> GoalDocument:
    """The document with what was read from the form's pages: projects are known by their names, then by their places; what
    the form does not show stays as it was."""
    left = list(document.projects)
    projects = []
    for project in read.projects:
        same = next((one for one in left if one.name.strip() == project.name.strip() and project.name.strip()), None)
        if same is not None:
            left.remove(same)
        projects.append(project if same is None else _updated(same, project, form))
    by_id = {project.id: project for project in projects}
    kept = tuple(by_id.pop(one.id, one) for one in document.projects)
    found = replace(document, projects=(*kept, *by_id.values()))
    for name in form.document_fields:
        if (value := fieldpath.get(read, name)) not in (None, ""):
            found = fieldpath.replace(found, name, value)
    return found


def not_shown(document: GoalDocument, form: ProjectForm) -> tuple[str, ...]:
    """What of the document the form does not print, in the user's words: «项目编码», «实施期指标 2 行» …"""
    words: dict[str, None] = {}
    if document.overall_goal.strip() or document.sub_goals.items or document.safeguards.items:
        words["部门整体绩效目标（第一部分）"] = None
    fields, labels = set(form.fields), PART_LABELS[Project]
    for project in document.projects:
        for name in labels:
            if name not in fields and name not in _WHOLE and _says(project, name, fields):
                words[labels[name]] = None
    rows = [row for project in document.projects for row in project.indicators]
    for name, label in PART_LABELS[Indicator].items():
        if name != "scope" and any(getattr(row, name).strip() and not _prints(form, row, name) for row in rows):
            words[label] = None
    if later := sum(row.scope != "annual" and row.scope not in form.scopes for row in rows):
        words[f"实施期指标 {later} 行"] = None
    return tuple(words)


def unknown_tiers(document: GoalDocument, form: ProjectForm) -> tuple[str, ...]:
    """The 一级 and 二级 of rows that the form does not know; they are printed as written."""
    known = {name for tier1, below in form.scheme.tiers.items() for name in (tier1, *below)}
    rows = (row for project in document.projects for row in project.indicators if row.scope in form.scopes)
    tiers = (tier for row in rows for tier in (row.tier1, row.tier2))
    return tuple(dict.fromkeys(tier for tier in tiers if tier.strip() and tier.strip() not in known))


def _prints(form: ProjectForm, row: Indicator, name: str) -> bool:
    """Whether a row's field is printed; a row that is none of the form's is told of as a whole."""
    return name in form.scopes.get(row.scope, () if row.scope == "annual" else (name,))


_WHOLE = ("unit", "details", "indicators", "goals_numbering", "amount_unit")
"""Labels of what has parts, or no words of its own."""


def _says(project: Project, name: str, fields: set[str]) -> bool:
    if name.startswith("unit.") and "unit" in fields:
        return False
    value = fieldpath.get(project, name)
    shown_places = {field for field in fields if field.startswith(f"{name}[")}
    if isinstance(value, tuple):
        return len(shown_places) < len(value) and any(part.strip() for part in value)
    return bool(value.strip())


def _project(project: Project, form: ProjectForm) -> Project:
    found = _with_printed(Project(project.id, goals_numbering=form.numbering), project, form)
    rows = tuple(
        _row(row, fields) for scope, fields in form.scopes.items() for row in project.indicators if row.scope == scope
    )
    return replace(found, indicators=rows) if rows else found


def _with_printed(found: Project, source: Project, form: ProjectForm) -> Project:
    """With the other project's fields that the form prints; goals bring their numbering along."""
    for name in form.fields:
        found = fieldpath.replace(found, name, fieldpath.get(source, name))
    has_goals = _GOALS in form.fields and source.goals
    return replace(found, goals_numbering=source.goals_numbering) if has_goals else found


def _row(row: Indicator, fields: Sequence[str]) -> Indicator:
    values: dict[str, Any] = {name: getattr(row, name) for name in fields}
    return Indicator(row.id, scope=row.scope, **values)


def _updated(old: Project, read: Project, form: ProjectForm) -> Project:
    found = _with_printed(old, read, form)
    return replace(found, indicators=_rows(old, read, form)) if form.scopes else found


def _rows(old: Project, read: Project, form: ProjectForm) -> tuple[Indicator, ...]:
    """The rows that were read, each with what its own row of before says elsewhere; those the form has no rows for stay."""
    left = [row for row in old.indicators if row.scope in form.scopes]
    found = []
    for row in read.indicators:
        same = next((one for one in left if _same(one, row)), None)
        if same is not None:
            left.remove(same)
            values: dict[str, Any] = {name: getattr(row, name) for name in form.scopes[row.scope]}
            found.append(replace(same, **values))
        else:
            found.append(replace(row, id=new_id("i")))
    return (*found, *(row for row in old.indicators if row.scope not in form.scopes))


def _same(one: Indicator, row: Indicator) -> bool:
    if one.scope != row.scope or not row.name.strip():
        return False
    return (one.tier2.strip(), one.name.strip()) == (row.tier2.strip(), row.name.strip())
