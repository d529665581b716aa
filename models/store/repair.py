"""A draft read from damaged rows: every field becomes what its type says, so that the window can show and save it."""

import re
from collections.abc import Sequence
from dataclasses import MISSING, fields, is_dataclass, replace
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from models.document.cleaning import clean_text
from models.document.template import template_ids
from models.document.tree import PLAN_LENGTH, Draft, Project, new_id

_ID = re.compile(r"(?![0-9]+\Z)[A-Za-z0-9_-]+")

_HINTS: dict[type[Any], dict[str, Any]] = {}
"""Found out once for each kind of record."""


def repaired(draft: Draft) -> Draft:
    """The same draft where nothing is wrong with it. What is no text becomes one where it can; what cannot takes its default."""
    made: Draft = _record(Draft, draft, {})
    document = made.document
    if document.template not in template_ids():
        document = replace(document, template=Draft().document.template)
    document = replace(
        document,
        sub_goals=replace(document.sub_goals, items=_with_ids(document.sub_goals.items, "s")),
        safeguards=replace(document.safeguards, items=_with_ids(document.safeguards.items, "m")),
        projects=tuple(_project(project) for project in _with_ids(document.projects, "p")),
    )
    return replace(made, document=document, remarks=_with_ids(made.remarks, "r"), reports=_with_ids(made.reports, "r"))


def _project(project: Project) -> Project:
    plan = (*project.spending_plan, *("",) * PLAN_LENGTH)
    last = "\n".join(filter(None, plan[PLAN_LENGTH - 1 :]))
    return replace(
        project, spending_plan=(*plan[: PLAN_LENGTH - 1], last), indicators=_with_ids(project.indicators, "i")
    )


def _with_ids(parts: Sequence[Any], prefix: str) -> tuple[Any, ...]:
    """A part without an id of its own gets one: it would be taken for another."""
    seen: set[str] = set()
    found = []
    for part in parts:
        one = part if _ID.fullmatch(part.id) and part.id not in seen else replace(part, id=new_id(prefix))
        seen.add(one.id)
        found.append(one)
    return tuple(found)


def _record(kind: type[Any], value: Any, variables: dict[Any, Any]) -> Any:
    usual = kind(**{field.name: "" for field in fields(kind) if field.default is MISSING})
    if kind not in _HINTS:
        _HINTS[kind] = get_type_hints(kind)
    hints = _HINTS[kind]
    if not isinstance(value, kind):
        return usual
    return kind(
        **{
            field.name: _value(hints[field.name], getattr(value, field.name), getattr(usual, field.name), variables)
            for field in fields(kind)
        }
    )


def _value(kind: Any, value: Any, usual: Any, variables: dict[Any, Any]) -> Any:
    kind = variables.get(kind, kind) if isinstance(kind, TypeVar) else kind
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if value is None:
            return None
        return _value(next(one for one in get_args(kind) if one is not type(None)), value, usual, variables)
    if origin is tuple:
        parts = value if isinstance(value, tuple) else ()
        return tuple(_value(get_args(kind)[0], part, None, variables) for part in parts)
    if origin is Literal:
        return value if value in get_args(kind) else usual
    if is_dataclass(cls := origin or kind):
        parameters = dict(zip(getattr(cls, "__parameters__", ()), get_args(kind), strict=True))
        return _record(cls, value, parameters)  # type: ignore[arg-type]  # a class
    return _text(value) if kind is str else _plain(kind, value, usual)


def _plain(kind: type[Any], value: Any, usual: Any) -> Any:
    return value if type(value) is kind else usual


def _text(value: Any) -> str:
    if value is None:
        return ""
    return clean_text(value.decode(errors="replace") if isinstance(value, bytes) else str(value))[0]
