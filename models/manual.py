"""The manual: chapters written in a small Markdown, turned into HTML and into plain text to search in.

A chapter is a file `<id>.md`: `# ` its title, `## ` its sections, `### ` a heading within one. A line is a paragraph; lines
that begin with `- `, `1. `, `| ` or `> ` make lists, tables and notes. Within a line: `**bold**`, `` `keys` `` and
`[words](chapter)`. A line `![words](pictures/name.png)` is a picture, shown where the file is there. `{{step 3}}`, `{{keys}}`
and `{{fields 3}}` stand for what the help panel says of that step, all keys and the step's fields: each text is written once.
"""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from models.help import FOLDER, HelpError, fields, key_places, read_toml, steps

MANUAL = FOLDER / "manual"

_DIRECTIVE = re.compile(r"\{\{(\w+)(?: (\d+))?\}\}")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(pictures/([\w.-]+)\)")
_INLINE = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"`(.+?)`"), r"<b>\1</b>"),
    (re.compile(r"\[([^\]]+)\]\(([a-z_]+)\)"), r'<a href="manual:\2">\1</a>'),
)


@dataclass(frozen=True, slots=True)
class Section:
    """`id`: «chapter.2», the place in its chapter, 0 for what stands before the first heading; `text`: without marks."""

    id: str
    title: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; the first section is its beginning, under the chapter's own title."""

    id: str
    title: str
    sections: tuple[Section, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """The whole manual, in order. HelpError where a chapter is missing or a link leads nowhere."""
    ids = tuple(read_toml(MANUAL / "contents.toml")["chapters"])
    read = tuple(_chapter(id_, _source(id_)) for id_ in ids)
    for chapter in read:
        for section in chapter.sections:
            for target in re.findall(r'href="manual:([a-z_]+)"', section.html):
                if target not in ids:
                    raise HelpError(f"{chapter.id}.md: {target}")
    return read


def section_id(place: str) -> str:
    """The id of «chapter», or of «chapter/title of its section». HelpError where there is none."""
    chapter_id, _, title = place.partition("/")
    for chapter in chapters():
        if chapter.id == chapter_id:
            for section in chapter.sections:
                if section.title == (title or chapter.title):
                    return section.id
    raise HelpError(place)


def _source(chapter_id: str) -> str:
    try:
        return (MANUAL / f"{chapter_id}.md").read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise HelpError(f"{chapter_id}.md: {error}") from error


def _chapter(chapter_id: str, source: str) -> Chapter:
    first, *rest = re.split(r"^## ", source, flags=re.MULTILINE)
    title, _, beginning = first.removeprefix("# ").partition("\n")
    parts = [(title, beginning)] + [(name, text) for name, _, text in (part.partition("\n") for part in rest)]
    made = []
    for place, (name, text) in enumerate(parts):
        written = to_html(text, MANUAL.parent)
        made.append(Section(f"{chapter_id}.{place}", name.strip(), written, _plain(written)))
    return Chapter(chapter_id, title.strip(), tuple(made))


# Markdown


def to_html(source: str, folder: Path) -> str:
    """The HTML of a text; pictures are looked for in the folder's `pictures`."""
    lines = [line.rstrip() for line in source.splitlines()]
    written = []
    for kind, block in groupby(lines, _kind):
        written.append(_BLOCKS[kind](list(block), folder))
    return "\n".join(filter(None, written))


def _kind(line: str) -> str:
    if _DIRECTIVE.fullmatch(line):
        return "directive"
    for beginning, kind in (("- ", "ul"), ("|", "table"), ("> ", "note"), ("### ", "heading"), ("![", "picture")):
        if line.startswith(beginning):
            return kind
    if re.match(r"\d+\. ", line):
        return "ol"
    return "paragraph" if line else "gap"


def _inline(text: str) -> str:
    written = html.escape(text, quote=False)
    for pattern, replacement in _INLINE:
        written = pattern.sub(replacement, written)
    return written


def _items(lines: Sequence[str], tag: str) -> str:
    written = "".join(f"<li>{_inline(line.partition(' ')[2])}</li>" for line in lines)
    return f"<{tag}>{written}</{tag}>"


def _table(lines: Sequence[str], _folder: Path) -> str:
    """The first row is the head; a row of dashes below it is left out."""
    written = [line for line in lines if not re.fullmatch(r"[|\s:-]+", line)]
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in written]
    return _rows(rows[1:], rows[0])


def _rows(rows: Iterable[Sequence[str]], head: Sequence[str] = ()) -> str:
    first = " width='32%'" if len(head) > 1 else ""
    heads = (f"<th align='left'{'' if place else first}>{_inline(cell)}</th>" for place, cell in enumerate(head))
    written = [f"<tr>{''.join(heads)}</tr>"] if head else []
    written += ["<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return f'<table class="lines" width="100%" cellpadding="5" cellspacing="0" border="1">{"".join(written)}</table>'


def _pictures(lines: Sequence[str], folder: Path) -> str:
    written = []
    for line in lines:
        found = _PICTURE.fullmatch(line)
        if not found:
            raise HelpError(line)
        if (folder / "pictures" / found[2]).is_file():
            written.append(f'<p><img src="pictures/{found[2]}" alt="{html.escape(found[1])}"></p>')
            written.append(f"<p><i>{html.escape(found[1])}</i></p>")
    return "".join(written)


def _directives(lines: Sequence[str], _folder: Path) -> str:
    written = []
    for line in lines:
        found = _DIRECTIVE.fullmatch(line)
        if not found or found[1] not in _WRITTEN_ELSEWHERE:
            raise HelpError(line)
        written.append(_WRITTEN_ELSEWHERE[found[1]](int(found[2] or 0)))
    return "".join(written)


_BLOCKS: dict[str, Callable[[list[str], Path], str]] = {
    "gap": lambda _lines, _folder: "",
    "paragraph": lambda lines, _folder: "".join(f"<p>{_inline(line)}</p>" for line in lines),
    "heading": lambda lines, _folder: "".join(f"<h4>{_inline(line[4:])}</h4>" for line in lines),
    "note": lambda lines, _folder: "".join(f"<p><b>提示：</b>{_inline(line[2:])}</p>" for line in lines),
    "ul": lambda lines, _folder: _items(lines, "ul"),
    "ol": lambda lines, _folder: _items(lines, "ol"),
    "table": _table,
    "picture": _pictures,
    "directive": _directives,
}


# What the help panel says, too


def _step(number: int) -> str:
    step = steps()[number]
    paragraphs = "".join(f"<p>{_inline(line)}</p>" for line in step.text.splitlines())
    return f"{paragraphs}<ol>{''.join(f'<li>{_inline(line)}</li>' for line in step.order)}</ol>"


def _keys(_number: int) -> str:
    return "".join(f"<h4>{place.title}</h4>{_rows(place.keys, ('按键', '作用'))}" for place in key_places().values())


def _fields(number: int) -> str:
    written = []
    for field in (field for key, field in fields().items() if _step_of(key) == number):
        written.append(f"<h4>{html.escape(field.title)}</h4><p>{html.escape(field.text)}</p>")
        if field.good:
            good, bad, why = (html.escape(text) for text in (field.good, field.bad, field.why))
            written.append(f"<p>✓ <b>这样写：</b>{good}</p><p>✗ <b>不要这样写：</b>{bad}（{why}）</p>")
    return "".join(written)


def _step_of(key: str) -> int:
    """The step on which a field stands; 6 for what is only shown."""
    beginning = key.removeprefix("headings.").partition("[")[0].partition(".")[0]
    return {"overall_goal": 2, "sub_goals": 3, "safeguards": 4, "projects": 5, "unplaced": 6}.get(beginning, 1)


_WRITTEN_ELSEWHERE: dict[str, Callable[[int], str]] = {"step": _step, "keys": _keys, "fields": _fields}


def _plain(written: str) -> str:
    text = re.sub(r"</(?:p|li|h4|tr|td|th)>", "\n", written)
    return html.unescape(re.sub(r"<[^>]*>", "", text)).strip()
