"""Distinct texts of a workspace, most repeated first, and the posts that hold each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from undazzle.store import Store
from undazzle.traces.normal_text import UNSPACED
from undazzle.traces.normal_text_table import collect_normal_texts

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Texts:
    """Distinct normalised texts.

    Attributes
    ----------
    text
        The texts, most accounts first.
    post, text_of_post
        Keys of posts, and the number of the text of each.
    too_short
        Posts left out because too little remains without links and names.
    """

    text: list[str]
    post: IntArray
    text_of_post: IntArray
    too_short: int

    def __len__(self) -> int:
        return len(self.text)


def load_texts(store: Store, min_letters: int) -> Texts:
    """Return the distinct texts of all posts. Reads ``posts``.

    Texts in a script without spaces need half as many letters.
    """
    collect_normal_texts(store, "_said", "true", ignore=("mentions", "urls"), exact=False, min_words=0)
    try:
        needed = f"CASE WHEN regexp_matches(normal, '[{UNSPACED}]') THEN $letters / 2 ELSE $letters END"
        all_posts = store.rows("SELECT count(*) FROM posts WHERE text IS NOT NULL")[0][0]
        store.execute(
            "CREATE OR REPLACE TEMP TABLE _texts AS SELECT normal, row_number() OVER"
            " (ORDER BY count(DISTINCT account_key) DESC, count(*) DESC, normal) - 1 AS number"
            f" FROM _said JOIN posts USING (post_key) WHERE length(normal) >= {needed} GROUP BY normal",
            {"letters": min_letters},
        )
        texts = [row[0] for row in store.rows("SELECT normal FROM _texts ORDER BY number")]
        found = store.arrays("SELECT post_key, number FROM _said JOIN _texts USING (normal) ORDER BY post_key")
    finally:
        store.execute("DROP TABLE IF EXISTS _said")
        store.execute("DROP TABLE IF EXISTS _texts")
    post = found["post_key"].astype(np.int64)
    return Texts(texts, post, found["number"].astype(np.int64), int(all_posts) - len(post))
