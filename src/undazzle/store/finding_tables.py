"""Tables for what was found outside posts: mails and sightings of indicators; with what every column means.

They are made where they are missing, so that a workspace from before them gains them when they are first written.
"""

from __future__ import annotations

MAIL_SQL = """
CREATE TABLE IF NOT EXISTS mails (
    run_id INTEGER, mail_id VARCHAR, file_name VARCHAR, number INTEGER, attached_to VARCHAR, subject VARCHAR,
    from_address VARCHAR, from_domain VARCHAR, return_path_domain VARCHAR, reply_to_domain VARCHAR,
    message_id_domain VARCHAR, sent_at TIMESTAMP, sent_offset_minutes INTEGER, received_at TIMESTAMP,
    handed_over_by VARCHAR, handed_over_name VARCHAR, handed_over_to VARCHAR, handed_over_grade VARCHAR,
    received_lines INTEGER, trusted_lines INTEGER, spf VARCHAR, dkim VARCHAR, dmarc VARCHAR, aligned_by VARCHAR[],
    cluster_id INTEGER, places VARCHAR[], script VARCHAR, charsets VARCHAR[], program VARCHAR,
    attachments VARCHAR[], text VARCHAR, problems VARCHAR[]
);
CREATE TABLE IF NOT EXISTS mail_hops (
    run_id INTEGER, mail_id VARCHAR, position INTEGER, grade VARCHAR, written_by VARCHAR, address VARCHAR,
    name VARCHAR, called_itself VARCHAR, protocol VARCHAR, written_at TIMESTAMP, line VARCHAR
);
CREATE TABLE IF NOT EXISTS mail_statements (
    run_id INTEGER, mail_id VARCHAR, grade VARCHAR, about VARCHAR, statement VARCHAR, limits VARCHAR
);
CREATE TABLE IF NOT EXISTS mail_places (
    run_id INTEGER, mail_id VARCHAR, place VARCHAR, area VARCHAR, latitude DOUBLE, longitude DOUBLE, is_listed BOOLEAN
);
"""

_RUN = "Number of the run"
_MAIL = "The message; hash of its bytes"
_GRADE = "recorded, assumed, verified, claimed or unknown: whose word it rests on"

MAIL_WORDS: dict[str, tuple[str, dict[str, str]]] = {
    "mails": (
        "One row per message. What a message says of itself is claimed, not known.",
        {
            "run_id": _RUN,
            "mail_id": _MAIL,
            "file_name": "File it stood in",
            "number": "Its place in that file",
            "attached_to": "The message it was attached to; empty: none",
            "subject": "Subject, as claimed",
            "from_address": "Address of the From line, as claimed",
            "from_domain": "Its domain, as claimed",
            "return_path_domain": "Domain of the envelope sender",
            "reply_to_domain": "Domain answers go to, as claimed",
            "message_id_domain": "Domain in the Message-ID, as claimed",
            "sent_at": "Time of the Date line, UTC, as claimed",
            "sent_offset_minutes": "Zone of the Date line in minutes from UTC, as claimed",
            "received_at": "Time of the topmost Received line, UTC",
            "handed_over_by": "Address of the outside machine that handed it over; empty: not recorded",
            "handed_over_name": "Name the receiving server looked up for that address",
            "handed_over_to": "The receiving server",
            "handed_over_grade": "recorded (stated hosts) or assumed (topmost line only)",
            "received_lines": "Received lines that were read",
            "trusted_lines": "How many of them, from the top, are records",
            "spf": "Outcome of the sender policy, checked here or recorded by a trusted server; empty: neither",
            "dkim": "Outcome of the signatures, likewise",
            "dmarc": "Outcome recorded by a trusted server",
            "aligned_by": "Passed checks that are about the domain of the From line",
            "cluster_id": "Cluster of nearly identical messages in this run; empty: none alike",
            "places": "Places the text names",
            "script": "Script most letters are in",
            "charsets": "Character sets of its parts",
            "program": "Program it names, as claimed",
            "attachments": "Names of attached files, never opened",
            "text": "Its text",
            "problems": "What was not read, or not as it should be",
        },
    ),
    "mail_hops": (
        "One row per Received line, topmost first.",
        {
            "run_id": _RUN,
            "mail_id": _MAIL,
            "position": "1 for the topmost line",
            "grade": _GRADE,
            "written_by": "Server that signs the line",
            "address": "Address it saw; empty: none beyond doubt",
            "name": "Name it looked up for it",
            "called_itself": "Name the other side gave itself",
            "protocol": "Protocol",
            "written_at": "Time of the line, UTC",
            "line": "The line as it stands",
        },
    ),
    "mail_statements": (
        "What can be said about a message, with what does not follow from it.",
        {
            "run_id": _RUN,
            "mail_id": _MAIL,
            "grade": _GRADE,
            "about": "Kind of thing it is about",
            "statement": "What can be said",
            "limits": "What does not follow from it",
        },
    ),
    "mail_places": (
        "Places that messages name.",
        {
            "run_id": _RUN,
            "mail_id": _MAIL,
            "place": "The place",
            "area": "Its area, from the list given",
            "latitude": "Degrees north, from the list given",
            "longitude": "Degrees east, from the list given",
            "is_listed": "Whether it is on the list given, or only looks like such a place",
        },
    ),
}

SIGHTING_SQL = """
CREATE TABLE IF NOT EXISTS sightings (
    run_id INTEGER, act_class VARCHAR, standing VARCHAR, reason VARCHAR, kind VARCHAR, indicator VARCHAR,
    listed_as VARCHAR, actor VARCHAR, list_file VARCHAR, list_line INTEGER, first_known DATE, last_known DATE,
    found_in VARCHAR, record_id VARCHAR, account_id VARCHAR, seen_at TIMESTAMP, field VARCHAR, seen VARCHAR,
    case_refs VARCHAR[]
);
"""

SIGHTING_WORDS: dict[str, tuple[str, dict[str, str]]] = {
    "sightings": (
        "Where published indicators were seen. Seen is not done: a link can be shared in order to warn of it.",
        {
            "run_id": _RUN,
            "act_class": "Kind of act the list is about; kinds are never added up",
            "standing": "stands, weak (an ordinary reason is close at hand) or set-aside (matches half the internet)",
            "reason": "Why it is weak or set aside",
            "kind": "domain, url, account, address, network, email, hash or phrase",
            "indicator": "The indicator as it is compared",
            "listed_as": "The indicator as the list has it",
            "actor": "Whom the list names, in its words",
            "list_file": "File of the list",
            "list_line": "Line, row or object in it",
            "first_known": "First day the list gives",
            "last_known": "Last day the list gives",
            "found_in": "post, mail or log",
            "record_id": "The post, the message, or file and line",
            "account_id": "The account that posted; empty: not a post",
            "seen_at": "When, UTC",
            "field": "Part of the record that shows it",
            "seen": "What was seen there",
            "case_refs": "Actor and incidents of a case it was linked to",
        },
    ),
}
FINDING_WORDS = MAIL_WORDS | SIGHTING_WORDS
FINDING_SQL = MAIL_SQL + SIGHTING_SQL
