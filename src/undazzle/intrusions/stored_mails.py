"""The messages that a workspace holds, as records to search."""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.intrusions.record_search import Record
from undazzle.store import Store

_FIELDS = ("from_address", "from_domain", "reply_to_domain", "return_path_domain", "handed_over_by", "text")


def stored_mails(store: Store) -> Iterator[Record]:
    """Yield each message of a workspace once, with the addresses its Received lines record or claim.

    Reads ``mails`` and ``mail_hops``, where they are.
    """
    tables = {row[0] for row in store.rows("SELECT table_name FROM information_schema.tables")}
    if not {"mails", "mail_hops"} <= tables:
        return
    hops: dict[str, list[tuple[str, str]]] = {}
    for mail_id, grade, address, name in store.rows(
        "SELECT DISTINCT mail_id, grade, address, name FROM mail_hops WHERE address <> '' OR name <> '' ORDER BY ALL"
    ):
        hops.setdefault(mail_id, []).append((f"received line ({grade})", f"{address or ''} {name or ''}".strip()))
    rows = store.rows(
        f"SELECT DISTINCT ON (mail_id) mail_id, coalesce(received_at, sent_at), {', '.join(_FIELDS)} FROM mails"
        " ORDER BY mail_id, run_id"
    )
    for mail_id, at, *values in rows:
        fields = [(name, str(value)) for name, value in zip(_FIELDS, values, strict=True) if value]
        yield Record("mail", mail_id, (*fields, *hops.get(mail_id, ())), at)
