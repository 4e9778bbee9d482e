"""A path becomes a workspace: schema, migrations, runs, fingerprints and the SQL runner.

Reads and writes the one DuckDB file of a workspace on behalf of every other room.
It keeps the tables; it must not know what they mean.
"""

from undazzle.store.database import EngineError, Store
from undazzle.store.elsewhere import POSTS_ELSEWHERE, check_holds_all_posts
from undazzle.store.runs import (
    RunRecord,
    close_dead_runs,
    fail_run,
    find_run,
    finish_run,
    interrupted_run,
    list_runs,
    start_run,
)

__all__ = [
    "POSTS_ELSEWHERE",
    "EngineError",
    "RunRecord",
    "Store",
    "check_holds_all_posts",
    "close_dead_runs",
    "fail_run",
    "find_run",
    "finish_run",
    "interrupted_run",
    "list_runs",
    "start_run",
]
