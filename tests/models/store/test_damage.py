"""Damage of every kind, by seed: right data, a refusal with ways on, or a part of which what is missing is told."""

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.store import open_store
from tests.models.store.damage import DAMAGES, Content, Outcome, content_of, make_journals, make_store, outcome

SEEDS = 500
PORTION = 50
IN_THE_SUITE = 2 * len(DAMAGES)


@dataclass(frozen=True)
class Sound:
    """A store, what is in it, and what was in it before its last save."""

    path: Path
    content: Content
    earlier: Content

    def damaged(self, seed: int, folder: Path) -> Path:
        """A copy with one kind of damage."""
        folder.mkdir()
        path = Path(shutil.copy(self.path, folder / "goalform.db"))
        DAMAGES[seed % len(DAMAGES)](random.Random(seed), path, self.path.with_name("journals"))
        return path


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    path = tmp_path_factory.mktemp("sound") / "sound.db"
    make_store(path)
    with closing(open_store(path)) as store:
        earlier = content_of(store)
    make_journals(path, path.with_name("journals"))
    with closing(open_store(path)) as store:
        return Sound(path, content_of(store), earlier)


def outcomes(sound: Sound, folder: Path, seeds: range) -> Iterator[tuple[int, Outcome]]:
    for seed in seeds:
        path = sound.damaged(seed, folder / str(seed))
        yield seed, outcome(path, sound.content, sound.earlier)
        shutil.rmtree(path.parent)


def test_nothing_is_lost_in_silence_and_nothing_is_an_internal_error(sound: Sound, tmp_path: Path) -> None:
    found = dict(outcomes(sound, tmp_path, range(IN_THE_SUITE)))
    assert {seed: one.faults for seed, one in found.items() if one.faults} == {}
    assert {one.what.partition(":")[0] for one in found.values()} >= {"right", "refused"}
    assert any(one.salvaged is not None and one.salvaged.whole for one in found.values())


@pytest.mark.soak
@pytest.mark.parametrize("first", range(0, SEEDS, PORTION))
def test_nothing_is_lost_in_silence_by_any_of_500_seeds(sound: Sound, tmp_path: Path, first: int) -> None:
    found = dict(outcomes(sound, tmp_path, range(first, first + PORTION)))
    print(Counter(one.what for one in found.values()))
    assert {seed: one.faults for seed, one in found.items() if one.faults} == {}
