"""Filters of accounts, as joins on the cluster: who did enough, before and after pairing, and with enough items."""

from __future__ import annotations

from typing import Any


def active_events(events: Any, min_participation: int) -> Any:
    """Return the events of accounts with at least ``min_participation`` events (``participation.active_enough``)."""
    if min_participation <= 1:
        return events
    active = events.groupBy("account").count().where(f"count >= {int(min_participation)}").select("account")
    return events.join(active, "account", "left_semi")


def flag_counting_events(meeting: Any, active: Any, min_participation: int) -> Any:
    """Return events with ``counts``: whether their post counts after pairing (``participation.counting_posts``).

    Parameters
    ----------
    meeting
        The events that meet another account.
    active
        All events of the accounts that are active enough, also those that met nobody.
    min_participation
        Least number of events of an account whose post is part of a co-action.
    """
    in_posts = active.join(meeting.select("post").distinct(), "post", "left_semi")
    enough = in_posts.groupBy("account").count().where(f"count >= {int(min_participation)}")
    flags = enough.selectExpr("account", "true AS enough")
    # Every post of a meeting event is part of a co-action, so whether it counts depends on its account alone.
    joined = meeting.drop("counts").join(flags, "account", "left")
    return joined.selectExpr("item", "account", "post", "at", "coalesce(enough, false) AS counts")


def with_enough_items(events: Any, k: int) -> Any:
    """Return the events of accounts that have at least ``k`` distinct items: others cannot share as many."""
    enough = events.selectExpr("account", "item").distinct().groupBy("account").count().where(f"count >= {int(k)}")
    return events.join(enough.select("account"), "account", "left_semi")
