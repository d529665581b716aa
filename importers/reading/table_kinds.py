"""What a table is: the form's own, another form, a list of indicators, a table of another kind, or none of these."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache

from importers.form_tables import known_tiers
from importers.reading.headers import Header, Headers
from importers.reading.indicator_rows import SIGN_FIELDS
from importers.reading.own_labels import OwnLabels, in_use
from importers.reading.reading_labels import LONGEST, Label, Vocabulary, load_vocabulary
from importers.reading.sheet import Sheet
from importers.report import shortened
from importers.table_grid import label_key, squeeze
from models.document.blocks import Block, Paragraph, Table
from models.document.template import Template, load_template

SEARCHED_ROWS = 60
"""Written rows of a sheet among which labels and headers are looked for."""
_TITLE_ROWS = 4
_SHARED = ("项目编码", "项目名称", "绩效目标", "其他资金", "预算数", "其中：财政资金")
"""Labels of the form that stand on any other form as well."""

_MEASURES = ("tier1", "tier2", "name", "name_or_description", "value", "unit")


class TableKind(Enum):
    OWN = "own"
    FORM = "form"
    LIST = "list"
    NONE = "none"


@dataclass(slots=True)
class Evidence:
    """What speaks for what: `own`: labels only the form itself has; `other`: labels only other forms have; `label_rows`: rows
    that begin with a label."""

    own: int = 0
    other: int = 0
    label_rows: int = 0
    header: bool = field(default=False)


class Kinds:
    """Tells tables apart by their labels."""

    def __init__(self, template: Template) -> None:
        self.headers = load_headers(template.id)
        self._vocabulary = self.headers.vocabulary
        self._own = {label_key(cell.label) for row in template.project_rows for cell in row if cell.label}
        self._only_own = self._own - set(map(label_key, _SHARED))
        self._columns = {label_key(column.label) for column in template.indicator_columns}

    def evidence(self, rows: Iterable[Sequence[str]]) -> Evidence:
        """What the first rows of a table say, each as its written words."""
        found = Evidence()
        for words in rows:
            if words:
                self._look_at(words, found)
                if found.own or found.header:
                    break
        return found

    def _look_at(self, words: Sequence[str], found: Evidence) -> None:
        keys = [label_key(word) if len(word) <= 60 else "" for word in words]
        if sum(key in self._columns for key in keys) >= 3:
            found.header = True
            found.other += self._heads_a_group(words) or any(map(self._is_foreign, words))
            return
        found.own += len(self._only_own.intersection(keys))
        if found.own:
            return
        labels = [(key, self._label(word)) for key, word in zip(keys, words, strict=True)]
        if (
            sum(
                label is not None and "." not in label.field and label.field not in ("group", "")
                for _key, label in labels
            )
            >= 3
        ):
            found.header = True
            found.other += 1
            return
        first = labels[0][1]
        if len(words) < 2 or first is None or ("." not in first.field and not first.group):
            return
        found.label_rows += 1
        found.other += sum(label is not None and "." in label.field and key not in self._own for key, label in labels)

    def _label(self, word: str) -> Label | None:
        """What a cell's label says, be its value in the same cell."""
        head, colon, _value = word[:LONGEST].replace(":", "：").partition("：")
        return self._vocabulary.label(word) or (self._vocabulary.label(head) if colon else None)

    def _heads_a_group(self, words: Sequence[str]) -> bool:
        """Whether a header has a cell in front that heads the indicators."""
        first = self._vocabulary.label(words[0])
        return first is not None and first.group

    def _is_foreign(self, word: str) -> bool:
        """Whether a header is one the form's own table has not."""
        label = self._vocabulary.label(word)
        if label is None or label_key(word) in self._columns:
            return False
        return "." in label.field or bool(label.scope) or label.field in (*SIGN_FIELDS, *_MEASURES)

    def of_sheet(self, sheet: Sheet) -> tuple[TableKind, Header | None]:
        """The kind of a sheet, and the header of a list."""
        numbers = sorted(sheet.rows)[:SEARCHED_ROWS]
        titles = (
            text for row in numbers[:_TITLE_ROWS] for text in sheet.rows[row].values() if len(sheet.rows[row]) == 1
        )
        if any(map(self._vocabulary.other_table, titles)):
            return TableKind.NONE, None
        found = self.evidence([sheet.rows[row][column] for column in sorted(sheet.rows[row])] for row in numbers)
        header = self.headers.find(sheet)
        if header is not None and header.has_projects:
            return TableKind.LIST, header
        if found.own:
            return TableKind.OWN, header
        if self.is_form(found):
            return TableKind.FORM, None
        return (TableKind.LIST, header) if header is not None else (TableKind.NONE, None)

    @staticmethod
    def is_form(found: Evidence) -> bool:
        """Whether this speaks for a form of another place."""
        return not found.own and found.other > 0 and (found.label_rows > 1 or (found.header and found.label_rows > 0))


def title_in(table: Table) -> str:
    """The words of a table's first row where it holds nothing else."""
    words = [cell.text for cell in table.rows[0].cells if cell.text.strip()] if table.rows else []
    return words[0] if len(words) == 1 else ""


def other_tables(blocks: Iterable[Block], vocabulary: Vocabulary) -> Iterator[tuple[Table, str]]:
    """The tables among the blocks that are none of goals, each with what it is called."""
    title = ""
    for block in blocks:
        if isinstance(block, Paragraph):
            title = block.text if block.text.strip() else title
        elif isinstance(block, Table):
            text = next((text for text in (title_in(block), title) if vocabulary.other_table(text)), "")
            if text:
                yield block, f"{vocabulary.other_table(text)}（「{shortened(squeeze(text))}」）"


def load_headers(template_id: str) -> Headers:
    """The headers of lists and forms, with the tiers and checkpoints of that form, and the user's own words."""
    return _headers(template_id, in_use())


@lru_cache(maxsize=8)
def _headers(template_id: str, own: OwnLabels) -> Headers:
    template = load_template(template_id)
    vocabulary = load_vocabulary(template.checkpoints.labels)
    if own:
        vocabulary = replace(vocabulary, fields={**vocabulary.fields, **dict(own)}, _known={})
    return Headers(vocabulary, frozenset(known_tiers(template)))
