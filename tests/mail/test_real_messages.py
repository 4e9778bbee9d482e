"""The 126 real messages of a mail filter's test suite: none is lost, none breaks anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real_data import data_set
from undazzle.cli import main as cli_main
from undazzle.errors import SourceError
from undazzle.mail import Grade, MailSettings, find_in_mail, read_mails

FILES = 126


@pytest.mark.real_data
def test_every_real_message_is_read_or_set_aside_with_a_reason() -> None:
    paths = [one for one in data_set("email_headers_spamassassin").iterdir() if one.name != "PROVENANCE.md"]
    assert len(paths) == FILES
    empty = []
    for path in paths:
        try:
            found = [find_in_mail(mail, MailSettings()) for mail in read_mails(path)]
        except SourceError:
            empty.append(path.name)
            assert not path.read_bytes().strip()
            continue
        assert found, path.name
        believed = [one for mail in found for one in mail.statements if one.grade is Grade.RECORDED]
        assert not believed, "without stated hosts nothing is more than assumed"
    assert empty == ["spam__bsmtpnull"]  # a file of one line end


@pytest.mark.real_data
def test_the_command_reads_them_all_and_counts_what_it_set_aside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = data_set("email_headers_spamassassin")
    assert cli_main.run(["mail", str(folder), "-o", str(tmp_path / "out"), "--workspace", str(tmp_path / "w")]) == 0
    printed = capsys.readouterr().out
    assert "1 file set aside" in printed and "No header shows who wrote a message" in printed
    names = {one.name for one in (tmp_path / "out").iterdir()}
    assert names == {
        "mails.csv",
        "received_lines.csv",
        "statements.csv",
        "clusters.csv",
        "places.csv",
        "places.geojson",
    }
