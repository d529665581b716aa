"""How long work reports how far it is."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called now and then: how many pages are done, of how many. What it raises (CancelledError) stops the work."""
