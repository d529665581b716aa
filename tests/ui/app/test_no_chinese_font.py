"""A machine without Chinese fonts: nothing breaks, one line says why in a language that can be read, no PDF of boxes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import CHECKOUT
from tests.waiting import PATIENCE

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("fc-list") is None, reason="fontconfig is what hides the fonts"
)

_WINDOW = """
import json, sys
from pathlib import Path
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from ui.features.imports.imports_controller import ImportsController
from ui.app.application import make_window
from ui.widgets import printing
from ui.widgets import questions

app = QApplication([])
home = Path(sys.argv[1])
window = make_window(home)
window.show()
def wait(ready):
    while not ready():
        app.processEvents()
wait(lambda: window.store is not None)
said = {"start": window.start_page._notice.text()}
window.reader.read(Path("resources/sample/sample.txt"), lambda found: window.take_draft(found.draft))
wait(lambda: window.editor is not None)
questions.ask_about_errors = lambda *_asked: questions.ANYWAY
for step in range(1, 7):
    window.editor.show_step(step)
    app.processEvents()
    window.grab()
way_out = window.editor.export_step().out
way_out.export_to(home / "a.pdf")
wait(lambda: not way_out._running)
said["pdf"] = way_out.result.text()
way_out.export_to(home / "a.docx")
wait(lambda: not way_out._running)
said["files"] = sorted(path.suffix for path in home.glob("a.*"))
ended = []
printer = QPrinter()
printer.setOutputFileName(str(home / "printed.pdf"))
job = printing.PrintJob((), printer, window.editor.session.template.font_scheme("gb"), window)
job.ended.connect(ended.append)
job.start()
said["print"] = ended
print(json.dumps(said))
window.close()
"""


def _latin_font() -> Path | None:
    """A font file that has no Chinese."""
    wanted = ("fc-list", ":lang=en", "file", "lang")
    listed = subprocess.run(wanted, capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        name, _, languages = line.partition(":")
        spoken = languages.rpartition("=")[2].split("|")
        if not any(language.startswith(("zh", "ja", "ko")) for language in spoken) and name.endswith(".ttf"):
            return Path(name)
    return None


@pytest.mark.parametrize("latin", [True, False], ids=["a Latin font alone", "no font at all"])
def test_the_window_says_in_two_languages_what_is_missing_and_a_pdf_is_refused(latin: bool, tmp_path: Path) -> None:
    """A process of its own, two seconds: fonts are read once."""
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    if latin:
        font = _latin_font()
        if font is None:
            pytest.skip("no font without Chinese on this machine")
        shutil.copy(font, fonts)
    settings = tmp_path / "fonts.conf"
    settings.write_text(f"<fontconfig><dir>{fonts}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>")
    environment = {**os.environ, "FONTCONFIG_FILE": str(settings), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _WINDOW, str(tmp_path / "home")]
    done = subprocess.run(
        command, env=environment, cwd=CHECKOUT, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    for where in ("start", "pdf"):
        assert "没有中文字体" in said[where]
        assert "No Chinese font is installed" in said[where]
    assert said["files"] == [".docx"]
    (why,) = said["print"]
    assert "No Chinese font is installed" in why
