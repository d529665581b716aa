"""审核意见: the comments of a returned file, put beside the fields of a draft they speak of, and kept over versions.

A comment hangs on words of a page. The lines of the page that came back are laid beside the lines the draft prints today,
equal lines first; what stands between two of them is the same place with other words. So a comment finds its field although
either side was edited since, and one that finds none is kept all the same, without a place.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from models.comparing.diff import changed_middle
from models.comparing.page_match import Match, key
from models.document import fieldpath
from models.document.blocks import Block, Paragraph, Table
from models.document.tree import Draft, GoalDocument, Remark, new_id
from models.grouping import grouped
from models.reports.results import has_place
from models.session.file_comments import Comment, Commented


def placed(commented: Commented, blocks: Iterable[Block]) -> tuple[Remark, ...]:
    """The comments as remarks on the fields `blocks` show; those that match none have the path ""."""
    entries = list(_entries(blocks))
    match = Match(
        [key(line.text, line.in_cell) for line in commented.lines],
        [key(entry.text, entry.in_cell) for entry in entries],
    )
    remarks = []
    for comment in commented.comments:
        path = ""
        if comment.line is not None:
            ours = match.line(comment.line)
            if ours is not None:
                path = _path_in(entries[ours], commented.lines[comment.line].text, comment)
        excerpt = commented.excerpt(comment)
        remarks.append(Remark(new_id("r"), path, comment.author, comment.text, done=comment.done, excerpt=excerpt))
    return tuple(remarks)


def merged(known: tuple[Remark, ...], found: Iterable[Remark]) -> tuple[tuple[Remark, ...], int]:
    """(the known remarks and those not known yet, how many these are). A remark that comes back keeps its answer; its tick
    and a place it lacked are taken over."""
    remarks, added = list(known), 0
    places = grouped((_identity(remark), place) for place, remark in enumerate(remarks))
    for remark in found:
        same = places.get(_identity(remark))
        if same:
            place = same.pop(0)
            old = remarks[place]
            remarks[place] = replace(old, done=old.done or remark.done, path=old.path or remark.path)
        else:
            remarks.append(remark)
            added += 1
    return tuple(remarks), added


def _identity(remark: Remark) -> tuple[str, str, str]:
    return remark.author, remark.text, remark.excerpt


def open_by_path(remarks: Iterable[Remark]) -> dict[str, list[Remark]]:
    """The remarks that are not ticked off, by the field they speak of."""
    return grouped((remark.path, remark) for remark in remarks if remark.path and not remark.done)


def is_there(searched: GoalDocument | Draft, remark: Remark) -> bool:
    """Whether the field a remark speaks of is (still) there."""
    if not remark.path:
        return False
    if isinstance(searched, Draft) and remark.path.startswith("reports["):
        return has_place(searched, remark.path)
    try:
        fieldpath.get(searched.document if isinstance(searched, Draft) else searched, remark.path)
    except fieldpath.PathError:
        return False
    return True


def without(draft: Draft, remark_id: str) -> Draft:
    """The draft without one remark."""
    return replace(draft, remarks=tuple(remark for remark in draft.remarks if remark.id != remark_id))


def with_written(draft: Draft, path: str, author: str, text: str) -> Draft:
    """The draft with a remark written here, on the field of that path ("": on none); without words, the draft itself."""
    words = text.strip()
    if not words:
        return draft
    return replace(draft, remarks=(*draft.remarks, Remark(new_id("r"), path, author, words)))


# the lines a draft prints


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the draft's page: its words by field; `label_of`: the field a line without one names."""

    text: str
    in_cell: bool
    spans: tuple[tuple[int, int, str, bool], ...]
    """(start, end, path, whether the words are only the number of an item)."""
    label_of: str = ""


def _entries(blocks: Iterable[Block]) -> Iterator[_Entry]:
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text.strip():
                yield _entry(block, False)
        elif isinstance(block, Table):
            yield from _table_entries(block)


def _entry(paragraph: Paragraph, in_cell: bool, label_of: str = "") -> _Entry:
    spans, at = [], 0
    for span in paragraph.spans:
        if span.path is not None:  # the number of a goal is drawn, and no field of its own
            spans.append((at, at + len(span.text), span.path, span.path.endswith(".number")))
        at += len(span.text)
    return _Entry(paragraph.text, in_cell, tuple(spans), label_of)


def _table_entries(table: Table) -> Iterator[_Entry]:
    rows = list(table.placed())
    paths = [{cell.column: _first_path(cell.cell.paragraphs) for cell in row} for row in rows]
    for number, row in enumerate(rows):
        for cell in row:
            if cell.covered:
                continue
            label_of = ""
            if not paths[number][cell.column]:
                label_of = _named(paths, number, cell.column, number < table.header_rows)
            for part in cell.cell.paragraphs or (Paragraph(),):
                yield _entry(part, True, label_of)


def _first_path(paragraphs: Sequence[Paragraph]) -> str:
    return next((span.path for part in paragraphs for span in part.spans if span.path), "")


def _named(paths: Sequence[dict[int, str]], row: int, column: int, is_header: bool) -> str:
    """The field a label names: all rows below a header, else the next place in its row, else the one below."""
    if is_header:
        below = paths[row + 1].get(column, "") if row + 1 < len(paths) else ""
        return below.partition(".indicators[")[0] + ".indicators" if below else ""
    following = [at for at in sorted(paths[row]) if at > column]
    if following and paths[row][following[0]]:
        return paths[row][following[0]]
    below = paths[row + 1].get(column, "") if row + 1 < len(paths) else ""
    if below:
        return below
    # The label of a whole row of places: 资金支出计划.
    rest = [path for path in (paths[row + 1].values() if row + 1 < len(paths) else ()) if path]
    return rest[0] if rest else ""


def _path_in(entry: _Entry, text: str, comment: Comment) -> str:
    """The field of a line whose words a comment covers most."""
    end = comment.end if comment.end_line == comment.line else len(text)
    start, end = _moved(text, entry.text, comment.start, max(comment.start, end))
    if end <= start:
        touching = [path for first, last, path, _number in entry.spans if first < start <= last]
        touching += [path for first, last, path, _number in entry.spans if first <= start <= last]
        if touching:
            return touching[0]
    best, most = "", 0
    for first, last, path, is_number in entry.spans:
        covered = min(end, last) - max(start, first)
        # Of a whole line, its number is the least.
        weight = covered * 1000 - (last - first > covered) if not is_number else min(covered, 1)
        if covered > 0 and weight > most:
            best, most = path, weight
    return best or next((path for *_, path, _number in entry.spans), entry.label_of)


def _moved(old: str, new: str, start: int, end: int) -> tuple[int, int]:
    """Where the words old[start:end] stand in an edited line."""
    if old == new:
        return start, end
    words = old[start:end]
    if words.strip() and new.count(words) == 1:
        start = new.index(words)
        return start, start + len(words)
    head, old_end, new_end = changed_middle(old, new)

    def to_new(place: int) -> int:
        if place <= head:
            return place
        if place >= old_end:
            return place + new_end - old_end
        return min(place, new_end)

    return to_new(start), max(to_new(start), to_new(end))
