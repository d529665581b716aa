"""The trial under Wine, as far as it can be tried without: what it keeps, what it compares, and that it fits the recipe."""

import importlib
import io
import os
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from exporters.export_files import write_file
from exporters.made import PINNED
from importers.import_files import read_file
from tests.shared import CHECKOUT

TOOLS = CHECKOUT / "resources" / "packaging" / "windows" / "wine"


@pytest.fixture(scope="module")
def tools() -> Iterator[Any]:
    """Its modules by name; they are scripts of one folder, and no package."""
    before, path = set(sys.modules), list(sys.path)
    sys.path.insert(0, str(TOOLS))

    class Tools:
        def __getattr__(self, name: str) -> ModuleType:
            return importlib.import_module(name)

    yield Tools()
    sys.path[:] = path
    for name in {path.stem for path in TOOLS.glob("*.py")} & (set(sys.modules) - before):
        del sys.modules[name]


def test_what_was_made_is_made_again_only_when_its_sources_change(tools: Any, tmp_path: Path) -> None:
    (tmp_path / "ui" / "__pycache__").mkdir(parents=True)
    source = tmp_path / "ui" / "a.py"
    source.write_text("a", encoding="utf-8")
    first = tools.trial.content_key(tmp_path, ["ui"])
    (tmp_path / "ui" / "__pycache__" / "a.pyc").write_bytes(b"x")
    assert tools.trial.content_key(tmp_path, ["ui"]) == first
    source.write_text("b", encoding="utf-8")
    changed = tools.trial.content_key(tmp_path, ["ui"])
    assert changed != first
    source.rename(tmp_path / "ui" / "b.py")
    assert tools.trial.content_key(tmp_path, ["ui"]) not in {first, changed}


def test_every_step_is_made_from_what_is_there(tools: Any) -> None:
    names = [step.name for step in tools.trial.STEPS]
    assert len(set(names)) == len(names)
    for step in tools.trial.STEPS:
        assert [name for name in step.made_from or () if not (CHECKOUT / name).exists()] == []
    recipe = CHECKOUT / tools.trial.RECIPE
    for folder, listed in (("", tools.trial.BUILT_BY), ("windows", tools.trial.BUILT_BY_ON_WINDOWS)):
        assert [name for name in listed if not (recipe / folder / name).is_file()] == []


def test_the_system_s_font_is_nine_points(tools: Any) -> None:
    value = bytes.fromhex(tools.windows_machine.font_value(9).replace(",", ""))
    height, *_rest = struct.unpack_from("<5l", value)
    assert len(value) == 92  # LOGFONTW
    assert height == -12
    assert value[28:].decode("utf-16-le").rstrip("\0") == "Microsoft YaHei UI"


def zipped(text: str, level: int = 6) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        archive.writestr("a.xml", text)
    return packed.getvalue()


def test_files_of_both_systems_are_compared_to_the_byte(tools: Any, tmp_path: Path) -> None:
    there, here = tmp_path / "there.docx", tmp_path / "here.docx"
    here.write_bytes(zipped("甲" * 500))
    for content, told in (
        (here.read_bytes(), ""),
        (zipped("甲" * 500, 0), "the same parts, packed otherwise"),
        (zipped("乙" * 500), "parts that differ: a.xml"),
    ):
        there.write_bytes(content)
        assert tools.compare.differences(there, here) == told
    assert set(tools.using.MOMENT) == {PINNED}


def test_the_trial_looks_where_the_installer_writes(tools: Any) -> None:
    script = (TOOLS.parent / "goalform.iss").read_text(encoding="utf-8-sig")
    below = tools.using.APP.relative_to(tools.windows_machine.LOCAL)
    assert "DefaultDirName={localappdata}\\" + "\\".join(below.parts) in script
    assert f"{{app}}\\{tools.using.PROGRAM}" in script
    assert tools.using.CLASSES.endswith("Software\\Classes\\")


def test_every_dialog_that_is_looked_at_is_left_by_escape(tools: Any) -> None:
    looking, pressed = tools.looking, []
    ways = {name: leave for name, _reach, leave in looking.SHOTS}
    assert looking.DIALOGS.issubset(ways)
    hand = SimpleNamespace(keys=lambda *names: pressed.append(names), activate=lambda _title: None)
    for name in looking.DIALOGS:
        ways[name](hand)
    assert pressed == [("Escape",)] * len(looking.DIALOGS)


def test_the_folder_is_weighed_and_holds_nothing_unwanted(tools: Any, tmp_path: Path) -> None:
    (tmp_path / "_internal").mkdir()
    (tmp_path / "_internal" / "Qt6Core.dll").write_bytes(b"\0" * 1_500_000)
    assert tools.trial.weighed(tmp_path) == "unpacked 1.5 MB (aim ≤ 80)"
    (tmp_path / "_internal" / "OpenGL32SW.dll").write_bytes(b"")
    with pytest.raises(SystemExit, match="OpenGL32SW"):
        tools.trial.weighed(tmp_path)


WORKFLOW = (CHECKOUT / ".github" / "workflows" / "windows.yml").read_text(encoding="utf-8")


def in_the_workflow(tool: str) -> list[str]:
    """What stands after the tool on the one line of the workflow that runs it, as Linux writes paths."""
    (line,) = [line for line in WORKFLOW.splitlines() if "run:" in line and tool in line.replace("\\", "/")]
    return line.replace("\\", "/").partition(tool)[2].split()


def test_the_workflow_runs_the_same_tests_in_the_same_way(tools: Any) -> None:
    assert in_the_workflow("-m pytest") == list(tools.unit_tests.ARGUMENTS)


COLLECTING = """
import sys
import pytest
sys.modules.update(dict.fromkeys(("resource", "fcntl", "pwd", "grp", "termios")))
sys.exit(pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", *sys.argv[1:]]))
"""


def test_tests_that_run_on_windows_are_found_without_modules_it_lacks(tools: Any) -> None:
    folders = [sys.executable, "-c", COLLECTING, *tools.unit_tests.FOLDERS]
    done = subprocess.run(folders, capture_output=True, text=True, check=False, cwd=CHECKOUT)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def test_the_workflow_collects_the_same_wheels_and_builds_from_them() -> None:
    script = (TOOLS / "trial.sh").read_text(encoding="utf-8")
    (collected,) = re.findall(r"windows/wheels\.py \S+ ([\w ]+?) >", script)
    folder, *extras = in_the_workflow("windows/wheels.py")
    assert extras == collected.split()
    assert f"          WHEELS: {folder}".replace("/", "\\") in WORKFLOW.splitlines()
    assert in_the_workflow("windows/build.py") == []
    assert 'WHEELS=windows_path(trial.downloads / "wheels")' in (TOOLS / "trial.py").read_text(encoding="utf-8")


def test_the_workflow_tries_the_installer_as_the_trial_does(tools: Any) -> None:
    assert in_the_workflow("windows/installer_trial.ps1") == []
    script = (TOOLS.parent / "installer_trial.ps1").read_text(encoding="utf-8-sig")
    quoted = [", ".join(f"'{word}'" for word in words) for words in
              ((*tools.using.SILENT, "/NORESTART"), tools.using.SILENT, tools.using.KEYS)]  # fmt: skip
    assert [words for words in quoted if words not in script] == []
    for folder in (tools.using.APP, tools.using.DATA):
        below = "\\".join(folder.relative_to(tools.windows_machine.LOCAL).parts)
        assert f'"$env:LOCALAPPDATA\\{below}"' in script


def test_every_step_of_the_workflow_is_a_script_that_is_here_or_a_tool_of_the_machine() -> None:
    runs = re.findall(r"^ +(?:run: |  )(\.venv\\\S+ .*|python .*|resources\\\S+.*|if .*)$", WORKFLOW, re.MULTILINE)
    assert len(runs) == WORKFLOW.count("run:") + 1  # the environment takes two
    for path in re.findall(r"(?:resources|tests)\\[\w\\.]+", WORKFLOW):
        assert (CHECKOUT / path.replace("\\", "/")).exists(), path


def test_it_is_a_command_of_its_own() -> None:
    assert "\ntest-windows:" in (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    assert "test-windows" not in (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")


def test_what_the_window_exported_is_compared_with_what_was_imported_and_typed(tools: Any, tmp_path: Path) -> None:
    sample = CHECKOUT / "resources" / "sample" / "sample.txt"
    (tmp_path / "imported.txt").write_bytes(sample.read_bytes())
    draft = read_file(sample).draft
    using, first = tools.using, draft.document.projects[0]
    rows = tuple(replace(row, name=using.TYPED_IN_CELL) if row.name == using.CELL else row for row in first.indicators)
    typed = replace(
        draft.document,
        overall_goal=using.SENTENCE + draft.document.overall_goal,
        projects=(replace(first, indicators=rows), *draft.document.projects[1:]),
    )
    write_file(replace(draft, document=typed), tmp_path / "export.docx")
    tools.compare.check_export(tmp_path)
    write_file(
        replace(draft, document=replace(typed, safeguards=replace(typed.safeguards, items=()))),
        tmp_path / "export.docx",
    )
    with pytest.raises(SystemExit, match="other words"):
        tools.compare.check_export(tmp_path)
    write_file(draft, tmp_path / "export.docx")
    with pytest.raises(SystemExit, match="typed in a field"):
        tools.compare.check_export(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="this is how the tests are run there already")
def test_tests_that_open_windows_run_one_after_the_other(tools: Any) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-vv", "-n", "2", *tools.unit_tests.WINDOWS_IN_TURN,
         "tests/exporters/test_text.py", "tests/ui/widgets/test_icons.py", "tests/packaging/test_windows_trial.py",
         "-k", "test_text or icon_is or nine_points"],
        cwd=CHECKOUT, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    ran = re.findall(r"^\[(gw\d)\].*PASSED (tests/\w+)/", done.stdout, re.MULTILINE)
    assert {folder for _worker, folder in ran} == {"tests/exporters", "tests/ui", "tests/packaging"}
    assert len({worker for worker, folder in ran if folder != "tests/exporters"}) == 1


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for ImageMagick is a shell script")
@pytest.mark.parametrize(("white", "grey", "is_page"), [(90, 30, True), (50, 70, False), (0, 120, False)])
def test_a_page_is_told_from_the_ground_it_lies_on(
    tools: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, white: int, grey: int, is_page: bool
) -> None:
    show_pixels(tmp_path, monkeypatch, b"\xff\xff\xff" * white + b"\xb8\xc0\xbb" * grey)
    assert tools.screen.Screen(":0", tmp_path).is_white(5, 6, 12, 10) is is_page


def show_pixels(folder: Path, monkeypatch: pytest.MonkeyPatch, pixels: bytes) -> None:
    """A part of the display of 12 by 10 has these."""
    (folder / "pixels").write_bytes(pixels)
    shown = folder / "import"
    shown.write_text(f'#!/bin/sh\ncase "$*" in *" 12x10+5+6 "*) cat {folder}/pixels ;; esac\n', encoding="utf-8")
    shown.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for ImageMagick is a shell script")
@pytest.mark.parametrize(("red", "is_icon"), [(40, True), (3, False)])
def test_the_program_s_icon_is_told_from_a_bare_title_bar(
    tools: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, red: int, is_icon: bool
) -> None:
    show_pixels(tmp_path, monkeypatch, b"\xd0\x70\x70" * red + b"\x83\xa8\xd8" * 70 + b"\xff\xff\xff" * (50 - red))
    assert tools.screen.Screen(":0", tmp_path).has_red(5, 6, 12, 10) is is_icon


def test_the_tests_that_keep_the_faults_of_windows_mended_are_there() -> None:
    text = (TOOLS.parents[1] / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", text.partition("| fault | test |")[2].partition("\n\n")[0]))
    sources = "".join(file.read_text(encoding="utf-8") for file in (CHECKOUT / "tests").rglob("test_*.py"))
    assert len(named) > 12
    assert [name for name in sorted(named) if f"def {name}(" not in sources] == []
