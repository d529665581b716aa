"""Word files made to hurt: bombs, broken packages, structures no document has."""

import io
import random
import warnings
import zipfile

from importers.import_files import read_file
from tests.importers.word_files import (
    CONTINUE,
    cell,
    children,
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
from tests.shared import TEXTS

MEGABYTE = 1024 * 1024
HEAD = line("一、总体绩效目标") + line("目标")


def with_document(xml: str, **companions: str) -> bytes:
    return zipped(word_parts(xml, companions))


def with_type(declaration: str, words: str) -> bytes:
    xml = document_xml(HEAD + f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
    return with_document(xml.replace('standalone="yes"?>', f'standalone="yes"?>{declaration}'))


def entity_bomb() -> bytes:
    entities = '<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">'
    entities += "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return with_type(f"<!DOCTYPE w [{entities}]>", "&a9;")


def external_entity() -> bytes:
    return with_type('<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;")


def external_type() -> bytes:
    return with_type('<!DOCTYPE w SYSTEM "http://localhost:9/x.dtd">', "正文")


def remote_template() -> bytes:
    parts = word_parts(document_xml(HEAD))
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://localhost:9/t.dotm" TargetMode="External"/>'
        '<Relationship Id="r2" Type="http://x/styles" Target="http://localhost:9/s.xml" TargetMode="External"/>'
        '<Relationship Id="r3" Type="http://x/numbering" Target="../../../../etc/passwd"/></Relationships>'
    )
    return zipped({**parts, "word/_rels/document.xml.rels": relations.encode()})


def bomb(parts: dict[str, bytes], name: str, chunk: bytes, times: int) -> bytes:
    """A package one part of which unpacks to many times the chunk."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in parts.items():
            if each != name:
                archive.writestr(each, data)
        with archive.open(name, "w") as stream:
            for _ in range(times):
                stream.write(chunk)
    return buffer.getvalue()


def stored(body: str) -> bytes:
    """A file that is as large packed as unpacked, so that only its content gives it away."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in word_parts(document_xml(body)).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def zip_bomb() -> bytes:
    return bomb(word_parts(document_xml(HEAD)), "word/document.xml", b" " * MEGABYTE, 600)


def bomb_beside_the_text() -> bytes:
    return bomb(word_parts(document_xml(HEAD), {"styles": "x"}), "word/styles.xml", b"<" * MEGABYTE, 300)


def empty_paragraphs() -> bytes:
    return with_document(document_xml(HEAD + "<w:p/>" * 8_000_000))


def empty_paragraphs_unpacked() -> bytes:
    return stored(HEAD + "<w:p/>" * 8_000_000)


def empty_runs() -> bytes:
    return stored(HEAD + f"<w:p>{'<w:r/>' * 8_000_000}</w:p>")


def just_bearable_runs() -> bytes:
    return stored(HEAD + f"<w:p>{'<w:r/>' * 1_900_000}</w:p>")


def attributes() -> bytes:
    many = " ".join(f'a{n}="1"' for n in range(400))
    return stored(HEAD + "<w:p>" + f"<w:r {many}/>" * 20_000 + "</w:p>")


def empty_cells() -> bytes:
    return stored(HEAD + table(row("<w:tc><w:p/></w:tc>" * 2_000_000)))


def one_long_row() -> bytes:
    return stored(HEAD + table(row("<w:tc/>" * 300_000)))


def too_many_cells() -> bytes:
    return stored(HEAD + table(*[row("<w:tc/>" * 60)] * 11_000))


def just_bearable_cells() -> bytes:
    return stored(HEAD + table(*[row("<w:tc><w:p/></w:tc>" * 60)] * 9_900))


def words(count: int) -> str:
    """So many characters without repetition to speak of."""
    return "".join(random.Random(count).choices([chr(0x4E00 + n) for n in range(3000)], k=count))


def much_text() -> bytes:
    text = words(17_500_000)
    return docx(HEAD, *(line(text[place : place + 1000]) for place in range(0, len(text), 1000)))


def one_huge_paragraph() -> bytes:
    return docx(HEAD, line(words(17_000_000)))


def long_paragraph() -> bytes:
    return docx(HEAD, line(words(1_100_000)))


def many_tables() -> bytes:
    return docx(HEAD, *(table(row(cell("甲"), cell("乙"))) for _ in range(10_000)))


def nested(opening: str, closing: str, depth: int) -> bytes:
    return docx(HEAD, opening * depth + line("底") + closing * depth)


def nested_tables() -> bytes:
    return nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 10_000)


def nested_frames() -> bytes:
    return nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 60)


def nested_grids() -> bytes:
    return nested("<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>", "</w:tc></w:tr></w:tbl>", 60)


def nested_controls() -> bytes:
    return nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 10_000)


def controls_in_a_row() -> bytes:
    return nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 110)


def nested_words() -> bytes:
    return docx(HEAD, line(content="<w:ins>" * 230 + run("底") + "</w:ins>" * 230))


def wide_cells() -> bytes:
    spans = ("999999999", "-5", "0", "x", "９", "9" * 400)
    rows = [
        row(*(f'<w:tc><w:tcPr><w:gridSpan w:val="{n}"/></w:tcPr>{line("宽")}</w:tc>' for n in spans)) for _ in range(50)
    ]
    return docx(HEAD, table(*rows, row(cell("甲"), look='<w:gridBefore w:val="99999999"/>')))


def merge_chains() -> bytes:
    return docx(HEAD, table(*(row(*[cell(look=CONTINUE)] * 7) for _ in range(4_000))))


def orphan_merges() -> bytes:
    left = '<w:hMerge w:val="continue"/>'
    return docx(HEAD, table(row(cell("甲", look=CONTINUE)), row(cell("乙", 3, CONTINUE), cell("丙", look=left)), row()))


def endless_numbers() -> bytes:
    numbers = numbering("upperRoman %1、", "chineseCounting %1%2").replace(
        'w:start w:val="1"', 'w:start w:val="99999999999"'
    )
    return docx(HEAD, *(line("甲", listed(n % 9, 1)) for n in range(2_000)), numbering=numbers)


def circular_styles() -> bytes:
    styles = "".join(f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 3000}"/></w:style>' for n in range(3000))
    xmlns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return docx(HEAD, line("甲", '<w:pStyle w:val="s1"/>'), styles=f"<w:styles {xmlns}>{styles}</w:styles>")


def open_fields() -> bytes:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>'
    return docx(HEAD, *(line(content=begin * 10 + run("甲")) for _ in range(2_000)))


def broken_xml() -> bytes:
    return with_document(document_xml(HEAD)[:-40])


def wrong_encoding() -> bytes:
    return zipped({**word_parts(""), "word/document.xml": document_xml(HEAD).encode("utf-16")})


def wide_entity_bomb() -> bytes:
    """The same with two bytes a character, where no byte string of the program's stands in the file."""
    entities = '<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">'
    entities += "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f"<!DOCTYPE w [{entities}]><w:document xmlns:w='x'>&a9;</w:document>"
    return zipped({**word_parts(""), "word/document.xml": bomb.encode("utf-16")})


def no_body() -> bytes:
    return with_document("<w:document xmlns:w='x'/>")


def no_document() -> bytes:
    parts = word_parts("")
    del parts["word/document.xml"]
    return zipped(parts)


def truncated() -> bytes:
    whole = docx(*children(read_file(TEXTS[1]).draft.document))
    return whole[: len(whole) // 2]


def flipped() -> bytes:
    whole = bytearray(docx(*children(read_file(TEXTS[1]).draft.document)))
    for place in range(900, 1400):
        whole[place] ^= 0xFF
    return bytes(whole)


def workbook() -> bytes:
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = f'<Types xmlns="x"><Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>'
    return zipped({"[Content_Types].xml": types.encode(), "xl/workbook.xml": b"<workbook/>"})


def protected() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)


def duplicate_names() -> bytes:
    parts = list(word_parts(document_xml(HEAD)).items())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile says so, and writes both
        return zipped([*parts, ("word/document.xml", document_xml(HEAD + line("后一份")).encode())])


def paths_outside() -> bytes:
    return zipped({**word_parts(document_xml(HEAD)), "../../../../tmp/goalform-escaped": b"x", "/etc/x": b"x"})


def many_parts() -> bytes:
    return zipped({**word_parts(document_xml(HEAD)), **{f"word/{n}.xml": b"" for n in range(20_000)}})


def lying_size() -> bytes:
    """The directory says 10 bytes; 300 megabytes come out."""
    honest = zipped({**word_parts(document_xml(HEAD)), "word/document.xml": b"<w>" * (100 * MEGABYTE)})
    size = (300 * MEGABYTE).to_bytes(4, "little")
    return honest.replace(size, (10).to_bytes(4, "little"))


def odd_compression() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in word_parts(document_xml(HEAD)).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def encrypted_part() -> bytes:
    data = bytearray(zipped(word_parts(document_xml(HEAD))))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = data.find(mark)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(mark, start + 1)
    return bytes(data)


def nothing() -> bytes:
    return b""
