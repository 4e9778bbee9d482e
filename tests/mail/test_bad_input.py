"""Mails as they should not be: bounded, counted, nothing lost silently."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.builders import DATE, OUR_HOST, TRUE, a_mail, message, postfix
from undazzle.errors import SourceError
from undazzle.mail import MailSettings, RawMail, find_in_mail, parse_mail, read_mails
from undazzle.mail.analysis import analyse_mails
from undazzle.mail.received import parse_received


def parsed(raw: bytes) -> list[str]:
    mail = parse_mail(RawMail("one.eml", 1, raw))
    return list(find_in_mail(mail, MailSettings()).problems)


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_without_a_crash(raw: bytes) -> None:
    parsed(raw)
    parsed(b"Received: " + raw + b"\nContent-Type: multipart/mixed; boundary=x\n\n--x\n" + raw)


@given(st.text(max_size=400))
def test_any_received_line_is_read_without_a_crash(line: str) -> None:
    parse_received(line)
    parse_received(f"from a (b [192.0.2.1]) by {line}; {line}")


def test_a_text_without_headers_says_so() -> None:
    assert any("no headers" in one for one in parsed(b"\nJust some words.\n"))
    assert parsed(b"Just some words.\n")


def test_ten_thousand_received_lines_are_counted_and_the_topmost_read() -> None:
    lines = [
        postfix("relay.example", TRUE, OUR_HOST),
        *[postfix("x", "203.0.113.9", f"h{n}.example") for n in range(9_999)],
    ]
    started = time.process_time()
    found = find_in_mail(a_mail(lines), MailSettings())
    assert time.process_time() - started < 3
    assert found.boundary.origin is not None and found.boundary.origin.address == TRUE
    assert any("10,000 Received lines; only the first 200 were read" in one for one in found.problems)


def test_one_line_of_a_million_letters_costs_little() -> None:
    started = time.process_time()
    for letter in ("x", "(", "[", "from ", "a (", "by ", "=?utf-8?q?a?= "):
        parsed(message(headers=f"Received: from {letter * 200_000}\nSubject: {letter * 200_000}\n"))
    assert time.process_time() - started < 6


@pytest.mark.parametrize("depth", [50, 400, 5_000])
def test_nested_parts_end(depth: int) -> None:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    found = parsed((head + "Content-Type: text/plain\n\nhi\n").encode())
    assert depth < 100 or any("nested parts" in one for one in found)


def wrapped(inner: bytes, boundary: str) -> bytes:
    head = f"Subject: forwarded\nContent-Type: multipart/mixed; boundary={boundary}\n\n--{boundary}\n"
    parts = f"Content-Type: text/plain\n\nSee below.\n--{boundary}\nContent-Type: message/rfc822\n\n"
    return (head + parts).encode() + inner + f"\n--{boundary}--\n".encode()


def test_messages_inside_messages_are_read_down_to_a_depth_and_have_no_origin(tmp_path: Path) -> None:
    inner = message([postfix("relay.example", TRUE, OUR_HOST)], text="The library is closed.")
    for depth in range(8):
        inner = wrapped(inner, f"q{depth}")
    (tmp_path / "a.eml").write_bytes(inner)
    mails = list(read_mails(tmp_path / "a.eml"))
    assert len(mails) == 6, "the outermost and five levels below"
    assert any("were not read" in one for one in mails[-1].problems)
    assert all(find_in_mail(one, MailSettings()).boundary.origin is None for one in mails)


def test_a_message_attached_to_a_message_keeps_its_own_headers(tmp_path: Path) -> None:
    inner = message([postfix("relay.example", TRUE, OUR_HOST)], text="The library is closed.")
    (tmp_path / "a.eml").write_bytes(wrapped(inner, "q"))
    first, second = read_mails(tmp_path / "a.eml")
    assert (first.first("subject"), first.body.text.strip()) == ("forwarded", "See below.")
    assert second.first("subject") == "Timetable" and second.attached_to == first.mail_id
    found = find_in_mail(second, MailSettings())
    assert found.boundary.origin is None and "copy attached" in found.boundary.end


def test_eight_bit_junk_in_headers_and_text_is_shown() -> None:
    raw = b"From: \xff\xfe <desk@harbour.example>\nSubject: caf\xe9 \x1b[31m\n"
    raw += b"Content-Type: text/plain; charset=nonsense\n\n\x80\x81 ferry\n"
    mail = parse_mail(RawMail("one.eml", 1, raw))
    assert mail.first("subject") == "café  [31m" and "ferry" in mail.body.text
    assert find_in_mail(mail, MailSettings()).traces.from_domain == "harbour.example"


def test_a_mailbox_is_cut_at_its_messages_and_nowhere_else(tmp_path: Path) -> None:
    one = message(text="A line.\n>From the harbour\nFrom here on\n\nFrom there, too").decode()
    box = "".join(f"From desk@harbour.example Tue Nov  5 10:0{n}:00 2024\n{one}\n" for n in range(5))
    (tmp_path / "box.mbox").write_text(box)
    mails = list(read_mails(tmp_path / "box.mbox"))
    assert [mail.number for mail in mails] == [1, 2, 3, 4, 5]
    assert mails[0].body.text == "A line.\nFrom the harbour\nFrom here on\n\nFrom there, too"


def test_a_file_that_cannot_be_read_is_set_aside_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(message())
    (tmp_path / "b.eml").write_bytes(b"  \n")
    (tmp_path / "c.msg").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"junk" * 200)
    (tmp_path / "d.eml").write_bytes(message())
    found = analyse_mails([tmp_path])
    assert len(found.mails) == 1 and found.repeated == 1
    assert sorted(Path(name).name for name, _ in found.set_aside) == ["b.eml", "c.msg"]
    with pytest.raises(SourceError):
        analyse_mails([tmp_path / "b.eml"])
    with pytest.raises(SourceError):
        analyse_mails([tmp_path / "none.eml"])


def test_times_that_run_backwards_are_noted() -> None:
    early = postfix("relay.example", TRUE, OUR_HOST).replace("15:00:00", "10:00:00")
    found = find_in_mail(a_mail([early, f"from x by y.example; {DATE}"]), MailSettings())
    assert any("run backwards" in one for one in found.problems)
