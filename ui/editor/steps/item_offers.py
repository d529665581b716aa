"""What a section of items offers: to split a pasted text, and to draw numbers that were typed another way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication

from models.document import fieldpath
from models.document.cleaning import clean_text
from models.document.fieldnames import PART_NAMES
from models.document.numbering import draw, read_marker
from models.document.splitting import differing, renumbered
from models.document.tree import Items, Measure, SubGoal, new_id
from models.session.session import Session
from ui.editor.steps.pasting import OfferLine, PasteLine, PasteText
from ui.editor.steps.text_splitting import Form, Pasted, Split, split_item, split_pasted
from ui.widgets.messages import say

if TYPE_CHECKING:
    from ui.editor.steps.items_step import ItemsStep

Item = SubGoal | Measure

_MOST_SHOWN = 4
"""Numbers named in the line that offers to draw them."""


class ItemOffers(OfferLine):
    """The line of one step, one offer at a time; each is one undo step when it is taken."""

    def __init__(self, step: ItemsStep) -> None:
        super().__init__(step)
        self._step = step
        self._offered: Split | None = None
        self._offered_for: Items[Item] | None = None
        """The section as it was when the split was offered; once it is another, the offer holds no more."""
        self._kept: dict[int, str] = {}
        """Numbers that shall stay as they are typed."""

    @property
    def _session(self) -> Session:
        return self._step.session

    @property
    def _section(self) -> Items[Item]:
        return cast("Items[Item]", self._session.get(self._step.section))

    @property
    def _form(self) -> Form:
        return Form(self._step.kind, self._session.template)

    def pasted(self, field: PasteLine | PasteText, pasted: Pasted) -> None:
        """Offers to split what looks like several items; it stands in the field as it came."""
        name = field.path.rpartition(".")[2]
        item = None if field.path == f"{self._step.section}.preface" else self._step.chosen_item()
        self._offer_split(split_pasted(self._section, item, name, pasted, self._form))

    def paste_item(self) -> None:
        """A text pasted onto the list is a new item with that text."""
        self._step.commit_pending()
        text = clean_text(QApplication.clipboard().text())[0].strip("\n")
        if not text.strip():
            say(self, "剪贴板里没有文字，没有粘贴。")
            return
        name = "text" if "\n" in text else "heading"
        kind = self._step.kind
        heading, body = ("", text) if name == "text" else (text, "")
        item = kind(new_id("s" if kind is SubGoal else "m"), heading=heading, text=body)
        self._step.insert_item(item, "粘贴")
        self._step.choose_item(item.id)
        self._offer_split(split_pasted(self._section, item, name, Pasted("", text, ""), self._form, least=1))

    def _offer_split(self, split: Split | None) -> None:
        self._offered, self._offered_for = split, self._section
        self.show_offer()

    def show_offer(self) -> None:
        """The split of what was just pasted; else that typed numbers differ from the pattern; else nothing."""
        section = self._section
        if self._offered_for is not section or self._session.is_locked:
            self._offered = None
        numbers = differing(section)
        if self._offered is not None:
            count = self._offered.count
            text = f"粘贴的文字像是 {count} 项。" if count > 1 else "粘贴的文字带有自己的编号。"
            self.offer(text, f"拆分成 {count} 项" if count > 1 else "按编号归位", self._take_split, self._keep_pasted)
        elif numbers and numbers != self._kept and not self._session.is_locked:
            self.offer(_numbers_message(numbers, section.numbering), "改用自动编号", self._renumber, self._keep_numbers)
        else:
            self.hide()

    def _take_split(self) -> None:
        split, before = self._offered, self._section
        self._step.commit_pending()
        if split is not None and self._section is before:
            self._change_section(f"拆分成 {split.count} 项", split.section)
            if split.section.numbering != before.numbering:
                say(self, f"已拆分；编号样式改成了粘贴的文字里的「{draw(split.section.numbering, 1).strip()}」。")

    def _keep_pasted(self) -> None:
        self._offered = None
        self._back_to_form()

    def split_chosen(self) -> None:
        """The numbered lines of the chosen item become items of their own."""
        self._step.commit_pending()
        item = self._step.chosen_item()
        if item is None:
            return
        split = split_item(self._section, item, self._form)
        if split is None:
            say(self, "这一项里没有编号连续的几行，没有拆分。每项另起一行，以（一）、1. 等编号开头，才能拆分。")
        else:
            place = self._section.items.index(item) + 1
            self._change_section(f"拆分 {PART_NAMES[self._step.kind]} {place}", split.section)

    def _renumber(self) -> None:
        self._step.commit_pending()
        self._change_section("改用自动编号", renumbered(self._section))

    def _keep_numbers(self) -> None:
        self._kept = differing(self._section)
        self._back_to_form()

    def _change_section(self, label: str, section: Items[Item]) -> None:
        known, chosen = {item.id for item in self._section.items}, self._step.chosen_item()
        after = fieldpath.replace(self._session.document, self._step.section, section)
        self._session.leave_field()
        self._session.change(label, after, self)
        gone = chosen is None or chosen.id not in {item.id for item in section.items}
        new = [item.id for item in section.items if item.id not in known]
        if gone and new:
            self._step.choose_item(new[0])
        self._back_to_form()

    def _back_to_form(self) -> None:
        """A line that goes takes no focus with it."""
        item = self._step.chosen_item()
        if item is not None and self.had_focus:
            self._step.choose_item(item.id)
        self.show_offer()


def _numbers_message(numbers: Mapping[int, str], pattern: str) -> str:
    """Which typed numbers differ, in one sentence."""
    places = "、".join(map(str, list(numbers)[:_MOST_SHOWN])) + (" 等" if len(numbers) > _MOST_SHOWN else "")
    first = "".join(f"「{number}」" for number in list(numbers.values())[:_MOST_SHOWN])
    markers = [read_marker(number) for number in numbers.values()]
    same_style = all(marker is not None and marker.pattern == pattern for marker in markers)
    return f"第 {places} 项的编号{first}与{'所在的位置' if same_style else '编号样式'}不同。"
