"""GEXF and GraphML: the network as a graph whose edges carry their evidence in numbers."""

from __future__ import annotations

from undazzle.publish.export_formats import ExportFormat
from undazzle.results.graph_files import write_gexf, write_graphml

GEXF = ExportFormat(
    "gexf",
    "Graph for Gephi: weight, co-actions, items, posts, mean gap, kinds and window on every edge.",
    False,
    write_gexf,
    "https://gexf.net/",
)
GRAPHML = ExportFormat(
    "graphml",
    "Graph for igraph, yEd, Cytoscape, Gephi: the same evidence counts on every edge.",
    False,
    write_graphml,
    "http://graphml.graphdrawing.org/",
)
