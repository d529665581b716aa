"""Installs the program as a clerk does, uses it by keyboard, installs a newer version over the open one, and removes it."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from screen import PATIENCE, Screen, until
from windows_machine import DRIVE, LOCAL, PROFILE, environment, stop, windows_path, wine

APP, DATA = LOCAL / "Programs" / "goalform", LOCAL / "goalform"
PROGRAM, CONSOLE = "goalform.exe", "goalform-console.exe"
DESK = DRIVE / "work"
"""A folder with a short name, for what is typed into file dialogs."""
SENTENCE, LAST_WORDS = "Plan 2026. ", "Logged out. "
CELL, TYPED_IN_CELL = "管网设计使用年限", "Pipe life"
"""A cell of the sample's table, and what is typed in its place."""
KINDS = ("docx", "xlsx", "pdf", "txt", "json", "jxmb")
MOMENT = {"SOURCE_DATE_EPOCH": "1767225600"}
"""When the files say they were made, there and here."""
SILENT = ("/VERYSILENT", "/SUPPRESSMSGBOXES")
"""How installer and uninstaller are run: they ask nothing."""
KEYS = ("goalform.package", ".jxmb\\OpenWithProgids", ".jxmb")
"""Below CLASSES, of the program alone: gone with it."""
CLASSES = "HKEY_CURRENT_USER\\Software\\Classes\\"


def must(true: object, why: str) -> None:
    if not true:
        sys.exit(why)


class Windows:
    """The machine and what is done with the program on it."""

    def __init__(self, screen: Screen, results: Path) -> None:
        self.screen, self.results = screen, results

    def run(self, *command: object, check: bool = True, **more: str) -> int:
        return wine(*command, display=self.screen.name, check=check, **more)

    def start(self, *command: object) -> subprocess.Popen[bytes]:
        """Starts a program and does not wait for it."""
        words = [windows_path(part) if isinstance(part, Path) else str(part) for part in command]
        return subprocess.Popen(
            ["wine", *words],
            env=environment(self.screen.name),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def setup(self, folder: Path) -> None:
        """Runs the setup program of a version as its silent self."""
        program = next(folder.glob("*-setup.exe"))
        code = self.run(program, *SILENT, "/NORESTART", check=False)
        must(code == 0, f"{program.name} ended with {code}")

    def has_key(self, name: str) -> bool:
        return self.run("reg", "query", name, check=False) == 0

    def registered_for_packages(self) -> str:
        """The program that opens them, as Explorer reads it."""
        log = self.results / "logs" / "registry.txt"
        log.parent.mkdir(parents=True, exist_ok=True)
        key = f"{CLASSES}goalform.package\\shell\\open\\command"
        wine("reg", "query", key, display=self.screen.name, log=log)
        found = re.search(r'"([^"]+)" "%1"', log.read_text(encoding="utf-8", errors="replace"))
        return found[1] if found else sys.exit("What is registered for packages does not take one.")

    def shortcuts(self) -> list[Path]:
        return [path for path in PROFILE.rglob("*.lnk") if "绩效" in path.name and "Recent" not in path.parts]


def version_of(app: Path) -> str:
    """What the installed files say of themselves."""
    told = [file for name in ("PKG-INFO", "METADATA") for file in (app / "_internal").glob(f"goalform*-info/{name}")]
    lines = told[0].read_text(encoding="utf-8").splitlines() if told else []
    return next((line.removeprefix("Version: ") for line in lines if line.startswith("Version: ")), "")


def holds(database: Path, words: str) -> bool:
    """Whether the drafts' file has the words; they stand in it as they are."""
    return database.exists() and words.encode() in database.read_bytes()


def texts(checkout: Path) -> list[Path]:
    """The real ones where they are beside the checkout, else those that were made up."""
    real = sorted((checkout.parent / "shared" / "seeds").glob("*.txt"))
    return real or sorted((checkout / "tests" / "data" / "texts").glob("*.txt"))


def forget(windows: Windows) -> None:
    """As on a machine that has never seen the program."""
    stop()
    for folder in (APP, DATA, DESK):
        shutil.rmtree(folder, ignore_errors=True)
    for shortcut in windows.shortcuts():
        shortcut.unlink()
    DESK.mkdir()


def import_by_dialog(windows: Windows, source: Path) -> None:
    """By the system's own file dialog."""
    screen = windows.screen
    screen.keys("ctrl+o")
    screen.wait_for("导入文件")
    screen.picture("use-03-system-file-dialog")
    screen.type(windows_path(source))
    screen.keys("Return")
    screen.wait_for("导入结果")
    screen.picture("use-04-import-report")
    screen.keys("Return")
    screen.activate("绩效目标填报")
    screen.wait_for("年 ")


def go_to_cell(screen: Screen, words: str) -> None:
    """To the cell of a table in which these words stand, by the program's own search."""
    screen.keys("ctrl+f")
    screen.settle(5)
    screen.paste(words)
    screen.settle(5)
    screen.keys("Return")
    screen.settle(5)
    screen.keys("Escape", "F3")
    screen.settle(5)


def export_by_dialog(windows: Windows, target: Path) -> None:
    screen = windows.screen
    screen.keys("ctrl+shift+w")
    if "还有错误" in screen.wait_for("导出 Word", "还有错误"):
        screen.picture("use-07-errors-asked-about")
        screen.keys("Return")
        screen.wait_for("导出 Word")
    screen.picture("use-08-system-save-dialog")
    screen.keys("ctrl+a")
    screen.type(windows_path(target))
    screen.keys("Return")
    until(target.exists, f"the file {target.name}")
    screen.activate("绩效目标填报")


def install_and_use(screen: Screen, checkout: Path, results: Path, older: Path, new: Path) -> None:
    windows = Windows(screen, results)
    forget(windows)
    windows.setup(older)
    must((APP / PROGRAM).is_file(), "nothing was installed")
    first_version = version_of(APP)
    must(windows.has_key(f"{CLASSES}goalform.package\\shell\\open\\command"), "packages do not open in the program")
    must(len(windows.shortcuts()) >= 2, f"not on the desktop and in the start menu: {windows.shortcuts()}")
    source = DESK / "last-year.txt"
    shutil.copy(checkout / "resources" / "sample" / "sample.txt", source)
    program = windows.start(APP / PROGRAM)
    screen.wait_for("绩效目标填报")
    until((DATA / "goalform.lock").exists, "the lock")
    screen.settle()
    screen.picture("use-02-first-start")
    import_by_dialog(windows, source)
    screen.picture("use-05-imported")
    screen.keys("alt+2", "ctrl+Home")
    screen.type(SENTENCE)
    until(lambda: holds(DATA / "goalform.db", SENTENCE), "what was typed in the database")
    go_to_cell(screen, CELL)
    screen.type(TYPED_IN_CELL)
    screen.keys("Return")
    until(lambda: holds(DATA / "goalform.db", TYPED_IN_CELL), "what was typed in a cell in the database")
    screen.picture("use-06-typed")
    export_by_dialog(windows, DESK / "export.docx")
    shutil.copy(DESK / "export.docx", results / "export.docx")
    shutil.copy(source, results / "imported.txt")
    screen.settle()
    screen.picture("use-09-exported")

    second = windows.start(APP / PROGRAM, source)
    must(second.wait(PATIENCE) == 0, "the second start did not hand its file over")
    screen.wait_for("导入结果")
    screen.picture("use-10-handed-over")
    screen.keys("Escape")
    screen.wait_for("年 ")

    (APP / "_internal" / "left-over.txt").write_text("of an older version", encoding="utf-8")
    windows.setup(new)
    must(program.wait(PATIENCE) == 0, "the open program did not end well")
    must(version_of(APP) not in {"", first_version}, f"still version {first_version}")
    must(not (APP / "_internal" / "left-over.txt").exists(), "an older version left something behind")
    must(holds(DATA / "goalform.db", SENTENCE), "the draft is gone after the newer version")

    convert(windows, checkout, results / "converted")
    must(
        windows.run(APP / CONSOLE, "convert", DESK / "none.txt", DESK / "none.docx", check=False) == 2, "no fault told"
    )
    open_package(windows, source)
    log_out(windows)
    remove(windows)


def convert(windows: Windows, checkout: Path, target: Path) -> None:
    """Every text to every kind, on the command line."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for text in texts(checkout):
        shutil.copy(text, target / text.name)
        (target / text.stem).mkdir()
        for kind in KINDS:
            file = target / text.stem / f"{text.stem}.{kind}"
            windows.run(APP / CONSOLE, "convert", target / text.name, file, **MOMENT)


def open_package(windows: Windows, source: Path) -> None:
    """What is registered for packages opens one, and asks, for the draft is there already. Wine 10's own double-click
    looks at the machine's types alone."""
    package = DESK / "单位 数据包.jxmb"
    windows.run(APP / CONSOLE, "convert", source, package)
    windows.start(windows.registered_for_packages(), package)
    windows.screen.wait_for("已有这份草稿")
    windows.screen.picture("use-11-package-asked-about")
    windows.screen.keys("Return")
    windows.screen.wait_for("年 ")
    windows.screen.picture("use-12-package-opened")


def log_out(windows: Windows) -> None:
    """What was typed last is kept when the user leaves Windows."""
    windows.screen.keys("alt+2", "ctrl+Home")
    windows.screen.type(LAST_WORDS)
    subprocess.run(["wineboot", "--end-session"], env=environment(windows.screen.name), check=False)
    stop()
    must(holds(DATA / "goalform.db", LAST_WORDS), "what was typed last is gone after logging out")


def remove(windows: Windows) -> None:
    code = windows.run(APP / "unins000.exe", *SILENT, check=False)
    must(code == 0, f"removing ended with {code}")
    until(lambda: not (APP / PROGRAM).exists(), "the end of the program's files")
    must(holds(DATA / "goalform.db", SENTENCE), "the draft is gone after removing")
    for key in KEYS:
        must(not windows.has_key(f"{CLASSES}{key}"), f"left in the registry: {key}")
    must(windows.shortcuts() == [], f"left behind: {windows.shortcuts()}")


def portable(screen: Screen, checkout: Path, results: Path, made: Path) -> None:
    """The zip, unpacked somewhere, keeps its data beside the program."""
    windows = Windows(screen, results)
    forget(windows)
    shutil.rmtree(DRIVE / "stick", ignore_errors=True)
    with zipfile.ZipFile(next(made.glob("*-portable.zip"))) as archive:
        archive.extractall(DRIVE / "stick")
    (folder,) = (DRIVE / "stick").iterdir()
    windows.start(folder / PROGRAM, checkout / "resources" / "sample" / "sample.txt")
    screen.wait_for("导入结果")
    screen.keys("Return")
    screen.wait_for("年 ")
    until((folder / "data" / "goalform.db").exists, "the drafts beside the program")
    must(not DATA.exists(), "something lies in the user's own folder all the same")
    screen.picture("portable")
    screen.keys("ctrl+q")
    until(lambda: not (folder / "data" / "goalform.lock").exists(), "the end of the program")
