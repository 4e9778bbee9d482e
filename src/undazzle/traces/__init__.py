"""Posts become traces: an account did something with an item at a time.

Reads ``posts`` and ``media``. Writes ``trace_sets``, ``items`` and ``traces``, one module per kind of trace.
It must not know of pairs of accounts.
"""

from undazzle.traces.extraction import TraceSet, extract_traces
from undazzle.traces.kinds import TraceKind
from undazzle.traces.registry import TRACE_KINDS, kinds_from_fields, possible_kinds, trace_kind
from undazzle.traces.settings import complete_settings

__all__ = [
    "TRACE_KINDS",
    "TraceKind",
    "TraceSet",
    "complete_settings",
    "extract_traces",
    "kinds_from_fields",
    "possible_kinds",
    "trace_kind",
]
