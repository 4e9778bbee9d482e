"""Files of mail become messages: .eml, .mbox and .msg, told apart by what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from undazzle.errors import SourceError
from undazzle.mail.message import MAX_MESSAGE, Mail, RawMail, parse_mail

MAX_MESSAGES = 1_000_000
MAX_DEPTH = 5  # messages attached to messages attached to messages
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# The line that begins a message in a mailbox: an address and a date, "From ann@example.org Tue Nov  5 10:00:00 2024".
_BEGIN = re.compile(rb"From \S{0,300} {1,9}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d? \d\d:\d\d")


def read_mails(path: Path | str) -> Iterator[Mail]:
    """Yield the messages of a file, and after each the messages attached to it.

    Parameters
    ----------
    path
        A ``.eml``, ``.mbox`` or ``.msg`` file, or any file that holds one message. Folders are read file by file,
        in the order of their names.

    Raises
    ------
    SourceError
        If the file cannot be opened, is empty, or is an Outlook file that cannot be read.
    MissingExtraError
        If it is an Outlook file and the extra ``mail`` is not installed.
    """
    place = Path(path)
    if place.is_dir():
        for one in sorted(entry for entry in place.iterdir() if entry.is_file() and not entry.name.startswith(".")):
            yield from read_mails(one)
        return
    for raw_mail in _raw_mails(place):
        mail = parse_mail(raw_mail)
        yield mail
        yield from _attached(mail, 1)


def _attached(mail: Mail, depth: int) -> Iterator[Mail]:
    for number, raw in enumerate(mail.body.attached, 1):
        inner = parse_mail(RawMail(mail.file_name, number, raw, mail.is_original, attached_to=mail.mail_id))
        if depth == MAX_DEPTH and inner.body.attached:
            lost = f"{len(inner.body.attached):,} messages attached more than {MAX_DEPTH} levels down were not read"
            inner = replace(inner, problems=(*inner.problems, lost))
        yield inner
        if depth < MAX_DEPTH:
            yield from _attached(inner, depth + 1)


def _raw_mails(path: Path) -> Iterator[RawMail]:
    try:
        with path.open("rb") as file:
            head = file.read(1_000)
    except OSError as error:
        raise SourceError(path, f"The file cannot be read ({error.strerror})", "Check its name and rights.") from error
    if not head.strip():
        raise SourceError(path, "The file is empty", "Export the message again, with its full headers.")
    if head.startswith(_OLE):
        from undazzle.mail.outlook import read_outlook

        yield read_outlook(path)
    elif _BEGIN.match(head):
        yield from _mailbox(path)
    else:
        with path.open("rb") as file:
            yield RawMail(path.name, 1, file.read(MAX_MESSAGE + 1))


def _mailbox(path: Path) -> Iterator[RawMail]:
    """Yield the messages of a mailbox; lines quoted as ``>From`` get their first letters back."""
    number, size, lines, after_blank = 0, 0, list[bytes](), True
    with path.open("rb") as file:
        # One line is at most as long as a message, so that a file without line ends cannot fill the memory.
        while line := file.readline(MAX_MESSAGE):
            if after_blank and _BEGIN.match(line):
                if number:
                    yield _collected(path, number, lines, size)
                number, size, lines = number + 1, 0, []
                if number > MAX_MESSAGES:
                    raise SourceError(path, f"More than {MAX_MESSAGES:,} messages", "Split the mailbox.")
            elif size <= MAX_MESSAGE:
                lines.append(line[1:] if line.startswith(b">From ") else line)
                size += len(line)
            else:
                size += len(line)
            after_blank = line in (b"\n", b"\r\n")
    yield _collected(path, number, lines, size)


def _collected(path: Path, number: int, lines: list[bytes], size: int) -> RawMail:
    problems = (f"only the beginning of {size:,} bytes was read",) if size > MAX_MESSAGE else ()
    return RawMail(path.name, number, b"".join(lines), problems=problems)
