"""What stands before the first section: the cover, a contents list and the title line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from importers.form_tables import squeeze
from models.document.template import Template

_YEAR_LINE = re.compile(r"(20\d{2})年度?")
_PAGE_AND_GAP = re.compile(r"\d{1,4}(?P<gap>[\s.…·]*)")
_LEADER = re.compile(r"\t|[.…·]{3}|\s{2}")


@dataclass(frozen=True, slots=True)
class Front:
    """`year`, `unit_name`: what the cover says, or what else states them (`place`); `left`: lines that are none of these.

    `unit_code`: the code of that unit; None where the place states none, as a cover does.
    """

    year: int | None = None
    unit_name: str = ""
    title: str | None = None
    left: tuple[str, ...] = ()
    unit_code: str | None = None
    place: str = "封面"


def is_contents_line(line: str) -> bool:
    """Whether a line is an entry of a contents list: words, dots or a tab, a page number."""
    backwards = line.strip()[::-1]  # from its end: forwards every dash of a ruled line might begin the gap
    found = _PAGE_AND_GAP.match(backwards, 0, max(len(backwards) - 1, 0))
    return bool(found and _LEADER.search(found["gap"]))


def read_front(lines: Sequence[str], template: Template) -> Front:
    """The lines before the first section. The cover is what stands down to the document's name."""
    name = squeeze(template.document_name)
    covers = [place for place, line in enumerate(lines) if squeeze(line) == name]
    cover, rest = (lines[: covers[0]], lines[covers[0] + 1 :]) if covers else ((), lines)
    dated = [(int(found[1]), line) for line in cover if (found := _YEAR_LINE.fullmatch(squeeze(line)))]
    year = dated[0][0] if dated else None
    others = [line.strip() for each, line in dated if each != year]
    units = [line.strip() for line in cover if not _YEAR_LINE.fullmatch(squeeze(line))]
    kept = [line for line in rest if squeeze(line) != squeeze(template.labels.contents) and not is_contents_line(line)]
    title = next((line for line in kept if "绩效" in line), None)
    left = [line for line in kept if line is not title]
    return Front(
        year,
        units[0] if units else "",
        None if title is None else title.strip(),
        tuple(others + units[1:] + left),
    )


def with_stated(front: Front, stated: Front) -> Front:
    """The front with what the file states elsewhere: all of it where there is no cover, else the code of the cover's unit."""
    if front.year is None and not front.unit_name:
        return replace(stated, title=front.title, left=front.left)
    same = squeeze(front.unit_name) == squeeze(stated.unit_name)
    return replace(front, unit_code=stated.unit_code) if same else front
