"""The recipe for Windows, as far as another system can try it: what it says fits the program, and its tools do what they say."""

import importlib.util
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtGui import QImage, QImageReader

from models.exchange.package_contents import SUFFIX
from models.store import data_folder
from tests.shared import CHECKOUT
from ui.app import single_instance as instance
from ui.app import startup as opening

WINDOWS = CHECKOUT / "resources" / "packaging" / "windows"


def tool(name: str, folder: Path = WINDOWS) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"windows_{name}", folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build, wheels, bundled = tool("build"), tool("wheels"), tool("bundled", WINDOWS.parent)


def read(name: str) -> str:
    """With the mark by which Inno Setup and PowerShell know UTF-8: without it Chinese would be read as another code page."""
    content = (WINDOWS / name).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), name
    return content.decode("utf-8-sig")


SCRIPT, MESSAGES, TRIAL = read("goalform.iss"), read("Chinese.isl"), read("installer_trial.ps1")


def setup(key: str) -> str:
    found = re.search(rf"^{key}=(.*)$", SCRIPT, re.MULTILINE)
    assert found, key
    return found[1]


# the installer's script


def test_it_installs_for_the_user_alone_on_windows_10_1809_and_later() -> None:
    assert setup("PrivilegesRequired") == "lowest"
    assert setup("MinVersion") == "10.0.17763"
    assert setup("ArchitecturesAllowed") == "x64compatible"
    assert "HKLM" not in SCRIPT


def test_neither_upgrade_nor_removal_names_the_drafts() -> None:
    assert "[UninstallDelete]" not in SCRIPT
    deleted = re.findall(r'^Type: \w+; Name: "([^"]+)"', SCRIPT, re.MULTILINE)
    assert deleted == [r"{app}\_internal"]
    assert not (build.ROOT / "_internal").exists()


def test_the_installer_looks_for_the_programs_own_lock_and_note() -> None:
    assert f"\\{instance.LOCK_NAME}'" in SCRIPT
    assert f"\\{data_folder.NOTE}'" in SCRIPT
    assert f"GetEnv('{opening.HOME_VARIABLE}')" in SCRIPT
    # A program that is told to go may still ask; it is never killed.
    assert "taskkill" in SCRIPT
    assert "/F" not in SCRIPT


def test_removing_leaves_no_key_of_its_own() -> None:
    lines = [line for line in SCRIPT.splitlines() if line.startswith("Root: HKA")]
    keys = [re.search(r'Subkey: "([^"]+)"', line)[1] for line in lines]  # type: ignore[index]  # each names one
    for key, line in zip(keys, lines, strict=True):
        gone = "uninsdeletekeyifempty" in line or "uninsdeletekey" in line.split("Flags:")[-1].split()
        within = any(key.startswith(f"{other}\\") and "uninsdeletekey" in other_line.split("Flags:")[-1].split()
                     for other, other_line in zip(keys, lines, strict=True))  # fmt: skip
        assert gone or within, key


def test_packages_open_in_the_program() -> None:
    assert f"Software\\Classes\\{SUFFIX}" in SCRIPT
    assert '"""{app}\\goalform.exe"" ""%1"""' in SCRIPT
    assert "ChangesAssociations=yes" in SCRIPT


def test_every_message_of_the_script_is_chinese() -> None:
    own = dict(re.findall(r"^(\w+)=(.*)$", MESSAGES.partition("[CustomMessages]")[2], re.MULTILINE))
    used = set(re.findall(r"\{cm:(\w+)\}", SCRIPT)) | set(re.findall(r"CustomMessage\('(\w+)'\)", SCRIPT))
    assert used <= set(own)
    said = {name: text for name, text in own.items() if name not in {"NewFolderName"}}
    assert [name for name, text in said.items() if not re.search(r"[一-鿿]", text)] == []
    # «&N» marks a key, and no two buttons of a page share it.
    for page in (("ButtonBack", "ButtonNext", "ButtonInstall"), ("CloseApplications", "DontCloseApplications")):
        keys = [re.search(r"&(\w)", own[name]) for name in page]
        assert all(keys)
        assert len({key[1] for key in keys if key}) == len(page)


def test_what_inno_fills_in_is_still_in_the_chinese_words() -> None:
    own = dict(re.findall(r"^(\w+)=(.*)$", MESSAGES, re.MULTILINE))
    for name, marks in {
        "WelcomeLabel2": ["[name/ver]"],
        "DiskSpaceMBLabel": ["[mb]"],
        "ErrorRegWriteKey": ["%1", "%2"],
        "LastErrorMessage": ["%1", "%2", "%3"],
        "ConfirmUninstall": ["%1"],
        "DiskSpaceWarning": ["%1", "%2"],
    }.items():
        assert [mark for mark in marks if mark not in own[name]] == [], name


def test_the_trial_looks_where_the_installer_writes() -> None:
    for said in (r"Software\Classes\goalform.package", "goalform.exe", r"\_internal"):
        assert said in SCRIPT
        assert said in TRIAL
    assert f"\\{data_folder.STORE_NAME}" in TRIAL
    assert f"\\{instance.LOCK_NAME}" in TRIAL


# version, icon, zip


@pytest.mark.parametrize(
    ("number", "four"), [("0.1.0", (0, 1, 0, 0)), ("12.3", (12, 3, 0, 0)), ("1.0.2rc1", (1, 0, 2, 0))]
)
def test_a_version_is_four_numbers(number: str, four: tuple[int, ...]) -> None:
    assert build.four_numbers(number) == four


def test_the_files_properties_name_program_and_version() -> None:
    def part(name: str) -> Any:
        return lambda *given, **named: (name, given, named)

    names = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )
    told = eval(build.version_resource("0.1.0"), {name: part(name) for name in names})
    assert told[2]["ffi"][2]["filevers"] == (0, 1, 0, 0)
    table = told[2]["kids"][0][1][0][0]
    strings = {given[0]: given[1] for _name, given, _named in table[1][1]}
    assert table[1][0] == "080404B0"
    assert (strings["ProductName"], strings["ProductVersion"]) == ("绩效目标填报", "0.1.0")


def test_the_icon_has_every_size_and_is_a_picture(tmp_path: Path) -> None:
    drawing = CHECKOUT / "resources" / "icons" / "goalform.svg"
    target = tmp_path / "goalform.ico"
    target.write_bytes(build.icon(drawing))
    reader = QImageReader(str(target))
    pictures = []
    for place in range(reader.imageCount()):
        reader.jumpToImage(place)
        pictures.append(QImage(reader.read()))
    assert sorted(picture.width() for picture in pictures) == sorted(build.SIZES)
    for picture in pictures:
        assert picture.width() == picture.height()
        colours = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
        assert len(colours) > 2


def test_the_same_folder_gives_the_same_portable_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, age in (("here", 0), ("there", 100_000)):
        program = tmp_path / name / "goalform.exe"
        program.parent.mkdir()
        program.write_bytes(b"MZ")
        os.utime(program, (age, age))
    build.portable(tmp_path / "here", tmp_path / "here.zip")
    monkeypatch.setattr(sys, "platform", "win32" if sys.platform != "win32" else "linux")
    build.portable(tmp_path / "there", tmp_path / "there.zip")
    assert (tmp_path / "here.zip").read_bytes() == (tmp_path / "there.zip").read_bytes()


def test_the_portable_zip_says_so_and_unpacks_into_one_folder(tmp_path: Path) -> None:
    folder = tmp_path / "goalform"
    (folder / "_internal").mkdir(parents=True)
    (folder / "goalform.exe").write_bytes(b"MZ")
    (folder / "_internal" / "表.txt").write_text("x", encoding="utf-8")
    build.portable(folder, tmp_path / "portable.zip")
    with zipfile.ZipFile(tmp_path / "portable.zip") as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    name = build.NAME
    assert sorted(names) == sorted(
        [f"{name}/_internal/表.txt", f"{name}/goalform.exe", f"{name}/{opening.PORTABLE_NOTE}"]
    )


# what goes in


def test_of_the_libraries_only_those_something_asks_for_go_in() -> None:
    asks = {
        "QtGui.pyd": ["Qt6Gui.dll", "KERNEL32.dll"],
        "Qt6Gui.dll": ["qt6core.DLL"],
        "qwindows.dll": ["Qt6Gui.dll"],
        "_sqlite3.pyd": ["sqlite3.dll"],
        "Qt6Network.dll": ["Qt6Core.dll"],
    }
    entries = [
        ("PySide6/QtGui.pyd", "QtGui.pyd", "EXTENSION"),
        ("PySide6/Qt6Gui.dll", "Qt6Gui.dll", "BINARY"),
        ("PySide6/Qt6Core.dll", "Qt6Core.dll", "BINARY"),
        ("PySide6/plugins/platforms/qwindows.dll", "qwindows.dll", "BINARY"),
        ("PySide6/opengl32sw.dll", "opengl32sw.dll", "BINARY"),
        ("PySide6/Qt6Network.dll", "Qt6Network.dll", "BINARY"),
        ("python311.dll", "python311.dll", "BINARY"),
        ("_sqlite3.pyd", "_sqlite3.pyd", "EXTENSION"),
        ("sqlite3.dll", "sqlite3.dll", "BINARY"),
    ]
    kept = [Path(place).name for place, _source, _kind in bundled.needed(entries, lambda file: asks.get(file, []))]
    assert sorted({Path(place).name for place, _source, _kind in entries} - set(kept)) == [
        "Qt6Network.dll",
        "opengl32sw.dll",
    ]


def test_what_nothing_reads_stays_out() -> None:
    kept = (
        "docx/templates/default.docx",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/imageformats/qsvg.dll",
        "PySide6/translations/qtbase_zh_CN.qm",
    )
    left = (
        "docx/templates/default-docx-template/word/styles.xml",
        "PySide6/plugins/imageformats/qjpeg.dll",
        "PySide6/plugins/platforms/qminimal.dll",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll",
        "PySide6/translations/qtbase_de.qm",
    )
    assert [place for place in (*kept, *left) if bundled.is_wanted(place)] == list(kept)


def test_every_module_of_the_program_loads_without_those_that_stay_out() -> None:
    folders = ("ui", "models", "importers", "exporters")
    files = [file.relative_to(CHECKOUT) for folder in folders for file in sorted((CHECKOUT / folder).rglob("*.py"))]
    modules = [".".join(file.with_suffix("").parts).removesuffix(".__init__") for file in files]
    missing = [name for name in bundled.EXCLUDED_MODULES if "." not in name or name.startswith("PySide6")]
    load = (
        "import importlib, json, sys\n"
        "missing, modules = json.load(sys.stdin)\n"
        "sys.modules.update(dict.fromkeys(missing))\n"
        "for name in modules: importlib.import_module(name)\n"
        "from models.indicators.pinyin import initials\n"
        "print(initials('投资额'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", load],
        input=json.dumps([missing, modules]),
        capture_output=True,
        encoding="utf-8",
        cwd=CHECKOUT,
        check=False,
    )
    assert done.stdout == "tze\n", done.stderr[-2000:]


# wheels


def test_what_is_collected_builds_the_program_without_network() -> None:
    """pip makes a package of the program in a place of its own, where setuptools must come from the folder, too."""
    assert {"pip", "setuptools", "pyinstaller"} <= wheels.of_the_program()
    assert {"pytest", "hypothesis"} <= wheels.of_the_program(["dev"]) - wheels.of_the_program()


def test_what_only_windows_needs_has_its_version() -> None:
    """The machine the constraints were written on never installs these."""
    pins = wheels.pins()
    assert {"colorama", "pefile", "pywin32-ctypes"} <= set(pins)
    assert wheels.of_the_program() <= set(pins)
    wanted = wheels.wanted_by(
        ['colorama; platform_system == "Windows"', 'pty; sys_platform != "win32"', "x; extra == 'y'"]
    )
    assert wanted == {"colorama"}


# the trial of a built program


def test_the_trial_of_a_built_program_passes_with_the_programs_source() -> None:
    """Converts to every kind and opens the window in a process of its own: takes seconds."""
    program = f"{sys.executable} {CHECKOUT / 'main.py'}"
    done = subprocess.run(
        [sys.executable, WINDOWS / "smoke.py", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ}
        | ({} if os.name == "nt" else {"QT_QPA_PLATFORM": "offscreen"}),  # taskkill asks a real window
    )
    assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, ["OK"]), done.stderr


# the workflow


def test_the_workflow_runs_tools_that_are_there() -> None:
    workflow = (CHECKOUT / ".github" / "workflows" / "windows.yml").read_text(encoding="utf-8")
    for path in re.findall(r"resources\\packaging\\[\w\\.]+\.(?:py|ps1|txt)", workflow):
        assert (CHECKOUT / path.replace("\\", "/")).is_file(), path
    assert "\t" not in workflow


def test_the_workflow_s_shell_gives_pip_the_extras_as_one_word() -> None:
    """PowerShell, which runs it, takes an unquoted comma for a list and hands its parts over one by one."""
    workflow = (CHECKOUT / ".github" / "workflows" / "windows.yml").read_text(encoding="utf-8")
    commands = [line for line in workflow.splitlines() if "pip install" in line]
    assert commands
    assert [line for line in commands if "," in re.sub(r'"[^"]*"', "", line)] == []
