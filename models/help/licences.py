"""第三方许可: whose work is in the program, under which licence, and that licence's text."""

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from resources import ROOT

FOLDER = ROOT / "notices"
BUILT = "components.json"
"""A bundle's list of all it holds, written when it is made. Without it the installed Python packages are asked."""

PROGRAM = "goalform"
_LICENCE_FILES = ("LICEN", "COPYING", "NOTICE", "AUTHORS")
_QT = frozenset({"pyside6-essentials", "shiboken6"})
"""Listed in notices.toml: their packages carry no text."""


@dataclass(frozen=True, slots=True)
class Component:
    """`licence`: its short name; `home`: an address; `texts`: files below texts/, none for an installed Python package."""

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[str, ...] = ()


@cache
def _licences() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "notices.toml").read_text(encoding="utf-8"))


def introduction() -> str:
    """What the licences ask to be said, in paragraphs."""
    return str(_licences()["introduction"]).strip()


def components() -> tuple[Component, ...]:
    """Everything the program consists of but itself, Qt first."""
    built = FOLDER / BUILT
    if not built.is_file():
        return (*of_qt(), *(of_package(name) for name in packages()))
    listed = json.loads(built.read_text(encoding="utf-8"))
    return tuple(Component(**{**entry, "texts": tuple(entry["texts"])}) for entry in listed)


def written(component: Component) -> str:
    """The text of its licence with its address; every file under its own name."""
    if component.texts:
        parts = [(name, (FOLDER / "texts" / name).read_text(encoding="utf-8")) for name in component.texts]
    else:
        parts = package_texts(component.name)
    return "\n\n".join([component.home, *(f"【{Path(name).stem}】\n\n{text.strip()}" for name, text in parts)])


def of_qt() -> tuple[Component, ...]:
    """Qt and what it brings, as notices.toml lists it."""
    return tuple(
        Component(
            entry["name"],
            entry["version"] if "version" in entry else _version(entry["distribution"]),
            entry["licence"],
            entry["home"],
            tuple(entry["texts"]),
        )
        for entry in _licences()["component"]
    )


def _version(name: str) -> str:
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return ""


def packages() -> tuple[str, ...]:
    """The Python packages the program needs, and those they need in turn, without Qt's; by name."""
    waiting, found = [PROGRAM], set[str]()
    while waiting:
        try:
            needed = distribution(waiting.pop()).requires or []
        except PackageNotFoundError:  # for another system only, or run without being installed
            continue
        for line in needed:
            name = re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]
            if "extra ==" not in line and name not in found:
                found.add(name)
                waiting.append(name)
    return tuple(sorted((name for name in found if _is_distinct(name)), key=str.lower))


def _is_distinct(name: str) -> bool:
    return re.sub(r"[-_.]+", "-", name.lower()) not in _QT and bool(_version(name))


def of_package(name: str) -> Component:
    """An installed Python package. PackageNotFoundError where it is not."""
    found = distribution(name)
    about = found.metadata
    return Component(about["Name"], found.version, _licence(found), _home(found))


def package_texts(name: str) -> list[tuple[str, str]]:
    """The licence files of an installed Python package, each with its name."""
    files = [
        file
        for file in distribution(name).files or ()
        if ".dist-info" in str(file) and file.name.upper().startswith(_LICENCE_FILES)
    ]
    return [(file.name, file.read_text(encoding="utf-8")) for file in sorted(files, key=lambda file: file.name)]


def _licence(found: Distribution) -> str:
    about = found.metadata
    named = next((about[field] for field in ("License-Expression", "License") if field in about), "")
    classifiers = [line for line in about.get_all("Classifier") or () if line.startswith("License ::")]
    if not named or len(named) > 40:  # some give the whole text or a sentence there
        named = classifiers[0].rpartition(" :: ")[2] if classifiers else "见许可文本"
    return named


def _home(found: Distribution) -> str:
    about = found.metadata
    links = dict(line.split(", ", 1) for line in about.get_all("Project-URL") or ())
    named = [links[name] for name in ("Homepage", "Home", "Source", "Source Code", "Repository") if name in links]
    if "Home-page" in about:
        named.insert(0, about["Home-page"])
    return next(iter(named), f"https://pypi.org/project/{about['Name']}/")
