"""Normalised texts of many posts at once: SQL where letters are plain, Python for the distinct rest."""

from __future__ import annotations

from collections.abc import Collection

from undazzle.store import Store
from undazzle.traces.filling import fold_distinct
from undazzle.traces.normal_text import QUICK_TEXT, half_words_sql, normal_text_sql, normalise_text


def collect_normal_texts(
    store: Store, table: str, where: str, *, ignore: Collection[str], exact: bool, min_words: int
) -> None:
    """Write the temporary table ``table (normal, post_key)`` with the normalised text of every post that counts.

    Reads ``posts``.

    Parameters
    ----------
    store
        An open workspace.
    table
        Temporary table to make.
    where
        SQL condition on ``posts``.
    ignore, exact
        As in ``normalise_text``.
    min_words
        Shorter texts are left out; two letters of a script without spaces count as a word. With 0, texts of
        which nothing is left are kept too, as one empty text.
    """
    seen, folded = f"{table}_seen", f"{table}_folded"
    quick = normal_text_sql("text", ignore, exact=exact)
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE {seen} AS SELECT post_key,"
        f" CASE WHEN is_quick THEN {quick} END AS normal, CASE WHEN NOT is_quick THEN text END AS raw FROM"
        f" (SELECT post_key, text, regexp_full_match(text, '{QUICK_TEXT}') AS is_quick FROM posts"
        f" WHERE text IS NOT NULL AND {where})"
    )
    fold_distinct(
        store,
        f"SELECT DISTINCT raw FROM {seen} WHERE raw IS NOT NULL",
        folded,
        lambda text: normalise_text(text, ignore, exact=exact),
    )
    store.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT normal, post_key FROM ("
        f"SELECT normal, post_key FROM {seen} WHERE normal IS NOT NULL UNION ALL"
        f" SELECT item, post_key FROM {seen} JOIN {folded} USING (raw))"
        f" WHERE {half_words_sql('normal')} >= {2 * min_words}"
    )
    store.script(f"DROP TABLE {seen}; DROP TABLE {folded}")
