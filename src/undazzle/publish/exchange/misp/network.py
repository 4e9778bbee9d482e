"""A network as an event: its accounts as objects, what was measured as comments, nothing marked for detection."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from undazzle.publish.exchange.identifiers import stable_uuid
from undazzle.publish.exchange.misp.events import ORGANISATION
from undazzle.publish.exchange.misp.parts import Template, attribute, misp_object
from undazzle.publish.exchange.misp.tags import OURS, machine_tag
from undazzle.publish.exchange.stix.network import network_lines
from undazzle.publish.exchange.texts import clean_text
from undazzle.publish.export_formats import ExportFormat
from undazzle.results.network import Network
from undazzle.results.network_files import RowMask
from undazzle.results.new_files import refuse_existing

MOST_PAIRS = 2_000
USER_ACCOUNT = Template(
    "user-account", "misc", "49606b06-22f0-4ac8-8eee-2f12ad46f3d3", "6", "An account on a platform.",
    {"account-type": "text", "user-id": "text", "username": "text", "display-name": "text", "description": "text"},
)  # fmt: skip


def network_event(network: Network, *, mask: RowMask | None = None, note: str = "") -> dict[str, Any]:
    """Return a network as a MISP event.

    Parameters
    ----------
    network
        What to write.
    mask
        Replaces what gives an account away in a row.
    note
        One more thing to say, e.g. that names are masked.
    """
    record, key = network.run.record, (network.run.fingerprint, network.reference)
    finished = record.finished_at
    seconds = str(int(finished.timestamp())) if finished else "0"
    rows = [dict(row) for row in network.members]
    keys = {row["account_id"]: (*key, str(row["account_id"])) for row in rows}
    pairs = [dict(row) for row in network.pairs]
    ties: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for pair in pairs[:MOST_PAIRS]:
        ties.setdefault(pair["account_a"], []).append((f"{pair['co_actions']} co-actions", keys[pair["account_b"]]))
    lines = [*network_lines(network), *([note] if note else [])]
    if len(pairs) > MOST_PAIRS:
        lines.append(f"The {MOST_PAIRS:,} pairs with most co-actions of {len(pairs):,} are here; --to csv writes all.")
    told = [attribute((*key, "line", str(place)), "comment", line, seconds) for place, line in enumerate(lines)]
    made = [_account(keys[row["account_id"]], mask(row) if mask else row, ties.get(row["account_id"], ()), seconds)
            for row in rows]  # fmt: skip
    return {"Event": {
        "uuid": stable_uuid("misp", "network", *key), "info": clean_text(f"{network.name}: {network.summary}", 1_000),
        "date": f"{finished:%Y-%m-%d}" if finished else "2000-01-01", "timestamp": seconds, "published": False,
        "analysis": "0", "threat_level_id": "4", "distribution": "0", "Org": ORGANISATION, "Orgc": ORGANISATION,
        "Tag": [machine_tag(OURS, "network", network.name)], "Attribute": told, "Object": made,
    }}  # fmt: skip


def _account(key: tuple[str, ...], row: dict[str, Any], ties: Any, seconds: str) -> dict[str, Any]:
    platform, _, user = str(row["account_id"]).rpartition(":")
    counts = f"{row['co_actions']:,} co-actions with {row['partners']:,} members on {row['items']:,} items"
    values = [("account-type", platform or row.get("platform")), ("user-id", user), ("username", row.get("handle")),
              ("display-name", row.get("display_name")), ("description", counts)]  # fmt: skip
    return misp_object(key, USER_ACCOUNT, [(name, str(value)) for name, value in values if value], seconds,
                       references=ties)  # fmt: skip


def write_network_misp(
    network: Network, path: Path | str, /, *, mask: RowMask | None, overwrite: bool, note: str
) -> list[Path]:
    """Write a network as one MISP event and return its path.

    Raises
    ------
    OutputExistsError
        If the file exists and ``overwrite`` is not set.
    """
    target = Path(path)
    if not overwrite:
        refuse_existing([target])
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(network_event(network, mask=mask, note=note), indent=1, ensure_ascii=True) + "\n"
    target.write_text(text, encoding="ascii")
    return [target]


NETWORK_MISP = ExportFormat(
    "misp",
    "MISP event: accounts as objects with their ties, what was measured as comments; nothing marked for detection.",
    False,
    write_network_misp,
    "https://www.misp-project.org/datamodels/",
)
