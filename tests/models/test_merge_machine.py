"""Any edits of three units and their department, merged in any order with any answers: nothing typed goes without a word."""

import re
from collections.abc import Mapping
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from models.document import fieldpath
from models.document.tree import Draft, Indicator
from models.merge import (
    Choice,
    Incoming,
    Outcome,
    PartOne,
    Source,
    department_text,
    merged_units,
    update,
)
from tests.models.units import (
    DEPARTMENT,
    TEMPLATE,
    THREE,
    edited,
    project,
    sources,
    without,
)

WORDS = ("fund_use", "budget", "name")


class Department(RuleBasedStateMachine):
    """Three units and their department, each edited at will; merges of any of them in any order, with any answers."""

    @initialize(part_one=st.sampled_from(PartOne))
    def begin(self, part_one: PartOne) -> None:
        self.units = dict(THREE)
        self.department = department_text(sources(self.units), TEMPLATE, 2026, DEPARTMENT, part_one, 1)
        self.typed = 0

    def word(self, by: str) -> str:
        self.typed += 1
        return f"<{by}{self.typed}>"

    def change(self, draft: Draft, data: st.DataObject, by: str) -> Draft:
        """Something is typed, added, deleted or moved; at random."""
        document = draft.document
        what = data.draw(
            st.sampled_from(("field", "row", "new row", "delete row", "new", "delete", "move", "goal", "item"))
        )
        if what == "goal":
            lines = document.overall_goal.split("\n")
            at = data.draw(st.integers(0, len(lines) - 1))
            return edited(draft, "overall_goal", "\n".join([*lines[:at], self.word(by), *lines[at + 1 :]]))
        if what == "item" and document.sub_goals.items:
            item = data.draw(st.sampled_from(document.sub_goals.items))
            return edited(draft, f"sub_goals[{item.id}].goal", self.word(by))
        if what == "new":
            new = project(f"p{by}{self.typed}", self.word(by), document.unit)
            at = data.draw(st.integers(0, len(document.projects)))
            return replace(draft, document=fieldpath.insert(document, "projects", at, new))
        if not document.projects:
            return draft
        one = data.draw(st.sampled_from(document.projects))
        path = f"projects[{one.id}]"
        if what == "delete":
            return without(draft, path)
        if what == "move":
            return replace(draft, document=fieldpath.move(document, path, data.draw(st.integers(0, 6))))
        if what == "new row":
            row = Indicator(f"i{data.draw(st.integers(3, 5))}", name=self.word(by))
            taken = any(row.id == old.id for old in one.indicators)
            return draft if taken else replace(draft, document=fieldpath.insert(document, f"{path}.indicators", 1, row))
        if what in {"row", "delete row"} and one.indicators:
            row_path = f"{path}.indicators[{data.draw(st.sampled_from(one.indicators)).id}]"
            return (
                without(draft, row_path) if what == "delete row" else edited(draft, f"{row_path}.value", self.word(by))
            )
        return edited(draft, f"{path}.{data.draw(st.sampled_from(WORDS))}", self.word(by))

    @rule(data=st.data())
    def edit_the_department(self, data: st.DataObject) -> None:
        self.department = self.change(self.department, data, "d")

    @rule(data=st.data(), number=st.sampled_from((0, 1, 2)))
    def edit_a_unit(self, data: st.DataObject, number: int) -> None:
        self.units[number] = self.change(self.units[number], data, "u")

    @rule(data=st.data(), number=st.sampled_from((0, 1, 2)))
    def edit_the_same_place_on_both_sides(self, data: st.DataObject, number: int) -> None:
        """By chance the two would seldom meet."""
        unit = self.units[number]
        ids = dict(merged_units(self.department.provenance)[number].ids)
        there = {one.id: one for one in self.department.document.projects}
        pairs = [(one, there[ids[one.id]]) for one in unit.document.projects if ids.get(one.id) in there]
        if not pairs:
            return
        theirs, ours = data.draw(st.sampled_from(pairs))
        rows = [row.id for row in theirs.indicators if row.id in {old.id for old in ours.indicators}]
        part = data.draw(st.sampled_from(["", *(f".indicators[{id_}]" for id_ in rows)]))
        field = ".value" if part else ".fund_use"
        self.units[number] = self.one_of_two(unit, f"projects[{theirs.id}]{part}", field, data, "u")
        self.department = self.one_of_two(self.department, f"projects[{ours.id}]{part}", field, data, "d")

    def one_of_two(self, draft: Draft, path: str, field: str, data: st.DataObject, by: str) -> Draft:
        """Deleted, or edited."""
        return without(draft, path) if data.draw(st.booleans()) else edited(draft, path + field, self.word(by))

    @precondition(lambda self: self.typed)
    @rule(data=st.data(), numbers=st.permutations((0, 1, 2)), count=st.integers(1, 3))
    def merge(self, data: st.DataObject, numbers: list[int], count: int) -> None:
        incoming = [Incoming(Source("x", self.units[number]), number) for number in numbers[:count]]
        asked = update(self.department, incoming)
        answers = {conflict.key: data.draw(st.sampled_from(Choice)) for conflict in asked.conflicts}
        decided = update(self.department, incoming, answers)
        self.nothing_is_lost(asked, {}, incoming)
        self.nothing_is_lost(decided, answers, incoming)
        self.untouched_is_untouched(asked, incoming)
        self.department = decided.draft
        self.is_settled(decided, answers, incoming)

    def nothing_is_lost(
        self, outcome: Outcome, answers: Mapping[tuple[int, str], Choice], incoming: list[Incoming]
    ) -> None:
        before, after = found_words(self.department), found_words(outcome.draft)
        known = merged_units(self.department.provenance)
        given_up: set[str] = set()
        shown: set[str] = set()
        for conflict in outcome.conflicts:
            taken = answers.get(conflict.key, Choice.LATER)
            given_up |= words_in(repr(conflict.ours)) if taken is Choice.THEIRS else set()
            shown |= words_in(repr(conflict.theirs))
        # What the department alone has typed stays, unless the unit's words were asked for in its place.
        from_units = set().union(*(words_in(repr(unit.base)) for unit in known))
        assert before - from_units - given_up <= after
        for one in incoming:
            # What a unit has typed since it was merged last is here, or it is asked about.
            new = words_in(repr(part_of(one.source.draft, known[one.number]))) - words_in(repr(known[one.number].base))
            assert new <= after | shown

    def untouched_is_untouched(self, outcome: Outcome, incoming: list[Incoming]) -> None:
        """Units that did not come keep every letter in the department's text."""
        came = {one.number for one in incoming}
        for number, unit in enumerate(merged_units(self.department.provenance)):
            if number not in came:
                ids = {one.id for one in unit.base.projects}
                before, after = (
                    {one.id: one for one in draft.document.projects if one.id in ids}
                    for draft in (self.department, outcome.draft)
                )
                assert before == after

    def is_settled(self, outcome: Outcome, answers: Mapping[tuple[int, str], Choice], incoming: list[Incoming]) -> None:
        """The same again changes nothing, and asks only what was left for later."""
        repeated = update(self.department, incoming)
        assert repeated.draft.document == self.department.document
        later = {conflict.key for conflict in outcome.conflicts if answers[conflict.key] is Choice.LATER}
        asked = {conflict.key for conflict in repeated.conflicts}
        assert later <= asked
        assert {number for number, _path in asked} == {number for number, _path in later}

    @invariant()
    def ids_are_given_once(self) -> None:
        if hasattr(self, "department"):
            document = self.department.document
            for parts in (document.projects, document.sub_goals.items, *(one.indicators for one in document.projects)):
                assert len({part.id for part in parts}) == len(parts)


def words_in(text: str) -> set[str]:
    return set(re.findall(r"<[du]\d+>", text))


def found_words(draft: Draft) -> set[str]:
    return words_in(repr(draft.document))


def part_of(draft: Draft, unit: object) -> tuple[object, ...]:
    """What of the unit's text belongs into the department's."""
    document = draft.document
    if not unit.part_one:
        return (document.projects,)
    return document.projects, document.overall_goal, document.sub_goals


# Many steps each: a merge goes wrong in what came before it.
TestDepartment = Department.TestCase
TestDepartment.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
