"""What stands before the first section: the cover, a contents list and the title line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from importers.table_grid import squeeze
from models.document.template import Labels, Template

_SEVERAL = 2
_PARTS = ("part_one", "part_one_name", "part_two", "part_two_name")
_MONTH_LINE = re.compile(r"20\d{2}年\d{1,2}月")
_YEAR_LINE = re.compile(r"(20\d{2})年度?")
_PAGE_AND_GAP = re.compile(r"\d{1,4}(?P<gap>[\s.…·]*)")
_PAGE = re.compile(r"\s\d{1,4}\s*\Z")
_LEADER = re.compile(r"\t|[.…·]{3}|\s{2}")


@dataclass(frozen=True, slots=True)
class Front:
    """`year`, `unit_name`: what the cover says, or what else states them (`place`); `left`: lines that are none of these.

    `unit_code`: the code of that unit; None where the place states none, as a cover does. `is_hidden`: nobody sees it.
    """

    year: int | None = None
    unit_name: str = ""
    title: str | None = None
    left: tuple[str, ...] = ()
    unit_code: str | None = None
    place: str = "封面"
    is_hidden: bool = False


def is_contents_line(line: str) -> bool:
    """Whether a line is an entry of a contents list: words, dots or a tab, a page number."""
    backwards = line.strip()[::-1]  # from its end: forwards every dash of a ruled line might begin the gap
    found = _PAGE_AND_GAP.match(backwards, 0, max(len(backwards) - 1, 0))
    return bool(found and _LEADER.search(found["gap"]))


def contents_end(lines: Sequence[str], labels: Labels) -> int:
    """How many of these first lines a contents list reaches over; 0 where there is none. Below the word 目录 an entry needs no
    dots, and a part's line no page number, if entries with one follow it."""
    names = part_names(labels)
    begun, end = False, 0
    for place, line in enumerate(lines):
        if squeeze(line) == squeeze(labels.contents):
            begun, end = True, place + 1
        elif begun and (is_contents_line(line) or _PAGE.search(line)):
            end = place + 1
        elif begun and squeeze(line) not in names:
            break
    return end


def part_names(labels: Labels) -> dict[str, str]:
    """By the words of the lines that begin a part, each alone and both of a part in one line: which of them each is."""
    alone = {squeeze(getattr(labels, name)): name for name in _PARTS}
    one, two = labels.part_one + labels.part_one_name, labels.part_two + labels.part_two_name
    return alone | {squeeze(one): "part_one", squeeze(two): "part_two"}


def _without_contents(lines: Sequence[str], labels: Labels) -> Iterator[str]:
    """The lines but for a contents list."""
    end = contents_end(lines, labels)
    names = part_names(labels)
    for place, line in enumerate(lines):
        is_entry = is_contents_line(line) or squeeze(line) == squeeze(labels.contents)
        if not is_entry and not (place < end and (_PAGE.search(line) or squeeze(line) in names)):
            yield line


def read_front(lines: Sequence[str], template: Template) -> Front:
    """The lines before the first section. The cover is what stands down to the document's name."""
    name = squeeze(template.document_name)
    covers = [place for place, line in enumerate(lines) if squeeze(line) == name]
    cover, rest = (lines[: covers[0]], lines[covers[0] + 1 :]) if covers else ((), lines)
    if covers and rest and _MONTH_LINE.fullmatch(squeeze(rest[0])):
        rest = rest[1:]  # when the cover was made
    dated = [(int(found[1]), line) for line in cover if (found := _YEAR_LINE.fullmatch(squeeze(line)))]
    year = dated[0][0] if dated else None
    others = [line.strip() for each, line in dated if each != year]
    units = [line.strip() for line in cover if not _YEAR_LINE.fullmatch(squeeze(line))]
    kept = list(_without_contents(rest, template.labels))
    title = next((line for line in kept if "绩效" in line), None)
    left = [line for line in kept if line is not title]
    return Front(
        year,
        units[0] if units else "",
        None if title is None else title.strip(),
        tuple(others + units[1:] + left),
    )


def with_stated(front: Front, stated: Front, units: int) -> Front:
    """The front with what the file states elsewhere: all of it where there is no cover, else the code of the cover's unit.

    `units`: how many the tables name. What nobody sees may be left from the file this one was made from; it counts as the
    whole text's unit only where the tables name several, and none can be it; or where it is a code alone, which no cover
    shows, and there is no table.
    """
    if front.year is None and not front.unit_name:
        if stated.is_hidden and units < _SEVERAL and (units or stated.unit_name):
            return front
        return replace(stated, title=front.title, left=front.left)
    same = squeeze(front.unit_name) == squeeze(stated.unit_name)
    return replace(front, unit_code=stated.unit_code) if same else front
