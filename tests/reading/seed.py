"""The page of the seed and its reading: found by an environment variable or beside the checkout, else a skip."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

import pytest

from tests.reading.scoring import key
from undazzle.casebook import load_case, shipped_edition
from undazzle.reading.gazetteer import Gazetteer, shipped_gazetteer
from undazzle.reading.loading import load_document
from undazzle.reading.reading import Reading, read_text

_PLACES = (os.environ.get("UNDAZZLE_SEED", ""), str(Path(__file__).resolve().parents[3] / "shared" / "seed"))


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return shipped_gazetteer(load_case(shipped_edition()))


def seed_file() -> Path:
    """Return the page, known by its hash and not by its name, or skip the test."""
    wanted = key("seed_page")["sha256"]
    for place in filter(None, _PLACES):
        for file in sorted(Path(place).glob("*.txt")) if Path(place).is_dir() else []:
            if hashlib.sha256(file.read_bytes()).hexdigest() == wanted:
                return file
    pytest.skip("the seed page is not on this machine (set UNDAZZLE_SEED to its folder)")


@lru_cache(maxsize=1)
def seed_reading() -> Reading:
    return read_text(load_document(seed_file()), gazetteer())
