"""Habits that show in single posts: which accounts have which, found by patterns over all texts.

Reads ``posts`` and the temporary tables of ``group``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from undazzle.signals.group import Group
from undazzle.signals.templates import Account

Flags = list[Account]


def flagged_accounts(group: Group, patterns: Mapping[str, str]) -> tuple[Flags, Flags]:
    """Return the habits of every account with a text, for the group and for the others.

    The stratum of an account is how often it posts, in classes that double: who posts more has more occasions.

    Parameters
    ----------
    group
        The group.
    patterns
        Habit to an SQL condition over one row of ``posts``, with ``text`` cut to 2,000 signs.
    """
    names = list(patterns)
    found: tuple[Flags, Flags] = ([], [])
    for key, stratum, *flags in group.once(("flags", *names), lambda: _flags_of_all(group, patterns)):
        is_member = group.is_member.get(key)
        if is_member is not None:
            has = {name for name, flag in zip(names, flags, strict=True) if flag}
            found[0 if is_member else 1].append((stratum, has))
    return found


def _flags_of_all(group: Group, patterns: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """Return account, stratum and flags of every account with a text, whatever group it is in."""
    checks = ", ".join(f"bool_or(coalesce({sql}, false)) AS h{place}" for place, sql in enumerate(patterns.values()))
    return group.store.rows(
        f"SELECT account_key, floor(log2(count(*)))::INTEGER, {checks} FROM (SELECT account_key,"
        " left(text, 2000) AS text FROM posts WHERE text IS NOT NULL AND NOT coalesce(is_repost, false))"
        " GROUP BY account_key ORDER BY account_key"
    )


def text_strata(group: Group) -> dict[int, tuple[bool, int]]:
    """Return for every account with a text whether it is a member, and how often it posts in classes that double."""
    rows = group.once("text strata", lambda: group.store.rows(_STRATA))
    inside = group.is_member
    return {int(key): (inside[key], int(stratum)) for key, stratum in rows if key in inside}


_STRATA = """
SELECT account_key, floor(log2(count(*)))::INTEGER FROM posts
WHERE text IS NOT NULL AND NOT coalesce(is_repost, false) GROUP BY account_key ORDER BY account_key
"""
