"""The manual: its marks, its links, and that a clerk's words lead to the right place."""

from pathlib import Path

import pytest

from models import manual
from models.help import HelpError
from models.manual_search import Answer, folded, other_names, search


def test_every_chapter_has_a_title_and_sections_and_no_mark_is_left_over() -> None:
    assert len(manual.chapters()) >= 20
    for chapter in manual.chapters():
        assert chapter.title
        for section in chapter.sections:
            assert section.title
            for mark in ("**", "`", "{{", "](", "|--"):
                assert mark not in section.text, (section.id, mark)


def test_a_link_that_leads_nowhere_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manual, "_source", lambda _id: "# 题\n\n见[别处](nowhere)。\n")
    with pytest.raises(HelpError, match="nowhere"):
        manual.chapters.__wrapped__()


def test_a_clerk_finds_short_answers_to_many_questions() -> None:
    questions = next(chapter for chapter in manual.chapters() if chapter.id == "questions")
    asked = [section for section in questions.sections[1:] if section.title.endswith("？") and len(section.text) > 10]
    assert len(asked) >= 25
    assert len(asked) == len(questions.sections) - 1
    assert [section.title for section in asked if len(section.text) > 160] == []


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("一段\n二段", "<p>一段</p><p>二段</p>"),
        ("- 甲\n- 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("1. 甲\n2. 乙", "<ol><li>甲</li><li>乙</li></ol>"),
        ("按 `F1` 看**说明**", "<p>按 <b>F1</b> 看<b>说明</b></p>"),
        ("a < b", "<p>a &lt; b</p>"),
        ("见[导出](export)", '<p>见<a href="manual:export">导出</a></p>'),
        ("> 小心", "<p><b>提示：</b>小心</p>"),
    ],
)
def test_marks_become_html(source: str, written: str, tmp_path: Path) -> None:
    assert manual.to_html(source, tmp_path) == written


def test_a_table_keeps_its_cells(tmp_path: Path) -> None:
    written = manual.to_html("| 列 | 填什么 |\n|---|---|\n| 符号 | ≥ |", tmp_path)
    assert [word for word in ("列", "填什么", "符号", "≥") if word not in written] == []
    assert "---" not in written


def test_a_picture_is_shown_only_where_its_file_is(tmp_path: Path) -> None:
    assert manual.to_html("![首页](pictures/start.png)", tmp_path) == ""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "start.png").write_bytes(b"")
    assert 'src="pictures/start.png"' in manual.to_html("![首页](pictures/start.png)", tmp_path)
    with pytest.raises(HelpError):
        manual.to_html("![首页](../start.png)", tmp_path)


def test_the_manual_speaks_of_the_fictional_county_alone() -> None:
    text = "\n".join(section.text for chapter in manual.chapters() for section in chapter.sections)
    assert "云泽县" in text
    assert [word for word in ("http", "www.", "/home/") if word in text] == []


# searching


def titles(answer: Answer) -> list[str]:
    """«chapter · section» of what was found, in its order."""
    return [f"{hit.chapter_title} · {hit.section_title}" for hit in answer.hits]


def test_a_search_finds_sections_with_all_words_whatever_their_width_and_case() -> None:
    found = search("ｅｘｃｅｌ 粘贴")
    assert found.exact
    assert found.hits[0].chapter_title == "指标表"
    assert all("粘贴" in hit.excerpt or "xcel" in hit.excerpt for hit in found.hits)
    assert set(titles(found)) <= set(titles(search("粘贴")))


@pytest.mark.parametrize("query", ["", "  ", "？", "的", "量子纠缠"])
def test_a_search_for_nothing_finds_nothing(query: str) -> None:
    assert search(query).hits == () or search(query).exact


def test_blanks_count_nowhere() -> None:
    assert search("U盘").exact
    assert set(titles(search("U盘"))) <= set(titles(search("U 盘")))
    assert all("U 盘" in hit.excerpt for hit in search("U盘").hits)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("公式", "常见问题 · 指标表里能写公式、自动求和吗？"),
        ("打不开", "常见问题 · 旧的 .doc 文件打不开？"),
        ("字体", "导出和打印 · 字体"),
        ("单位", "指标表 · 单位"),
        ("万元", "常见问题 · 金额填的是元，要改成万元？"),
        ("恢复", "备份与恢复 · 恢复"),
        ("找回", "常见问题 · 改错了、删错了，怎样找回？"),
        ("密码", "常见问题 · 能给草稿加密码吗？"),
        ("U盘", "备份与恢复 · 自动备份"),
        ("打印", "导出和打印 · 打印"),
        ("上年", "从上年生成 · 与上年比较"),
        ("指标值", "指标表 · 指标值怎样写"),
        ("权重", "常见问题 · 表里没有「权重」「分值」，系统要填怎么办？"),
        ("年度", "基本信息 · 单位与年度"),
        ("误删", "常见问题 · 不小心删掉了一个项目怎么办？"),
        ("撤消", "历史版本与撤销 · 撤销和重做"),
        ("断电", "常见问题 · 突然停电、死机，内容还在吗？"),
        ("升级", "常见问题 · 怎样换成新版本？卸掉程序，草稿还在吗？"),
        ("怎么打印？", "导出和打印 · 打印"),
        ("换电脑怎么办", "备份与恢复 · 换一台电脑"),
        ("删错了怎么办", "常见问题 · 改错了、删错了，怎样找回？"),
        ("去年的word导进来", "常见问题 · 去年的 Word 文件导进来，有几段不见了？"),
        ("改不了", "常见问题 · 什么都改不动、按钮是灰色的？"),
        ("夜间模式", "设置 · 外观"),
        ("年份没改", "从上年生成 · 年份顺延"),
        ("单位写错了", "基本信息 · 单位与年度"),
    ],
)
def test_a_clerks_words_lead_to_the_place_among_the_first(asked: str, wanted: str) -> None:
    assert wanted in titles(search(asked))[:4]


def test_what_is_only_near_is_told_apart_from_what_was_asked_for() -> None:
    assert search("回收站").exact
    for asked in ("误删", "怎么打印", "去年的word导进来"):
        found = search(asked)
        assert found.hits
        assert not found.exact
        text = folded("".join(section.text + section.title for ch in manual.chapters() for section in ch.sections))
        assert any(word in text.replace(" ", "") for word in found.words)


def test_every_other_name_leads_somewhere_and_is_not_itself_in_the_manual() -> None:
    assert len(other_names()) > 50
    for asked, names in other_names().items():
        assert all(search(name).exact and search(name).hits for name in names), asked


def test_a_place_is_named_by_chapter_and_section() -> None:
    assert manual.section_id("table") == "table.0"
    number = [section.title for section in next(c for c in manual.chapters() if c.id == "table").sections]
    assert manual.section_id("table/我的指标库") == f"table.{number.index('我的指标库')}"
    with pytest.raises(HelpError, match="没有这一节"):
        manual.section_id("table/没有这一节")
