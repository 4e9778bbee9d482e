"""Each published definition of CooRTweet 2.1, on a handful of shares, from file to pairs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.parity.oracle import Edge, Network, Share, coortweet_network, coortweet_rows
from tests.parity.pipeline import START, assert_same, classic_run, detected, ingested, write_shares


def share(object_id: str, account: str, post: str, at: int = 0) -> Share:
    return Share(object_id, account, post, START + at)


def found_in(folder: Path, shares: list[Share], window: float = 60, least: int = 1) -> Network:
    """Return our network of the shares."""
    ws = ingested(write_shares(folder / "shares.csv", shares))
    return detected(ws, "object", [window], least)[window]


def check(folder: Path, shares: list[Share], window: float = 60, least: int = 1) -> Network:
    """Return our network of the shares after holding it against the oracle."""
    found = found_in(folder, shares, window, least)
    assert_same(found, coortweet_network(shares, window, least))
    return found


@pytest.mark.parametrize(("gap", "expected"), [(59, 1), (60, 1), (61, 0)])
def test_the_window_is_inclusive(tmp_path: Path, gap: int, expected: int) -> None:
    assert len(check(tmp_path, [share("o", "a", "p"), share("o", "b", "q", gap)])) == expected


def test_weight_counts_pairs_of_rows_not_objects(tmp_path: Path) -> None:
    shares = [share("o", "a", "p1", 0), share("o", "a", "p2", 5), *(share("o", "b", f"q{n}", n) for n in range(3))]
    assert check(tmp_path, shares)["a", "b"][:3] == (6, 2, 3)


def test_each_object_that_two_posts_share_counts(tmp_path: Path) -> None:
    shares = [share(thing, account, f"post of {account}") for thing in ("o1", "o2") for account in "ab"]
    assert check(tmp_path, shares)["a", "b"][:3] == (2, 1, 1)


def test_two_posts_of_one_account_make_no_pair(tmp_path: Path) -> None:
    shares = [share("o", "a", "p1"), share("o", "a", "p2"), share("other", "b", "q")]
    assert check(tmp_path, shares) == {}


def test_the_gap_is_the_mean_over_pairs_of_rows(tmp_path: Path) -> None:
    shares = [share("o", "a", "p", 10), share("o", "b", "q1", 0), share("o", "b", "q2", 30)]
    assert check(tmp_path, shares) == {("a", "b"): Edge(2, 1, 2, 15.0)}


def test_accounts_with_too_few_rows_are_left_out_before_pairing(tmp_path: Path) -> None:
    shares = [
        *(share(thing, account, f"{thing} by {account}") for thing in ("o1", "o2") for account in "ab"),
        share("o1", "once", "p"),
    ]
    assert check(tmp_path, shares, least=2).keys() == {("a", "b")}


def test_rows_that_meet_nobody_do_not_count_after_pairing(tmp_path: Path) -> None:
    shares = [
        *(share("o", account, f"o by {account}") for account in "ab"),
        *(share(f"alone {account}", account, f"alone by {account}") for account in "ab"),
    ]
    assert len(check(tmp_path, shares, least=1)) == 1
    assert check(tmp_path, shares, least=2) == {}


def test_one_account_with_enough_rows_keeps_its_partners(tmp_path: Path) -> None:
    shares = [
        *(share(thing, "busy", f"{thing} by busy") for thing in ("o1", "o2")),
        *(share(f"o{n}", f"partner{n}", f"o{n} by partner") for n in (1, 2)),
        *(share(f"alone{n}", f"partner{n}", f"alone{n} by partner") for n in (1, 2)),
    ]
    assert len(check(tmp_path, shares, least=2)) == 2


def test_a_post_that_is_the_object_makes_no_pair(tmp_path: Path) -> None:
    shares = [share("p", "author", "p"), share("p", "a", "q1"), share("p", "b", "q2")]
    assert check(tmp_path, shares).keys() == {("a", "b")}


def test_a_post_that_is_the_object_counts_towards_participation_only_there(tmp_path: Path) -> None:
    """A difference: for CooRTweet the row of a first post is a row like any other."""
    shares = [share("o", "a", "p1"), share("o", "a", "p2"), share("o", "b", "q"), share("own", "b", "own")]
    assert coortweet_network(shares, 60, 2).keys() == {("a", "b")}
    assert found_in(tmp_path, shares, least=2) == {}


def test_repeated_rows_count_once_here_and_multiply_there(tmp_path: Path) -> None:
    """A difference: CooRTweet counts two copies of two rows as four pairs."""
    shares = [share("o", "a", "p"), share("o", "b", "q", 5)]
    assert len(coortweet_rows(shares * 2, 60)) == 4
    assert_same(found_in(tmp_path, shares * 2), coortweet_network(shares, 60))


def test_the_subgraph_keeps_weights_strictly_above_the_quantile(tmp_path: Path) -> None:
    shares = [
        share(f"{pair} {n}", account, f"{pair} {n} by {account}", 1000 * n)
        for pair, repeats in (("ab", 1), ("cd", 1), ("ef", 1), ("gh", 2), ("ij", 5))
        for n in range(repeats)
        for account in pair
    ]
    ws = ingested(write_shares(tmp_path / "shares.csv", shares))
    run = classic_run(ws, "object", min_participation=1, edge_weight=0.5, weight="co_actions")
    (window,) = run.record.summary["windows"]
    assert (window["threshold"], window["pairs"], window["pairs_above"]) == (1.0, 5, 2)


def test_posts_of_both_sides_are_counted_per_account(tmp_path: Path) -> None:
    """CooRTweet's ``edge_symmetry_score`` counts older and newer posts instead and says 2/3 here."""
    shares = [share("o", "a", "p", 10), *(share("o", "b", f"q{n}", at) for n, at in enumerate((0, 20, 30)))]
    edge = check(tmp_path, shares)["a", "b"]
    assert min(edge.posts_a, edge.posts_b) / max(edge.posts_a, edge.posts_b) == 1 / 3


def test_names_that_need_care_survive(tmp_path: Path) -> None:
    names = ["Größe", 'O\'Neil, "Ann"', "=1+1", "café", "ZZ"]
    shares = [share("ob,ject", name, f"post {n}", n) for n, name in enumerate(names)]
    assert len(check(tmp_path, shares)) == 10
