"""Masking of exported rows: the labels of the report, in every column that gives an account away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from undazzle.publish.masking import Identity, Mask, mask_names
from undazzle.results.network import Network
from undazzle.results.network_files import RowMask

# Columns that name the account of the given column, and columns that lead straight to its post.
_NAMES = {
    "handle": "account_id",
    "display_name": "account_id",
    "handle_a": "account_a",
    "handle_b": "account_b",
}
_ACCOUNTS = ("account_id", "account_a", "account_b")
_ADDRESSES = ("post_id", "post_a", "post_b", "url", "url_a", "url_b")
_TEXTS = ("text", "text_a", "text_b", "item")


def member_mask(network: Network) -> RowMask:
    """Return a function that replaces, in a row, what gives the members of a network away.

    Account ids, handles and names become ``account-01`` and so on, the same as in the report of the network;
    ids and addresses of posts are emptied; members named inside texts and items are replaced.
    """
    members = list(network.members)
    labels = mask_names(network.name, (row["account_id"] for row in members))
    identities = {
        Identity(row["account_id"], row["handle"] or "", row["display_name"] or ""): labels[row["account_id"]]
        for row in members
    }
    posts = [row["post_id"].partition(":")[2] for row in network.posts if row["post_id"]]
    mask = Mask(identities, posts)
    return lambda row: _masked_row(row, labels, mask)


def _masked_row(row: Mapping[str, Any], labels: Mapping[str, str], mask: Mask) -> dict[str, Any]:
    masked = dict(row)
    for name, account in _NAMES.items():
        if masked.get(name) is not None:
            masked[name] = labels[row[account]]
    for name in _ACCOUNTS:
        if name in masked:
            masked[name] = labels[row[name]]
    for name in _ADDRESSES:
        if name in masked:
            masked[name] = None
    for name in _TEXTS:
        if masked.get(name):
            masked[name] = mask(masked[name])
    return masked
