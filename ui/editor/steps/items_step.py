"""③ 分项绩效目标 and ④ 工作保障措施: a list of numbered items, and the form of the chosen one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from models.document import fieldpath
from models.document.fieldnames import PART_LABELS, PART_NAMES
from models.document.numbering import draw
from models.document.tree import Items, Measure, SubGoal, new_id
from models.session.session import Change, Session
from ui.editor.fields import CheckField, ChoiceField, LineField, TextField
from ui.editor.steps import counts_below, is_typing
from ui.editor.steps.form_layout import OptionalLineField, form
from ui.editor.steps.item_list import ItemList, ListBeside
from ui.editor.steps.item_offers import ItemOffers
from ui.editor.steps.list_step import ListStep
from ui.editor.steps.pasting import PasteLine, PasteText
from ui.widgets.flow import FormGrid
from ui.widgets.parts import column_of, roomy_column, scrolling
from ui.widgets.scrolling import show_focus
from ui.widgets.style import characters, hint, labelled, title

if TYPE_CHECKING:
    from models.checks.registry import Problem

Item = SubGoal | Measure


class PairField(CheckField):
    """Whether an item prints the label line of 绩效目标 or 绩效指标: None is no line, "" an empty one."""

    def to_checked(self, value: object) -> bool:
        return value is not None

    def from_checked(self, checked: bool) -> object:
        return "" if checked else None


class NumberField(OptionalLineField):
    """An item's own number; empty: drawn from the section's pattern."""


class ItemsStep(ListStep):
    """Both sections work alike; the sub-goals have two fields more."""

    kind: type[Item]
    examples: Mapping[str, str] = MappingProxyType({})
    """What an empty field of an item may hold, by its name."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._item_fields: dict[str, LineField | TextField | CheckField] = {}
        self._pairs: list[tuple[PairField, TextField]] = []
        column = self._page()
        column.addWidget(title(self.title))
        column.addLayout(self._section_form())
        self._offers = ItemOffers(self)  # here: the Tab key goes in the order in which widgets are made
        self._preface.pasted.connect(partial(self._offers.pasted, self._preface))
        column.addWidget(self._offers)
        self._list = ItemList(self.title, splits=True)
        both = ListBeside(self._list, self._item_form())
        both.setMinimumHeight(characters(self, 12))
        column.addWidget(both, 1)
        self._follow_list(self._focus_heading)
        # A page that was just made has its places only when it is laid out.
        self.field_focused.connect(lambda _path: QTimer.singleShot(0, self, show_focus))
        self._list.split.connect(self._offers.split_chosen)
        self._list.paste.connect(self._offers.paste_item)
        self.refresh(None)

    def _page(self) -> QVBoxLayout:
        """As large as the window; in one too small for large type it scrolls, and nothing is cut off."""
        inside = QWidget()
        column, area = roomy_column(inside), scrolling(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        column_of(self, area)
        return column

    def _parts(self) -> tuple[Item, ...]:
        return cast("Items[Item]", self.session.get(self.section)).items

    def _removed(self, place: int) -> str:
        return f"第 {place} 项"

    def chosen_item(self) -> Item | None:
        """The item the form shows."""
        place = self._place()
        return None if place is None else self._parts()[place]

    def _section_form(self) -> FormGrid:
        heading = self.bind(OptionalLineField(self.session, f"headings.{self.section}"))
        heading.setPlaceholderText("不打印标题行")
        patterns = self.session.template.numbering.item_choices
        choices = [(p, f"{draw(p, 1).strip()} {draw(p, 2).strip()} …") for p in patterns]
        numbering = self.bind(ChoiceField(self.session, f"{self.section}.numbering", choices))
        preface = self.bind(PasteText(self.session, f"{self.section}.preface", lines=(1, 3)))
        self._preface = preface
        preface.document().setDocumentMargin(1)  # as high as the fields of one line beside it
        preface.setPlaceholderText("没有就留空")
        preface.setToolTip("第一项之前的文字")
        self._head = FormGrid(self)
        for text, field, share in (("本节标题行", heading, 1), ("编号样式", numbering, 1), ("引言", preface, 2)):
            self._head.add(labelled(text, field), field, share)
        self._head.arrange(self.width())
        return self._head

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._head.arrange(self.width() - 2 * characters(self, 0.75))

    def _item_form(self) -> QWidget:
        inside = QWidget()
        self._empty = hint(f"还没有{PART_NAMES[self.kind]}。按「添加」写第一项；编号由程序自动生成。")
        self._form = QWidget()
        grid = form(self)
        grid.setContentsMargins(0, 0, 0, 0)
        self._form.setLayout(grid)
        self._fill_form(grid)
        roomy_column(inside, self._empty, self._form, 1)
        area = scrolling(inside)
        area.setFrameShape(QFrame.Shape.StyledPanel)
        return area

    def _fill_form(self, grid: QFormLayout) -> None:
        labels = PART_LABELS[self.kind]
        number = NumberField(self.session)
        number.setMaximumWidth(characters(self, 10))
        self._row(grid, "number", number, labels["number"])
        self._row(grid, "heading", PasteLine(self.session), labels["heading"])
        self._row(grid, "text", PasteText(self.session, lines=(4, 14)), labels["text"])
        pairs = ("goal", "indicator") if self.kind is SubGoal else ()
        texts = [PasteText(self.session, lines=(3, 8)) for _name in pairs]
        for name, text in zip(pairs, texts, strict=True):
            self._row(grid, name, text, labels[name])
        # Behind all places where one writes: words typed at a box would be lost.
        run_in = self.bind(CheckField(self.session, "", labels["run_in"]))
        self._item_fields["run_in"] = run_in
        grid.addRow("", run_in)
        for name, text in zip(pairs, texts, strict=True):
            pair = self.bind(PairField(self.session, "", f"打印「{labels[name]}：」一行"))
            self._pairs.append((pair, text))
            grid.addRow("", pair)

    def _row(self, grid: QFormLayout, name: str, field: LineField | TextField, text: str) -> None:
        if name in self.examples:
            field.setPlaceholderText(f"例如：{self.examples[name]}")
        label: QLabel = labelled(text, field)
        grid.addRow(label, self.bind(field))
        self._item_fields[name] = field
        if isinstance(field, PasteLine | PasteText):
            field.pasted.connect(partial(self._offers.pasted, field))

    def _choose(self, item_id: str) -> None:
        """Shows another item in the form; what is still being typed goes to the one before."""
        self._current = item_id
        for name, field in self._item_fields.items():
            field.set_path(self._path(item_id, name) if item_id else "")
        for pair, text in self._pairs:
            pair.set_path(text.path)
        self._show_state()
        self.part_shown.emit(self._path(item_id) if item_id else "")

    def _show_state(self) -> None:
        """What depends on the item but is no field: the drawn number, which of the pair is printed, the empty state."""
        place = self._place()
        self._empty.setVisible(place is None)
        self._form.setVisible(place is not None)
        if place is None:
            return
        number = self._item_fields["number"]
        drawn = draw(self.session.text(f"{self.section}.numbering"), place + 1)
        assert isinstance(number, QLineEdit)
        number.setPlaceholderText(f"{drawn.strip()}（自动）")
        for name, (pair, text) in zip(("goal", "indicator"), self._pairs, strict=False):
            text.setEnabled(pair.isChecked())
            example = f"例如：{self.examples[name]}" if name in self.examples else ""
            text.setPlaceholderText(example if pair.isChecked() else f"不打印。要写，先勾选下面的「{pair.text()}」。")

    def show_problems(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        super().show_problems(problems)
        self._list.show_counts(counts_below(self.section, problems))

    def refresh(self, change: Change | None) -> None:
        self._list.lock(self.session.is_locked)
        self._list.show_items([self._line(n, item) for n, item in enumerate(self._parts())], later=is_typing(change))
        chosen = self._current
        if self._place() is None:
            # Undo can take the chosen item away; a draft opens at its first.
            chosen = self._list.current() or (self._parts()[0].id if self._parts() else "")
        if chosen != self._current:
            self._choose(chosen)
        self._list.select(self._current)
        super().refresh(change)
        self._show_state()
        self._offers.show_offer()

    def _line(self, place: int, item: Item) -> tuple[str, str]:
        pattern = self.session.text(f"{self.section}.numbering")
        number = draw(pattern, place + 1) if item.number is None else item.number
        words = item.heading or item.text or getattr(item, "goal", None) or "（未写）"
        return item.id, f"{number}{words.splitlines()[0] if words else ''}"

    def _add(self) -> None:
        self.commit_pending()
        item = SubGoal(new_id("s"), goal="", indicator="") if self.kind is SubGoal else Measure(new_id("m"))
        self.insert_item(item, "添加")

    def _copy(self) -> None:
        self.commit_pending()
        place = self._place()
        if place is not None:
            original = self._parts()[place]
            self._insert(place + 1, replace(original, id=new_id(original.id[0]), number=None), "复制")

    def insert_item(self, item: Item, verb: str) -> None:
        """One step: the item behind the chosen one, or at the end; it is chosen from now on."""
        place = self._place()
        self._insert(len(self._parts()) if place is None else place + 1, item, verb)

    def choose_item(self, item_id: str) -> None:
        """Shows that item, the keyboard in the list."""
        self._choose(item_id)
        self._list.select(item_id)
        self._list.focus_list()

    def _insert(self, place: int, item: Item, verb: str) -> None:
        self._current = item.id
        self.session.insert(self.section, place, item, f"{verb} {PART_NAMES[self.kind]}")
        self._choose(item.id)
        self._list.select(item.id)
        self._focus_heading()

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


class SubGoalsStep(ItemsStep):
    """③"""

    title = "分项绩效目标"
    section = "sub_goals"
    kind = SubGoal
    examples = MappingProxyType(
        {
            "heading": "推广节水技术",
            "goal": "面向种粮大户推广小麦节水技术，使灌溉用水逐年减少。",
            "indicator": "推广节水技术3000亩；培训农户1200人次；示范田验收合格率100%。",
        }
    )


class SafeguardsStep(ItemsStep):
    """④"""

    title = "工作保障措施"
    section = "safeguards"
    kind = Measure
    examples = MappingProxyType(
        {
            "heading": "加强组织领导。",
            "text": "成立预算绩效管理小组，站长任组长，每季度检查一次项目进度和支出，发现问题当月整改。",
        }
    )
