"""Forms, lists and texts with cells and lines changed at random: every word that was written into them is kept somewhere."""

import random
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from docx.exceptions import InvalidSpanError

from importers.import_files import Imported, read_file
from models.document.tree import plain
from models.errors import UserError
from resources import ROOT
from tests.importers import other_places
from tests.importers.other_places import Form
from tests.importers.test_other_places import squeeze, texts

SLICE, SOAK = 4, 70
"""Changed files of each form and kind."""
TEXT = (ROOT / "sample" / "sample.txt").read_text(encoding="utf-8")
STRAYS = ("生字{}号", "生字{}号：生词{}号", "≥7{}号次", "{}", "项目生字{}号绩效目标表", "生字{}号。\n生词{}号")


def strayed(dice: random.Random, number: int) -> str:
    """Words that stand nowhere else."""
    return dice.choice(STRAYS).format(*(f"{90_000 + number * 2 + at}" for at in range(2)))


def changed(form: Form, dice: random.Random) -> tuple[Form, list[str]]:
    """The form with cells and lines given strays, rows left out, doubled or swapped; the strays that stand in it."""
    form = deepcopy(form)
    strays: list[str] = []
    for _ in range(dice.choice((1, 1, 2, 4, 8))):
        content = dice.choice(list(form.sheets.values()))
        place = dice.randrange(len(content))
        part = content[place]
        stray = strayed(dice, len(strays) + 10)
        if isinstance(part, str):
            content[place] = dice.choice((stray, part + stray, stray + part))
            strays.append(stray)
            continue
        row = dice.choice(part)
        way = dice.randrange(5)
        if way == 0 and row:
            at = dice.randrange(len(row))
            row[at] = (stray, *row[at][1:])
            strays.append(stray)
        elif way == 1 and row:
            at = dice.randrange(len(row))
            row[at] = (f"{row[at][0]}{stray}", *row[at][1:])
            strays.append(stray)
        elif way == 2:
            row.append((stray, 1, 1))
            strays.append(stray)
        elif way == 3:
            part.insert(dice.randrange(len(part) + 1), [(stray, 1, 1)])
            strays.append(stray)
        else:
            part.insert(dice.randrange(len(part) + 1), list(row))
    left = squeeze("".join(_words(form)))
    return form, [stray for stray in strays if squeeze(stray) in left]


def _words(form: Form) -> Iterator[str]:
    for content in form.sheets.values():
        for part in content:
            yield from (part,) if isinstance(part, str) else (text for row in part for text, _across, _down in row)


def kept(imported: Imported) -> str:
    document = imported.draft.document
    return squeeze("".join(texts(plain(document)))) + squeeze("".join(imported.report.lines))


def lost(imported: Imported, strays: list[str]) -> list[str]:
    """The parts of strays that are in no field, not kept without a place, and not told."""
    words = kept(imported)
    parts = [part for stray in strays for part in stray.replace("。", "：").replace("\n", "").split("：")]
    return [part for part in parts if squeeze(part).removeprefix("项目").removesuffix("绩效目标表") not in words]


def losses(folder: Path, name: str, kind: str, numbers: range) -> Iterator[str]:
    for number in numbers:
        form, strays = changed(other_places.load(name), random.Random(f"{name}{kind}{number}"))
        file = folder / f"{number}.{kind}"
        try:
            other_places.write(form, kind, file)
        except (
            InvalidSpanError,
            IndexError,
            ValueError,
        ):  # a row was put into a merged cell: no such table can be made
            continue
        try:
            gone = lost(read_file(file), strays)
        except UserError:
            continue
        if gone:
            yield f"{name} {kind} {number}: {gone}"


@pytest.mark.parametrize("kind", other_places.ALL_KINDS)
@pytest.mark.parametrize("name", other_places.names())
def test_strays_in_other_places_forms_are_kept(name: str, kind: str, tmp_path: Path) -> None:
    assert list(losses(tmp_path, name, kind, range(SLICE))) == []


@pytest.mark.soak
@pytest.mark.parametrize("kind", other_places.ALL_KINDS)
@pytest.mark.parametrize("name", other_places.names())
def test_many_strays_in_other_places_forms_are_kept(name: str, kind: str, tmp_path: Path) -> None:
    assert list(losses(tmp_path, name, kind, range(SLICE, SOAK))) == []


def text_losses(folder: Path, numbers: range) -> Iterator[str]:
    for number in numbers:
        dice = random.Random(f"text{number}")
        lines, strays = TEXT.split("\n"), []
        for count in range(dice.choice((1, 2, 4, 8))):
            at, stray = dice.randrange(len(lines)), strayed(dice, count + 10).replace("\n", "")
            tabs = lines[at][: len(lines[at]) - len(lines[at].lstrip("\t"))]
            way = dice.randrange(3)
            if way == 0 and lines[at].strip():
                lines[at] += stray
            elif way == 1:
                lines.insert(at, tabs + stray)
            else:
                lines[at] = tabs + stray
            strays.append(stray)
        whole = squeeze("".join(lines))
        file = folder / f"{number}.txt"
        file.write_text("\n".join(lines), encoding="utf-8")
        gone = lost(read_file(file), [stray for stray in strays if squeeze(stray) in whole])
        if gone:
            yield f"{number}: {gone}"


def test_strays_in_the_own_text_are_kept(tmp_path: Path) -> None:
    assert list(text_losses(tmp_path, range(25))) == []


@pytest.mark.soak
def test_many_strays_in_the_own_text_are_kept(tmp_path: Path) -> None:
    assert list(text_losses(tmp_path, range(25, 600))) == []
