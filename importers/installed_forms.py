"""The forms that are known to what is being read: the shipped ones, and those in the user's data folder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from models.errors import UserError
from models.forms.form_definition import ProjectForm, load_project_forms, user_forms
from models.reports.report_form import USUAL, ReportForm, load_form, load_own_forms


@dataclass(slots=True)
class _Known:
    """Loaded when a table is met. `fault`: why the user's own ones are not among them, "" where they are."""

    home: Path | None = None
    forms: Sequence[ProjectForm] | None = None
    report_forms: Sequence[ReportForm] | None = None
    fault: str = ""

    def loaded(self) -> Sequence[ProjectForm]:
        if self.forms is None:
            try:
                self.forms = load_project_forms(None if self.home is None else user_forms(self.home))
            except UserError as error:  # a slip in one of them keeps no other file away
                self.forms, self.fault = load_project_forms(), str(error)
        return self.forms

    def loaded_for_reports(self) -> Sequence[ReportForm]:
        if self.report_forms is None:
            try:
                own = load_own_forms(None if self.home is None else user_forms(self.home))
            except UserError as error:
                own, self.fault = (), str(error)
            self.report_forms = (*own, *map(load_form, USUAL.values()))
        return self.report_forms


_KNOWN: ContextVar[_Known | None] = ContextVar("known_forms", default=None)


@contextmanager
def forms_of(home: Path | None, forms: Sequence[ProjectForm] | None = None) -> Iterator[None]:
    """While this lasts the user's own forms in that data folder are known, too. `forms`: those that are installed instead."""
    token = _KNOWN.set(_Known(home, forms))
    try:
        yield
    finally:
        _KNOWN.reset(token)


def installed_forms() -> Sequence[ProjectForm]:
    """All of them."""
    return (_KNOWN.get() or _Known()).loaded()


def report_forms() -> Sequence[ReportForm]:
    """All forms of 自评 and 监控, the user's own ones first."""
    return (_KNOWN.get() or _Known()).loaded_for_reports()


def forms_fault() -> str:
    """Why the user's own forms were not known to what was read, "" where they were, or none was asked for."""
    known = _KNOWN.get()
    return known.fault if known is not None else ""


def known_form(form_id: str) -> ProjectForm:
    """The form of that id. UserError where it is not installed."""
    for form in installed_forms():
        if form.id == form_id:
            return form
    raise UserError(
        forms_fault() or f"没有名为「{form_id[:60]}」的表样，请先安装它（放进数据文件夹的 forms 里），再读入。"
    )
