"""What the bundle holds: which parts of Qt and Python stay out, and which libraries those that are in need."""

import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import PurePath

Entry = tuple[str, str, str]
"""Place in the bundle, file it is copied from, kind: a row of PyInstaller's lists."""

EXCLUDED_MODULES = (
    # optional to what we use
    "tkinter", "pytest", "hypothesis", "mypy", "IPython", "numpy", "PIL", "unittest", "doctest", "pydoc", "readline",
    # the program has no network code; hashlib does without OpenSSL
    "ssl", "_ssl", "_hashlib", "asyncio",
    # other programs are spoken to by pipes alone; decimal numbers are reckoned in C
    "xmlrpc", "_pydecimal",
    # no time zone but the machine's own is ever asked for
    "tzdata",
    # Qt parts nobody imports: PyInstaller adds them for Qt's own sake, and Qt does without
    "PySide6.QtNetwork", "PySide6.QtDBus",
    # of lxml the tree alone is used
    "lxml.html", "lxml.objectify", "lxml.sax", "lxml.isoschematron", "lxml.cssselect", "lxml.doctestcompare",
)  # fmt: skip

# Qt opens these by name when it wants them, so that no library asks for them: the folder below plugins/, and what of it.
_PLUGINS = {
    "platforms": ("qxcb", "qwayland-generic", "qoffscreen", "qwindows"),
    "platforminputcontexts": None,
    "platformthemes": ("qxdgdesktopportal",),  # GTK's would load the desktop's GTK on top of the glib in the folder
    "printsupport": None,
    "imageformats": ("qico", "qsvg"),  # pictures of ours are PNG, which needs none
    "iconengines": None,
    "wayland-decoration-client": ("bradient",),
    "wayland-shell-integration": ("xdg-shell",),
}
"""None: all of that folder. A folder that is not named stays out: OpenGL, network, evdev, frame buffers, styles beside Fusion."""

_SYSTEM_S_OWN = ("libcups.so",)
"""Libraries that must fit the services of the system they run on; their plugin stays silent where there is none."""

_UNPACKED_TEMPLATE = "default-docx-template"
"""The template of python-docx once more, as a folder of its parts, which nothing reads."""

_LOADERS = (
    "libEGL.so.1", "libGL.so.1", "libGLX.so.0", "libGLdispatch.so.0",
    "libxcb.so.1", "libwayland-client.so.0", "libwayland-cursor.so.0",
)  # fmt: skip
"""Qt is linked against these, so it does not start without. PyInstaller counts on the system to have them; a bare one has
not. The GL ones are the vendor-neutral doors, a few kB, and nothing here goes through them."""


def is_wanted(place: str) -> bool:
    """Whether a file with this place in the bundle is of use to the program."""
    path = PurePath(place)
    if path.suffix == ".qm":
        return "zh_CN" in path.stem  # the program speaks Chinese only
    if "plugins" in path.parts:
        folder, name = path.parts[-2], path.name
        kept = _PLUGINS.get(folder, ())
        return kept is None or any(name.startswith((f"lib{plugin}.", f"{plugin}.")) for plugin in kept)
    return not path.name.startswith(_SYSTEM_S_OWN) and _UNPACKED_TEMPLATE not in path.parts


def left_out_by_pyinstaller() -> list[Entry]:
    """The libraries a bare Linux lacks and PyInstaller does not copy."""
    if not sys.platform.startswith("linux"):
        return []
    listed = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    found: dict[str, str] = {}
    for line in listed.splitlines():
        name, _, path = line.strip().partition(" => ")
        if "x86-64" in name:
            found.setdefault(name.split(" ")[0], path)
    return [(name, found[name], "BINARY") for name in _LOADERS]


def needed(entries: list[Entry], asked_for: Callable[[str], Iterable[str]]) -> list[Entry]:
    """The entries without the libraries nothing asks for any more, now that some plugins and modules are out.

    `asked_for`: the names of the libraries a file is linked against. Windows tells no capitals in them.
    """
    by_name = {_key(entry[0]): entry for entry in entries if entry[2] != "SYMLINK"}
    left = [name for name, entry in by_name.items() if not _is_helper(entry)]
    seen = set(left)
    while left:
        for name in map(_key, asked_for(by_name[left.pop()][1])):
            if name in by_name and name not in seen:
                seen.add(name)
                left.append(name)
    return [entry for entry in entries if _key(target(entry) or entry[0]) in seen]


def _key(place: str) -> str:
    name = PurePath(place).name
    return name.lower() if name.lower().endswith((".dll", ".pyd", ".exe")) else name


def target(entry: Entry) -> str:
    """Where a link of the bundle leads, as a place in the bundle; for a file its own place."""
    place, source, kind = entry
    return str(PurePath(place).parent / source) if kind == "SYMLINK" else place


def _is_helper(entry: Entry) -> bool:
    """Whether it is there for another library's sake, and not loaded by name as plugins, modules and Python are."""
    path = PurePath(entry[0])
    is_library = ".so" in path.name or path.suffix.lower() == ".dll"
    is_loaded_by_name = "plugins" in path.parts or entry[2] != "BINARY"
    return is_library and not is_loaded_by_name and not path.name.startswith(("libpython", "python3"))


def asked_for(file: str) -> list[str]:
    """The libraries a file is linked against, on Linux."""
    told = subprocess.run(["objdump", "-p", file], capture_output=True, text=True, check=True).stdout
    return [line.split()[1] for line in told.splitlines() if line.startswith("  NEEDED")]
