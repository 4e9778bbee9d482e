"""Mail files become findings: who handed a message over, what was checked, what it merely claims, and which are alike.

Reads .eml, .mbox and .msg files; writes ``mails`` and ``mail_hops`` where a workspace is given. It must not know of
posts, networks or states: no header shows who wrote a message, so there is no word here for it. Nothing is looked
up, opened or fetched.
"""

from undazzle.mail.findings import MailFindings, MailSettings, find_in_mail
from undazzle.mail.grades import Grade, Statement
from undazzle.mail.message import Mail, RawMail, parse_mail
from undazzle.mail.reading import read_mails
from undazzle.mail.trust import TrustedHosts, trusted_hosts

__all__ = [
    "Grade",
    "Mail",
    "MailFindings",
    "MailSettings",
    "RawMail",
    "Statement",
    "TrustedHosts",
    "find_in_mail",
    "parse_mail",
    "read_mails",
    "trusted_hosts",
]
