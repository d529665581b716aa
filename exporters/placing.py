"""Puts broken lines on the paper: every stretch of one font gets its x, justified lines their spacing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from exporters.line_breaking import BrokenLine, Piece, wrap
from exporters.looks import NUMBER_SIZE, WHOLE, Area, Look, footer_distance
from exporters.metrics import EM, width_of
from exporters.narrow_characters import condensed, room_at
from exporters.placed_pages import FontRole, PlacedLine, Run, number_label
from models.document.blocks import Paragraph, Span, SpanRole
from models.document.template import Page

BASELINE = 0.8
"""How far down a line of exact height its baseline lies, in line heights; LibreOffice does the same."""


def broken(paragraph: Paragraph, look: Look, width: float) -> tuple[BrokenLine, ...]:
    """The paragraph's lines in that many points of room."""
    return wrap(paragraph.text, *rooms(look, width))


def rooms(look: Look, width: float) -> tuple[int, int]:
    """The room of the first line and of the others in 1/EM of the type size, in so many points of width."""
    room = width - look.left
    units = EM / look.size
    first, rest = int((room - look.first_indent * look.size) * units), int(room * units)
    return (first, rest) if look.percent == WHOLE else (room_at(first, look.percent), room_at(rest, look.percent))


def fitted(paragraph: Paragraph, look: Look, width: float) -> Look:
    """The look of a cell's paragraph, narrower where its words need it."""
    percent = condensed(paragraph.text, int((width - look.left) * EM / look.size))
    return look if percent == WHOLE else replace(look, percent=percent)


def place_line(
    line: BrokenLine, paragraph: Paragraph, look: Look, left: float, right: float, top: float, block: int, *, last: bool
) -> PlacedLine:
    """The line between `left` and `right`; `last`: of its paragraph, and so never stretched."""
    spans = paragraph.spans
    path = spans[0].path if spans else None
    pitch = look.pitch
    if not line.pieces:
        return PlacedLine(left, top, right, pitch, top + BASELINE * pitch, (), path, block)
    scale = look.size / EM * look.percent / WHOLE
    start = left + look.left + (look.first_indent * look.size if line.start == 0 else 0.0)
    spare = right - start - line.width * scale
    stretch = 0.0
    if look.align == "center":
        start += spare / 2
    elif look.align == "both" and not last:
        stretch = spare / max(_gaps(line.pieces), 1)
    parts = line.pieces if len(spans) == 1 else tuple(_at_spans(line.pieces, spans))
    runs = tuple(_stretched(parts, spans, look, start, stretch) if stretch > 0 else _runs(parts, spans, look, start))
    shown = runs[0].path or next((run.path for run in runs if run.path), path)
    return PlacedLine(left, top, right, pitch, top + BASELINE * pitch, runs, shown, block)


def _runs(parts: Sequence[Piece], spans: Sequence[Span], look: Look, start: float) -> list[Run]:
    size, narrow = look.size, look.percent / WHOLE
    scale = size / EM * narrow
    if len(spans) == 1:
        path, font = spans[0].path, _font(spans[0], look)
        return [
            Run(start + x * scale, text, font if wide else "latin", size, 0.0, width * scale, path, narrow)
            for _, text, wide, x, width, _ in parts
        ]
    fonts = [_font(span, look) for span in spans]
    return [
        Run(start + x * scale, text, fonts[at] if wide else "latin", size, 0.0, width * scale, spans[at].path, narrow)
        for _, text, wide, x, width, at in parts
    ]


def _font(span: Span, look: Look) -> FontRole:
    """The Chinese font of these words."""
    return "subheading" if span.role is SpanRole.RUN_IN else look.font


def _gaps(pieces: Sequence[Piece]) -> int:
    """Where a justified line can be stretched: between Chinese characters and beside Latin words."""
    return sum(len(piece.text) if piece.wide else 1 for piece in pieces) - 1


def _at_spans(pieces: Sequence[Piece], spans: Sequence[Span]) -> Iterator[Piece]:
    """The pieces cut where one span ends and the next begins."""
    ends = list(accumulate(len(span.text) for span in spans))
    at = 0
    for piece in pieces:
        start, text, wide, x, width, _ = piece
        while text:
            while at < len(ends) - 1 and start >= ends[at]:
                at += 1
            part = text[: ends[at] - start] if at < len(ends) - 1 else text
            taken = width if len(part) == len(text) else width_of(part)
            yield Piece(start, part, wide, x, taken, at)
            start, text, x, width = start + len(part), text[len(part) :], x + taken, width - taken


def _stretched(parts: Sequence[Piece], spans: Sequence[Span], look: Look, start: float, stretch: float) -> list[Run]:
    """The same with `stretch` points put into every gap; a Latin word is never pulled apart."""
    runs = []
    added = 0.0
    for run, part in zip(_runs(parts, spans, look, start), parts, strict=True):
        inside = stretch * len(part.text) if part.wide else stretch
        spacing = stretch if part.wide else 0.0
        runs.append(run._replace(x=run.x + added, spacing=spacing, width=run.width + spacing * len(part.text)))
        added += inside
    last = runs[-1]
    runs[-1] = last._replace(width=last.width - last.spacing)  # nothing follows the last character
    return runs


def with_number(line: PlacedLine, number: str, look: Look) -> PlacedLine:
    """An entry of the contents with its page number at the right edge and dots before it."""
    scale = look.size / EM
    width = width_of(number) * scale
    at = line.right - width
    begun = line.runs[-1].x + line.runs[-1].width if line.runs else line.left + look.left
    dot = width_of(".") * scale
    count = int((at - begun) / dot)
    dots = Run(at - count * dot, "." * count, "latin", look.size, 0.0, count * dot, None)
    shown = Run(at, number, "latin", look.size, 0.0, width, None)
    return line._replace(runs=(*line.runs, *((dots,) if count > 0 else ()), shown))


def number_line(area: Area, paper: Page, number: int) -> PlacedLine:
    """The page number: on the outer edge, one character in (GB/T 9704-2012, 7.5)."""
    text = number_label(number)
    # Signs take the square of the type size, digits and spaces of a Chinese font half of it.
    width = sum(NUMBER_SIZE / 2 if character.isascii() else NUMBER_SIZE for character in text)
    odd = number % 2 == 1
    x = area.left + area.width - NUMBER_SIZE - width if odd else area.left + NUMBER_SIZE
    top = area.paper_height - footer_distance(paper) / 20 - NUMBER_SIZE
    run = Run(x, text, "number", NUMBER_SIZE, 0.0, width, None)
    baseline = top + BASELINE * NUMBER_SIZE
    return PlacedLine(area.left, top, area.left + area.width, NUMBER_SIZE, baseline, (run,), None, -1)
