"""Messages for tests: neutral text, addresses set aside for documentation, and lines as servers write them."""

from __future__ import annotations

from collections.abc import Sequence

from undazzle.mail import Mail, RawMail, parse_mail

TRUE = "198.51.100.7"  # the outside machine that really handed the message over
FORGED = "203.0.113.66"  # appears only in what the sender invented
FORGED_HOST = "invented.example"
OUR_HOST, OUR_EDGE, OUR_EDGE_ADDRESS = "mx.town.example", "edge.town.example", "192.0.2.10"
DATE = "Tue, 05 Nov 2024 15:00:00 +0000"


def postfix(helo: str, address: str, by: str, name: str = "unknown") -> str:
    return (
        f"from {helo} ({name} [{address}])\n\tby {by} (Postfix) with ESMTPS id 4XYZ\n\tfor <desk@town.example>; {DATE}"
    )


def sendmail(helo: str, address: str, by: str) -> str:
    return f"from {helo} ([{address}]) by {by} (8.17.1/8.17.1) with ESMTP id 4A5F; {DATE}"


def sendmail_doubting(helo: str, address: str, by: str) -> str:
    return f"from {helo} (some.name.example [{address}] (may be forged)) by {by} (8.17.1) with ESMTP id 4A5F; {DATE}"


def exim(helo: str, address: str, by: str) -> str:
    return f"from [{address}] (helo={helo})\n\tby {by} with esmtp (Exim 4.96)\n\t(envelope-from <a@b.example>); {DATE}"


def exim_named(helo: str, address: str, by: str) -> str:
    return f"from some.name.example ([{address}] helo={helo})\n\tby {by} with esmtps (Exim 4.96) id 1q; {DATE}"


def qmail(helo: str, address: str, by: str) -> str:
    return f"from unknown (HELO {helo}) ({address})\n  by {by} with SMTP; {DATE}"


def microsoft(helo: str, address: str, by: str) -> str:
    return f"from {helo} ({address}) by {by} (10.1.2.3) with Microsoft SMTP Server (TLS) id 15.2; {DATE}"


def google(helo: str, address: str, by: str) -> str:
    return f"from {helo} (some.name.example. [{address}])\n by {by} with ESMTPS id a1si\n (version=TLS1_3); {DATE}"


def communigate(helo: str, address: str, by: str) -> str:
    return f"from [{address}] (HELO {helo}) by {by} (CommuniGate Pro SMTP 6.2) with ESMTP id 7; {DATE}"


SERVERS = (postfix, sendmail, sendmail_doubting, exim, exim_named, qmail, microsoft, google, communigate)


def message(received: Sequence[str] = (), headers: str = "", text: str = "The ferry is late.") -> bytes:
    lines = "".join(f"Received: {line}\n" for line in received)
    fixed = "From: Desk <desk@harbour.example>\nSubject: Timetable\nDate: Tue, 5 Nov 2024 17:59:00 +0300\n"
    return f"{lines}{headers}{fixed}\n{text}\n".encode()


def a_mail(received: Sequence[str] = (), headers: str = "", text: str = "The ferry is late.") -> Mail:
    return parse_mail(RawMail("one.eml", 1, message(received, headers, text)))
