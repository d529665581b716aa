"""The same draft gives the same file, to the byte: on another day, and on the other system."""

import io
import sys
import zipfile

import pytest

from exporters.build import build
from exporters.excel import write_excel
from exporters.fill_in_writer import fill_in_bytes
from exporters.package_writer import write_jxmb
from exporters.word import write_word
from models.checks.example import EXAMPLE
from models.document.template import load_template
from models.document.tree import Draft


def files() -> dict[str, bytes]:
    """One of every kind that is a zip."""
    template, draft = load_template(), Draft(EXAMPLE)
    blocks = build(EXAMPLE, template)
    return {
        "word": write_word(blocks, template),
        "excel": write_excel(EXAMPLE, blocks, template),
        "fill-in": fill_in_bytes(draft),
        "package": write_jxmb(draft),
    }


def test_every_entry_has_the_one_date_and_the_one_system() -> None:
    for kind, data in files().items():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.infolist(), kind
            told = {(entry.date_time, entry.create_system, entry.external_attr) for entry in archive.infolist()}
        assert told == {((1980, 1, 1, 0, 0, 0), 3, 0o600 << 16)}, kind


def test_the_other_system_writes_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the standard library writes into a zip by itself follows from this name alone."""
    here = files()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(sys, "platform", "linux" if sys.platform == "win32" else "win32")
        assert zipfile.ZipInfo("a").create_system == (3 if sys.platform == "linux" else 0)
        there = files()
    assert there == here
