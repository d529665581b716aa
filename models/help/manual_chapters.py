"""The manual: chapters written in Markdown, and the words of each section to search in.

A chapter is a file `<id>.md`: `# ` its title, `## ` its sections; `## title {#name}` gives a section the id «chapter#name»,
by which the window asks for it. `[words](chapter)` leads to a chapter or section. A line `![words](pictures/name.png)` is a
picture with its words below, shown where the file is there. `{{step 3}}`, `{{keys}}` and `{{fields 3}}` stand for what the
help panel says of that step, all keys and the step's fields: each text is written once.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from models.help.help_texts import FOLDER, HelpError, KeyPlace, fields, key_places, read_toml, steps

MANUAL = FOLDER / "manual"

_DIRECTIVE = re.compile(r"\{\{(step|keys|fields)(?: (\d+))?\}\}")
_HEADING = re.compile(r"^(##?) (.+?)(?: \{#(\w+)\})?$", re.MULTILINE)
_IMAGE = re.compile(r"!\[([^\]]*)\]\((pictures/[\w.-]+)\)")
_LINK = re.compile(r"\]\(([a-z_#]+)\)")


@dataclass(frozen=True, slots=True)
class Section:
    """`id`: its chapter's for what stands before the first heading, else «chapter#name»; `text`: without marks."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as it is drawn, each section under a heading of level 2 or 3; the first is its beginning, under its title."""

    id: str
    title: str
    markdown: str
    sections: tuple[Section, ...]


def chapters(shortcuts: Mapping[str, str]) -> tuple[Chapter, ...]:
    """The whole manual, in order; `shortcuts` as for `key_places`. HelpError where a chapter is missing or a link leads nowhere."""
    places = key_places(shortcuts).values()
    sources = {id_: _source(id_) for id_ in read_toml(MANUAL / "contents.toml")["chapters"]}
    read = tuple(_chapter(id_, source, places, MANUAL.parent) for id_, source in sources.items())
    known = {section.id for chapter in read for section in chapter.sections}
    lost = [f"{id_}.md: {to}" for id_, source in sources.items() for to in _LINK.findall(source) if to not in known]
    if lost:
        raise HelpError(", ".join(lost))
    return read


def _source(chapter_id: str) -> str:
    try:
        return (MANUAL / f"{chapter_id}.md").read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise HelpError(f"{chapter_id}.md: {error}") from error


def _chapter(chapter_id: str, source: str, places: Iterable[KeyPlace], folder: Path) -> Chapter:
    """Pictures are looked for in the folder's `pictures`."""

    def written_elsewhere(found: re.Match[str]) -> str:
        return _keys(places) if found[1] == "keys" else (_step if found[1] == "step" else _fields)(int(found[2]))

    markdown = _LINK.sub(r"](manual:\1)", source)
    markdown = _IMAGE.sub(lambda at: f"{at[0]}\n\n*{at[1]}*" if (folder / at[2]).is_file() else "", markdown)
    markdown = _DIRECTIVE.sub(written_elsewhere, markdown)
    headings = tuple(_HEADING.finditer(markdown))
    if not headings:
        raise HelpError(f"{chapter_id}.md")
    sections = []
    for place, (here, after) in enumerate(zip_longest(headings, headings[1:])):
        name = f"{chapter_id}#{here[3] or place}" if place else chapter_id
        sections.append(Section(name, here[2], _plain(markdown[here.end() : after.start() if after else None])))
    return Chapter(chapter_id, sections[0].title, _HEADING.sub(r"#\1 \2", markdown), tuple(sections))


# What the help panel says, too


def _step(number: int) -> str:
    step = steps()[number]
    order = "\n".join(f"{place}. {line}" for place, line in enumerate(step.order, 1))
    return "\n\n".join((*step.text.splitlines(), order))


def _keys(places: Iterable[KeyPlace]) -> str:
    written = []
    for place in places:
        rows = "\n".join(f"| {keys} | {does} |" for keys, does in place.keys)
        written += [f"#### {place.title}", f"| 按键 | 作用 |\n|---|---|\n{rows}"]
    return "\n\n".join(written)


def _fields(number: int) -> str:
    written = []
    for field in (field for key, field in fields().items() if _step_of(key) == number):
        written += [f"#### {field.title}", field.text]
        if field.good:
            written += [f"✓ **这样写**：{field.good}", f"✗ **不要这样写**：{field.bad}（{field.why}）"]
    return "\n\n".join(written)


def _step_of(key: str) -> int:
    """The step on which a field stands; 6 for what is only shown."""
    beginning = key.removeprefix("headings.").partition("[")[0].partition(".")[0]
    return {"overall_goal": 2, "sub_goals": 3, "safeguards": 4, "projects": 5, "unplaced": 6}.get(beginning, 1)


def _plain(markdown: str) -> str:
    """The words of a text without its marks, a line each paragraph and cell."""
    text = re.sub(r"\[([^\]]+)\]\(manual:[^)]+\)", r"\1", _IMAGE.sub("", markdown))
    text = re.sub(r"^(?:- |\d+\. |#### |\|[-|]+$|\| )| \|$|[`*]", "", text, flags=re.MULTILINE)
    return text.replace(" | ", "\n").strip()
