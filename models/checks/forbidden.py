"""The rule on a unit's own forbidden words."""

from collections.abc import Iterator

from models.checks import texts
from models.checks.registry import Context, Finding, Severity, text_rule


@text_rule("forbidden-word", Severity.WARN, texts.ALL, source="本单位的禁用词表", wrong={}, right={})
def forbidden_word(text: str, _field: str, context: Context) -> Iterator[Finding]:
    """Each word of the user's own list, at its first place."""
    for word in context.forbidden:
        if word and word in text:
            yield Finding("", word, f"「{word}」在本单位的禁用词表中，请换一种说法。")
