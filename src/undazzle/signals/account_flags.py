"""Habits that show in single posts: which accounts have which, found by patterns over all texts.

Reads ``posts`` and the temporary tables of ``group``.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    checks = ", ".join(f"bool_or(coalesce({sql}, false)) AS h{place}" for place, sql in enumerate(patterns.values()))
    names = list(patterns)
    rows = group.store.rows(
        f"SELECT is_member, floor(log2(count(*)))::INTEGER, {checks} FROM (SELECT account_key, is_member,"
        " left(text, 2000) AS text FROM posts JOIN (SELECT account_key, is_member FROM signal_accounts)"
        " USING (account_key) WHERE text IS NOT NULL AND NOT coalesce(is_repost, false))"
        " GROUP BY account_key, is_member"
    )
    found: tuple[Flags, Flags] = ([], [])
    for is_member, stratum, *flags in rows:
        has = {name for name, flag in zip(names, flags, strict=True) if flag}
        found[0 if is_member else 1].append((stratum, has))
    return found


def text_strata(group: Group) -> dict[int, tuple[bool, int]]:
    """Return for every account with a text whether it is a member, and how often it posts in classes that double."""
    rows = group.store.rows(
        "SELECT account_key, is_member, floor(log2(count(*)))::INTEGER FROM posts JOIN (SELECT account_key, is_member"
        " FROM signal_accounts) USING (account_key) WHERE text IS NOT NULL AND NOT coalesce(is_repost, false)"
        " GROUP BY account_key, is_member ORDER BY account_key"
    )
    return {int(key): (bool(is_member), int(stratum)) for key, is_member, stratum in rows}
