"""A body is read in pieces, wherever they are cut; a damaged row and other encodings."""

import re

import pytest

from importers.word import word_package as package
from importers.word.word_reader import read_word
from models.errors import UserError
from tests.importers.word_files import (
    CONTINUE,
    RESTART,
    cell,
    document_xml,
    docx,
    line,
    listed,
    numbering,
    row,
    run,
    table,
    word_parts,
    zipped,
)

BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
CONTENTS = f'{BEGIN}<w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
DELETED_END = '<w:rPr><w:del w:id="1"/></w:rPr>'
KEPT = '<w:t xml:space="preserve">'


def rows(count: int = 6) -> list[str]:
    """Rows written alike."""
    return [row(cell(f"第{n}项"), cell(f"{n}%"), cell("")) for n in range(count)]


def edited(text: str) -> str:
    """The same with Word's notes on when each row and paragraph was edited."""
    numbers = iter(range(0x10000000, 0x7FFFFFFF))
    return re.sub(
        "<w:(tr|p)>", lambda found: f'<w:{found[1]} w:rsidR="{next(numbers):X}" w14:paraId="{next(numbers):X}">', text
    )


BODIES = {
    "plain rows": table(*rows()),
    "words in several runs": table(*(row(cell(content=f"<w:p>{run('甲')}{run(str(n))}</w:p>"), cell()) for n in range(6))),
    "several lines in a cell": table(*(row(cell(f"甲{n}\n\n乙"), cell("丙")) for n in range(6))),
    "a word on several lines of the file": table(*(row(cell(f"甲{n}"), cell("乙")) for n in range(6))).replace("甲", "甲\n "),
    "marks of editing": edited(table(*rows())),
    "words that look like marks of editing": table(*(row(cell(' w:rsidR="0000000A"'), cell("乙")) for _ in range(6))),
    "merged downwards": table(*(row(cell("甲", look=RESTART if n % 3 == 0 else CONTINUE), cell(f"{n}")) for n in range(9))),
    "words under a merged cell": table(row(cell("甲", look=RESTART), cell()), *[row(cell("乙", look=CONTINUE), cell())] * 5),
    "columns left out in front": table(*[row(cell("甲"), cell("乙", 2), look='<w:gridBefore w:val="2"/>')] * 5),
    "deleted rows": table(*[row(cell("甲"), cell("乙"), look='<w:del w:id="1"/>')] * 5, *rows(2)),
    "signs written as entities": table(*(row(cell(f"R&D<{n}"), cell("&")) for n in range(6))),
    "brackets": table(*(row(cell(f"甲]]{n}"), cell("]")) for n in range(6))),
    "signs that are taken out": table(*(row(cell(f"甲\u202e{n}"), cell("\x85乙")) for n in range(6))),
    "a private sign": table(*(row(cell(f"\ue000{n}\ue000"), cell("\ue0000\ue000")) for n in range(6))),
    "a private sign as an entity": table(*rows()).replace("项", "&#xe000;0&#xe000;"),
    "tabs and line ends": table(*(row(cell(f"甲\t{n}"), cell("乙")) for n in range(6))).replace("乙", "乙\r\n丙"),
    "hidden words": table(*[row(cell(content=f"<w:p>{run('甲', '<w:vanish/>')}</w:p>"), cell("乙"))] * 5),
    "deleted words": table(*[row(cell(content=f"<w:p><w:del>{run('甲')}</w:del></w:p>"), cell("乙"))] * 5),
    "words between the elements": table(*rows()).replace("<w:tc>", "字<w:tc>"),
    "a table in each row": table(*(row(cell(content=table(*rows()) + line(f"{n}")), cell("乙")) for n in range(4))),
    "frames": table(*(row(cell(f"甲{n}")) for n in range(6))),
    "rows in content controls": table(*(f"<w:sdt><w:sdtContent>{each}</w:sdtContent></w:sdt>" for each in rows())),
    "cells in content controls": table(*rows()).replace("<w:tc>", "<w:sdt><w:sdtContent><w:tc>").replace(
        "</w:tc>", "</w:tc></w:sdtContent></w:sdt>"
    ),
    "a contents list around": line(content=CONTENTS) + table(*rows()) + line(content=END) + table(*rows()),
    "words of a deleted line end": table(*rows()) + line("甲", DELETED_END) + table(*rows()) + line("乙"),
    "a comment": f"{table(*rows())}<!-- {table(*rows())} -->{table(*rows())}",
    "half a row in a comment": table(*rows(), "<!-- <w:tr><w:tc><w:tcPr/> -->", *rows()),
    "literal words": table(*rows()) + f"<w:p><w:r>{KEPT}<![CDATA[{table(*rows())}]]></w:t></w:r></w:p>",
    "an instruction": f"{table(*rows())}<?x {table(*rows())} ?>{table(*rows())}",
    "another namespace": f'{table(*rows())}<w:x xmlns:w="urn:x">{table(*rows())}</w:x>{table(*rows())}',
    "another namespace in a row": table(*rows()).replace("<w:tr>", '<w:tr xmlns:w="urn:x">', 4),
    "rows without cells": table(*["<w:tr/>", '<w:tr w:rsidR="00000001"/>', "<w:tr></w:tr>"] * 5, *rows()),
    "rows outside of tables": "".join(rows()) + table(*rows()),
    "many kinds of rows": table(*(row(*[cell(f"{n}")] * (2 + n % 7)) for n in range(40))),
    "numbered lines": table(*(row(cell(content=line("甲", listed())), cell("乙")) for _ in range(5))) + line("丙", listed()),
}  # fmt: skip


@pytest.mark.parametrize("chunk", [997, 61])
@pytest.mark.parametrize("kind", BODIES)
def test_a_body_reads_the_same_wherever_its_pieces_are_cut(
    kind: str, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    companions = {"numbering": numbering("decimal %1.")} if kind == "numbered lines" else {}
    data = docx(line("一、总体绩效目标"), BODIES[kind], line("目标"), **companions)
    expected = read_word(data, "文本.docx")
    monkeypatch.setattr(package, "CHUNK", chunk)
    assert read_word(data, "文本.docx") == expected
    assert expected.blocks


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("第5项".encode(), b"\x01"),
        ("第5项".encode(), b"\xe4\xbd"),
        ("第5项".encode(), b"\xef\xbf\xbe"),
        ("第5项".encode(), b"a]]>b"),
        ("第5项".encode(), b"a&b"),
        (b"</w:tbl>", b""),
        (f'{KEPT}第5项</w:t>'.encode(), b"\x00"),
        (b"</w:tr></w:tbl>", b"</w:tbl></w:tr>"),
    ],
)  # fmt: skip
def test_a_damaged_row_is_refused(good: bytes, bad: bytes) -> None:
    parts = word_parts(document_xml(table(*rows())))
    text = parts["word/document.xml"]
    assert good in text
    with pytest.raises(UserError, match="已损坏"):
        read_word(zipped({**parts, "word/document.xml": text.replace(good, bad)}), "文本.docx")


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_other_encodings_read_the_same(encoding: str) -> None:
    parts = word_parts(document_xml(table(*rows())))
    text = document_xml(table(*rows())).replace("UTF-8", encoding.removesuffix("-sig"))
    other = zipped({**parts, "word/document.xml": text.encode(encoding)})
    assert read_word(other, "文本.docx").blocks == read_word(docx(table(*rows())), "文本.docx").blocks
