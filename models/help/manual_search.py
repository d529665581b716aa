"""Finds places of the manual by a clerk's words: as they stand there, else by what the manual calls the thing, else the nearest."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from models.help.help_texts import read_toml
from models.help.manual_chapters import MANUAL, Chapter, Section

_AROUND = 16
"""Characters of an excerpt before and after what was found."""
_MOST_NEAR = 8
"""Places that are only near: more are not looked through."""
_ASKING = re.compile(
    r"怎么办|怎么样|怎么|怎样|如何|为什么|为啥|是什么|什么|在哪里|在哪儿|在哪|哪里|能不能|可不可以|可以|是不是|有没有|请问"
    r"|[吗呢吧啊呀了的我您你?!。,，？！]"
)
"""What turns a thing into a question, and says nothing of the thing."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where something was found: `section` is its id, `excerpt` the words around the first place."""

    section: str
    chapter_title: str
    section_title: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`words`: what stands in the places found, to be marked there; `exact`: whether that is what was asked for."""

    hits: tuple[Hit, ...]
    words: tuple[str, ...]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class _Page:
    """A section as it is looked through: title and text folded, without blanks."""

    section: Section
    chapter_title: str
    title: str
    text: str


def folded(text: str) -> str:
    """The text as it is compared: width and case of its letters do not count."""
    return unicodedata.normalize("NFKC", text).casefold()


def words_of(query: str) -> tuple[str, ...]:
    """What is looked for: every word between blanks, each once."""
    return tuple(dict.fromkeys(folded(query).split()))


def search(chapters: tuple[Chapter, ...], query: str) -> Answer:
    """The places of these chapters with every word of the query, those with one in their title first. Nothing for an empty query.

    Blanks count nowhere: «U盘» is found where «U 盘» stands. Where the words stand nowhere, a question's thing is looked
    for, then what words.toml says the manual calls it, then what has most pairs of characters in common.
    """
    words, pages = words_of(query), _pages(chapters)
    for asked, exact in ((words, True), (_without_asking(words), False)):
        if found := _all_words(pages, asked):
            return Answer(found, asked, exact or asked == words)
    return _by_other_names(pages, words) or _nearest(pages, _without_asking(words))


@cache
def other_names() -> Mapping[str, tuple[str, ...]]:
    """What a clerk may call a thing (folded), and the words the manual has for it, the best first."""
    return {folded(asked): tuple(names) for asked, names in read_toml(MANUAL / "words.toml").items()}


@cache
def _pages(chapters: tuple[Chapter, ...]) -> tuple[_Page, ...]:
    return tuple(
        _Page(section, chapter.title, _solid(section.title), _solid(f"{section.title}\n{section.text}"))
        for chapter in chapters
        for section in chapter.sections
    )


def _solid(text: str) -> str:
    return re.sub(r"\s+", "", folded(text))


def _without_asking(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for each in words for word in _ASKING.sub(" ", each).split()))


def _all_words(pages: Sequence[_Page], words: Sequence[str]) -> tuple[Hit, ...]:
    if not words:
        return ()
    found = [page for page in pages if all(word in page.text for word in words)]
    return _hits(found, words, lambda page: sum(word in page.title for word in words))


def _by_other_names(pages: Sequence[_Page], words: Sequence[str]) -> Answer | None:
    """Every word that has another name is looked for by that, the longest first; words without one are left out."""
    best = [asked for word in words if (asked := _longest_known(word))]
    names = tuple(dict.fromkeys(folded(name) for asked in best for name in other_names()[asked]))
    found = [page for page in pages if any(_solid(name) in page.text for name in names)]
    hits = _hits(
        found, names, lambda page: sum(len(names) - names.index(name) for name in names if _solid(name) in page.title)
    )
    return Answer(hits[:_MOST_NEAR], names, exact=False) if hits else None


def _longest_known(word: str) -> str:
    """The longest of the other names in the word, of several the one that comes first; "" where there is none."""
    known = (asked for asked in other_names() if asked in word)
    return min(known, key=lambda asked: (-len(asked), word.find(asked)), default="")


def _nearest(pages: Sequence[_Page], words: Sequence[str]) -> Answer:
    """By pairs of characters next to each other (Latin words stay whole): at least half of them, or one in the title."""
    pairs = tuple(dict.fromkeys(pair for word in words for pair in _pairs(word)))
    half = max((len(pairs) + 1) // 2, 1)
    found = [
        page
        for page in pages
        if sum(pair in page.text for pair in pairs) >= half or any(pair in page.title for pair in pairs)
    ]
    hits = _hits(found, pairs, lambda page: sum((pair in page.text) + 2 * (pair in page.title) for pair in pairs))
    return Answer(hits[:_MOST_NEAR], pairs if hits else (), exact=False)


def _pairs(word: str) -> Iterator[str]:
    for run in re.findall(r"[a-z0-9.]+|[^a-z0-9.]+", word):
        yield from [run] if run.isascii() else (run[at : at + 2] for at in range(len(run) - 1))


def _hits(pages: Sequence[_Page], words: Sequence[str], weight: Callable[[_Page], int]) -> tuple[Hit, ...]:
    """In the manual's order, the heavier first."""
    return tuple(
        Hit(page.section.id, page.chapter_title, page.section.title, _excerpt(page.section, words))
        for page in sorted(pages, key=lambda page: -weight(page))
    )


def _excerpt(section: Section, words: Sequence[str]) -> str:
    text = " ".join(section.text.split())
    found = [place for word in words if (place := next(_places(text, word), None)) is not None]
    start = max(min((place.start() for place in found), default=0) - _AROUND, 0)
    end = start + 2 * _AROUND + max(map(len, words))
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _places(text: str, word: str) -> Iterator[re.Match[str]]:
    return re.finditer(pattern_of(word), text, re.IGNORECASE)


def pattern_of(word: str) -> str:
    """A regular expression for a folded word as it may stand in a text: letters of either width, blanks in between."""
    return r"\s*".join(_either_width(letter) for letter in word if not letter.isspace())


def _either_width(letter: str) -> str:
    wide = chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else ""
    return f"[{re.escape(letter)}{wide}]" if wide else re.escape(letter)
