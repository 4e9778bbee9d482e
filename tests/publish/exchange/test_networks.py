"""A network goes out as STIX and as MISP: accepted by the standards' own checks, and called nothing it is not."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.publish.exchange.test_misp import pymisp_data, template
from tests.publish.exchange.test_stix import problems_of
from tests.results.builders import first_network
from undazzle.errors import OutputExistsError
from undazzle.publish.exchange.misp.network import USER_ACCOUNT, network_event
from undazzle.publish.exchange.stix.network import network_bundle
from undazzle.publish.exports import export_network
from undazzle.publish.row_masking import member_mask


@pytest.mark.parametrize("is_masked", [False, True])
def test_the_validator_of_stix_accepts_a_network(is_masked: bool) -> None:
    network = first_network()
    bundle = network_bundle(network, mask=member_mask(network) if is_masked else None)
    assert problems_of(bundle) == ([], set())
    types = [one["type"] for one in bundle["objects"]]
    assert types.count("user-account") == len(list(network.members))
    assert types.count("relationship") == len(list(network.pairs))
    assert not {"threat-actor", "intrusion-set", "campaign"} & set(types), "nobody has judged that it is one"


def test_every_pair_carries_its_counts_beside_chance() -> None:
    network = first_network()
    told = [one["description"] for one in network_bundle(network)["objects"] if one["type"] == "relationship"]
    assert all("co-actions on" in one and "by chance" in one for one in told)
    seen = next(one for one in network_bundle(network)["objects"] if one["type"] == "observed-data")
    assert seen["number_observed"] == network.facts["co_actions"]


def test_the_schema_of_misp_accepts_a_network_and_nothing_is_for_detection() -> None:
    event = network_event(first_network())
    jsonschema.validate(event, json.loads((pymisp_data() / "schema-lax.json").read_text(encoding="utf-8")))
    plain = {name: value for name, value in event["Event"].items() if name != "Object"}
    strict = json.loads((pymisp_data() / "schema.json").read_text(encoding="utf-8"))
    jsonschema.validate({"Event": plain}, strict)
    parts = [part for one in event["Event"]["Object"] for part in one["Attribute"]] + event["Event"]["Attribute"]
    assert parts and not any(part["to_ids"] for part in parts)
    published = template("user-account")
    assert USER_ACCOUNT.uuid == published["uuid"] and set(USER_ACCOUNT.fields) <= set(published["attributes"])
    ids = {one["uuid"] for one in event["Event"]["Object"]}
    assert {tie["referenced_uuid"] for one in event["Event"]["Object"] for tie in one["ObjectReference"]} <= ids


@pytest.mark.parametrize("to", ["stix", "misp"])
def test_a_masked_file_names_no_account_and_nothing_is_replaced_unasked(to: str, tmp_path: Path) -> None:
    network = first_network()
    (path,) = export_network(network, tmp_path / "out.json", to, mask=True)
    text = path.read_text(encoding="ascii")
    for row in network.members:
        for name in ("account_id", "handle"):
            assert not row[name] or f'"{row[name].rpartition(":")[2]}"' not in text
    assert "account-01" in text or "account-1" in text
    with pytest.raises(OutputExistsError):
        export_network(network, tmp_path / "out.json", to)
    assert export_network(network, tmp_path / "out.json", to, overwrite=True, mask=True) == [path]
    assert path.read_text(encoding="ascii") == text, "the same network gives the same bytes"
