"""Hashtags and mentions are the same whether a text is read the fast way or the one for wide signs."""

import random

from tests.ingest.test_landing import land, post

_PARTS = ("#", "#", "@", "@", " ", " ", "\n", "a", "B", "1", "_", "-", ".", "/", "&", "(", "é", "中", "fog", "x.org")


def test_a_wide_sign_elsewhere_in_a_text_changes_nothing():
    draw = random.Random(4)
    texts = ["".join(draw.choices(_PARTS, k=draw.randrange(1, 14))) for _ in range(6_000)]
    plain = land([post(n, text=text) for n, text in enumerate(texts)])[1]
    wide = land([post(n, text=f"{text} ＃ ＠ ") for n, text in enumerate(texts)])[1]
    columns = "SELECT post_id, hashtags, mentions FROM posts ORDER BY post_id"
    found = plain.rows(columns)
    assert found == wide.rows(columns)
    assert sum(map(len, (tags for _, tags, _ in found))) > 500 < sum(map(len, (names for _, _, names in found)))
