from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from tests.real_data import data_set
from undazzle.signals import choose_accounts, choose_source, read_accounts, read_signals
from undazzle.signals.creation_bursts import find_bursts

DAY = 86400.0
BEGIN = datetime(2015, 1, 1, tzinfo=UTC).timestamp()


def spread(seed: int, number: int, days: int = 3000) -> list[float]:
    draw = random.Random(seed)
    return [BEGIN + DAY * draw.randrange(days) for _ in range(number)]


def test_five_of_twelve_accounts_on_one_day_are_a_burst():
    members = spread(1, 7) + [BEGIN + 1000 * DAY] * 5
    (burst,) = find_bursts(members, spread(2, 3000), is_hourly=False)
    assert burst.accounts >= 5
    assert burst.hours == 24
    assert burst.starts_at == datetime.fromtimestamp(BEGIN + 1000 * DAY, UTC).replace(tzinfo=None)
    assert burst.p_value <= 0.01


def test_a_wave_that_everybody_shows_is_no_burst():
    wave = BEGIN + 1000 * DAY
    members = spread(1, 7) + [wave] * 5
    assert not find_bursts(members, spread(2, 3000) + [wave] * 1500, is_hourly=False)


def test_without_others_a_day_must_hold_a_good_part_of_the_group():
    wave = BEGIN + 1000 * DAY
    assert find_bursts(spread(1, 100) + [wave] * 20, [], is_hourly=False)
    assert not find_bursts(spread(1, 4000) + [wave] * 60, [], is_hourly=False)


def test_three_accounts_are_too_few_to_be_a_group():
    assert not find_bursts([BEGIN] * 3, spread(1, 100), is_hourly=False)


def test_ordinary_groups_show_a_burst_in_at_most_one_in_a_hundred():
    controls = spread(0, 2000)
    found = sum(bool(find_bursts(spread(seed, 40), controls, is_hourly=False)) for seed in range(1, 301))
    assert found <= 6  # 3 expected at most; more than 6 has a chance of 3 %


@pytest.mark.real_data
def test_registrations_of_prc_accounts_show_their_bursts_and_ordinary_users_none():
    read = read_accounts(
        data_set("prc_account_registrations/users.csv"), [data_set("x_us2024_usc/tweets.parquet")], by="campaign"
    )
    (found,) = read_signals(read.store, choose_source(read.store, 1), signals=["creation_bursts"])
    assert found.reading.outcome == "stands_out"
    # The file has 2,159 rows for 2,129 accounts: 433, 249 and 193 rows are 422, 240 and 187 accounts.
    assert [one["accounts"] for one in found.reading.details["bursts"][:3]] == [422, 240, 187]
    assert read.summaries[0].duplicates == 30
    ordinary = [
        row[0] for row in read.store.rows("SELECT account_id FROM posts GROUP BY account_id ORDER BY md5(account_id)")
    ]
    for size in (20, 200, 2000):
        choice = choose_accounts(read.store, ordinary[:size])
        (found,) = read_signals(read.store, choice, signals=["creation_bursts"])
        assert found.reading.outcome == "ordinary", found.reading.seen
