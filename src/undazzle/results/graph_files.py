"""A network becomes a graph: for NetworkX, for Gephi (GEXF), for everything else (GraphML).

Every edge carries its evidence in numbers: co-actions, items, posts of either side, mean gap, kinds, window.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from undazzle.results.cells import plain_value, written_time, xml_text
from undazzle.results.network import Network
from undazzle.results.network_files import RowMask, masked_rows
from undazzle.results.new_files import new_file, refuse_existing
from undazzle.results.provenance import READING, card_text, write_card

if TYPE_CHECKING:
    import networkx as nx

NODE_FIELDS = (
    "account_id",
    "handle",
    "display_name",
    "platform",
    "posts",
    "posts_in_co_actions",
    "co_actions",
    "partners",
    "items",
    "days",
)
EDGE_FIELDS = (
    "weight",
    "co_actions",
    "items",
    "account_a",
    "account_b",
    "posts_a",
    "posts_b",
    "mean_gap_seconds",
    "kinds",
    "time_window",
    "expected",
    "p_value",
    "q_value",
)


def build_graph(network: Network, *, mask: RowMask | None = None) -> nx.Graph[str]:
    """Return an undirected graph: one node per member, one edge per pair that holds the network together.

    Nodes are called by account id. Where several windows or kinds hold a pair, co-actions and items are those of
    the widest window, added up over kinds. Empty values are left out.

    Parameters
    ----------
    network
        The network.
    mask
        Applied to every row first.
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph(name=network.name)
    for row in masked_rows(network.members, mask):
        graph.add_node(row["account_id"], label=row["handle"] or row["account_id"], **_present(row, NODE_FIELDS))
    for row in masked_rows(network.pairs, mask):
        _add_edge(graph, row)
    return graph


def _add_edge(graph: nx.Graph[str], row: Mapping[str, Any]) -> None:
    a, b = row["account_a"], row["account_b"]
    new = _present(row, EDGE_FIELDS)
    if not graph.has_edge(a, b):
        graph.add_edge(a, b, **new)
        return
    old = graph.edges[a, b]
    if old["kinds"] == new["kinds"]:
        if old["time_window"] < new["time_window"]:
            old.update(new)
        return
    total = old["co_actions"] + new["co_actions"]
    old["mean_gap_seconds"] = (
        old["mean_gap_seconds"] * old["co_actions"] + new["mean_gap_seconds"] * new["co_actions"]
    ) / total
    old.update(
        co_actions=total,
        items=old["items"] + new["items"],
        weight=old["weight"] + new["weight"],
        posts_a=max(old["posts_a"], new["posts_a"]),
        posts_b=max(old["posts_b"], new["posts_b"]),
        time_window=max(old["time_window"], new["time_window"]),
        kinds="; ".join(sorted({*old["kinds"].split("; "), *new["kinds"].split("; ")})),
    )
    for chance in ("expected", "p_value", "q_value"):  # they belong to one kind and cannot be added up
        old.pop(chance, None)


def _present(row: Mapping[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    """Return the fields that have a value, as numbers or text."""
    return {
        name: value if isinstance(value, int | float) else plain_value(value)
        for name in fields
        if (value := row[name]) is not None
    }


def write_gexf(
    network: Network, path: Path | str, *, mask: RowMask | None = None, overwrite: bool = False, note: str = ""
) -> list[Path]:
    """Write GEXF 1.2, as Gephi reads it, and a run card beside it; return both paths.

    Parameters
    ----------
    network
        What to write.
    path
        Where to; the card is called ``PATH.run.json``.
    mask
        Applied to every row.
    overwrite
        Whether files of these names may be replaced.
    note
        One more thing to say in the card.

    Raises
    ------
    OutputExistsError
        If one of the files exists and ``overwrite`` is not set.
    """
    from networkx.readwrite.gexf import GEXFWriter

    target, card = _targets(path, overwrite)
    with new_file(target, overwrite=overwrite) as part:
        writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
        _describe(writer.xml.find("meta"), network)
        writer.add_graph(_for_xml(build_graph(network, mask=mask), edge_id="id"))
        with part.open("wb") as file:
            writer.write(file)
    return [target, write_card(network, card, {target: (*NODE_FIELDS, *EDGE_FIELDS)}, overwrite=overwrite, note=note)]


def write_graphml(
    network: Network, path: Path | str, *, mask: RowMask | None = None, overwrite: bool = False, note: str = ""
) -> list[Path]:
    """Write GraphML, with the run card inside and beside it; return both paths.

    Parameters
    ----------
    network
        What to write.
    path
        Where to; the card is called ``PATH.run.json``.
    mask
        Applied to every row.
    overwrite
        Whether files of these names may be replaced.
    note
        One more thing to say in the card.

    Raises
    ------
    OutputExistsError
        If one of the files exists and ``overwrite`` is not set.
    """
    from networkx.readwrite.graphml import GraphMLWriter

    target, card = _targets(path, overwrite)
    graph = _for_xml(build_graph(network, mask=mask), edge_id="pair")
    graph.graph["undazzle"] = xml_text(card_text(network))
    with new_file(target, overwrite=overwrite) as part, part.open("wb") as file:
        writer = GraphMLWriter(encoding="utf-8", prettyprint=True, edge_id_from_attribute="pair")
        writer.add_graph_element(graph)
        writer.dump(file)
    return [target, write_card(network, card, {target: (*NODE_FIELDS, *EDGE_FIELDS)}, overwrite=overwrite, note=note)]


def _targets(path: Path | str, overwrite: bool) -> tuple[Path, Path]:
    target = Path(path)
    card = target.with_name(f"{target.name}.run.json")
    if not overwrite:
        refuse_existing([target, card])
    return target, card


def _describe(meta: Any, network: Network) -> None:
    """Say in the file who made it and from which run; the date is the run's, so that the file is always the same."""
    from xml.etree.ElementTree import SubElement

    run = network.run.record
    meta.set("lastmodifieddate", written_time(run.finished_at or run.started_at)[:10])
    meta.find("creator").text = f"Undazzle {run.versions.get('undazzle', '')}".strip()
    SubElement(meta, "description").text = xml_text(f"{network.summary} {READING} {card_text(network)}")


def _for_xml(graph: nx.Graph[str], *, edge_id: str) -> nx.Graph[str]:
    """Return a copy without characters that XML forbids, and with ids for edges in the attribute ``edge_id``.

    Names that become the same are told apart.
    """
    import networkx as nx

    names: dict[str, str] = {}
    taken: set[str] = set()
    for node in graph:
        name = xml_text(node) or "account"
        while name in taken:
            name += "~"
        names[node] = name
        taken.add(name)
    clean: nx.Graph[str] = nx.Graph(**_clean(graph.graph))
    for node, data in graph.nodes(data=True):
        clean.add_node(names[node], **_clean(data))
    for a, b, data in graph.edges(data=True):
        clean.add_edge(names[a], names[b], **{edge_id: f"{names[a]}|{names[b]}", **_clean(data)})
    return clean


def _clean(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: xml_text(value) if isinstance(value, str) else value for name, value in data.items()}
