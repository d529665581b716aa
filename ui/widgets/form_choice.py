"""表样: which form a text is exported, printed and shown in; the last choice is remembered by the form's id."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QWidget

from models.errors import UserError
from models.forms.form_definition import ProjectForm, list_forms, load_form, user_forms
from models.store import Store
from ui.widgets.parts import offer

KEY = "export.form"


def last_form(store: object) -> ProjectForm | None:
    """The form that was chosen last; None for the text, and where that form is broken or gone by now."""
    with suppress(UserError):
        if isinstance(store, Store) and (form_id := store.recall(KEY)):
            return load_form(form_id, user_forms(store.path.parent))
    return None


class FormChoice(QComboBox):
    """The draft's own text first, then every other form that is installed."""

    chosen = Signal()
    """The user chose another form."""

    def __init__(self, store: object, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store if isinstance(store, Store) else None
        self._forms: list[tuple[str, str]] = []
        self._chosen_form = ""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.setAccessibleName("表样")
        self.setToolTip("同样的内容可以按别的表样导出、打印和预览；草稿本身不变。")
        self.fault = ""
        """Why the user's own forms cannot be used, "" where they can."""
        self.refresh()
        self.activated.connect(self._remember)

    @property
    def own_forms(self) -> Path | None:
        """The folder of the user's own forms."""
        return user_forms(self._store.path.parent) if self._store is not None else None

    @property
    def form(self) -> ProjectForm | None:
        """The chosen form; None for the text. UserError where its file is broken or gone by now."""
        form_id = self.currentData()
        return load_form(form_id, self.own_forms) if form_id else None

    def refresh(self) -> None:
        """Lists the forms there are now; what was chosen last is chosen, where it is still there."""
        try:
            forms, self.fault = list_forms(self.own_forms), ""
        except UserError as error:
            forms, self.fault = list_forms(), str(error)
        self._forms = [(form.name, form.id) for form in forms if not form.is_text]
        offer(self, self._entries(), self._last())

    def _entries(self) -> list[tuple[str, str]]:
        """What can be chosen: (words, id)."""
        return [("绩效文本", ""), *self._forms]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _last(self) -> str:
        if self._store is None:
            return self._chosen_form
        with suppress(UserError):
            return self._store.recall(KEY)
        return ""

    def _remember(self, _index: int) -> None:
        self._chosen_form = str(self.currentData())
        if self._store is not None:
            with suppress(UserError):  # where the file is held by another program the choice holds for now
                self._store.remember(KEY, self.currentData())
        self.chosen.emit()
