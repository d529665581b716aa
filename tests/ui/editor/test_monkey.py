"""Whatever is done in the window, and in whatever order: the store holds the draft, the page shows it, undo leads back exactly."""

import os
import random
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.logging import _QtMessageCapture
from pytestqt.qtbot import QtBot

from models.document.tree import Draft
from models.session import history
from models.store import open_store
from tests.ui.editor.monkey import Monkey
from tests.ui.editor.places import draft_to_type_into
from tests.ui.editor.what_is_shown import differences
from ui.app.application import make_window
from ui.shell.main_window import MainWindow

MINUTES, SEED = "GOALFORM_MONKEY_MINUTES", "GOALFORM_MONKEY_SEED"
"""How long the long run takes; a seed to do a single episode again."""
BATCHES, STEPS = 12, 50
PARTS = 5
"""Of the long run: a single test of a quarter of an hour is taken for one that hangs."""


def small_draft_to_type_into() -> Draft:
    """Few parts, so that the monkey meets each of them often."""
    from dataclasses import replace

    draft = draft_to_type_into()
    projects = tuple(replace(each, indicators=each.indicators[:4]) for each in draft.document.projects[:2])
    return replace(draft, document=replace(draft.document, projects=projects))


def stored(window: MainWindow) -> Draft:
    other = open_store(window.store_path)
    try:
        return other.load(window.editor.session.draft_id)
    finally:
        other.close()


class Episode:
    """A window with a draft, and a monkey in it; every check fails with the seed and what was done last."""

    def __init__(
        self, qtbot: QtBot, log: _QtMessageCapture, home: Path, seed: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._seed = seed
        # Which keys are one step must not depend on how fast the machine is.
        monkeypatch.setattr(history, "PAUSE", random.Random(seed).choice((-1.0, 1e9)))
        self.window = make_window(home)
        self.window.show()
        qtbot.waitUntil(lambda: self.window.store is not None)
        self.window.activateWindow()
        self.window.take_draft(small_draft_to_type_into())
        self.opened = self.window.editor.session.draft
        self._monkey = Monkey(self.window, seed)
        self._qtbot, self._log = qtbot, log
        self._refused: list[str] = []
        self.window.editor.saver.failed.connect(self._refused.append)
        self.undone = 0
        """The steps from the end of the episode back to its start."""

    def run(self, batches: int, steps: int) -> None:
        session = self.window.editor.session
        for _batch in range(batches):
            for _step in range(steps):
                self._do()
            self._settle()
        last = session.draft
        self.undone = self._travel(back=True)
        self._hold(session.draft == self.opened, "undone to the start, the draft is not what it was")
        self._settle()
        self._travel(back=False, most=self.undone)
        self._hold(session.draft == last, "all done again, the draft is not what it was")
        self._settle()

    def _do(self) -> None:
        with self._qtbot.captureExceptions() as raised:
            self._monkey.step()
        self._hold(not raised, f"raised {raised}")
        complaints = [record.message for record in self._log.records if "QAbstractItemView" in record.message]
        self._hold(not complaints, f"{complaints}")
        self._hold(not self._monkey.lost, self._monkey.lost)
        self._hold(not (found := differences(self.window)), f"{found}")

    def _settle(self) -> None:
        self._monkey.close_lists()
        with self._qtbot.captureExceptions() as raised:
            QApplication.processEvents()
            end = time.monotonic() + 60
            while not (saved := self.window.editor.save_now()) and time.monotonic() < end:
                QTest.qWait(50)  # the day's backup may just hold the file
            self._hold(saved, f"the draft could not be saved: {self._refused}")
        self._hold(not raised, f"raised {raised}")
        self._hold(stored(self.window) == self.window.editor.session.draft, "the store does not hold the draft")
        self._hold(not (found := differences(self.window)), f"{found}")

    def _travel(self, back: bool, most: int = 10**9) -> int:
        """All the way, or so many steps; how many it was."""
        steps = 0
        session, editor = self.window.editor.session, self.window.editor
        while (session.undo_label if back else session.redo_label) is not None and steps < most:
            with self._qtbot.captureExceptions() as raised:
                (editor.undo if back else editor.redo)()
            self._hold(not raised, f"raised {raised}")
            self._hold(not (found := differences(self.window)), f"{'undo' if back else 'redo'}: {found}")
            steps += 1
        return steps

    def _hold(self, holds: bool, otherwise: str) -> None:
        if not holds:
            done = "\n".join(self._monkey.trail[-60:])
            pytest.fail(f"{otherwise}\n{SEED}={self._seed}, after {len(self._monkey.trail)} steps:\n{done}")

    def end(self) -> None:
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def run(
    qtbot: QtBot,
    log: _QtMessageCapture,
    home: Path,
    seed: int,
    monkeypatch: pytest.MonkeyPatch,
    batches: int,
    steps: int,
) -> int:
    """An episode; how many of the monkey's deeds were steps that could be undone."""
    episode = Episode(qtbot, log, home, seed, monkeypatch)
    try:
        episode.run(batches, steps)
    finally:
        episode.end()
    return episode.undone


@pytest.mark.parametrize("seed", [1, 2])
def test_a_monkey_at_the_window_loses_nothing(
    qtbot: QtBot, qtlog: _QtMessageCapture, tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Takes seconds: some hundred steps."""
    assert run(qtbot, qtlog, tmp_path, seed, monkeypatch, batches=3, steps=40) > 10


@pytest.mark.soak
@pytest.mark.skipif(SEED not in os.environ, reason=f"{SEED} names no episode to be done again")
def test_the_monkey_s_episode_of_that_seed(
    qtbot: QtBot, qtlog: _QtMessageCapture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(qtbot, qtlog, tmp_path, int(os.environ[SEED]), monkeypatch, BATCHES, STEPS)


@pytest.mark.soak
@pytest.mark.skipif(SEED in os.environ, reason=f"{SEED} names one episode")
@pytest.mark.parametrize("part", range(PARTS))
def test_a_monkey_at_the_window_loses_nothing_for_a_long_time(
    qtbot: QtBot, qtlog: _QtMessageCapture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    """All parts together take as many minutes as `GOALFORM_MONKEY_MINUTES` says, a new draft every 600 deeds."""
    span = 60 * float(os.environ.get(MINUTES, "20")) / PARTS
    end, episodes, undone = time.monotonic() + span, 0, 0
    seed = random.randrange(10**6) + part
    while time.monotonic() < end:
        undone += run(qtbot, qtlog, tmp_path / str(episodes), seed + episodes, monkeypatch, BATCHES, STEPS)
        episodes += 1
    print(f"{episodes} episodes of {BATCHES * STEPS} deeds, {undone} steps undone and done again, seeds from {seed}")
    assert undone > 100
