"""A finished detection becomes its trust page: shuffle check, sensitivity, and what could not be tested.

Reads ``networks``, ``members``, ``explanations``, ``sources``, ``rejected_rows``, ``trace_sets``, ``traces`` and
``posts``. Writes ``expected_hours``, ``shuffle_checks``, ``sensitivity_checks``, ``sensitivity_matches`` and
``untested``. It must not know how a method finds networks: it runs the method again on altered events and compares who
is in them.
"""

from undazzle.coordination.trust.run import MOST_TRACES, check_trust

__all__ = ["MOST_TRACES", "check_trust"]
