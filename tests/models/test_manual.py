"""The manual: its marks, its links, and that a clerk's words lead to the right place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from models.help import manual_chapters as manual
from models.help.help_texts import HelpError
from models.help.manual_search import Answer, folded, other_names
from models.help.manual_search import search as search_in
from ui.shell.manual_texts import manual as whole_manual
from ui.shell.manual_texts import shortcuts


def search(query: str) -> Answer:
    return search_in(whole_manual(), query)


def test_every_chapter_has_a_title_and_sections_and_no_mark_is_left_over() -> None:
    assert len(whole_manual()) >= 20
    for chapter in whole_manual():
        assert chapter.title
        for section in chapter.sections:
            assert section.title
            for mark in ("**", "`", "{{", "](", "|--"):
                assert mark not in section.text, (section.id, mark)


def test_a_link_that_leads_nowhere_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manual, "_source", lambda _id: "# 题\n\n见[别处](nowhere)。\n")
    with pytest.raises(HelpError, match="nowhere"):
        manual.chapters(shortcuts())


def test_a_clerk_finds_short_answers_to_many_questions() -> None:
    questions = next(chapter for chapter in whole_manual() if chapter.id == "questions")
    asked = [section for section in questions.sections[1:] if section.title.endswith("？") and len(section.text) > 10]
    assert len(asked) >= 25
    assert len(asked) == len(questions.sections) - 1
    assert [section.title for section in asked if len(section.text) > 160] == []


@pytest.fixture
def chapter_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], manual.Chapter]:
    """The one chapter there is, as that file says; its pictures are in the folder of the test."""
    (tmp_path / "manual").mkdir()
    (tmp_path / "manual" / "contents.toml").write_text('chapters = ["one"]', encoding="utf-8")
    monkeypatch.setattr(manual, "MANUAL", tmp_path / "manual")

    def read(source: str) -> manual.Chapter:
        (tmp_path / "manual" / "one.md").write_text(source, encoding="utf-8")
        (chapter,) = manual.chapters(shortcuts())
        return chapter

    return read


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("一段\n\n二段", "一段\n\n二段"),
        ("- 甲\n- 乙", "甲\n乙"),
        ("1. 甲\n2. 乙", "甲\n乙"),
        ("按 `F1` 看**说明**", "按 F1 看说明"),
        ("a < b", "a < b"),
        ("见[本章](one)", "见本章"),
        ("| 列 | 填什么 |\n|---|---|\n| 符号 | ≥ |", "列\n填什么\n\n符号\n≥"),
        ("![首页](pictures/gone.png)", ""),
    ],
)
def test_what_is_searched_has_no_marks(chapter_of: Callable[[str], manual.Chapter], source: str, text: str) -> None:
    assert chapter_of(f"# 题\n\n{source}\n").sections[0].text == text


def test_sections_are_named_by_an_id_that_is_not_shown(chapter_of: Callable[[str], manual.Chapter]) -> None:
    chapter = chapter_of("# 题\n\n甲\n\n## 打印 {#print}\n\n乙\n\n## 字体\n\n见[打印](one#print)\n")
    assert [(section.id, section.title, section.text) for section in chapter.sections] == [
        ("one", "题", "甲"),
        ("one#print", "打印", "乙"),
        ("one#2", "字体", "见打印"),
    ]
    assert "{" not in chapter.markdown
    with pytest.raises(HelpError, match="one#gone"):
        chapter_of("# 题\n\n见[别处](one#gone)\n")


def test_a_picture_is_shown_only_where_its_file_is(chapter_of: Callable[[str], manual.Chapter], tmp_path: Path) -> None:
    source = "# 题\n\n![首页](pictures/start.png)\n"
    assert "首页" not in chapter_of(source).markdown
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "start.png").write_bytes(b"")
    assert "![首页](pictures/start.png)" in chapter_of(source).markdown
    assert chapter_of(source).sections[0].text == "首页"


def test_the_manual_speaks_of_the_fictional_county_alone() -> None:
    text = "\n".join(section.text for chapter in whole_manual() for section in chapter.sections)
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
        text = folded("".join(section.text + section.title for ch in whole_manual() for section in ch.sections))
        assert any(word in text.replace(" ", "") for word in found.words)


def test_every_other_name_leads_somewhere_and_is_not_itself_in_the_manual() -> None:
    assert len(other_names()) > 50
    for asked, names in other_names().items():
        assert all(search(name).exact and search(name).hits for name in names), asked
