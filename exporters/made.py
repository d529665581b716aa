"""When a file is made: now, or the moment that SOURCE_DATE_EPOCH pins, as reproducible runs have it."""

import os
from datetime import UTC, datetime

PINNED = "SOURCE_DATE_EPOCH"


def made_now() -> datetime:
    """The moment to write into a file, in whole seconds, with its zone."""
    pinned = os.environ.get(PINNED, "")
    if pinned.isdecimal():
        return datetime.fromtimestamp(int(pinned), UTC)
    return datetime.now().astimezone().replace(microsecond=0)
