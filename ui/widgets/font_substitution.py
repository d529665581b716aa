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


def substitution_note(pairs: Sequence[tuple[str, str]]) -> str:
    """The same in a few words: the font itself where it is one, else how many; "" where none is missing."""
    if len(pairs) == 1:
        ((wanted, used),) = pairs
        return f"本机没有{wanted}，用{used}代替（见第 ⑥ 步）"
    return f"本机缺 {len(pairs)} 种字体，已代用（见第 ⑥ 步）" if pairs else ""
