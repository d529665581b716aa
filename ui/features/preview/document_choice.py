"""Which document the preview shows: the text, in the form chosen for it, or one of the draft's 监控 and 自评."""

from PySide6.QtWidgets import QWidget

from models.document.fieldpath import parse
from models.document.tree import Report
from models.forms.form_definition import ProjectForm
from models.reports.report_form import report_title
from models.session.session import Session
from ui.widgets.form_choice import FormChoice


class DocumentChoice(FormChoice):
    """What stands in it is what is laid out; nothing else decides. It follows the place one works at until the user chooses,
    and again when one goes from the text to a report or back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._session = session
        self._place = self._shown = ""
        """The paths of the report one works in, and of the one that is shown; "" for the text."""
        super().__init__(session.store, parent)

    @property
    def report(self) -> Report | None:
        """The report that is shown; None for the text."""
        return next((one for one in self._session.draft.reports if _path(one) == self._shown), None)

    @property
    def form(self) -> ProjectForm | None:
        return super().form if self.report is None else None

    def follow(self, path: str) -> bool:
        """The field with that path is worked at, "" for none of a report; whether another document is shown now."""
        place = _report_in(path)
        if place == self._place:
            return False
        before, self._place, self._shown = self._shown, place, place
        self.refresh()
        return before != place

    def _entries(self) -> list[tuple[str, str]]:
        reports = [(report_title(report), _path(report)) for report in self._session.draft.reports]
        return [*super()._entries(), *reports]

    def _last(self) -> str:
        return super()._last() if self.report is None else self._shown

    def _remember(self, index: int) -> None:
        self._shown = _report_in(str(self.currentData()))
        if self._shown:
            self.chosen.emit()
        else:
            super()._remember(index)


def _path(report: Report) -> str:
    return f"reports[{report.id}]"


def _report_in(path: str) -> str:
    """The path of the report a path leads into, "" for a path of the text."""
    if not path.startswith("reports["):
        return ""
    return f"reports[{parse(path)[1].key}]"
