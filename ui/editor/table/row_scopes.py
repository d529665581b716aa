"""The scope of indicator rows: of the year, or of the whole term of the project; who is notified, and how it is changed."""

from collections.abc import Collection

from models.document import fieldpath
from models.document.fieldnames import SCOPE_CHANGES
from models.document.tree import Indicator, Scope
from models.session.session import Session
from ui.editor.table.indicator_model import IndicatorModel


def set_scope(session: Session, model: IndicatorModel, rows: Collection[int], scope: Scope) -> bool:
    """Makes these rows ones of that scope, in one step; False where they are."""
    paths = (model.path(model.index(row, 0)).rpartition(".")[0] for row in rows)
    changes: dict[str, object] = {f"{path}.scope": scope for path in paths}
    label = SCOPE_CHANGES[scope]
    return session.change(label, fieldpath.replace_all(session.document, changes))


def all_long_term(model: IndicatorModel, rows: Collection[int]) -> bool:
    """Whether each of these rows is one of the whole term."""
    chosen: list[Indicator] = [model.rows[row] for row in rows]
    return bool(chosen) and all(row.scope == "long_term" for row in chosen)
