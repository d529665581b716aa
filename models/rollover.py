"""从上年生成, 年份顺延: a draft moved on to another year, the accepted words and no others."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

from models import fieldpath
from models.carried import carried_paths
from models.document import Draft, GoalDocument, Headings, Measure, Provenance, SubGoal
from models.year_mentions import Kind, found_years

_AROUND = 14
"""Characters of context quoted on each side of a mention."""

_YEAR = re.compile(r"(?<![0-9A-Za-z])(20\d{2})\s*年")


@dataclass(frozen=True, slots=True)
class Mention:
    """A year in a field: characters `start` to `end` of the text at `path`. `accepted`: moves on unless the user says no."""

    path: str
    start: int
    end: int
    old_words: str
    new_words: str
    kind: Kind

    @property
    def accepted(self) -> bool:
        return self.kind is Kind.PLAN


@dataclass(frozen=True, slots=True)
class GuessedYear:
    """A plan's year where the document states none, and why, in the user's words; `year` None where nothing tells."""

    year: int | None
    reason: str


def texts(document: GoalDocument) -> Iterator[tuple[str, str]]:
    """Every text a year may stand in, with its path, in the order of the form. Codes, amounts and units aside."""
    if document.title:
        yield "title", document.title
    for field in fields(Headings):
        if words := getattr(document.headings, field.name):
            yield f"headings.{field.name}", words
    yield "overall_goal", document.overall_goal
    for section, part in (("sub_goals", SubGoal), ("safeguards", Measure)):
        items = getattr(document, section)
        yield f"{section}.preface", items.preface
        for item in items.items:
            names = ("heading", "text", "goal", "indicator") if part is SubGoal else ("heading", "text")
            for name in names:
                yield f"{section}[{item.id}].{name}", getattr(item, name) or ""
    yield from _project_texts(document)
    for place, words in enumerate(document.unplaced):
        yield f"unplaced[{place}]", words


def _project_texts(document: GoalDocument) -> Iterator[tuple[str, str]]:
    for project in document.projects:
        here = f"projects[{project.id}]"
        yield f"{here}.name", project.name
        yield f"{here}.fund_use", project.fund_use
        for place, goal in enumerate(project.goals):
            yield f"{here}.goals[{place}]", goal
        for row in project.indicators:
            for name in ("name", "description", "value", "basis"):
                yield f"{here}.indicators[{row.id}].{name}", getattr(row, name)


def mentions(document: GoalDocument, old_year: int, new_year: int | None = None) -> tuple[Mention, ...]:
    """The years that may move on when the plan of `old_year` becomes that of `new_year` (the next one), in order."""
    later = old_year + 1 if new_year is None else new_year
    if later == old_year:
        return ()
    names = tuple(sorted({project.name for project in document.projects if "20" in project.name}))
    return tuple(
        Mention(path, year.start, year.end, text[year.start : year.end], year.new_words, year.kind)
        for path, text in texts(document)
        for year in found_years(text, old_year, later, re.sub(r"\[[^\]]*\]", "[]", path), names)
    )


def around(document: GoalDocument, mention: Mention) -> tuple[str, str]:
    """The words before and after a mention, cut short, on one line."""
    text = str(fieldpath.get(document, mention.path))
    start, end = max(0, mention.start - _AROUND), mention.end + _AROUND
    head = ("…" if start else "") + text[start : mention.start]
    tail = text[mention.end : end] + ("…" if end < len(text) else "")
    return head.replace("\n", " "), tail.replace("\n", " ")


def guessed_year(document: GoalDocument) -> GuessedYear:
    """The plan's year: stated, or the one most mentioned, or the year the newest project was set up."""
    if document.year is not None:
        return GuessedYear(document.year, "文本写明的预算年度")
    counts = Counter(int(year) for _path, text in texts(document) for year in _YEAR.findall(text))
    if counts:
        year, times = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
        return GuessedYear(year, f"文本没有写明预算年度；正文里「{year}年」出现 {times} 次，出现得最多")
    years = [2000 + int(code[6:8]) for p in document.projects if re.match(r"\d{8}P", code := p.code)]
    if years:
        return GuessedYear(max(years), f"文本没有写年份；项目编码里最近的立项年份是 {max(years)} 年，请核对")
    return GuessedYear(None, "文本里没有年份，请填写它是哪一年的")


def moved_on(document: GoalDocument, year: int, accepted: Iterable[Mention]) -> GoalDocument:
    """The document of that year: the accepted words are replaced, all else is what it was. ValueError where the words
    of a mention do not stand at its place."""
    by_path: dict[str, list[Mention]] = {}
    for mention in accepted:
        by_path.setdefault(mention.path, []).append(mention)
    old = dict(texts(document))
    moved = {path: _replaced(old.get(path, ""), found) for path, found in by_path.items()}
    return replace(fieldpath.replace_all(document, moved), year=year)


def _replaced(text: str, found: Iterable[Mention]) -> str:
    parts, done = [], 0
    for mention in sorted(found, key=lambda one: one.start):
        if mention.start < done or text[mention.start : mention.end] != mention.old_words:
            raise ValueError(mention)
        parts += [text[done : mention.start], mention.new_words]
        done = mention.end
    return "".join((*parts, text[done:]))


def rolled_over(draft: Draft, year: int, accepted: Iterable[Mention], *, keep_codes: bool, source: str = "") -> Draft:
    """The draft of the new year: amounts and values are marked 沿用上年, codes kept or emptied, the spending plan kept.

    A 草稿 whatever it came from; last year's remarks stay with last year's draft. Ids are kept, so that what was ignored
    stays so.
    """
    document = moved_on(draft.document, year, accepted)
    if not keep_codes:
        document = replace(document, projects=tuple(replace(project, code="") for project in document.projects))
    provenance = Provenance(source, carried_paths(document))
    return replace(draft, document=document, state="草稿", remarks=(), provenance=provenance)


__all__ = ["GuessedYear", "Kind", "Mention", "around", "guessed_year", "mentions", "moved_on", "rolled_over"]
