"""The Debian package on a bare system: installed without network, used on the command line and in the window, removed.

Runs by `make test-deb`, which builds the package and names it in GOALFORM_DEB: it needs root and a Debian mirror.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from importers.import_files import read_file
from models.document.tree import GoalDocument
from tests import words
from tests.e2e.desktop import Desktop, desktop, needs_display
from tests.e2e.test_main_job import SENTENCE, export, import_file, stored, write_a_sentence
from tests.packaging.bare_root import USER, BareRoot
from tests.shared import SEEDS, TEXTS
from tests.waiting import until

PACKAGE = Path(os.environ.get("GOALFORM_DEB", "")).absolute()
NAME = "org.goalform"
SOURCE = (SEEDS or TEXTS)[1]
MIRROR = os.environ.get("GOALFORM_MIRROR", "http://deb.debian.org/debian")
SUITE = os.environ.get("GOALFORM_SUITE", "bookworm")
MEGABYTES = 160
DATA = Path(".local", "share", "goalform")

pytestmark = [
    pytest.mark.skipif("GOALFORM_DEB" not in os.environ, reason="needs a package: make test-deb"),
    pytest.mark.skipif(shutil.which("debootstrap") is None, reason="debootstrap is not installed"),
]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareRoot]:
    """A system that has never seen the program."""
    root = BareRoot(tmp_path_factory.mktemp("root") / SUITE)
    try:
        root.make(SUITE, MIRROR)
    except subprocess.SubprocessError as error:
        pytest.skip(f"no bare Debian can be made here: {error}")
    assert not list(root.folder.glob("usr/bin/python*"))
    assert not list(root.folder.glob("usr/lib/*/libQt*"))
    assert not list(root.folder.glob("usr/lib/*/libxcb*"))
    yield root
    shutil.rmtree(root.folder)


@pytest.fixture
def installed(bare: BareRoot) -> Iterator[BareRoot]:
    """The package on it, by dpkg alone; afterwards the package is gone again."""
    shutil.copy(PACKAGE, bare.folder / "goalform.deb")
    bare.run("dpkg", "--install", "/goalform.deb")
    shutil.copy(SOURCE, bare.home / "去年.txt")
    yield bare
    bare.run("dpkg", "--purge", NAME)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Desktop]:
    pictures = Path(os.environ.get("GOALFORM_PICTURES", tmp_path))
    pictures.mkdir(parents=True, exist_ok=True)
    with desktop(pictures) as shown:
        shown.put_on_keys(SENTENCE)
        yield shown
        shown.picture("deb-last")


# Each of these installs a package of many megabytes: seconds, not milliseconds.
def test_the_command_line_of_the_installed_program_exports_the_words_of_the_source(installed: BareRoot) -> None:
    installed.run_as_user("goalform", "convert", "去年.txt", "今年.docx")
    written = installed.home / "今年.docx"
    assert words.of_word(written.read_bytes()) == words.of_text(SOURCE.read_text(encoding="utf-8"))


def test_every_kind_of_file_is_written_by_the_installed_program(installed: BareRoot) -> None:
    for suffix in (".xlsx", ".pdf", ".txt", ".json", ".jxmb"):
        installed.run_as_user("goalform", "convert", "去年.txt", f"今年{suffix}")
    again = read_file(installed.home / "今年.jxmb").draft.document
    assert again.projects == read_file(SOURCE).draft.document.projects
    source = words.of_text(SOURCE.read_text(encoding="utf-8"))
    assert words.lost_in_excel(source, (installed.home / "今年.xlsx").read_bytes()) == []
    assert (installed.home / "今年.pdf").read_bytes().startswith(b"%PDF")


def test_what_the_installed_program_starts_is_given_the_system_s_own_libraries(installed: BareRoot) -> None:
    office = installed.folder / "usr" / "bin" / "soffice"
    office.write_text("#!/bin/sh\nenv >/tmp/environment\nexit 1\n", encoding="utf-8")
    office.chmod(0o755)
    (installed.home / "old.doc").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504))
    asked = installed.user_command("goalform", "convert", "old.doc", "new.docx")
    assert subprocess.run(asked, capture_output=True, check=False, timeout=120).returncode == 2
    given = (installed.folder / "tmp" / "environment").read_text(encoding="utf-8")
    office.unlink()
    assert f"HOME=/home/{USER}" in given
    assert "LD_LIBRARY_PATH" not in given
    assert "QT_PLUGIN_PATH" not in given


@needs_display
def test_the_window_of_the_installed_program_imports_edits_and_exports_and_removal_keeps_the_draft(
    bare: BareRoot, screen: Desktop
) -> None:
    shutil.copy(PACKAGE, bare.folder / "goalform.deb")
    bare.run("dpkg", "--install", "/goalform.deb")
    shutil.copy(SOURCE, bare.home / "last-year.txt")
    before, home = read_file(SOURCE).draft.document, bare.home / DATA
    screen.start_by(bare.user_command("goalform", display=screen.environment["DISPLAY"]))
    import_file(screen, Path("/home", USER, "last-year.txt"))
    write_a_sentence(screen)
    edited = until(lambda: _edited(home), "the edit in the database")
    assert edited.overall_goal == SENTENCE + before.overall_goal
    assert edited.projects == before.projects
    target = bare.home / "export.docx"
    export(screen, "ctrl+shift+w", "导出 Word", Path("/home", USER, "export.docx"), seen_as=target)
    screen.picture("deb-edited")
    source = words.of_text(SOURCE.read_text(encoding="utf-8"))
    assert _without_sentence(words.of_word(target.read_bytes())) == source
    screen.kill()

    bare.run("dpkg", "--remove", NAME)
    assert left_behind(bare) == []
    bare.run("dpkg", "--purge", NAME)
    assert stored(home) == edited

    bare.run("dpkg", "--install", "/goalform.deb")
    screen.start_by(bare.user_command("goalform", display=screen.environment["DISPLAY"]))
    screen.keys("Return")
    screen.wait_for_window(before.unit.name)
    screen.picture("deb-again")
    assert stored(home) == edited
    screen.kill()
    bare.run("dpkg", "--purge", NAME)


def _edited(home: Path) -> GoalDocument | None:
    found = stored(home)
    return found if found and found.overall_goal.startswith(SENTENCE) else None


def _without_sentence(items: list[words.Item]) -> list[words.Item]:
    """The words as they were before the sentence was typed before them."""
    changed = [item for item in items if SENTENCE in str(item)]
    assert len(changed) == 1
    return [item.replace(SENTENCE, "") if isinstance(item, str) else item for item in items]


def left_behind(root: BareRoot) -> list[str]:
    """Files of the program outside the user's home."""
    everywhere = [path for top in ("etc", "opt", "usr", "var") for path in (root.folder / top).rglob("*goalform*")]
    return sorted(str(path.relative_to(root.folder)) for path in everywhere if "dpkg" not in path.parts)


def test_the_package_needs_nothing_but_the_system_s_c_library_and_is_small_enough(tmp_path: Path) -> None:
    needs = subprocess.run(["dpkg-deb", "-f", str(PACKAGE), "Depends"], capture_output=True, text=True, check=True)
    assert needs.stdout.startswith("libc6 (>= ")
    assert "," not in needs.stdout
    size = subprocess.run(
        ["dpkg-deb", "-f", str(PACKAGE), "Installed-Size"], capture_output=True, text=True, check=True
    )
    assert int(size.stdout) <= MEGABYTES * 1024
    scripts = subprocess.run(["dpkg-deb", "--ctrl-tarfile", str(PACKAGE)], capture_output=True, check=True).stdout
    assert b"postrm" not in scripts


def test_every_library_in_the_package_is_told_of_with_its_licence(tmp_path: Path) -> None:
    subprocess.run(["dpkg-deb", "-x", str(PACKAGE), str(tmp_path)], check=True)
    (notices,) = tmp_path.rglob("components.json")
    told = json.loads(notices.read_text(encoding="utf-8"))
    assert {"Qt", "Python", "lxml", "libxcb", "glib2.0", "zlib"} <= {component["name"] for component in told}
    for component in told:
        for text in component["texts"]:
            assert (notices.parent / "texts" / text).stat().st_size > 200, component
    # The libraries stand by themselves, so that they can be replaced.
    assert len(list(tmp_path.rglob("libQt6Core.so.6"))) == 2  # one is a link


def test_the_menu_entry_the_icons_and_the_file_type_are_what_a_desktop_reads(tmp_path: Path) -> None:
    subprocess.run(["dpkg-deb", "-x", str(PACKAGE), str(tmp_path)], check=True)
    entries = tmp_path / "opt" / "apps" / NAME / "entries"
    entry = entries / "applications" / f"{NAME}.desktop"
    checked = subprocess.run(["desktop-file-validate", str(entry)], capture_output=True, text=True, check=False)
    assert checked.stdout == ""
    assert "Name[zh_CN]=绩效目标填报" in entry.read_text(encoding="utf-8")
    subprocess.run(["update-mime-database", str(entries / "mime")], check=True, capture_output=True)
    assert "application/x-goalform-package:*.jxmb" in (entries / "mime" / "globs2").read_text(encoding="utf-8")
    assert (entries / "icons" / "hicolor" / "48x48" / "apps" / f"{NAME}.png").stat().st_size > 0
    for link in (tmp_path / "usr").rglob("*"):
        if link.is_symlink():
            assert (tmp_path / str(link.readlink()).lstrip("/")).is_file(), link
