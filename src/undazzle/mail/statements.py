"""What can be said about one message, each with its grade and with what does not follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from undazzle.mail.domain_words import LIMIT_OF_DOMAIN, ending_words, is_open_provider
from undazzle.mail.grades import Grade, Statement
from undazzle.mail.recorded_results import RecordedResult
from undazzle.mail.signatures import Signature
from undazzle.mail.traces import ClaimedTraces
from undazzle.mail.trust import Boundary

_NOT_A_PERSON = (
    "An address is a machine on the way, which can be rented, hacked, or a proxy; it is no person and no state."
)


def origin_statements(boundary: Boundary) -> Iterator[Statement]:
    """Yield what is recorded about who handed the message over, and what is only claimed below."""
    hop = boundary.origin
    if hop is None:
        yield Statement(Grade.UNKNOWN, "handed over", "No outside machine is recorded.", boundary.end)
    else:
        named = f" (looked up as {hop.name})" if hop.name else ""
        named += " (a name that may be forged, as the server notes)" if hop.is_doubtful else ""
        text = f"{hop.address}{named} handed the message to {hop.by}"
        grade = Grade.ASSUMED if boundary.is_assumed else Grade.RECORDED
        yield Statement(grade, "handed over", f"{text}, {boundary.basis}.", _NOT_A_PERSON)
        if hop.helo and hop.helo.strip("[]") not in (hop.name, hop.address):
            yield Statement(
                Grade.CLAIMED, "handed over", f"That machine called itself {hop.helo}.",
                "A machine can call itself anything.",
            )  # fmt: skip
    if boundary.claimed:
        count = len(boundary.claimed)
        lines = "line" if count == 1 else "lines"
        text = f"{count:,} further Received {lines} below: {_route(boundary)}"
        yield Statement(Grade.CLAIMED, "chain", text, "No origin follows from them: " + boundary.end)


def _route(boundary: Boundary) -> str:
    shown = [f"{hop.address or hop.helo or '?'} to {hop.by or '?'}" for hop in boundary.claimed[:3]]
    more = len(boundary.claimed) - len(shown)
    return "; ".join(shown) + (f"; and {more:,} more." if more else ".")


def check_statements(
    results: Sequence[RecordedResult], signatures: Sequence[Signature], arc: Signature | None, spf: tuple[str, str, str]
) -> Iterator[Statement]:
    """Yield what checks say: recorded by a trusted server, done here with given keys, or only claimed."""
    policy_limit = "It says whether that address may send for the domain, not who used it."
    for result in results:
        about = f"{result.method} = {result.outcome}" + (f" for {result.domain}" if result.domain else "")
        if result.is_trusted:
            place = "; it stands where a sender could write, too" if result.is_below_boundary else ""
            text = f"{result.server} recorded {about}{place}."
            yield Statement(Grade.RECORDED, _about(result.method), text, policy_limit)
        else:
            text = f"A line under the name of {result.server or 'nobody'} says {about}."
            limit = "Anyone can write such a line. If that is your server: --trusted-authserv."
            yield Statement(Grade.CLAIMED, _about(result.method), text, limit)
    outcome, domain, note = spf
    if outcome in ("pass", "fail", "softfail", "neutral"):
        text = f"With the records you gave, the sender policy of {domain} answers {outcome} for that address."
        yield Statement(Grade.VERIFIED, "sender policy", text, policy_limit)
    elif outcome:
        yield Statement(Grade.UNKNOWN, "sender policy", f"Not checked for {domain}: {note}.", "")
    yield from (_signature(one, "signature") for one in signatures)
    if arc:
        yield _signature(arc, "chain of seals")


def _about(method: str) -> str:
    return {"spf": "sender policy", "dkim": "signature", "dmarc": "alignment", "arc": "chain of seals"}[method]


def _signature(one: Signature, about: str) -> Statement:
    note = f" ({one.note})" if one.note else ""
    if one.outcome == "pass":
        limit = "The key's holder signed it: whoever had an account there, or the key. It need not be the author."
        text = f"The {about} of {one.domain} is right with the key you gave{note}."
        return Statement(Grade.VERIFIED, about, text, limit)
    if one.outcome == "fail":
        limit = "Lists and gateways break honest signatures, and keys change; a forger breaks them, too."
        return Statement(Grade.VERIFIED, about, f"The {about} of {one.domain} does not fit{note}.", limit)
    text = f"A {about} names {one.domain or 'no domain'}; {one.outcome}{note}."
    return Statement(Grade.CLAIMED, about, text, "Until it is checked, anyone can have written it.")


def trace_statements(traces: ClaimedTraces) -> Iterator[Statement]:
    """Yield what the message shows by the way. All of it is claimed."""
    domain = traces.from_domain
    if domain:
        ending = ending_words(domain)
        provider = "; its provider gives an address to anyone who asks" if is_open_provider(domain) else ""
        text = f"The From line names {domain}" + (f" and {ending}" if ending else "") + provider
        yield Statement(Grade.CLAIMED, "address", f"{text}.", LIMIT_OF_DOMAIN)
    for name, other in (("Reply-To", traces.reply_to_domain), ("Return-Path", traces.return_path_domain)):
        if other and domain and other != domain:
            limit = "Lists, newsletters and forms do so, too."
            yield Statement(Grade.CLAIMED, "address", f"{name} names another domain, {other}.", limit)
    if traces.offset_minutes is not None:
        limit = "The sending machine's setting; zones span many countries, and anyone can set one."
        yield Statement(Grade.CLAIMED, "time zone", f"The date is written in {zone(traces.offset_minutes)}.", limit)
    if traces.script and traces.script != "Latin":
        limit = "A script is shared by many languages and countries; a text can be copied or translated."
        yield Statement(Grade.CLAIMED, "script", f"Most letters of the text are {traces.script}.", limit)
    if traces.program:
        limit = "A line that can be invented; many share a program."
        yield Statement(Grade.CLAIMED, "program", f"It names the program {traces.program}.", limit)
    if traces.originating_address:
        limit = "Written below the record; a sender can write it."
        text = f"A line names {traces.originating_address} as the machine it was written on."
        yield Statement(Grade.CLAIMED, "chain", text, limit)


def zone(minutes: int) -> str:
    """Return an offset in words.

    Examples
    --------
    >>> zone(180), zone(-570)
    ('UTC+03:00', 'UTC-09:30')
    """
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
