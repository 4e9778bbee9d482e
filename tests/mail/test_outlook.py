"""Outlook's files: headers as they arrived, the text, and no word on signatures."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.mail.builders import OUR_HOST, TRUE, postfix
from tests.mail.outlook_files import BODY, HEADERS, SUBJECT, write_outlook
from undazzle.errors import MissingExtraError
from undazzle.mail import MailSettings, find_in_mail, read_mails

LINES = (
    f"Received: {postfix('relay.example', TRUE, OUR_HOST)}\r\n"
    "DKIM-Signature: v=1; a=rsa-sha256; d=harbour.example; s=s1; h=from; bh=AA; b=AA\r\n"
    "From: Desk <desk@harbour.example>\r\nSubject: Timetable\r\n"
    'Content-Type: multipart/mixed;\r\n boundary="x"\r\n'
)


def test_headers_and_text_are_read_and_signatures_are_not_judged(tmp_path: Path) -> None:
    pytest.importorskip("oxmsg")
    path = write_outlook(tmp_path / "a.msg", {HEADERS: LINES, BODY: "The ferry is late — again.", SUBJECT: "Timetable"})
    (mail,) = read_mails(path)
    assert mail.body.text == "The ferry is late — again."
    found = find_in_mail(mail, MailSettings())
    assert found.boundary.origin is not None and found.boundary.origin.address == TRUE
    assert found.outcome("dkim") == "" and [one.outcome for one in found.signatures] == ["not checked"]
    assert any("signatures cannot be verified" in one for one in found.problems)


def test_a_draft_without_headers_says_so(tmp_path: Path) -> None:
    pytest.importorskip("oxmsg")
    (mail,) = read_mails(write_outlook(tmp_path / "a.msg", {BODY: "Later.", SUBJECT: "Draft"}))
    assert mail.first("subject") == "Draft" and any("no transport headers" in one for one in mail.problems)


def test_without_the_optional_part_the_error_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_outlook(tmp_path / "a.msg", {BODY: "Later."})
    monkeypatch.setitem(sys.modules, "oxmsg", None)
    with pytest.raises(MissingExtraError, match=r"undazzle\[mail\]"):
        list(read_mails(path))
