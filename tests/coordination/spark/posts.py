"""Neutral posts for a cluster: ordinary sharing, a ring that shares within seconds, and a link that went viral.

On request a group shares, within seconds, what others share too: timing can tell it from them.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

COLUMNS = ("message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls")


def write_posts(path: Path, *, posts: int = 4_000, viral: int = 1_500, seed: int = 0, group: int = 0) -> Path:
    """Write posts in the Coordination Network Toolkit's columns as CSV."""
    draw = random.Random(seed)
    second, rows = 1_700_000_000, []
    for number in range(posts):
        second += draw.randrange(12)
        link = f"https://news.example/{int(300 * draw.random() ** 3)}" if draw.random() < 0.6 else ""
        repost = f"p{int(number * draw.random() ** 3)}" if number and draw.random() < 0.5 else ""
        text = f"The library opens at {number % 24} o'clock {link}".strip()
        rows.append((f"p{number}", int(300 * draw.random() ** 2), repost, text, second, link))
        if number % 200 == 0:
            page = f"https://ferry.example/timetable/{number}"
            rows += [(f"r{number}-{m}", 400 + m, "", f"Sailing {number}", second + 5 * m, page) for m in range(6)]
        if group and number % 100 == 50:
            page = f"https://news.example/{draw.randrange(60)}"
            rows += [
                (f"g{number}-{m}", 3_000 + m, "", f"Read {m}", second + draw.randrange(9), page) for m in range(group)
            ]
    for number in range(viral):
        at = 1_700_000_000 + draw.randrange(20_000)
        rows.append((f"v{number}", 500 + int(1_200 * draw.random()), "", "Look", at, "https://news.example/viral"))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for post, account, repost, text, at, link in rows:
            writer.writerow((post, f"a{account}", f"reader{account}", repost, "", text, at, link))
    return path
