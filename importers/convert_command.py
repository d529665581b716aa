"""`main.py convert`: what goes to the terminal of words and pictures that are not in the target."""

import json
import sys
from pathlib import Path

from importers.import_files import Imported
from importers.report import Kind, shortened

_CARRIES_ALL = (".json", ".jxmb")
"""Targets that hold the draft itself, the words without a place among it."""


def say_rest(found: Imported, source: Path, target: Path, as_json: bool) -> None:
    """One line on the error stream where something found no place or was not read; with `as_json` all of it on the output."""
    unplaced, left_out = found.draft.document.unplaced, found.report.left_out
    if as_json:
        notices = [note.text for note in found.report.of(Kind.HINT)]
        report = {"file": str(source), "unplaced": [*unplaced], "notices": notices}
        print(json.dumps(report, ensure_ascii=False), flush=True)  # noqa: T201
    parts = []
    if unplaced:
        is_kept = target.suffix.lower() in _CARRIES_ALL
        where = f"保留在「{target.name}」的未归位文字里" if is_kept else f"没有写进「{target.name}」"
        parts.append(f"有 {len(unplaced)} 处文字没有归位，{where}：「{shortened(unplaced[0])}」{_more(unplaced)}")
    if left_out:
        parts.append(f"另有 {len(left_out)} 条提示：「{shortened(left_out[0])}」{_more(left_out)}")
    if parts:
        print(f"「{source.name}」{'；'.join(parts).removeprefix('另')}。", file=sys.stderr, flush=True)  # noqa: T201


def _more(words: tuple[str, ...]) -> str:
    return "等" if len(words) > 1 else ""
