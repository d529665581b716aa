"""Word files with comments, made by hand: a text as Word writes it, with a comment on whatever part of it a test wants."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from exporters.build import build
from models.document.blocks import Cell, Paragraph, Table
from models.document.template import load_template
from models.document.tree import GoalDocument, Headings, Indicator, Items, Measure, Project, Settings, SubGoal, Unit
from tests.importers.word_files import (
    CONTINUE,
    RESTART,
    WORD,
    cell,
    document_xml,
    line,
    row,
    run,
    table,
    word_parts,
    zipped,
)

TEMPLATE = load_template()
LABELS = TEMPLATE.labels
UNIT = Unit("618001", "云泽县农业技术推广站")
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def full_document() -> GoalDocument:
    """A text in which every kind of field is filled, several of them with several paragraphs, and words that repeat."""
    rows = (
        Indicator("i1", "产出指标", "数量指标", "培训场次", "全年举办的培训班场次", "≥12场", "年度培训计划"),
        Indicator("i2", "产出指标", "数量指标", "培训人次", "参加培训的农户人次", "≥1200人次", "年度培训计划"),
        Indicator("i3", "产出指标", "质量指标", "考核合格率", "合格人次的占比", "≥95%", "年度培训计划"),
        Indicator("i4", "满意度指标", "服务对象满意度指标", "农户满意度", "满意农户的占比", "≥92%", "问卷调查"),
    )
    return GoalDocument(
        year=2026,
        unit=UNIT,
        title="2026年部门整体绩效目标",
        headings=Headings(
            LABELS.part_one,
            LABELS.part_one_name,
            LABELS.overall_goal,
            LABELS.sub_goals,
            LABELS.safeguards,
            LABELS.part_two,
            LABELS.part_two_name,
        ),
        overall_goal="推广小麦节水新技术3000亩。培训农户1200人次。\n带动参训农户亩均节水20立方米。",
        sub_goals=Items(
            preface="围绕总体目标，分解如下：",
            items=(
                SubGoal("s1", heading="农业技术培训", text="面向种粮大户。", goal="提高种田水平。\n覆盖全部乡镇。", indicator="培训12场。"),
                SubGoal("s2", heading="示范田建设。", run_in=True, text="建成节水示范田。", goal="形成规程。", indicator="6处。"),
            ),
        ),
        safeguards=Items(
            preface="采取以下措施：",
            items=(
                Measure("m1", heading="加强组织领导。", run_in=True, text="成立工作专班。"),
                Measure("m2", heading="强化资金监管", text="接受审计监督。"),
            ),
        ),
        projects=(
            Project(
                "p1", UNIT, "万元", "13992126P00012310001T", "农业技术培训项目", "60.00", "50.00", "10.00",
                "聘请授课专家。\n租用教学场地。", ("20%", "45%", "80%", "100%"), "{n}.", ("培训农户1200人次。", "推广3000亩。"), rows,
            ),
            Project(
                "p2", UNIT, "万元", "13992126P00012410001G", "示范田建设项目", "60.00", "60.00", "",
                "购置滴灌设备。", ("20%", "45%", "80%", "100%"), "{n}.", ("建成示范田6处。",), rows,
            ),
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class Note:
    """A comment of the file: its words, whether ticked off, the number of the one it answers."""

    text: str
    author: str = "财政局 张"
    done: bool = False
    answers: int | None = None


Wanted = Callable[[str, str], Sequence[Note]]
"""(path of the words, the words) → the comments that hang on them."""


class CommentedFile:
    """A Word file of a document; `notes` are its comments, in the order in which they stand in the text."""

    def __init__(self, document: GoalDocument, wanted: Wanted, *, settings: Settings | None = None) -> None:
        self._wanted = wanted
        self.notes: list[Note] = []
        body = []
        for block in build(document, TEMPLATE, settings):
            if isinstance(block, Paragraph):
                body.append(self._line(block))
            elif isinstance(block, Table):
                body.append(self._table(block))
        self.data = file_with(body, self.notes)

    def _line(self, paragraph: Paragraph) -> str:
        return line(content="".join(self._words(span.path or "", span.text) for span in paragraph.spans))

    def _words(self, path: str, words: str) -> str:
        notes = self._wanted(path, words) if path else ()
        first = len(self.notes)
        self.notes += notes
        inside = run(words) if words else ""
        for number in range(first, len(self.notes)):
            inside = marked(number, inside)
        return inside

    def _table(self, block: Table) -> str:
        rows = []
        for placed in block.placed():
            cells = []
            for place in placed:
                merge = CONTINUE if place.covered else RESTART if place.cell.rowspan > 1 else ""
                content = "<w:p/>" if place.covered else self._cell(place.cell)
                cells.append(cell(columns=place.cell.colspan, look=merge, content=content))
            rows.append(row(*cells))
        return table(*rows, columns=sum(place.cell.colspan for place in next(block.placed())))

    def _cell(self, shown: Cell) -> str:
        return "".join(map(self._line, shown.paragraphs)) or "<w:p/>"


def marked(number: int, inside: str) -> str:
    """Runs with a comment around them, as Word writes it."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>{inside}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def file_with(body: Sequence[str], notes: Sequence[Note]) -> bytes:
    """A .docx of these children of the body, the comments numbered from 0, with the parts and types that Word writes."""
    parts = word_parts(
        document_xml("".join(body)), {"comments": _comments(notes), "commentsExtended": _extended(notes)}
    )
    types = parts["[Content_Types].xml"].decode()
    more = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for kind in ("comments", "commentsExtended")
    )
    more += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{more}</Types>").encode()
    relations = parts["word/_rels/document.xml.rels"].decode()
    parts["word/_rels/document.xml.rels"] = relations.replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/commentsExtended",
        "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
    ).encode()
    return zipped(parts)


def with_notes(data: bytes, wanted: Mapping[str, Note]) -> bytes:
    """A .docx with a comment on the first run that ends in each of these words, in the parts that Word writes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parts["word/document.xml"].decode()
    for number, words in enumerate(wanted):
        at = body.index(f"{escape(words)}</w:t>")
        first, last = body.rindex("<w:r>", 0, at), body.index("</w:r>", at) + len("</w:r>")
        body = body[:first] + marked(number, body[first:last]) + body[last:]
    parts["word/document.xml"] = body.encode()
    notes = tuple(wanted.values())
    for kind, relation, content in (
        ("comments", _COMMENTS, _comments(notes)),
        ("commentsExtended", _EXTENDED, _extended(notes)),
    ):
        parts[f"word/{kind}.xml"] = content.encode()
        override = f'<Override PartName="/word/{kind}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        _put_in(parts, "[Content_Types].xml", "</Types>", override)
        link = f'<Relationship Id="r{kind}" Type="{relation}" Target="{kind}.xml"/>'
        _put_in(parts, "word/_rels/document.xml.rels", "</Relationships>", link)
    return zipped(parts)


def _put_in(parts: dict[str, bytes], name: str, end: str, more: str) -> None:
    parts[name] = parts[name].decode().replace(end, more + end).encode()


def _comments(notes: Sequence[Note]) -> str:
    shown = "".join(
        f'<w:comment w:id="{number}" w:author="{escape(note.author)}" w:date="2026-01-08T09:30:00Z" w:initials="Z">'
        + "".join(
            f'<w:p w14:paraId="{0x10000000 + number * 16 + place:08X}">{run(part)}</w:p>'
            for place, part in enumerate(note.text.split("\n"))
        )
        + "</w:comment>"
        for number, note in enumerate(notes)
    )
    return f'<w:comments xmlns:w="{WORD}" xmlns:w14="{W14}">{shown}</w:comments>'


def _extended(notes: Sequence[Note]) -> str:
    def paragraph(number: int) -> str:
        return f"{0x10000000 + number * 16 + notes[number].text.count(chr(10)):08X}"

    shown = "".join(
        f'<w15:commentEx w15:paraId="{paragraph(number)}"'
        + (f' w15:paraIdParent="{paragraph(note.answers)}"' if note.answers is not None else "")
        + f' w15:done="{int(note.done)}"/>'
        for number, note in enumerate(notes)
    )
    return f'<w15:commentsEx xmlns:w15="{W15}">{shown}</w15:commentsEx>'


def on_every_field(path: str, _words: str) -> Sequence[Note]:
    """A comment on all words of each field, which names the field."""
    return (Note(path),)


def placed_by_text(remarks: Sequence[object]) -> Mapping[str, str]:
    """The path of each remark by its words."""
    return {remark.text: remark.path for remark in remarks}  # type: ignore[attr-defined]
