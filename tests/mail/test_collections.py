"""Many messages: which say the same, which places they name, and the wording of what they claim."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.mail.builders import OUR_HOST, TRUE, a_mail, message, postfix
from undazzle.casebook import load_case, shipped_edition
from undazzle.cli import main as cli_main
from undazzle.errors import ParameterError
from undazzle.mail import Grade, MailSettings, find_in_mail
from undazzle.mail.analysis import analyse_mails
from undazzle.mail.near_identical import near_identical
from undazzle.mail.places import PlaceList, read_places
from undazzle.mail.tables import cluster_rows

TEMPLATE = "Please note that the {place} will open {n} minutes late because the heating is being repaired by our staff."
PLACES = ["Harbour Library", "Hill Street School", "Quay Community Center", "Lake Fire Station", "Oak Town Hall"]


def a_folder(folder: Path) -> Path:
    mails = folder / "mails"
    mails.mkdir()
    for number, place in enumerate(PLACES):
        text = TEMPLATE.format(place=place, n=number + 10)
        (mails / f"{number}.eml").write_bytes(message([postfix("relay.example", TRUE, OUR_HOST)], text=text))
    for number, text in enumerate(
        ("The weather is fine at the coast today, they say.", "The ferry leaves from pier four.")
    ):
        (mails / f"other{number}.eml").write_bytes(message(text=text))
    return mails


def test_one_text_sent_to_many_places_is_one_cluster(tmp_path: Path) -> None:
    found = analyse_mails([a_folder(tmp_path)])
    assert [len(one.members) for one in found.clusters] == [5]
    row = next(iter(cluster_rows(found)))
    assert row[1] == 5 and row[3] == [f"{TRUE} (5)"] and set(PLACES) == set(row[6])


def test_clusters_do_not_chain_and_short_texts_are_not_called_alike() -> None:
    words = "the ferry leaves at noon from the old pier with all its passengers and their luggage on board".split()
    texts = [" ".join(words[start : start + 9]) for start in range(8)]
    led = near_identical(texts, 0.7)
    assert led[0] != led[7] or led[0] is None
    assert near_identical(["hello there", "hello there"]) == [None, None]
    assert near_identical(["", ""]) == [None, None] and near_identical([]) == []
    with pytest.raises(ParameterError):
        near_identical(["a"], 0.1)


def test_places_of_the_list_are_found_whole_and_put_on_a_map(tmp_path: Path) -> None:
    source = tmp_path / "places.csv"
    source.write_text("Name,County,Latitude,Longitude\nHarbour Library,North,33.7,-84.4\nHill Street School,North,,\n")
    known = read_places(source)
    assert len(known) == 2
    named = known.named_in("At the HARBOUR  library and the Harbour Librarian's; also Quay Community Center.")
    assert [(one.place.name, one.is_listed) for one in named] == [
        ("Harbour Library", True),
        ("Quay Community Center", False),
    ]
    words = ["mail", str(a_folder(tmp_path)), "--places", str(source), "-o", str(tmp_path / "out")]
    assert cli_main.run(words) == 0
    data = json.loads((tmp_path / "out" / "places.geojson").read_text(encoding="utf-8"))
    assert [one["properties"]["name"] for one in data["features"]] == ["Harbour Library"]
    assert data["features"][0]["geometry"]["coordinates"] == [-84.4, 33.7] and data["without_coordinates"] == 4
    assert cli_main.run(words) == 2, "files are not overwritten unasked"


@pytest.mark.parametrize("text", ["place\nx\n", "name,lat\nx,north\n", "name,lat\nx,91\n"])
def test_lists_of_places_that_cannot_be_used_are_refused(tmp_path: Path, text: str) -> None:
    source = tmp_path / "places.csv"
    source.write_text(text)
    with pytest.raises(ParameterError):
        read_places(source)


def test_an_address_is_never_called_a_place_of_origin() -> None:
    for domain in ("mail.ru", "yandex.ru", "harbour.cn", "xn--80ak6aa92e.xn--p1ai", "list.ir", "harbour.us"):
        mail = a_mail(headers=f"From: x <x@{domain}>\nX-Originating-IP: [192.0.2.9]\n", text="Паром опаздывает сегодня")
        found = find_in_mail(mail, MailSettings())
        said = next(one for one in found.statements if one.about == "address")
        assert said.grade is Grade.CLAIMED and "uses a ." in said.text
        assert "Not where the sender is" in said.limit
        for one in found.statements:
            assert not any(
                f"from {country}" in one.text for country in ("Russia", "China", "Iran", "the United States")
            )
            assert one.limit or one.grade is Grade.UNKNOWN, "every statement says what does not follow"


def test_what_was_and_was_not_attributed_in_2024_stands_in_the_shipped_edition() -> None:
    case = load_case(shipped_edition())
    claims = {one.id: one for one in case.claims_of(case.incidents["incident:bomb-threats-2024-11-05"])}
    assert claims["claim:cisa-2024-not-established"].proposition.answer == "not-established"
    assert {
        "claim:fbi-2024-11-05-domains",
        "claim:nbc-2024-domain-not-place",
        "claim:fbi-2024-pennsylvania-open",
    } <= set(claims)


def test_tables_are_harmless_in_spreadsheets(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(message().replace(b"Timetable", b"=HYPERLINK(1)"))
    assert cli_main.run(["mail", str(tmp_path / "a.eml"), "-o", str(tmp_path / "out")]) == 0
    with (tmp_path / "out" / "mails.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert not row["subject"].startswith("=") and "HYPERLINK" in row["subject"]


def test_the_command_refuses_what_it_cannot_use(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(message())
    (tmp_path / "bad.txt").write_text("no record at all\n")
    one = str(tmp_path / "a.eml")
    assert cli_main.run(["mail", one, "--trusted-host", "0.0.0.0/0"]) == 2
    assert cli_main.run(["mail", one, "--dns", str(tmp_path / "bad.txt")]) == 2
    assert cli_main.run(["mail", one, "--places", str(tmp_path / "none.csv")]) == 2
    assert cli_main.run(["mail", one, "--likeness", "0.1"]) == 2
    assert PlaceList().named_in("") == []
