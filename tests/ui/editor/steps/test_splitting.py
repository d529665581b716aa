"""Pasted numbered texts: they stand as they came, splitting is offered in a line, is one step, and loses no letter."""

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from importers.import_files import read_file
from models.document.numbering import draw
from models.document.splitting import own_lines
from models.document.template import load_template
from models.document.tree import Draft, Items, Measure, SubGoal, Unit
from models.session.session import new_document
from tests import strategies
from tests.shared import SEEDS, needs_shared
from ui.editor.steps.pasting import OfferLine
from ui.editor.steps.text_splitting import Form, Pasted, split_item, split_pasted
from ui.shell.main_window import MainWindow

TEMPLATE = load_template()
GOALS, MEASURES = Form(SubGoal, TEMPLATE), Form(Measure, TEMPLATE)

TWO = "（一）节水灌溉\n绩效目标：更换管道。\n绩效指标：6公里。\n（二）种植培训。培训农户。\n绩效目标：\n绩效指标：4期。"
"""Two sub-goals as another text prints them."""


def letters(text: str) -> Counter[str]:
    """The letters of a text; white space and the width of a colon aside."""
    return Counter(re.sub(r"\s", "", text.replace(":", "：")))


def typed(section: Items[Any]) -> str:
    """All that was typed into a section: no drawn number, no label."""
    names = ("number", "heading", "text", "goal", "indicator")
    texts = (getattr(item, name, None) or "" for item in section.items for name in names)
    return "\n".join((section.preface, *texts))


def printed(section: Items[Any]) -> str:
    """All that is printed of a section."""
    lines = [section.preface]
    for place, item in enumerate(section.items, 1):
        number = draw(section.numbering, place) if item.number is None else item.number
        first, *rest = [line for _name, line in own_lines(item, TEMPLATE.labels)] or [""]
        lines += [number + first, *rest]
        lines += [label for label, text in _behind_labels(item) if text == ""]
    return "\n".join(lines)


def _behind_labels(item: Any) -> list[tuple[str, str | None]]:
    labels = TEMPLATE.labels
    return [(labels.goal, item.goal), (labels.indicator, item.indicator)] if isinstance(item, SubGoal) else []


def empty_section(**changes: Any) -> Items[Any]:
    return Items(items=(SubGoal("s1", goal="", indicator="", **changes),))


# Reading


def test_labels_and_headings_are_read_as_an_import_reads_them() -> None:
    section = empty_section()
    split = split_pasted(section, section.items[0], "heading", Pasted("", TWO, ""), GOALS)
    assert split.count == 2
    assert [replace(item, id="") for item in split.section.items] == [
        SubGoal("", None, "节水灌溉", False, "", "更换管道。", "6公里。"),
        SubGoal("", None, "种植培训。", True, "培训农户。", "", "4期。"),
    ]
    assert split.section.items[0].id == "s1"


@pytest.mark.parametrize(
    ("text", "numbers", "numbering"),
    [
        ("(一) 甲\n（二）乙\n（三）丙", ["(一)", None, None], "（{cn}）"),
        ("（一）、甲\n（二）、乙", [None, None], "（{cn}）、"),
        ("1. 甲\n2. 乙", [None, None], "{n}."),
        ("1、甲\n2、乙", [None, None], "{n}、"),
        ("①甲\n②乙", ["①", "②"], "（{cn}）"),
        ("第一，甲\n第二，乙", ["第一，", "第二，"], "（{cn}）"),
        ("a) 甲\nb) 乙", ["a)", "b)"], "（{cn}）"),
        ("（三）甲\n（四）乙", ["（三）", "（四）"], "（{cn}）"),
    ],
)
def test_every_way_to_number_is_split_in_an_empty_section(text: str, numbers: list[Any], numbering: str) -> None:
    section = empty_section()
    split = split_pasted(section, section.items[0], "text", Pasted("", text, ""), GOALS)
    assert [item.number for item in split.section.items] == numbers
    assert [item.heading.strip() for item in split.section.items] == ["甲", "乙", "丙"][: len(numbers)]
    assert split.section.numbering == numbering


def test_numbers_that_would_be_others_in_their_new_place_are_kept() -> None:
    section = Items(items=(Measure("m1", heading="甲"), Measure("m2")))
    split = split_pasted(section, section.items[1], "heading", Pasted("", "（一）乙\n（二）丙", ""), MEASURES)
    assert [(item.number, item.heading) for item in split.section.items] == [
        *((None, "甲"), ("（一）", "乙"), ("（二）", "丙")),
    ]


@pytest.mark.parametrize("text", ["一行字", "（一）只有一项", "两行\n没有编号", "1.5亿元\n2.5亿元", ""])
def test_what_is_no_list_is_not_split(text: str) -> None:
    section = empty_section()
    assert split_pasted(section, section.items[0], "text", Pasted("", text, ""), GOALS) is None


def test_numbers_that_go_on_from_the_item_s_own_are_taken_before_those_within_its_text() -> None:
    item = SubGoal("s1", heading="甲", text="1、一\n2、二\n（二）乙\n1、三", goal="目标", indicator=None)
    split = split_item(Items(items=(item,)), item, GOALS)
    assert split.count == 2
    assert split.section.items[0] == replace(item, text="1、一\n2、二", goal=None)
    assert replace(split.section.items[1], id="") == SubGoal("", None, "乙", False, "1、三", "目标")


def test_an_item_whose_text_begins_anew_gives_its_lines_as_items() -> None:
    item = Measure("m1", number="一、", heading="总则", text="前言\n（1）甲\n（2）乙")
    split = split_item(Items(items=(item, Measure("m2"))), item, MEASURES)
    assert [(each.number, each.heading, each.text) for each in split.section.items] == [
        *(("一、", "总则", "前言"), ("（1）", "甲", ""), ("（2）", "乙", ""), (None, "", "")),
    ]


def test_what_stands_around_the_cursor_is_kept() -> None:
    section = Items(items=(Measure("m1", heading="甲", text="前后"),))
    split = split_pasted(section, section.items[0], "text", Pasted("前", "说明\n（二）乙\n（三）丙", "后"), MEASURES)
    assert [(item.number, item.heading, item.text) for item in split.section.items] == [
        *((None, "甲", "前\n说明"), (None, "乙", ""), (None, "丙", "后")),
    ]


NUMBERS = st.sampled_from(
    (*("（{}）", "{}、", "({}) ", "{}. ", "　　{}. "), *("①②③④", "第{}，", "{}是", "{})", "（{}）、"))
)


@st.composite
def numbered_texts(draw_one: st.DrawFn) -> str:
    """A text with a numbered list in it, its lines of any kind."""
    pattern, count = draw_one(NUMBERS), draw_one(st.integers(2, 4))
    chinese = "是" in pattern or "，" in pattern or draw_one(st.booleans())
    lines = [draw_one(strategies.line(0))]
    for place in range(count):
        number = ("一二三四" if chinese and ")" not in pattern[-1:] else "1234")[place]
        marker = pattern[place] if "{" not in pattern else pattern.format(number)
        lines.append(marker + draw_one(strategies.line()))
        lines += draw_one(
            st.lists(st.sampled_from((*strategies.NASTY_LINES, "绩效目标：按期完成", "正文")), max_size=3)
        )
    return "\n".join(lines)


def sections() -> st.SearchStrategy[tuple[Form, Items[Any]]]:
    of_kind = ((GOALS, strategies.sub_goals), (MEASURES, strategies.measures))
    return st.one_of(
        *(st.tuples(st.just(form), strategies.items(kind, strategies.Ids(0), wild=True)) for form, kind in of_kind)
    )


@settings(max_examples=100)
@given(sections(), numbered_texts(), strategies.line(0), strategies.line(0), st.data())
def test_splitting_a_paste_loses_no_letter(
    read: tuple[Form, Items[Any]], text: str, before: str, after: str, data: st.DataObject
) -> None:
    form, section = read
    blank = form.kind("new", **({"goal": "", "indicator": ""} if form is GOALS else {}))
    section = replace(section, items=(*section.items, blank))
    item = data.draw(st.sampled_from(section.items))
    names = ("heading", "text", "goal", "indicator") if form is GOALS else ("heading", "text")
    name = data.draw(st.sampled_from(names))
    split = split_pasted(section, item, name, Pasted(before, text, after), form, least=1)
    assume(split is not None)
    filled = replace(item, **{name: "\n".join((before, text, after))})
    whole = replace(section, items=tuple(filled if each is item else each for each in section.items))
    missing = letters(typed(whole)) - letters(printed(split.section))
    assert missing == Counter(), split.section


@settings(max_examples=80)
@given(sections(), numbered_texts(), st.data())
def test_splitting_an_item_loses_no_letter(read: tuple[Form, Items[Any]], text: str, data: st.DataObject) -> None:
    form, section = read
    assume(section.items)
    place = data.draw(st.integers(0, len(section.items) - 1))
    item = replace(section.items[place], text=text)
    section = replace(section, items=(*section.items[:place], item, *section.items[place + 1 :]))
    split = split_item(section, item, form)
    assume(split is not None)
    missing = letters(typed(section)) - letters(printed(split.section))
    assert missing == Counter(), split.section


@needs_shared
@pytest.mark.parametrize("seed", SEEDS)
def test_the_items_of_real_texts_are_split_as_they_are_imported(seed: Any) -> None:
    document = read_file(seed).draft.document
    for name, form in (("sub_goals", GOALS), ("safeguards", MEASURES)):
        section = getattr(document, name)
        if len(section.items) < 2:
            continue
        text = printed(replace(section, preface=""))
        fresh = Items(items=(form.kind("x1"),))
        split = split_pasted(fresh, fresh.items[0], "text", Pasted("", text, ""), form)
        read = [replace(item, id="") for item in split.section.items]
        assert [item.heading for item in read] == [item.heading for item in section.items]
        assert [item.text for item in read] == [item.text for item in section.items]


# In the window


def paste(text: str) -> None:
    QApplication.clipboard().setText(text)
    QTest.keySequence(QApplication.focusWidget(), QKeySequence(QKeySequence.StandardKey.Paste))
    QApplication.processEvents()


def offer(window: MainWindow) -> Any:
    return window.editor.current._offers


def headings(window: MainWindow) -> list[tuple[str | None, str]]:
    return [(item.number, item.heading) for item in window.editor.session.document.sub_goals.items]


def test_a_paste_stands_as_it_came_and_is_split_when_the_user_says_so(opened: MainWindow) -> None:
    session = opened.editor.session
    opened.editor.show_place("sub_goals[s1].text")
    paste(TWO.replace("一", "七").replace("二", "八"))
    assert session.document.sub_goals.items[0].text.startswith("（七）节水灌溉\n绩效目标：更换管道。")
    assert offer(opened).isVisible()
    assert offer(opened).text.text() == "粘贴的文字像是 2 项。按 Ctrl+回车拆分成 2 项。"
    as_pasted = session.document
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert session.undo_label == "拆分成 2 项"
    assert headings(opened) == [(None, "灌溉"), ("（七）", "节水灌溉"), ("（八）", "种植培训。"), ("(2) ", "培训")]
    assert session.document.sub_goals.items[0].goal == "换管道"
    assert offer(opened).text.text().startswith("第 2、3、4 项的编号「（七）」「（八）」「(2) 」与编号样式不同。")
    session.undo()
    assert session.document is as_pasted
    session.undo()
    assert session.document.sub_goals.items[0].text == ""


def test_lines_pasted_into_a_heading_are_split_as_they_came(opened: MainWindow) -> None:
    opened.editor.show_place("sub_goals[s2].heading")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    paste("（二）𠮷林路\n正文\n（三）乙")
    assert opened.editor.session.document.sub_goals.items[1].heading == "（二）𠮷林路 正文 （三）乙"
    offer(opened).accept.click()
    items = opened.editor.session.document.sub_goals.items
    assert [(item.number, item.heading, item.text) for item in items] == [
        *((None, "灌溉", ""), ("(2) ", "", ""), ("（二）", "𠮷林路", "正文"), ("（三）", "乙", "")),
    ]


def test_the_offer_can_be_refused_and_goes_when_the_text_is_changed(opened: MainWindow) -> None:
    opened.editor.session.edit("sub_goals[s2].number", None)
    opened.editor.show_place("sub_goals[s1].text")
    paste("1.甲\n2.乙")
    assert offer(opened).isVisible()
    QTest.keyClicks(QApplication.focusWidget(), "x")
    assert not offer(opened).isVisible()
    QApplication.focusWidget().selectAll()
    paste("1.甲\n2.乙")
    offer(opened).refuse.setFocus()
    offer(opened).refuse.click()
    assert not offer(opened).isVisible()
    assert opened.editor.session.document.sub_goals.items[0].text == "1.甲\n2.乙"
    assert QApplication.focusWidget().accessibleName() == "分项绩效目标列表"


def test_a_text_pasted_onto_the_empty_list_becomes_items(opened: MainWindow) -> None:
    session = opened.editor.session
    session.change("清空", replace(session.document, sub_goals=Items()))
    opened.editor.show_step(3)
    assert QApplication.focusWidget().accessibleName() == "添加"
    paste(f"围绕职责，目标如下：\n{TWO}")
    assert session.undo_label == "粘贴 分项目标"
    assert session.document.sub_goals.items[0].text.startswith("围绕职责")
    offer(opened).accept.click()
    section = session.document.sub_goals
    assert section.preface == "围绕职责，目标如下："
    assert headings(opened) == [(None, "节水灌溉"), (None, "种植培训。")]
    session.undo()
    session.undo()
    assert session.document.sub_goals.items == ()


def test_one_numbered_item_pasted_onto_the_list_is_put_in_its_places(opened: MainWindow) -> None:
    opened.editor.show_place("sub_goals[s2]")
    opened.editor.current._list.focus_list()
    paste("（三）新项\n绩效目标：完成。")
    offer(opened).accept.click()
    item = opened.editor.session.document.sub_goals.items[2]
    assert (item.number, item.heading, item.goal) == (None, "新项", "完成。")


def test_the_chosen_item_is_split_by_its_button(opened: MainWindow) -> None:
    session = opened.editor.session
    session.edit("sub_goals[s1].text", "正文\n（二）乙\n（三）丙")
    opened.editor.show_place("sub_goals[s1].text")
    button = next(b for b in opened.editor.current._list.buttons[1:] if b.text() == "拆分")
    button.click()
    assert session.undo_label == "拆分 分项目标 1"
    assert headings(opened) == [(None, "灌溉"), (None, "乙"), (None, "丙"), ("(2) ", "培训")]
    button.click()
    assert "没有编号连续的几行" in opened.statusBar().currentMessage()


def test_a_final_text_is_neither_split_nor_numbered_anew(opened: MainWindow) -> None:
    session = opened.editor.session
    session.change("定稿", replace(session.draft, state="定稿"))
    opened.editor.show_place("sub_goals[s1].text")
    before = session.document
    paste("1.甲\n2.乙")
    opened.editor.current._list.focus_list()
    paste("1.甲\n2.乙")
    assert not offer(opened).isVisible()
    assert session.document is before


def test_typed_numbers_that_differ_are_drawn_when_the_user_says_so(opened: MainWindow) -> None:
    session = opened.editor.session
    opened.editor.show_step(3)
    assert offer(opened).text.text() == "第 2 项的编号「(2) 」与编号样式不同。按 Ctrl+回车改用自动编号。"
    offer(opened).refuse.click()
    assert not offer(opened).isVisible()
    session.edit("sub_goals[s1].number", "1、")
    assert offer(opened).text.text().startswith("第 1、2 项的编号「1、」「(2) 」与编号样式不同。")
    offer(opened).accept.click()
    assert session.undo_label == "改用自动编号"
    assert headings(opened) == [(None, "灌溉"), (None, "培训")]
    assert not offer(opened).isVisible()


def test_a_split_that_brings_another_numbering_says_so(window: MainWindow) -> None:
    window.take_draft(Draft(new_document(TEMPLATE, 2026, Unit("618001", "云泽县农业技术推广站"))))
    window.editor.show_step(4)
    step = window.editor.current
    step._add()
    QApplication.clipboard().setText("1.加强组织领导。\n2.强化资金管理。")
    QTest.keySequence(QApplication.focusWidget(), QKeySequence("Ctrl+V"))
    step._offers.accept.click()
    numbering = window.editor.session.document.safeguards.numbering
    assert draw(numbering, 1).strip() == "1."
    assert "编号样式改成了粘贴的文字里的「1.」" in window.statusBar().currentMessage()


def test_the_line_of_offers_is_laid_out_before_there_is_an_offer(qtbot: QtBot, qtlog: Any) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    offers = OfferLine(page)
    for width in (200, 600):
        offers.resizeEvent(QResizeEvent(QSize(width, 40), offers.size()))
    assert not [record.message for record in qtlog.records if "Negative sizes" in record.message]
