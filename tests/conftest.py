"""Profiles for generated cases: few and the same ones in the suite, many and new ones in the long runs."""

import os

from hypothesis import HealthCheck, settings

_UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile(
    "suite", max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=_UNHURRIED
)
settings.register_profile("soak", max_examples=3000, deadline=None, database=None, suppress_health_check=_UNHURRIED)
settings.load_profile("soak" if os.environ.get("GOALFORM_SOAK") else "suite")
