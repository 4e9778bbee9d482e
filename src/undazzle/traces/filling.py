"""How a trace kind fills its table of items: in SQL where the item is plain, in Python for the distinct rest.

The temporary table ``target`` has the columns ``item VARCHAR, post_key BIGINT``: no nulls, no repeats.
"""

from __future__ import annotations

from collections.abc import Callable

from undazzle.store import Store

_STEP, _BYTES = 100_000, 2_000  # values folded at once, and what one of them takes with what is made of it


def fill_from_column(store: Store, target: str, item_sql: str, where: str) -> None:
    """Fill ``target`` with one item per post.

    Parameters
    ----------
    store
        An open workspace.
    target
        Temporary table to fill.
    item_sql
        SQL over ``posts`` that yields the item, null where there is none.
    where
        SQL condition on ``posts``.
    """
    store.execute(
        f"INSERT INTO {target} SELECT item, post_key FROM (SELECT {item_sql} AS item, post_key FROM posts"
        f" WHERE {where}) WHERE item IS NOT NULL"
    )


def fill_from_list(
    store: Store,
    target: str,
    *,
    values_sql: str,
    where: str,
    quick_sql: str,
    fold: Callable[[str], str | None],
) -> int:
    """Fill ``target`` from a column that holds a list per post.

    Parameters
    ----------
    store
        An open workspace.
    target
        Temporary table to fill.
    values_sql
        SQL over ``posts`` that yields the list, e.g. ``links``.
    where
        SQL condition on ``posts``.
    quick_sql
        SQL over ``raw`` (one element) that yields its item where it is plain, null where ``fold`` must look.
    fold
        Returns the item of one element, or ``None`` if it is none. Called once per distinct element.

    Returns
    -------
    int
        Number of elements that are no item.
    """
    seen, folded = f"{target}_seen", f"{target}_folded"
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE {seen} AS SELECT post_key, several, item, CASE WHEN item IS NULL THEN raw END"
        f" AS raw FROM (SELECT post_key, raw, several, {quick_sql} AS item FROM"
        " (SELECT post_key, unnest(listed) AS raw, len(listed) > 1 AS several FROM"
        f" (SELECT post_key, {values_sql} AS listed FROM posts WHERE {where})) WHERE raw IS NOT NULL)"
    )
    found, lost = f"SELECT item, post_key, several FROM {seen} WHERE item IS NOT NULL", 0
    if store.rows(f"SELECT EXISTS (FROM {seen} WHERE item IS NULL)")[0][0]:
        fold_distinct(store, f"SELECT DISTINCT raw FROM {seen} WHERE item IS NULL", folded, fold)
        both = f"FROM {seen} s JOIN {folded} f USING (raw) WHERE s.item IS NULL"
        found += f" UNION ALL SELECT f.item, post_key, several {both} AND f.item IS NOT NULL"
        lost = store.rows(f"SELECT count(*) {both} AND f.item IS NULL")[0][0]
    store.execute(
        f"INSERT INTO {target} WITH found AS NOT MATERIALIZED ({found})"
        " SELECT item, post_key FROM found WHERE NOT several"
        " UNION ALL SELECT DISTINCT item, post_key FROM found WHERE several"
    )
    store.script(f"DROP TABLE {seen}; DROP TABLE IF EXISTS {folded}")
    return int(lost)


def fold_distinct(store: Store, distinct_sql: str, table: str, fold: Callable[[str], str | None]) -> None:
    """Write the temporary table ``table (raw, item)``: every value of a query and what ``fold`` makes of it.

    Parameters
    ----------
    store
        An open workspace.
    distinct_sql
        SQL that yields distinct texts without nulls.
    table
        Temporary table to make.
    fold
        Returns the item of one text, or ``None``.
    """
    import numpy as np

    distinct = f"{table}_distinct"
    store.execute(f"CREATE OR REPLACE TEMP TABLE {table} (raw VARCHAR, item VARCHAR)")
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE {distinct} AS SELECT raw, row_number() OVER () - 1 AS number"
        f" FROM ({distinct_sql}) AS found (raw)"
    )
    count = store.rows(f"SELECT count(*) FROM {distinct}")[0][0]
    step = store.memory.batch(_BYTES, most=_STEP)
    for start in range(0, count, step):
        rows = store.rows(f"SELECT raw FROM {distinct} WHERE number >= {start} AND number < {start + step}")
        part = [row[0] for row in rows]
        items = [fold(text) for text in part]
        store.append(table, {"raw": np.array(part, dtype=object), "item": np.array(items, dtype=object)})
    store.execute(f"DROP TABLE {distinct}")
