"""Brings a workspace written by an older Undazzle up to the present schema, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undazzle._version import __version__
from undazzle.store.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from undazzle.store.database import Store

# version the step starts from -> SQL that brings the file to the next version
STEPS: dict[int, str] = {}


def migrate(store: Store, version: int, steps: dict[int, str] | None = None, goal: int = SCHEMA_VERSION) -> None:
    """Run every step from ``version`` up to ``goal`` in one transaction.

    Parameters
    ----------
    store
        An open, writable workspace.
    version
        Schema version of the file now.
    steps, goal
        The steps to use and the version to reach (the present ones unless a test says otherwise).
    """
    known = STEPS if steps is None else steps
    with store.transaction():
        for step in range(version, goal):
            store.script(known[step])
            store.execute("INSERT INTO workspace_info VALUES (?, now(), ?)", [step + 1, __version__])
