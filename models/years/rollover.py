"""从上年生成, 年份顺延: a draft moved on to another year, the accepted words and no others."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from models.document import fieldpath
from models.document.tree import Draft, GoalDocument, Provenance
from models.grouping import grouped
from models.years.carried_over import carried_over_paths
from models.years.year_mentions import Kind, found_years
from models.years.year_texts import year_texts

_AROUND = 14
"""Characters of context quoted on each side of a mention."""


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


def mentions(document: GoalDocument, old_year: int, new_year: int | None = None) -> tuple[Mention, ...]:
    """The years that may move on when the plan of `old_year` becomes that of `new_year` (the next one), in order."""
    later = old_year + 1 if new_year is None else new_year
    if later == old_year:
        return ()
    names = tuple(sorted({project.name for project in document.projects if "20" in project.name}))
    return tuple(
        Mention(path, year.start, year.end, text[year.start : year.end], year.new_words, year.kind)
        for path, text in year_texts(document)
        for year in found_years(text, old_year, later, re.sub(r"\[[^\]]*\]", "[]", path), names)
    )


def around(document: GoalDocument, mention: Mention) -> tuple[str, str]:
    """The words before and after a mention, cut short, on one line."""
    text = str(fieldpath.get(document, mention.path))
    start, end = max(0, mention.start - _AROUND), mention.end + _AROUND
    head = ("…" if start else "") + text[start : mention.start]
    tail = text[mention.end : end] + ("…" if end < len(text) else "")
    return head.replace("\n", " "), tail.replace("\n", " ")


def moved_on(document: GoalDocument, year: int, accepted: Iterable[Mention]) -> GoalDocument:
    """The document of that year: the accepted words are replaced, all else is what it was. ValueError where the words
    of a mention do not stand at its place."""
    by_path = grouped((mention.path, mention) for mention in accepted)
    old = dict(year_texts(document))
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


def rolled_over(
    draft: Draft,
    year: int,
    accepted: Iterable[Mention],
    *,
    keep_codes: bool,
    source: str = "",
    values: Mapping[str, str] | None = None,
) -> Draft:
    """The draft of the new year: amounts and values are marked 沿用上年, codes kept or emptied, the spending plan kept.

    A 草稿 whatever it came from; last year's remarks stay with last year's draft. Ids are kept, so that what was ignored
    stays so. `values`: targets that become others, by their paths, such as what was reached of them.
    """
    document = fieldpath.replace_all(moved_on(draft.document, year, accepted), values or {})
    if not keep_codes:
        document = replace(document, projects=tuple(replace(project, code="") for project in document.projects))
    provenance = Provenance(source, carried_over_paths(document))
    return replace(draft, document=document, state="草稿", remarks=(), provenance=provenance, reports=())


__all__ = ["Kind", "Mention", "around", "mentions", "moved_on", "rolled_over"]
