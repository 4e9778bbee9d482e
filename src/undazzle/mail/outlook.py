"""Outlook's .msg files: the headers as they arrived, and the text; the original bytes are not kept in them."""

from __future__ import annotations

from pathlib import Path

from undazzle.errors import MissingExtraError, SourceError
from undazzle.mail.message import MAX_MESSAGE, RawMail


def read_outlook(path: Path) -> RawMail:
    """Return the message in an Outlook file as headers and text.

    Signatures cannot be verified on it, because Outlook does not keep the bytes that were signed.

    Raises
    ------
    MissingExtraError
        If the extra ``mail`` is not installed.
    SourceError
        If the file is damaged or too large.
    """
    try:
        from oxmsg import Message
    except ImportError as error:
        raise MissingExtraError("mail", "Reading Outlook's .msg files") from error
    if path.stat().st_size > 4 * MAX_MESSAGE:
        raise SourceError(path, f"The file is larger than {4 * MAX_MESSAGE:,} bytes", "Export it as .eml.")
    try:
        message = Message.load(str(path))
        headers = str(message.properties.str_prop_value(_TRANSPORT_HEADERS) or "")
        text = message.body or message.html_body or ""
        subject = message.subject
    except Exception as error:  # a damaged file fails in the parser's depths in many ways
        problem = f"The Outlook file is damaged ({type(error).__name__})"
        raise SourceError(path, problem, "Export it as .eml.") from error
    problems = ["an Outlook file: signatures cannot be verified on it"]
    if not headers.strip():
        problems.append("the Outlook file holds no transport headers (a draft, or a message sent inside one system)")
        headers = f"Subject: {' '.join(subject.split())}"
    return RawMail(path.name, 1, _as_bytes(headers, text), is_original=False, problems=tuple(problems))


_TRANSPORT_HEADERS = 0x007D
# What the original parts were encoded in does not hold for the text that Outlook kept.
_BODY_HEADERS = ("content-type:", "content-transfer-encoding:", "mime-version:", "microsoft mail internet headers")


def _as_bytes(headers: str, text: str) -> bytes:
    kept: list[str] = []
    is_dropped = False
    for line in headers.splitlines():
        if not line.strip():
            continue
        if not line[0].isspace():
            is_dropped = line.lower().startswith(_BODY_HEADERS)
        if not is_dropped:
            kept.append(line)
    kept += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    return ("\n".join(kept) + "\n\n" + text).encode("utf-8", "replace")
