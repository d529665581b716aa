"""A plugin of pytest: tests that open windows run one after the other, for a display gives the keyboard to one window alone."""

import pytest
from xdist.scheduler import LoadScopeScheduling

WINDOWS = ("tests/ui/", "tests/packaging/")
"""The second starts the program itself."""


class InTurn(LoadScopeScheduling):
    """One worker takes all of these, and what else it has time for."""

    def _split_scope(self, nodeid: str) -> str:
        return "windows" if nodeid.startswith(WINDOWS) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    return InTurn(config, log)
