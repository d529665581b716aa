"""③ 分项绩效目标 and ④ 工作保障措施: a list of numbered items, and the form of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from models import fieldpath
from models.cleaning import clean_text
from models.document import Items, Measure, SubGoal, new_id
from models.fieldnames import PART_LABELS, PART_NAMES
from models.numbering import draw
from models.session import Change, Session
from models.splitting import differing, renumbered
from ui.fields import CheckField, ChoiceField, LineField, TextField, say
from ui.steps import Step, counts_below
from ui.steps.forms import OptionalLineField, form
from ui.steps.item_list import ItemList
from ui.steps.pasting import OfferLine, PasteLine, PasteText
from ui.steps.splitting import Form, Pasted, Split, split_item, split_pasted
from ui.style import characters, hint, labelled, roomy, title

if TYPE_CHECKING:
    from models.checks.registry import Problem

Item = SubGoal | Measure

_MOST_TOLD = 4
"""Numbers named in the line that offers to draw them."""


class PairField(CheckField):
    """Whether an item prints the label line of 绩效目标 or 绩效指标: None is no line, "" an empty one."""

    def to_checked(self, value: object) -> bool:
        return value is not None

    def from_checked(self, checked: bool) -> object:
        return "" if checked else None


class NumberField(OptionalLineField):
    """An item's own number; empty: drawn from the section's pattern."""


class ItemsStep(Step):
    """Both sections work alike; the sub-goals have two fields more."""

    section = ""
    kind: type[Item]

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._current = ""
        self._offered: Split | None = None
        self._offered_for: Items[Item] | None = None
        """The section as it was when the split was offered; once it is another, the offer holds no more."""
        self._refused: dict[int, str] = {}
        """Numbers that shall stay as they are typed."""
        self._item_fields: dict[str, LineField | TextField | CheckField] = {}
        self._pairs: list[tuple[PairField, TextField]] = []
        column = QVBoxLayout(self)
        roomy(column, self)
        column.addWidget(title(self.title))
        column.addLayout(self._section_form())
        self._offer = OfferLine()
        column.addWidget(self._offer)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        self._list = ItemList(self.title, splits=True)
        splitter.addWidget(self._list)
        splitter.addWidget(self._item_form())
        splitter.setStretchFactor(1, 1)
        column.addWidget(splitter, 1)
        self._list.chosen.connect(self._choose)
        self._list.add.connect(self._add)
        self._list.copy.connect(self._copy)
        self._list.remove.connect(self._remove)
        self._list.move.connect(self._move)
        self._list.opened.connect(self._focus_heading)
        self._list.split.connect(self._split_chosen)
        self._list.paste.connect(self._paste_item)
        self.refresh(None)

    @property
    def _section(self) -> Items[Item]:
        section: Items[Item] = self.session.get(self.section)
        return section

    @property
    def _items(self) -> tuple[Item, ...]:
        return self._section.items

    def _path(self, item_id: str, name: str = "") -> str:
        return f"{self.section}[{item_id}]" + (f".{name}" if name else "")

    def _section_form(self) -> QHBoxLayout:
        heading = self.bind(OptionalLineField(self.session, f"headings.{self.section}"))
        heading.setPlaceholderText("不打印标题行")
        patterns = self.session.template.numbering.item_choices
        choices = [(p, "、".join(draw(p, n).strip() for n in (1, 2)) + " …") for p in patterns]
        numbering = self.bind(ChoiceField(self.session, f"{self.section}.numbering", choices))
        preface = self.bind(PasteText(self.session, f"{self.section}.preface", lines=(1, 3)))
        preface.pasted.connect(partial(self._pasted, preface))
        preface.setPlaceholderText("第一项之前的文字，没有就留空")
        row = QHBoxLayout()
        row.setSpacing(characters(self, 0.5))
        for text, field, share in (("本节标题行", heading, 3), ("编号样式", numbering, 0), ("引言", preface, 5)):
            row.addWidget(labelled(text, field), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        return row

    def _item_form(self) -> QWidget:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        column = QVBoxLayout(inside)
        roomy(column, inside)
        self._empty = hint(f"还没有{PART_NAMES[self.kind]}。按「添加」写第一项；编号由程序自动生成。")
        column.addWidget(self._empty)
        self._form = QWidget()
        grid = form(self)
        grid.setContentsMargins(0, 0, 0, 0)
        self._form.setLayout(grid)
        self._fill_form(grid)
        column.addWidget(self._form)
        column.addStretch(1)
        area.setWidget(inside)
        return area

    def _fill_form(self, grid: QFormLayout) -> None:
        labels = PART_LABELS[self.kind]
        number = NumberField(self.session)
        number.setMaximumWidth(characters(self, 10))
        self._row(grid, "number", number, labels["number"])
        self._row(grid, "heading", PasteLine(self.session), labels["heading"])
        run_in = self.bind(CheckField(self.session, "", labels["run_in"]))
        self._item_fields["run_in"] = run_in
        grid.addRow("", run_in)
        self._row(grid, "text", PasteText(self.session, lines=(4, 14)), labels["text"])
        for name in ("goal", "indicator") if self.kind is SubGoal else ():
            pair = self.bind(PairField(self.session, "", f"打印「{labels[name]}：」一行"))
            text = PasteText(self.session, lines=(3, 8))
            self._pairs.append((pair, text))
            grid.addRow("", pair)
            self._row(grid, name, text, labels[name])

    def _row(self, grid: QFormLayout, name: str, field: LineField | TextField, text: str) -> None:
        label: QLabel = labelled(text, field)
        grid.addRow(label, self.bind(field))
        self._item_fields[name] = field
        if isinstance(field, PasteLine | PasteText):
            field.pasted.connect(partial(self._pasted, field))

    def _choose(self, item_id: str) -> None:
        """Shows another item in the form; what is still being typed goes to the one before."""
        self._current = item_id
        for name, field in self._item_fields.items():
            field.set_path(self._path(item_id, name) if item_id else "")
        for pair, text in self._pairs:
            pair.set_path(text.path)
        self._show_state()

    def _show_state(self) -> None:
        """What depends on the item but is no field: the drawn number, which of the pair is printed, the empty state."""
        place = self._place()
        self._empty.setVisible(place is None)
        self._form.setVisible(place is not None)
        if place is None:
            return
        number = self._item_fields["number"]
        drawn = draw(self.session.get(f"{self.section}.numbering"), place + 1)
        number.setPlaceholderText(f"{drawn.strip()}（自动）")
        for pair, text in self._pairs:
            text.setEnabled(pair.isChecked())

    def show_problems(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        super().show_problems(problems)
        self._list.show_counts(counts_below(self.section, problems))

    def _place(self) -> int | None:
        return next((n for n, item in enumerate(self._items) if item.id == self._current), None)

    def refresh(self, change: Change | None) -> None:
        self._list.lock(self.session.is_locked)
        self._list.show_items([self._line(n, item) for n, item in enumerate(self._items)])
        chosen = self._current
        if self._place() is None:
            # Undo can take the chosen item away; a draft opens at its first.
            chosen = self._list.current() or (self._items[0].id if self._items else "")
        if chosen != self._current:
            self._choose(chosen)
        self._list.select(self._current)
        self._list.show_counts(counts_below(self.section, self.problems))
        super().refresh(change)
        self._show_state()
        self._show_offer()

    def _line(self, place: int, item: Item) -> tuple[str, str]:
        pattern = self.session.get(f"{self.section}.numbering")
        number = draw(pattern, place + 1) if item.number is None else item.number
        words = item.heading or item.text or getattr(item, "goal", None) or "（未写）"
        return item.id, f"{number}{words.splitlines()[0] if words else ''}"

    def _add(self) -> None:
        self.commit_pending()
        place = self._place()
        pair: dict[str, str] = {"goal": "", "indicator": ""} if self.kind is SubGoal else {}
        item = self.kind(new_id("s" if self.kind is SubGoal else "m"), **pair)
        self._insert(len(self._items) if place is None else place + 1, item, "添加")

    def _copy(self) -> None:
        self.commit_pending()
        place = self._place()
        if place is not None:
            original = self._items[place]
            self._insert(place + 1, replace(original, id=new_id(original.id[0]), number=None), "复制")

    def _insert(self, place: int, item: Item, verb: str) -> None:
        self._current = item.id
        self.session.insert(self.section, place, item, f"{verb} {PART_NAMES[self.kind]}")
        self._choose(item.id)
        self._list.select(item.id)
        self._focus_heading()

    def _remove(self) -> None:
        self.commit_pending()
        place = self._place()
        if place is None:
            return
        after = self._items[place + 1 :] or self._items[:place][-1:]
        gone, self._current = self._current, after[0].id if after else ""
        self.session.remove(self._path(gone))
        self._choose(self._current)

    def _move(self, by: int) -> None:
        self.commit_pending()
        place = self._place()
        if place is not None and 0 <= place + by < len(self._items):
            self.session.move(self._path(self._current), place + by)

    # Numbered texts

    @property
    def _form_read(self) -> Form:
        return Form(self.kind, self.session.template)

    def _pasted(self, field: PasteLine | PasteText, pasted: Pasted) -> None:
        """Offers to split what looks like several items; it stands in the field as it came."""
        name = field.path.rpartition(".")[2]
        place = None if field.path == f"{self.section}.preface" else self._place()
        item = None if place is None else self._items[place]
        self._offer_split(split_pasted(self._section, item, name, pasted, self._form_read))

    def _paste_item(self) -> None:
        """A text pasted onto the list is a new item with that text."""
        self.commit_pending()
        text = clean_text(QApplication.clipboard().text())[0].strip("\n")
        if not text.strip():
            say(self, "剪贴板里没有文字，没有粘贴。")
            return
        name = "text" if "\n" in text else "heading"
        place = self._place()
        item = self.kind(new_id("s" if self.kind is SubGoal else "m"), **{name: text})
        self._insert(len(self._items) if place is None else place + 1, item, "粘贴")
        self._list.focus_list()
        self._offer_split(split_pasted(self._section, item, name, Pasted("", text, ""), self._form_read, least=1))

    def _offer_split(self, split: Split | None) -> None:
        self._offered, self._offered_for = split, self._section
        self._show_offer()

    def _show_offer(self) -> None:
        """The split of what was just pasted; else that typed numbers differ from the pattern; else nothing."""
        section = self._section
        if self._offered_for is not section or self.session.is_locked:
            self._offered = None
        numbers = differing(section)
        if self._offered is not None:
            count = self._offered.count
            text = f"粘贴的文字像是 {count} 项。" if count > 1 else "粘贴的文字带有自己的编号。"
            self._offer.offer(
                text, f"拆分成 {count} 项" if count > 1 else "按编号归位", self._take_split, self._keep_pasted
            )
        elif numbers and numbers != self._refused and not self.session.is_locked:
            self._offer.offer(_told(numbers), "改用自动编号", self._renumber, self._keep_numbers)
        else:
            self._offer.hide()

    def _take_split(self) -> None:
        split, before = self._offered, self._section
        self.commit_pending()
        if split is not None and self._section is before:
            self._change_section(f"拆分成 {split.count} 项", split.section)

    def _keep_pasted(self) -> None:
        self._offered = None
        self._back_to_form()

    def _split_chosen(self) -> None:
        """The numbered lines of the chosen item become items of their own."""
        self.commit_pending()
        place = self._place()
        if place is None:
            return
        split = split_item(self._section, self._items[place], self._form_read)
        if split is None:
            say(self, "这一项里没有编号连续的几行，没有拆分。每项另起一行，以（一）、1. 等编号开头，才能拆分。")
        else:
            self._change_section(f"拆分 {PART_NAMES[self.kind]} {place + 1}", split.section)

    def _renumber(self) -> None:
        self.commit_pending()
        self._change_section("改用自动编号", renumbered(self._section))

    def _keep_numbers(self) -> None:
        self._refused = differing(self._section)
        self._back_to_form()

    def _change_section(self, label: str, section: Items[Item]) -> None:
        known = {item.id for item in self._items}
        new = [item.id for item in section.items if item.id not in known]
        self.session.leave_field()
        self.session.change(label, fieldpath.replace(self.session.document, self.section, section), self)
        if self._place() is None and new:
            self._choose(new[0])
        self._list.select(self._current)
        self._back_to_form()

    def _back_to_form(self) -> None:
        """A line that goes takes no focus with it."""
        self._show_offer()
        if QApplication.focusWidget() is None or self._offer.isAncestorOf(QApplication.focusWidget()):
            self._list.focus_list()

    def _focus_heading(self) -> None:
        if self._place() is not None:
            self._item_fields["heading"].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> bool:
        if self._place() is None:
            self._list.focus_add()
        else:
            self._focus_heading()
        return True

    def focus_path(self, path: str) -> bool:
        if path.startswith(f"{self.section}["):
            item_id = path[len(self.section) + 1 :].partition("]")[0]
            try:
                self.session.get(self._path(item_id))
            except fieldpath.PathError:
                return False
            self._choose(item_id)
            self._list.select(item_id)
            if path == self._path(item_id):
                path = self._path(item_id, "heading")
        return super().focus_path(path)


def _told(numbers: Mapping[int, str]) -> str:
    """Which typed numbers differ, in one sentence."""
    places = "、".join(map(str, list(numbers)[:_MOST_TOLD])) + (" 等" if len(numbers) > _MOST_TOLD else "")
    first = "".join(f"「{number}」" for number in list(numbers.values())[:_MOST_TOLD])
    return f"第 {places} 项的编号{first}与编号样式不同。"


class SubGoalsStep(ItemsStep):
    """③"""

    title = "分项绩效目标"
    section = "sub_goals"
    kind = SubGoal


class SafeguardsStep(ItemsStep):
    """④"""

    title = "工作保障措施"
    section = "safeguards"
    kind = Measure
