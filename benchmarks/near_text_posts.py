"""Neutral texts with planted near-copies within a day, in a script with spaces and in one without, as CSV.

``python -m benchmarks.near_text_posts OUT.csv ROWS``.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

_DAYS, _DAY = 30, 86_400
_START = 1_700_000_000
_PLANTED, _COPIES = 0.05, 6  # share of rows that begin a group, and most copies in one
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu".split()


def main(target: str, rows: int, seed: int = 0) -> None:
    """Write the posts, in order of time."""
    draw = random.Random(seed)
    words = ["".join(draw.choices(_SYLLABLES, k=draw.randint(1, 4))) for _ in range(5_000)]
    letters = [chr(code) for code in draw.sample(range(0x4E00, 0x9FA0), 2_000)]
    made: list[tuple[int, str]] = []
    while len(made) < rows:
        is_dense = draw.random() < 0.3
        pieces = (
            draw.choices(letters, k=draw.randint(20, 60)) if is_dense else draw.choices(words, k=draw.randint(8, 24))
        )
        joint, pool = ("", letters) if is_dense else (" ", words)
        at = _START + draw.randrange(_DAYS * _DAY)
        made.append((at, joint.join(pieces)))
        for _ in range(draw.randint(1, _COPIES) if draw.random() < _PLANTED else 0):
            changed = list(pieces)
            for _ in range(draw.randint(1, 2)):
                changed[draw.randrange(len(changed))] = draw.choice(pool)
            made.append((at + draw.randrange(_DAY), joint.join(changed)))
    with Path(target).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "author", "created_at", "text"])
        for number, (at, text) in enumerate(sorted(made[:rows])):
            writer.writerow([f"p{number}", f"reader{draw.randrange(rows // 4)}", at, text])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
