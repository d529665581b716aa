"""Which corrections are offered: those that make their own problem go away, bring no other and leave alone what they must."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from models.checks.protected import keeps_protected
from models.checks.registry import Edit, Finding, Fix, Found
from models.document.tree import Indicator

Part = str | Indicator
"""What was looked at: a text, or an indicator row with its texts."""

Mark = tuple[str, str, str]
"""A finding's rule, path and excerpt."""


def sound(
    found: tuple[Found, ...], length: int, part: Part, after: Callable[[str, Fix], Iterable[Found]]
) -> tuple[Found, ...]:
    """Takes back corrections that would leave their own problem standing or bring a new one in the same place. One that
    would change a document number, a quotation or a registered name is only a choice.

    `after`: what is found, one by one, once the rule's correction is made. `length`: characters that each correction is
    tried out in; corrections beyond what can be tried wait for the next time.
    """
    before = Counter(_mark(item) for item in found)
    places = {(item.rule, item.finding.path) for item in found}
    left_to_try = max(5, min(100, 300_000 // (length + 1)))
    tried: dict[tuple[Mark, tuple[Edit, ...]], bool] = {}

    def is_sound(item: Found, fix: Fix) -> bool:
        nonlocal left_to_try
        if any(edit.operation != "replace" for edit in fix.edits):
            return True
        attempt = _mark(item), fix.edits  # whichever of a word's repetitions is taken out, the same text is left
        if attempt not in tried:
            left_to_try -= 1
            tried[attempt] = left_to_try >= 0 and clears(item, fix)
        return tried[attempt]

    def clears(item: Found, fix: Fix) -> bool:
        mark = _mark(item)
        standing = before[mark]
        for other in after(item.rule, fix):
            standing -= _mark(other) == mark
            if not standing or (other.rule, other.finding.path) not in places:
                return False
        return True

    checked = []
    for item in found:
        finding = item.finding
        if finding.fix or finding.choices:
            fix = finding.fix if finding.fix and is_sound(item, finding.fix) else None
            choices = tuple(choice for choice in finding.choices if is_sound(item, choice))
            finding = replace(finding, fix=fix, choices=choices)
            item = item._replace(finding=_only_chosen(finding, part))
        checked.append(item)
    return tuple(checked)


def _only_chosen(finding: Finding, part: Part) -> Finding:
    """A correction of words that are to stay as they were typed is the clerk's to choose."""
    fix = finding.fix
    if fix is None or all(keeps_protected(*_texts(part, edit.path, edit.value)) for edit in fix.edits):
        return finding
    return replace(finding, fix=None, choices=(fix, *finding.choices))


def _texts(part: Part, path: str, value: object) -> tuple[str, str]:
    """The text before and after an edit; nothing where another kind of value is replaced."""
    before = part if isinstance(part, str) else getattr(part, path, None)
    return (before, value) if isinstance(before, str) and isinstance(value, str) else ("", "")


def row_after(row: Indicator, fix: Fix) -> Indicator:
    """The row with a correction whose paths count from it."""
    for edit in fix.edits:
        row = edit.value if not edit.path else replace(row, **{edit.path: edit.value})
    return row


def _mark(found: Found) -> Mark:
    return found.rule, found.finding.path, found.finding.excerpt
