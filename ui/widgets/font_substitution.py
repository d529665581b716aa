"""Says which fonts of the form this machine lacks, and what is shown in their place."""

from collections.abc import Sequence


def substitution_message(pairs: Sequence[tuple[str, str]]) -> str:
    """One sentence on (the font named, the one that stands in for it); "" where none is missing."""
    if not pairs:
        return ""
    missing: dict[str, list[str]] = {}
    for wanted, used in pairs:
        missing.setdefault(used, []).append(wanted)
    listed = "；".join(f"{'、'.join(wanted)} 用 {used}" for used, wanted in missing.items())
    return f"本机没有下列字体，预览、打印和 PDF 用别的代替：{listed}。导出的 Word 仍写明原字体。"
