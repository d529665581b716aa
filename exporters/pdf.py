"""Paints finished pages: into a PDF, and for the window on the printer and on the screen.

All lengths are points. This is the one module outside the window's that knows Qt, and it loads the part without widgets.
"""

import os
import sys
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from math import inf
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QGlyphRun,
    QGuiApplication,
    QPageSize,
    QPainter,
    QPdfWriter,
    QRawFont,
    QTextLayout,
)

from exporters.made import Properties
from exporters.metrics import EM, WIDTHS
from exporters.pdf_file import Bookmark, Extras, Spot, Target, finish
from exporters.placed_pages import Page, Run
from exporters.progress import Progress
from models.document.template import FontScheme, Template
from models.errors import UserError
from resources import ROOT

_ROLES = ("body", "heading", "subheading", "title", "number", "latin")
_SURE_SERIF = "serif"
_DASHES = frozenset("—―")  # a pair of them is one line without a gap
_WITHOUT_GLYPH = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_KEPT_RUNS = 20_000
_PROBE = "绩"

NO_CHINESE_FONT = (
    "本机没有中文字体，汉字会显示成方框。请安装一种中文字体（例如思源宋体），然后重新打开程序。\n"
    "No Chinese font is installed, so Chinese characters appear as boxes. "
    "Please install one (for example the package fonts-noto-cjk) and start the program again."
)
"""In two languages: where it is needed the first of them can hardly be read."""


def write_pdf(
    pages: Sequence[Page],
    template: Template,
    *,
    font_scheme: str = "gb",
    properties: Properties | None = None,
    progress: Progress | None = None,
) -> bytes:
    """The pages as a PDF: real text in embedded fonts, bookmarks, links from the contents. The same for the same pages.

    UserError where no font of the machine has Chinese characters: all of it would be boxes.
    """
    with _application():
        if not can_show_chinese():
            raise UserError(f"没有写 PDF：{NO_CHINESE_FONT}")
        painter = PagePainter(template.font_scheme(font_scheme))
        data = _painted(pages, painter, progress)
        glyphs, complete = painter.glyphs, painter.complete
    bookmarks = _bookmarks(pages)
    spots = tuple(_spots(pages))
    front = sum(page.number is None for page in pages)
    return finish(data, Extras(properties or Properties(), glyphs, bookmarks, spots, front, complete))


def substituted_fonts(template: Template, font_scheme: str) -> tuple[tuple[str, str], ...]:
    """(the font the scheme names, the one that stands in for it), for each that is not on this machine."""
    with _application():
        scheme = template.font_scheme(font_scheme)
        named = dict.fromkeys(getattr(scheme, role) for role in _ROLES)
        found = {family: _present(family) for family in named}
    return tuple((family, used) for family, used in found.items() if used not in _names(family))


def can_show_chinese() -> bool:
    """Whether any font of the machine has Chinese characters. Needs Qt's application."""
    if not QFontInfo(_font(_SURE_SERIF, 16)).family():  # without any font Qt does not survive the next question
        return False
    glyph = _Face(_SURE_SERIF, 16).glyph(_PROBE)
    return glyph is not None and glyph.number != 0


@contextmanager
def _application() -> Iterator[None]:
    """Qt's fonts need its application: the window's, or one for this work alone, which needs no display."""
    if QGuiApplication.instance() is not None:
        yield
        return
    has_display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not has_display:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication(sys.argv[:1])
    try:
        yield
    finally:
        application.shutdown()


# Fonts


@cache
def _substitutes() -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each font (other names of it, those that may stand in for it)."""
    values = tomllib.loads((ROOT / "fonts" / "substitutions.toml").read_text(encoding="utf-8"))
    return {font["name"]: (tuple(font["also"]), tuple(font["instead"])) for font in values["fonts"]}


def _names(family: str) -> tuple[str, ...]:
    return (family, *_substitutes().get(family, ((), ()))[0])


def _present(family: str) -> str:
    """The family itself where the machine has it, else what stands in for it."""
    known = set(QFontDatabase.families())
    also, instead = _substitutes().get(family, ((), ()))
    for name in (family, *also, *instead):
        if name in known:
            return name
    chinese, sure = QFontDatabase.WritingSystem.SimplifiedChinese, _font(_SURE_SERIF, 16)
    if not QFontDatabase.families(chinese):  # asked for Chinese then, Qt ends the program
        return QFontInfo(sure).family()
    return QRawFont.fromFont(sure, chinese).familyName()


def _font(family: str, size: float) -> QFont:
    font = QFont(family)
    font.setPixelSize(max(round(size), 1))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


class _Glyph(NamedTuple):
    """A character's picture. `advance`: what the font itself would move on by, in type sizes."""

    font: QRawFont
    number: int
    advance: float


class _Face:
    """One family at one size, and for what it lacks whichever font of the machine has it."""

    def __init__(self, family: str, size: float) -> None:
        self._family, self._size = family, size
        self._raw = QRawFont.fromFont(_font(family, size))
        self._raw.setPixelSize(size)
        self.glyph = cache(self._find)

    def _find(self, character: str) -> _Glyph | None:
        """None for what is not to be seen."""
        if unicodedata.category(character) in _WITHOUT_GLYPH:
            return None
        indexes = self._raw.glyphIndexesForString(character)
        if indexes and indexes[0]:
            return self._of(self._raw, indexes[0])
        layout = QTextLayout(character, _font(self._family, self._size))
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        for run in layout.glyphRuns():
            if run.glyphIndexes():
                raw = run.rawFont()
                raw.setPixelSize(self._size)
                return self._of(raw, run.glyphIndexes()[0])
        return None

    def _of(self, raw: QRawFont, index: int) -> _Glyph:
        return _Glyph(raw, index, raw.advancesForGlyphIndexes([index])[0].x() / self._size)


# Painting


class _Stroke(NamedTuple):
    """Glyphs of one font, from where the run begins. `stretch`: how many times as wide as the font has them."""

    glyphs: QGlyphRun
    x: float
    stretch: float


@dataclass(slots=True)
class _Begun:
    """Glyphs of one font that wait to be one stroke."""

    font: QRawFont | None = None
    numbers: list[int] = field(default_factory=list)
    places: list[QPointF] = field(default_factory=list)

    def strokes(self, x: float = 0.0, stretch: float = 1.0) -> Iterator[_Stroke]:
        if self.font is None or not self.numbers:
            return
        run = QGlyphRun()
        run.setRawFont(self.font)
        run.setGlyphIndexes(self.numbers)
        run.setPositions(self.places)
        yield _Stroke(run, x, stretch)


class PagePainter:
    """Paints pages in the fonts of a scheme. Belongs to the thread it was made in, as Qt's raw fonts do."""

    def __init__(self, scheme: FontScheme) -> None:
        self._families = {role: _present(getattr(scheme, role)) for role in _ROLES}
        self._face = cache(_Face)
        self._strokes: dict[tuple[str, str, float, float, float], tuple[_Stroke, ...]] = {}
        self._drawn: dict[tuple[str, str], dict[int, str]] = {}
        self.complete = True
        """Whether the fonts had every character painted so far."""

    @property
    def glyphs(self) -> list[list[str]]:
        """For each font the text of each glyph painted so far, both in the order of first use."""
        return [list(texts.values()) for texts in self._drawn.values()]

    def paint(self, painter: QPainter, page: Page, top: float = -inf, bottom: float = inf) -> None:
        """The page in black, a point for each of the painter's units; the paper is the caller's. Words that stand wholly above
        `top` or below `bottom` are left out."""
        painter.setPen(QColor(Qt.GlobalColor.black))
        for line in page.lines:
            # A glyph may reach out of its line, never by more than the line's height.
            if line.top - line.height > bottom or line.top + 2 * line.height < top:
                continue
            for run in line.runs:
                self._paint_run(painter, run, line.baseline)
        for box in page.rules:
            painter.fillRect(QRectF(box.left, box.top, box.width, box.height), QColor(Qt.GlobalColor.black))

    def _paint_run(self, painter: QPainter, run: Run, baseline: float) -> None:
        for stroke in self._of(run):
            if stroke.stretch == 1.0:
                painter.drawGlyphRun(QPointF(run.x + stroke.x, baseline), stroke.glyphs)
                continue
            painter.save()
            painter.translate(run.x + stroke.x, baseline)
            painter.scale(stroke.stretch, 1.0)
            painter.drawGlyphRun(QPointF(0.0, 0.0), stroke.glyphs)
            painter.restore()

    def _of(self, run: Run) -> tuple[_Stroke, ...]:
        key = (run.text, run.font, run.size, run.spacing, run.narrow)
        if key not in self._strokes:
            if len(self._strokes) >= _KEPT_RUNS:
                self._strokes.clear()
            self._strokes[key] = tuple(
                stroke
                if run.narrow == 1.0
                else stroke._replace(x=stroke.x * run.narrow, stretch=stroke.stretch * run.narrow)
                for stroke in self._made(run)
            )
        return self._strokes[key]

    def _made(self, run: Run) -> Iterator[_Stroke]:
        """In the order of the characters: the file's fonts number their glyphs as they are painted."""
        face = self._face(self._families[run.font], run.size)
        begun = _Begun()
        x = 0.0
        for character in run.text:
            width = _width(character, run)
            glyph = face.glyph(character)
            if glyph is not None:
                self._note(glyph, character)
                stretched = character in _DASHES and glyph.advance > 0
                if stretched or glyph.font is not begun.font:
                    yield from begun.strokes()
                    begun = _Begun(glyph.font)
                if stretched:
                    alone = _Begun(glyph.font, [glyph.number], [QPointF()])
                    yield from alone.strokes(x, width / glyph.advance / run.size)
                else:
                    begun.numbers.append(glyph.number)
                    begun.places.append(QPointF(x + _aside(glyph, width, run), 0.0))
            x += width + run.spacing
        yield from begun.strokes()

    def _note(self, glyph: _Glyph, character: str) -> None:
        """Keeps what the glyph says, in the order in which they are painted; the glyph of the unknown is in every font."""
        said = self._drawn.setdefault((glyph.font.familyName(), glyph.font.styleName()), {})
        if glyph.number:
            said.setdefault(glyph.number, character)
        else:
            self.complete = False


def _width(character: str, run: Run) -> float:
    # The digits and spaces of a page number come from the Chinese font, where they are half a square.
    units = EM / 2 if run.font != "latin" and character.isascii() else WIDTHS[character]
    return units / EM * run.size


def _aside(glyph: _Glyph, width: float, run: Run) -> float:
    """A sign that is narrower in this font than its square stands in the middle of it."""
    spare = width - glyph.advance * run.size
    return spare / 2 if run.font != "latin" and abs(spare) > run.size / 20 and width else 0.0


# The file


def _painted(pages: Sequence[Page], pen: PagePainter, progress: Progress | None) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    size = QSizeF(pages[0].width, pages[0].height)
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    painter = QPainter(writer)
    try:
        for number, page in enumerate(pages):
            if number:
                writer.newPage()
            pen.paint(painter, page)
            if progress is not None:
                progress(number + 1, len(pages))
    finally:
        painter.end()
    return bytes(buffer.data().data())


def _bookmarks(pages: Sequence[Page]) -> tuple[Bookmark, ...]:
    """What the contents list, as a tree."""
    return _tree(
        [(each.level, each.title, Target(at, each.top)) for at, page in enumerate(pages) for each in page.headings]
    )


def _tree(rows: Sequence[tuple[int, str, Target]]) -> tuple[Bookmark, ...]:
    """Every entry with the following ones of a deeper level below it."""
    made = []
    at = 0
    while at < len(rows):
        level, title, target = rows[at]
        end = next((place for place in range(at + 1, len(rows)) if rows[place][0] <= level), len(rows))
        made.append(Bookmark(title, target, _tree(rows[at + 1 : end])))
        at = end
    return tuple(made)


def _spots(pages: Sequence[Page]) -> Iterator[Spot]:
    targets = {
        heading.bookmark: Target(place, heading.top) for place, page in enumerate(pages) for heading in page.headings
    }
    for place, page in enumerate(pages):
        for link in page.links:
            if link.bookmark in targets:
                yield Spot(place, link.box, targets[link.bookmark])
