"""Thousands of damaged files: each is read and written again, or refused in one Chinese sentence that names it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from exporters.export_files import file_bytes
from importers.import_files import read_file
from models.errors import UserError, trace_of
from tests.importers.mutations import SUFFIXES, mutated, seeds
from ui.shell.returned_comments import with_remarks

TARGETS = (".docx", ".xlsx", ".txt", ".json", ".jxmb")
SLICE, SOAK = 43, 2_500
"""Files of each kind."""


def faults(folder: Path, suffix: str, numbers: range) -> Iterator[str]:
    """What went otherwise, with the file's number."""
    path = folder / f"损坏的文件{suffix}"
    for number in numbers:
        path.write_bytes(mutated(suffix, number))
        try:
            file_bytes(with_remarks(read_file(path)).draft, TARGETS[number % len(TARGETS)])
        except UserError as error:
            if path.name not in str(error) or not re.search("[\u4e00-\u9fff].*。$", str(error), re.DOTALL):
                yield f"{number}: {error}"
        except Exception as error:  # what no reader foresaw
            yield f"{number}: {error!r:.200}\n{trace_of(error)}"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_damaged_file_is_read_or_refused_in_a_sentence(suffix: str, tmp_path: Path) -> None:
    assert list(faults(tmp_path, suffix, range(SLICE))) == []


@pytest.mark.soak
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_many_damaged_files_are_read_or_refused_in_a_sentence(suffix: str, tmp_path: Path) -> None:
    assert list(faults(tmp_path, suffix, range(SLICE, SOAK))) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_files_that_are_damaged_were_sound(suffix: str, tmp_path: Path) -> None:
    for data in seeds()[suffix]:
        path = tmp_path / f"完好的文件{suffix}"
        path.write_bytes(data)
        assert read_file(path).draft.document.projects
