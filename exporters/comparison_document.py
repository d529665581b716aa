"""与上年比较 on paper: the lines of a comparison as Word, Excel or PDF, differing words in 【】."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from exporters.listed_table import listed_table
from models.comparing.diff import differing
from models.comparing.year_comparison import Compared, summary
from models.document.blocks import Block, Paragraph, Role, paragraph
from models.document.template import Template, load_template
from models.errors import UserError

SUFFIXES = (".docx", ".xlsx", ".pdf")
TITLE = "与上年比较"
_COLUMNS = ("位置", "上年", "本年", "差别")
_SHARES = (18, 33, 33, 16)
"""Of the width of the page, in percent."""
_EXPLAINED = "【】里是两年不同的文字。"


def write_comparison(lines: Sequence[Compared], last_name: str, now_name: str, path: Path) -> None:
    """Writes the lines; the names say which texts they are of. UserError, naming the file, where that fails."""
    from exporters.atomic import write_atomically

    if path.suffix.lower() not in SUFFIXES:
        raise UserError(f"比较「{path.name}」的后缀应为 .docx、.xlsx 或 .pdf。")
    write_atomically(path, comparison_bytes(lines, last_name, now_name, path.suffix.lower()))


def comparison_bytes(lines: Sequence[Compared], last_name: str, now_name: str, suffix: str) -> bytes:
    """What the file holds."""
    template = load_template()
    if suffix == ".xlsx":
        from exporters.excel import write_sheets
        from exporters.list_sheets import list_sheet

        rows = [("项目", *_COLUMNS), *((line.group, line.place, *marked(line), line.state_words) for line in lines)]
        return write_sheets([list_sheet(TITLE, rows, (140, 140, 230, 230, 90))], template, title=TITLE)
    blocks = comparison_blocks(lines, last_name, now_name, template)
    if suffix == ".docx":
        from exporters.made import Properties
        from exporters.word import write_word

        return write_word(blocks, template, properties=Properties(TITLE))
    from exporters.paginate import paginate
    from exporters.pdf import write_pdf

    return write_pdf(paginate(blocks, template), template)


def comparison_blocks(
    lines: Sequence[Compared], last_name: str, now_name: str, template: Template
) -> tuple[Block, ...]:
    """The page: a title, which texts, and one table a project."""
    return tuple(_blocks(lines, last_name, now_name, template))


def marked(line: Compared) -> tuple[str, str]:
    """Both texts, what differs in 【】; what came or went as a whole stands as it is."""
    if line.state in {"same", "added", "removed"}:
        return line.last, line.now
    old, new = differing(line.last, line.now)
    return _in_brackets(line.last, old), _in_brackets(line.now, new)


def _in_brackets(text: str, places: Iterable[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in places:
        parts += [text[at:start], "【", text[start:end], "】"]
        at = end
    return "".join([*parts, text[at:]])


def _blocks(lines: Sequence[Compared], last_name: str, now_name: str, template: Template) -> Iterator[Block]:
    yield paragraph(TITLE, Role.TITLE)
    yield paragraph(f"上年：{last_name}")
    yield paragraph(f"本年：{now_name}")
    yield paragraph(f"{summary(lines)}{_EXPLAINED}" if lines else "两份文本没有不同。")
    for group, found in groupby(lines, lambda line: line.group):
        yield paragraph(group, Role.ITEM)
        texts = ((line.place, *marked(line), line.state_words) for line in found)
        yield listed_table(_COLUMNS, texts, _SHARES, template)
        yield Paragraph(role=Role.BLANK)
