"""Where the shared seeds, samples and tools lie, for the tests that read them when they are there."""

from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT.parent / "shared"
TEXTS = sorted((CHECKOUT / "tests" / "data" / "texts").glob("*.txt"))
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))

needs_shared = pytest.mark.skipif(not SEEDS, reason="the folder of real texts is not beside this checkout")
"""For a test that reads the real texts."""
