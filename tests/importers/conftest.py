"""Reading a file made by hand as the program does."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from importers.import_files import Imported, read_file
from tests.importers.variants import Read
from tests.importers.word_files import docx


@pytest.fixture(scope="session", autouse=True)
def _nothing_goes_on_reading() -> Iterator[None]:
    yield
    bounded = sys.modules.get("tests.importers.bounded")
    if bounded is not None:  # it needs what Windows lacks, and most tests do without it
        bounded.end()


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a file of these children of the body, as the program does."""

    def one(*body: str, **companions: str) -> Imported:
        path = tmp_path / "文本.docx"
        path.write_bytes(docx(*body, **companions))
        return read_file(path)

    return one
