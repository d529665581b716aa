"""The forms that are known to what is being read: the shipped ones, and those in the user's data folder."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path

from models.errors import UserError
from models.forms.form_definition import ProjectForm, load_project_forms, user_forms

_KNOWN: ContextVar[Callable[[], Sequence[ProjectForm]]] = ContextVar("known_forms", default=load_project_forms)


@contextmanager
def forms_of(home: Path | None) -> Iterator[None]:
    """While this lasts the user's own forms in that data folder are known, too. They are loaded when a table is met."""
    with _known(partial(load_project_forms, None if home is None else user_forms(home))):
        yield


@contextmanager
def known_forms(forms: Sequence[ProjectForm]) -> Iterator[None]:
    """While this lasts these are the forms that are installed."""
    with _known(lambda: forms):
        yield


@contextmanager
def _known(load: Callable[[], Sequence[ProjectForm]]) -> Iterator[None]:
    token = _KNOWN.set(load)
    try:
        yield
    finally:
        _KNOWN.reset(token)


def installed_forms() -> Sequence[ProjectForm]:
    """All of them. UserError for a broken file of the user's."""
    return _KNOWN.get()()


def known_form(form_id: str) -> ProjectForm:
    """The form of that id. UserError where it is not installed."""
    for form in installed_forms():
        if form.id == form_id:
            return form
    raise UserError(f"没有名为「{form_id[:60]}」的表样，请先安装它（放进数据文件夹的 forms 里），再读入。")
