"""Renders exported files with LibreOffice and reads the pages back, for the tests that compare layouts."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.waiting import PATIENCE

MISSING = [tool for tool in ("soffice", "pdftotext", "fc-list") if shutil.which(tool) is None]
FONTS = ("Noto Serif CJK SC", "Liberation Serif")


_WITH_EMPTY_PAGES = ':writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'


def _missing_fonts() -> list[str]:
    if MISSING:
        return []
    known = subprocess.run(["fc-list"], capture_output=True, text=True, check=True).stdout
    return [font for font in FONTS if font not in known]


needs_libreoffice = pytest.mark.skipif(
    bool(MISSING or _missing_fonts()), reason=f"not installed: {', '.join(MISSING + _missing_fonts())}"
)
"""For a test that has LibreOffice lay a file out with the tests' own fonts."""


def convert(files: Sequence[Path], folder: Path, suffix: str) -> list[Path]:
    """Each file in another format, all by one call of LibreOffice; a PDF with the empty pages before right-hand ones."""
    profile = (folder / "profile").as_uri()
    filtered = suffix + _WITH_EMPTY_PAGES if suffix == "pdf" else suffix
    command = ["soffice", "--headless", f"-env:UserInstallation={profile}", "--convert-to", filtered, "--outdir"]
    subprocess.run([*command, str(folder), *map(str, files)], check=True, capture_output=True, timeout=4 * PATIENCE)
    return [folder / f"{file.stem}.{suffix}" for file in files]


def pdf_pages(file: Path) -> list[list[str]]:
    """The lines of each page, white space taken out."""
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True)
    return [
        [squeezed(line) for line in page.split("\n") if squeezed(line)]
        for page in done.stdout.decode().split("\f")[:-1]
    ]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
