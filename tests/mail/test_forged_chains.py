"""Forged headers: whatever a sender invents, no origin is stated beyond the line that a trusted server wrote.

Each case is one true line by the receiving server, in one of nine dialects, over one forgery. The true machine is
always 198.51.100.7; everything the sender invented names 203.0.113.66 or invented.example.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.mail.builders import (
    DATE,
    FORGED,
    FORGED_HOST,
    OUR_EDGE,
    OUR_EDGE_ADDRESS,
    OUR_HOST,
    SERVERS,
    TRUE,
    a_mail,
    exim,
    google,
    microsoft,
    postfix,
    qmail,
    sendmail,
)
from undazzle.mail import Grade, MailFindings, MailSettings, find_in_mail, trusted_hosts

Line = Callable[[str, str, str], str]
HELO = "relay.example"

# name -> (name the sender gives itself, lines it invents below, other headers it invents)
FORGERIES: dict[str, tuple[str, list[str], str]] = {
    "one line from elsewhere": (HELO, [postfix("a", FORGED, FORGED_HOST)], ""),
    "a chain of five": (HELO, [sendmail(FORGED_HOST, FORGED, f"hop{n}.{FORGED_HOST}") for n in range(5)], ""),
    "a line in our host's name": (HELO, [postfix(FORGED_HOST, FORGED, OUR_HOST)], ""),
    "a line in our edge's name": (HELO, [postfix(FORGED_HOST, FORGED, OUR_EDGE)], ""),
    "our whole inside way": (
        HELO,
        [postfix(OUR_EDGE, OUR_EDGE_ADDRESS, OUR_HOST), postfix(FORGED_HOST, FORGED, OUR_EDGE)],
        "",
    ),
    "a content filter on our host": (
        HELO,
        [postfix("localhost", "127.0.0.1", OUR_HOST, "localhost"), exim(FORGED_HOST, FORGED, OUR_HOST)],
        "",
    ),
    "a handover inside": (HELO, [f"by {OUR_HOST} with SMTP id x1; {DATE}", google(FORGED_HOST, FORGED, OUR_HOST)], ""),
    "a pair as qmail writes": (
        HELO,
        [f"(qmail 77 invoked from network); {DATE}", qmail(FORGED_HOST, FORGED, OUR_HOST)],
        "",
    ),
    "a local submission": (HELO, [f"(from clerk@localhost) by {FORGED_HOST} (8.17) id 1; {DATE}"], ""),
    "an address as its name": (f"[{FORGED}]", [], ""),
    "an IPv6 address as its name": ("[IPv6:2001:db8::66]", [], ""),
    "another's name as its name": (FORGED_HOST, [], ""),
    "brackets in its name": (f"x([{FORGED}])", [], ""),
    "a whole line as its name": (f"x ([{FORGED}]) by {OUR_HOST}", [], ""),
    "a parameter as its name": (f"helo=[{FORGED}]", [], ""),
    "results in our server's name": (
        HELO,
        [],
        f"Authentication-Results: {OUR_HOST}; spf=pass smtp.mailfrom={FORGED_HOST}; dkim=pass header.d={FORGED_HOST}\n",
    ),
    "an originating address": (HELO, [], f"X-Originating-IP: [{FORGED}]\n"),
    "a seal": (HELO, [], f"ARC-Seal: i=1; a=rsa-sha256; d={FORGED_HOST}; s=s; cv=none; b=AAAA\n"),
    "a signature": (HELO, [], f"DKIM-Signature: v=1; a=rsa-sha256; d={FORGED_HOST}; s=s; h=from; bh=AA; b=AA\n"),
    "a line in capitals": (
        HELO,
        [],
        f"RECEIVED: from {FORGED_HOST} ([{FORGED}]) by {OUR_HOST}; {DATE}\n",
    ),
    "a thousand lines": (HELO, [microsoft(FORGED_HOST, FORGED, OUR_HOST)] * 1_000, ""),
}
OWN_HOSTS = trusted_hosts([OUR_HOST, OUR_EDGE, OUR_EDGE_ADDRESS])
STATED = {
    "no host stated": MailSettings(),
    "hosts stated": MailSettings(OWN_HOSTS),
    "handovers crossed": MailSettings(trusted_hosts([OUR_HOST, OUR_EDGE, OUR_EDGE_ADDRESS], crosses_handovers=True)),
}
BELIEVED = (Grade.RECORDED, Grade.ASSUMED, Grade.VERIFIED)


def assert_nothing_invented_is_believed(found: MailFindings) -> None:
    for one in found.statements:
        if one.grade in BELIEVED:
            assert FORGED not in one.text and FORGED_HOST not in one.text and "2001:db8" not in one.text, one
    assert found.boundary.origin is None or found.boundary.origin.address == TRUE
    assert found.outcome("spf") == found.outcome("dkim") == found.outcome("dmarc") == ""
    assert found.aligned_by == ()


@pytest.mark.parametrize("stated", STATED)
@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("server", SERVERS, ids=lambda one: one.__name__)
def test_a_forgery_under_one_true_line_moves_no_origin(server: Line, forgery: str, stated: str) -> None:
    helo, invented, headers = FORGERIES[forgery]
    found = find_in_mail(a_mail([server(helo, TRUE, OUR_HOST), *invented], headers), STATED[stated])
    assert_nothing_invented_is_believed(found)
    assert found.boundary.trusted == 1
    if all(letter.isalnum() or letter in ".[]:" for letter in helo):
        assert found.boundary.origin is not None, "an honest record is not thrown away with the forgery"


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("server", SERVERS, ids=lambda one: one.__name__)
def test_a_forgery_under_two_stated_hosts_moves_no_origin(server: Line, forgery: str) -> None:
    helo, invented, headers = FORGERIES[forgery]
    inside = postfix(OUR_EDGE, OUR_EDGE_ADDRESS, OUR_HOST, OUR_EDGE)
    found = find_in_mail(
        a_mail([inside, server(helo, TRUE, OUR_EDGE), *invented], headers),
        MailSettings(trusted_hosts(["192.0.2.10", OUR_HOST, OUR_EDGE])),
    )
    assert_nothing_invented_is_believed(found)
    assert found.boundary.trusted == 2


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_message_without_a_true_line_has_no_origin(forgery: str) -> None:
    _, invented, headers = FORGERIES[forgery]
    found = find_in_mail(a_mail(invented, headers), MailSettings(trusted_hosts(["mail.other.example"])))
    assert found.boundary.origin is None and found.boundary.trusted == 0
    assert not [one for one in found.statements if one.grade in BELIEVED]


def test_the_suite_has_at_least_sixty_forged_chains() -> None:
    assert len(FORGERIES) * len(SERVERS) * (len(STATED) + 1) + len(FORGERIES) >= 60
