"""A network as a bundle: its accounts, how often each pair met, what chance gives, and which ordinary reasons fit.

A grouping of accounts, never an intrusion set or a campaign: nobody has judged that it is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from undazzle.publish.exchange.identifiers import canonical_json, stable_uuid
from undazzle.publish.exchange.stix.bundle import FIRST_DAY, bundle_bytes
from undazzle.publish.exchange.stix.collecting import PRODUCER
from undazzle.publish.exchange.texts import clean_text
from undazzle.publish.export_formats import ExportFormat
from undazzle.results.network import Network
from undazzle.results.network_files import RowMask
from undazzle.results.new_files import refuse_existing

MOST_PAIRS = 2_000
_OBSERVABLES = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")  # of the standard, section 2.9
_PLATFORMS = {"x": "twitter", "twitter": "twitter", "facebook": "facebook", "skype": "skype"}
Stix = dict[str, Any]


def network_bundle(network: Network, *, mask: RowMask | None = None, note: str = "") -> Stix:
    """Return a network as a STIX 2.1 bundle.

    Parameters
    ----------
    network
        What to write.
    mask
        Replaces what gives an account away in a row.
    note
        One more thing to say, e.g. that names are masked.
    """
    day, key = _moment(network.run.record.finished_at), (network.run.fingerprint, network.reference)
    accounts = {row["account_id"]: _account(mask(dict(row)) if mask else row) for row in network.members}
    refs = [one["id"] for one in accounts.values()]
    pairs = list(network.pairs.tuples())
    columns = network.pairs.columns
    objects: list[Stix] = [_producer(), *accounts.values()]
    shown = [dict(zip(columns, row, strict=True)) for row in pairs[:MOST_PAIRS]]
    objects += [_pair(one, accounts, day, key) for one in shown]
    seen = _object("observed-data", (*key, "seen"), day, first_observed=_moment(network.first_at),
                   last_observed=_moment(network.last_at), object_refs=refs,
                   number_observed=min(999_999_999, int(network.facts["co_actions"])))  # fmt: skip
    group = _object("grouping", (*key, "group"), day, name=network.name, context="unspecified",
                    description=clean_text(network.summary), object_refs=[*refs, seen["id"]])  # fmt: skip
    told = _object("note", (*key, "note"), day, abstract=f"What was measured of {network.name}",
                   object_refs=[group["id"]], content="\n".join(_lines(network, len(pairs), note)))  # fmt: skip
    objects += [seen, group, told]
    return {"type": "bundle", "id": f"bundle--{stable_uuid('stix', 'network', *key)}", "objects": objects}


def network_lines(network: Network) -> Iterator[str]:
    """Yield what was measured of a network, ordinary reasons tested, and what it does not say."""
    yield network.summary
    for row in network.explanations:
        yield f"Ordinary reason tested: {row['explanation']}: {str(row['verdict']).replace('_', ' ')}."
    yield "It names no operator, and it is no judgement: acting together does not say who acts, or for whom."
    record = network.run.record
    yield (
        f"Found by undazzle {record.versions.get('undazzle', '')}, {record.method} method, seed {record.seed}, in "
        f"posts with the fingerprint {record.input_fingerprint} ({network.reference})."
    )


def _lines(network: Network, pairs: int, note: str) -> Iterator[str]:
    yield from map(clean_text, network_lines(network))
    if pairs > MOST_PAIRS:
        yield f"The {MOST_PAIRS:,} pairs with most co-actions of {pairs:,} are here; --to csv writes all."
    if note:
        yield note


def _producer() -> Stix:
    return {
        "type": "identity", "spec_version": "2.1", "id": PRODUCER, "created": FIRST_DAY, "modified": FIRST_DAY,
        "name": "Undazzle casebook", "identity_class": "system",
        "description": "Writes what claimants said; it makes no claims of its own.",
    }  # fmt: skip


def _account(row: dict[str, Any]) -> Stix:
    platform, _, user = str(row["account_id"]).rpartition(":")
    platform = platform or str(row.get("platform") or "")
    told = {"account_type": _PLATFORMS.get(platform, platform or "unknown"), "user_id": user,
            "account_login": row.get("handle")}  # fmt: skip
    given = {name: clean_text(str(value)) for name, value in told.items() if value}
    made = {"type": "user-account", "spec_version": "2.1",
            "id": f"user-account--{uuid5(_OBSERVABLES, canonical_json(given))}", **given}  # fmt: skip
    if row.get("display_name"):
        made["display_name"] = clean_text(str(row["display_name"]))
    return made


def _pair(row: dict[str, Any], accounts: dict[str, Stix], day: str, key: tuple[str, ...]) -> Stix:
    expected = "not computed" if row["expected"] is None else f"{row['expected']:.1f}"
    words = (
        f"{row['co_actions']:,} co-actions on {row['items']:,} items ({row['kinds']}), {expected} by chance, "
        f"mean gap {row['mean_gap_seconds']:.1f} s"
    )
    a, b = accounts[row["account_a"]]["id"], accounts[row["account_b"]]["id"]
    tie = (*key, "pair", a, b, str(row["kinds"]), str(row["time_window"]))
    return _object("relationship", tie, day, relationship_type="related-to", source_ref=a, target_ref=b,
                   description=words)  # fmt: skip


def _object(kind: str, key: tuple[str, ...], day: str, **fields: Any) -> Stix:
    return {
        "type": kind, "spec_version": "2.1", "id": f"{kind}--{stable_uuid('stix', kind, *key)}", "created": day,
        "modified": day, "created_by_ref": PRODUCER, **{name: value for name, value in fields.items() if value},
    }  # fmt: skip


def _moment(at: datetime | None) -> str:
    return FIRST_DAY if at is None else f"{at:%Y-%m-%dT%H:%M:%S}.000Z"


def write_network_stix(
    network: Network, path: Path | str, /, *, mask: RowMask | None, overwrite: bool, note: str
) -> list[Path]:
    """Write a network as one STIX 2.1 file and return its path.

    Raises
    ------
    OutputExistsError
        If the file exists and ``overwrite`` is not set.
    """
    target = Path(path)
    if not overwrite:
        refuse_existing([target])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(bundle_bytes(network_bundle(network, mask=mask, note=note)))
    return [target]


NETWORK_STIX = ExportFormat(
    "stix",
    "STIX 2.1 bundle: accounts, how often each pair met beside chance, ordinary reasons; a grouping, no campaign.",
    False,
    write_network_stix,
    "https://docs.oasis-open.org/cti/stix/v2.1/stix-v2.1.html",
)
