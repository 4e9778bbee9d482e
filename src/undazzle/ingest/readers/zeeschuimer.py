"""Items that the browser extension Zeeschuimer captured: an envelope with the site's own object in ``data``."""

from __future__ import annotations

from collections.abc import Iterator

from undazzle.ingest.formats import BadRow, Reader, StagedPost
from undazzle.ingest.readers.captured import CAPTURED, read_captured
from undazzle.ingest.readers.json_values import JsonObject, object_at, required_id
from undazzle.ingest.readers.pages import share_of


def read_record(record: JsonObject) -> Iterator[StagedPost | BadRow]:
    """Yield the post in an envelope."""
    site, item = required_id(record, "source_platform"), object_at(record, "data")
    if not item:
        raise ValueError("no data in the envelope")
    yield from read_captured(site, item)


def _fits(record: JsonObject) -> float:
    marks = {"item_id", "timestamp_collected", "nav_index", "source_platform_url", "source_url", "user_agent"}
    is_envelope = "source_platform" in record and isinstance(record.get("data"), dict)
    return 1.0 if is_envelope and marks & record.keys() else 0.0


READER = Reader(
    format_id="zeeschuimer",
    title="Zeeschuimer (NDJSON)",
    summary="What the browser extension Zeeschuimer saved while someone scrolled through a site.",
    shape="records",
    recognise=lambda sample: share_of(sample, _fits),
    read_record=read_record,
    documentation="https://github.com/digitalmethodsinitiative/zeeschuimer",
    caveats=(
        f"Read are items of {', '.join(CAPTURED)}; items of other sites are set aside.",
        "The file holds what one person's feed showed, which is no sample of the platform.",
        "Accounts of TikTok, Instagram and Threads are known by their handle, which can change.",
    ),
)
