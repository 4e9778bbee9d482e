"""What a user says about memory becomes a limit, or a clear error."""

from __future__ import annotations

from pathlib import Path

import pytest

from undazzle.errors import ParameterError
from undazzle.store import Store
from undazzle.store.memory import LEAST, RESERVED, Memory, parse_memory


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("2GB", 2_000_000_000),
        ("2 gb", 2_000_000_000),
        ("1.5G", 1_500_000_000),
        ("800MB", 800_000_000),
        ("1GiB", 1 << 30),
        ("500000000", 500_000_000),
        (None, None),
    ],
)
def test_amounts_are_read(text: str | None, total: int | None) -> None:
    assert parse_memory(text).total == total


@pytest.mark.parametrize("text", ["", "much", "-2GB", "2 giraffes", "GB", "10%", "1e9", "2GB 3"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ParameterError, match=r"e\.g\. 2GB"):
        parse_memory(text)


@pytest.mark.parametrize("text", ["50MB", "0GB", f"{LEAST - 1}"])
def test_too_little_is_refused_with_the_least_that_works(text: str) -> None:
    with pytest.raises(ParameterError, match=f"--memory {LEAST // 10**6}MB or more"):
        parse_memory(text)


def test_the_parts_of_a_budget_do_not_exceed_it() -> None:
    for total in (LEAST, 2_000_000_000, 64_000_000_001):
        memory = Memory(total)
        assert RESERVED + int(memory.database or 0) + int(memory.outside or 0) == total


def test_batches_fit_into_the_memory_outside_the_database() -> None:
    memory = Memory(2_000_000_000)
    assert memory.batch(1_000) * 1_000 <= int(memory.outside or 0)
    assert memory.batch(1_000, most=7) == 7
    assert memory.batch(1e12) == 1


def test_the_database_is_told_its_share() -> None:
    with Store(memory="2GB") as store:
        assert store.rows("SELECT current_setting('memory_limit')") == [("1.0 GiB",)]
    with Store() as store:
        assert store.memory == Memory()


def test_a_store_refuses_a_wrong_amount() -> None:
    with pytest.raises(ParameterError):
        Store(memory="50MB")


def _limit(store: Store) -> str:
    return str(store.rows("SELECT current_setting('memory_limit')")[0][0])


def test_a_bound_holds_for_a_while(tmp_path: Path) -> None:
    with Store(tmp_path / "w.duckdb") as store:
        before = _limit(store)
        with store.bounded(500_000_000):
            assert _limit(store) == "476.8 MiB"
        assert _limit(store) == before


def test_a_bound_gives_way_to_what_the_user_said_and_to_a_workspace_in_memory(tmp_path: Path) -> None:
    with Store(tmp_path / "w.duckdb", memory="2GB") as store, store.bounded(500_000_000):
        assert _limit(store) == "1.0 GiB"
    with Store() as store:
        before = _limit(store)
        with store.bounded(500_000_000):
            assert _limit(store) == before
