"""Accounts and items as a sparse matrix, and its projection on pairs of accounts."""

from __future__ import annotations

from typing import Any

import numpy as np

from undazzle.errors import MissingExtraError
from undazzle.evaluation.baselines.descriptor import Pairing
from undazzle.evaluation.shares import FloatArray, Shares


def import_scipy(module: str) -> Any:
    """Return a module of SciPy.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    from importlib import import_module

    try:
        return import_module(f"scipy.{module}")
    except ImportError as error:
        raise MissingExtraError("bench", "The benchmark's baselines") from error


def projected(shares: Shares, value: FloatArray) -> Pairing:
    """Return all pairs that share an item, with the sum of products of values over the items they share.

    Parameters
    ----------
    shares
        Distinct shares.
    value
        By share.
    """
    sparse = import_scipy("sparse")
    matrix = sparse.csr_matrix((value, (shares.account, shares.item)), shape=(shares.accounts, shares.items))
    upper = sparse.triu(matrix @ matrix.T, k=1).tocoo()
    return Pairing(upper.row.astype(np.int64), upper.col.astype(np.int64), upper.data)


def shared_items(shares: Shares) -> Pairing:
    """Return all pairs that share an item, with the number of items, whenever that was."""
    first = shares.distinct()
    return projected(first, np.ones(len(first)))
