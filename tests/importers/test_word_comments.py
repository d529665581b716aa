"""Comments of a returned Word file land at the field they hang on, whichever program wrote them."""

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from exporters.build import build
from importers.word.comments import read_comments
from models.document import fieldpath
from models.document.tree import Draft, GoalDocument, Indicator, Remark, Settings
from models.errors import UserError
from models.session.review_comments import placed
from tests.importers.commented_files import (
    TEMPLATE,
    CommentedFile,
    Note,
    file_with,
    full_document,
    marked,
    on_every_field,
)
from tests.importers.word_files import converted, line, run
from ui.shell.returned_comments import read_remarks

KINDS = (
    "unit.name", "year", "title", "headings.part_one", "headings.part_one_name", "headings.overall_goal", "overall_goal",
    "headings.sub_goals", "sub_goals.preface", "sub_goals[s1].number", "sub_goals[s1].heading", "sub_goals[s1].text",
    "sub_goals[s1].goal", "sub_goals[s1].indicator", "sub_goals[s2].heading", "sub_goals[s2].text",
    "headings.safeguards", "safeguards.preface", "safeguards[m1].number", "safeguards[m1].heading", "safeguards[m1].text",
    "safeguards[m2].heading", "safeguards[m2].text", "headings.part_two", "headings.part_two_name",
    "projects[p1].unit.code", "projects[p1].unit.name", "projects[p1].amount_unit", "projects[p1].code",
    "projects[p1].name", "projects[p1].budget", "projects[p1].fiscal_funds", "projects[p1].other_funds",
    "projects[p2].other_funds", "projects[p1].fund_use", *(f"projects[p2].spending_plan[{at}]" for at in range(4)),
    "projects[p1].goals[0]", "projects[p1].goals[1]", "projects[p2].goals[0]",
    *(f"projects[p2].indicators[i1].{name}" for name in ("tier1", "tier2", "name", "description", "value", "basis")),
    "projects[p1].indicators[i2].basis", "projects[p1].indicators[i3].tier2", "projects[p2].indicators[i4].value",
)  # fmt: skip
"""One of every kind of field, and some of the kind twice."""


def remarks_of(data: bytes, document: GoalDocument) -> tuple[Remark, ...]:
    return placed(read_comments(data, "退回.docx"), build(document, TEMPLATE, Settings()))


def wrongly_placed(data: bytes, document: GoalDocument) -> list[tuple[str, str]]:
    """(the field a comment names, where it was put), for those that differ."""
    return [(remark.text, remark.path) for remark in remarks_of(data, document) if remark.text != remark.path]


def test_a_comment_on_every_kind_of_field_lands_there() -> None:
    document = full_document()
    file = CommentedFile(document, on_every_field, settings=Settings())
    assert set(KINDS) <= {note.text for note in file.notes}
    assert wrongly_placed(file.data, document) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_comments_written_by_libreoffice_land_there_too(tmp_path: Path) -> None:
    """LibreOffice reads the file and writes it anew. A start of it takes a second."""
    document = full_document()
    file = CommentedFile(document, on_every_field, settings=Settings())
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "退回.docx").write_bytes(file.data)
    (written,) = converted([tmp_path / "in" / "退回.docx"], "docx", tmp_path)
    assert len(remarks_of(written.read_bytes(), document)) == len(file.notes)
    assert wrongly_placed(written.read_bytes(), document) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_comments_that_went_through_libreoffices_own_format_land_there_too(tmp_path: Path) -> None:
    """Two starts of LibreOffice take some seconds."""
    document = full_document()
    file = CommentedFile(document, on_every_field, settings=Settings())
    (tmp_path / "退回.docx").write_bytes(file.data)
    (own,) = converted([tmp_path / "退回.docx"], "odt", tmp_path)
    remarks = read_remarks(own, Draft(document))
    assert sorted(remark.text for remark in remarks) == sorted(note.text for note in file.notes)
    assert [(remark.text, remark.path) for remark in remarks if remark.text != remark.path] == []


def test_a_sentence_in_the_middle_of_a_text_is_kept_as_the_words_spoken_of() -> None:
    body = [
        line("一、总体绩效目标"),
        line(content=run("推广小麦节水新技术3000亩。") + marked(0, run("培训农户1200人次。")) + run("后文。")),
    ]
    (remark,) = remarks_of(file_with(body, [Note("人次与指标表不一致")]), full_document())
    assert (remark.path, remark.excerpt, remark.author) == ("overall_goal", "培训农户1200人次。", "财政局 张")


def test_the_place_is_found_although_both_sides_were_edited_since() -> None:
    """The bureau rewrote a budget and a sentence, the clerk has added a row, a project and a line since."""
    document = full_document()
    edited = document
    for path, value in (
        ("projects[p1].budget", "58.00"),
        ("sub_goals[s1].goal", "明显提高种田水平。\n覆盖全部乡镇。"),
        ("projects[p2].indicators[i2].value", "≥1500人次"),
    ):
        edited = fieldpath.replace(edited, path, value)
    returned = CommentedFile(edited, on_every_field, settings=Settings())
    new_row = Indicator("i9", "产出指标", "时效指标", "完成时间", "培训结束日期", "2026年11月底前", "年度培训计划")
    mine = fieldpath.insert(document, "projects[p1].indicators", 3, new_row)
    mine = fieldpath.insert(
        mine, "projects", 0, replace(document.projects[0], id="p0", name="土壤普查", code="Z1", indicators=())
    )
    mine = fieldpath.replace(mine, "overall_goal", "一句新话。\n" + mine.overall_goal)
    assert wrongly_placed(returned.data, mine) == []


def test_projects_in_another_order_keep_their_comments() -> None:
    document = full_document()
    returned = CommentedFile(
        document, lambda path, words: on_every_field(path, words) if "p1" in path else (), settings=Settings()
    )
    mine = fieldpath.move(document, "projects[p1]", 1)
    assert wrongly_placed(returned.data, mine) == []


def test_a_comment_on_a_label_goes_to_the_field_it_names() -> None:
    """The words of labels carry no path: the comments are hung on them by the words."""
    wanted = {
        "项目编码": "code", "预算数": "budget", "6月底": "spending_plan[1]", "12月底": "spending_plan[3]",
        "资金支出计划（%）": "spending_plan[0]", "绩效目标": "goals[0]", "指标值": "indicators",
    }  # fmt: skip
    for label, field in wanted.items():
        (remark,) = remarks_of(_commented_label(full_document(), label), full_document())
        assert remark.path == f"projects[p1].{field}", label


def _commented_label(document: GoalDocument, label: str) -> bytes:
    plain = CommentedFile(document, lambda _path, _words: ()).data
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    body = parts["word/document.xml"]
    words = run(label)
    body = body.replace(words, marked(0, words), 1)
    return file_with([body[body.index("<w:body>") + 8 : body.index("<w:sectPr/>")]], [Note("标签")])


def test_answers_and_ticks_of_word_come_along() -> None:
    notes = [Note("改为12场"), Note("已改", author="推广站 李", answers=0), Note("好", done=True)]
    body = [line("一、总体绩效目标"), line(content=marked(2, marked(1, marked(0, run("正文。")))))]
    document = replace(full_document(), overall_goal="正文。")
    first, second = remarks_of(file_with(body, notes), document)
    assert (first.text, first.done) == ("改为12场\n回复（推广站 李）：已改", False)
    assert (second.text, second.done) == ("好", True)
    assert {first.path, second.path} == {"overall_goal"}


def test_a_comment_without_a_place_keeps_its_words() -> None:
    notes = [Note("全文请按新表样重写"), Note("这一段不知所云")]
    body = [line("一、总体绩效目标"), line(content=marked(1, run("这是退回单上另加的一段完全不同的说明")))]
    remarks = remarks_of(file_with(body, notes), replace(full_document(), overall_goal=""))
    assert [(remark.path, remark.text) for remark in remarks] == [("", "全文请按新表样重写"), ("", "这一段不知所云")]
    assert remarks[1].excerpt == "这是退回单上另加的一段完全不同的说明"


def test_a_range_over_several_paragraphs_belongs_to_where_it_begins() -> None:
    body = [
        line("一、总体绩效目标"),
        line(content=f'{run("推广小麦节水新技术3000亩。")}<w:commentRangeStart w:id="0"/>{run("培训农户1200人次。")}'),
        line(content=f'{run("带动参训农户亩均节水20立方米。")}<w:commentRangeEnd w:id="0"/>'
             '<w:r><w:commentReference w:id="0"/></w:r>'),
    ]  # fmt: skip
    (remark,) = remarks_of(file_with(body, [Note("两句重复")]), full_document())
    assert remark.path == "overall_goal"
    assert remark.excerpt == "培训农户1200人次。 带动参训农户亩均节水20立方米。"


def test_a_mark_without_a_range_and_one_around_whole_paragraphs_are_understood() -> None:
    reference = '<w:r><w:commentReference w:id="0"/></w:r>'
    around = f'<w:commentRangeStart w:id="1"/>{line("接受审计监督。")}<w:commentRangeEnd w:id="1"/>'
    body = [line("三、工作保障措施"), line(content=f"{run('（二）强化资金监管')}{reference}"), around]
    first, second = remarks_of(file_with(body, [Note("标题"), Note("正文")]), full_document())
    assert (first.path, first.excerpt) == ("safeguards[m2].heading", "")
    assert (second.path, second.excerpt) == ("safeguards[m2].text", "接受审计监督。")


def test_words_deleted_with_tracking_are_no_words_and_floats_are_passed_over() -> None:
    deleted = '<w:del w:id="9"><w:r><w:delText>旧的一句。</w:delText></w:r></w:del>'
    box = "<w:r><w:pict><w:txbxContent>" + line("框里的字") + "</w:txbxContent></w:pict></w:r>"
    body = [line("一、总体绩效目标"), line(content=deleted + box + marked(0, run("带动参训农户亩均节水20立方米。")))]
    (remark,) = remarks_of(file_with(body, [Note("核对")]), full_document())
    assert (remark.path, remark.excerpt) == ("overall_goal", "带动参训农户亩均节水20立方米。")


def test_a_file_without_comments_has_none_and_a_broken_one_is_told() -> None:
    assert read_comments(file_with([line("一、总体绩效目标")], []), "退回.docx").comments == ()
    with pytest.raises(UserError, match="退回"):
        read_comments(b"PK\x03\x04", "退回.docx")


def test_a_comment_on_the_heading_of_a_unit_lands_on_the_unit() -> None:
    document, headed = full_document(), Settings(unit_headings=True)
    file = CommentedFile(document, on_every_field, settings=headed)
    assert len(file.notes) > len(CommentedFile(document, on_every_field, settings=Settings()).notes)
    found = placed(read_comments(file.data, "退回.docx"), build(document, TEMPLATE, headed))
    assert [(remark.text, remark.path) for remark in found if remark.text != remark.path] == []
