"""Each check finds what it is for, says where, and leaves sound cases alone."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from benchmarks.cases import write_big_case

from tests.casebook.builders import (
    a_case,
    a_claim,
    a_claimant,
    a_record,
    a_source,
    a_target,
    an_incident,
    on_disk,
)
from undazzle.casebook import check_case, load_case
from undazzle.casebook.checks import CHECKS
from undazzle.casebook.checks.addresses import fault_of
from undazzle.casebook.records import Record


def codes(*records: Record, head: dict[str, Any] | None = None) -> set[str]:
    return {one.code for one in check_case(a_case(*records, head=head))}


def test_a_sound_case_has_no_problems(tmp_path: Path) -> None:
    assert check_case(load_case(on_disk(tmp_path, a_claim()))) == []


def test_a_dangling_reference_is_named_with_file_line_and_remedy(tmp_path: Path) -> None:
    claim = a_claim(proposition={"actors": ["actor:ferry-line", "actor:nobody"]})
    folder = on_disk(tmp_path, claim)
    (found,) = check_case(load_case(folder))
    lines = (folder / found.file).read_text(encoding="utf-8").splitlines()
    assert found.code == "dangling-reference" and "actor:nobody" in lines[found.line - 1]
    assert str(found).startswith(f"claims/ferry-posters.yaml:{found.line}: error dangling-reference: ")


@pytest.mark.parametrize(
    "record",
    [
        a_record("actor", "x", name="x", actor_kind="group", relations=[{"relation": "linked-to", "to": "actor:none"}]),
        a_record("target", "x", name="x", target_kind="race", part_of=["target:none"]),
        a_claimant("x", speaks_for="actor:none"),
        a_claim("x", relays="claim:none"),
        a_claim("x", quantities=[{"counted": "posters", "value": 3, "subject": "actor:none"}]),
        an_incident(["claim:none"], "x"),
    ],
)
def test_references_are_found_wherever_they_stand(record: Record) -> None:
    assert "dangling-reference" in codes(record)


def test_relay_rings_are_found_once_and_other_relays_are_fine() -> None:
    ring = [a_claim(f"r{n}", relays=f"claim:r{(n + 1) % 3}") for n in range(3)]
    found = [one for one in check_case(a_case(*ring, a_claim("tail", relays="claim:r0"))) if one.code == "relay-ring"]
    assert len(found) == 1 and "claim:r0 -> claim:r1 -> claim:r2 -> claim:r0" in found[0].what
    assert "relay-ring" in codes(a_claim("self", relays="claim:self"))
    assert "relay-ring" not in codes(a_claim("a"), a_claim("b", relays="claim:a"), a_claim("c", relays="claim:a"))


def test_a_long_relay_chain_is_no_danger() -> None:
    chain = [a_claim(f"n{n}", relays=f"claim:n{n + 1}") for n in range(3_000)]
    assert "relay-ring" not in codes(*chain, a_claim("n3000"))


def test_an_encyclopedia_has_to_say_where_it_has_it_from() -> None:
    book = [a_claimant("almanac", category="reference-work")]
    book.append(a_source("entry", publisher="claimant:almanac", source_kind="reference"))
    said = {"claimant": "claimant:almanac", "source": "source:entry"}
    assert "missing-origin" in codes(*book, a_claim("own", **said))
    assert "missing-origin" not in codes(*book, a_claim("own", **said, stated_origin="claimant:harbour-office"))
    assert "missing-claimant" in codes(a_claim("x", claimant=None))


def test_numbers_of_different_denominators_are_not_added_up() -> None:
    def counting(name: str, value: int, measure: str, claimant: str = "claimant:harbour-office") -> Record:
        return a_claim(name, claimant=claimant, quantities=[{"counted": "posters", "value": value, "measure": measure}])

    total = a_claim(
        "sum", quantities=[{"counted": "posters", "value": 7, "measure": "seen", "sum_of": ["claim:a", "claim:b"]}]
    )
    code = "sum-of-different-denominators"
    assert code in codes(counting("a", 3, "seen"), counting("b", 4, "printed"), total)
    assert code in codes(
        counting("a", 3, "seen"), counting("b", 4, "seen", "claimant:other"), a_claimant("other"), total
    )
    assert not {code, "sum-differs"} & codes(counting("a", 3, "seen"), counting("b", 4, "seen"), total)
    assert "sum-differs" in codes(counting("a", 3, "seen"), counting("b", 5, "seen"), total)


@pytest.mark.parametrize("basis", ["The source cannot be judged.", "Graded F.", "Its reliability is unknown."])
def test_unknown_is_not_treated_as_worst(basis: str) -> None:
    assert "unknown-treated-as-worst" in codes(a_claim(credibility="improbable", credibility_basis=basis))
    assert "unknown-treated-as-worst" not in codes(a_claim(credibility_basis=basis))
    aside = a_record(
        "assessment", "a", statement="It is likely.", set_aside=[{"claim": "claim:ferry-posters", "reason": basis}]
    )
    assert "unknown-treated-as-worst" in codes(a_claim(), aside)


def test_a_doubt_with_a_reason_of_its_own_is_fine() -> None:
    fine = a_claim(credibility="improbable", credibility_basis="The pier was closed that day.")
    assert "unknown-treated-as-worst" not in codes(fine)


def test_confirmed_needs_two_origins() -> None:
    seen = {"credibility": "confirmed", "credibility_basis": "Two offices saw it."}
    relay = a_claim("retold", claimant="claimant:paper", relays="claim:ferry-posters")
    other = a_claim("second", claimant="claimant:paper")
    paper = a_claimant("paper", category="media")
    assert "confirmed-by-one-origin" in codes(a_claim(**seen), relay, paper)
    assert "confirmed-by-one-origin" not in codes(a_claim(**seen), other, paper)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("The office says with high confidence that it was likely the line.", "likelihood-with-confidence"),
        ("The report proves that the line did it.", "non-estimative-verb"),
        ("It is 100 % certain.", "certain-probability"),
    ],
)
def test_the_wording_of_our_own_sentences_is_checked(statement: str, code: str) -> None:
    assert code in codes(a_claim(statement=statement))
    assert code not in codes(a_claim(statement=f'The office wrote: "{statement}"', quoted=[statement]))


def test_two_sentences_may_hold_what_one_may_not() -> None:
    assert "likelihood-with-confidence" not in codes(a_claim(statement="It was likely the line. High confidence."))


@pytest.mark.parametrize("probability", [0, 100, 130])
def test_no_judgement_is_certain(probability: float) -> None:
    judged = a_record("assessment", "a", statement="It was the line.", probability=probability)
    assert "certain-probability" in codes(judged)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Posted by @quietharbour77 at noon.", "account-name"),
        ("See https://x.com/quietharbour77 for it.", "account-address"),
        ("Write to pier.keeper@example.org.", "mail-address"),
        ("Turned \u202etext.", "hidden-characters"),
    ],
)
def test_accounts_and_addresses_of_persons_are_refused(text: str, code: str) -> None:
    assert code in codes(a_claim(statement=text))


def test_persons_need_a_public_office() -> None:
    assert "person-without-office" in codes(a_target("mayor", target_kind="candidate"))
    assert "person-without-office" not in codes(a_target("mayor", target_kind="candidate", office="Mayor"))
    assert "person-without-office" in codes(a_record("actor", "a", name="A", actor_kind="official"))


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://", "https://exa mple.org", "ftp://example.org/a", "https://user:pw@example.org/",
     "https://example.org/…", "https://localhost/x", "https://example.org:99999/", "http://[::1]/", "https://127.0.0.1/",
     "https://example.org/\"><script>", "https://" + "a" * 3000 + ".org"],
)  # fmt: skip
def test_malformed_addresses_are_named(address: str) -> None:
    assert fault_of(address)
    assert "malformed-url" in codes(a_source("x", url=address))


@pytest.mark.parametrize("address", ["https://example.org/?p=1842869", "http://bücher.example/a", "https://8.8.8.8/"])
def test_whole_addresses_are_fine(address: str) -> None:
    assert fault_of(address) == ""


def test_what_must_not_be_asserted_is_found_by_coding_and_by_words() -> None:
    rule = {
        "code": "no-high",
        "why": "The office gave no level.",
        "actors": ["actor:ferry-line"],
        "confidence": ["high"],
    }
    head = {"must_not_assert": [rule, {"code": "words", "why": "Nobody read them.", "phrases": ["Sinking Ferry"]}]}
    assert "must-not-assert" in codes(a_claim(confidence={"word": "high"}), head=head)
    assert "must-not-assert" in codes(a_claim(statement="A sinking ferry was seen."), head=head)
    assert "must-not-assert" not in codes(a_claim(confidence={"word": "low"}), head=head)
    negative = a_claim(confidence={"word": "high"}, proposition={"polarity": "negative-finding"})
    assert "must-not-assert" not in codes(negative, head=head)


def test_every_code_belongs_to_a_check_that_names_it() -> None:
    listed = [code for check in CHECKS.values() for code in check.codes]
    assert {"dangling-reference", "relay-ring", "must-not-assert", "malformed-url"} <= set(listed)
    assert all(check.summary for check in CHECKS.values())


def test_five_thousand_incidents_are_checked_in_ten_cpu_seconds(tmp_path: Path) -> None:
    write_big_case(tmp_path, 5_000)
    begun = time.process_time()
    case = load_case(tmp_path)
    problems = check_case(case)
    used = time.process_time() - begun
    assert (len(case.incidents), len(case.claims), problems) == (5_000, 10_000, [])
    assert used < 10
