"""Casebooks to measure with: thousands of neutral incidents about ferries, libraries and weather offices.

``python -m benchmarks.cases write FOLDER INCIDENTS`` writes one; ``check FOLDER`` loads and checks it and prints the
CPU seconds of each step. Written as text, because the speed of writing is not what is measured.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

_NATIONS = ("Northland", "Southland", "Eastland", "Westland", "Midland", "Farland", "Lakeland", "Highland")
_PLACES = ("pier", "library", "weather office", "station", "market", "lighthouse", "school", "garden")
_ACTS = ("influence-covert", "influence-overt", "espionage", "interference-technical", "commercial")
_METHODS = ("T0097.202", "T0049.002", "T0119.001", "T0086.002", "T0098.001", "T0042", "local:hoax-threat")
_PLATFORMS = ("Pier Board", "Harbour Chat", "Ferry Video", "Notice Wall", "Radio")
_CATEGORIES = ("government", "technology-company", "civil-society", "media", "consultancy")
_WORDS = ("low", "moderate", "high")
_KINDS = ("state", "organ", "company", "group", "campaign")
_CLAIMANTS, _ACTORS, _TARGETS, _EVENTS = 300, 240, 300, 40
_FIRST_DAY = date(2015, 1, 1)


def write_big_case(folder: Path, incidents: int) -> None:
    """Write a case with two claims to an incident: a finding, and a relay, a denial or a negative finding of it.

    Parameters
    ----------
    folder
        Made if needed; files of the same names are replaced.
    incidents
        How many incidents; records in all are about five times as many.
    """
    _write(folder, "case", f"id: case:big\ntitle: {incidents:,} piers\nedition: '1'\nupdated: 2024-12-01\n")
    _write_ground(folder)
    for number in range(incidents):
        _write(folder, f"sources/report-{number}", _source(number))
        _write(folder, f"claims/found-{number}", _finding(number))
        _write(folder, f"claims/answer-{number}", _answer(number))
        _write(folder, f"incidents/pier-{number}", _incident(number))
        if number % 4 == 0:
            _write(folder, f"observations/seen-{number}", _observation(number))
        if number % 10 == 0:
            _write(folder, f"countermeasures/done-{number}", _countermeasure(number))
        if number % 5 == 0:
            _write(folder, f"scorecards/card-{number}", _scorecard(number))


def _write_ground(folder: Path) -> None:
    """Write claimants, actors, targets and elections that claims can name."""
    for number in range(_CLAIMANTS):
        text = f"name: Harbour office {number}\ncategory: {_CATEGORIES[number % 5]}\nnation: {_nation(number)}\n"
        _write(folder, f"claimants/office-{number}", f"id: claimant:office-{number}\n{text}")
    for number in range(_ACTORS):
        _write(folder, f"actors/line-{number}", _actor(number))
        speaks = f"category: foreign-government\nnation: {_nation(number)}\nspeaks_for: actor:line-{number}\n"
        name = f"id: claimant:line-{number}\nname: Spokesperson of ferry line {number}\n"
        _write(folder, f"claimants/line-{number}", name + speaks)
    for number in range(_TARGETS):
        kind = ("electorate", "community", "institution", "infrastructure", "media")[number % 5]
        text = f"name: Passengers of {_place(number)} {number}\ntarget_kind: {kind}\n"
        _write(folder, f"targets/place-{number}", f"id: target:place-{number}\n{text}jurisdiction: {_nation(number)}\n")
    for number in range(_EVENTS):
        text = f"name: Harbour vote {number}\nevent_kind: election\nbegin: {_day(number * 90)}\n"
        _write(folder, f"events/vote-{number}", f"id: event:vote-{number}\n{text}")


def _actor(number: int) -> str:
    text = f"id: actor:line-{number}\nname: Ferry line {number}\nactor_kind: {_KINDS[number % 5]}\n"
    text += f"nation: {_nation(number)}\naliases:\n  - name: Blue boats {number}\n"
    text += f"    said_by: claimant:office-{number % _CLAIMANTS}\n"
    if number >= len(_NATIONS):
        text += f"relations:\n  - relation: linked-to\n    to: actor:line-{number % len(_NATIONS)}\n"
        text += f"    said_by: claimant:office-{number % 7}\n"
    return text


def _source(number: int) -> str:
    return (
        f"id: source:report-{number}\ntitle: Report {number} on a {_place(number)}\nsource_kind: report\n"
        f"publisher: claimant:office-{number % _CLAIMANTS}\ndated: {_begin(number)}\n"
        f"url: https://example.org/report/{number}\narchive_url: https://archive.example.org/{number}\n"
    )


def _finding(number: int) -> str:
    return (
        f"id: claim:found-{number}\n"
        f"statement: Harbour office {number % _CLAIMANTS} says that ferry line {number % _ACTORS} put up posters under "
        f"another name at {_place(number)} {number}.\n"
        f"claimant: claimant:office-{number % _CLAIMANTS}\nclaimed: {_day(_offset(number) + 20)}\n"
        f"source: source:report-{number}\nverification: primary\nattribution: direct\n"
        + _proposition(number, "asserts")
        + f"  deployment: deployed\n  period:\n    begin: {_begin(number)}\n"
        + f"confidence:\n  word: {_WORDS[number % 3]}\n  quoted: {_WORDS[number % 3]} confidence\n"
        + f"quantities:\n  - counted: posters\n    measure: hung-at-place-{number % _TARGETS}\n    value: {number}\n"
        + f"platforms:\n  - {_PLATFORMS[number % 5]}\nmethods:\n  - {_METHODS[number % 7]}\n"
        + f"narratives:\n  - timetable-{number % 50}\n"
    )


def _answer(number: int) -> str:
    """Return a relay in two of four cases, else a denial by the accused or a negative finding of another office."""
    head = f"id: claim:answer-{number}\nsource: source:report-{(number * 7 + 1) % max(number, 1)}\n"
    head += f"claimed: {_day(_offset(number) + 30)}\nverification: secondary\n"
    if number % 4 < 2:
        return (
            f"{head}statement: An office repeats what was found at {_place(number)} {number}.\n"
            f"claimant: claimant:office-{(number + 5) % _CLAIMANTS}\nrelays: claim:found-{number}\n"
        ) + _proposition(number, "asserts")
    if number % 4 == 2:
        return (
            f"{head}statement: Ferry line {number % _ACTORS} says that it put up no posters.\n"
            f"claimant: claimant:line-{number % _ACTORS}\nresponds_to:\n  - claim:found-{number}\n"
        ) + _proposition(number, "denies")
    return (
        f"{head}statement: Another office looked for posters at {_place(number)} {number} and saw none.\n"
        f"claimant: claimant:office-{(number + 11) % _CLAIMANTS}\n"
    ) + _proposition(number, "negative-finding")


def _proposition(number: int, polarity: str) -> str:
    return (
        f"proposition:\n  aspect: conduct\n  polarity: {polarity}\n  actors:\n    - actor:line-{number % _ACTORS}\n"
        f"  act_class: {_ACTS[number % 5]}\n  targets:\n    - target:place-{number % _TARGETS}\n"
        f"  event: event:vote-{_vote(number)}\n"
    )


def _incident(number: int) -> str:
    text = (
        f"id: incident:pier-{number}\ntitle: Posters at {_place(number)} {number}, said to be a ferry line's\n"
        "summary: An office says that a ferry line put up posters under another name. What others say stands beside "
        f"it.\nclaims:\n  - claim:found-{number}\n  - claim:answer-{number}\nevent: event:vote-{_vote(number)}\n"
        f"begin: {_begin(number)}\nend: {_day(_offset(number) + 14)}\n"
    )
    if number % 3:
        text += f"breakout:\n  category: {1 + number % 6}\n  basis: Seen on one board and spoken of on another.\n"
    if number % 10 == 0:
        text += f"countermeasures:\n  - countermeasure:done-{number}\n"
    return text


def _observation(number: int) -> str:
    return (
        f"id: observation:seen-{number}\nincident: incident:pier-{number}\nobserved: {_day(_offset(number) + 3)}\n"
        f"platform: {_PLATFORMS[number % 5]}\namplifier: ordinary-users\n"
    )


def _countermeasure(number: int) -> str:
    return (
        f"id: countermeasure:done-{number}\ntitle: Posters at {_place(number)} {number} taken down\n"
        f"countermeasure_kind: takedown\ndone_by: claimant:office-{number % _CLAIMANTS}\n"
        f"done: {_day(_offset(number) + 40)}\nagainst:\n  - actor:line-{number % _ACTORS}\n"
        f"claims:\n  - claim:found-{number}\nsource: source:report-{number}\n"
    )


def _scorecard(number: int) -> str:
    from undazzle.casebook.scoring.items import Item

    answers = (("true", "false", "na", "unknown")[(number // 5 + place) % 7 % 4] for place in range(18))
    lines = "".join(f"      {item}: '{answer}'\n" for item, answer in zip(Item, answers, strict=True))
    return (
        f"id: scorecard:card-{number}\nincident: incident:pier-{number}\ncodings:\n  - coder: A\n    answers:\n{lines}"
    )


def _nation(number: int) -> str:
    return _NATIONS[number % len(_NATIONS)]


def _place(number: int) -> str:
    return _PLACES[number % len(_PLACES)]


def _offset(number: int) -> int:
    return number * 37 % 3_600


def _vote(number: int) -> int:
    return min(_offset(number) // 90 + 1, _EVENTS - 1)


def _day(days: int) -> str:
    return (_FIRST_DAY + timedelta(days=days)).isoformat()


def _begin(number: int) -> str:
    return _day(_offset(number))


def _write(folder: Path, name: str, text: str) -> None:
    path = folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def check(folder: str) -> dict[str, float]:
    """Return the CPU seconds of loading a case, checking it and finding its contradictions, and how many there are."""
    from undazzle.casebook import check_case, find_contradictions, load_case

    started = time.process_time()
    case = load_case(folder)
    loaded = time.process_time()
    problems = check_case(case)
    checked = time.process_time()
    found = find_contradictions(case)
    return {
        "records": len(case),
        "problems": len(problems),
        "contradictions": len(found),
        "load_cpu_seconds": round(loaded - started, 2),
        "check_cpu_seconds": round(checked - loaded, 2),
        "contradictions_cpu_seconds": round(time.process_time() - checked, 2),
    }


def main(arguments: Iterable[str]) -> None:
    """Run what the command line says."""
    what, folder, *rest = arguments
    if what == "write":
        write_big_case(Path(folder), int(rest[0]))
    else:
        json.dump(check(folder), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
