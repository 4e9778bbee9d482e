"""The oracle itself: equal to the brute force of every two rows, and to the totals that the peers gave."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coordination import brute_force
from tests.coordination.builders import some_shares
from tests.parity.oracle import Share, coortweet_network, directed, read_shares, toolkit_network
from tests.parity.totals import expected_totals, totals_of
from tests.real_data import data_set


@given(some_shares(), st.integers(0, 6), st.integers(1, 4))
def test_the_oracle_equals_comparing_every_two_rows(shares: list[brute_force.Share], window: int, least: int) -> None:
    brute = brute_force.coortweet(shares, window, least)
    network = coortweet_network([Share(*share) for share in shares], window, least)
    assert {pair: edge.weight for pair, edge in network.items()} == brute.weight()
    assert directed(network) == brute.directed()


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["10k_cotweet", "10k_courl", "10k_coretweet", "100k_cotweet"])
@pytest.mark.parametrize("window", [60.0, 86400.0])
def test_the_oracle_gives_the_peers_own_totals(name: str, window: float) -> None:
    shares = read_shares(data_set(f"parity/{name}.csv.gz"))
    network = coortweet_network(shares, window)
    assert totals_of(network) == expected_totals(name, window)
    assert directed(network) == toolkit_network(shares, window)
