"""A case of thousands of incidents, written as text because speed of writing is not what is measured."""

from __future__ import annotations

from pathlib import Path

_CLAIM = """id: claim:c{number}
statement: Office {office} says that ferry line {line} put up posters under another name at pier {number}.
claimant: claimant:office-{office}
claimed: 2024-04-{day:02}
source: source:report-{report}
verification: primary
proposition:
  aspect: conduct
  polarity: {polarity}
  actors:
    - actor:line-{line}
  act_class: influence-covert
  targets:
    - target:pier-{pier}
  event: event:vote-{event}
  deployment: deployed
attribution: direct
quantities:
  - counted: posters
    measure: hung-at-pier-{pier}
    value: {number}
platforms:
  - pier board
"""
_INCIDENT = """id: incident:i{number}
title: Posters at pier {number} said to be a ferry line's
summary: An office says that a ferry line put up posters under another name. Nobody was seen.
claims:
  - claim:c{first}
  - claim:c{second}
event: event:vote-{event}
begin: 2024-04-01
"""


def write_large_case(folder: Path, incidents: int) -> None:
    """Write a case with two claims to an incident."""
    _write(folder, "case", "id: case:large\ntitle: Many piers\n")
    for number in range(200):
        _write(folder, f"claimants/office-{number}", f"id: claimant:office-{number}\nname: Office\ncategory: media\n")
        _write(folder, f"actors/line-{number}", f"id: actor:line-{number}\nname: Line {number}\nactor_kind: company\n")
        target = f"id: target:pier-{number}\nname: Pier\ntarget_kind: community\n"
        _write(folder, f"targets/pier-{number}", target)
        event = f"id: event:vote-{number}\nname: Vote\nevent_kind: election\nbegin: 2024-05-05\n"
        _write(folder, f"events/vote-{number}", event)
    for number in range(incidents // 5):
        source = f"id: source:report-{number}\ntitle: Report\nsource_kind: report\npublisher: claimant:office-1\n"
        _write(folder, f"sources/report-{number}", f"{source}url: https://example.org/report/{number}\n")
    for number in range(2 * incidents):
        _write(folder, f"claims/c{number}", _claim(number, incidents))
    for number in range(incidents):
        text = _INCIDENT.format(number=number, first=2 * number, second=2 * number + 1, event=number % 200)
        _write(folder, f"incidents/i{number}", text)


def _claim(number: int, incidents: int) -> str:
    return _CLAIM.format(
        number=number,
        office=number % 200,
        line=number // 2 % 200,
        pier=number % 200,
        event=number // 2 % 200,
        report=number % (incidents // 5),
        day=1 + number % 30,
        polarity="negative-finding" if number % 7 == 0 else "asserts",
    )


def _write(folder: Path, name: str, text: str) -> None:
    path = folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
