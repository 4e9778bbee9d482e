from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.narratives.stories import workspace_of
from undazzle.casebook import load_case, shipped_edition
from undazzle.errors import SourceError, UnknownNameError
from undazzle.narratives import (
    NarrativeSettings,
    Outlet,
    count_targets,
    find_narratives,
    follow,
    read_outlets,
    shipped_outlets,
)
from undazzle.narratives.lead import poisson_binomial_tail, who_leads
from undazzle.narratives.targets import party_balance, read_aliases
from undazzle.store import Store, finish_run, start_run

pytest.importorskip("sklearn", reason="scikit-learn is an extra")

TEXT = "The last ferry to Merrowby now leaves at twenty to eleven, read the new timetable before Monday"
OTHER = "The market hall has its old clock back after eight years in a cellar, and it strikes the quarter hours"


def chain(seed: int, *, cut: bool) -> tuple[Store, str]:
    """Return a story that spreads in growing steps within other talk, and who began it; ``cut`` loses the beginning."""
    draws = Random(seed)
    at, rows = 10_000.0, []
    for step in range(40):
        rows.append({"account": f"t{step}", "text": TEXT, "at": at})
        at += draws.expovariate(1 / 60) / (1 + step / 10)
    begin = rows[draws.randrange(5, 25)]["at"] - 0.01 if cut else 0.0
    talk = [
        {"account": f"o{n % 50}", "text": f"{n} {draws.random()} words of the day", "at": draws.uniform(0, at)}
        for n in range(400)
    ]
    kept: list[dict[str, Any]] = [one for one in [*rows, *talk] if one["at"] >= begin]
    # the collection begins where it was cut: something was seen there
    kept.append({"account": "o0", "text": "the very first post of the collection", "at": begin})
    return workspace_of(kept), "x:t0"


def test_the_first_teller_is_named_where_the_data_are_complete() -> None:
    right = certain = 0
    for seed in range(40):
        store, first = chain(seed, cut=False)
        path = follow(store, 1, run=find_narratives(store, NarrativeSettings(bootstraps=0)))
        right += path.steps[0].account_id == first
        certain += not path.origin_is_uncertain
    assert right >= 38  # 95 %
    assert certain >= 38


def test_a_beginning_before_the_data_is_called_uncertain() -> None:
    uncertain = 0
    for seed in range(40):
        store, _ = chain(seed, cut=True)
        uncertain += follow(store, 1, run=find_narratives(store, NarrativeSettings(bootstraps=0))).origin_is_uncertain
    assert uncertain >= 38  # 95 %


def test_several_first_tellers_at_one_time_are_said_to_be_several() -> None:
    rows = [{"account": "o", "text": "talk of the day before all of it began", "at": 0}]
    rows += [{"account": f"t{n}", "text": TEXT, "at": 50_000 if n < 2 else 50_000 + n} for n in range(6)]
    store = workspace_of(rows)
    path = follow(store, 1, run=find_narratives(store, NarrativeSettings(bootstraps=0)))
    assert path.origin_is_uncertain
    assert "2 accounts said it at the same time" in path.sentence


def with_members(store: Store, names: list[str]) -> int:
    run = start_run(store, command="detect", method="window", parameters={})
    for name in names:
        key = store.rows("SELECT any_value(account_key) FROM posts WHERE account_id = ?", [f"x:{name}"])[0][0]
        store.execute(
            "INSERT INTO members (run_id, network_id, account_key, account_id) VALUES (?, 1, ?, ?)",
            [run, key, f"x:{name}"],
        )
    finish_run(store, run, warnings=[], summary={}, cpu_started=0)
    return run


def test_a_path_names_outlets_platforms_and_the_first_account_outside() -> None:
    rows: list[dict[str, Any]] = [{"account": "o", "text": "talk of the day before all of it began", "at": 0}]
    rows += [{"account": f"m{n}", "text": TEXT, "at": 50_000 + n} for n in range(3)]
    rows.append({"account": "m0", "text": TEXT, "at": 50_010, "links": ["https://www.rt.com/ferry"]})
    rows.append({"account": "reader", "text": TEXT, "at": 50_020, "platform": "telegram"})
    store = workspace_of(rows)
    members = with_members(store, ["m0", "m1", "m2"])
    path = follow(
        store, 1, run=find_narratives(store, NarrativeSettings(bootstraps=0)), networks_run=members,
        outlets=shipped_outlets(),
    )  # fmt: skip
    assert [(one.what, one.detail) for one in path.steps] == [
        ("first", "x"),
        ("outlet", "RT (state-controlled)"),
        ("platform", "telegram"),
        ("outside", "outside the networks"),
    ]
    assert path.network_share == pytest.approx(4 / 5)
    assert path.amplifiers[0] == ("x:m0", 2, True)


def test_members_that_are_always_first_are_more_than_their_share() -> None:
    texts = [f"{TEXT} {word}" for word in ("a",)] + [OTHER]
    rows: list[dict[str, Any]] = []
    for number, text in enumerate(texts):
        rows += [
            {"account": name, "text": text, "at": number * 1000 + at}
            for at, name in enumerate(["m", "a", "b", "c", "d"])
        ]
    store = workspace_of(rows)
    members = with_members(store, ["m"])
    lead = who_leads(store, members, run=find_narratives(store, NarrativeSettings(bootstraps=0)))
    assert (lead.narratives, lead.first, lead.expected) == (2, 2, pytest.approx(0.4))
    assert lead.p_value == pytest.approx(0.04)


def test_no_narrative_of_both_sides_is_not_testable() -> None:
    store = workspace_of([{"account": f"a{n}", "text": TEXT, "at": n} for n in range(6)])
    members = with_members(store, [])
    assert (
        "Not testable"
        in who_leads(store, members, run=find_narratives(store, NarrativeSettings(bootstraps=0))).sentence
    )


def test_the_tail_of_unequal_coins_is_exact() -> None:
    import numpy as np

    chances = np.array([0.1, 0.5, 0.9])
    by_hand = 0.1 * 0.5 + 0.1 * 0.9 + 0.5 * 0.9 - 2 * 0.1 * 0.5 * 0.9
    assert poisson_binomial_tail(chances, 2) == pytest.approx(by_hand)


def test_an_outlet_without_a_source_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "outlets.csv"
    file.write_text("domain,name,outlet_class,state,source_url\nferry.example,Ferry News,state-controlled,,\n")
    with pytest.raises(SourceError, match="Line 2: no source is given"):
        read_outlets(file)


def test_every_shipped_outlet_names_who_classes_it() -> None:
    assert len(shipped_outlets()) >= 10
    assert all(one.source_url.startswith("https://") for one in shipped_outlets())


def test_an_unknown_narrative_is_named() -> None:
    store = workspace_of([{"account": f"a{n}", "text": TEXT, "at": n} for n in range(6)])
    run_id = find_narratives(store, NarrativeSettings(bootstraps=0))
    with pytest.raises(UnknownNameError, match="narrative:7"):
        follow(store, 7, run=run_id)


def test_targets_are_counted_by_whole_names_hashtags_and_aliases() -> None:
    texts = [
        "Marsha Blackburn was named",
        "#MarshaBlackburn again",
        "a marsha blackburnish word",
        "布莱克本说话了",
        "nothing",
    ]
    store = workspace_of([{"account": f"a{n}", "text": text} for n, text in enumerate(texts)])
    case = load_case(shipped_edition())
    members = with_members(store, ["a0"])
    counts = count_targets(store, case, networks_run=members, aliases={"target:blackburn": ["布莱克本"]})
    first = counts[0]
    assert (first.target_id, first.posts, first.accounts, first.by_networks) == ("target:blackburn", 3, 3, 1)
    assert party_balance(counts)["Republican"] == (3, 1)
    assert sum(first.by_week.values()) == 3


def test_a_name_that_belongs_to_two_targets_counts_once() -> None:
    store = workspace_of([{"account": "a", "text": "Joe Biden was named"}])
    counts = count_targets(store, load_case(shipped_edition()))
    assert sum(one.posts for one in counts) == 1


def test_aliases_that_are_no_list_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "aliases.yaml"
    file.write_text("target:blackburn: [1, 2]")
    with pytest.raises(SourceError, match="no list of names"):
        read_aliases(file)


def test_a_list_that_is_cut_says_how_much_is_missing() -> None:
    rows = [{"account": f"a{n}", "text": TEXT, "at": n, "links": [f"https://s{n}.example/x"]} for n in range(13)]
    store = workspace_of(rows)
    outlets = [Outlet(f"s{n}.example", f"Outlet {n}", "unknown", "", "https://list.example") for n in range(13)]
    path = follow(store, 1, run=find_narratives(store, NarrativeSettings(bootstraps=0)), outlets=outlets)
    assert "and 8 more outlets" in path.sentence
    assert (len(path.amplifiers), path.accounts) == (10, 13)
