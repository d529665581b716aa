"""Words whose look says more than their letters: symbol fonts, raised digits, struck words, prompts, content held twice."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from importers.import_files import Imported, read_file
from tests.importers.word_files import OFFICE, document_xml, docx, line, listed, numbering, run, word_parts, zipped

TEXT = "一、总体绩效目标"


def read(folder: Path, data: bytes, name: str = "文本.docx") -> Imported:
    path = folder / name
    path.write_bytes(data)
    return read_file(path)


def goal(folder: Path, *body: str, **companions: str) -> str:
    """What the overall goal says where its lines are these."""
    return read(folder, docx(line(TEXT), *body, **companions)).draft.document.overall_goal


def symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def in_font(words: str, font: str) -> str:
    return run(words, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')


SYMBOLS: Sequence[tuple[str, str, str]] = [
    ("Symbol", "F0B3", "≥"),
    ("Symbol", "F0A3", "≤"),
    ("Symbol", "B4", "×"),
    ("symbol", "F0B1", "±"),
    ("Wingdings", "F0FE", "☑"),
    ("Wingdings", "F0A8", "☐"),
    ("Wingdings", "F06C", "●"),
    ("Wingdings 2", "F052", "☑"),
    ("宋体", "2265", "≥"),
]


@pytest.mark.parametrize(("font", "code", "shown"), SYMBOLS)
def test_a_symbol_is_the_character_its_font_shows(font: str, code: str, shown: str, tmp_path: Path) -> None:
    assert goal(tmp_path, line(content=f"{symbol(font, code)}{run('30公里')}")) == f"{shown}30公里"


@pytest.mark.parametrize(("words", "shown"), [("³", "≥"), ("\uf0a3", "≤"), ("\uf0b4", "×"), ("m", "μ")])
def test_text_in_a_symbol_font_is_what_the_font_shows(words: str, shown: str, tmp_path: Path) -> None:
    assert goal(tmp_path, line(content=f"{in_font(words, 'Symbol')}{run('30')}")) == f"{shown}30"


def test_a_symbol_nobody_knows_is_told(tmp_path: Path) -> None:
    imported = read(tmp_path, docx(line(TEXT), line(content=f"{run('甲')}{symbol('某厂符号', 'F0C7')}")))
    assert imported.draft.document.overall_goal == "甲□"
    assert "有 1 处符号字体里认不出的符号没有读入。" in imported.report.lines


def test_digits_above_and_below_the_line_are_such_characters(tmp_path: Path) -> None:
    above, below = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    content = (
        f"{run('10')}{run('3', above)}{run('m')}{run('2', above)}{run('，CO')}{run('2', below)}{run('见注', above)}"
    )
    assert goal(tmp_path, line(content=content)) == "10³m²，CO₂见注"


def test_struck_words_are_left_out_and_told(tmp_path: Path) -> None:
    looks = (("≥70件", "<w:strike/>"), ("≥75件", ""), ("旧", "<w:dstrike/>"), ("留", '<w:strike w:val="0"/>'))
    content = "".join(run(words, look) for words, look in looks)
    imported = read(tmp_path, docx(line(TEXT), line(content=content)))
    assert imported.draft.document.overall_goal == "≥75件留"
    assert "有 2 处带删除线的文字没有读入：「≥70件」「旧」。" in imported.report.lines


def control(content: str, prompt: bool) -> str:
    return f"<w:sdt><w:sdtPr>{'<w:showingPlcHdr/>' if prompt else ''}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def test_the_prompt_of_an_empty_content_control_is_no_text(tmp_path: Path) -> None:
    inside = line(content=f"{run('目标')}{control(run('单击此处输入'), True)}{control(run('已填'), False)}")
    assert goal(tmp_path, inside, control(line("单击此处输入文字。"), True)) == "目标已填"


def twice(first: str, second: str) -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{first}</mc:Choice>'
        f"<mc:Fallback>{second}</mc:Fallback></mc:AlternateContent>"
    )


def test_what_a_file_holds_twice_is_read_once(tmp_path: Path) -> None:
    body = (
        twice(line("新的段"), line("旧的段")),
        line(content=twice(run("新字"), run("旧字"))),
        twice("", line("只有旧的")),
    )
    assert goal(tmp_path, *body) == "新的段\n新字\n只有旧的"


NUMBERS = [
    ("chineseLegalSimplified", "%1、", "壹、贰、叁、"),
    ("ideographEnclosedCircle", "%1", "㊀㊁㊂"),
    ("ideographTraditional", "%1、", "甲、乙、丙、"),
    ("ideographZodiac", "%1、", "子、丑、寅、"),
    ("decimalEnclosedParen", "%1", "⑴⑵⑶"),
    ("decimalEnclosedFullstop", "%1", "⒈⒉⒊"),
    ("ordinal", "%1.", "1st.2nd.3rd."),
    ("numberInDash", "%1", "- 1 -- 2 -- 3 -"),
    ("chineseCounting", "（%1）", "（一）（二）（三）"),
    ("chineseCountingThousand", "%1、", "一、二、三、"),
    ("japaneseCounting", "第%1条", "第一条第二条第三条"),
    ("taiwaneseCounting", "%1、", "一、二、三、"),
    ("taiwaneseCountingThousand", "%1、", "一、二、三、"),
    ("ideographDigital", "%1、", "一、二、三、"),
    ("taiwaneseDigital", "%1、", "一、二、三、"),
    ("ideographLegalTraditional", "%1、", "壹、贰、叁、"),
    ("ideographZodiacTraditional", "%1", "甲子乙丑丙寅"),
    ("decimalEnclosedCircle", "%1", "①②③"),
    ("decimalEnclosedCircleChinese", "%1", "①②③"),
    ("decimalFullWidth", "%1．", "１．２．３．"),
    ("decimalHalfWidth", "%1.", "1.2.3."),
    ("decimalZero", "%1.", "01.02.03."),
    ("hex", "%1.", "1.2.3."),
    ("lowerLetter", "%1)", "a)b)c)"),
    ("upperLetter", "%1.", "A.B.C."),
    ("lowerRoman", "(%1)", "(i)(ii)(iii)"),
    ("upperRoman", "%1.", "I.II.III."),
    ("decimal", "%1）", "1）2）3）"),
    ("none", "", ""),
    ("bullet", "●", ""),
]


@pytest.mark.parametrize(("kind", "text", "drawn"), NUMBERS)
def test_list_numbers_are_drawn_as_word_draws_them(kind: str, text: str, drawn: str, tmp_path: Path) -> None:
    lines = [line("项", listed()) for _ in range(3)]
    read_goal = goal(tmp_path, *lines, numbering=numbering(f"{kind} {text}"))
    assert read_goal.replace("项", "").replace("\n", "") == drawn


def with_chunk(target: str, data: bytes) -> bytes:
    """A text whose goal is a file put into it."""
    body = f'{line(TEXT)}<w:altChunk r:id="rC"/>{line("三、工作保障措施")}{line("（一）抓落实。")}'
    parts = word_parts(document_xml(body))
    link = f'<Relationship Id="rC" Type="{OFFICE}/aFChunk" Target="{target}"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>", link.encode()
    )
    return zipped(parts | {f"word/{target}": data})


ARCHIVE = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    + "<html><body><p>全年演出三十场。</p></body></html>".encode()
    + b"\r\n--b--\r\n"
)
CHUNKS = {
    "inside.html": "<html><body><p>全年演出三十场。</p></body></html>".encode(),
    "inside.txt": "全年演出三十场。".encode(),
    "inside.docx": docx(line("全年演出三十场。")),
    "inside.mht": ARCHIVE,
}


@pytest.mark.parametrize("target", CHUNKS)
def test_a_file_put_into_the_text_is_read_where_it_stands(target: str, tmp_path: Path) -> None:
    document = read(tmp_path, with_chunk(target, CHUNKS[target])).draft.document
    assert document.overall_goal == "全年演出三十场。"
    assert len(document.safeguards.items) == 1


def test_a_file_put_into_the_text_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for data in (b"\x00\x01\x02", with_chunk("deeper.docx", docx(line("甲")))):
        imported = read(tmp_path, with_chunk("inside.bin", data))
        assert any("altChunk" in sentence for sentence in imported.report.lines)
