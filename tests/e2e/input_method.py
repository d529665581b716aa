"""Pinyin as clerks type it: ibus with the engine libpinyin on a display, with nothing learnt and nothing kept."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.waiting import until

_PANEL, _SETTINGS = Path("/usr/libexec/ibus-ui-gtk3"), Path("/usr/libexec/ibus-memconf")
_ENGINE, _ENGINE_S_FILE = "libpinyin", Path("/usr/share/ibus/component/libpinyin.xml")
CANDIDATES = "ibus-ui-gtk3"
"""The class of the window in which the words to choose from stand."""

needs_pinyin = pytest.mark.skipif(
    shutil.which("ibus-daemon") is None or not all(file.exists() for file in (_PANEL, _SETTINGS, _ENGINE_S_FILE)),
    reason="ibus or ibus-libpinyin is not installed",
)


_CHOICE = f"[desktop/ibus/general]\npreload-engines=['{_ENGINE}']\n"


def folders(below: Path) -> dict[str, str]:
    """Where the input method keeps things, in the environment of all that takes part; the engine is chosen there."""
    settings = below / "config" / "glib-2.0" / "settings" / "keyfile"
    settings.parent.mkdir(parents=True)
    settings.write_text(_CHOICE)
    names = {"XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data"}
    return {name: str(below / folder) for name, folder in names.items()} | {"GSETTINGS_BACKEND": "keyfile"}


@contextmanager
def pinyin(environment: dict[str, str]) -> Iterator[None]:
    """To be there before the program, which looks for it only when it starts."""
    command = [
        "ibus-daemon",
        f"--panel={_PANEL}",
        f"--config={_SETTINGS}",
        "--cache=refresh",
        "--emoji-extension=disable",
    ]
    daemon = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def chosen() -> bool:
        asked = subprocess.run(["ibus", "engine"], env=environment, capture_output=True, check=False, timeout=30)
        return asked.stdout.decode().strip() == _ENGINE

    try:
        until(chosen, f"the engine {_ENGINE}")
        yield
    finally:
        daemon.terminate()
        daemon.wait()
