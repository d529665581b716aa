"""Painting: a large text as PDF, and the preview after an edit, against laying out and painting everything again."""

from dataclasses import replace
from itertools import count

from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from exporters.build import build
from exporters.export_files import draft_pages, file_bytes
from exporters.page_maker import PageMaker
from exporters.paginate import paginate
from exporters.pdf import PagePainter
from exporters.placed_pages import Page
from models.document.template import load_template
from models.document.tree import GoalDocument
from tests.benchmarks.large import large_draft
from tests.benchmarks.measure import in_turn, show

TEMPLATE = load_template()


def pdf() -> None:
    """200 × 20: draft to bytes, against its pages alone."""
    draft = large_draft()
    timing, floor = in_turn(lambda: file_bytes(draft, ".pdf"), lambda: draft_pages(draft))
    show("PDF, 200 projects × 20", timing, "its pages laid out, nothing painted", floor)


def preview() -> None:
    """200 × 20: after an edit the pages, and two of them painted, against the same from the whole text."""
    _application = QGuiApplication.instance() or QGuiApplication([])
    draft, maker, edits = large_draft(), PageMaker(), count()
    pen = PagePainter(TEMPLATE.font_scheme("noto"))
    maker.pages(draft.document, TEMPLATE, draft.settings)

    def edited() -> GoalDocument:
        projects = list(draft.document.projects)
        projects[99] = replace(projects[99], fund_use=f"用于道路养护，第{next(edits)}次修改。")
        return replace(draft.document, projects=tuple(projects))

    def refreshed() -> None:
        paint(pen, maker.pages(edited(), TEMPLATE, draft.settings)[200:202])

    def afresh() -> None:
        paint(pen, paginate(build(edited(), TEMPLATE, draft.settings), TEMPLATE)[200:202])

    timing, floor = in_turn(refreshed, afresh)
    show("preview after an edit, 200 projects × 20", timing, "all pages again", floor)


def paint(pen: PagePainter, pages: tuple[Page, ...]) -> None:
    """Each on a picture of its own."""
    for page in pages:
        image = QImage(596, 842, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        pen.paint(painter, page)
        painter.end()
