"""Pages of a large text, and how the work grows with ten times as many projects."""

from exporters.build import build
from exporters.export_files import file_bytes
from exporters.paginate import paginate
from models.document.template import load_template
from models.document.tree import Settings
from tests.benchmarks.large import FEW, MANY, large_draft
from tests.benchmarks.measure import in_turn, show

TEMPLATE = load_template()


def pagination() -> None:
    """200 × 20: blocks to placed lines, against building the blocks."""
    document = large_draft().document
    blocks = build(document, TEMPLATE, Settings())
    timing, floor = in_turn(lambda: paginate(blocks, TEMPLATE), lambda: build(document, TEMPLATE, Settings()))
    show(f"pages, 200 projects × 20 ({len(paginate(blocks, TEMPLATE))} pages)", timing, "its blocks", floor, "500 ms")


def ten_times() -> None:
    """Ten times as many projects: Word with the contents' page numbers, and the pages alone."""
    few, many = large_draft(FEW), large_draft(MANY)
    timing, floor = in_turn(lambda: file_bytes(many, ".docx"), lambda: file_bytes(few, ".docx"))
    show(f"Word with contents, {MANY} projects × 20", timing, f"{FEW} projects × 20", floor, "≤ 11")
    blocks = [build(draft.document, TEMPLATE, Settings()) for draft in (many, few)]
    timing, floor = in_turn(*(lambda given=given: paginate(given, TEMPLATE) for given in blocks))
    show(f"pages, {MANY} projects × 20", timing, f"{FEW} projects × 20", floor, "≤ 11")
