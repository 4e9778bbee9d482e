"""Plain records become Altair charts with a text that says what they show.

Reads and writes no tables. It must not know of workspaces or files; Altair is imported when a chart is made.
"""

from undazzle.charts.graph import graph_chart
from undazzle.charts.timeline import timeline_chart

__all__ = ["graph_chart", "timeline_chart"]
