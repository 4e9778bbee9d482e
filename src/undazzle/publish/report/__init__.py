"""A network of a run becomes one HTML file that opens from disk, asks for nothing and says what was not computed.

Reads ``networks``, ``members``, ``pairs``, ``co_actions``, ``posts``, ``accounts``, ``items``, ``traces``,
``trace_sets``, ``sources`` and ``rejected_rows``; writes nothing. It must not know how a network was found.
"""

from undazzle.publish.report.build import build_report

__all__ = ["build_report"]
