"""The real data sets that the benchmark reads, from a folder that is no part of the project."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from undazzle.errors import SourceError
from undazzle.evaluation.shares import IntArray, Shares, make_shares

DATA_SETS = {
    "coortweet/german_elections.parquet": "shares of links by Facebook pages and X accounts, 2021 (CooRTweet)",
    "coortweet/russian_coord_tweets.parquet": "shares on X, 2021 (CooRTweet)",
    "ira_2015_2016/tweets.parquet": "posts of the Internet Research Agency, September 2015 to June 2016",
    "us2020_hashtag_control/tweets.parquet": "posts with campaign hashtags, two hours of October 2020",
    "x_us2024_usc/tweets.parquet": "posts on X about the 2024 election, five days",
}
_ONE_DAY = 86_400


def data_folder(given: Path | None) -> Path | None:
    """Return the folder of real data: the one given, or the environment's UNDAZZLE_DATA; ``None`` if neither.

    Raises
    ------
    SourceError
        If the folder is named and misses a data set; says which.
    """
    named = given or (Path(os.environ["UNDAZZLE_DATA"]) if os.environ.get("UNDAZZLE_DATA") else None)
    if named is None:
        return None
    missing = [f"{path} ({what})" for path, what in DATA_SETS.items() if not (named / path).is_file()]
    if missing:
        raise SourceError(
            named,
            f"Real data is missing here: {'; '.join(missing)}",
            "Name the folder that holds them with --data, or leave it out: what needs no real data runs without.",
        )
    return named


@dataclass(frozen=True)
class Carrier:
    """An ordinary stream of shares that operations are planted into.

    ``plant_days`` is how long a planted operation lasts.
    """

    name: str
    shares: Shares
    plant_days: int


def german_links(folder: Path) -> Carrier:
    """Return the shares of links of the German election set."""
    path = folder / "coortweet/german_elections.parquet"
    return Carrier("german", _read(path, "account_id", "url_id", "timestamp"), 42)


def russian_objects(folder: Path) -> Carrier:
    """Return the shares of the Russian set."""
    path = folder / "coortweet/russian_coord_tweets.parquet"
    return Carrier("russian", _read(path, "account_id", "object_id", "timestamp_share"), 120)


def unplanted_sets(folder: Path, *, quick: bool = False) -> dict[str, Shares]:
    """Return the data sets whose labels are shuffled without anything planted; of a quick run only one."""
    if quick:
        return {"russian": russian_objects(folder).shares}
    german = folder / "coortweet/german_elections.parquet"
    return {
        "german links": german_links(folder).shares,
        "german hashtags": _read(german, "account_id", "hashtag_id", "timestamp"),
        "german images": _read(german, "account_id", "phash_id", "timestamp"),
        "russian": russian_objects(folder).shares,
    }


def _read(path: Path, account: str, item: str, at: str) -> Shares:
    from pyarrow import compute, parquet

    table = parquet.read_table(path, columns=[account, item, at])
    table = table.filter(compute.is_valid(table[item]))
    numbers = [numbered(table[name].to_numpy(zero_copy_only=False)) for name in (account, item)]
    seconds = np.asarray(table[at].to_numpy(zero_copy_only=False), dtype=np.float64).astype(np.int64)
    return make_shares(numbers[0], numbers[1], seconds)


def numbered(values: np.ndarray[tuple[int], np.dtype[np.generic]]) -> IntArray:
    """Return numbers from 0 for values, in their order."""
    _, number = np.unique(values, return_inverse=True)
    return np.asarray(number, dtype=np.int64)
