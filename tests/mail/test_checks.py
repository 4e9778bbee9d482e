"""Signatures, sender policies and recorded results: what is checked here, and whose word counts."""

from __future__ import annotations

from functools import lru_cache

import pytest

from tests.mail.builders import OUR_HOST, TRUE, a_mail, message, postfix
from tests.mail.keys import key_pair
from undazzle.mail import Grade, MailFindings, MailSettings, RawMail, find_in_mail, parse_mail, trusted_hosts
from undazzle.mail.dns_records import DnsRecords, parse_records
from undazzle.mail.sender_policy import check_spf

dkim = pytest.importorskip("dkim")
PLACE = "s1._domainkey.harbour.example"


@lru_cache
def keys() -> tuple[bytes, str]:
    return key_pair()


def records(*more: str) -> DnsRecords:
    return parse_records([f'{PLACE}. 300 IN TXT "{keys()[1]}"', *more])


def signed(raw: bytes, **settings: object) -> bytes:
    raw = raw.replace(b"\n", b"\r\n")
    return bytes(dkim.sign(raw, b"s1", b"harbour.example", keys()[0], **settings)) + raw


def found_in(raw: bytes, given: DnsRecords, **settings: object) -> MailFindings:
    return find_in_mail(parse_mail(RawMail("one.eml", 1, raw)), MailSettings(records=given, **settings))  # type: ignore[arg-type]  # named in the tests


def test_a_right_signature_is_verified_whatever_the_line_ends() -> None:
    for raw in (signed(message()), signed(message()).replace(b"\r\n", b"\n")):
        found = found_in(raw, records())
        assert found.outcome("dkim") == "pass" and found.aligned_by == ("signature",)
        assert [one.grade for one in found.statements if one.about == "signature"] == [Grade.VERIFIED]


def test_a_changed_text_a_changed_subject_and_another_key_fail() -> None:
    raw = signed(message())
    assert found_in(raw.replace(b"ferry", b"train"), records()).outcome("dkim") == "fail"
    assert found_in(raw.replace(b"Timetable", b"Time-table"), records()).outcome("dkim") == "fail"
    other = parse_records([f'{PLACE} TXT "{key_pair(2)[1]}"'])
    assert found_in(raw, other).outcome("dkim") == "fail"


def test_a_second_from_line_breaks_the_signature() -> None:
    raw = b"From: Other <other@elsewhere.example>\r\n" + signed(message())
    assert found_in(raw, records()).outcome("dkim") == "fail"


def test_a_signature_over_part_of_the_text_says_so() -> None:
    found = found_in(signed(message(), length=True) + b"A sentence more.\r\n", records())
    assert found.outcome("dkim") == "pass"
    assert any("only the beginning of the text is signed" in one.text for one in found.statements)


def test_without_the_key_a_signature_is_only_claimed() -> None:
    found = found_in(signed(message()), DnsRecords())
    assert found.outcome("dkim") == "" and found.aligned_by == ()
    assert any(PLACE in one.text and one.grade is Grade.CLAIMED for one in found.statements)


@pytest.mark.parametrize(
    "value", ["", ";;;", "d=harbour.example; s=s1", "v=1; a=rsa-sha256; d=harbour.example; s=s1; h=from; bh=!; b=!"]
)
def test_a_broken_signature_breaks_nothing(value: str) -> None:
    found = found_in(b"DKIM-Signature: " + value.encode() + b"\r\n" + message(), records())
    assert found.outcome("dkim") in ("", "fail")


def test_a_sender_policy_is_checked_only_for_a_recorded_address() -> None:
    policy = records('harbour.example TXT "v=spf1 ip4:198.51.100.0/24 -all"')
    raw = b"Return-Path: <desk@harbour.example>\n" + message([postfix("a", TRUE, OUR_HOST)])
    found = found_in(raw, policy)
    assert found.outcome("spf") == "pass" and found.aligned_by == ("sender policy",)
    below = b"Return-Path: <desk@harbour.example>\n" + message([postfix("a", "203.0.113.9", OUR_HOST)])
    assert found_in(below, policy).outcome("spf") == "fail"
    nowhere = b"Return-Path: <desk@harbour.example>\n" + message()
    assert found_in(nowhere, policy).outcome("spf") == ""


@pytest.mark.parametrize(
    ("policy", "outcome"),
    [
        ("v=spf1 ip4:198.51.100.7 -all", "pass"),
        ("v=spf1 ~all", "softfail"),
        ("v=spf1 ?all", "neutral"),
        ("v=spf1", "neutral"),
        ("v=spf1 a -all", "pass"),
        ("v=spf1 mx -all", "pass"),
        ("v=spf1 a:other.example/24 -all", "pass"),
        ("v=spf1 include:inside.example -all", "pass"),
        ("v=spf1 redirect=inside.example", "pass"),
        ("v=spf1 exists:%{i}.example -all", "unknown"),
        ("v=spf1 include:missing.example -all", "unknown"),
        ("v=spf1 include:loop.example -all", "unknown"),
        ("v=spf1 ip4:nonsense -all", "unknown"),
    ],
)
def test_sender_policies_are_read_as_the_standard_has_it(policy: str, outcome: str) -> None:
    given = parse_records([
        f'harbour.example TXT "{policy}"',
        'inside.example TXT "v=spf1 ip4:198.51.100.0/28 -all"',
        'loop.example TXT "v=spf1 include:loop.example -all"',
        "harbour.example A 198.51.100.7",
        "harbour.example MX 10 mail.harbour.example.",
        "mail.harbour.example A 198.51.100.7",
        "other.example A 198.51.100.200",
    ])  # fmt: skip
    assert check_spf("198.51.100.7", "harbour.example", given)[0] == outcome


RESULTS = (
    "Authentication-Results: mx.town.example; spf=pass smtp.mailfrom=harbour.example;"
    " dmarc=pass header.from=harbour.example\n"
)


def test_recorded_results_count_only_under_a_trusted_name_above_the_boundary() -> None:
    line = f"Received: {postfix('a', TRUE, OUR_HOST)}\n"
    hosts = trusted_hosts([OUR_HOST])
    above, below = (RESULTS + line).encode() + message(), (line + RESULTS).encode() + message()
    trusted = found_in(above, DnsRecords(), hosts=hosts, servers=(OUR_HOST,))
    assert trusted.outcome("spf") == trusted.outcome("dmarc") == "pass"
    assert found_in(above, DnsRecords(), hosts=hosts).outcome("spf") == ""
    doubtful = found_in(below, DnsRecords(), hosts=hosts, servers=(OUR_HOST,))
    assert any("where a sender could write, too" in one.text for one in doubtful.statements)


def test_a_second_set_of_results_under_the_same_name_is_a_claim() -> None:
    line = f"Received: {postfix('a', TRUE, OUR_HOST)}\n"
    honest = RESULTS.replace("=pass", "=fail")
    found = found_in((honest + line + RESULTS).encode() + message(), DnsRecords(), servers=(OUR_HOST,))
    assert found.outcome("spf") == "fail"
    assert sum(one.grade is Grade.CLAIMED for one in found.statements if one.about == "sender policy") == 1


def test_results_below_a_line_that_is_not_believed_do_not_count() -> None:
    lines = f"Received: {postfix('a', TRUE, OUR_HOST)}\nReceived: {postfix('b', '203.0.113.9', 'x.example')}\n"
    found = found_in((lines + RESULTS).encode() + message(), DnsRecords(), servers=(OUR_HOST,))
    assert found.outcome("spf") == ""


def test_a_chain_of_seals_is_checked_with_the_given_key() -> None:
    pytest.importorskip("authres")  # sealing needs it, checking does not
    raw = message(headers=f"Authentication-Results: {OUR_HOST}; dkim=pass header.d=harbour.example\n")
    raw = raw.replace(b"\n", b"\r\n")
    seal = dkim.arc_sign(raw, b"s1", b"harbour.example", keys()[0], OUR_HOST.encode())
    found = found_in(b"".join(seal) + raw, records())
    said = [one for one in found.statements if one.about == "chain of seals"]
    assert [one.grade for one in said] == [Grade.VERIFIED] and "is right" in said[0].text
    changed = found_in(b"".join(seal) + raw.replace(b"ferry", b"train"), records())
    assert any("does not fit" in one.text for one in changed.statements if one.about == "chain of seals")
    assert a_mail().first("arc-seal") == ""
