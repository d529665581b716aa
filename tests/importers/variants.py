"""What tests of Word files that were changed by hand share: the texts' bodies, child by child, and what reading gives."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from importers.import_files import Imported, read_file
from importers.report import Kind
from models.document.tree import GoalDocument, Indicator, without_ids
from tests.importers.word_files import children
from tests.shared import TEXTS

Read = Callable[..., Imported]


@cache
def twin(number: int) -> GoalDocument:
    return read_file(TEXTS[number]).draft.document


def body(number: int = 1) -> list[str]:
    return children(twin(number))


def assert_reads(read: Imported, expected: GoalDocument, *unplaced: str) -> None:
    """The document field for field, and exactly these words kept aside."""
    assert without_ids(read.draft.document) == without_ids(replace(expected, unplaced=unplaced))


def told(read: Imported, kind: Kind) -> str:
    return "\n".join(note.text for note in read.report.of(kind))


def place_of(words: str, parts: Sequence[str]) -> int:
    return next(place for place, part in enumerate(parts) if words in re.sub("<[^>]*>", "", part))


def rows_of(drawn: str) -> list[str]:
    return re.findall(r"<w:tr>.*?</w:tr>", drawn, re.DOTALL)


def with_rows(document: GoalDocument, change: Callable[[tuple[Indicator, ...]], tuple[Indicator, ...]]) -> GoalDocument:
    """The document with other rows in its first project."""
    first, *others = document.projects
    return replace(document, projects=(replace(first, indicators=change(first.indicators)), *others))


def with_first(document: GoalDocument, **changes: object) -> GoalDocument:
    first, *others = document.projects
    return replace(document, projects=(replace(first, **changes), *others))


FORM, INDICATORS = "项目编码", "一级指标"
"""Words by which a table of the body is found."""
