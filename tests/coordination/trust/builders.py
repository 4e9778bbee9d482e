"""A workspace with two rings and bystanders, and what a detection of it works with."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from undazzle.workspace import Workspace

START = datetime(2026, 3, 1, 6)


def ring_posts(*, days: int = 8, bystanders: int = 40, clock: int = 1) -> list[dict[str, Any]]:
    """Two rings of four share four links a day within seconds; bystanders share the same links during the day."""
    dice = random.Random(3)
    posts: list[dict[str, Any]] = []
    for day in range(days):
        for ring in ("north", "south"):
            for turn in range(4):
                link = f"https://town.example/{ring}/{day}/{turn}"
                base = START + timedelta(days=day, hours=2 * turn, seconds=dice.randrange(3600))
                acting = [(f"{ring}-{one}", base + timedelta(seconds=5 * one)) for one in range(4)]
                crowd = dice.sample(range(bystanders), 12)
                acting += [
                    (f"reader-{one}", base + timedelta(seconds=dice.randrange(-30_000, 40_000))) for one in crowd
                ]
                posts += [_post(len(posts) + place, who, at, link, clock) for place, (who, at) in enumerate(acting)]
    return posts


def _post(number: int, account: str, at: datetime, link: str, clock: int) -> dict[str, Any]:
    at -= timedelta(seconds=at.timestamp() % clock)
    text = f"note {number} on the timetable {link}"
    return {"id": str(number), "created_at": at.isoformat() + "Z", "user_id": account, "text": text, "urls": [link]}


def opened(folder: Path, posts: list[dict[str, Any]]) -> Workspace:
    """Return a workspace in memory that holds some posts."""
    path = folder / "posts.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in posts), encoding="utf-8")
    workspace = Workspace()
    workspace.ingest(path)
    return workspace
