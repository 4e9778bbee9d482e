"""Posts become traces: an account did something with an item at a time.

Reads ``posts``. Writes ``trace_sets``, ``items`` and ``traces``, one module per kind of trace.
It must not know of pairs of accounts.
"""
