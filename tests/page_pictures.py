"""`make pages`: the program's PDF beside LibreOffice's rendering of the Word file, page by page, to be looked at."""

import shutil
import subprocess
import sys
from pathlib import Path

from exporters.export_files import SUFFIXES, write_file
from importers.import_files import read_file
from models.document.tree import Draft, Settings
from tests.exporters.libreoffice import convert
from tests.shared import CHECKOUT, TEXTS

FOLDER = CHECKOUT / "dist" / "pages"
TOOLS = ("soffice", "pdftoppm", "montage")
RESOLUTION = "60"  # dots an inch


def main() -> None:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)} (Debian: libreoffice-writer, poppler-utils, imagemagick)")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    words = []
    for file in TEXTS:
        draft = Draft(read_file(file).draft.document, Settings(font_scheme="noto"))
        words.append(FOLDER / f"{file.stem}.docx")
        write_file(draft, words[-1])
        if ".pdf" in SUFFIXES:
            write_file(draft, FOLDER / f"{file.stem}-program.pdf")
    for word, rendered in zip(words, convert(words, FOLDER, "pdf"), strict=True):
        ours = FOLDER / f"{word.stem}-program.pdf"
        _beside(word.stem, pictures(ours) if ours.exists() else [], pictures(rendered))
    shutil.rmtree(FOLDER / "profile", ignore_errors=True)
    print(FOLDER)


def pictures(file: Path) -> list[Path]:
    """A picture of each page."""
    subprocess.run(["pdftoppm", "-r", RESOLUTION, "-png", str(file), str(file.with_suffix(""))], check=True)
    return sorted(FOLDER.glob(f"{file.stem}-[0-9]*.png"))


def _beside(name: str, ours: list[Path], theirs: list[Path]) -> None:
    """One picture a text: a row a page, ours left, LibreOffice's right."""
    pairs = [page for row in zip(ours, theirs, strict=False) for page in row] or theirs
    columns = "2x" if ours else "3x"
    target = FOLDER / f"{name}.png"
    subprocess.run(["montage", *map(str, pairs), "-tile", columns, "-geometry", "+6+6", str(target)], check=True)
    for page in (*ours, *theirs):
        page.unlink()


if __name__ == "__main__":
    main()
