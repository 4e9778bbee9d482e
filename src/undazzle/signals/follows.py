"""Who follows whom, from a table that the user brings: two columns, one follow a line.

Reads a file and ``accounts``. Writes nothing: workspaces keep no such list.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from undazzle.errors import SourceError
from undazzle.store import Store

MOST_FOLLOWS = 5_000_000
COLUMNS = ("follower", "followed")
_LONGEST = 200
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Follows:
    """A list of who follows whom.

    Attributes
    ----------
    following
        Account to the accounts it follows. Accounts of the workspace are named by their ``account_key``, all others
        by negative numbers.
    followers
        Account to the accounts that follow it.
    rejected
        Rows without two different accounts.
    repeated
        Rows that say what an earlier one said.
    """

    following: Mapping[int, frozenset[int]]
    followers: Mapping[int, frozenset[int]]
    rejected: int = 0
    repeated: int = 0
    _mutual: dict[int, frozenset[int]] = field(default_factory=dict, repr=False)

    @property
    def number(self) -> int:
        """How many follows there are."""
        return sum(map(len, self.following.values()))

    def mutual(self, account: int) -> frozenset[int]:
        """Return the accounts that an account follows and that follow it."""
        if account not in self._mutual:
            self._mutual[account] = self.following.get(account, _NONE) & self.followers.get(account, _NONE)
        return self._mutual[account]

    def degree(self, account: int) -> int:
        """Return how many follows an account has, both ways counted."""
        return len(self.following.get(account, _NONE)) + len(self.followers.get(account, _NONE))


def read_follows(store: Store, path: Path | str) -> Follows:
    """Read a list of who follows whom from a CSV or TSV file with the columns ``follower`` and ``followed``.

    Accounts are named by id, with or without their platform, or by handle, as ``undazzle signals WORKSPACE @FILE``
    takes them; case does not matter.

    Parameters
    ----------
    store
        The workspace.
    path
        The file, in UTF-8, at most 5 million follows.

    Raises
    ------
    SourceError
        If the file cannot be read, lacks a column, holds no follow, or too many.
    """
    names = _names(store)
    following: defaultdict[int, set[int]] = defaultdict(set)
    followers: defaultdict[int, set[int]] = defaultdict(set)
    others: dict[str, int] = {}
    rejected = repeated = number = 0
    for pair in _pairs(Path(path)):
        one, other = (names[name] if name in names else others.setdefault(name, -1 - len(others)) for name in pair)
        if not all(pair) or one == other:
            rejected += 1
            continue
        repeated += other in following[one]
        number += other not in following[one]
        if number > MOST_FOLLOWS:
            raise SourceError(path, f"The list holds more than {MOST_FOLLOWS:,} follows", "Leave out distant accounts.")
        following[one].add(other)
        followers[other].add(one)
    if not number:
        raise SourceError(path, "The list holds no follow", "Write one a line: follower,followed.")
    return Follows(_frozen(following), _frozen(followers), rejected, repeated)


def _frozen(found: Mapping[int, set[int]]) -> dict[int, frozenset[int]]:
    return {one: frozenset(others) for one, others in found.items() if others}


def _names(store: Store) -> dict[str, int]:
    """Return account keys by every name; a name that two accounts share names neither, and ids win over handles."""
    rows = store.rows("SELECT account_key, lower(account_id), lower(handle) FROM accounts ORDER BY account_key")
    handles: dict[str, set[int]] = {}
    short_ids: dict[str, set[int]] = {}
    ids: dict[str, set[int]] = {}
    for key, account_id, handle in rows:
        for found, name in ((handles, handle), (short_ids, account_id.partition(":")[2]), (ids, account_id)):
            if name:
                found.setdefault(name, set()).add(int(key))
    return {
        name: next(iter(keys)) for found in (handles, short_ids, ids) for name, keys in found.items() if len(keys) == 1
    }


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline(10_000)
            file.seek(0)
            rows = csv.DictReader(file, delimiter="\t" if "\t" in head else ",")
            columns = {str(name).strip().casefold(): name for name in rows.fieldnames or ()}
            missing = [name for name in COLUMNS if name not in columns]
            if missing:
                raise SourceError(
                    path,
                    f"There is no column named {' or '.join(missing)}",
                    "Name the two columns follower and followed in the first line.",
                )
            for row in rows:
                one, other = (_clean(row[columns[name]]) for name in COLUMNS)
                yield one, other
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(path, "The list of follows cannot be read", "Write it as CSV in UTF-8.") from error


def _clean(name: str | None) -> str:
    plain = (name or "").strip().removeprefix("@").casefold()
    return plain if len(plain) <= _LONGEST else ""
