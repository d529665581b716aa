"""The pages by keyboard alone: the preview open while one types, then the PDF with what was typed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from importers.import_files import read_file
from tests import words
from tests.e2e.desktop import Desktop, desktop, needs_display
from tests.e2e.test_main_job import SENTENCE, SOURCE, export, import_file, write_a_sentence
from tests.waiting import until


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    pictures = Path(os.environ.get("GOALFORM_PICTURES", tmp_path))
    pictures.mkdir(parents=True, exist_ok=True)
    with desktop(pictures) as shown:
        shown.put_on_keys(SENTENCE)
        yield shown
        shown.picture("last")


# More than a second: a window, a window manager and a keyboard at a person's pace.
@needs_display
@pytest.mark.e2e
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_preview_leaves_the_keyboard_to_the_form_and_the_pdf_holds_what_was_typed(
    screen: Desktop, tmp_path: Path
) -> None:
    screen.start(tmp_path / "数据")
    import_file(screen, SOURCE)
    screen.keys("F9")
    write_a_sentence(screen)
    screen.keys("ctrl+plus", "ctrl+minus", "ctrl+0")
    screen.picture("preview")
    target = tmp_path / "export.pdf"
    export(screen, "ctrl+shift+p", "导出 PDF", target)
    shown = until(lambda: text_of(target), "the text of the PDF")
    goal = SENTENCE + read_file(SOURCE).draft.document.overall_goal.split("\n")[0]
    assert words.bare(goal) in shown


def text_of(file: Path) -> str:
    done = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=False)
    return words.bare(done.stdout.decode())
