"""What could not be tested with this data, and why: for the whole run and for each network.

"Not testable" is an answer of its own. It is never the same as "tested, and nothing found".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from undazzle.coordination.work import Detection
from undazzle.ingest.landing import CUT_LISTS
from undazzle.model import format_duration

_FEWEST_DAYS = 2
_WHOLE = {60.0: "whole minutes", 3600.0: "whole hours", 86_400.0: "whole days"}


@dataclass(frozen=True)
class Limit:
    """One thing that could not be tested; ``network`` is ``None`` for the whole run, ``n`` if nothing was counted."""

    topic: str
    what: str
    reason: str
    n: int | None = None
    network: int | None = None


def write_untested(work: Detection) -> None:
    """Write what could not be tested in a run. Reads its results and the sources. Writes ``untested``."""
    for one in untested_of(work):
        work.store.execute(
            "INSERT INTO untested (run_id, network_id, topic, what, reason, n) VALUES (?, ?, ?, ?, ?, ?)",
            [work.run_id, one.network, one.topic, one.what, one.reason, one.n],
        )


def untested_of(work: Detection) -> list[Limit]:
    """Return what could not be tested in a run, the whole run first."""
    looks: tuple[Callable[[Detection], Iterator[Limit]], ...] = (
        _rounded_times,
        _too_few_days,
        _missing_columns,
        _empty_traces,
        _quiet_accounts,
        _cut_lists,
        _rejected_rows,
        _untested_explanations,
        _closed_items,
    )
    return [limit for look in looks for limit in look(work)]


def _rounded_times(work: Detection) -> Iterator[Limit]:
    rows = work.store.rows("SELECT time_resolution_seconds, count(*) FROM sources GROUP BY ALL ORDER BY ALL DESC")
    coarse = [float(seconds) for seconds, _ in rows if seconds and seconds > 1]
    if not coarse:
        return
    step = coarse[0]
    short = [format_duration(one) for one in work.settings.windows if one < step]
    said = f" ({', '.join(short)} asked for)" if short else ""
    whole = _WHOLE.get(step, f"steps of {format_duration(step)}")
    yield Limit(
        "rounded_times",
        f"Windows shorter than {format_duration(step)}{said}",
        f"Times are given in {whole} only: which of two posts of one such step came first, and by how much, is not "
        "in the data.",
        len(short),
    )


def _too_few_days(work: Detection) -> Iterator[Limit]:
    days = int(work.store.rows("SELECT count(DISTINCT posted_at::DATE) FROM posts")[0][0])
    if days < _FEWEST_DAYS:
        hours = work.store.rows("SELECT epoch(max(posted_at) - min(posted_at)) / 3600 FROM posts")[0][0] or 0.0
        yield Limit(
            "too_few_days",
            "Repetition on another day",
            f"All posts are of one day ({hours:.1f} hours): what happens once cannot be told from what happens again.",
            days,
        )


def _missing_columns(work: Detection) -> Iterator[Limit]:
    from undazzle.traces import TRACE_KINDS, kinds_from_fields, possible_kinds

    filled = work.engine.filled_columns if work.engine else None
    possible = possible_kinds(work.store) if filled is None else kinds_from_fields(filled)
    lacking = {kind: why for kind, why in possible.items() if why}
    for kind, why in lacking.items():
        yield Limit("missing_columns", f"{TRACE_KINDS[kind].title} traces", f"{why[:1].upper()}{why[1:]}.")


def _empty_traces(work: Detection) -> Iterator[Limit]:
    """Name the kinds of trace that were read and hold nothing that two accounts share."""
    from undazzle.traces import TRACE_KINDS

    rows = work.store.rows(
        "SELECT s.kind, any_value(s.traces), count(t.item_key) FROM trace_sets s"
        " LEFT JOIN (SELECT trace_set, item_key FROM traces GROUP BY ALL HAVING count(DISTINCT account_key) > 1) t"
        " USING (trace_set) WHERE list_contains(?, s.kind) GROUP BY s.trace_set, s.kind"
        " QUALIFY row_number() OVER (PARTITION BY s.kind ORDER BY s.trace_set DESC) = 1 ORDER BY ALL",
        [list(work.events.kinds)],
    )
    for kind, traces, shared in rows:
        if not shared:
            why = "No post holds one." if not traces else f"No two accounts share any of the {traces:,}."
            yield Limit("empty_traces", f"{TRACE_KINDS[kind].title} traces", why, int(traces))


def _quiet_accounts(work: Detection) -> Iterator[Limit]:
    if work.settings.method != "calibrated":
        return
    quiet, every = work.store.rows(
        "WITH acted AS (SELECT account_key, count(DISTINCT t.item_key) FILTER (n.item_key IS NOT NULL) AS items"
        " FROM traces t LEFT JOIN (SELECT item_key FROM traces GROUP BY ALL HAVING count(DISTINCT account_key) > 1) n"
        " USING (item_key) GROUP BY account_key)"
        " SELECT count(*) FILTER (coalesce(items, 0) < 2), count(*) FROM accounts LEFT JOIN acted USING (account_key)"
    )[0]
    if quiet:
        yield Limit(
            "quiet_accounts",
            f"{quiet:,} of {every:,} accounts",
            "They share fewer than two things with anybody: no repetition can be seen, whatever they do.",
            int(quiet),
        )


def _cut_lists(work: Detection) -> Iterator[Limit]:
    rows = work.store.rows(
        "SELECT file_name, w FROM (SELECT file_name, unnest(warnings) AS w FROM sources) WHERE starts_with(w, ?)"
        " ORDER BY ALL",
        [CUT_LISTS],
    )
    for name, sentence in rows:
        yield Limit("truncated_lists", f"What stands at the end of overlong lists in {name}", sentence)


def _rejected_rows(work: Detection) -> Iterator[Limit]:
    count = int(work.store.rows("SELECT count(*) FROM rejected_rows")[0][0])
    if count:
        yield Limit("rejected_rows", f"{count:,} rows of the input", "They could not be read as posts.", count)


def _untested_explanations(work: Detection) -> Iterator[Limit]:
    """Name the innocent explanations that could not be tested, each once, with the number of networks."""
    rows = work.store.rows(
        "SELECT title, mode(reason ORDER BY reason), count(*), (SELECT count(*) FROM networks WHERE run_id = $run)"
        " FROM explanations WHERE run_id = $run AND verdict = 'not_testable'"
        " GROUP BY title ORDER BY count(*) DESC, title",
        {"run": work.run_id},
    )
    for title, reason, count, networks in rows:
        whom = "" if count == networks else f", for {count:,} of {networks:,} networks"
        yield Limit("explanations", f"{title}{whom}", reason or "This data does not hold what it takes.", int(count))


def _closed_items(work: Detection) -> Iterator[Limit]:
    """Say how much of each network timing cannot speak about, because nobody else shares it."""
    if work.settings.method != "calibrated":
        return
    rows = work.store.rows(
        "SELECT network_id, coalesce(held_out_closed_items, 0), coalesce(held_out_open_items, 0), status FROM networks"
        " WHERE run_id = ? ORDER BY network_id",
        [work.run_id],
    )
    for network, closed, opened, status in rows:
        if status == "closed_content":
            yield Limit(
                "closed_items",
                "Whether its timing is more than chance",
                "Nobody else shares what it shares, so there is nothing to compare its timing with. Not testable by "
                "timing is not the same as cleared.",
                int(closed),
                int(network),
            )
        elif closed:
            yield Limit(
                "closed_items",
                f"{closed:,} of {closed + opened:,} held-out items of members",
                "Nobody else shares them: timing cannot speak about them, and they took no part in the test.",
                int(closed),
                int(network),
            )
