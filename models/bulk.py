"""Work that makes very many values at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def making_many() -> Iterator[None]:
    """Pauses the search for garbage cycles: among a hundred thousand new values that hold none it takes half of the time.

    For the whole process, so for seconds at most; whoever finds it paused leaves it so.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
