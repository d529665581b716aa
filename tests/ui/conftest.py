"""A window over a fresh store, as the program opens it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partialmethod
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.document.template import load_template
from models.document.tree import Draft, Measure, Project, SubGoal, Unit
from models.session.session import new_document
from tests.waiting import PATIENCE
from ui.app.application import make_window, speak_chinese
from ui.app.garbage_collection import Collector
from ui.shell.main_window import MainWindow
from ui.widgets import questions
from ui.widgets.style import apply_style


def small_draft() -> Draft:
    """A text with two sub-goals, a measure and a project."""
    document = new_document(load_template(), 2026, Unit("618001", "云泽县农业技术推广站"))
    goals = (
        SubGoal("s1", heading="灌溉", goal="换管道", indicator="6公里"),
        SubGoal("s2", number="(2) ", heading="培训"),
    )
    return Draft(
        replace(
            document,
            sub_goals=replace(document.sub_goals, items=goals),
            safeguards=replace(document.safeguards, items=(Measure("m1", heading="加强监督。", run_in=True),)),
            projects=(Project("p1", name="管网", budget="128.00"),),
            unplaced=("附注一行",),
        )
    )


def settle(window: QWidget) -> None:
    """Lets a window be laid out to the end: until turns of its events move no part of it any more."""
    before: list[object] = []
    while (now := [(part, part.geometry(), part.isVisible()) for part in window.findChildren(QWidget)]) != before:
        before = list(now)
        for _turn in range(3):  # one part's place may follow from another's, a turn later
            QApplication.processEvents()


def banner(window: MainWindow) -> str:
    """What is said above the steps of the open draft; "" for nothing."""
    labels = [label for label in window.editor.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.text() for label in labels if label.parent().property("role") == "banner")


class PatientBot(QtBot):
    """pytest-qt's helper with that patience."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=int(PATIENCE * 1000))  # noqa: N815 (pytest-qt's names)
    waitSignal = partialmethod(QtBot.waitSignal, timeout=int(PATIENCE * 1000))  # noqa: N815
    waitSignals = partialmethod(QtBot.waitSignals, timeout=int(PATIENCE * 1000))  # noqa: N815


@pytest.fixture(scope="session", autouse=True)
def _look(qapp: QApplication) -> Iterator[None]:
    speak_chinese(qapp)
    apply_style(qapp)
    Collector(qapp)
    yield
    # Without a display the clipboard outlives Python, and what a test put there cannot be let go any more.
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def _nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text with errors goes out: a test that is about the question asks it itself."""
    monkeypatch.setattr(questions, "ask_about_errors", lambda *_asked: questions.ANYWAY)


@pytest.fixture(autouse=True)
def _no_button_stays_down(qapp: QApplication) -> Iterator[None]:
    """A double click in a test has no end of its own; the window would take what follows for a drag."""
    yield
    if qapp.mouseButtons() != Qt.MouseButton.NoButton:
        ground = QWidget()
        ground.show()
        for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            QTest.mouseRelease(ground, button)
        ground.close()
    assert qapp.mouseButtons() == Qt.MouseButton.NoButton


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's, which waits as long as it takes."""
    return PatientBot(request)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    window = make_window(tmp_path)
    window.show()
    qtbot.waitUntil(lambda: window.store is not None)
    window.activateWindow()
    yield window
    if window.editor is not None:
        window.editor.saver.stop()
        window.editor.session._store = None  # a store made to fail must not ask whether to leave
    window.close()
    window.deleteLater()


@pytest.fixture
def opened(window: MainWindow) -> MainWindow:
    """The window with a draft open at the first step."""
    window.take_draft(small_draft())
    return window
