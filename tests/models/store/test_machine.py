"""Any sequence of edits, undo, redo, saves, refused saves and restarts: draft, history and file agree at every step.

The model is a plain list of drafts and a place in it.
"""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from models.document import fieldpath
from models.document.fieldnames import is_text
from models.document.tree import Draft, Indicator, Measure, Project, SubGoal, Unit, new_id
from models.session.history import PAUSE, History
from models.session.session import Session
from models.store import StoreError
from models.store.revisions import Revisions
from tests.models.clock import Clock
from tests.models.paths import leaves, lists
from tests.models.store.stores import connection_of
from tests.opening import open_store
from tests.strategies import drafts, line, text

NEW_PARTS: dict[str, Any] = {
    "sub_goals": lambda: SubGoal(new_id("s"), heading="新的目标。", goal=""),
    "safeguards": lambda: Measure(new_id("m"), heading="新的措施："),
    "projects": lambda: Project(new_id("p"), name="新的项目", goals=("甲",), indicators=(Indicator(new_id("i")),)),
    "indicators": lambda: Indicator(new_id("i"), "产出指标", "数量指标", value="≥1次"),
    "goals": lambda: "新的一条",
    "unplaced": lambda: "没有归位的一行",
}
OTHER_VALUES = {bool: st.booleans(), int: st.integers(2000, 2100), type(None): st.sampled_from(["", "新的标题"])}


class Desk(RuleBasedStateMachine):
    """One clerk, one draft, one file."""

    @initialize(draft=drafts())
    def open_the_program(self, draft: Draft) -> None:
        self.folder = TemporaryDirectory()
        self.clock = Clock()
        self.store = open_store(Path(self.folder.name) / "goalform.db")
        self.draft_id = self.store.create(draft)
        self.versions: list[Draft] = []
        self.begin(draft)

    def begin(self, draft: Draft) -> None:
        self.session = Session(draft, self.store, self.draft_id, History(draft, self.clock))
        self.states = [draft]
        self.at = 0
        self.on_disk = draft
        self.opened = draft
        self.typing_in: str | None = None

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    def step_done(self, changed: bool, typed_in: str | None = None) -> None:
        """Takes the session's new draft into the model: a step of its own, or the same one when it is typed on."""
        if not changed:
            assert self.session.draft is self.states[self.at]
            return
        assert self.session.draft != self.states[self.at]
        joins = typed_in is not None and typed_in == self.typing_in
        self.states[self.at if joins else self.at + 1 :] = [self.session.draft]
        self.at = len(self.states) - 1
        self.typing_in = typed_in

    def is_refused(self, changed: bool) -> bool:
        """A 定稿 is locked: nothing may have changed."""
        if self.session.is_locked:
            self.step_done(changed)
            assert not changed
        return self.session.is_locked

    def roots(self) -> list[tuple[str, object]]:
        """The parts of the draft that edits address: those of the document by its own paths."""
        document = list(leaves(self.session.document))
        around = [(path, value) for path, value in leaves(self.session.draft.settings, "settings")]
        return [found for found in document + around if found[0] != "template"]

    @rule(
        data=st.data(), words=st.one_of(line(0), text(wild=True)), dirt=st.sampled_from(["", "", "\x00", "\r\n\u202e"])
    )
    def type_into_a_field(self, data: st.DataObject, words: str, dirt: str) -> None:
        path, old = data.draw(st.sampled_from(self.roots()), label="field")
        self.clock.pass_by(PAUSE + 1)
        self.typing_in = None
        if isinstance(old, str):
            changed = self.session.edit(path, words + dirt)
            if self.is_refused(changed):
                return
            clean = words + ("\n" if "\r" in dirt else "")
            if is_text(path) or "\n" not in clean:
                assert self.session.get(path) == clean
            assert self.session.removed_characters == len(dirt) - dirt.count("\r\n") * 2
        else:
            value = data.draw(OTHER_VALUES[type(old)], label="value")
            changed = self.session.edit(path, value)
            if self.is_refused(changed):
                return
            assert self.session.get(path) == value
        self.step_done(changed, path)

    @rule(words=line())
    def type_on(self, words: str) -> None:
        """In the same field, without a pause: the same step, unless undo or a seal ended it."""
        if self.typing_in is None or not isinstance(self.session.get(self.typing_in), str):
            return
        path = self.typing_in
        self.clock.pass_by(PAUSE / 2)
        self.step_done(self.session.edit(path, f"{self.session.get(path)}{words}"), path)

    @rule()
    def leave_the_field(self) -> None:
        self.session.leave_field()
        self.typing_in = None

    @rule(data=st.data())
    def insert_a_part(self, data: st.DataObject) -> None:
        found = [entry for entry in lists(self.session.document) if not entry[0].endswith("spending_plan")]
        path, parts = data.draw(st.sampled_from(found), label="list")
        index = data.draw(st.integers(0, len(parts)), label="index")
        new = NEW_PARTS[path.rpartition(".")[2]]()
        changed = self.session.insert(path, index, new)
        if self.is_refused(changed):
            return
        self.step_done(changed)
        assert dict(lists(self.session.document))[path][index] is new

    @rule(data=st.data(), how=st.sampled_from(["remove", "first", "last"]))
    def remove_or_move_a_part(self, data: st.DataObject, how: str) -> None:
        parts = [
            f"{path}[{getattr(part, 'id', place)}]"
            for path, found in lists(self.session.document)
            for place, part in enumerate(found)
            if not path.endswith("spending_plan")
        ]
        if not parts:
            return
        path = data.draw(st.sampled_from(parts), label="part")
        if how == "remove":
            self.step_done(self.session.remove(path))
        else:
            self.step_done(self.session.move(path, 0 if how == "first" else 99))

    @rule(draft=drafts(wild=True))
    def replace_everything(self, draft: Draft) -> None:
        self.step_done(self.session.change("导入", draft))

    @rule(unit=st.builds(Unit, st.sampled_from(["", "021"]), st.sampled_from(["", "白杨街道办事处"])))
    def change_every_unit_at_once(self, unit: Unit) -> None:
        document = fieldpath.replace(self.session.document, "unit", unit)
        for project in document.projects:
            document = fieldpath.replace(document, f"projects[{project.id}].unit", unit)
        self.step_done(self.session.change("修改单位", document))

    @rule()
    def finalise(self) -> None:
        self.step_done(self.session.finalise())
        self.typing_in = None

    @rule()
    def reopen(self) -> None:
        self.step_done(self.session.reopen())
        self.typing_in = None

    @rule()
    def undo(self) -> None:
        assert self.session.undo() == (self.at > 0)
        self.at = max(0, self.at - 1)
        self.typing_in = None

    @rule()
    def redo(self) -> None:
        assert self.session.redo() == (self.at + 1 < len(self.states))
        self.at = min(len(self.states) - 1, self.at + 1)
        self.typing_in = None

    @rule(reason=st.sampled_from(["named", "hourly", "import"]))
    def keep_a_version(self, reason: str) -> None:
        draft = self.session.draft
        is_new = not self.versions or self.versions[-1] != draft
        assert Revisions(self.store).keep(self.draft_id, draft, reason, "名" if reason == "named" else "") == is_new
        self.versions += [draft] if is_new else []

    @precondition(lambda self: self.versions)
    @rule(data=st.data())
    def restore_a_version(self, data: st.DataObject) -> None:
        """The present one is kept first; going back is one step."""
        self.keep_a_version("hourly")
        revisions = Revisions(self.store)
        found = revisions.list(self.draft_id)[::-1]
        place = data.draw(st.integers(0, len(found) - 1), label="version")
        draft = revisions.load(found[place].sequence)
        assert draft == self.versions[place]
        self.step_done(self.session.change("恢复版本", draft))

    @rule()
    def discard_the_changes(self) -> None:
        self.step_done(self.session.change("放弃本次修改", self.opened))

    @rule()
    def save(self) -> None:
        unsaved = not self.session.is_saved
        assert self.session.save() == unsaved
        self.on_disk = self.session.draft

    @rule(at_once=st.booleans())
    def save_onto_a_full_disk(self, at_once: bool) -> None:
        """The save is refused; the next one, with room again, must write what this one could not."""
        self.clock.pass_by(PAUSE + 1)
        self.step_done(self.session.edit("overall_goal", "很长的一段" * 2000 + str(self.at)))
        self.session.leave_field()
        self.typing_in = None
        connection = connection_of(self.store)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        limit = connection.execute("PRAGMA max_page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with suppress(StoreError):  # there may be room in pages that earlier saves had left
            self.session.save()
            self.on_disk = self.session.draft
        connection.execute(f"PRAGMA max_page_count = {limit}")
        if at_once:
            self.save()

    @precondition(lambda self: self.session.is_saved)
    @rule()
    def close_and_reopen(self) -> None:
        before = self.session.draft
        self.store.close()
        self.store = open_store(self.store.path)
        draft = self.store.load(self.draft_id)
        assert draft == before
        self.begin(draft)

    @rule()
    def go_on_without_what_was_not_saved(self) -> None:
        """What a crash does: only the file is left."""
        self.store.close()
        self.store = open_store(self.store.path)
        draft = self.store.load(self.draft_id)
        assert draft == self.on_disk
        self.begin(draft)

    @invariant()
    def draft_history_and_file_agree(self) -> None:
        if not hasattr(self, "session"):
            return
        assert self.session.draft == self.states[self.at]
        assert (self.session.undo_label is None) == (self.at == 0)
        assert (self.session.redo_label is None) == (self.at == len(self.states) - 1)
        assert self.store.load(self.draft_id) == self.on_disk  # which compares its checksum, too
        assert len(Revisions(self.store).list(self.draft_id)) == len(self.versions)
        assert self.session.is_saved == (self.session.draft is self.on_disk)


Desk.TestCase.settings = settings(max_examples=25, stateful_step_count=30)
TestDesk = Desk.TestCase


@pytest.mark.soak
def test_the_desk_for_a_long_time() -> None:
    """Takes minutes: many more and longer sequences, new ones each time."""
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Desk,
        settings=settings(max_examples=1500, stateful_step_count=60, derandomize=False, deadline=None, database=None),
    )
