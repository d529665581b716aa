"""Apache PDFBox Preflight, an open validator of PDF/A-1b, where this machine has it (Debian: libpdfbox2-java and Java)."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.waiting import PATIENCE

_FOLDER = Path("/usr/share/java")
_NEEDED = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api")
_MISSING = [name for name in _NEEDED if not (_FOLDER / f"{name}.jar").exists()]
_MISSING += [] if shutil.which("java") else ["java"]

needs_preflight = pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}")


def faults(file: Path) -> list[str]:
    """What the validator finds wrong; nothing for a file that is PDF/A-1b."""
    classes = ":".join(str(_FOLDER / f"{name}.jar") for name in _NEEDED)
    command = ["java", "-cp", classes, "org.apache.pdfbox.preflight.Validator_A1b", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=4 * PATIENCE)
    told = [line for line in done.stdout.splitlines() if line.strip()]
    assert told, done.stderr
    return [] if told[0].endswith("is a valid PDF/A-1b file") else told
