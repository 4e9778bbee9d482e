"""Cells planted into a carrier: how every method ranks, names and groups them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from undazzle.evaluation.baselines.similarity import tuned_with_labels
from undazzle.evaluation.data_sets import Carrier
from undazzle.evaluation.grafts import Graft, draw_replay, graft
from undazzle.evaluation.measures import average_precision, b_cubed, precision_at
from undazzle.evaluation.methods import (
    CALIBRATED,
    CALIBRATED_COUNT,
    CALIBRATED_RANK,
    Answer,
    ask_baselines,
    ask_calibrated,
    ranking_beyond_named,
    then_by,
)
from undazzle.evaluation.operations import Operation
from undazzle.evaluation.oracle import reachable, reachable_by_choice
from undazzle.evaluation.shares import BoolArray, shuffle_labels

DOSES = (15, 40, 120)
LEVELS, LEVELS_DOSE = (0.01, 0.05, 0.2, 0.5), 40
Say = Callable[[str], None]
Row = dict[str, Any]


def run_grafts(
    carriers: Sequence[Carrier],
    operation: Operation,
    *,
    doses: Sequence[int] = DOSES,
    seeds: Sequence[int] = (0,),
    swapped: bool = True,
    say: Say,
) -> Iterator[Row]:
    """Yield one row for every carrier, seed, dose and kind of labels.

    Parameters
    ----------
    carriers
        Ordinary streams.
    operation
        Where the cells come from.
    doses
        Most shares of a planted account.
    seeds
        Each draws a time, its cells, their places in the carrier, and the shuffle of its labels.
    swapped
        Whether the items are swapped for the carrier's own; otherwise the operation keeps its own, which nobody
        else shares.
    say
        Told about progress.
    """
    for carrier in carriers:
        for seed in seeds:
            replay = draw_replay(operation, carrier.plant_days, np.random.default_rng([seed, 1]))
            if not replay.cells:
                continue
            clean = shuffle_labels(carrier.shares, np.random.default_rng([seed, 2]))
            for dose in doses:
                for labels, base in (("shuffled", clean), ("as they are", carrier.shares)):
                    planted = graft(
                        carrier, base, replay, dose, np.random.default_rng([seed, 3, dose]), swapped=swapped
                    )
                    row = {"carrier": carrier.name, "labels": labels, "dose": dose, "seed": seed}
                    row |= measure_graft(planted, rings=not swapped)
                    if swapped and labels == "shuffled" and dose == LEVELS_DOSE:
                        row["levels"] = measure_levels(planted)
                    say(_line(row))
                    yield row


def measure_graft(planted: Graft, *, rings: bool = False) -> Row:
    """Return how every method does on one planted carrier.

    Parameters
    ----------
    planted
        The carrier and its cells.
    rings
        Whether those count as named who were found by item choice; the ceiling is that of item choice, too.
    """
    ceiling = (reachable_by_choice if rings else reachable)(planted.shares, planted.cells)
    answers, claimed, cpu = _ask_all(planted, rings=rings)
    truth, eligible = planted.truth, planted.eligible
    in_question = truth & eligible
    row: Row = {
        "accounts": int(eligible.sum()),
        "planted": int(in_question.sum()),
        "prevalence": _rounded(truth[eligible].mean()),
        "reachable": int((ceiling & truth).sum()),
        "ceiling_ap": _rounded(average_precision(truth[eligible], ceiling[eligible].astype(np.float64))),
        "cpu_seconds": _rounded(cpu),
        "methods": {name: _figures(answer, planted, ceiling) for name, answer in answers.items()},
        "claims": claimed,
    }
    named = answers[CALIBRATED].named
    assert named is not None
    row["cells"] = [
        {
            "name": name,
            "planted": int(eligible[cell].sum()),
            "reachable": int(ceiling[cell].sum()),
            "named": int(named[cell].sum()),
            "named_reachable": int((named & ceiling)[cell].sum()),
        }
        for name, cell in zip(planted.names, planted.cells, strict=True)
    ]
    return row


def measure_levels(planted: Graft) -> list[Row]:
    """Return how many named accounts are planted when more or fewer false findings are asked for."""
    rows = []
    for level in LEVELS:
        named = ask_calibrated(planted.shares, max_q=level)[1].accounts
        rows.append({"level": level, "named": len(named), "true": int(planted.truth[named].sum())})
    return rows


def _ask_all(planted: Graft, *, rings: bool) -> tuple[dict[str, Answer], list[list[float]], float]:
    answers = ask_baselines(planted.shares)
    tuned = answers["centrality"]
    flagged = np.zeros(planted.shares.accounts, dtype=bool)
    flagged[planted.eligible] = tuned_with_labels(tuned.ranking[planted.eligible], planted.truth[planted.eligible])
    answers["centrality_tuned"] = Answer(tuned.ranking, flagged, (np.flatnonzero(flagged),))
    calibrated, found = ask_calibrated(planted.shares)
    if rings:
        named = np.zeros(planted.shares.accounts, dtype=bool)
        for ring in (*found.networks, *found.rings):
            named[ring] = True
        calibrated = Answer(np.where(named, 1.0 + calibrated.ranking, 0.0), named, (*found.networks, *found.rings))
    answers[CALIBRATED] = calibrated
    answers[CALIBRATED_RANK] = then_by(calibrated, ranking_beyond_named(found, planted.shares.accounts))
    answers[CALIBRATED_COUNT] = then_by(calibrated, answers["count_60s"].ranking)
    claims = [[_rounded(q), float(planted.truth[account])] for account, q in sorted(found.claimed_q.items())]
    return answers, claims, found.cpu_seconds


def _figures(answer: Answer, planted: Graft, ceiling: BoolArray) -> Row:
    truth, eligible = planted.truth[planted.eligible], planted.eligible
    ranking = answer.ranking[eligible]
    figures: Row = {
        "ap": _rounded(average_precision(truth, ranking)),
        **{f"p{count}": _rounded(precision_at(truth, ranking, count)) for count in (10, 50, 100)},
    }
    if answer.named is not None:
        figures |= {
            "named": int(answer.named.sum()),
            "true": int((answer.named & planted.truth).sum()),
            "reached": int((answer.named & ceiling).sum()),
        }
    if answer.groups:
        found, cells = [one.tolist() for one in answer.groups], [one.tolist() for one in planted.cells]
        precision, recall = b_cubed(found, cells)
        figures |= {"b3_precision": _rounded(precision), "b3_recall": _rounded(recall)}
    return figures


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")


def _line(row: Row) -> str:
    mine, count = row["methods"][CALIBRATED], row["methods"]["count_60s"]
    return (
        f"{row['carrier']:8} {row['labels']:11} dose {row['dose']:3} seed {row['seed']}: named {mine['true']} of"
        f" {row['reachable']} reachable, {mine['named'] - mine['true']} others; average precision {mine['ap']:.2f},"
        f" count {count['ap']:.2f}, ceiling {row['ceiling_ap']:.2f}"
    )
