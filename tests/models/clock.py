"""A clock that stands still until it is told that time passed."""


class Clock:
    """Called, it gives the seconds since some beginning, as time.monotonic does."""

    def __init__(self) -> None:
        self._now = 1000.0

    def __call__(self) -> float:
        return self._now

    def pass_by(self, seconds: float) -> None:
        self._now += seconds
