"""Reading a file made by hand as the program does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from importers.import_files import Imported, read_file
from tests.importers import bounded
from tests.importers.variants import Read
from tests.importers.word_files import docx


@pytest.fixture(scope="session", autouse=True)
def _nothing_goes_on_reading() -> Iterator[None]:
    yield
    bounded.end()


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a file of these children of the body, as the program does."""

    def one(*body: str, **companions: str) -> Imported:
        path = tmp_path / "文本.docx"
        path.write_bytes(docx(*body, **companions))
        return read_file(path)

    return one
