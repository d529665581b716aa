"""表样 of a report: the usual form of its kind, or one of the user's own, by its id in the draft."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from models.document import fieldpath
from models.document.tree import Report
from models.errors import UserError
from models.forms.form_definition import user_forms
from models.reports.report_form import USUAL, ReportForm, form_of, load_form, load_own_forms
from models.session.session import Session
from models.store import Store
from ui.widgets.parts import narrow_choice, offer, row_of
from ui.widgets.style import labelled

_LEAST = 10


class ReportFormChoice(QWidget):
    """Shown where there is a choice; `before` is called before one is taken over, so that nothing typed is left behind."""

    def __init__(self, session: Session, before: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._before = session, before
        self._report: Report | None = None
        self.choice = narrow_choice(_LEAST)
        row_of(self, labelled("表样", self.choice), self.choice)
        self.choice.currentIndexChanged.connect(lambda _at: self._chosen())

    @property
    def _own(self) -> Path | None:
        """The folder of the user's own forms."""
        store = self._session.store
        return user_forms(store.path.parent) if isinstance(store, Store) else None

    def form_of(self, report: Report) -> ReportForm | None:
        """The form the report is printed in; None where its file is gone or broken, which is said when a file is written."""
        try:
            return form_of(report, self._own)
        except UserError:
            return None

    def show_report(self, report: Report | None, *, locked: bool) -> None:
        """The forms of the report's kind; one that is not installed here stays chosen, and is named as what it is."""
        self._report = report
        if report is None:
            self.hide()
            return
        usual, fault = USUAL[report.kind], ""
        try:
            own = [form for form in load_own_forms(self._own) if form.kind == report.kind]
        except UserError as error:
            own, fault = [], str(error)
        shown = [(form.name, form.id) for form in (load_form(usual), *own)]
        wanted = report.form or usual
        if wanted not in [form_id for _name, form_id in shown]:
            shown.append((f"{wanted}（这里没有安装）", wanted))
        offer(self.choice, shown, wanted)
        self.choice.setEnabled(not locked)
        self.choice.setToolTip(fault)
        self.setVisible(len(shown) > 1 or bool(fault))

    def _chosen(self) -> None:
        if self._report is None or self.choice.currentData() is None:
            return
        self._before()
        draft, report_id = self._session.draft, self._report.id
        if any(one.id == report_id for one in draft.reports):
            form_id = str(self.choice.currentData())
            self._session.change("选择表样", fieldpath.replace(draft, f"reports[{report_id}].form", form_id))
