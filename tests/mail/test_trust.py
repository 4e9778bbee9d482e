"""Where the record ends, and why."""

from __future__ import annotations

import pytest

from tests.mail.builders import (
    DATE,
    OUR_EDGE,
    OUR_EDGE_ADDRESS,
    OUR_HOST,
    SERVERS,
    TRUE,
    a_mail,
    google,
    postfix,
    qmail,
)
from undazzle.errors import ParameterError
from undazzle.mail import Grade, MailSettings, find_in_mail, trusted_hosts
from undazzle.mail.received import parse_received


@pytest.mark.parametrize("server", SERVERS, ids=lambda one: one.__name__)
def test_every_dialect_is_read(server: object) -> None:
    hop = parse_received(server("relay.example", TRUE, OUR_HOST))  # type: ignore[operator]  # one of ours
    assert (hop.address, hop.helo, hop.by) == (TRUE, "relay.example", OUR_HOST)
    assert hop.at is not None and hop.protocol


def test_without_stated_hosts_the_topmost_line_is_only_assumed() -> None:
    found = find_in_mail(a_mail([postfix("relay.example", TRUE, OUR_HOST)]), MailSettings())
    first = found.statements[0]
    assert first.grade is Grade.ASSUMED and "if your own server wrote" in first.text and TRUE in first.text


def test_stated_hosts_are_walked_through_to_the_outside() -> None:
    lines = [
        postfix("localhost", "127.0.0.1", OUR_HOST, "localhost"),
        postfix(OUR_EDGE, OUR_EDGE_ADDRESS, OUR_HOST, OUR_EDGE),
        postfix("relay.example", TRUE, OUR_EDGE, "relay.example"),
        postfix("desk", "203.0.113.5", "relay.example"),
    ]
    hosts = trusted_hosts(["*.town.example", OUR_EDGE_ADDRESS, "127.0.0.1"])
    found = find_in_mail(a_mail(lines), MailSettings(hosts))
    assert found.boundary.trusted == 3 and found.boundary.origin is not None
    assert found.boundary.origin.address == TRUE and found.statements[0].grade is Grade.RECORDED


def test_an_unstated_inside_address_ends_the_walk_and_says_so() -> None:
    lines = [postfix("localhost", "127.0.0.1", OUR_HOST), postfix("relay.example", TRUE, OUR_HOST)]
    found = find_in_mail(a_mail(lines), MailSettings(trusted_hosts([OUR_HOST])))
    assert found.boundary.origin is None and "127.0.0.1; if yours, state it" in found.boundary.end


def test_a_handover_is_crossed_only_when_the_user_says_so() -> None:
    lines = [f"by {OUR_HOST} with SMTP id x; {DATE}", google("relay.example", TRUE, OUR_HOST)]
    unsaid = find_in_mail(a_mail(lines), MailSettings(trusted_hosts([OUR_HOST])))
    said = find_in_mail(a_mail(lines), MailSettings(trusted_hosts([OUR_HOST], crosses_handovers=True)))
    assert unsaid.boundary.origin is None and "--internal-handover" in unsaid.boundary.end
    assert said.boundary.origin is not None and said.boundary.origin.address == TRUE


def test_the_two_lines_of_qmail_are_one_record() -> None:
    lines = [f"(qmail 7 invoked from network); {DATE}", qmail("relay.example", TRUE, OUR_HOST)]
    for settings in (MailSettings(), MailSettings(trusted_hosts([OUR_HOST]))):
        found = find_in_mail(a_mail(lines), settings)
        assert found.boundary.origin is not None and found.boundary.origin.address == TRUE


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f"from pop.town.example [{TRUE}] by localhost with IMAP (fetchmail-6.4) for x; {DATE}", "fetched"),
        (f"from pop.town.example (pop.town.example [{TRUE}]) by localhost with POP3; {DATE}", "fetched"),
        (f"by {OUR_HOST} (Postfix, from userid 1000) id 9; {DATE}", "begun on mx.town.example itself"),
        (f"(from clerk@localhost) by {OUR_HOST} (8.17) id 9; {DATE}", "begun on mx.town.example itself"),
        (f"from relay.example by {OUR_HOST} with SMTP; {DATE}", "no address beyond doubt"),
        (f"from [{TRUE}] by {OUR_HOST} with SMTP; {DATE}", "no address beyond doubt"),
        (f"from a ([10.0.0.7]) by {OUR_HOST} with SMTP; {DATE}", "inside address"),
        ("", "no other side"),
    ],
)
def test_a_line_that_records_no_outside_machine_gives_no_origin(line: str, reason: str) -> None:
    found = find_in_mail(a_mail([line or f"by {OUR_HOST} with SMTP; {DATE}"]), MailSettings())
    assert found.boundary.origin is None and reason in found.boundary.end


@pytest.mark.parametrize("word", ["0.0.0.0/0", "::/0", "*", "", "a b", "http://x/y"])
def test_hosts_that_stand_for_everything_or_nothing_are_refused(word: str) -> None:
    with pytest.raises(ParameterError):
        trusted_hosts([word])


def test_mail_from_a_gmail_mailbox_is_walked_with_the_hosts_the_documentation_gives() -> None:
    lines = [
        f"by 2002:a05:6402:1d4c:b0:5c9:5e8b:1234 with SMTP id f21csp381; {DATE}",
        google("relay.example", TRUE, "mx.google.com"),
        postfix("pc", "203.0.113.5", "relay.example"),
    ]
    hosts = trusted_hosts(["mx.google.com", "2002:a05::/32"], crosses_handovers=True)
    found = find_in_mail(a_mail(lines), MailSettings(hosts))
    assert found.boundary.trusted == 2 and found.boundary.origin is not None
    assert found.boundary.origin.address == TRUE
