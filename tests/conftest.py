"""Settings for all tests: no deadlines (compiled code warms up), reproducible examples."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "undazzle", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.load_profile("undazzle")
