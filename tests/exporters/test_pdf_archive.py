"""The PDF lasts: its properties twice and alike, dates that can be pinned, PDF/A-1b where a validator agrees."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QPainter, QPdfWriter

from exporters.export_files import draft_pages, file_bytes, write_file
from exporters.made import PINNED, Properties, made_now
from exporters.pdf import PagePainter
from exporters.pdf_archive import colour_profile, glyph_set, pdf_date, xmp
from exporters.placed_pages import Page
from importers.import_files import read_file
from models.document.tree import Draft, GoalDocument, Settings
from tests.exporters.preflight import faults, needs_preflight
from tests.exporters.samples import TEMPLATE, document
from tests.shared import SEEDS, TEXTS

NOTO = Settings(font_scheme="noto")
CLAIM = b"<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
UNKNOWN = "没有字形的\ue000"


def test_the_file_says_who_made_what_and_when_in_both_places() -> None:
    data = file_bytes(Draft(document(1), NOTO), ".pdf")
    packet = data[data.index(b"<?xpacket begin") : data.index(b"<?xpacket end")].decode()
    assert '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">2025年部门预算绩效文本</rdf:li>' in packet
    assert "<dc:creator><rdf:Seq><rdf:li>青松县农技推广站</rdf:li>" in packet
    assert "<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li>" in packet
    assert "<xmp:CreateDate>2025-12-01T00:00:00+00:00</xmp:CreateDate>" in packet
    assert b"/CreationDate (D:20251201000000+00'00') /ModDate (D:20251201000000+00'00')" in data
    title = re.search(rb"/Title <FEFF(\w+)> /Author", data)
    assert title is not None
    assert bytes.fromhex(title[1].decode()).decode("utf-16-be") == "2025年部门预算绩效文本"


def test_what_a_name_holds_is_no_markup() -> None:
    assert "&lt;b&gt;&amp;站" in xmp(Properties(author="<b>&站"), for_archive=True).decode()


@needs_preflight
def test_a_validator_agrees_that_the_file_is_one_to_keep(tmp_path: Path) -> None:
    for source in (*TEXTS, *SEEDS):
        file = tmp_path / f"{source.stem}.pdf"
        write_file(replace(read_file(source).draft, settings=NOTO), file)
        assert faults(file) == [], source.stem
        assert CLAIM in file.read_bytes()


@needs_preflight
def test_where_a_character_has_no_picture_the_file_claims_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    write_file(Draft(GoalDocument(overall_goal=UNKNOWN), NOTO), file)
    assert faults(file) != []
    assert CLAIM not in file.read_bytes()


def as_qt_writes(pages: Sequence[Page]) -> bytes:
    """The same pages as Qt leaves them: no bookmarks, no links, no properties, glyphs named as they come."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    painter = QPainter(writer)
    pen = PagePainter(TEMPLATE.font_scheme("noto"))
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
        pen.paint(painter, page)
    painter.end()
    return bytes(buffer.data().data())


@pytest.mark.parametrize("projects", [1, 30])
def test_what_lasts_makes_a_file_little_larger(qapp: QGuiApplication, projects: int) -> None:
    draft = Draft(document(projects), NOTO)
    assert len(file_bytes(draft, ".pdf")) <= 1.3 * len(as_qt_writes(draft_pages(draft)))


def test_a_file_is_dated_now_unless_that_is_pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PINNED, "86400")
    assert made_now() == datetime(1970, 1, 2, tzinfo=UTC)
    monkeypatch.delenv(PINNED)
    before = datetime.now(UTC).replace(microsecond=0)
    assert before <= made_now() <= datetime.now(UTC)


def test_a_date_has_its_zone() -> None:
    assert pdf_date(datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=8)))) == "D:20260102030405+08'00'"


def test_the_profile_is_one_of_version_2_for_screens_and_says_its_own_length() -> None:
    profile = colour_profile()
    assert (profile[8], profile[12:20], profile[36:40]) == (2, b"mntrRGB ", b"acsp")
    assert int.from_bytes(profile[:4], "big") == len(profile)


@pytest.mark.parametrize(("count", "bits"), [(1, "80"), (8, "ff"), (9, "ff80"), (15, "fffe")])
def test_every_glyph_of_a_font_is_named_as_held(count: int, bits: str) -> None:
    assert glyph_set(count).hex() == bits
