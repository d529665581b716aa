"""One open draft: its history, its store, and who wants to hear of changes. The façade the window uses."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Literal, Protocol

from models.document import fieldnames, fieldpath
from models.document.cleaning import clean_line, clean_text
from models.document.template import Template, load_template
from models.document.tree import Draft, DraftState, GoalDocument, Headings, Items, Project, Unit, new_id
from models.errors import UserError
from models.reports import report_places
from models.reports.results import changes_a_final_report, ensured, is_in_final_report, keeping_lost_targets
from models.session.history import History
from models.session.phrases import Phrases
from models.years.carried_over import without_touched

_DRAFT_FIELDS = frozenset(f.name for f in fields(Draft)) - {"document"}


class DraftStore(Protocol):
    """What a session needs of the store: to write the parts of `after` that are not those of `saved`.

    Where somebody else saved another text meanwhile, `save` raises a «conflict», where the draft is gone, a «missing» (a
    StoreError's `fault`); `keep_both` then makes the text a draft of its own and gives its number.
    """

    def save(self, draft_id: int, after: Draft, saved: Draft | None) -> None: ...

    def keep_both(self, draft_id: int, mine: Draft) -> int: ...


ChangeKind = Literal["edit", "import", "merge"]
"""`import`: another text was taken over; `merge`: the units' changes were brought into a department's text."""


@dataclass(frozen=True, slots=True)
class Change:
    """What listeners hear. `path`: the one field that changed by typing; None when anything may have changed.

    `origin` is the object that made the edit, so that it need not write back into the field being typed in. `kind` says
    what sort of step it is.
    """

    before: Draft
    after: Draft
    path: str | None = None
    origin: object = None
    kind: ChangeKind = "edit"


Listener = Callable[[Change], None]

_FINAL: DraftState = "定稿"
_PARTING = ("conflict", "missing")
"""Faults of a save after which the text goes on as a draft of its own."""


class Session:
    """The open draft. Every edit goes through here and is one undo step; values are cleaned once, at entry.

    A 定稿 is locked: no step changes its text, how it is printed or what of it is 沿用上年, restoring a version included;
    such a step is refused, False is returned and `when_refused` is called. What surrounds the text (ignored problems,
    remarks) may go on changing. `reopen` ends the lock, and so does undoing the very step that made it final:
    undo and redo never lead from one locked text to another.

    UserError for a draft of a template that is not installed.
    """

    def __init__(
        self, draft: Draft, store: DraftStore | None = None, draft_id: int = 0, history: History[Draft] | None = None
    ) -> None:
        load_template(draft.document.template)
        self._history = history or History(draft)
        self._store = store
        self._saved: Draft | None = draft if store else None
        self._listeners: list[Listener] = []
        self._phrases = Phrases()
        self.draft_id = draft_id
        self.removed_characters = 0
        """How many characters no file can hold were taken out at the last edit."""
        self.when_refused: Callable[[], None] | None = None
        """Called when a step was refused because the draft is a 定稿."""
        self.when_parted: Callable[[UserError], None] | None = None
        """Called when the text became a draft of its own, since the store's was changed or removed by somebody else."""

    @property
    def store(self) -> DraftStore | None:
        """Where the draft is kept; None while it is nowhere."""
        return self._store

    @property
    def draft(self) -> Draft:
        return self._history.current

    @property
    def document(self) -> GoalDocument:
        return self.draft.document

    @property
    def template(self) -> Template:
        return load_template(self.document.template)

    @property
    def is_locked(self) -> bool:
        """Whether the draft is a 定稿."""
        return self.draft.state == _FINAL

    def locks(self, path: str) -> bool:
        """Whether the field at that path is closed: a report by its own 定稿, the text by the draft's; remarks are still answered."""
        if path.startswith("reports["):
            return is_in_final_report(self.draft.reports, path)
        return self.is_locked and not path.startswith("remarks[")

    @property
    def undo_label(self) -> str | None:
        return self._history.undo_label

    @property
    def redo_label(self) -> str | None:
        return self._history.redo_label

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Calls the listener after every change; returns the function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def get(self, path: str) -> object:
        """The value at a path of the document, or of the draft for `settings.…`, `state` and the like."""
        return fieldpath.get(self._root(path, made=True), path)

    def text(self, path: str) -> str:
        """The words at a path that leads to a text. TypeError where it leads to something else."""
        value = self.get(path)
        if not isinstance(value, str):
            raise TypeError(f"{path} is no text")
        return value

    def edit(self, path: str, value: object, origin: object = None, *, patient: bool = False) -> bool:
        """Typing: the field's new value. Joins the phrase typed before it in the same field; where `patient` all typing in it,
        however long ago. False when nothing changed."""
        self.removed_characters = 0
        if isinstance(value, str):
            value, self.removed_characters = cleaned(path, value)
            before = self.get(path)
            is_typing = isinstance(before, str) and before != value
            if is_typing and not self._phrases.goes_on(path, str(before), value) and not patient:
                self._history.seal()
        after = self._with(fieldpath.replace(self._root(path, made=True), path, value))
        # Typing that goes on in a field is called what its first key was.
        label = self._history.typing_label(path) or f"修改 {self.where(path)}"
        return self._record(after, label, path, origin, patient)

    def insert(self, path: str, index: int, value: object, label: str | None = None) -> bool:
        """One step: a new part at `index` of the list at `path` (`projects`, `sub_goals`, `projects[p1].indicators` …)."""
        after = self._with(fieldpath.insert(self._root(path), path, index, value))
        return self._record(after, label or f"添加 {self._list_name(path)}")

    def remove(self, path: str, label: str | None = None) -> bool:
        """One step: the part at `path` goes."""
        name = self.where(path)
        return self._record(self._with(fieldpath.remove(self._root(path), path)), label or f"删除 {name}")

    def move(self, path: str, index: int, label: str | None = None) -> bool:
        """One step: the part at `path` goes to `index` of its list."""
        name = self.where(path)
        return self._record(self._with(fieldpath.move(self._root(path), path, index)), label or f"移动 {name}")

    def change(self, label: str, after: Draft | GoalDocument, origin: object = None, kind: ChangeKind = "edit") -> bool:
        """One step of any size: the whole draft (or document) as it shall be, and what the menu calls it."""
        draft = after if isinstance(after, Draft) else replace(self.draft, document=after)
        return self._record(draft, label, None, origin, kind=kind)

    def finish_typing(self, label: str, after: GoalDocument, path: str, origin: object = None) -> bool:
        """Ends the typing in the field at `path` with a change of any size: both are one step."""
        changed = self.type_along(label, after, path, origin)
        if changed:
            self._history.seal()
        return changed

    def type_along(self, label: str, after: GoalDocument, path: str, origin: object = None) -> bool:
        """Typing in the field at `path` that changes others along with it; joins the typing before it there."""
        before, draft = self.draft, _with_headings(replace(self.draft, document=after), self.template)
        draft = keeping_lost_targets(before, without_touched(before, draft))
        if draft == before or self._refuses(draft):
            return False
        self._history.record(draft, label, path, patient=True)
        return self._tell(Change(before, draft, None, origin))

    def cancel_typing(self, path: str, origin: object = None) -> bool:
        """Takes the typing in the field at `path` back as if it had not been; False where the last step is another one."""
        before = self.draft
        return self._history.cancel(path) is not None and self._tell(Change(before, self.draft, None, origin))

    def finalise(self) -> bool:
        """One step: the draft becomes a 定稿. False where it is one."""
        return self._record(replace(self.draft, state=_FINAL), "定稿")

    def reopen(self) -> bool:
        """One step: the 定稿 may be changed again. False where it is none."""
        return self._record(replace(self.draft, state="草稿"), "重新打开修改")

    def undo(self) -> bool:
        before = self.draft
        return self._history.undo() is not None and self._tell(Change(before, self.draft))

    def redo(self) -> bool:
        before = self.draft
        return self._history.redo() is not None and self._tell(Change(before, self.draft))

    def leave_field(self) -> None:
        """The field was left: what is typed next begins a step of its own."""
        self._history.seal()

    @property
    def is_saved(self) -> bool:
        return self._store is None or self._saved is self.draft

    def save(self, confirm: bool = False) -> bool:
        """Writes what changed since the last save; False when there was nothing to write. The store's errors pass through.

        `confirm`: also asks, where nothing changed, whether the store still holds it.
        """
        if self._store is None or (self.is_saved and not confirm):
            return False
        draft, was_saved = self.draft, self.is_saved
        try:
            self._store.save(self.draft_id, draft, self._saved)
        except UserError as error:
            if getattr(error, "fault", "") not in _PARTING:
                raise
            self.draft_id = self._store.keep_both(self.draft_id, draft)
            self._saved = draft
            if self.when_parted:
                self.when_parted(error)
            return True
        self._saved = draft
        return not was_saved

    def where(self, path: str) -> str:
        """The place a path leads to, in the user's words."""
        if fieldpath.parse(path)[0].name == "reports":
            return report_places.where(self.draft, path)
        if fieldpath.parse(path)[0].name in _DRAFT_FIELDS:
            return fieldnames.LABELS.get(fieldpath.parse(path)[0].name, "设置")
        return fieldnames.where(self.document, path)

    def _root(self, path: str, made: bool = False) -> Draft | GoalDocument:
        """`made`: with the result of a report a path leads into, also where nothing was written of it yet."""
        if made and path.startswith("reports["):
            return ensured(self.draft, path)
        return self.draft if fieldpath.parse(path)[0].name in _DRAFT_FIELDS else self.document

    def _with(self, root: Draft | GoalDocument) -> Draft:
        return root if isinstance(root, Draft) else replace(self.draft, document=root)

    def _record(
        self,
        after: Draft,
        label: str,
        field: str | None = None,
        origin: object = None,
        patient: bool = False,
        kind: ChangeKind = "edit",
    ) -> bool:
        before = self.draft
        if after is before or after == before or self._refuses(after):
            return False
        if after.document is not before.document:
            after = without_touched(before, _with_headings(after, self.template), field)
            after = keeping_lost_targets(before, after)
        self._history.record(after, label, field, patient)
        return self._tell(Change(before, after, field, origin, kind))

    def _refuses(self, after: Draft) -> bool:
        """Whether the lock forbids to go on to that draft; whoever wants to know is notified."""
        before = self.draft
        refused = changes_a_final_report(before.reports, after.reports) or (
            self.is_locked and _locked_part(after) != _locked_part(before)
        )
        if refused and self.when_refused:
            self.when_refused()
        return refused

    def _tell(self, change: Change) -> bool:
        for listener in tuple(self._listeners):
            listener(change)
        return True

    def _list_name(self, path: str) -> str:
        last = fieldpath.parse(path)[-1].name
        return {
            "projects": "项目",
            "sub_goals": "分项目标",
            "safeguards": "保障措施",
            "indicators": "指标",
            "goals": "绩效目标",
        }.get(last, last)


def _locked_part(draft: Draft) -> tuple[object, ...]:
    """What of a 定稿 stays as it is: its text, how it is printed, and what of it is 沿用上年."""
    return draft.document, draft.settings, draft.provenance.carried_over


def cleaned(path: str, text: str) -> tuple[str, int]:
    """(text as the field at that path can hold it, how many characters were taken out)."""
    return (clean_text if fieldnames.is_text(path) else clean_line)(text)


def _with_headings(draft: Draft, template: Template) -> Draft:
    """A section that has content has its heading: it is added with the first words, in the same step."""
    document, labels = draft.document, template.labels
    missing = {
        name: getattr(labels, name)
        for name, filled in (
            ("overall_goal", bool(document.overall_goal)),
            ("sub_goals", bool(document.sub_goals.items or document.sub_goals.preface)),
            ("safeguards", bool(document.safeguards.items or document.safeguards.preface)),
        )
        if filled and getattr(document.headings, name) is None
    }
    if not missing:
        return draft
    return replace(draft, document=replace(document, headings=replace(document.headings, **missing)))


def new_document(template: Template, year: int | None, unit: Unit) -> GoalDocument:
    """An empty text of that unit and year with all of the form's lines."""
    headings = Headings(**{f.name: getattr(template.labels, f.name) for f in fields(Headings)})
    return GoalDocument(
        template=template.id,
        year=year,
        unit=unit,
        headings=headings,
        sub_goals=Items(numbering=template.numbering.items),
        safeguards=Items(numbering=template.numbering.items),
    )


def new_project(document: GoalDocument, template: Template) -> Project:
    """An empty project of the document's unit."""
    return Project(
        new_id("p"), unit=document.unit, goals_numbering=template.numbering.goals, amount_unit=template.amount_units[0]
    )
