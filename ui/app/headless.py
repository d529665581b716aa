"""For a machine without a display: the built-in sample is exported instead of a window shown. Free of Qt."""

import os
import sys
from pathlib import Path

from resources import ROOT

SAMPLE = ROOT / "sample" / "sample.txt"


def has_display() -> bool:
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


def export_sample(folder: Path = Path("out")) -> str:
    """Writes the sample's files; the sentence that says so."""
    # The window asks this module for its display, and shall not wait for these.
    from exporters.export_files import write_file
    from importers.import_files import read_file

    folder.mkdir(exist_ok=True)
    targets = [folder / f"示例{suffix}" for suffix in (".docx", ".xlsx")]
    for target in targets:
        write_file(read_file(SAMPLE).draft, target)
    return f"没有图形显示，窗口无法打开；已改为导出内置示例：{'、'.join(map(str, targets))}"
