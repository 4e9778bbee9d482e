"""A word on the command line becomes a group of accounts: a network, a source, a category, or a file of accounts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from undazzle.errors import SourceError

if TYPE_CHECKING:
    from undazzle.signals import Choice
    from undazzle.workspace import Workspace


def choose_group(opened: Workspace, group: str) -> Choice:
    """Return the accounts of ``network:1``, ``amber-otter``, ``source:2``, ``category:NAME`` or ``@FILE``.

    Raises
    ------
    SourceError
        If the file of accounts cannot be read.
    UnknownNameError
        If there is no such group.
    """
    from undazzle.signals import choose_accounts, choose_category, choose_network, choose_source

    kind, _, rest = group.partition(":")
    if group.startswith("@"):
        return choose_accounts(opened.store, _lines(Path(group[1:])), group[1:])
    if kind == "category":
        return choose_category(opened.store, rest)
    if kind == "source" and rest.isdigit():
        return choose_source(opened.store, int(rest))
    network = opened.network(group)
    return choose_network(opened.store, network.run.run_id, network.network_id)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(
            path, "The list of accounts cannot be read", "Give a text file, one account a line."
        ) from error
