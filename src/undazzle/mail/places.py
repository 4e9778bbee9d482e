"""Places that messages name: those on a list the user gives, and names that look like a polling place."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from undazzle.errors import ParameterError

MAX_PLACES = 200_000
MAX_NAMED = 200  # places of one message
_MAX_WORDS = 12
_WORD = re.compile(r"\w+")
_KINDS = (
    "Elementary School|Middle School|High School|Primary School|School|Library|Community Center|Community Centre|"
    "Recreation Center|Recreation Centre|Senior Center|Fire Station|Town Hall|City Hall|Village Hall|Church|"
    "Fairgrounds|Civic Center|Polling Place|Polling Station|Voting Center|Vote Center|Chapter House"
)
_LOOKS_LIKE = re.compile(
    rf"(?:\b(?:St\.|Mt\.|Ft\.|Dr\.|[A-Z]\.|[A-Z][\w'’-]{{0,30}}) ){{1,4}}(?:{_KINDS})\b(?: \d{{1,3}}\b)?"
)
_ARTICLES = ("The ", "At ", "In ", "To ", "Near ", "Of ", "And ", "Your ", "All ", "Inside ")


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the user's list; coordinates in degrees, where given."""

    name: str
    area: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that a message names, and whether it is on the list or only looks like one."""

    place: Place
    is_listed: bool


class PlaceList:
    """The user's list, found in texts word by word."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._by_words: dict[tuple[str, ...], Place] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        for place in places:
            words = _words(place.name)[:_MAX_WORDS]
            if words:
                self._by_words.setdefault(words, place)
        lengths: dict[str, set[int]] = {}
        for words in self._by_words:
            lengths.setdefault(words[0], set()).add(len(words))
        self._lengths = {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}

    def __len__(self) -> int:
        return len(self._by_words)

    def named_in(self, text: str) -> list[NamedPlace]:
        """Return the places a text names: those of the list first, then what only looks like one."""
        words = _words(text)
        listed = dict.fromkeys(self._listed(words))
        known = {_words(place.name) for place in listed}
        found = [NamedPlace(place, True) for place in listed]
        for name in dict.fromkeys(_likely(text)):
            own = _words(name)
            if not any(_contains(one, own) or _contains(own, one) for one in known):
                found.append(NamedPlace(Place(name), False))
        return found[:MAX_NAMED]

    def _listed(self, words: tuple[str, ...]) -> Iterator[Place]:
        place = 0
        while place < len(words):
            for length in self._lengths.get(words[place], ()):
                found = self._by_words.get(words[place : place + length])
                if found:
                    yield found
                    place += length - 1
                    break
            place += 1


def _likely(text: str) -> Iterator[str]:
    for match in _LOOKS_LIKE.finditer(" ".join(text.split())):
        name = match[0]
        while name.startswith(_ARTICLES):
            name = name.partition(" ")[2]
        if " " in name:
            yield name


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _contains(long: Sequence[str], short: Sequence[str]) -> bool:
    return any(tuple(long[at : at + len(short)]) == tuple(short) for at in range(len(long) - len(short) + 1))


def read_places(path: Path | str) -> PlaceList:
    """Return a list of places from a CSV file with the columns ``name`` and, if you like, ``area``, ``lat``, ``lon``.

    Raises
    ------
    ParameterError
        If the file cannot be read, has no column ``name``, or a coordinate is none.
    """
    place = Path(path)
    try:
        with place.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            rows = csv.DictReader(file)
            if "name" not in {_key(one) for one in rows.fieldnames or ()}:
                raise ParameterError("--places", str(path), "Give a CSV file with a column called name.")
            named = [{_key(key): value for key, value in row.items()} for row in rows]
    except (OSError, csv.Error) as error:
        raise ParameterError("--places", str(path), f"The file cannot be read ({error}).") from error
    if len(named) > MAX_PLACES:
        raise ParameterError("--places", str(path), f"Give at most {MAX_PLACES:,} places.")
    return PlaceList(_place(row, place, line) for line, row in enumerate(named, 2))


_OTHER_NAMES = {"latitude": "lat", "longitude": "lon", "lng": "lon", "county": "area", "jurisdiction": "area"}


def _key(name: object) -> str:
    text = str(name or "").strip().lower()
    return _OTHER_NAMES.get(text, text)


def _place(row: Mapping[str, object], path: Path, line: int) -> Place:
    latitude, longitude = (_degrees(row.get(name), most, path, line) for name, most in (("lat", 90.0), ("lon", 180.0)))
    return Place(str(row.get("name") or "").strip(), str(row.get("area") or "").strip(), latitude, longitude)


def _degrees(value: object, most: float, path: Path, line: int) -> float | None:
    text = str(value or "").strip()
    if not text:
        return None
    try:
        degrees = float(text)
    except ValueError:
        degrees = most + 1
    if not -most <= degrees <= most:
        where = f"{path.name}, line {line}: {text[:40]}"
        raise ParameterError("--places", where, "Give degrees, e.g. 33.75 and -84.39.")
    return degrees
