"""A dump made by an adversary goes through the whole main job and stays harmless in every output."""

from __future__ import annotations

import csv
import json
from html.parser import HTMLParser
from pathlib import Path

from undazzle.workspace import Workspace

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://evil.example","x")'


def hostile_dump(path: Path) -> Path:
    """Two accounts with hostile names share hostile links and texts within seconds, six times."""
    rows = []
    for number in range(6):
        for account, handle in (("1", SCRIPT), ("2", FORMULA), ("3", "\u202egnp.exe\x1b[31m")):
            rows.append(
                {
                    "id": f"{number}-{account}",
                    "created_at": f"2026-03-0{number + 1}T10:00:0{account}Z",
                    "user_id": account,
                    "username": handle,
                    "text": f"{SCRIPT} </style> {{{{ 7*7 }}}} @SUM(1) library opens at ten on day {number}",
                    "urls": [f'https://a.example/{number}?q="><img src=x onerror=alert(1)>', "javascript:alert(1)"],
                }
            )
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


class Scripts(HTMLParser):
    """Collects elements and attributes that could run or load something."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script":
            self.scripts.append(given)
        self.handlers += [name for name in given if name.startswith("on")]
        self.loads += [str(given[name]) for name in ("src", "href", "action") if given.get(name)]


def test_the_report_and_the_tables_stay_harmless(tmp_path: Path) -> None:
    with Workspace(tmp_path / "w.duckdb") as workspace:
        workspace.ingest(hostile_dump(tmp_path / "posts.jsonl"))
        run = workspace.detect(method="window", edge_weight=0.0, min_participation=1)
        assert run.pairs
        network = next(iter(workspace.detect(method="window", edge_weight=0.0, time_window="1h").networks), None)
        written = workspace.publish_run(tmp_path / "out", mask=False)
    pages = [path for path in written if path.suffix == ".html"]
    assert pages
    for page in pages:
        html = page.read_text(encoding="utf-8")
        seen = Scripts()
        seen.feed(html)
        assert SCRIPT not in html
        assert seen.handlers == []
        assert not [one for one in seen.scripts if one.get("src")]
        assert not [one for one in seen.loads if one.lower().startswith(("http", "javascript", "//", "data:text/html"))]
        assert "49" not in html.split("library opens")[0][-40:]
        assert "\u202e" not in html and "\x1b" not in html
    for table in tmp_path.rglob("*.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                assert not [cell for cell in row if cell[:1] in ("=", "+", "@", "\t", "\r")], table
    del network
